//! Titles that stand once, without a bullet, on a page that is known to be a
//! digest.
//!
//! Sub-headings look the same, so looks alone say little. A title opens a text
//! with other words than the one above it; titles are made alike; and some
//! feeds close each item with a line of their own that names it.

use std::collections::{HashMap, HashSet};

use cleancopy_text::could_be_title;
use cleancopy_text::prose::cut_at_topics;

use crate::titles::Line;

/// The longest title, in bytes.
const LONGEST: usize = 180;

/// No item is longer, in lines, unless no line in it could be a title.
const LONGEST_ITEM: usize = 300;

/// As many lines that are made alike are no chance.
const ALIKE: usize = 3;

/// As many lines show that titles and summaries take turns.
const TURNS: usize = 8;

/// The words of a line in which the title of its item is looked for.
const NAMED_WITHIN: usize = 25;

/// What each item costs beside its words, as a share of the logarithm of the
/// text's length: less than nothing, for lines that could be titles are rare.
const ITEM: f64 = -0.1;

/// What speaks against a title, and, below nothing, for it, in nats. Set by
/// hand and checked one by one on flattened feeds: without any one of them the
/// others find fewer titles.
mod clues {
    /// A line that could be a title stands above.
    pub(super) const BELOW_ANOTHER: f64 = 3.0;
    /// A line that could be a title stands below: its summary.
    pub(super) const ABOVE_ANOTHER: f64 = -3.0;
    /// The line above ends in a colon: this is a point of a list.
    pub(super) const AFTER_COLON: f64 = 6.0;
    /// It asks or calls, as sub-headings and last lines do.
    pub(super) const QUESTION: f64 = 2.5;
    /// Others far away start with the same words.
    pub(super) const FAMILY: f64 = -4.0;
    /// The line above stands under every item.
    pub(super) const AFTER_FOOT: f64 = -3.0;
    /// The page's first line is made alike, or a line below names it the way
    /// other items are named.
    pub(super) const SURE: f64 = -40.0;
    /// There are sure ones, and this is none.
    pub(super) const UNLIKE: f64 = 5.0;
}

/// The 0-based indices of the titles, ascending.
pub(crate) fn titles(lines: &[Line<'_>]) -> Vec<usize> {
    let page = Page::read(lines);
    if page.takes_turns() {
        return (0..lines.len()).step_by(2).collect();
    }
    let costs: Vec<Option<f64>> = (0..lines.len()).map(|at| page.cost(at)).collect();
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    let mut found = cut_at_topics(&texts, &costs, LONGEST_ITEM, ITEM);
    if page.could_be.first() == Some(&true) {
        found.insert(0, 0);
    }
    found
}

/// The lines and what they have in common.
struct Page<'l, 't> {
    lines: &'l [Line<'t>],
    /// Whether each line could be a title by its looks.
    could_be: Vec<bool>,
    /// How often each line stands on the page, digits aside.
    copies: Vec<usize>,
    /// Whether others, far away, start with the same words.
    family: Vec<bool>,
    /// The lines that are named below, the way other lines are.
    named: HashSet<usize>,
    /// Whether the first line is made like some others.
    first_is_alike: bool,
}

