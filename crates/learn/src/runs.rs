//! Menus, furniture and footers: many repeated lines that stand together.
//!
//! ```text
//! News · Sport · Tides · Log in        on every page, with a slot or two
//! ```
//! -> one rule with a `run` of these lines, bound to the head or the tail.

use std::collections::BTreeSet;

use cleancopy_model::Category;
use cleancopy_rules::{Rule, Texts, Where};
use cleancopy_text::parse_time_line;

use crate::candidate::{Candidate, Family, place};
use crate::category::{guess, is_telling};
use crate::index::Spot;
use crate::page::{chars, is_prose};
use crate::survey::Survey;
use crate::zones::Zone;

/// The longest line of a menu or footer that does not say what it is.
const LONGEST: usize = 110;

/// How far a run may reach over lines that are not its own.
struct Limits {
    family: Family,
    zone: Zone,
    place: Where,
    gap: usize,
    gap_chars: usize,
    otherwise: Category,
}

const END: Limits = Limits {
    family: Family::End,
    zone: Zone::Tail,
    place: Where::Tail,
    gap: 400,
    gap_chars: usize::MAX,
    otherwise: Category::Navigation,
};

/// Those at the head first: on a short page, what counts as its tail may reach
/// up there.
const ZONES: &[Limits] = &[
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
    Limits {
        family: Family::Tail,
        zone: Zone::Tail,
        place: Where::Tail,
        gap: 12,
        gap_chars: 300,
        otherwise: Category::Navigation,
    },
];

/// The longest line in a slot of a box, in characters: a short paragraph has
/// more.
const SLOT: usize = 80;

/// The fewest lines that must show that a page ends as the others do.
const SHOWN: usize = 3;

/// One run for each end of the page that has one.
pub(crate) fn at_the_ends(survey: &Survey<'_>) -> Vec<Candidate> {
    let end = to_the_end(survey);
    let runs = ZONES.iter().filter_map(|limits| at_one_end(survey, limits));
    end.into_iter().chain(runs).collect()
}

/// Everything from the first line that most pages have, and only after the
/// article.
fn to_the_end(survey: &Survey<'_>) -> Option<Candidate> {
    // A label that says nothing of itself may head a part of some article.
    let here = |&number: &usize| {
        let mut spots = survey.spots[number].iter();
        spots.all(|spot| survey.is_late(*spot))
            && survey.pages_in(number, Zone::Tail) >= survey.index.enough
            && is_telling(survey.index.texts[number])
            && belongs(survey, number)
    };
    let numbers: BTreeSet<usize> = survey.stable().filter(here).collect();
    if numbers.len() < SHOWN {
        return None;
    }
    let texts: Vec<&str> = numbers.iter().map(|&n| survey.index.texts[n]).collect();
    let mut rule = run(&texts, guess(texts.iter().copied(), Category::Navigation));
    rule.to_edge = true;
    rule.least = SHOWN;
    let gaps = Gaps::measure(survey, &numbers, &END);
    rule.gap = gaps.gap + gaps.gap / 2 + 40;
    place(&mut rule, Where::Tail, gaps.reach);
    Some(Candidate::new(Family::End, rule))
}

/// Whether a line may belong to a publisher's frame: it is neither a date nor
/// a card or paragraph that a few pages have by chance.
fn belongs(survey: &Survey<'_>, number: usize) -> bool {
    let text = survey.index.texts[number];
    let often = survey.index.pages_with[number] * 4 >= survey.index.pages.len() * 3;
    parse_time_line(text).is_none() && (chars(text) <= LONGEST || is_telling(text) || often)
}

fn at_one_end(survey: &Survey<'_>, limits: &Limits) -> Option<Candidate> {
    let enough = survey.index.enough;
    let here = |&number: &usize| {
        let pages = survey.pages_in(number, limits.zone);
        let elsewhere = |zone| survey.pages_in(number, zone);
        let only = if limits.zone == Zone::Menu {
            elsewhere(Zone::Body).max(elsewhere(Zone::Furniture)) < pages
        } else {
            elsewhere(Zone::Body) == 0
        };
        pages >= enough && only && belongs(survey, number)
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
    Some(Candidate::new(limits.family, rule))
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

    fn add(
        &mut self,
        survey: &Survey<'_>,
        page: usize,
        between: std::ops::Range<usize>,
        limits: &Limits,
    ) {
        let longest = between
            .clone()
            .map(|line| chars(survey.index.text(Spot { page, line })))
            .max()
            .unwrap_or(0);
        // What is an article's may stand beside its furniture, never in it.
        let prose = |line| is_prose(survey.index.text(Spot { page, line }));
        if limits.zone != Zone::Tail && between.clone().any(prose) {
            return;
        }
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

/// Boxes: two and more repeated lines in a row that no run at an end of the
/// page has.
pub(crate) fn boxes(survey: &Survey<'_>, listed: &BTreeSet<String>) -> Vec<Candidate> {
    let mut numbers = BTreeSet::new();
    let free = |number: usize| {
        let text = survey.index.texts[number];
        survey.index.is_stable(number) && !listed.contains(text) && belongs(survey, number)
    };
    for lines in &survey.index.lines {
        for stretch in lines.chunk_by(|a, b| free(*a) == free(*b)) {
            if stretch.len() >= 2 && free(stretch[0]) {
                numbers.extend(stretch);
            }
        }
    }
    numbers.retain(|&number| survey.stands_apart(number));
    if numbers.len() < 2 {
        return Vec::new();
    }
    let texts: Vec<&str> = numbers.iter().map(|&n| survey.index.texts[n]).collect();
    let mut rule = run(&texts, guess(texts.iter().copied(), Category::RelatedCard));
    rule.least = 2;
    (rule.gap, rule.gap_chars) = slot_of(survey, &numbers);
    vec![Candidate::new(Family::Box, rule)]
}

/// The lines that the runs of some candidates take.
pub(crate) fn listed(candidates: &[Candidate]) -> BTreeSet<String> {
    let texts = candidates
        .iter()
        .filter_map(|candidate| candidate.rule.run.as_ref());
    texts.flatten().cloned().collect()
}

/// One other line may stand in a box if it does on several pages and is never
/// a sentence: how many lines, and the most characters of one.
fn slot_of(survey: &Survey<'_>, numbers: &BTreeSet<usize>) -> (usize, usize) {
    let (mut pages, mut longest) = (BTreeSet::new(), 0);
    for page in 0..survey.zones.len() {
        let lines = known(survey, numbers, page, Zone::Body);
        for pair in lines.windows(2).filter(|pair| pair[1] - pair[0] == 2) {
            let line = pair[0] + 1;
            let text = survey.index.text(Spot { page, line });
            if is_prose(text) {
                return (0, SLOT);
            }
            pages.insert(page);
            longest = longest.max(chars(text));
        }
    }
    if pages.len() < survey.index.enough {
        return (0, SLOT);
    }
    (1, (longest + longest / 4).min(SLOT))
}
