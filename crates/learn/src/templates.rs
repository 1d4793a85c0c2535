//! Lines that differ in one place.
//!
//! ```text
//! Sign up to the Harbour newsletter
//! Sign up to the Tides newsletter
//! ```
//! -> `starts = "Sign up to the"`, `ends = "newsletter"`.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_model::Category;
use cleancopy_rules::Rule;
use cleancopy_text::parse_time_line;

use crate::candidate::{Candidate, Family};
use crate::category::{guess, is_telling};
use crate::index::Spot;
use crate::page::{chars, is_prose, key};
use crate::survey::Survey;
use crate::zones::Zone;

/// The longest line that is looked at, in characters.
const LONGEST: usize = 220;

/// The fewest characters that all lines of a template share.
const SHARED: usize = 9;

/// Which end of a line is the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Front,
    Back,
}

/// One rule for each template.
pub(crate) fn templates(survey: &Survey<'_>) -> Vec<Candidate> {
    let mut groups: BTreeMap<(End, String), Vec<Spot>> = BTreeMap::new();
    for (page, zones) in survey.zones.iter().enumerate() {
        for line in 0..survey.index.lines[page].len() {
            let spot = Spot { page, line };
            if !survey.index.stable_at(spot)
                && !survey.says_headline(spot)
                && may_vary(survey, spot, zones.zone(line))
            {
                for (end, words) in ends(survey.index.text(spot)) {
                    groups.entry((end, words)).or_default().push(spot);
                }
            }
        }
    }
    let mut seen = BTreeSet::new();
    let found = groups
        .values()
        .filter_map(|spots| template(survey, spots))
        .filter(|(shape, _)| seen.insert(shape.clone()));
    found.map(|(_, candidate)| candidate).collect()
}

/// A line of the article is no template, however many begin alike.
fn may_vary(survey: &Survey<'_>, spot: Spot, zone: Zone) -> bool {
    let text = survey.index.text(spot);
    if is_credit(text) {
        return chars(text) <= 2 * LONGEST;
    }
    let short = chars(text) <= LONGEST;
    short
        && !survey.is_inline(spot)
        && (zone != Zone::Body || (is_telling(text) && !is_prose(text)))
}

/// Whether a line ends with who took a picture: in brackets, and no sentence.
fn is_credit(text: &str) -> bool {
    let Some(inner) = text.trim_end().strip_suffix(')') else {
        return false;
    };
    let Some(open) = inner.rfind('(') else {
        return false;
    };
    let inner = &inner[open + 1..];
    let named = inner.contains('/') || inner.to_lowercase().contains("image");
    named && chars(inner) <= 80 && !inner.contains(". ")
}

/// The first two words and the last two.
fn ends(text: &str) -> Vec<(End, String)> {
    let key = key(text);
    let words: Vec<&str> = key.split(' ').collect();
    if words.len() < 4 {
        return Vec::new();
    }
    let back = words[words.len() - 2..].join(" ");
    vec![(End::Front, words[..2].join(" ")), (End::Back, back)]
}

/// What all lines begin and end with, and a rule for it.
fn template(survey: &Survey<'_>, spots: &[Spot]) -> Option<((String, String), Candidate)> {
    let pages: BTreeSet<usize> = spots.iter().map(|spot| spot.page).collect();
    if pages.len() < survey.index.enough.max(3) {
        return None;
    }
    let texts: Vec<&str> = spots.iter().map(|&spot| survey.index.text(spot)).collect();
    let (front, back) = (common(&texts, true), common(&texts, false));
    let shared = format!("{front} {back}");
    let telling = is_telling(&front) || is_telling(&back);
    let words = shared.split_whitespace().count();
    if chars(&shared) < SHARED || words < 2 || !(telling || words >= 3) {
        return None;
    }
    // A template must be told apart by more than what sentences share.
    let plain = texts.iter().any(|text| is_prose(text) && !is_credit(text));
    if (plain && !telling) || is_dated(&shared) {
        return None;
    }
    let longest = texts.iter().map(|text| chars(text)).max()?;
    let mut rule = Rule::new("", guess([shared.as_str()], Category::Navigation));
    rule.starts = (!front.is_empty()).then(|| front.as_str().into());
    rule.ends = (!back.is_empty()).then(|| back.as_str().into());
    rule.max_chars = Some(longest + longest / 4);
    let candidate = Candidate::new(Family::Template, rule);
    Some(((key(&front), key(&back)), candidate))
}

/// Whether what all lines share is a date: those of other days differ.
fn is_dated(shared: &str) -> bool {
    parse_time_line(shared).is_some()
        || shared
            .split(|c: char| !c.is_ascii_digit())
            .any(|n| n.len() == 4)
}

/// The whole words that all texts begin or end with, as the first has them.
fn common(texts: &[&str], front: bool) -> String {
    let words = |text: &str| -> Vec<String> {
        let mut words: Vec<_> = text.split_whitespace().map(str::to_owned).collect();
        if !front {
            words.reverse();
        }
        words
    };
    let Some((first, others)) = texts.split_first() else {
        return String::new();
    };
    let first = words(first);
    // One word at least differs, and is neither shared front nor shared back.
    let mut shared = first.len().saturating_sub(1);
    for other in others {
        let other = words(other);
        let same = first
            .iter()
            .zip(&other)
            .take_while(|(a, b)| key(a) == key(b))
            .count();
        shared = shared.min(same).min(other.len().saturating_sub(1));
    }
    let mut shared = first[..shared].to_vec();
    if !front {
        shared.reverse();
    }
    shared.join(" ")
}
