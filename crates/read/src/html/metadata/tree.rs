//! The elements of a page as a sweep sees them.

use std::borrow::Cow;

use super::super::attributes::attribute;
use super::super::blocks::Reading;
use super::super::names::Traits;
use super::super::references::decoded;
use super::sweep::Seen;

/// No text of an element is read further, in bytes.
const LONGEST: usize = 600;

/// Elements that part no words.
const INLINE: &[&str] = &[
    "a", "b", "em", "i", "small", "span", "strong", "sub", "sup", "u",
];

/// An element of a reading, by its index.
#[derive(Clone, Copy)]
pub(super) struct Node<'r, 'h> {
    reading: &'r Reading<'h>,
    index: u32,
}

impl PartialEq for Node<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

/// The elements of a page that may tell something, each with how many
/// elements stand before it.
pub(super) fn elements<'r, 'h>(
    reading: &'r Reading<'h>,
) -> impl Iterator<Item = (usize, Node<'r, 'h>)> {
    let told = reading.elements.iter().enumerate();
    told.filter(|(_, element)| may_tell(&element.name, element.attributes))
        .filter_map(move |(at, _)| {
            let index = u32::try_from(at).ok()?;
            Some((at, Node { reading, index }))
        })
}

/// Whether an element may tell something: by its name, or because parts of
/// `itemprop`, `author` or `byline` stand in its tag. Few do, and all are
/// asked: so all places are compared at once, four letters each.
fn may_tell(name: &str, attributes: &str) -> bool {
    const PARTS: [u32; 3] = [
        u32::from_le_bytes(*b"empr"),
        u32::from_le_bytes(*b"utho"),
        u32::from_le_bytes(*b"ylin"),
    ];
    let in_lower_case =
        |four: &[u8]| u32::from_le_bytes([four[0], four[1], four[2], four[3]]) | 0x2020_2020;
    let tells = |four: &[u8]| {
        PARTS
            .iter()
            .fold(false, |any, part| any | (in_lower_case(four) == *part))
    };
    matches!(
        name,
        "html" | "meta" | "link" | "title" | "script" | "h1" | "time"
    ) || attributes
        .as_bytes()
        .windows(4)
        .fold(false, |any, four| any | tells(four))
}

impl<'r, 'h> Node<'r, 'h> {
    fn texts(self) -> impl Iterator<Item = (u32, &'h str)> {
        let start = self.reading.elements[self.index as usize].texts;
        let texts = self.reading.texts[start..].iter().copied();
        texts.take_while(move |(element, _)| self.holds(*element))
    }

    /// Whether an element is this one or stands in it.
    fn holds(self, mut element: u32) -> bool {
        while element > self.index {
            match self.reading.elements[element as usize].parent {
                Some(parent) => element = parent,
                None => return false,
            }
        }
        element == self.index
    }
}

impl<'r, 'h: 'r> Seen<'r> for Node<'r, 'h> {
    fn name(self) -> &'r str {
        &self.reading.elements[self.index as usize].name
    }

    fn attribute(self, name: &str) -> Option<Cow<'r, str>> {
        let all = self.reading.elements[self.index as usize].attributes;
        let value = attribute(all, name)?;
        if !value.contains('&') {
            return Some(value.into());
        }
        let mut out = String::with_capacity(value.len());
        decoded(value, |piece| out.push_str(piece));
        Some(out.into())
    }

    fn parent(self) -> Option<Self> {
        let index = self.reading.elements[self.index as usize].parent?;
        Some(Self { index, ..self })
    }

    fn line(self) -> String {
        let mut out = String::new();
        let mut last = None;
        for (element, text) in self.texts() {
            let of = &self.reading.elements[element as usize];
            if of.traits.has(Traits::UNSEEN) && element != self.index {
                continue;
            }
            if last.is_some_and(|last| last != element) && !INLINE.contains(&&*of.name) {
                out.push(' ');
            }
            last = Some(element);
            let text = &text[..text.floor_char_boundary(LONGEST)];
            decoded(text, |piece| out.push_str(piece));
            if out.len() > LONGEST {
                break;
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn script(self) -> Cow<'r, str> {
        self.texts()
            .next()
            .map_or(Cow::Borrowed(""), |(_, text)| text.into())
    }
}
