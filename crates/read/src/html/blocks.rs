//! From tags and text to blocks.

use std::borrow::Cow;

use cleancopy_model::BlockKind;

use super::names::{Traits, traits};
use super::open::{Element, Ended, Open};
use super::references::decoded;
use super::tokens::{Tag, Token, Tokens, attribute};

/// What parts the cells of a table.
const CELL: &str = " | ";

/// Classes of quotations that stand for an embedded post.
const EMBEDS: &[&str] = &[
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "mastodon-embed",
    "fb-post",
    "reddit-embed-bq",
];

/// A piece of text with what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HtmlBlock {
    pub(crate) kind: BlockKind,
    /// One line, without white space at its ends but for the indent of code.
    pub(crate) text: String,
    /// Whether it follows the one before without a gap: a line of a poem, the
    /// next point of a list.
    pub(crate) close: bool,
    /// The level of a heading, 1 to 6; else 0.
    pub(crate) level: u8,
    /// How many bytes of the text stand in links.
    pub(crate) linked: usize,
    /// Whether nobody is to see any of it.
    pub(crate) hidden: bool,
    /// The innermost element that all of the text stands in.
    pub(crate) element: Option<u32>,
}

impl HtmlBlock {
    /// A paragraph that stands in no element.
    pub(crate) fn paragraph(text: String) -> Self {
        Self {
            kind: BlockKind::Paragraph,
            text,
            close: false,
            level: 0,
            linked: 0,
            hidden: false,
            element: None,
        }
    }
}

/// What a page was read as.
#[derive(Debug, Default)]
pub(crate) struct Reading<'h> {
    pub(crate) blocks: Vec<HtmlBlock>,
    /// All elements but the void ones that tell nothing, in the order of the
    /// source.
    pub(crate) elements: Vec<Element<'h>>,
    /// The texts, as they stand, each with its element; of those that are
    /// never shown only what tells something: the title, JSON.
    pub(crate) texts: Vec<(u32, &'h str)>,
}

/// Cuts HTML into blocks.
pub(crate) fn read_blocks(html: &str) -> Reading<'_> {
    let mut walk = Walk::new(html, false);
    walk.read();
    if !walk.makes_lines {
        walk = Walk::new(html, true);
        walk.read();
    }
    Reading {
        blocks: walk.blocks,
        elements: walk.open.elements,
        texts: walk.texts,
    }
}

/// An open element that makes blocks of a kind.
#[derive(Debug)]
struct Maker {
    kind: BlockKind,
    element: u32,
    /// Whether it has made one.
    used: bool,
    /// Of a row: how many cells it has.
    cells: usize,
}

/// The block in the making.
#[derive(Debug, Default)]
struct Line {
    text: String,
    /// What goes before the next word.
    gap: Option<&'static str>,
    /// Line ends met since the last word.
    newlines: usize,
    linked: usize,
    hidden: usize,
    /// The depth of the innermost element that all words so far stand in.
    depth: usize,
    /// The smallest depth since the last word.
    low: usize,
    element: Option<u32>,
}

/// Goes through the tokens and writes down what it meets.
#[derive(Debug)]
struct Walk<'h> {
    tokens: Tokens<'h>,
    open: Open<'h>,
    blocks: Vec<HtmlBlock>,
    texts: Vec<(u32, &'h str)>,
    line: Line,
    /// Whether a line break ended the last block.
    broken: bool,
    makers: Vec<Maker>,
    /// Whether any element made a line.
    makes_lines: bool,
    /// Whether blank lines part paragraphs.
    by_blank_lines: bool,
}

impl<'h> Walk<'h> {
    fn new(html: &'h str, by_blank_lines: bool) -> Self {
        Self {
            tokens: Tokens::new(html),
            open: Open::default(),
            blocks: Vec::new(),
            texts: Vec::new(),
            line: Line::default(),
            broken: false,
            makers: Vec::new(),
            makes_lines: false,
            by_blank_lines,
        }
    }

