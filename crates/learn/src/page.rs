//! What is learned from: documents as their lines.

use std::ops::Range;

use cleancopy_model::Category;
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
    /// What a profile that is there already takes out of it, in order.
    pub removed: Vec<Removed>,
    /// Where a profile that is there already sees an item of a digest start,
    /// as 0-based indices of lines, rising.
    pub items: Vec<usize>,
}

/// Something that a profile which is there already takes out of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The id of its rule.
    pub rule: String,
    /// Why.
    pub category: Category,
    /// The source's own text.
    pub text: String,
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

    /// Whether it is a digest: several stories, none of them most of it. What
    /// looks like items on the page of one story are its cards.
    pub(crate) fn is_digest(&self) -> bool {
        let prose = |range: Range<usize>| -> usize {
            let lines = self.lines[range].iter().filter(|line| !line.taken);
            let prose = lines.filter(|line| is_prose(&line.text));
            prose.map(|line| chars(&line.text)).sum()
        };
        let ends = self.items.iter().skip(1).copied();
        let ends = ends.chain([self.lines.len()]);
        let starts = self.items.iter().copied();
        let items: Vec<usize> = starts.zip(ends).map(|(a, b)| prose(a..b)).collect();
        let (all, most) = (prose(0..self.lines.len()), items.iter().max());
        let told = items.iter().filter(|chars| **chars > 0).count();
        told >= 3 && most.is_some_and(|most| most * 2 < all)
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

/// Whether a line has letters, and all that have a case are capitals.
pub(crate) fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

/// Whether most of the longer words of a line begin with a capital, as those
/// of a title do in some papers.
pub(crate) fn is_titled(text: &str) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let long = words(text).filter(|word| word.chars().nth(3).is_some());
    let (mut all, mut capitals) = (0, 0);
    for word in long.take(40) {
        all += 1;
        capitals += usize::from(capital(word));
    }
    all >= 3 && capitals * 10 >= all * 8
}

/// Whether a line is a piece of a sentence that a dump broke at a link: it
/// begins in lower case, or with a mark that ends something.
pub(crate) fn is_fragment(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_none_or(|c| c.is_lowercase() || ",.;:)’”".contains(c))
}
