//! What stands behind the descriptor: from raw calls to a [`Cleaner`].
//!
//! Only `export_cleaner!` uses this module.
#![allow(unsafe_code, reason = "the plugin's side of the C boundary")]

use std::ffi::c_void;

use cleancopy_abi as abi;

use crate::document::borrow;
use crate::panic::guard;
use crate::{Cleaner, Document, Edits, SetupError};

/// The crate's name with `-` for `_`.
#[must_use]
pub const fn dashed<const N: usize>(name: &str) -> [u8; N] {
    let bytes = name.as_bytes();
    let mut out = [0; N];
    let mut i = 0;
    while i < N {
        out[i] = if bytes[i] == b'_' { b'-' } else { bytes[i] };
        i += 1;
    }
    out
}

/// The descriptor of a cleaner.
#[must_use]
pub const fn descriptor<C: Cleaner>(name: &'static str, version: &'static str) -> abi::Descriptor {
    abi::Descriptor {
        prefix: abi::Prefix {
            magic: abi::MAGIC,
            abi_major: abi::ABI_MAJOR,
            abi_minor: abi::ABI_MINOR,
            size: size_of::<abi::Descriptor>() as u64,
        },
        name: abi::Str::new(name),
        version: abi::Str::new(version),
        description: abi::Str::new(C::DESCRIPTION),
        schema: Some(schema::<C>),
        create: Some(create::<C>),
        clean: Some(clean::<C>),
        destroy: Some(destroy::<C>),
        metadata_keys: match C::METADATA_KEYS {
            Some(keys) => abi::Str::new(keys),
            None => abi::Str::NONE,
        },
    }
}

unsafe extern "C" fn schema<C: Cleaner>(sink: *const abi::Sink) -> i32 {
    let schema = guard(|| schemars::schema_for!(C::Settings).to_value().to_string());
    // SAFETY: the host passes its sink.
    unsafe {
        match schema {
            Ok(text) => {
                tell(sink, abi::MESSAGE_SCHEMA, &text);
                abi::STATUS_OK
            }
            Err(panic) => panicked(sink, &panic),
        }
    }
}

unsafe extern "C" fn create<C: Cleaner>(
    settings: abi::Str,
    sink: *const abi::Sink,
    instance: *mut *mut c_void,
) -> i32 {
    // SAFETY: the host passes good settings, its sink and a place to store to.
    unsafe {
        let settings = borrow(settings);
        match guard(|| make::<C>(settings)) {
            Ok(Ok(cleaner)) => {
                instance.write(Box::into_raw(Box::new(cleaner)).cast());
                abi::STATUS_OK
            }
            Ok(Err(error)) => {
                tell(
                    sink,
                    abi::MESSAGE_ERROR,
                    &format!("{}\n{}", error.path, error.message),
                );
                abi::STATUS_FAILED
            }
            Err(panic) => panicked(sink, &panic),
        }
    }
}

fn make<C: Cleaner>(settings: &str) -> Result<C, SetupError> {
    let mut json = serde_json::Deserializer::from_str(settings);
    let settings = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let text = error.inner().to_string();
        // Line and column are those of the JSON, which nobody wrote.
        let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
        SetupError::at(if path == "." { String::new() } else { path }, message)
    })?;
    C::new(settings)
}

unsafe extern "C" fn clean<C: Cleaner>(
    instance: *mut c_void,
    document: *const abi::Document,
    sink: *const abi::Sink,
) -> i32 {
    // SAFETY: the host passes what `create` stored, a good document and its
    // sink, and lets no two threads use an instance at once.
    unsafe {
        let cleaner = &*instance.cast::<C>();
        let document = Document::new(&*document);
        let mut edits = Edits::new(sink);
        match guard(|| cleaner.clean(&document, &mut edits)) {
            Ok(()) => abi::STATUS_OK,
            Err(panic) => panicked(sink, &panic),
        }
    }
}

unsafe extern "C" fn destroy<C: Cleaner>(instance: *mut c_void) {
    // SAFETY: the host passes what `create` stored, once. A panic while
    // dropping is swallowed: there is nothing left to set aside.
    let _ = guard(|| drop(unsafe { Box::from_raw(instance.cast::<C>()) }));
}

/// # Safety
/// `sink` must be the host's.
unsafe fn panicked(sink: *const abi::Sink, message: &str) -> i32 {
    // SAFETY: the caller promises it.
    unsafe { tell(sink, abi::MESSAGE_ERROR, message) };
    abi::STATUS_PANICKED
}

/// # Safety
/// `sink` must be the host's.
unsafe fn tell(sink: *const abi::Sink, kind: u32, text: &str) {
    // SAFETY: the caller promises it; the text lives through the call.
    unsafe {
        let sink = &*sink;
        if let Some(message) = sink.message {
            message(sink.context, kind, abi::Str::new(text));
        }
    }
}
