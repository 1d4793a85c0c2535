//! Putting a document together that did not come as plain text.

use crate::document::Shape;
use crate::section::Start;
use crate::{Block, BlockKind, Document, Element, Elements, Markup, Metadata, SectionKind};

/// What stands before a point of a list, as layout.
const BULLET: &str = "• ";

/// What a document was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Plain text: the source of the document is the text itself.
    Text,
    /// An RSS or Atom feed: the source of the document is its text, put into
    /// lines by the reader.
    Feed,
    /// An HTML page: the source of the document is its text, put into lines by
    /// the reader.
    Html,
}

/// A document in the making: blocks, the sections they stand in, and what the
/// reader knows about both.
///
/// The document gets a source text of its own, one line a block, so that
/// lines and ranges mean what they mean in plain text.
///
/// ```
/// use cleancopy_model::{BlockKind, Draft, Metadata, Origin, SectionKind};
///
/// let mut draft = Draft::new();
/// let mut item = Metadata::new();
/// item.add("byline", "Ada Moss");
/// draft.begin(SectionKind::Item, item);
/// draft.block(BlockKind::Headline, "Pier sold");
/// draft.block(BlockKind::ListItem, "To the town");
/// draft.line(BlockKind::ListItem, "For one crown");
/// let document = draft.finish("harbour", Origin::Feed);
///
/// assert_eq!(document.source(), "Pier sold\n\n• To the town\n• For one crown\n");
/// assert_eq!(document.block_text(&document.blocks()[1]), "To the town");
/// assert_eq!(document.sections()[0].metadata.get("byline"), ["Ada Moss"]);
/// ```
#[derive(Debug, Default)]
pub struct Draft {
    source: String,
    lines: u32,
    blocks: Vec<Block>,
    starts: Vec<Start>,
    pending: Option<(SectionKind, Metadata)>,
    metadata: Metadata,
    elements: Elements,
    markup: Markup,
}

impl Draft {
    /// An empty draft.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what is known about the whole document.
    pub fn know(&mut self, key: &str, value: &str) {
        self.metadata.add(key, value);
    }

    /// Adds an element of a page; answers its index.
    pub fn element(&mut self, element: Element<'_>) -> u32 {
        self.elements.add(element)
    }

    /// Says what the markup says about the blocks that follow.
    pub fn markup(&mut self, markup: Markup) {
        self.markup = markup;
    }

    /// Starts a section at the next block. A section that gets no block is
    /// left out, with what is known about it.
    pub fn begin(&mut self, kind: SectionKind, metadata: Metadata) {
        self.pending = Some((kind, metadata));
    }

    /// Adds a block with a blank line before it.
    ///
    /// White space round the text is layout, and so is the bullet that comes
    /// before a point of a list. A text of several lines makes several
    /// blocks, a blank one none.
    pub fn block(&mut self, kind: BlockKind, text: &str) {
        if !text.trim().is_empty() && !self.blocks.is_empty() {
            self.end_line();
        }
        self.line(kind, text);
    }

    /// Adds a block without a blank line before it.
    pub fn line(&mut self, kind: BlockKind, text: &str) {
        for line in text.split(['\n', '\r']) {
            if !line.trim().is_empty() {
                self.push(kind, line);
            }
        }
    }

    /// Makes the document.
    #[must_use]
    pub fn finish(self, id: impl Into<String>, origin: Origin) -> Document {
        let shape = Shape {
            blocks: self.blocks,
            starts: self.starts,
            known: self.metadata,
            elements: self.elements,
        };
        Document::with_shape(id.into(), self.source, origin, shape)
    }

    fn push(&mut self, kind: BlockKind, line: &str) {
        let line_start = self.source.len();
        if kind == BlockKind::ListItem {
            self.source.push_str(BULLET);
        }
        let indent = line.len() - line.trim_start().len();
        let start = self.source.len() + indent;
        if let Some((kind, metadata)) = self.pending.take() {
            let section = Start::read(start, kind);
            self.starts.push(Start {
                metadata,
                ..section
            });
        }
        self.source.push_str(line);
        let source = start..start + line.trim().len();
        self.blocks.push(Block {
            source: source.clone(),
            line: self.lines + 1,
            line_start,
            text: source,
            kind,
            read_as: kind,
            changes: Vec::new(),
            markup: self.markup,
        });
        self.end_line();
    }

    fn end_line(&mut self) {
        self.source.push('\n');
        self.lines = self.lines.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_know_their_lines_and_empty_sections_are_left_out() {
        let mut draft = Draft::new();
        draft.know("title", "Harbour news");
        for name in ["empty", "full"] {
            let mut metadata = Metadata::new();
            metadata.add("id", name);
            draft.begin(SectionKind::Item, metadata);
        }
        draft.block(BlockKind::Headline, "");
        draft.block(BlockKind::Headline, " Pier sold ");
        draft.block(BlockKind::Code, "  a\n\n\tb\r\nc");
        let document = draft.finish("d", Origin::Feed);
        let blocks: Vec<_> = document
            .blocks()
            .iter()
            .map(|b| (b.line(), document.block_text(b)))
            .collect();
        assert_eq!(
            blocks,
            [(1, "Pier sold"), (3, "a"), (4, "b"), (5, "c")],
            "{:?}",
            document.source()
        );
        let sections = document.sections();
        assert_eq!(sections.len(), 1);
        assert_eq!(sections[0].metadata.get("id"), ["full"]);
        assert_eq!(document.metadata().get("title"), ["Harbour news"]);
        assert_eq!(document.origin(), Origin::Feed);
        assert_eq!(document.layout().lines, 5);
    }
}
