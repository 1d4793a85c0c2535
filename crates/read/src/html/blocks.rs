//! From tags and text to blocks.

mod kinds;
mod line;

use std::borrow::Cow;

use cleancopy_model::BlockKind;

use super::attributes::attribute;
use super::names::{Traits, traits};
use super::open::{Element, Ended, Open};
use super::tokens::{Tag, Token, Tokens};
use kinds::{Maker, made_by};
use line::Line;

/// What parts the cells of a table.
const CELL: &str = " | ";

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
    /// How many elements stand in no other.
    pub(crate) outermost: u32,
    /// Whether there is a script.
    pub(crate) has_script: bool,
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
        outermost: walk.open.outermost,
        elements: walk.open.elements,
        texts: walk.texts,
        has_script: walk.has_script,
    }
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
    has_script: bool,
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
            has_script: false,
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
            self.makers.push(Maker::new(kind, element));
        }
    }

    /// An element whose content is no markup, with that content.
    fn raw(&mut self, name: Cow<'h, str>, tag: Tag<'h>, of: Traits) {
        let text = match &*name {
            "plaintext" => self.tokens.rest(),
            _ => self.tokens.raw_text(&name),
        };
        self.has_script |= name == "script";
        if of.has(Traits::UNSEEN) {
            self.note(name, tag, of, Some(text));
            return;
        }
        if let Some(element) = self.open.push(name, tag, of, self.texts.len()) {
            self.makers.push(Maker::new(BlockKind::Code, element));
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
        if !tells {
            self.open.pass();
            return;
        }
        let added = self.open.add(name, tag, of, texts);
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
