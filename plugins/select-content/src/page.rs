//! A page as the features see it: its blocks and elements, with what can be
//! said about each of them at once.

use cleancopy_plugin::prelude::BlockKind;
use cleancopy_plugin::{Block, Document, Element};

use crate::shingles::ByHash;
use crate::words::{Senses, Words};

/// The most senses of classes that are told apart.
pub const CLASSES: usize = 32;

/// As a distance: no element around has it.
pub const FAR: u8 = u8::MAX;

/// Names of elements that say what stands in them.
pub const TAGS: &[&str] = &[
    "article",
    "main",
    "section",
    "div",
    "body",
    "nav",
    "aside",
    "footer",
    "header",
    "form",
    "ul",
    "ol",
    "table",
    "figure",
    "blockquote",
    "noscript",
    "button",
    "dialog",
    "a",
    "p",
    "li",
    "span",
    "strong",
    "select",
    "dl",
    "label",
    "details",
    "svg",
    "td",
    "em",
    "h1",
    "h2",
];

/// How many of the names, and of the senses of classes, fit what the article
/// stands in.
const GOOD_TAGS: usize = 5;
const GOOD_CLASSES: usize = 2;

/// The sense of captions in the word lists.
const CAPTION_CLASS: usize = 12;

/// How far inside a figure its caption may stand, in elements.
const CAPTION_REACH: u8 = 4;

/// As much of a page's prose is most of it.
const MOST: f32 = 0.6;

/// A block with what its text says by itself.
#[derive(Debug, Clone)]
pub struct Piece<'d> {
    /// The block itself.
    pub block: Block<'d>,
    /// How many words it has.
    pub words: f32,
    /// How many bytes.
    pub chars: f32,
    /// Letters and digits as a hash: equal for equal texts.
    pub key: u64,
    /// What its opening says.
    pub senses: Senses,
    /// The share of its bytes in links, 0 to 1.
    pub link_density: f32,
    /// Whether it reads like a paragraph: long, few links, closed sentences.
    pub is_prose: bool,
}

/// An element with what stands in it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The index of the element around it.
    pub parent: Option<usize>,
    /// How many elements stand around it.
    pub depth: u16,
    /// The index of its name in [`TAGS`].
    pub tag: u8,
    /// What its own names say.
    pub senses: Senses,
    /// By sense: how many elements further out one stands whose classes have
    /// it.
    pub classes: [u8; CLASSES],
    /// By name in `TAGS`: how many elements further out one stands.
    pub tags: [u8; TAGS.len()],
    /// How many bytes of text stand in it.
    pub chars: f32,
    /// How many of them in links.
    pub linked: f32,
    /// How many blocks.
    pub blocks: f32,
    /// How many bytes of prose.
    pub prose_chars: f32,
    /// How many bytes of prose stand in it with nothing but formatting between.
    pub own_prose_chars: f32,
    /// Elements that look the same share a number.
    pub shape: u32,
}

/// A page.
#[derive(Debug)]
pub struct Page<'d> {
    /// Its blocks, in the order of the source.
    pub pieces: Vec<Piece<'d>>,
    /// The elements they stand in, each behind the one around it.
    pub places: Vec<Place>,
    /// How many blocks stand in elements of a shape.
    pub shapes: Vec<f32>,
    /// How many bytes of prose it has.
    pub prose_chars: f32,
}

impl<'d> Page<'d> {
    /// Looks at a document that was read from HTML.
    #[must_use]
    pub fn of(document: &Document<'d>, words: &Words) -> Self {
        let pieces: Vec<Piece<'d>> = document.blocks().map(|b| piece(b, words)).collect();
        let mut places = places(document, words);
        for piece in &pieces {
            let mut next = piece.block.element.map(|e| e as usize);
            let mut own = true;
            while let Some(at) = next.filter(|at| *at < places.len()) {
                let place = &mut places[at];
                place.chars += piece.chars;
                place.linked += piece.chars * piece.link_density;
                place.blocks += 1.0;
                if piece.is_prose {
                    place.prose_chars += piece.chars;
                    if own && !is_inner(place.tag) {
                        place.own_prose_chars += piece.chars;
                        own = false;
                    }
                }
                next = place.parent;
            }
        }
        let shape_count = places.iter().map(|p| p.shape + 1).max().unwrap_or(0);
        let mut shapes = vec![0.0; shape_count as usize];
        for piece in &pieces {
            if let Some(at) = piece.block.element {
                shapes[places[at as usize].shape as usize] += 1.0;
            }
        }
        let prose = pieces.iter().filter(|p| p.is_prose);
        let prose_chars = prose.map(|p| p.chars).sum();
        measure(&mut places, prose_chars);
        Self {
            pieces,
            places,
            shapes,
            prose_chars,
        }
    }

    /// The element of a block.
    #[must_use]
    pub fn place(&self, piece: usize) -> Option<&Place> {
        self.places.get(self.index(piece)?)
    }

    /// The index of the element of a block.
    #[must_use]
    pub fn index(&self, piece: usize) -> Option<usize> {
        self.pieces[piece].block.element.map(|e| e as usize)
    }

    /// The innermost element around a block that holds others too: one that
    /// lays out, not one that the text itself is wrapped in.
    #[must_use]
    pub fn container(&self, piece: usize) -> Option<usize> {
        let mut at = self.index(piece)?;
        loop {
            let place = &self.places[at];
            if place.blocks > 1.0 && !is_inner(place.tag) {
                return Some(at);
            }
            at = place.parent?;
        }
    }

