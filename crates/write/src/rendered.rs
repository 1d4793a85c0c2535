//! What becomes of every source line; text and diff output share it.

use std::iter::Peekable;
use std::ops::Range;

use cleancopy_model::{Block, Document, Line, SectionKind, lines, section_mark};

/// What becomes of a source line.
pub(crate) enum Fate<'d> {
    /// It stands as it was.
    Kept,
    /// It stands, but parts of it left: the new text of its block.
    Changed(&'d str, &'d Block),
    /// It is gone.
    Gone,
}

/// A source line in the output.
pub(crate) struct Rendered<'d> {
    pub(crate) line: Line,
    /// The sections that start at it.
    pub(crate) starts: Vec<SectionKind>,
    pub(crate) fate: Fate<'d>,
}

/// Goes through the source line by line.
///
/// Blank lines beside a line that is gone go with it, but for one run of them
/// between two lines that stand: otherwise each removal would leave a hole.
pub(crate) fn render(document: &Document) -> Vec<Rendered<'_>> {
    let source = document.source();
    let mut blocks = document.blocks().iter().enumerate().peekable();
    let mut starts = document.starts().peekable();
    let mut out: Vec<Rendered<'_>> = Vec::new();
    let mut gap = Gap::default();
    for line in lines(source) {
        let body = &source[line.text.clone()];
        let Some((index, block)) = blocks.next_if(|(_, b)| b.line() == line.number) else {
            let blank = body.trim_start_matches('\u{feff}').trim().is_empty();
            gap.note(blank, out.len(), is_mark(body));
            out.push(Rendered {
                line,
                starts: Vec::new(),
                fate: Fate::Gone,
            });
            continue;
        };
        for kept in gap.close(true) {
            out[kept].fate = Fate::Kept;
        }
        let text = document.block_text(block);
        let same = text == &source[block.source()];
        let fate = if same {
            Fate::Kept
        } else {
            Fate::Changed(text, block)
        };
        out.push(Rendered {
            line,
            starts: kinds_at(&mut starts, index),
            fate,
        });
    }
    for kept in gap.close(false) {
        out[kept].fate = Fate::Kept;
    }
    out
}

/// Whether a line is a section mark that the reader took for one.
fn is_mark(line: &str) -> bool {
    let line = line.trim();
    // Hardly any line begins as they all do.
    let mut kinds = SectionKind::ALL.iter();
    line.starts_with("===") && kinds.any(|kind| line == section_mark(*kind))
}

/// The kinds of the sections that start at a block, each once, outer first.
fn kinds_at(
    starts: &mut Peekable<impl Iterator<Item = (usize, SectionKind)>>,
    block: usize,
) -> Vec<SectionKind> {
    let mut kinds = Vec::new();
    while let Some((_, kind)) = starts.next_if(|(at, _)| *at <= block) {
        kinds.retain(|k| *k != kind);
        kinds.push(kind);
    }
    kinds
}

/// The lines between two that stand.
#[derive(Default)]
struct Gap {
    /// Runs of blank lines, as index ranges into the output.
    blanks: Vec<Range<usize>>,
    /// Whether a line in the gap is gone.
    removed: bool,
    /// Whether a line before the gap stands.
    after_text: bool,
}

impl Gap {
    fn note(&mut self, blank: bool, index: usize, mark: bool) {
        if mark {
            return;
        }
        if !blank {
            self.removed = true;
            return;
        }
        match self.blanks.last_mut() {
            Some(run) if run.end == index => run.end += 1,
            _ => self.blanks.push(index..index + 1),
        }
    }

    /// The blank lines that stay; `before_text` says that a line stands
    /// behind the gap.
    fn close(&mut self, before_text: bool) -> Vec<usize> {
        let gap = std::mem::take(self);
        self.after_text = true;
        if !gap.removed {
            return gap.blanks.into_iter().flatten().collect();
        }
        if !(gap.after_text && before_text) {
            return Vec::new();
        }
        gap.blanks
            .into_iter()
            .next()
            .into_iter()
            .flatten()
            .collect()
    }
}
