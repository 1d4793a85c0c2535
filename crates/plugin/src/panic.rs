//! Keeping a panic inside the plugin that raised it.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is inside a guarded call.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// What the last panic in a guarded call said, and where.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

static HOOK: Once = Once::new();

/// Runs `work`; a panic becomes a message with its place.
///
/// # Errors
/// The message, such as `index out of bounds at src/lib.rs:11:14`.
pub(crate) fn guard<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    HOOK.call_once(install_hook);
    let outer = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.map_err(|payload| {
        // Dropping a payload may panic again, which nobody would catch.
        std::mem::forget(payload);
        LAST.take()
    })
}

/// Panics elsewhere in the process go to the hook that was there before: with
/// the plugin linked into the host, there is only one.
fn install_hook() {
    let before = take_hook();
    set_hook(Box::new(move |info| {
        if !GUARDED.get() {
            return before(info);
        }
        let text = info.payload_as_str().unwrap_or("panic without a message");
        let place = info
            .location()
            .map_or(String::new(), |at| format!(" at {at}"));
        LAST.replace(format!("{text}{place}"));
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("in drop");
        }
    }

    #[test]
    fn a_panic_becomes_a_message_with_its_place() {
        let error = guard(|| -> () { panic!("no such line") }).unwrap_err();
        assert!(error.starts_with("no such line at "), "{error}");
        assert!(error.contains("panic.rs:"), "{error}");
    }

    #[test]
    fn a_payload_that_panics_when_dropped_is_harmless() {
        assert!(guard(|| -> () { std::panic::panic_any(Bomb) }).is_err());
    }
}
