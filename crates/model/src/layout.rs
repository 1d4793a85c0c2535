//! The layout: what of a source is neither kept nor in the record.

use crate::{Document, lines};

/// A stretch of white space, a byte-order mark, a section mark or a reader's
/// bullet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space<'d> {
    /// 1-based line in the source.
    pub line: u32,
    /// First byte in that line.
    pub start: usize,
    /// The source's own text.
    pub text: &'d str,
}

/// Everything needed to rebuild a source from the blocks and the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout<'d> {
    /// How many lines the source has.
    pub lines: u32,
    /// The usual line terminator.
    pub newline: &'d str,
    /// Lines that end in something else, with what they end in; the last
    /// line is among them when the source does not end in a line terminator.
    pub other_ends: Vec<(u32, &'d str)>,
    /// What stands round and between the blocks.
    pub spaces: Vec<Space<'d>>,
}

impl Document {
    /// The usual line terminator: that of the first line.
    #[must_use]
    pub fn newline(&self) -> &str {
        let source = self.source();
        let first = lines(source).next().map_or("", |line| &source[line.end]);
        if first.is_empty() { "\n" } else { first }
    }

    /// What must be known besides blocks and record to rebuild the source.
    #[must_use]
    pub fn layout(&self) -> Layout<'_> {
        let source = self.source();
        let newline = self.newline();
        let mut layout = Layout {
            lines: 0,
            newline,
            other_ends: Vec::new(),
            spaces: Vec::new(),
        };
        let standing = self.blocks.iter().map(|b| b.source.clone());
        let mut covered: Vec<_> = standing
            .chain(self.gone.iter().map(|g| g.source.clone()))
            .collect();
        covered.sort_by_key(|range| range.start);
        let mut covered = covered.into_iter().peekable();
        for line in lines(source) {
            layout.lines = line.number;
            let end = &source[line.end];
            if end != newline {
                layout.other_ends.push((line.number, end));
            }
            let mut at = line.text.start;
            let mut space = |from: usize, to: usize| {
                if from < to {
                    let (number, start) = (line.number, from - line.text.start);
                    layout.spaces.push(Space {
                        line: number,
                        start,
                        text: &source[from..to],
                    });
                }
            };
            while let Some(range) = covered.next_if(|r| r.start < line.text.end) {
                space(at, range.start);
                at = range.end;
            }
            space(at, line.text.end);
        }
        layout
    }
}
