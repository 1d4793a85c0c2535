//! Where a cleaner puts its edits.
#![allow(unsafe_code, reason = "calls the host's callback")]

use std::marker::PhantomData;

use cleancopy_abi as abi;
use cleancopy_model::{BlockKind, Category, Scope, SectionKind, Target};

/// Takes the edits of a cleaner to the host, in any order.
#[derive(Debug)]
pub struct Edits<'a> {
    sink: *const abi::Sink,
    host: PhantomData<&'a abi::Sink>,
}

/// The parts of an edit that differ from operation to operation.
#[derive(Default)]
struct Parts<'p> {
    kind: u32,
    key: &'p str,
    value: &'p str,
    confidence: f64,
    scope: u32,
}

impl Edits<'_> {
    /// # Safety
    /// `sink` must be the host's sink and good for as long as the answer.
    pub(crate) unsafe fn new(sink: *const abi::Sink) -> Self {
        Self {
            sink,
            host: PhantomData,
        }
    }

    /// The target leaves.
    pub fn remove(&mut self, target: Target, rule: &str, category: Category) {
        self.send(
            abi::OP_REMOVE,
            &target,
            rule,
            category.name(),
            &Parts::default(),
        );
    }

    /// The target leaves and `with`, a text without line break, stands in its
    /// place.
    pub fn replace(&mut self, target: Target, with: &str, rule: &str, category: Category) {
        let parts = Parts {
            value: with,
            ..Parts::default()
        };
        self.send(abi::OP_REPLACE, &target, rule, category.name(), &parts);
    }

    /// The target leaves the body, and `values` become metadata under `key`.
    pub fn lift(
        &mut self,
        target: Target,
        (key, values): (&str, &[&str]),
        scope: Scope,
        rule: &str,
        category: Category,
    ) {
        let scope = match scope {
            Scope::Document => abi::SCOPE_DOCUMENT,
            Scope::Section => abi::SCOPE_SECTION,
        };
        let value = values.join("\n");
        let parts = Parts {
            key,
            value: &value,
            scope,
            ..Parts::default()
        };
        self.send(abi::OP_LIFT, &target, rule, category.name(), &parts);
    }

    /// A section starts at the block; `confidence` is from 0 to 1.
    pub fn begin(&mut self, block: usize, kind: SectionKind, confidence: f64, rule: &str) {
        let parts = Parts {
            kind: kind.code(),
            confidence,
            ..Parts::default()
        };
        self.send(abi::OP_BEGIN, &Target::block(block), rule, "", &parts);
    }

    /// The block is of this kind.
    pub fn mark(&mut self, block: usize, kind: BlockKind, rule: &str) {
        let parts = Parts {
            kind: kind.code(),
            ..Parts::default()
        };
        self.send(abi::OP_MARK, &Target::block(block), rule, "", &parts);
    }

    fn send(&mut self, op: u32, target: &Target, rule: &str, category: &str, parts: &Parts<'_>) {
        let whole = 0..abi::WHOLE_BLOCK;
        let range = target
            .range
            .as_ref()
            .map_or(whole, |r| r.start as u64..r.end as u64);
        let edit = abi::Edit {
            size: size_of::<abi::Edit>(),
            op,
            kind: parts.kind,
            block: target.block as u64,
            start: range.start,
            end: range.end,
            rule: abi::Str::new(rule),
            category: abi::Str::new(category),
            key: abi::Str::new(parts.key),
            value: abi::Str::new(parts.value),
            confidence: parts.confidence,
            scope: parts.scope,
            reserved: 0,
        };
        // SAFETY: `new` requires a good sink; the edit borrows only for the call.
        unsafe {
            let sink = &*self.sink;
            if let Some(take) = sink.edit {
                take(sink.context, &raw const edit);
            }
        }
    }
}
