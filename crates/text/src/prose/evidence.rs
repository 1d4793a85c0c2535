//! Whether a page without any marker left is made of posts at all.
//!
//! A plain article introduces its people once. A page of posts introduces them
//! again and again, by full name and office, though their surnames were used
//! in between; its posts are reports that say who says so; and its best
//! boundaries stand out. None of these is enough alone; all of them together
//! held for fewer than one plain article in two hundred.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

use super::Segmentation;
use super::names::{NameFinder, Names};
use crate::same::{is_word, words};
use crate::words::count_tokens;

/// How a page brings in its people.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Introductions {
    /// How many lines were looked at.
    pub lines: usize,
    /// How often somebody is named in full again after the surname alone; 0
    /// where it cannot be often enough for a page of posts, or where few
    /// lines tell what somebody says.
    pub again: usize,
    /// The share of lines in which somebody says something.
    pub speech: f64,
    /// The mean number of words of a line.
    pub line_length: f64,
}

impl Introductions {
    /// Reads a page; much cheaper than cutting it.
    #[must_use]
    pub fn count(lines: &[&str]) -> Self {
        let count = lines.len().max(1) as f64;
        let speech = lines.iter().filter(|line| tells_speech(line)).count();
        let length: usize = lines.iter().map(|line| count_tokens(line)).sum();
        let speech = speech as f64 / count;
        // Names are dear to find, and few articles get as far.
        let again = if speech >= SPEECH_SHARE {
            introduced_again(lines)
        } else {
            0
        };
        Self {
            lines: lines.len(),
            again,
            speech,
            line_length: length as f64 / count,
        }
    }

    /// Whether people are brought in as often as on a page of posts.
    #[must_use]
    pub fn are_many(&self) -> bool {
        is_often(self.again, self.lines) && self.speech >= SPEECH_SHARE
    }

    /// Whether the lines are paragraphs. Where they are shorter, the prose
    /// says too little.
    #[must_use]
    pub fn has_paragraphs(&self) -> bool {
        self.line_length >= 12.0
    }
}

/// Whether people are named in full again so often on a page of so many lines
/// as is done where there are posts.
fn is_often(again: usize, lines: usize) -> bool {
    again >= 3 && again as f64 / lines.max(1) as f64 >= 0.04
}

/// The least share of lines in which somebody says something.
const SPEECH_SHARE: f64 = 0.3;

/// The words that tell it.
const SPEECH: [&str; 5] = ["said", "says", "told", "reported", "according"];

/// Whether somebody says something in a line.
fn tells_speech(line: &str) -> bool {
    // Looks for all of the words at once, where the processor can.
    static SEARCHER: LazyLock<Option<Searcher>> = LazyLock::new(|| Searcher::new(SPEECH));
    match &*SEARCHER {
        Some(searcher) => searcher
            .find_iter(line)
            .any(|found| is_word(line, found.start()..found.end())),
        None => words(line).any(|word| SPEECH.contains(&word)),
    }
}

impl Segmentation {
    /// Whether the boundaries are many and likely enough to call the page one
    /// of posts, if its [`Introductions`] say so too.
    #[must_use]
    pub fn stands_out(&self) -> bool {
        let count = self.boundaries.len();
        count >= 4 && count * 10 >= self.lines && self.strongest >= 0.58
    }
}

pub(super) fn strongest_sixth(likely: &[f64]) -> f64 {
    let mut likely = likely.to_vec();
    likely.sort_unstable_by(|a, b| b.total_cmp(a));
    let count = (likely.len() / 6).max(1);
    likely.iter().take(count).sum::<f64>() / count as f64
}

/// Counts how often a person who was named in full and then by surname alone
/// is named in full again, at least two lines later; 0 unless that is often.
fn introduced_again(lines: &[&str]) -> usize {
    let (mut finder, mut names) = (NameFinder::default(), Names::default());
    let mut full: Vec<(u64, u64, usize)> = Vec::new();
    let mut single: Vec<(u64, usize)> = Vec::new();
    let mut alone: Vec<(usize, Range<usize>)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        names.clear();
        finder.add_people(line, &mut names, |token| alone.push((at, token)));
        full.extend(names.people.iter().map(|&(last, first)| (last, first, at)));
        single.extend(names.single.iter().map(|&last| (last, at)));
    }
    full.sort_unstable();
    let is_again = |pair: &&[(u64, u64, usize)]| {
        let (last, first, from) = pair[0];
        let (next_last, next_first, to) = pair[1];
        (last, first) == (next_last, next_first) && to >= from + 2
    };
    let again = full.windows(2).filter(is_again);
    let again: Vec<_> = again
        .map(|pair| (pair[0].0, pair[0].2, pair[1].2))
        .collect();
    // Surnames are dearer to find than full names, and seldom asked for.
    if !is_often(again.len(), lines.len()) {
        return 0;
    }
    for (at, token) in alone {
        let is_asked = |last| again.binary_search_by_key(&last, |again| again.0).is_ok();
        let last = finder.single(lines[at], token, is_asked);
        single.extend(last.map(|last| (last, at)));
    }
    single.sort_unstable();
    let used_between = |&&(last, from, to): &&(u64, usize, usize)| {
        let after = single.partition_point(|&name| name < (last, from));
        single
            .get(after)
            .is_some_and(|&(name, at)| name == last && at < to)
    };
    again.iter().filter(used_between).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_speech_stand_alone() {
        for line in [
            "He said.",
            "‘said’",
            "so, they've told",
            "“She says”",
            "According, according",
        ] {
            assert!(tells_speech(line), "{line}");
        }
        for line in [
            "", "Said", "unsaid", "saidy", "she'says", "étold", "saysaid", "retold",
        ] {
            assert!(!tells_speech(line), "{line}");
        }
        let line = format!("{}told us", "untold ".repeat(30));
        assert!(tells_speech(&line));
    }

    #[test]
    fn a_second_introduction_counts() {
        let lines = [
            "Harbour master Ada Quist has closed the pier.",
            "Quist said it was not safe.",
            "The ferry company did not comment.",
            "A storm is expected, Harbour master Ada Quist said on Friday.",
        ];
        let page = [&lines[..], &lines[1..], &lines[1..]].concat();
        let found = Introductions::count(&page);
        assert_eq!((found.lines, found.again), (10, 3));
        assert_eq!(found.speech, 0.6);
        // Without the surname alone between the first two, once less.
        assert_eq!(
            Introductions::count(&[&page[..1], &page[2..]].concat()).again,
            2
        );
        // Never often enough.
        assert_eq!(Introductions::count(&lines).again, 0);
    }
}
