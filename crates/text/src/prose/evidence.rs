//! Whether a page without any marker left is made of posts at all.
//!
//! A plain article introduces its people once. A page of posts introduces them
//! again and again, by full name and office, though their surnames were used
//! in between; its posts are reports that say who says so; and its best
//! boundaries stand out. None of these is enough alone; all of them together
//! held for fewer than one plain article in two hundred.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;

use super::Segmentation;
use super::names::{NameFinder, Names};
use crate::same::{is_word, words};
use crate::words::count_tokens;

/// The least mean number of words of a line that is a paragraph.
const PARAGRAPH: usize = 12;

/// Whether the lines are paragraphs. Where they are shorter, the prose says
/// too little.
#[must_use]
pub fn are_paragraphs(lines: &[&str]) -> bool {
    let least = PARAGRAPH * lines.len().max(1);
    let mut count = 0;
    lines.iter().any(|line| {
        count += count_tokens(line);
        count >= least
    })
}

/// Whether people are brought in as often as on a page of posts: named in full
/// again after the surname alone, while many lines tell what somebody says.
///
/// Much cheaper than cutting the page.
#[must_use]
pub fn introduce_again(lines: &[&str]) -> bool {
    // Names are dear to find, and few articles get as far.
    tell_speech(lines) && is_often(introduced_again(lines), lines.len())
}

/// Whether people are named in full again so often on a page of so many lines
/// as is done where there are posts.
fn is_often(again: usize, lines: usize) -> bool {
    again >= 3 && again as f64 / lines.max(1) as f64 >= 0.04
}

/// The least share of lines in which somebody says something.
const SPEECH_SHARE: f64 = 0.3;

/// Whether so many of the lines tell what somebody says.
fn tell_speech(lines: &[&str]) -> bool {
    let count = lines.len().max(1) as f64;
    let (mut spoken, mut left) = (0_u32, lines.len());
    for line in lines {
        left -= 1;
        spoken += u32::from(tells_speech(line));
        let is_enough = |spoken: f64| spoken / count >= SPEECH_SHARE;
        if is_enough(f64::from(spoken)) {
            return true;
        }
        if !is_enough(f64::from(spoken) + left as f64) {
            return false;
        }
    }
    false
}

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
    /// of posts, if the people it brings in say so too: see
    /// [`introduce_again`].
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
    let (mut single, mut alone) = (Vec::new(), Vec::new());
    for (at, line) in lines.iter().enumerate() {
        names.clear();
        finder.add_people(line, &mut names, |start| alone.push((at, start)));
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
    for (at, start) in alone {
        let is_asked = |last| again.binary_search_by_key(&last, |again| again.0).is_ok();
        let last = finder.single(lines[at], start, is_asked);
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
        assert_eq!(introduced_again(&page), 3);
        assert!(introduce_again(&page));
        // Without the surname alone between the first two, once less.
        let less = [&page[..1], &page[2..]].concat();
        assert_eq!(introduced_again(&less), 2);
        assert!(!introduce_again(&less));
        // Never often enough.
        assert_eq!(introduced_again(&lines), 0);
    }

    /// How many words the lines have on average, the share of them that tell
    /// what somebody says, and how often people are named in full again.
    fn count_all(lines: &[&str]) -> (f64, f64, usize) {
        let count = lines.len().max(1) as f64;
        let words: usize = lines.iter().map(|l| l.split_whitespace().count()).sum();
        let speech = lines.iter().filter(|line| tells_speech(line)).count();
        let mut finder = NameFinder::default();
        let (mut full, mut single) = (Vec::new(), Vec::new());
        for (at, line) in lines.iter().enumerate() {
            let mut names = Names::default();
            finder.add(line, &mut names);
            full.extend(names.people.iter().map(|&name| (name, at)));
            single.extend(names.single.iter().map(|&name| (name, at)));
        }
        full.sort_unstable();
        let again = full.windows(2).filter(|pair| {
            let ((name, from), (other, to)) = (pair[0], pair[1]);
            let mut between = single
                .iter()
                .filter(|(last, at)| *last == name.0 && (from..to).contains(at));
            name == other && to >= from + 2 && between.next().is_some()
        });
        (words as f64 / count, speech as f64 / count, again.count())
    }

    proptest::proptest! {
        #[test]
        fn stopping_early_changes_no_answer(
            lines in proptest::collection::vec(
                proptest::string::string_regex(
                    "(?:Ada Quist |Quist |Bo Moss |Moss |The |said |it |was not safe, |but he left. ){0,14}"
                ).unwrap(),
                0..24,
            )
        ) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let (length, speech, again) = count_all(&lines);
            proptest::prop_assert_eq!(are_paragraphs(&lines), length >= 12.0);
            let many = is_often(again, lines.len()) && speech >= SPEECH_SHARE;
            proptest::prop_assert_eq!(introduce_again(&lines), many);
        }
    }
}
