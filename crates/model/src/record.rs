//! The record: everything that left a document.

use crate::{Category, Document};

/// How something left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// It is gone.
    Remove,
    /// Another text stands in its place.
    Replace,
    /// It became metadata.
    Lift,
}

/// One thing that left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal<'d> {
    /// 1-based line in the source.
    pub line: u32,
    /// First byte in that line.
    pub start: usize,
    /// The byte after the last one in that line.
    pub end: usize,
    /// The source's own text.
    pub text: &'d str,
    /// What stands there now; empty unless `op` is [`Op::Replace`].
    pub replacement: &'d str,
    /// How it left.
    pub op: Op,
    /// Which plugin took it.
    pub plugin: &'d str,
    /// Which of its rules.
    pub rule: &'d str,
    /// Why.
    pub category: Category,
}

impl Document {
    /// Everything that left, in the order of the source; no two overlap.
    #[must_use]
    pub fn record(&self) -> Vec<Removal<'_>> {
        let whole = self.gone.iter().map(|gone| {
            let start = gone.source.start - gone.line_start;
            self.removal(gone.line, start, &gone.source, "", gone.cause, gone.lifted)
        });
        let parts = self.blocks.iter().flat_map(|block| {
            let text = &self.buffer[block.text.clone()];
            block.changes.iter().map(move |change| {
                let start = change.source.start - block.line_start;
                let with = &text[change.text.clone()];
                self.removal(
                    block.line,
                    start,
                    &change.source,
                    with,
                    change.cause,
                    change.lifted,
                )
            })
        });
        let mut record: Vec<_> = whole.chain(parts).collect();
        record.sort_by_key(|removal| (removal.line, removal.start));
        record
    }

    fn removal<'d>(
        &'d self,
        line: u32,
        start: usize,
        source: &std::ops::Range<usize>,
        replacement: &'d str,
        cause: u32,
        lifted: bool,
    ) -> Removal<'d> {
        let reason = &self.reasons[cause as usize];
        let op = match (lifted, replacement) {
            (true, _) => Op::Lift,
            (false, "") => Op::Remove,
            (false, _) => Op::Replace,
        };
        Removal {
            line,
            start,
            end: start + source.len(),
            text: &self.buffer[source.clone()],
            replacement,
            op,
            plugin: &reason.plugin,
            rule: &reason.rule,
            // Checked before the edit was applied.
            category: reason.category.unwrap_or(Category::Encoding),
        }
    }
}
