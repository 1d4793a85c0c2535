//! Text to lines: one block is one line.

use cleancopy_model::BlockKind;

use super::super::references::decoded;
use super::kinds::level;
use super::{HtmlBlock, Walk};

/// The block in the making.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// What goes before the next word.
    pub(super) gap: Option<&'static str>,
    /// Line ends met since the last word.
    newlines: usize,
    linked: usize,
    hidden: usize,
    /// The depth of the innermost element that all words so far stand in.
    depth: usize,
    /// The smallest depth since the last word.
    pub(super) low: usize,
    element: Option<u32>,
}

impl<'h> Walk<'h> {
    pub(super) fn text(&mut self, text: &'h str) {
        if self.open.unseen > 0 {
            return;
        }
        decoded(text, |piece| self.piece(piece));
        if let Some(element) = self.open.at_depth(self.open.depth()) {
            self.texts.push((element, text));
        }
    }

    fn piece(&mut self, text: &str) {
        if self.open.verbatim > 0 {
            let mut lines = text.split('\n');
            if let Some(first) = lines.next() {
                self.verbatim(first);
            }
            for line in lines {
                self.end_line();
                self.verbatim(line);
            }
            return;
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let space = rest.iter().position(|b| !b.is_ascii_whitespace());
            let space = space.unwrap_or(rest.len());
            if space > 0 {
                self.space(&text[at..at + space]);
            }
            at += space;
            let rest = &bytes[at..];
            let word = rest.iter().position(u8::is_ascii_whitespace);
            let word = word.unwrap_or(rest.len());
            if word > 0 {
                self.word(&text[at..at + word]);
            }
            at += word;
        }
    }

    fn space(&mut self, space: &str) {
        if self.by_blank_lines {
            self.line.newlines += space.matches('\n').count();
            if self.line.newlines > 1 {
                self.end_block();
                return;
            }
        }
        if !self.line.text.is_empty() {
            self.line.gap.get_or_insert(" ");
        }
    }

    pub(super) fn word(&mut self, word: &str) {
        if let Some(gap) = self.line.gap.take() {
            self.line.text.push_str(gap);
        }
        self.line.newlines = 0;
        self.append(word);
    }

    fn verbatim(&mut self, text: &str) {
        match text.trim().is_empty() && self.line.text.is_empty() {
            // Only what shows makes a place for the block.
            true => self.line.text.push_str(text),
            false => self.append(text),
        }
    }

    /// Adds text to the line and notes where it stands.
    fn append(&mut self, text: &str) {
        let line = &mut self.line;
        line.text.push_str(text);
        line.linked += text.len() * usize::from(self.open.links > 0);
        line.hidden += text.len() * usize::from(self.open.hidden > 0);
        if line.depth == 0 {
            line.depth = self.open.depth();
            line.element = self.open.at_depth(line.depth);
        } else if line.low < line.depth {
            line.depth = line.low;
            line.element = self.open.at_depth(line.depth);
        }
        line.low = self.open.depth();
    }

    /// A break inside a heading or a table is white space: a block is a line,
    /// and there it would part what is one thing.
    pub(super) fn line_break(&mut self) {
        match self.kind() {
            BlockKind::Heading | BlockKind::ListItem | BlockKind::Caption | BlockKind::TableRow => {
                self.space(" ");
            }
            _ => self.end_line(),
        }
    }

    /// What a block that ends here is.
    fn kind(&self) -> BlockKind {
        match self.makers.last() {
            // Only the first paragraph of a point has its bullet.
            Some(maker) if maker.used && maker.kind == BlockKind::ListItem => BlockKind::Paragraph,
            // One cell is no row.
            Some(maker) if maker.kind == BlockKind::TableRow && maker.cells < 2 => {
                BlockKind::Paragraph
            }
            Some(maker) => maker.kind,
            None => BlockKind::Paragraph,
        }
    }

    pub(super) fn end_block(&mut self) {
        self.emit();
        self.broken = false;
    }

    fn end_line(&mut self) {
        self.broken = self.emit();
    }

    /// Makes a block of the line so far; answers whether there was anything.
    fn emit(&mut self) -> bool {
        if self.line.text.is_empty() {
            (self.line.gap, self.line.newlines) = (None, 0);
            return false;
        }
        let line = std::mem::take(&mut self.line);
        self.line.low = self.open.depth();
        let text = match self.open.verbatim {
            0 => line.text.trim(),
            _ => line.text.trim_end(),
        };
        if text.trim().is_empty() {
            return false;
        }
        let kind = self.kind();
        let list = matches!(
            kind,
            BlockKind::ListItem | BlockKind::TableRow | BlockKind::Code
        );
        // A blank line of code parts what stands around it.
        let is_parted = self.open.verbatim > 0 && !self.broken;
        let last = self.blocks.last();
        let follows = list && !is_parted && last.is_some_and(|last| last.kind == kind);
        let maker = self.makers.last_mut();
        let block = HtmlBlock {
            kind,
            text: text.to_owned(),
            close: self.broken || follows,
            level: match (kind, &maker) {
                (BlockKind::Heading, Some(m)) => {
                    level(&self.open.elements[m.element as usize].name)
                }
                _ => 0,
            },
            linked: line.linked,
            hidden: line.hidden > 0 && line.hidden >= text.len() * 9 / 10,
            element: line.element,
        };
        self.blocks.push(block);
        if let Some(maker) = maker {
            maker.used = true;
        }
        true
    }
}