impl<'l, 't> Page<'l, 't> {
    fn read(lines: &'l [Line<'t>]) -> Self {
        let could_be: Vec<bool> = lines.iter().map(looks).collect();
        let masks: Vec<String> = lines.iter().map(|line| mask(line.text)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for mask in &masks {
            *counts.entry(mask).or_default() += 1;
        }
        Self {
            copies: masks.iter().map(|mask| counts[mask.as_str()]).collect(),
            family: families(&masks, &could_be),
            named: named(lines, &could_be),
            first_is_alike: masks
                .first()
                .is_some_and(|first| counts[first.as_str()] >= ALIKE),
            lines,
            could_be,
        }
    }

    /// What it costs to start an item here; `None` where none can start.
    fn cost(&self, at: usize) -> Option<f64> {
        let like_first =
            self.first_is_alike && mask(self.lines[at].text) == mask(self.lines[0].text);
        let repeats = self.copies[at] >= ALIKE && !like_first;
        if !self.could_be[at] || repeats || at + 1 == self.lines.len() {
            return None;
        }
        let above = at.checked_sub(1);
        let foot = above.is_some_and(|above| self.copies[above] >= ALIKE);
        let sure = like_first || self.named.contains(&at);
        let any_sure = self.first_is_alike || !self.named.is_empty();
        let clues = [
            (
                above.is_some_and(|a| self.could_be[a]) && !foot,
                clues::BELOW_ANOTHER,
            ),
            (self.could_be[at + 1], clues::ABOVE_ANOTHER),
            (
                above.is_some_and(|a| self.lines[a].text.ends_with(':')),
                clues::AFTER_COLON,
            ),
            (self.lines[at].text.ends_with(['?', '!']), clues::QUESTION),
            (self.family[at] && !any_sure, clues::FAMILY),
            (foot, clues::AFTER_FOOT),
            (sure, clues::SURE),
            (any_sure && !sure, clues::UNLIKE),
        ];
        let cost = |(holds, cost): (bool, f64)| if holds { cost } else { 0.0 };
        Some(clues.map(cost).iter().sum())
    }

    /// Whether title and summary take turns, as in feeds of summaries: every
    /// other line could be a title, and those between are longer or alike.
    fn takes_turns(&self) -> bool {
        let bytes = |skip: usize| -> usize {
            let every_other = self.lines.iter().skip(skip).step_by(2);
            every_other.map(|line| line.text.len()).sum()
        };
        let could_be = self
            .could_be
            .iter()
            .step_by(2)
            .filter(|&&could| could)
            .count();
        let pairs = self.lines.len() / 2;
        let repeats = self.copies.iter().skip(1).step_by(2);
        let alike = repeats.filter(|&&copies| copies >= ALIKE).count() * 2 > pairs;
        self.lines.len() >= TURNS
            && self.lines.len().is_multiple_of(2)
            && could_be * 20 >= pairs * 19
            && (alike || bytes(1) * 8 > bytes(0) * 9)
    }
}

fn looks(line: &Line<'_>) -> bool {
    line.text.len() <= LONGEST && line.bulleted().is_none() && could_be_title(line.text)
}

/// The text with every run of digits as one `0`: `v0.99.1` is `v0.0.0`.
fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c.is_ascii_digit() {
            true if masked.ends_with('0') => {}
            true => masked.push('0'),
            false => masked.push(c),
        }
    }
    masked
}

/// Whether the first two words of a line open others, too, that do not stand
/// beside it: `Harbour briefing: …`, `Coast weekly – …`.
fn families(masks: &[String], could_be: &[bool]) -> Vec<bool> {
    const BESIDE: usize = 3;
    let opening = |mask: &str| {
        let second = mask
            .match_indices(' ')
            .nth(1)
            .map_or(mask.len(), |(at, _)| at);
        mask[..second].to_owned()
    };
    let mut seen: HashMap<String, (usize, usize)> = HashMap::new();
    for at in (0..masks.len()).filter(|&at| could_be[at]) {
        let (count, last) = seen.entry(opening(&masks[at])).or_insert((0, 0));
        if *count == 0 || at - *last > BESIDE {
            *count += 1;
        }
        *last = at;
    }
    let often = |at: usize| could_be[at] && seen[&opening(&masks[at])].0 >= ALIKE;
    (0..masks.len()).map(often).collect()
}

/// The lines that a line below quotes in whole, such as `Pier sold was first
/// printed on Coast News`, where at least three are quoted in the same words.
fn named(lines: &[Line<'_>], could_be: &[bool]) -> HashSet<usize> {
    let mut last: HashMap<&str, usize> = HashMap::new();
    let mut by_frame: HashMap<String, HashSet<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        for (start, end) in spans(line.text) {
            if let Some(&title) = last.get(&line.text[start..end]) {
                let frame = format!("{}\u{0}{}", &line.text[..start], &line.text[end..]);
                by_frame.entry(frame).or_default().insert(title);
            }
        }
        if could_be[at] && line.text.len() >= 8 {
            last.insert(line.text, at);
        }
    }
    let often = by_frame
        .into_values()
        .filter(|titles| titles.len() >= ALIKE);
    often.flatten().collect()
}

/// Where a title could stand in a line that names it: from one of the first
/// words to one of the next, but not to the end. Byte ranges, half-open.
fn spans(text: &str) -> impl Iterator<Item = (usize, usize)> {
    const FIRST: usize = 3;
    let ends: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| c.is_whitespace())
        .map(|(at, _)| at)
        .take(NAMED_WITHIN)
        .collect();
    let starts: Vec<usize> = [0]
        .into_iter()
        .chain(ends.iter().map(|end| end + 1))
        .take(FIRST)
        .collect();
    let pairs = starts.into_iter().flat_map(move |start| {
        ends.clone()
            .into_iter()
            .filter(move |&end| end > start)
            .map(move |end| (start, end))
    });
    pairs.filter(|&(start, end)| text.is_char_boundary(start) && end < text.len())
}