    fn read(&mut self) {
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Text(text) => self.text(text),
                Token::Start(tag) => self.start(tag),
                Token::End(name) => self.end(&lower(name)),
            }
        }
        self.close_from(0);
        self.end_block();
    }

    /// Meets a start tag.
    fn start(&mut self, tag: Tag<'h>) {
        let name = lower(tag.name);
        let of = self.traits_of(&name, &tag);
        self.makes_lines |= of.has(Traits::BLOCK) || name == "br";
        if matches!(&*name, "html" | "head" | "body") && self.open.has(&name) {
            return;
        }
        let link = (name == "a").then(|| self.open.link()).flatten();
        if let Some(place) = self.open.ended_by_start(&name, of).or(link) {
            self.close_from(place);
        }
        match &*name {
            "br" => self.line_break(),
            "q" => self.word("“"),
            "td" | "th" if self.is_row() => self.cell(),
            _ if of.has(Traits::BLOCK) => self.begin_block(),
            _ => {}
        }
        if of.has(Traits::RAW) && !self.open.in_foreign() {
            self.raw(name, tag, of);
        } else if of.has(Traits::VOID) || self.open.in_foreign() && tag.closes_itself() {
            self.note(name, tag, of, None);
        } else {
            self.push(name, tag, of);
        }
    }

    /// The traits of an element; a template that a browser shows at once is
    /// like any other element, and titles in drawings are names of shapes.
    fn traits_of(&self, name: &str, tag: &Tag<'h>) -> Traits {
        if name == "template" && attribute(tag.attributes, "shadowrootmode").is_some() {
            return Traits::BLOCK;
        }
        if self.open.in_foreign() && matches!(name, "desc" | "metadata") {
            return Traits::UNSEEN;
        }
        traits(name)
    }

    fn push(&mut self, name: Cow<'h, str>, tag: Tag<'h>, of: Traits) {
        let kind = made_by(&name, tag.attributes);
        let texts = self.texts.len();
        let Some(element) = self.open.push(name, tag, of, texts) else {
            return;
        };
        if let Some(kind) = kind {
            self.makers.push(Maker {
                kind,
                element,
                used: false,
                cells: 0,
            });
        }
    }

    /// An element whose content is no markup, with that content.
    fn raw(&mut self, name: Cow<'h, str>, tag: Tag<'h>, of: Traits) {
        let text = match &*name {
            "plaintext" => self.tokens.rest(),
            _ => self.tokens.raw_text(&name),
        };
        if of.has(Traits::UNSEEN) {
            self.note(name, tag, of, Some(text));
            return;
        }
        if let Some(element) = self.open.push(name, tag, of, self.texts.len()) {
            let maker = Maker {
                kind: BlockKind::Code,
                element,
                used: false,
                cells: 0,
            };
            self.makers.push(maker);
        }
        self.text(text);
    }

    /// Meets an end tag.
    fn end(&mut self, name: &str) {
        match self.open.ended_by_end(name) {
            Ended::Through(place) => self.close_from(place),
            Ended::Alone(place) => {
                self.open.remove(place);
                self.line.low = self.line.low.min(place);
            }
            Ended::Nothing if name == "br" => self.line_break(),
            Ended::Nothing if traits(name).has(Traits::BLOCK) && !is_page(name) => self.end_block(),
            Ended::Nothing => {}
        }
    }

    /// Closes the elements from a place on the stack on.
    fn close_from(&mut self, place: usize) {
        while self.open.depth() > place {
            let Some(top) = self.open.at_depth(self.open.depth()) else {
                return;
            };
            let element = &self.open.elements[top as usize];
            let (is_cell, of) = (is_cell(&element.name), element.traits);
            if element.name == "q" {
                self.line.text.push('”');
            } else if of.has(Traits::BLOCK) && !(is_cell && self.is_row()) {
                self.end_block();
            }
            self.makers.pop_if(|maker| maker.element == top);
            self.open.pop();
        }
        self.line.low = self.line.low.min(place);
    }

    fn is_row(&self) -> bool {
        self.makers
            .last()
            .is_some_and(|m| m.kind == BlockKind::TableRow)
    }

    fn cell(&mut self) {
        if let Some(row) = self.makers.last_mut() {
            row.cells += 1;
        }
        self.line.gap = (!self.line.text.is_empty()).then_some(CELL);
    }

    /// A block begins. In a row it shows that the row holds paragraphs, not
    /// values: tables also lay out pages.
    fn begin_block(&mut self) {
        if let Some(row) = self
            .makers
            .last_mut()
            .filter(|m| m.kind == BlockKind::TableRow)
        {
            row.kind = BlockKind::Paragraph;
        }
        self.end_block();
    }

    fn text(&mut self, text: &'h str) {
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

    fn word(&mut self, word: &str) {
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
    fn line_break(&mut self) {
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

    fn end_block(&mut self) {
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
        let follows = list && self.blocks.last().is_some_and(|last| last.kind == kind);
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

    /// Notes an element that is never open, if it says something about the
    /// page.
    fn note(&mut self, name: Cow<'h, str>, tag: Tag<'h>, of: Traits, text: Option<&'h str>) {
        let is_data = || attribute(tag.attributes, "type").is_some_and(|t| t.contains("json"));
        let tells = match &*name {
            "meta" | "link" | "title" => true,
            "script" => is_data(),
            _ => false,
        };
        let texts = self.texts.len();
        let added = tells.then(|| self.open.add(name, tag, of, texts)).flatten();
        if let (Some(element), Some(text)) = (added, text) {
            self.texts.push((element, text));
        }
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|b| b.is_ascii_uppercase()) {
        true => name.to_ascii_lowercase().into(),
        false => name.into(),
    }
}

fn is_page(name: &str) -> bool {
    matches!(name, "html" | "body")
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

/// The level of `h1` to `h6`.
fn level(name: &str) -> u8 {
    name.as_bytes()
        .get(1)
        .map_or(0, |digit| digit.wrapping_sub(b'0'))
}

/// The kind of the blocks in an element, if it gives them one.
fn made_by(name: &str, attributes: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" => Some(BlockKind::ListItem),
        "blockquote" if has_class(attributes, EMBEDS) => Some(BlockKind::Embed),
        "blockquote" => Some(BlockKind::Quote),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        "p" if has_class(attributes, &["wp-caption-text"]) => Some(BlockKind::Caption),
        "tr" => Some(BlockKind::TableRow),
        _ if traits(name).has(Traits::VERBATIM) => Some(BlockKind::Code),
        _ => None,
    }
}

fn has_class(attributes: &str, known: &[&str]) -> bool {
    let classes = attribute(attributes, "class").unwrap_or_default();
    classes.split_ascii_whitespace().any(|c| known.contains(&c))
}
