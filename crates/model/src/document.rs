//! The document: a source text and what still stands of it.

use std::ops::Range;

use crate::changes::Change;
use crate::section::{Lift, Start, parse_section_mark};
use crate::{BlockKind, Category, Elements, Markup, Metadata, Origin, Scope, SectionKind, lines};

/// The byte-order mark, which is layout and never text.
const BOM: char = '\u{feff}';

/// How many blocks are made room for before they are read: those of nearly every
/// article, and no harm to a text of blank lines.
const MOST_AT_ONCE: usize = 256;

/// Signs that open a point of a list in plain text.
const BULLETS: &[char] = &['•', '‣', '▪', '◦', '●', '∙'];

/// A paragraph-sized piece of a document that still stands in it.
#[derive(Debug, Clone)]
pub struct Block {
    pub(crate) source: Range<usize>,
    pub(crate) line: u32,
    pub(crate) line_start: usize,
    /// Where the present text lies in the document's buffer.
    pub(crate) text: Range<usize>,
    pub(crate) kind: BlockKind,
    pub(crate) read_as: BlockKind,
    pub(crate) changes: Vec<Change>,
    pub(crate) markup: Markup,
}

impl Block {
    /// The 1-based line of the source.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }

    /// What the block is.
    #[must_use]
    pub fn kind(&self) -> BlockKind {
        self.kind
    }

    /// What the markup says about it, if it was read from HTML.
    #[must_use]
    pub fn markup(&self) -> Markup {
        self.markup
    }

    /// The byte range of the block in the source, half-open.
    #[must_use]
    pub fn source(&self) -> Range<usize> {
        self.source.clone()
    }

    /// The byte range of the block's present text in [`Document::buffer`].
    #[must_use]
    pub fn text_range(&self) -> Range<usize> {
        self.text.clone()
    }
}

/// A stretch of the source that left with its whole block.
#[derive(Debug, Clone)]
pub(crate) struct Gone {
    pub(crate) source: Range<usize>,
    pub(crate) line: u32,
    pub(crate) line_start: usize,
    pub(crate) cause: u32,
    pub(crate) lifted: bool,
}

/// A cause together with the plugin that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) plugin: String,
    pub(crate) rule: String,
    pub(crate) category: Option<Category>,
}

/// One article, liveblog, round-up or feed digest.
#[derive(Debug, Clone)]
pub struct Document {
    id: String,
    /// Where it was published, if known.
    pub url: Option<String>,
    /// BCP 47 tag of its language, if known.
    pub language: Option<String>,
    /// The encoding the source was decoded from.
    pub encoding: String,
    /// The source, and behind it every text that replaced a part of it: the
    /// source is never copied and never changed.
    pub(crate) buffer: String,
    pub(crate) source_len: usize,
    pub(crate) blocks: Vec<Block>,
    pub(crate) gone: Vec<Gone>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) starts: Vec<Start>,
    pub(crate) lifts: Vec<Lift>,
    origin: Origin,
    /// What the reader knows about the whole document.
    known: Metadata,
    elements: Elements,
}

/// What a reader found in a source.
pub(crate) struct Shape {
    pub(crate) blocks: Vec<Block>,
    pub(crate) starts: Vec<Start>,
    pub(crate) known: Metadata,
    pub(crate) elements: Elements,
}

/// What was found out about the structure of a document: kinds of blocks,
/// metadata. See [`Document::forget_structure`].
#[derive(Debug)]
pub struct Structure {
    kinds: Vec<(usize, BlockKind)>,
    lifts: Vec<Lift>,
}

