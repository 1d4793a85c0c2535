//! Merging the edits of one step into what earlier steps did to a block.

use std::ops::Range;

/// A stretch of a block that no longer reads as in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    /// Byte range in the source.
    pub(crate) source: Range<usize>,
    /// Byte range in the block's text of what stands there now; may be empty.
    pub(crate) text: Range<usize>,
    /// Index into the causes of the document.
    pub(crate) cause: u32,
    /// Whether it became metadata.
    pub(crate) lifted: bool,
}

/// A checked edit: what stands in `range` of the block's text becomes `with`.
#[derive(Debug)]
pub(crate) struct Rewrite<'a> {
    pub(crate) range: Range<usize>,
    pub(crate) with: &'a str,
    pub(crate) cause: u32,
    pub(crate) lifted: bool,
}

/// The text of a block being rewritten, with the changes that lead back.
struct Merge<'a> {
    old_text: &'a str,
    /// Where the block starts in the source.
    origin: usize,
    text: String,
    changes: Vec<Change>,
    /// What of `old_text` was copied or rewritten already, in bytes.
    done: usize,
    /// `source = old_text offset + shift`, valid after the last change seen.
    shift: isize,
}

/// Applies `rewrites` (sorted, not overlapping) to a block.
///
/// Answers the new text and the new changes, both complete. Runs once over
/// both lists, so that a line with a million entities stays linear.
pub(crate) fn merge(
    old_text: &str,
    origin: usize,
    old: &[Change],
    rewrites: &[Rewrite<'_>],
) -> (String, Vec<Change>) {
    let mut merge = Merge {
        old_text,
        origin,
        text: String::with_capacity(old_text.len()),
        changes: Vec::with_capacity(old.len() + rewrites.len()),
        done: 0,
        shift: 0,
    };
    let mut old = old.iter().peekable();
    let mut rewrites = rewrites.iter().peekable();
    while let Some(rewrite) = rewrites.peek() {
        match old.peek() {
            Some(change)
                if !touches(change, rewrite) && change.text.start <= rewrite.range.start =>
            {
                merge.keep(change);
                old.next();
            }
            _ => merge.join(&mut old, &mut rewrites),
        }
    }
    old.for_each(|change| merge.keep(change));
    merge.text.push_str(&old_text[merge.done..]);
    (merge.text, merge.changes)
}

/// Whether a change lies so that the rewrite must swallow it: they share a
/// byte, or what left before stood strictly inside.
fn touches(change: &Change, rewrite: &Rewrite<'_>) -> bool {
    let (c, r) = (&change.text, &rewrite.range);
    if c.is_empty() {
        r.start < c.start && c.start < r.end
    } else {
        c.start < r.end && r.start < c.end
    }
}

impl Merge<'_> {
    /// The place in the source of an offset in the old text that lies in no
    /// change.
    fn source(&self, at: usize) -> usize {
        (self.origin + at).saturating_add_signed(self.shift)
    }

    fn copy_to(&mut self, at: usize) {
        self.text.push_str(&self.old_text[self.done..at]);
        self.done = at;
    }

    fn past(&mut self, change: &Change) {
        let here = isize::try_from(self.origin + change.text.end).unwrap_or(isize::MAX);
        self.shift = isize::try_from(change.source.end).unwrap_or(isize::MAX) - here;
    }

    /// Carries an earlier change over as it is.
    fn keep(&mut self, change: &Change) {
        self.copy_to(change.text.start);
        let start = self.text.len();
        self.copy_to(change.text.end);
        self.changes.push(Change {
            text: start..self.text.len(),
            ..change.clone()
        });
        self.past(change);
    }

    /// Makes one change of a rewrite and all that hangs together with it.
    fn join<'o>(
        &mut self,
        old: &mut std::iter::Peekable<impl Iterator<Item = &'o Change>>,
        rewrites: &mut std::iter::Peekable<std::slice::Iter<'_, Rewrite<'_>>>,
    ) {
        let Some(first) = rewrites.next() else { return };
        let mut last = first;
        // Begin in the source where the rewrite begins, or before it when it
        // cuts into something replaced earlier.
        let mut from = None;
        let mut end_in_change = None;
        let mut with = String::new();
        let head = old
            .peek()
            .filter(|c| touches(c, first) && c.text.start < first.range.start);
        match head {
            Some(change) => {
                self.copy_to(change.text.start);
                from = Some(change.source.start);
                with.push_str(&self.old_text[change.text.start..first.range.start]);
            }
            None => self.copy_to(first.range.start),
        }
        let from = from.unwrap_or_else(|| self.source(first.range.start));
        with.push_str(first.with);
        self.done = first.range.end;
        loop {
            if let Some(change) = old.next_if(|c| touches(c, last)) {
                self.past(change);
                if change.text.end > last.range.end {
                    end_in_change = Some(change);
                }
                continue;
            }
            // A change that reaches past this rewrite may be cut again by the next.
            let Some(change) = end_in_change.take() else {
                break;
            };
            match rewrites.next_if(|r| touches(change, r)) {
                Some(next) => {
                    with.push_str(&self.old_text[self.done..next.range.start]);
                    with.push_str(next.with);
                    self.done = next.range.end;
                    last = next;
                    if change.text.end > last.range.end {
                        end_in_change = Some(change);
                    }
                }
                None => {
                    with.push_str(&self.old_text[self.done..change.text.end]);
                    self.done = change.text.end;
                }
            }
        }
        let until = self.source(self.done);
        let start = self.text.len();
        self.text.push_str(&with);
        self.changes.push(Change {
            source: from..until,
            text: start..self.text.len(),
            cause: last.cause,
            lifted: last.lifted,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rewrite(range: Range<usize>, with: &str) -> Rewrite<'_> {
        Rewrite {
            range,
            with,
            cause: 7,
            lifted: false,
        }
    }

    /// The source again: unchanged text plus what each change stands for.
    fn undo(text: &str, changes: &[Change], source: &str) -> String {
        let (mut at, mut out) = (0, String::new());
        for change in changes {
            out.push_str(&text[at..change.text.start]);
            out.push_str(&source[change.source.clone()]);
            at = change.text.end;
        }
        out + &text[at..]
    }

    #[test]
    fn a_cut_through_a_replacement_takes_its_source_whole() {
        let (text, changes) = merge("a&amp;b", 0, &[], &[rewrite(1..6, "+++")]);
        assert_eq!(text, "a+++b");
        let (text, changes) = merge(&text, 0, &changes, &[rewrite(3..5, "")]);
        assert_eq!(text, "a++");
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].source, 1..7);
    }

    #[test]
    fn two_cuts_in_one_replacement_become_one_change() {
        let (text, changes) = merge("xYYz", 0, &[], &[rewrite(1..3, "abcdef")]);
        let (text, changes) = merge(&text, 0, &changes, &[rewrite(0..2, ""), rewrite(4..5, "-")]);
        assert_eq!(text, "bc-efz");
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].source, 0..3);
    }

    proptest! {
        #[test]
        fn undoing_every_change_gives_the_source(
            source in "[a-f]{0,24}",
            steps in prop::collection::vec(prop::collection::vec((0usize..30, 0usize..6, "[X-Z]{0,3}"), 0..5), 0..5),
        ) {
            let mut text = source.clone();
            let mut changes = Vec::new();
            for step in &steps {
                let mut rewrites: Vec<Rewrite<'_>> = Vec::new();
                let mut cuts: Vec<_> = step.iter()
                    .map(|(at, len, with)| (*at.min(&text.len()), (*at + *len).min(text.len()), with))
                    .filter(|(a, b, _)| a < b)
                    .collect();
                cuts.sort();
                for (a, b, with) in cuts {
                    if rewrites.last().is_none_or(|r| r.range.end <= a) {
                        rewrites.push(rewrite(a..b, with));
                    }
                }
                let want = rewrites.iter().rev().fold(text.clone(), |mut t, r| {
                    t.replace_range(r.range.clone(), r.with);
                    t
                });
                (text, changes) = merge(&text, 0, &changes, &rewrites);
                prop_assert_eq!(&text, &want);
                prop_assert_eq!(undo(&text, &changes, &source), source.clone());
            }
        }
    }
}
