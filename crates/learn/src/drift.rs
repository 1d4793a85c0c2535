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

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_text::parse_time_line;
use serde::Serialize;

use crate::matching::month_of;
use crate::page::{Page, key};

/// How unlikely silence must be before it means something.
const CHANCE: f64 = 0.01;

/// The fewest documents that show that something is a habit.
const HABIT: usize = 3;

/// How far from the middle the share of what leaves a document must lie.
const UNLIKE: f64 = 0.25;

/// A document that was cleaned, and which rules took something from it.
#[derive(Debug, Clone, Default)]
pub struct Cleaned {
    /// The document, with the lines that left marked as taken.
    pub page: Page,
    /// The ids of the rules, each with its category and how often it took
    /// something.
    pub fired: BTreeMap<(String, String), usize>,
}

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

/// A repeated line that no rule takes and that earlier documents had not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewLine {
    /// The line.
    pub text: String,
    /// In how many documents it stands.
    pub documents: usize,
    /// The first of them.
    pub first: String,
    /// How many documents there are from that one on.
    pub of: usize,
}

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
        rules: rules(&sorted, expected),
        new_lines: new_lines(&sorted),
        unlike: unlike(&sorted),
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

fn rules(documents: &[Cleaned], expected: &[(String, String)]) -> Vec<RuleUse> {
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

/// Whether something that was in `count` of `all` documents would hardly be
/// absent from `silent` others by chance.
fn is_no_chance(count: usize, all: usize, silent: usize) -> bool {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    // Leaning towards rare: the last document counted is one that had it.
    let rate = number(count) / number(all + 1);
    let silent = i32::try_from(silent).unwrap_or(i32::MAX);
    (1.0 - rate).powi(silent) < CHANCE
}

fn new_lines(documents: &[Cleaned]) -> Vec<NewLine> {
    let mut found: BTreeMap<String, (usize, usize, &str)> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        let mut here = BTreeSet::new();
        for line in document.page.lines.iter().filter(|line| !line.taken) {
            let key = key(&line.text);
            if here.insert(key.clone()) {
                let (count, ..) = found.entry(key).or_insert((0, at, &line.text));
                *count += 1;
            }
        }
    }
    let known = known(documents);
    let new = found.into_iter().filter(|(key, (count, first, text))| {
        let of = documents.len() - first;
        *count >= HABIT
            && is_no_chance(*count, of, *first)
            && !known.contains(key)
            && text.chars().any(char::is_alphabetic)
            && parse_time_line(text).is_none()
    });
    let mut lines: Vec<(usize, NewLine)> = new
        .map(|(_, (documents_with, first, text))| {
            let line = NewLine {
                text: text.to_owned(),
                documents: documents_with,
                first: documents[first].page.id.clone(),
                of: documents.len() - first,
            };
            (first, line)
        })
        .collect();
    lines.sort_by_key(|(first, line)| (std::cmp::Reverse(line.documents), *first));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// Lines that a rule takes somewhere are not new, even where they stay.
fn known(documents: &[Cleaned]) -> BTreeSet<String> {
    let lines = documents.iter().flat_map(|document| &document.page.lines);
    lines
        .filter(|line| line.taken)
        .map(|line| key(&line.text))
        .collect()
}

fn unlike(documents: &[Cleaned]) -> Vec<Unlike> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Forty stories; the prompt's wording changes after the first half, and
    /// the rule takes only the old one.
    fn stories() -> Vec<Cleaned> {
        let story = |n: usize| {
            let prompt = if n < 20 {
                "Support the Courier"
            } else {
                "Back the Courier"
            };
            let mut page = Page::new(
                format!("s{n}"),
                &format!("Story {n}\nText {n}.\n{prompt}\nShare"),
            );
            page.lines[3].taken = true;
            let mut fired = BTreeMap::from([(("share/button".to_owned(), "share".to_owned()), 1)]);
            if n < 20 {
                page.lines[2].taken = true;
                fired.insert(("donation/support".to_owned(), "donation".to_owned()), 1);
            }
            Cleaned { page, fired }
        };
        (0..40).map(story).collect()
    }

    #[test]
    fn a_changed_wording_is_a_dead_rule_and_a_new_line() {
        let found = drift(stories(), &[]);
        let stale: Vec<_> = found.rules.iter().filter(|rule| rule.stale).collect();
        assert_eq!(stale.len(), 1);
        assert_eq!(
            (stale[0].rule.as_str(), stale[0].since),
            ("donation/support", 20)
        );
        let lines: Vec<_> = found
            .new_lines
            .iter()
            .map(|line| line.text.as_str())
            .collect();
        assert_eq!(lines, ["Back the Courier"]);
        assert_eq!(found.unlike, []);
        assert!(found.is_stale());
    }

    #[test]
    fn silence_means_nothing_where_it_may_be_chance() {
        assert!(is_no_chance(10, 20, 8));
        assert!(!is_no_chance(3, 30, 10));
        let quiet = drift(stories().into_iter().take(20).collect(), &[]);
        assert!(!quiet.is_stale(), "{quiet:?}");
        assert_eq!(drift(Vec::new(), &[]).documents, 0);
    }

    #[test]
    fn a_document_that_keeps_what_others_lose_is_unlike_them() {
        let mut stories: Vec<_> = stories().into_iter().take(20).collect();
        stories[7]
            .page
            .lines
            .iter_mut()
            .for_each(|line| line.taken = false);
        let found = drift(stories, &[]);
        let names: Vec<_> = found.unlike.iter().map(|u| u.document.as_str()).collect();
        assert_eq!(names, ["s7"]);
    }
}
