//! The elements of a page, with what stands in and around them.

use std::collections::HashMap;

use cleancopy_plugin::{Document, Element};
use foldhash::fast::FixedState;

use super::piece::key;
use crate::shingles::ByHash;
use crate::words::{CLASSES, Senses, Words, class};

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

/// How many of the names fit what the article stands in, and which senses of
/// classes do.
const GOOD_TAGS: usize = 5;
const GOOD_CLASSES: [usize; 2] = [class("article"), class("body")];

const CAPTION: usize = class("caption");

/// How far inside a figure its caption may stand, in elements.
const CAPTION_REACH: u8 = 4;

/// As much of a page's prose is most of it.
const MOST: f32 = 0.6;

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
    pub classes: [u8; CLASSES.len()],
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

impl Place {
    /// Whether its classes or its name, or those of an element right around
    /// it, are those of a caption.
    #[must_use]
    pub fn is_caption(&self) -> bool {
        let figure = TAGS.iter().position(|tag| *tag == "figure");
        let in_figure = figure.is_some_and(|tag| self.tags[tag] <= CAPTION_REACH);
        let by_class = self.classes[CAPTION] <= 2;
        in_figure || by_class
    }
}

/// Paragraphs and what stands in them; a container of paragraphs is none.
pub(super) fn is_inner(tag: u8) -> bool {
    let name = TAGS.get(tag as usize).copied().unwrap_or_default();
    matches!(
        name,
        "p" | "span" | "strong" | "a" | "em" | "li" | "h1" | "h2" | "td"
    )
}

pub(super) fn places<'d>(document: &Document<'d>, words: &'d Words) -> Vec<Place> {
    let count = u32::try_from(document.element_count()).unwrap_or(u32::MAX);
    let mut places: Vec<Place> = Vec::with_capacity(count as usize);
    let mut shapes: ByHash<u32> = ByHash::default();
    let mut names = Names::new(words);
    for number in 0..count {
        let Some(element) = document.element(number) else {
            break;
        };
        let parent = element.parent.map(|p| p as usize);
        let outer = parent.and_then(|p| places.get(p));
        let (depth, above) = outer.map_or((0, 0), |p| (p.depth + 1, p.shape));
        let fresh = u32::try_from(shapes.len() + 1).unwrap_or(u32::MAX);
        let (tag, name) = names.of_tag(element.name);
        let (senses, class_key) = names.of_element(&element);
        let looks = class_key ^ name.rotate_left(7);
        let looks = looks.wrapping_add(u64::from(above).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let shape = *shapes.entry(looks).or_insert(fresh);
        places.push(Place {
            parent,
            depth,
            tag,
            senses,
            classes: [FAR; CLASSES.len()],
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

/// What is known of names: a page uses most of them again and again.
struct Names<'d> {
    words: &'d Words,
    /// The index of each tag in [`TAGS`], or else the largest number, and its
    /// key.
    tags: HashMap<&'d str, (u8, u64), FixedState>,
    /// What a list of classes says, and its key.
    classes: HashMap<&'d str, (Senses, u64), FixedState>,
    /// What the other attributes of an element say.
    others: HashMap<&'d str, Senses, FixedState>,
}

impl<'d> Names<'d> {
    fn new(words: &'d Words) -> Self {
        Self {
            words,
            tags: HashMap::default(),
            classes: HashMap::default(),
            others: HashMap::default(),
        }
    }

    fn of_tag(&mut self, name: &'d str) -> (u8, u64) {
        let tag = || {
            let tag = TAGS.iter().position(|tag| *tag == name);
            let tag = tag.and_then(|tag| u8::try_from(tag).ok());
            (tag.unwrap_or(u8::MAX), key(name.as_bytes()))
        };
        *self.tags.entry(name).or_insert_with(tag)
    }

    /// What the names of an element say, and the key of its classes. Those of
    /// the whole page say nothing about its parts.
    fn of_element(&mut self, element: &Element<'d>) -> (Senses, u64) {
        let words = self.words;
        let classes = element.classes;
        let class = || (words.of_class(classes), key(classes.as_bytes()));
        let (senses, key) = *self.classes.entry(classes).or_insert_with(class);
        if matches!(element.name, "html" | "body") {
            return (0, key);
        }
        let others = || {
            let lines = element.attributes.lines();
            let values = lines.filter_map(|line| line.split_once('='));
            values.fold(0, |all, (_, value)| all | words.of_class(value))
        };
        let others = *self.others.entry(element.attributes).or_insert_with(others);
        (senses | words.of_class(element.id) | others, key)
    }
}

/// Measures how far out elements of each sense and name stand. What most of
/// the page's prose stands in is no menu, whatever its name says.
pub(super) fn measure(places: &mut [Place], prose_chars: f32) {
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
            if place.senses & (1 << sense) != 0 && (!is_most || GOOD_CLASSES.contains(&sense)) {
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
