//! A line and its folded forms, each made at most once.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::fold::{Fold, has_odd_dots, is_plain};

type Cells<'a> = [OnceCell<Cow<'a, str>>; Fold::COUNT];

/// A line that is being looked at.
#[derive(Debug)]
pub(crate) struct View<'a> {
    /// The line as it stands.
    pub(crate) line: &'a str,
    /// As [`Fold::FULL`] folds it, which is what most rules compare.
    full: OnceCell<Cow<'a, str>>,
    /// As [`View::CASED`] folds it, which is what most regexes see.
    cased: OnceCell<Cow<'a, str>>,
    /// Otherwise. Boxed, because most lines are never folded so.
    folded: OnceCell<Box<Cells<'a>>>,
    plain: OnceCell<bool>,
    odd_dots: OnceCell<bool>,
}

impl<'a> View<'a> {
    const CASED: Fold = Fold {
        case: false,
        dots: false,
        ..Fold::FULL
    };

    pub(crate) fn new(line: &'a str) -> Self {
        Self {
            line,
            full: OnceCell::new(),
            cased: OnceCell::new(),
            folded: OnceCell::new(),
            plain: OnceCell::new(),
            odd_dots: OnceCell::new(),
        }
    }

    /// The same for a line that is not plain, whose form by [`Fold::FULL`] is
    /// known.
    pub(crate) fn with_full(line: &'a str, full: &'a str) -> Self {
        Self {
            full: OnceCell::from(Cow::Borrowed(full)),
            plain: OnceCell::from(false),
            ..Self::new(line)
        }
    }

    /// Whether no fold changes more of the line than case, and white space round
    /// it.
    fn is_plain(&self) -> bool {
        *self.plain.get_or_init(|| is_plain(self.line.trim_ascii()))
    }

    /// Whether the line has letters that only [`Fold::dots`] folds: in Turkish.
    pub(crate) fn has_odd_dots(&self) -> bool {
        *self.odd_dots.get_or_init(|| has_odd_dots(self.line))
    }

    /// The folded line.
    pub(crate) fn folded(&self, fold: Fold) -> &str {
        if fold == Fold::FULL {
            return self.full.get_or_init(|| fold.text(self.line));
        }
        if !fold.case && self.is_plain() {
            return if fold.spaces {
                self.line.trim_ascii()
            } else {
                self.line
            };
        }
        // Nearly all lines are the same with and without it: one copy will do.
        let dots = fold.dots && (fold.case || self.has_odd_dots());
        let fold = Fold { dots, ..fold };
        let text = || fold.text(self.line);
        if fold == Self::CASED {
            return self.cased.get_or_init(text);
        }
        self.folded.get_or_init(Box::default)[fold.index()].get_or_init(text)
    }

    /// Turns byte ranges of the folded line into those of the line itself.
    ///
    /// Walks the line once instead of keeping a table of its characters, which
    /// for a line of 200 MB would not fit. Ranges that are empty stay empty.
    pub(crate) fn unfold(&self, fold: Fold, ranges: &mut [Range<usize>]) {
        if ranges.is_empty() {
            return;
        }
        let mut marks: Vec<(usize, Edge, usize)> = Vec::with_capacity(ranges.len() * 2);
        for (slot, range) in ranges.iter().enumerate() {
            marks.push((range.start, Edge::Start, slot));
            if !range.is_empty() {
                marks.push((range.end, Edge::End, slot));
            }
        }
        marks.sort_unstable();
        let mut marks = marks.into_iter().peekable();
        let (mut at, mut end) = (0, 0);
        for (source, c) in fold.chars(self.line) {
            while let Some((_, edge, slot)) = marks.next_if(|(mark, ..)| *mark <= at) {
                edge.set(&mut ranges[slot], &source, end);
            }
            if marks.peek().is_none() {
                return;
            }
            at += c.len_utf8();
            end = source.end;
        }
        for (_, edge, slot) in marks {
            edge.set(&mut ranges[slot], &(end..end), end);
        }
    }
}

/// Which end of a range a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Start,
    End,
}

impl Edge {
    /// A range starts where the next character does and ends where the one
    /// before does: white space round the line belongs to neither.
    fn set(self, range: &mut Range<usize>, next: &Range<usize>, before: usize) {
        match self {
            // The end of an empty range has no mark of its own.
            Self::Start if range.start == range.end => *range = next.start..next.start,
            Self::Start => range.start = next.start,
            Self::End => range.end = before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_form_at_hand_is_what_folding_makes(
            line in "[aBİ .'\u{2019}\u{a0}\t-]{0,9}",
            flags: [bool; 4],
        ) {
            let [case, dots, quotes, spaces] = flags;
            let fold = Fold { case, dots, quotes, spaces };
            let wanted = fold.text(&line);
            let view = View::new(&line);
            prop_assert_eq!(view.folded(fold), &*wanted);
        }
    }

    #[test]
    fn ranges_lead_back_to_the_line() {
        let view = View::new("  \u{201c}Log \u{a0} in\u{201d} now");
        let folded = view.folded(Fold::FULL);
        assert_eq!(folded, "\"log in\" now");
        let mut ranges = [1..7, 0..8, 9..12, 4..5, 12..12];
        view.unfold(Fold::FULL, &mut ranges);
        let found = ranges.map(|range| &view.line[range]);
        let wanted = [
            "Log \u{a0} in",
            "\u{201c}Log \u{a0} in\u{201d}",
            "now",
            " \u{a0} ",
            "",
        ];
        assert_eq!(found, wanted);
    }
}
