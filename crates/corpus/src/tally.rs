//! What a run did, in numbers.

use std::collections::BTreeMap;
use std::time::Duration;

use cleancopy_write::Summary;
use serde::{Deserialize, Serialize};

use crate::cleaned::Cleaned;
use crate::container::Chosen;

/// Counts over documents. Two tallies add up to the same whatever the order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Documents that were cleaned.
    pub documents: u64,
    /// Documents that were set aside.
    pub failed: u64,
    /// Inputs that could not be read to their end.
    pub broken: u64,
    /// Bytes of text in the documents cleaned.
    pub text: u64,
    /// Bytes written.
    pub written: u64,
    /// Lines, categories and notes.
    pub summary: Summary,
    /// How many documents had which profile.
    pub profiles: BTreeMap<String, u64>,
    /// How often each rule took something: by plugin, then by rule.
    pub rules: BTreeMap<String, BTreeMap<String, u64>>,
    /// How long the plugins took.
    pub times: BTreeMap<String, Duration>,
    /// Why the last document has its profile; empty if it was named.
    pub why: String,
}

impl Tally {
    /// Documents and inputs that were set aside.
    #[must_use]
    pub fn failures(&self) -> u64 {
        self.failed + self.broken
    }

    /// Counts a clean document.
    pub(crate) fn count(&mut self, cleaned: &Cleaned<'_>, chosen: &Chosen) {
        self.documents += 1;
        self.text += cleaned.document.source().len() as u64;
        self.summary.add(&Summary::of(cleaned.document));
        count(&mut self.profiles, &chosen.profile);
        self.why.clone_from(&chosen.why);
        for removal in cleaned.document.record() {
            match self.rules.get_mut(removal.plugin) {
                Some(rules) => count(rules, removal.rule),
                None => {
                    let rules = BTreeMap::from([(removal.rule.to_owned(), 1)]);
                    self.rules.insert(removal.plugin.to_owned(), rules);
                }
            }
        }
    }

    /// Adds what another one counted later.
    pub(crate) fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.failed += other.failed;
        self.broken += other.broken;
        self.text += other.text;
        self.written += other.written;
        self.summary.add(&other.summary);
        add_all(&mut self.profiles, other.profiles);
        for (plugin, rules) in other.rules {
            add_all(self.rules.entry(plugin).or_default(), rules);
        }
        for (plugin, time) in other.times {
            *self.times.entry(plugin).or_default() += time;
        }
        if other.documents > 0 {
            self.why = other.why;
        }
    }
}

/// Counts without a new name where there is one.
fn count(counts: &mut BTreeMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

fn add_all(counts: &mut BTreeMap<String, u64>, others: BTreeMap<String, u64>) {
    for (name, count) in others {
        *counts.entry(name).or_default() += count;
    }
}
