//! Documents that lose much more or much less than the others.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Cleaned;

/// How far from the middle the share of what leaves a document must lie.
const UNLIKE: f64 = 0.25;

/// A document that loses much more or much less than the others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unlike {
    /// The document.
    pub document: String,
    /// The share of its lines that left, from 0 to 1.
    pub share: f64,
    /// The share in the middle of all documents.
    pub usual: f64,
    /// What left it, as categories with counts.
    pub categories: BTreeMap<String, usize>,
}

/// The documents that differ.
pub(super) fn unlike(documents: &[Cleaned]) -> Vec<Unlike> {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let share = |document: &Cleaned| {
        let taken = document.page.lines.iter().filter(|line| line.taken).count();
        number(taken) / number(document.page.lines.len().max(1))
    };
    let mut shares: Vec<f64> = documents.iter().map(share).collect();
    shares.sort_by(f64::total_cmp);
    let Some(&usual) = shares.get(shares.len() / 2) else {
        return Vec::new();
    };
    let mut off: Vec<f64> = shares.iter().map(|share| (share - usual).abs()).collect();
    off.sort_by(f64::total_cmp);
    // Four times the usual distance, so that documents that always differ much
    // are not all unlike each other.
    let limit = off
        .get(off.len() / 2)
        .map_or(UNLIKE, |middle| (4.0 * middle).max(UNLIKE));
    let far = documents
        .iter()
        .filter(|document| (share(document) - usual).abs() > limit);
    far.map(|document| Unlike {
        document: document.page.id.clone(),
        share: share(document),
        usual,
        categories: categories(document),
    })
    .collect()
}

fn categories(document: &Cleaned) -> BTreeMap<String, usize> {
    let mut categories = BTreeMap::new();
    for ((_, category), count) in &document.fired {
        *categories.entry(category.clone()).or_insert(0) += count;
    }
    categories
}
