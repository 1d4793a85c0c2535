//! Menus, furniture and footers: many repeated lines that stand together.
//!
//! ```text
//! News · Sport · Tides · Log in        on every page, with a slot or two
//! ```
//! -> one rule with a `run` of these lines, bound to the head or the tail.

use std::collections::BTreeSet;

use cleancopy_model::Category;
use cleancopy_rules::{Rule, Texts, Where};

use crate::candidate::{Candidate, Family, place};
use crate::category::guess;
use crate::index::Spot;
use crate::page::{chars, is_prose};
use crate::survey::Survey;
use crate::zones::Zone;

/// How far a run may reach over lines that are not its own.
struct Limits {
    family: Family,
    zone: Zone,
    place: Where,
    gap: usize,
    gap_chars: usize,
    otherwise: Category,
}

const ZONES: &[Limits] = &[
    Limits {
        family: Family::Tail,
        zone: Zone::Tail,
        place: Where::Tail,
        gap: 12,
        gap_chars: 300,
        otherwise: Category::Navigation,
    },
    Limits {
        family: Family::Menu,
        zone: Zone::Menu,
        place: Where::Head,
        gap: 6,
        gap_chars: 100,
        otherwise: Category::Navigation,
    },
    Limits {
        family: Family::Furniture,
        zone: Zone::Furniture,
        place: Where::Head,
        gap: 3,
        gap_chars: 160,
        otherwise: Category::Navigation,
    },
];

/// One run for each end of the page that has one.
pub(crate) fn at_the_ends(survey: &Survey<'_>) -> Vec<Candidate> {
    let runs = ZONES.iter().filter_map(|limits| at_one_end(survey, limits));
    runs.collect()
}

fn at_one_end(survey: &Survey<'_>, limits: &Limits) -> Option<Candidate> {
    let enough = survey.index.enough;
    let here = |&number: &usize| {
        survey.pages_in(number, limits.zone) >= enough
            && (limits.zone == Zone::Menu || survey.pages_in(number, Zone::Body) == 0)
    };
    let numbers: BTreeSet<usize> = survey.stable().filter(here).collect();
    if numbers.len() < 2 {
        return None;
    }
    let gaps = Gaps::measure(survey, &numbers, limits);
    let texts: Vec<&str> = numbers.iter().map(|&n| survey.index.texts[n]).collect();
    let mut rule = run(&texts, guess(texts.iter().copied(), limits.otherwise));
    rule.gap = gaps.gap;
    rule.gap_chars = gaps.chars.max(40);
    rule.least = 3.min(texts.len());
    place(&mut rule, limits.place, gaps.reach);
    Some(Candidate {
        family: limits.family,
        rule,
    })
}

/// A rule for lines that stand together.
fn run(texts: &[&str], category: Category) -> Rule {
    let mut rule = Rule::new("", category);
    rule.run = Some(Texts(texts.iter().map(|&text| text.to_owned()).collect()));
    rule
}

/// What stands between the lines of a run.
#[derive(Debug, Default)]
struct Gaps {
    /// The most lines between two of the run.
    gap: usize,
    /// The most characters of such a line.
    chars: usize,
    /// How far from its end of the page the run reaches, in lines.
    reach: usize,
}

impl Gaps {
    fn measure(survey: &Survey<'_>, numbers: &BTreeSet<usize>, limits: &Limits) -> Self {
        let mut gaps = Self::default();
        // The run must not reach over a headline into what follows.
        let mut most = limits.gap;
        for page in 0..survey.zones.len() {
            let lines = known(survey, numbers, page, limits.zone);
            let count = survey.index.lines[page].len();
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
                continue;
            };
            let reach = if limits.place == Where::Tail {
                count - first
            } else {
                last + 1
            };
            gaps.reach = gaps.reach.max(reach);
            if limits.zone == Zone::Menu {
                let all = 0..count;
                let next = all
                    .skip(last + 1)
                    .find(|&line| numbers.contains(&survey.index.lines[page][line]));
                most = most.min(next.map_or(most, |next| (next - last).saturating_sub(2)));
            }
            for pair in lines.windows(2) {
                gaps.add(survey, page, pair[0] + 1..pair[1], limits);
            }
        }
        gaps.gap = gaps.gap.min(most);
        gaps
    }

    fn add(&mut self, survey: &Survey<'_>, page: usize, between: std::ops::Range<usize>, limits: &Limits) {
        let longest = between
            .clone()
            .map(|line| chars(survey.index.text(Spot { page, line })))
            .max()
            .unwrap_or(0);
        if between.len() <= limits.gap && longest <= limits.gap_chars {
            self.gap = self.gap.max(between.len());
            self.chars = self.chars.max(longest + longest / 4);
        }
    }
}

/// The lines of a zone that are of the run.
fn known(survey: &Survey<'_>, numbers: &BTreeSet<usize>, page: usize, zone: Zone) -> Vec<usize> {
    let range = survey.zones[page].range(zone);
    let lines = range.filter(|&line| numbers.contains(&survey.index.lines[page][line]));
    lines.collect()
}

/// Boxes inside the article: two and more repeated lines in a row.
pub(crate) fn boxes(survey: &Survey<'_>) -> Vec<Candidate> {
    let mut numbers = BTreeSet::new();
    for page in 0..survey.zones.len() {
        let body: Vec<usize> = survey.zones[page].body.clone().collect();
        let stable = |line: usize| survey.index.stable_at(Spot { page, line });
        for stretch in body.chunk_by(|a, b| stable(*a) == stable(*b)) {
            if stretch.len() >= 2 && stable(stretch[0]) {
                numbers.extend(stretch.iter().map(|&line| survey.index.lines[page][line]));
            }
        }
    }
    numbers.retain(|&number| {
        survey.stands_apart(number) && survey.pages_in(number, Zone::Body) >= survey.index.enough
    });
    if numbers.len() < 2 {
        return Vec::new();
    }
    let texts: Vec<&str> = numbers.iter().map(|&n| survey.index.texts[n]).collect();
    let mut rule = run(&texts, guess(texts.iter().copied(), Category::RelatedCard));
    rule.least = 2;
    rule.gap = slot_of(survey, &numbers);
    rule.gap_chars = 120;
    vec![Candidate {
        family: Family::Box,
        rule,
    }]
}

/// One other line may stand in a box if it does on several pages and is never
/// a sentence.
fn slot_of(survey: &Survey<'_>, numbers: &BTreeSet<usize>) -> usize {
    let mut pages = BTreeSet::new();
    for page in 0..survey.zones.len() {
        let lines = known(survey, numbers, page, Zone::Body);
        for pair in lines.windows(2).filter(|pair| pair[1] - pair[0] == 2) {
            let line = pair[0] + 1;
            if is_prose(survey.index.text(Spot { page, line })) {
                return 0;
            }
            pages.insert(page);
        }
    }
    usize::from(pages.len() >= survey.index.enough)
}
