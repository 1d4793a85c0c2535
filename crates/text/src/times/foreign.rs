//! What a word says in a time, in languages other than English.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::{Language, small_letters};

/// What a word may say. Words of all languages stand in one table: a line that
/// holds nothing but them is a time in whichever.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sense {
    pub(super) month: Option<u32>,
    /// A day of the week, or a small word.
    pub(super) small: bool,
    /// It stands beside a time of day only.
    pub(super) after: bool,
    pub(super) unit: bool,
    pub(super) ago: bool,
    pub(super) posted: bool,
    pub(super) changed: bool,
    /// Whether it is the second half of the day.
    pub(super) late: Option<bool>,
}

/// No word that is written without spaces has more characters.
const LONGEST: usize = 6;

/// The word that a text starts with, in bytes, and what it says.
pub(super) fn word(text: &str) -> Option<(usize, Sense)> {
    let inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’');
    let run = &text[..text.find(|c| !inside(c)).unwrap_or(text.len())];
    if !run.starts_with(is_spaceless) {
        let table = table();
        let may_be = table.openings.may_have(run);
        let sense = may_be.then(|| table.words.get(&small_letters(run)));
        return sense.flatten().map(|sense| (run.len(), *sense));
    }
    let ends = run.char_indices().map(|(at, c)| at + c.len_utf8());
    let ends: Vec<usize> = ends.take(LONGEST).collect();
    ends.into_iter()
        .rev()
        .find_map(|end| Some((end, *table().words.get(&run[..end])?)))
}

/// Whether a text starts with the name of a month.
pub(super) fn is_month(text: &str) -> bool {
    word(text).is_some_and(|(_, sense)| sense.month.is_some())
}

/// Whether a character is of a script that sets no spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// The words of all languages, and how they open.
struct Table {
    words: HashMap<String, Sense>,
    openings: Openings,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let words = build();
        let mut openings = Openings::default();
        words.keys().for_each(|word| openings.add(word));
        Table { words, openings }
    })
}

/// With which two letters words of ASCII open: those of most texts open
/// otherwise, and need not be looked up.
#[derive(Default)]
struct Openings([u32; 32]);

impl Openings {
    /// The places of the first two letters, five bits each; large and small
    /// ones have the same.
    fn places(word: &str) -> (usize, u32) {
        let letter = |at| u32::from(word.as_bytes().get(at).copied().unwrap_or(0) % 32);
        (letter(0) as usize, letter(1))
    }

    fn add(&mut self, word: &str) {
        let (first, second) = Self::places(word);
        self.0[first] |= 1 << second;
    }

    /// Whether a word may be one that was added.
    fn may_have(&self, word: &str) -> bool {
        let (first, second) = Self::places(word);
        !word.is_ascii() || self.0[first] >> second & 1 == 1
    }
}

fn build() -> HashMap<String, Sense> {
    let mut table: HashMap<String, Sense> = HashMap::new();
    for language in Language::all() {
        for (number, names) in (1..).zip(language.months()) {
            for name in names {
                let sense = table.entry(small_letters(name)).or_default();
                sense.month = sense.month.or(Some(number));
            }
        }
        let mut add = |kind: &str, note: fn(&mut Sense)| {
            let words = language.words(kind).iter().flat_map(|w| w.split(' '));
            for word in words.map(|word| word.trim_end_matches('.')) {
                note(table.entry(small_letters(word)).or_default());
            }
        };
        add("weekday", |sense| sense.small = true);
        add("of", |sense| sense.small = true);
        add("year", |sense| sense.small = true);
        add("before", |sense| sense.small = true);
        add("after", |sense| sense.after = true);
        add("am", |sense| sense.late = Some(false));
        add("pm", |sense| sense.late = Some(true));
        add("unit", |sense| sense.unit = true);
        add("ago", |sense| sense.ago = true);
        add("posted", |sense| sense.posted = true);
        add("changed", |sense| sense.changed = true);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_in_large_and_small_letters() {
        for (known, sense) in &table().words {
            let is_run = !known.contains(|c: char| !c.is_alphabetic() && c != '\'');
            for text in [known.clone(), known.to_uppercase()] {
                let same = small_letters(&text) == *known && is_run;
                let wanted = Some((text.len(), *sense));
                assert!(
                    !same || known.starts_with(is_spaceless) || word(&text) == wanted,
                    "{text}"
                );
            }
        }
        assert_eq!(word("Harbour"), None);
    }
}
