//! The elements of a document as a tree that can be walked in all directions.

use std::cell::RefCell;
use std::fmt;

use cleancopy_model::{Element, Elements};
use selectors::context::SelectorCaches;

/// The elements of a document, with what stands beside each and in it.
///
/// A document keeps the elements that text stands in. Of the others only the
/// places among their siblings are known: in `:nth-child()` they count, and no
/// name, class or attribute matches them.
pub struct Tree<'e> {
    elements: &'e Elements,
    pub(crate) links: Vec<Links>,
    /// What the matcher found out so far.
    pub(crate) caches: RefCell<SelectorCaches>,
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tree").field(&self.links).finish()
    }
}

/// Where an element stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Links {
    pub(crate) parent: Option<u32>,
    /// The nearest siblings that the document keeps, and the first such child.
    pub(crate) previous: Option<u32>,
    pub(crate) next: Option<u32>,
    pub(crate) child: Option<u32>,
    /// The 1-based place among all siblings, and how many there are.
    pub(crate) nth: u32,
    pub(crate) siblings: u32,
    /// A number that with the place makes one which no other element has.
    pub(crate) base: usize,
}

impl<'e> Tree<'e> {
    /// Walks the elements once.
    #[must_use]
    pub fn of(elements: &'e Elements) -> Self {
        let mut links: Vec<Links> = Vec::with_capacity(elements.len());
        // The last child of each element so far, and of none.
        let mut last: Vec<Option<u32>> = vec![None; elements.len() + 1];
        for (at, element) in (0_u32..).zip(elements.iter()) {
            let outer = element
                .parent
                .map_or(elements.len(), |parent| parent as usize);
            let previous = last[outer].replace(at);
            let before = previous.map_or(0, |previous| links[previous as usize].nth);
            match (previous, element.parent) {
                (Some(previous), _) => links[previous as usize].next = Some(at),
                (None, Some(parent)) => links[parent as usize].child = Some(at),
                (None, None) => {}
            }
            links.push(Links {
                parent: element.parent,
                previous,
                nth: element.nth.max(before + 1),
                siblings: element.behind,
                ..Links::default()
            });
        }
        number(&mut links, &last);
        Self {
            elements,
            links,
            caches: RefCell::default(),
        }
    }

    pub(crate) fn element(&self, index: u32) -> Option<Element<'e>> {
        self.elements.get(index)
    }

    /// How many elements there are.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.links.len()).unwrap_or(u32::MAX)
    }
}

/// Counts siblings, from the last child of each element back.
fn number(links: &mut [Links], last: &[Option<u32>]) {
    let mut base = 1;
    for last in last.iter().flatten() {
        let own = &links[*last as usize];
        let siblings = own.nth + own.siblings;
        let mut next = Some(*last);
        while let Some(at) = next {
            let own = &mut links[at as usize];
            (own.siblings, own.base) = (siblings, base);
            next = own.previous;
        }
        base += siblings as usize + 1;
    }
}
