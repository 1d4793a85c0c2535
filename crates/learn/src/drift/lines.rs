//! Repeated lines that no rule takes and that earlier documents had not.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_text::parse_time_line;
use serde::Serialize;

use super::{Cleaned, HABIT, is_no_chance};
use crate::page::key;

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

/// The new lines, the most frequent first.
pub(super) fn new(documents: &[Cleaned]) -> Vec<NewLine> {
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