impl Document {
    /// Reads plain text: every line that is not blank is a block.
    ///
    /// White space round a line and a byte-order mark are layout. A line that
    /// is a section mark, as [`section_mark`](crate::section_mark) writes it,
    /// starts a section, so that clean text can be cleaned again.
    #[must_use]
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        let buffer = text.into();
        let ends = memchr::memchr_iter(b'\n', buffer.as_bytes()).count();
        let mut blocks = Vec::with_capacity(MOST_AT_ONCE.min(ends + 1));
        let mut starts = Vec::new();
        for line in lines(&buffer) {
            let body = &buffer[line.text.clone()];
            let inner = body.trim_start_matches(BOM).trim();
            if inner.is_empty() {
                continue;
            }
            let start = inner.as_ptr() as usize - buffer.as_ptr() as usize;
            if let Some(kind) = parse_section_mark(inner) {
                starts.push(Start::read(start, kind));
                continue;
            }
            let kind = kind_of_line(inner);
            blocks.push(Block {
                source: start..start + inner.len(),
                line: line.number,
                line_start: line.text.start,
                text: start..start + inner.len(),
                kind,
                read_as: kind,
                changes: Vec::new(),
                markup: Markup::default(),
            });
        }
        let known = Metadata::new();
        let shape = Shape {
            blocks,
            starts,
            known,
            elements: Elements::default(),
        };
        Self::with_shape(id.into(), buffer, Origin::Text, shape)
    }

    pub(crate) fn with_shape(id: String, source: String, origin: Origin, shape: Shape) -> Self {
        Self {
            id,
            url: None,
            language: None,
            encoding: "UTF-8".to_owned(),
            source_len: source.len(),
            buffer: source,
            blocks: shape.blocks,
            gone: Vec::new(),
            reasons: Vec::new(),
            starts: shape.starts,
            lifts: Vec::new(),
            origin,
            known: shape.known,
            elements: shape.elements,
        }
    }

    /// The id the document was read with.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the document was read from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The source text: of plain text the text itself, decoded and otherwise
    /// untouched; of anything else what its [`Draft`](crate::Draft) wrote.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.buffer[..self.source_len]
    }

    /// The text that [`Block::text_range`] refers to.
    ///
    /// Bytes that lie in no block are not part of the document.
    #[must_use]
    pub fn buffer(&self) -> &str {
        &self.buffer
    }

    /// The elements of the page that blocks stand in; see [`Block::markup`].
    #[must_use]
    pub fn elements(&self) -> &Elements {
        &self.elements
    }

    /// The same, to be told which selectors they match.
    pub fn elements_mut(&mut self) -> &mut Elements {
        &mut self.elements
    }

    /// Adds to what the reader knows about the whole document.
    pub fn know(&mut self, key: &str, value: &str) {
        self.known.add(key, value);
    }

    /// The blocks that still stand, in the order of the source.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The present text of a block.
    #[must_use]
    pub fn block_text(&self, block: &Block) -> &str {
        &self.buffer[block.text.clone()]
    }

    /// How many characters of white space stand before a block in its line.
    #[must_use]
    pub fn indent(&self, block: &Block) -> u32 {
        let before = &self.buffer[block.line_start..block.source.start];
        u32::try_from(before.trim_start_matches(BOM).chars().count()).unwrap_or(u32::MAX)
    }

    /// Whether the text is plain text that stands as it was read, without a
    /// section in it: its output is its source.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.origin == Origin::Text
            && self.gone.is_empty()
            && self.starts.is_empty()
            && self.blocks.iter().all(|block| block.changes.is_empty())
    }

    /// Whether nothing stands any more, or never did.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The runs of blocks to be cleaned on their own, as index ranges into
    /// [`Document::blocks`]: the items of a digest, else everything at once.
    /// Never answers an empty range.
    #[must_use]
    pub fn units(&self) -> Vec<Range<usize>> {
        let starts = self.starts.iter().filter(|s| s.kind == SectionKind::Item);
        let mut cuts: Vec<usize> = starts
            .map(|s| self.blocks.partition_point(|b| b.source.start < s.at))
            .collect();
        if cuts.is_empty() {
            // Most documents.
            return Vec::from_iter((!self.is_empty()).then_some(0..self.blocks.len()));
        }
        cuts.push(0);
        cuts.push(self.blocks.len());
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2).map(|w| w[0]..w[1]).collect()
    }

    /// The section starts known so far: the index of the first block that
    /// stands at or behind the start, and the kind.
    pub fn starts(&self) -> impl Iterator<Item = (usize, SectionKind)> + '_ {
        self.starts.iter().filter_map(|start| {
            let block = self.blocks.partition_point(|b| b.source.start < start.at);
            (block < self.blocks.len()).then_some((block, start.kind))
        })
    }

    /// What the reader knew about the section that starts at a block, such as
    /// the day of an item; `None` if none starts there or nothing was known.
    #[must_use]
    pub fn known_of(&self, block: usize) -> Option<&Metadata> {
        let known = self
            .starts
            .iter()
            .filter(|start| !start.metadata.is_empty());
        let mut here = known.filter(|start| {
            let first = self.blocks.partition_point(|b| b.source.start < start.at);
            first == block && block < self.blocks.len()
        });
        here.next().map(|start| &start.metadata)
    }

    /// What the reader knew about the whole document, and what was lifted for
    /// it so far.
    #[must_use]
    pub fn metadata(&self) -> Metadata {
        let mut metadata = self.known.clone();
        let ends = [Scope::Document, Scope::Section].map(|scope| self.first_owner(scope));
        for lift in &self.lifts {
            let end = if lift.scope == Scope::Document {
                ends[0]
            } else {
                ends[1]
            };
            if lift.at < end {
                lift.add_to(&mut metadata);
            }
        }
        metadata
    }

    /// Forgets marked kinds and lifted metadata, as if the present text had
    /// just been read, and answers what was forgotten. Section starts stay:
    /// the marks in the output tell a reader about them. So does what the
    /// reader knew.
    ///
    /// With [`Document::recall_structure`] this lets a host ask whether a
    /// second pass would change the text.
    #[must_use]
    pub fn forget_structure(&mut self) -> Structure {
        let kinds = self
            .blocks
            .iter()
            .map(|b| (b.source.start, b.kind))
            .collect();
        for block in &mut self.blocks {
            block.kind = block.read_as;
        }
        Structure {
            kinds,
            lifts: std::mem::take(&mut self.lifts),
        }
    }

    /// Brings back what [`Document::forget_structure`] answered; metadata
    /// that was lifted since then is added.
    pub fn recall_structure(&mut self, structure: Structure) {
        let mut kinds = structure.kinds.into_iter().peekable();
        for block in &mut self.blocks {
            while kinds.next_if(|(at, _)| *at < block.source.start).is_some() {}
            if let Some((_, kind)) = kinds.next_if(|(at, _)| *at == block.source.start) {
                block.kind = kind;
            }
        }
        let later = std::mem::replace(&mut self.lifts, structure.lifts);
        self.lifts.extend(later);
    }
}

fn kind_of_line(text: &str) -> BlockKind {
    let bullet = text
        .strip_prefix(BULLETS)
        .or_else(|| text.strip_prefix('*'));
    match bullet {
        Some(rest) if rest.starts_with(char::is_whitespace) => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_lines_without_their_layout() {
        let document = Document::from_text("d", "\u{feff}One\r\n\r\n\t• two \u{a0}\nthree");
        let blocks: Vec<_> = document
            .blocks()
            .iter()
            .map(|b| (b.line(), document.block_text(b), b.kind()))
            .collect();
        assert_eq!(
            blocks,
            [
                (1, "One", BlockKind::Paragraph),
                (3, "• two", BlockKind::ListItem),
                (4, "three", BlockKind::Paragraph)
            ]
        );
    }

    #[test]
    fn an_empty_text_is_an_empty_document() {
        let document = Document::from_text("d", "");
        assert!(document.is_empty());
        assert!(document.units().is_empty());
    }
}
