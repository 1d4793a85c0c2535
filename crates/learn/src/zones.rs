//! Where on a page the article is.
//!
//! ```text
//! News · Sport · Log in         menu
//! Ferry sails again             headline
//! By Ann Example · Share        furniture
//! The ferry sailed on Monday.   body
//! Most read · Cookies           tail
//! ```

use std::collections::HashMap;
use std::ops::Range;

use cleancopy_text::{letters, looks_like_headline, parse_time_line, words};

use crate::beside::has_title;
use crate::index::{Index, Spot};
use crate::page::{chars, is_fragment, is_prose};

/// The parts of a page, as lines, 0-based and half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Zones {
    /// The line of the headline, if there is one.
    pub(crate) headline: Option<usize>,
    /// Before the headline.
    pub(crate) menu: Range<usize>,
    /// Between headline and body.
    pub(crate) furniture: Range<usize>,
    /// From the first line of prose to the last.
    pub(crate) body: Range<usize>,
    /// After the body.
    pub(crate) tail: Range<usize>,
}

/// A part of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Zone {
    Menu,
    Furniture,
    Body,
    Tail,
}

impl Zones {
    pub(crate) fn of(index: &Index<'_>, page: usize) -> Self {
        let count = index.lines[page].len();
        let body = body(index, page);
        let headline = headline(index, page, &body);
        // Without a headline, nothing before the body is known to be a menu.
        let above = headline.unwrap_or(0).min(body.start);
        Self {
            headline,
            menu: 0..above,
            furniture: (above + 1).min(body.start)..body.start,
            tail: body.end..count,
            body,
        }
    }

    pub(crate) fn range(&self, zone: Zone) -> Range<usize> {
        match zone {
            Zone::Menu => self.menu.clone(),
            Zone::Furniture => self.furniture.clone(),
            Zone::Body => self.body.clone(),
            Zone::Tail => self.tail.clone(),
        }
    }

    /// The zone of a line; the headline itself counts as body.
    pub(crate) fn zone(&self, line: usize) -> Zone {
        let zones = [Zone::Menu, Zone::Furniture, Zone::Tail];
        let found = zones
            .into_iter()
            .find(|zone| self.range(*zone).contains(&line));
        found.unwrap_or(Zone::Body)
    }
}

/// How much less like the body a line may be and still be its headline if it
/// stands nearer to it: the name of a browser's window comes first on a page.
const NEAR: f64 = 0.2;

/// The stretch of lines with most prose of the page's own: lines that stand on
/// other pages too, and labels, count against it.
fn body(index: &Index<'_>, page: usize) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0);
    let (mut start, mut sum) = (0, 0);
    for line in 0..index.lines[page].len() {
        let weight = weight(index, Spot { page, line });
        if sum <= 0 {
            (start, sum) = (line, 0);
        }
        sum += weight;
        if sum > best_sum {
            (best, best_sum) = (start..line + 1, sum);
        }
    }
    best
}

fn weight(index: &Index<'_>, spot: Spot) -> i64 {
    let text = index.text(spot);
    let long = i64::try_from(chars(text).min(300)).unwrap_or(300);
    if index.stable_at(spot) {
        -60
    } else if long >= 40 && (is_prose(text) || is_fragment(text)) {
        long
    } else {
        -20
    }
}

/// The line before the body that looks like its headline and speaks of the
/// same things; of several, the last.
fn headline(index: &Index<'_>, page: usize, body: &Range<usize>) -> Option<usize> {
    let spoken = spoken(index, page, body);
    let mut best: Option<(usize, f64)> = None;
    for line in 0..=body.start {
        let spot = Spot { page, line };
        if line >= index.lines[page].len() || index.stable_at(spot) {
            continue;
        }
        let score = likeness(index.text(spot), &spoken);
        if score > 0.0 && best.is_none_or(|(_, most)| score >= most - NEAR) {
            let most = best.map_or(score, |(_, most)| most.max(score));
            best = Some((line, most));
        }
    }
    let (best, _) = best?;
    // Glued to its author or to a label, it may stand alone as well.
    let text = index.text(Spot { page, line: best });
    let alone = (0..=body.start.min(index.lines[page].len() - 1)).find(|&line| {
        let spot = Spot { page, line };
        !index.stable_at(spot) && has_title(text, index.text(spot))
    });
    Some(alone.unwrap_or(best))
}

/// The longer words of the body.
fn spoken(index: &Index<'_>, page: usize, body: &Range<usize>) -> HashMap<String, usize> {
    let mut spoken = HashMap::new();
    for line in body.clone() {
        for word in long_words(index.text(Spot { page, line })) {
            *spoken.entry(word).or_insert(0) += 1;
        }
    }
    spoken
}

fn long_words(text: &str) -> impl Iterator<Item = String> + '_ {
    let folded = words(text).map(|word| letters(word).collect::<String>());
    folded.filter(|word| word.chars().nth(3).is_some())
}

/// How much a line is like the headline of a body, from 0 to 1.
fn likeness(text: &str, spoken: &HashMap<String, usize>) -> f64 {
    let count = words(text).take(31).count();
    if text.starts_with("# ") && count > 2 {
        return 1.0;
    }
    if parse_time_line(text).is_some() {
        return 0.0;
    }
    let title = text.trim_start_matches(['#', ' ']);
    if !(4..=30).contains(&count) || chars(text) > 200 || !looks_like_headline(title) {
        return 0.0;
    }
    let (mut all, mut known) = (0.0, 0.0);
    for word in long_words(text) {
        all += 1.0;
        known += if spoken.contains_key(&word) { 1.0 } else { 0.0 };
    }
    // Few words may agree by chance.
    known / f64::max(all, 4.0)
}
