//! From one repeated line to another, whatever the page puts between.
//!
//! ```text
//! Read next · Harbour · Pier sold for a crown · Read more
//! ```
//! -> `equals = "Read next"`, `through = "Read more"`.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_model::Category;
use cleancopy_rules::Rule;

use crate::candidate::{Candidate, Family};
use crate::category::guess;
use crate::index::Spot;
use crate::page::is_prose;
use crate::survey::Survey;
use crate::zones::Zone;

/// The most lines of a span.
const LONGEST: usize = 9;

/// One rule for each pair of lines.
pub(crate) fn spans(survey: &Survey<'_>) -> Vec<Candidate> {
    let spans = survey.stable().filter_map(|number| from(survey, number));
    spans.collect()
}

fn from(survey: &Survey<'_>, first: usize) -> Option<Candidate> {
    if !survey.stands_apart(first) || survey.pages_in(first, Zone::Body) == 0 {
        return None;
    }
    let mut ends: BTreeMap<usize, (BTreeSet<usize>, usize)> = BTreeMap::new();
    let spots = &survey.spots[first];
    let (mut met, mut slots) = (0, 0);
    for &spot in spots {
        let Some((last, length)) = end_of(survey, spot) else {
            continue;
        };
        met += 1;
        slots += usize::from(length > 2);
        let (pages, most) = ends.entry(last).or_default();
        pages.insert(spot.page);
        *most = length.max(*most);
    }
    // The most frequent end, of several the one seen first.
    let (&last, (pages, most)) = ends
        .iter()
        .max_by_key(|(number, (pages, _))| (pages.len(), std::cmp::Reverse(**number)))?;
    let steady = met == spots.len() && ends.len() == 1 && slots > 0;
    let apart = survey.stands_apart(last) && last != first;
    if !steady || !apart || pages.len() < survey.index.enough.max(3) {
        return None;
    }
    let texts = [survey.index.texts[first], survey.index.texts[last]];
    let mut rule = Rule::new("", guess(texts, Category::RelatedCard));
    rule.equals = Some(texts[0].into());
    rule.through = Some(texts[1].into());
    rule.max_blocks = most + 1;
    Some(Candidate {
        family: Family::Span,
        rule,
    })
}

/// The next repeated line, and how many lines there are up to it, both ends
/// included. None if more than one sentence stands between.
fn end_of(survey: &Survey<'_>, spot: Spot) -> Option<(usize, usize)> {
    let mut sentences = 0;
    for lines in 1..LONGEST {
        let next = survey.next(spot, lines)?;
        if survey.index.stable_at(next) {
            return Some((survey.number(next), lines + 1));
        }
        sentences += usize::from(is_prose(survey.index.text(next)));
        if survey.is_headline(next) || sentences > 1 || survey.is_inline(next) {
            return None;
        }
    }
    None
}
