//! What a run did, in numbers.

use std::collections::BTreeMap;

use cleancopy_write::Summary;

use crate::cleaned::Cleaned;
use crate::container::Chosen;

/// Counts over documents. Two tallies add up to the same whatever the order.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Documents that were cleaned.
    pub documents: u64,
    /// Documents that were set aside.
    pub failed: u64,
    /// Inputs that could not be read to their end.
    pub broken: u64,
    /// Bytes of text in the documents cleaned.
    pub bytes_in: u64,
    /// Lines, categories and notes.
    pub summary: Summary,
    /// How many documents had which profile.
    pub profiles: BTreeMap<String, u64>,
    /// How often each rule took something: by plugin and rule.
    pub rules: BTreeMap<(String, String), u64>,
    /// Why the last document has its profile; empty if it was named.
    pub why: String,
}

impl Tally {
    /// Counts a clean document.
    pub fn count(&mut self, cleaned: &Cleaned<'_>, chosen: &Chosen) {
        self.documents += 1;
        self.bytes_in += cleaned.document.source().len() as u64;
        self.summary.add(&Summary::of(cleaned.document));
        match self.profiles.get_mut(&chosen.profile) {
            Some(count) => *count += 1,
            None => {
                self.profiles.insert(chosen.profile.clone(), 1);
            }
        }
        self.why.clone_from(&chosen.why);
        for removal in cleaned.document.record() {
            let key = (removal.plugin.to_owned(), removal.rule.to_owned());
            *self.rules.entry(key).or_default() += 1;
        }
    }

    /// Adds what another one counted later.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.failed += other.failed;
        self.broken += other.broken;
        self.bytes_in += other.bytes_in;
        self.summary.add(&other.summary);
        for (profile, count) in other.profiles {
            *self.profiles.entry(profile).or_default() += count;
        }
        for (rule, count) in other.rules {
            *self.rules.entry(rule).or_default() += count;
        }
        if other.documents > 0 {
            self.why = other.why;
        }
    }
}
