//! What needs no rule, for a profile that is there already takes it by its look:
//! copies of headlines, glued titles, cards, authors and days.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_model::Category;

use crate::page::Page;

/// The categories that are told of: what is known by its look and not by a
/// wording, so that nobody misses a rule for it.
const TOLD: [Category; 7] = [
    Category::RepeatedHeadline,
    Category::GluedDouble,
    Category::RepeatedParagraph,
    Category::RelatedCard,
    Category::Byline,
    Category::Dateline,
    Category::Timestamp,
];

/// What one rule of the parent profile takes out of the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The id of the rule.
    pub rule: String,
    /// Why it takes it.
    pub category: Category,
    /// How often it takes something.
    pub count: usize,
    /// Out of how many documents.
    pub pages: usize,
    /// The first text it takes.
    pub example: String,
}

/// By rule, in the order of the categories, the busiest first.
pub(crate) fn known(pages: &[&Page]) -> Vec<Known> {
    let mut by_rule: BTreeMap<(Category, &str), (usize, BTreeSet<usize>, &str)> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        let told = page.removed.iter();
        for removed in told.filter(|removed| TOLD.contains(&removed.category)) {
            let entry = by_rule.entry((removed.category, &removed.rule));
            let (count, pages, _) = entry.or_insert_with(|| (0, BTreeSet::new(), &removed.text));
            *count += 1;
            pages.insert(at);
        }
    }
    let found = by_rule.into_iter();
    let mut found: Vec<Known> = found
        .map(|((category, rule), (count, pages, example))| Known {
            rule: rule.to_owned(),
            category,
            count,
            pages: pages.len(),
            example: example.to_owned(),
        })
        .collect();
    let place = |known: &Known| TOLD.iter().position(|told| *told == known.category);
    found.sort_by_key(|known| (place(known), std::cmp::Reverse(known.count)));
    found
}