    /// Whether one element is, or stands in, another.
    #[must_use]
    pub fn is_inside(&self, mut inner: usize, outer: usize) -> bool {
        while inner > outer {
            match self.places[inner].parent {
                Some(parent) => inner = parent,
                None => return false,
            }
        }
        inner == outer
    }
}

impl Place {
    /// Whether its classes or its name, or those of an element right around
    /// it, are those of a caption.
    #[must_use]
    pub fn is_caption(&self) -> bool {
        let figure = TAGS.iter().position(|tag| *tag == "figure");
        let in_figure = figure.is_some_and(|tag| self.tags[tag] <= CAPTION_REACH);
        let by_class = self.classes[CAPTION_CLASS] <= 2;
        in_figure || by_class
    }
}

/// Paragraphs and what stands in them; a container of paragraphs is none.
fn is_inner(tag: u8) -> bool {
    let name = TAGS.get(tag as usize).copied().unwrap_or_default();
    matches!(
        name,
        "p" | "span" | "strong" | "a" | "em" | "li" | "h1" | "h2" | "td"
    )
}

fn piece<'d>(block: Block<'d>, words: &Words) -> Piece<'d> {
    let text = block.text;
    let count = count_words(text);
    let link_density = (block.linked as f32 / text.len().max(1) as f32).min(1.0);
    let closed = text.ends_with(['.', '!', '?', '”', '"', '…', ':', ')', '’', ';', '。', '」']);
    let is_prose = count >= 12
        && link_density < 0.5
        && !block.hidden
        && (closed || count >= 25)
        && text.contains([',', '.', '!', '?', '、', '。']);
    Piece {
        words: count as f32,
        chars: text.len() as f32,
        key: key(text.as_bytes()),
        senses: words.of_text(text),
        link_density,
        is_prose,
        block,
    }
}

/// How many words a text has. Where no spaces part them, as in Japanese, two
/// characters are one.
fn count_words(text: &str) -> usize {
    let spaced = text.split_ascii_whitespace().count();
    if text.len() < spaced * 12 {
        return spaced;
    }
    let is_dense = |c: &char| matches!(u32::from(*c), 0x0e00..=0x0eff | 0x3040..=0xd7ff);
    spaced.max(text.chars().filter(is_dense).count() / 2)
}

/// A hash of the letters and digits of a text (FNV-1a).
#[must_use]
pub fn key(text: &[u8]) -> u64 {
    let bytes = text
        .iter()
        .copied()
        .filter(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, b| {
        (hash ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
    })
}

fn places(document: &Document<'_>, words: &Words) -> Vec<Place> {
    let count = u32::try_from(document.element_count()).unwrap_or(u32::MAX);
    let mut places: Vec<Place> = Vec::with_capacity(count as usize);
    let mut shapes: ByHash<u32> = ByHash::default();
    for number in 0..count {
        let Some(element) = document.element(number) else {
            break;
        };
        let parent = element.parent.map(|p| p as usize);
        let outer = parent.and_then(|p| places.get(p));
        let (depth, above) = outer.map_or((0, 0), |p| (p.depth + 1, p.shape));
        let fresh = u32::try_from(shapes.len() + 1).unwrap_or(u32::MAX);
        let looks = key(element.classes.as_bytes()) ^ key(element.name.as_bytes()).rotate_left(7);
        let looks = looks.wrapping_add(u64::from(above).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let shape = *shapes.entry(looks).or_insert(fresh);
        let tag = TAGS.iter().position(|t| *t == element.name);
        places.push(Place {
            parent,
            depth,
            tag: tag.and_then(|t| u8::try_from(t).ok()).unwrap_or(u8::MAX),
            senses: senses(&element, words),
            classes: [FAR; CLASSES],
            tags: [FAR; TAGS.len()],
            chars: 0.0,
            linked: 0.0,
            blocks: 0.0,
            prose_chars: 0.0,
            own_prose_chars: 0.0,
            shape,
        });
    }
    places
}

/// What the names of an element say. Those of the whole page say nothing about
/// its parts.
fn senses(element: &Element<'_>, words: &Words) -> Senses {
    if matches!(element.name, "html" | "body") {
        return 0;
    }
    let values = element
        .attributes
        .lines()
        .filter_map(|line| line.split_once('='));
    let others = values.fold(0, |all, (_, value)| all | words.of_class(value));
    words.of_class(element.classes) | words.of_class(element.id) | others
}

/// Measures how far out elements of each sense and name stand. What most of
/// the page's prose stands in is no menu, whatever its name says.
fn measure(places: &mut [Place], prose_chars: f32) {
    for at in 0..places.len() {
        let (before, rest) = places.split_at_mut(at);
        let Some(place) = rest.first_mut() else {
            return;
        };
        if let Some(parent) = place.parent.and_then(|p| before.get(p)) {
            let further = |d: &u8| d.saturating_add(1);
            place.classes = parent.classes.each_ref().map(further);
            place.tags = parent.tags.each_ref().map(further);
        }
        let is_most = prose_chars > 0.0 && place.prose_chars > MOST * prose_chars;
        for (sense, distance) in place.classes.iter_mut().enumerate() {
            if place.senses & (1 << sense) != 0 && (!is_most || sense < GOOD_CLASSES) {
                *distance = 0;
            }
        }
        if let Some(distance) = place.tags.get_mut(place.tag as usize)
            && (!is_most || usize::from(place.tag) < GOOD_TAGS)
        {
            *distance = 0;
        }
    }
}

/// Whether a block is a heading of any level.
#[must_use]
pub fn is_heading(block: &Block<'_>) -> bool {
    matches!(block.kind, BlockKind::Heading | BlockKind::Headline)
}
