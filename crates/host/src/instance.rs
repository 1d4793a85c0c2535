//! A running plugin.
#![allow(unsafe_code, reason = "the host's side of the C boundary")]

use std::ffi::c_void;
use std::ops::Range;
use std::ptr;

use cleancopy_abi as abi;
use cleancopy_model::{
    Action, BlockKind, Category, Document, EditList, Scope, SectionKind, Target,
};

use crate::error::CleanError;
use crate::library::text;
use crate::view::{ElementTable, Shown, View};

/// A plugin with its settings, ready to look at documents. One thread uses it
/// at a time.
#[derive(Debug)]
pub struct Instance {
    plugin: String,
    descriptor: &'static abi::Descriptor,
    /// The keys of the metadata that it goes by; `None` if any.
    keys: Option<Vec<String>>,
    pointer: *mut c_void,
}

// SAFETY: the contract of the ABI says that an instance may move between
// threads as long as one uses it at a time, which `&mut self` ensures.
unsafe impl Send for Instance {}

impl Instance {
    pub(crate) fn new(
        plugin: String,
        descriptor: &'static abi::Descriptor,
        pointer: *mut c_void,
    ) -> Self {
        let said = descriptor.metadata_keys;
        let keys = (!said.data.is_null()).then(|| text(said));
        let keys = keys.map(|keys| keys.split_whitespace().map(str::to_owned).collect());
        Self {
            plugin,
            descriptor,
            keys,
            pointer,
        }
    }

    /// The plugin's name.
    #[must_use]
    pub fn plugin(&self) -> &str {
        &self.plugin
    }

    /// Shows the plugin the blocks `unit` of a document and collects what it
    /// proposes. The document is not changed.
    ///
    /// # Errors
    /// [`CleanError`] when the plugin fails, panics or sends what is no edit.
    pub fn propose(
        &mut self,
        document: &Document,
        unit: Range<usize>,
        edits: &mut EditList,
    ) -> Result<(), CleanError> {
        let elements = ElementTable::of(document);
        self.propose_for((document, &Shown::of(document), &elements), unit, edits)
    }

    /// The keys of the metadata that the plugin goes by; `None` if any.
    pub(crate) fn keys(&self) -> Option<&[String]> {
        self.keys.as_deref()
    }

    /// Does it with what is known about the document already.
    pub(crate) fn propose_for(
        &mut self,
        parts: (&Document, &Shown, &ElementTable),
        unit: Range<usize>,
        edits: &mut EditList,
    ) -> Result<(), CleanError> {
        edits.show(unit.clone());
        let view = View::new(parts, &unit, self.keys());
        let raw = view.raw();
        let mut collector = Collector {
            edits,
            malformed: None,
            said: String::new(),
        };
        let sink = abi::Sink {
            size: size_of::<abi::Sink>(),
            context: ptr::from_mut(&mut collector).cast(),
            edit: Some(take_edit),
            message: Some(take_message),
        };
        // SAFETY: the descriptor's own function and instance; the document
        // and the sink outlive the call.
        let status = unsafe {
            self.descriptor.clean.map_or(abi::STATUS_FAILED, |clean| {
                clean(self.pointer, &raw const raw, &raw const sink)
            })
        };
        let Collector {
            malformed, said, ..
        } = collector;
        if status != abi::STATUS_OK {
            let silent = "it failed and did not say why".to_owned();
            let message = match (status, said.is_empty()) {
                (_, true) => silent,
                (abi::STATUS_PANICKED, false) => format!("it panicked: {said}"),
                _ => said,
            };
            return Err(CleanError::Failed {
                plugin: self.plugin.clone(),
                message,
            });
        }
        match malformed {
            None => Ok(()),
            Some((rule, problem)) => Err(CleanError::Malformed {
                plugin: self.plugin.clone(),
                rule,
                problem,
            }),
        }
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if let Some(destroy) = self.descriptor.destroy {
            // SAFETY: what `create` stored, once.
            unsafe { destroy(self.pointer) }
        }
    }
}

/// Where the callbacks put what they are given.
struct Collector<'e> {
    edits: &'e mut EditList,
    /// The first thing that was no edit: its rule and what is wrong.
    malformed: Option<(String, String)>,
    said: String,
}

unsafe extern "C" fn take_message(context: *mut c_void, _kind: u32, said: abi::Str) {
    // SAFETY: the context is the collector of this call.
    let collector = unsafe { &mut *context.cast::<Collector<'_>>() };
    collector.said = text(said);
}

unsafe extern "C" fn take_edit(context: *mut c_void, edit: *const abi::Edit) {
    // SAFETY: the context is the collector of this call.
    let collector = unsafe { &mut *context.cast::<Collector<'_>>() };
    // SAFETY: an edit of any version begins with its size.
    let complete = !edit.is_null() && unsafe { (*edit).size } >= size_of::<abi::Edit>();
    let problem = if complete {
        // SAFETY: not null and as large as ours.
        let edit = unsafe { &*edit };
        collector
            .take(edit)
            .err()
            .map(|problem| (text(edit.rule), problem))
    } else {
        Some((
            String::new(),
            "the edit is shorter than its ABI says".to_owned(),
        ))
    };
    collector.malformed = collector.malformed.take().or(problem);
}

impl Collector<'_> {
    fn take(&mut self, edit: &abi::Edit) -> Result<(), String> {
        let index = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let range = (edit.end != abi::WHOLE_BLOCK).then(|| index(edit.start)..index(edit.end));
        let target = Target {
            block: index(edit.block),
            range,
        };
        let category = category(borrow(&edit.category)?)?;
        let action = action(edit)?;
        self.edits
            .push(target, borrow(&edit.rule)?, category, action);
        Ok(())
    }
}

fn action(edit: &abi::Edit) -> Result<Action, String> {
    let value = borrow(&edit.value)?;
    let unknown = |what: &str, code: u32| format!("{what} {code} is not known");
    Ok(match edit.op {
        abi::OP_REMOVE => Action::Remove,
        abi::OP_REPLACE => Action::Replace(value.into()),
        abi::OP_LIFT => Action::Lift {
            key: borrow(&edit.key)?.into(),
            values: value.into(),
            scope: match edit.scope {
                abi::SCOPE_DOCUMENT => Scope::Document,
                abi::SCOPE_SECTION => Scope::Section,
                other => return Err(unknown("scope", other)),
            },
        },
        abi::OP_BEGIN => Action::Begin {
            kind: SectionKind::from_code(edit.kind)
                .ok_or_else(|| unknown("section kind", edit.kind))?,
            confidence: edit.confidence,
        },
        abi::OP_MARK => Action::Mark(
            BlockKind::from_code(edit.kind).ok_or_else(|| unknown("block kind", edit.kind))?,
        ),
        other => return Err(unknown("operation", other)),
    })
}

fn category(name: &str) -> Result<Option<Category>, String> {
    if name.is_empty() {
        return Ok(None);
    }
    name.parse()
        .map(Some)
        .map_err(|e: cleancopy_model::UnknownName| e.to_string())
}

/// A text of an edit, good for as long as the edit.
fn borrow(raw: &abi::Str) -> Result<&str, String> {
    if raw.data.is_null() || raw.len == 0 {
        return Ok("");
    }
    // SAFETY: the texts of an edit are good while the callback runs.
    let bytes = unsafe { std::slice::from_raw_parts(raw.data, raw.len) };
    std::str::from_utf8(bytes).map_err(|_| "a text of the edit is not UTF-8".to_owned())
}
