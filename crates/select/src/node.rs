//! An element of the tree, as the crate `selectors` asks about it.

use std::num::NonZeroUsize;
use std::ptr::NonNull;

use cleancopy_model::Element as Known;
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::matching::{ElementSelectorFlags, MatchingContext};
use selectors::{Element, OpaqueElement};

use crate::grammar::{Grammar, Never, Text};
use crate::selector::MARKS;
use crate::tree::{Links, Tree};

/// An element.
#[derive(Debug, Clone)]
pub(crate) struct Node<'t> {
    tree: &'t Tree<'t>,
    at: At,
}

/// Which one.
#[derive(Debug, Clone)]
enum At {
    /// One that the document keeps.
    Kept(u32),
    /// One of which only its place is known.
    Place(Links),
}

impl<'t> Node<'t> {
    pub(crate) fn new(tree: &'t Tree<'t>, index: u32) -> Self {
        Self {
            tree,
            at: At::Kept(index),
        }
    }

    fn links(&self) -> &Links {
        match &self.at {
            At::Kept(index) => &self.tree.links[*index as usize],
            At::Place(links) => links,
        }
    }

    fn known(&self) -> Option<Known<'t>> {
        match self.at {
            At::Kept(index) => self.tree.element(index),
            At::Place(_) => None,
        }
    }

    /// The sibling at a place, between two that are kept.
    fn sibling(&self, nth: u32, previous: Option<u32>, next: Option<u32>) -> Option<Self> {
        let own = self.links();
        if nth == 0 || nth > own.siblings {
            return None;
        }
        let stands_there = |index: &u32| self.tree.links[*index as usize].nth == nth;
        let kept = previous.into_iter().chain(next).find(stands_there);
        let at = kept.map_or_else(
            || {
                At::Place(Links {
                    previous,
                    next,
                    nth,
                    child: None,
                    ..own.clone()
                })
            },
            At::Kept,
        );
        Some(Self {
            tree: self.tree,
            at,
        })
    }

    /// The element itself if it is kept.
    fn own(&self) -> Option<u32> {
        match self.at {
            At::Kept(index) => Some(index),
            At::Place(_) => None,
        }
    }
}

impl Element for Node<'_> {
    type Impl = Grammar;

    fn opaque(&self) -> OpaqueElement {
        let links = self.links();
        let number = NonZeroUsize::MIN.saturating_add(links.base + links.nth as usize);
        OpaqueElement::from_non_null_ptr(NonNull::without_provenance(number))
    }

    fn parent_element(&self) -> Option<Self> {
        Some(Self::new(self.tree, self.links().parent?))
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        let own = self.links();
        self.sibling(own.nth - 1, own.previous, self.own().or(own.next))
    }

    fn next_sibling_element(&self) -> Option<Self> {
        let own = self.links();
        self.sibling(own.nth + 1, self.own().or(own.previous), own.next)
    }

    fn first_element_child(&self) -> Option<Self> {
        let first = Self::new(self.tree, self.links().child?);
        first.sibling(1, None, first.own())
    }

    fn has_local_name(&self, name: &Text) -> bool {
        self.known().is_some_and(|known| known.name == name.0)
    }

    fn has_id(&self, id: &Text, case: CaseSensitivity) -> bool {
        let same = |known: Known<'_>| case.eq(known.id.as_bytes(), id.0.as_bytes());
        self.known().is_some_and(same)
    }

    fn has_class(&self, class: &Text, case: CaseSensitivity) -> bool {
        let known = self.known();
        let mut classes = known
            .iter()
            .flat_map(|known| known.classes.split_ascii_whitespace());
        classes.any(|own| case.eq(own.as_bytes(), class.0.as_bytes()))
    }

    fn attr_matches(
        &self,
        _: &NamespaceConstraint<&Text>,
        name: &Text,
        operation: &AttrSelectorOperation<&Text>,
    ) -> bool {
        self.known().is_some_and(|known| match &*name.0 {
            "id" => !known.id.is_empty() && operation.eval_str(known.id),
            "class" => !known.classes.is_empty() && operation.eval_str(known.classes),
            MARKS => operation.eval_str(known.selectors),
            name => {
                let mut others = known
                    .attributes
                    .lines()
                    .filter_map(|line| line.split_once('='));
                others.any(|(own, value)| own == name && operation.eval_str(value))
            }
        })
    }

    fn is_same_type(&self, other: &Self) -> bool {
        let (own, other) = (self.known(), other.known());
        own.zip(other)
            .is_some_and(|(own, other)| own.name == other.name)
    }

    fn is_root(&self) -> bool {
        self.links().parent.is_none()
    }

    fn is_empty(&self) -> bool {
        // Text stands in all that are kept; of the others nobody knows.
        false
    }

    fn is_link(&self) -> bool {
        self.known().is_some_and(|known| known.name == "a")
    }

    fn is_html_element_in_html_document(&self) -> bool {
        true
    }

    fn has_namespace(&self, _: &Text) -> bool {
        true
    }

    // There are no shadow trees, slots, parts, states and pseudo-elements.

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn match_non_ts_pseudo_class(&self, class: &Never, _: &mut MatchingContext<Grammar>) -> bool {
        match *class {}
    }

    fn match_pseudo_element(&self, element: &Never, _: &mut MatchingContext<Grammar>) -> bool {
        match *element {}
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_custom_state(&self, _: &Text) -> bool {
        false
    }

    fn imported_part(&self, _: &Text) -> Option<Text> {
        None
    }

    fn is_part(&self, _: &Text) -> bool {
        false
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}
