//! What the markup of a page says about its blocks.
//!
//! ```text
//! <div id=main><article class="post wide"><p>Sold to <a>the town</a>.</p>…
//! -> the block stands in element 2, `p`, with 8 of its 17 bytes in links;
//!    2 `p` in 1 `article.post.wide` in 0 `div#main`
//! ```
//!
//! Only documents that were HTML have it; elsewhere it is empty and costs
//! nothing.

use std::ops::Range;

use crate::BlockKind;

/// What the markup says about one block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Markup {
    /// The innermost element that all of the block's text stands in: an index
    /// into the document's [`Elements`].
    pub element: Option<u32>,
    /// The level of a heading, 1 to 6; else 0.
    pub level: u8,
    /// How many bytes of the text, as it was read, stand in links.
    pub linked: u32,
    /// Whether the page hides it.
    pub hidden: bool,
}

/// An element of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Element<'d> {
    /// The index of the element around it.
    pub parent: Option<u32>,
    /// Its name in lower case.
    pub name: &'d str,
    /// Its `id`; empty if it has none.
    pub id: &'d str,
    /// Its classes, separated by white space.
    pub classes: &'d str,
    /// Its other attributes, each on a line as `name=value`, as far as they
    /// are short: `role=navigation`.
    pub attributes: &'d str,
    /// The names of the profile's selectors that it matches, separated by
    /// spaces.
    pub selectors: &'d str,
    /// Its 1-based place among the elements in the one around it, those
    /// included that no text stands in; 0 if that is not known.
    pub nth: u32,
    /// How many of them stand behind it.
    pub behind: u32,
}

/// Whether a document keeps an attribute of this name: it can say what an
/// element is for, not only how it looks or where it leads.
#[must_use]
pub fn is_told(attribute: &str) -> bool {
    let known = [
        "role",
        "itemprop",
        "itemtype",
        "rel",
        "aria-label",
        "name",
        "property",
    ];
    let starts = |prefix: &str| {
        attribute
            .get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    known.into_iter().any(|k| attribute.eq_ignore_ascii_case(k)) || starts("data-")
}

/// The elements of a page that text stands in, each behind the one around it.
#[derive(Debug, Clone, Default)]
pub struct Elements {
    text: String,
    records: Vec<Record>,
}

#[derive(Debug, Clone)]
struct Record {
    parent: Option<u32>,
    name: Range<usize>,
    id: Range<usize>,
    classes: Range<usize>,
    attributes: Range<usize>,
    /// Known only when the profile is, which is when the page has been read.
    selectors: String,
    nth: u32,
    behind: u32,
}

impl Elements {
    /// Adds an element; answers its index. Its parent must be there already.
    pub fn add(&mut self, element: Element<'_>) -> u32 {
        let mut put = |text: &str| {
            let start = self.text.len();
            self.text.push_str(text);
            start..self.text.len()
        };
        let record = Record {
            parent: element.parent,
            name: put(element.name),
            id: put(element.id),
            classes: put(element.classes),
            attributes: put(element.attributes),
            selectors: element.selectors.to_owned(),
            nth: element.nth,
            behind: element.behind,
        };
        self.records.push(record);
        u32::try_from(self.records.len() - 1).unwrap_or(u32::MAX)
    }

    /// Notes that an element matches a selector of this name.
    pub fn select(&mut self, index: u32, name: &str) {
        let Some(record) = self.records.get_mut(index as usize) else {
            return;
        };
        if !record.selectors.split(' ').any(|known| known == name) {
            if !record.selectors.is_empty() {
                record.selectors.push(' ');
            }
            record.selectors.push_str(name);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The element with this index.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<Element<'_>> {
        let record = self.records.get(index as usize)?;
        Some(Element {
            parent: record.parent,
            name: &self.text[record.name.clone()],
            id: &self.text[record.id.clone()],
            classes: &self.text[record.classes.clone()],
            attributes: &self.text[record.attributes.clone()],
            selectors: &record.selectors,
            nth: record.nth,
            behind: record.behind,
        })
    }

    /// All of them, in the order of their indexes.
    pub fn iter(&self) -> impl Iterator<Item = Element<'_>> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).filter_map(|index| self.get(index))
    }
}

/// The page that the blocks of a document stand on.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// What each block is, and the innermost element that it stands in.
    pub blocks: Vec<(BlockKind, Option<u32>)>,
    /// The elements.
    pub elements: Elements,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_come_back_as_they_were_added() {
        let mut elements = Elements::default();
        let page = Element {
            name: "div",
            id: "main",
            ..Element::default()
        };
        let outer = elements.add(page);
        let post = Element {
            parent: Some(outer),
            name: "article",
            classes: "post wide",
            selectors: "article",
            ..Element::default()
        };
        assert_eq!(elements.add(post), 1);
        assert_eq!(elements.get(1), Some(post));
        assert_eq!(elements.get(2), None);
        assert_eq!(elements.iter().collect::<Vec<_>>(), [page, post]);
    }
}
