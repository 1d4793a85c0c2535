//! From one repeated line to another, whatever the page puts between.
//!
//! ```text
//! Read next · Harbour · Pier sold for a crown · Read more
//! ```
//! -> `equals = "Read next"`, `through = "Read more"`.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_model::Category;
use cleancopy_rules::Rule;
use cleancopy_text::words;

use crate::candidate::{Candidate, Family};
use crate::category::guess;
use crate::index::Spot;
use crate::page::{is_prose, is_titled};
use crate::survey::Survey;
use crate::zones::Zone;

/// The most lines of a span.
const LONGEST: usize = 16;

/// A span, and the lines of pages that only it explains.
#[derive(Debug)]
struct Span {
    first: usize,
    last: usize,
    /// The most lines it had, both ends included.
    length: usize,
    slots: BTreeSet<Spot>,
}

/// One rule for each pair of lines; of two that explain the same, the shorter.
pub(crate) fn spans(survey: &Survey<'_>) -> Vec<Candidate> {
    let mut spans: Vec<Span> = survey.stable().filter_map(|n| from(survey, n)).collect();
    spans.sort_by_key(|span| (std::cmp::Reverse(span.slots.len()), span.length));
    let mut explained = BTreeSet::new();
    spans.retain(|span| {
        let new = !span.slots.is_subset(&explained);
        explained.extend(span.slots.iter().copied());
        new
    });
    spans.sort_by_key(|span| span.first);
    spans.iter().map(|span| candidate(survey, span)).collect()
}

fn candidate(survey: &Survey<'_>, span: &Span) -> Candidate {
    let texts = [span.first, span.last].map(|number| survey.index.texts[number]);
    let mut rule = Rule::new("", guess(texts, Category::RelatedCard));
    rule.equals = Some(texts[0].into());
    rule.through = Some(texts[1].into());
    rule.max_blocks = span.length + 1;
    Candidate::new(Family::Span, rule)
}

/// The span that begins with a line wherever that stands: to the nearest line
/// that always follows, or the last of several outside the articles.
fn from(survey: &Survey<'_>, first: usize) -> Option<Span> {
    let spots = &survey.spots[first];
    let pages: BTreeSet<usize> = spots.iter().map(|spot| spot.page).collect();
    if pages.len() < survey.index.enough.max(3) || !survey.stands_apart(first) {
        return None;
    }
    let mut common: Option<BTreeMap<usize, usize>> = None;
    for &spot in spots {
        let mut here = following(survey, spot);
        if let Some(before) = &common {
            here.retain(|number, _| before.contains_key(number));
            for (number, length) in &mut here {
                *length = (*length).max(before[number]);
            }
        }
        common = Some(here);
    }
    let common = common?.into_iter();
    let fits = |number: usize| number != first && survey.stands_apart(number);
    let common = common.filter(|(number, _)| fits(*number));
    let (last, length) = if survey.pages_in(first, Zone::Body) > 0 {
        common.min_by_key(|(number, length)| (*length, *number))?
    } else {
        // No article is near: as far as it goes.
        common.max_by_key(|(number, length)| (*length, *number))?
    };
    let slots: BTreeSet<Spot> = spots
        .iter()
        .flat_map(|&spot| slots(survey, spot, last))
        .collect();
    let varied: BTreeSet<usize> = slots.iter().map(|spot| spot.page).collect();
    (varied.len() >= survey.index.enough).then_some(Span {
        first,
        last,
        length,
        slots,
    })
}

/// The repeated lines that follow a place before anything of an article does,
/// each with how many lines there are up to it, both ends included.
fn following(survey: &Survey<'_>, spot: Spot) -> BTreeMap<usize, usize> {
    let (mut found, mut sentences) = (BTreeMap::new(), 0);
    for lines in 1..LONGEST {
        let Some(next) = survey.next(spot, lines) else {
            break;
        };
        if survey.index.stable_at(next) {
            found.entry(survey.number(next)).or_insert(lines + 1);
            continue;
        }
        let text = survey.index.text(next);
        let prose = is_prose(text) && !is_titled(text);
        sentences += usize::from(prose);
        // One sentence may be the title of a card or, under that, its summary.
        let card = survey.zone(next) == Zone::Menu || under_title(survey, next);
        let own = prose && !(sentences == 1 && card);
        if survey.is_headline(next) || own || survey.is_inline(next) {
            break;
        }
    }
    found
}

/// Whether a title of the page's own stands before a place.
fn under_title(survey: &Survey<'_>, spot: Spot) -> bool {
    survey.before(spot).is_some_and(|spot| {
        let text = survey.index.text(spot);
        let title = is_titled(text) || !is_prose(text);
        !survey.index.stable_at(spot) && title && words(text).nth(2).is_some()
    })
}

/// The lines of the page's own between a place and the end of its span that
/// nothing takes yet.
fn slots(survey: &Survey<'_>, spot: Spot, last: usize) -> Vec<Spot> {
    let within = (1..LONGEST).filter_map(|lines| survey.next(spot, lines));
    let within = within.take_while(|next| survey.number(*next) != last);
    let own = within.filter(|next| !survey.index.stable_at(*next));
    own.filter(|next| !survey.index.pages[next.page].lines[next.line].taken)
        .collect()
}
