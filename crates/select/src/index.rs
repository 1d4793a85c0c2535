//! Many selectors at once: each element is asked about those only that name
//! it.

use std::collections::HashMap;

use cleancopy_model::Element;
use selectors::parser::Component;

use crate::grammar::Grammar;
use crate::selector::Selector;
use crate::tree::Tree;

/// Selectors, by what an element must have to match one.
#[derive(Debug, Clone, Default)]
pub struct Selectors {
    all: Vec<Selector>,
    by_name: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, Vec<usize>>,
    by_class: HashMap<String, Vec<usize>>,
    /// Those that any element may match.
    others: Vec<usize>,
}

impl Selectors {
    /// Sorts selectors.
    #[must_use]
    pub fn new(all: Vec<Selector>) -> Self {
        let mut sorted = Self::default();
        for (at, selector) in all.iter().enumerate() {
            for single in selector.0.slice() {
                let parts: Vec<_> = single.iter().collect();
                sorted.list_of(&parts).push(at);
            }
        }
        sorted.all = all;
        sorted
    }

    /// The list for a selector, by the parts that name the element itself: its
    /// id if it has one, for that is rarest.
    fn list_of(&mut self, parts: &[&Component<Grammar>]) -> &mut Vec<usize> {
        let id = parts.iter().find_map(|part| match part {
            Component::ID(id) => Some(&id.0),
            _ => None,
        });
        let class = parts.iter().find_map(|part| match part {
            Component::Class(class) => Some(&class.0),
            _ => None,
        });
        let name = parts.iter().find_map(|part| match part {
            Component::LocalName(name) => Some(&name.lower_name.0),
            _ => None,
        });
        match (id, class, name) {
            (Some(id), ..) => self.by_id.entry(id.clone()).or_default(),
            (None, Some(class), _) => self.by_class.entry(class.clone()).or_default(),
            (None, None, Some(name)) => self.by_name.entry(name.clone()).or_default(),
            (None, None, None) => &mut self.others,
        }
    }

    /// Every element of a page with every selector that it matches, by their
    /// indexes, in the order of the elements.
    #[must_use]
    pub fn matches(&self, tree: &Tree<'_>) -> Vec<(u32, usize)> {
        let mut found = Vec::new();
        let mut asked = Vec::new();
        for at in 0..tree.len() {
            let Some(element) = tree.element(at) else {
                break;
            };
            asked.clear();
            self.named(&element, &mut asked);
            asked.sort_unstable();
            asked.dedup();
            let matching = asked
                .iter()
                .filter(|selector| self.all[**selector].matches(tree, at));
            found.extend(matching.map(|selector| (at, *selector)));
        }
        found
    }

    fn named(&self, element: &Element<'_>, asked: &mut Vec<usize>) {
        asked.extend(&self.others);
        asked.extend(self.by_name.get(element.name).into_iter().flatten());
        asked.extend(self.by_id.get(element.id).into_iter().flatten());
        if !self.by_class.is_empty() {
            let classes = element.classes.split_ascii_whitespace();
            asked.extend(
                classes
                    .filter_map(|class| self.by_class.get(class))
                    .flatten(),
            );
        }
    }
}
