//! How often each rule took something, and which no longer do.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Cleaned, HABIT, is_no_chance, month, months};

/// What became of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleUse {
    /// Its id.
    pub rule: String,
    /// From how many documents it took something.
    pub documents: usize,
    /// The same by month, where days are known.
    pub months: BTreeMap<String, usize>,
    /// The last document it took something from; none if there is none.
    pub last: Option<String>,
    /// How many documents came after that one.
    pub since: usize,
    /// Whether it no longer does what it did.
    pub stale: bool,
}

/// Every rule that took something, and those that should have.
pub(super) fn uses(documents: &[Cleaned], expected: &[(String, String)]) -> Vec<RuleUse> {
    let fired = documents.iter().flat_map(|document| document.fired.keys());
    let mut ids: BTreeSet<&str> = fired.map(|(rule, _)| rule.as_str()).collect();
    let first = documents.iter().filter_map(month).min();
    // A rule seen before the first document may rightly be silent.
    let due = expected
        .iter()
        .filter(|(_, seen)| first.as_ref().is_some_and(|first| seen >= first));
    let due: BTreeSet<&str> = due.map(|(rule, _)| rule.as_str()).collect();
    ids.extend(&due);
    let uses = ids
        .into_iter()
        .map(|id| rule_use(documents, id, due.contains(id)));
    uses.collect()
}

fn rule_use(documents: &[Cleaned], id: &str, due: bool) -> RuleUse {
    let has = |document: &Cleaned| document.fired.keys().any(|(rule, _)| rule == id);
    let count = documents.iter().filter(|document| has(document)).count();
    let last = documents.iter().rposition(has);
    let since = last.map_or(documents.len(), |last| documents.len() - last - 1);
    let habit = count >= HABIT && is_no_chance(count, documents.len() - since, since);
    RuleUse {
        rule: id.to_owned(),
        documents: count,
        months: months(documents, has),
        last: last.map(|at| documents[at].page.id.clone()),
        since,
        stale: habit || (count == 0 && due && documents.len() >= HABIT),
    }
}
