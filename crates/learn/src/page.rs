//! What is learned from: documents as their lines.

use cleancopy_text::{Day, words};

/// One document of a publisher.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// Its id, for people.
    pub id: String,
    /// Where it was published, if known.
    pub url: Option<String>,
    /// The day it was published, if known.
    pub day: Option<Day>,
    /// Its lines that are not blank, in order.
    pub lines: Vec<Line>,
}

/// One line of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The text without white space round it.
    pub text: String,
    /// Whether a profile that is there already takes it out.
    pub taken: bool,
}

impl Page {
    /// A page from its text, one line a block, for tests and examples.
    #[must_use]
    pub fn new(id: impl Into<String>, text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|line| Line {
            text: line.to_owned(),
            taken: false,
        });
        Self {
            id: id.into(),
            lines: lines.collect(),
            ..Self::default()
        }
    }

    /// The texts of the lines.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }
}

/// What two lines must share to count as the same: case, quotation marks,
/// dashes and white space are folded, as rules fold them.
pub(crate) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        for c in word.chars() {
            match c {
                '“' | '”' | '„' | '«' | '»' => key.push('"'),
                '‘' | '’' | '‚' => key.push('\''),
                '–' | '—' | '‐' | '‑' => key.push('-'),
                c => key.push(c.to_lowercase().next().unwrap_or(c)),
            }
        }
    }
    key
}

/// How many characters a text has.
pub(crate) fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Whether a line reads as a sentence of an article rather than a label.
pub(crate) fn is_prose(text: &str) -> bool {
    let count = words(text).take(22).count();
    let end = text.trim_end().chars().next_back();
    let ends = end.is_some_and(|c| matches!(c, '.' | '!' | '?' | '”' | '"' | '…'));
    (count >= 6 && ends) || count >= 22
}

/// Whether a line is a piece of a sentence that a dump broke at a link: it
/// begins in lower case, or with a mark that ends something.
pub(crate) fn is_fragment(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_none_or(|c| c.is_lowercase() || ",.;:)’”".contains(c))
}
