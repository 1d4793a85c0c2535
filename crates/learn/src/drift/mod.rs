//! Rules that went stale, and new lines that no rule takes.
//!
//! ```text
//! January  Support the Courier from 2 crowns     taken
//! March    Back the Courier from 3 crowns        left: the rule died, a line is new
//! ```
//!
//! Time is the documents' own, or their order in the corpus if they name no
//! day. Whether silence means anything is a question of chance: a rule that
//! took something from half of the documents is dead after seven without it,
//! one that rarely does needs more.

mod lines;
mod rules;
mod unlike;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::matching::month_of;
use crate::page::Page;

pub use lines::NewLine;
pub use rules::RuleUse;
pub use unlike::Unlike;

/// How unlikely silence must be before it means something.
const CHANCE: f64 = 0.01;

/// The fewest documents that show that something is a habit.
const HABIT: usize = 3;

/// A document that was cleaned, and which rules took something from it.
#[derive(Debug, Clone, Default)]
pub struct Cleaned {
    /// The document, with the lines that left marked as taken.
    pub page: Page,
    /// The ids of the rules, each with its category and how often it took
    /// something.
    pub fired: BTreeMap<(String, String), usize>,
}

/// What the documents say about a profile.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    /// How many documents there are.
    pub documents: usize,
    /// The months they are of, where days are known.
    pub months: BTreeMap<String, usize>,
    /// Every rule that took something, and those that should have.
    pub rules: Vec<RuleUse>,
    /// New lines, the most frequent first.
    pub new_lines: Vec<NewLine>,
    /// Documents unlike the rest.
    pub unlike: Vec<Unlike>,
}

impl Drift {
    /// Whether a rule died or a new line came up.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        !self.new_lines.is_empty() || self.rules.iter().any(|rule| rule.stale)
    }
}

/// Looks at documents cleaned with one profile. `expected` are rules of the
/// profile itself with the month they were last seen in, such as `2026-10`.
#[must_use]
pub fn drift(mut documents: Vec<Cleaned>, expected: &[(String, String)]) -> Drift {
    // Those without a day stay behind the one before them.
    let mut last = i64::MIN;
    let mut order: Vec<(i64, usize)> = Vec::with_capacity(documents.len());
    for (at, document) in documents.iter().enumerate() {
        last = document.page.day.map_or(last, |day| day.number());
        order.push((last, at));
    }
    order.sort_unstable();
    let mut sorted = Vec::with_capacity(documents.len());
    for (_, at) in order {
        sorted.push(std::mem::take(&mut documents[at]));
    }
    Drift {
        documents: sorted.len(),
        months: months(&sorted, |_| true),
        rules: rules::uses(&sorted, expected),
        new_lines: lines::new(&sorted),
        unlike: unlike::unlike(&sorted),
    }
}

fn month(document: &Cleaned) -> Option<String> {
    document.page.day.map(|day| month_of(day.number()))
}

fn months(documents: &[Cleaned], wanted: impl Fn(&Cleaned) -> bool) -> BTreeMap<String, usize> {
    let mut months = BTreeMap::new();
    for month in documents.iter().filter(|d| wanted(d)).filter_map(month) {
        *months.entry(month).or_insert(0) += 1;
    }
    months
}

/// Whether something that was in `count` of `all` documents would hardly be
/// absent from `silent` others by chance.
fn is_no_chance(count: usize, all: usize, silent: usize) -> bool {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    // Leaning towards rare: the last document counted is one that had it.
    let rate = number(count) / number(all + 1);
    let silent = i32::try_from(silent).unwrap_or(i32::MAX);
    (1.0 - rate).powi(silent) < CHANCE
}

#[cfg(test)]
mod tests;
