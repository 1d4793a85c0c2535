//! From the first line of a span to its last.

use crate::condition::Condition;

/// Looks for the ends of one rule's spans, whose first lines must be asked for
/// in their order.
///
/// No line is looked at twice, however many spans begin before an end.
#[derive(Debug)]
pub(crate) struct Ends<'a> {
    condition: &'a Condition,
    lines: &'a [&'a str],
    /// The last end found.
    end: Option<usize>,
    /// The lines before this one were looked at, or stand before a first line.
    seen: usize,
}

impl<'a> Ends<'a> {
    pub(crate) fn new(condition: &'a Condition, lines: &'a [&'a str]) -> Self {
        Self {
            condition,
            lines,
            end: None,
            seen: 0,
        }
    }

    /// The last line of the span that begins at `first`, both 0-based.
    pub(crate) fn of(&mut self, first: usize) -> Option<usize> {
        if self.end.is_none_or(|end| end < first) {
            let limit = first.saturating_add(self.condition.max_blocks);
            let limit = limit.min(self.lines.len());
            let from = self.seen.max(first);
            self.end = (from..limit).find(|&index| self.ends(index));
            self.seen = self.end.map_or(limit.max(from), |end| end + 1);
        }
        self.end
    }

    fn ends(&self, index: usize) -> bool {
        let mut texts = self.condition.literals.through.iter();
        texts.any(|text| self.condition.ends(self.lines[index], text))
    }
}
