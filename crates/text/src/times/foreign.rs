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
        return table()
            .get(&small_letters(run))
            .map(|sense| (run.len(), *sense));
    }
    let ends = run.char_indices().map(|(at, c)| at + c.len_utf8());
    let ends: Vec<usize> = ends.take(LONGEST).collect();
    ends.into_iter()
        .rev()
        .find_map(|end| Some((end, *table().get(&run[..end])?)))
}

/// Whether a text starts with the name of a month.
pub(super) fn is_month(text: &str) -> bool {
    word(text).is_some_and(|(_, sense)| sense.month.is_some())
}

/// Whether a character is of a script that sets no spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

fn table() -> &'static HashMap<String, Sense> {
    static TABLE: OnceLock<HashMap<String, Sense>> = OnceLock::new();
    TABLE.get_or_init(build)
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
