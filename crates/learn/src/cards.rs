//! Lines that all differ and always come in the same order, or look the same.
//!
//! ```text
//! Business                             Harbour
//! Pier sold for a crown                Ferry sails again
//! Feb. 15, 2024                        Feb. 16, 2024
//! ```
//! -> `equals = ["Business", "Harbour"]`, `then = ["^.{12,200}$", "^{date}$"]`.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_model::Category;
use cleancopy_rules::{Rule, Texts, Where};

use crate::candidate::{Candidate, Family, place};
use crate::index::Spot;
use crate::lines::singles;
use crate::looks::{DATE, HEADING, Look, Looks, NAMES, SHOUTED, is_label, is_summary, is_title};
use crate::survey::Survey;

/// The fewest cards that show an order.
const SHOWN: usize = 4;

/// The line a card begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum First {
    Label,
    Heading,
}

/// A line of a card behind its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Title,
    Summary,
    Names,
    Date,
}

impl Part {
    fn regex(self) -> String {
        match self {
            Self::Title => "^.{12,200}$".to_owned(),
            Self::Summary => "^.{20,320}$".to_owned(),
            Self::Names => format!("^{NAMES}$"),
            Self::Date => format!("^{DATE}$"),
        }
    }
}

type Shape = (First, Vec<Part>);

/// Every order that a card may have; each ends with its date.
fn orders() -> [Shape; 5] {
    use Part::{Date, Names, Summary, Title};
    [
        (First::Label, vec![Title, Summary, Date]),
        (First::Label, vec![Title, Date]),
        (First::Heading, vec![Names, Date]),
        (First::Heading, vec![Summary, Date]),
        (First::Heading, vec![Date]),
    ]
}

/// The survey, and what its lines look like.
struct Seen<'a, 's> {
    survey: &'a Survey<'s>,
    /// By line number.
    looks: Vec<Look>,
}

impl Seen<'_, '_> {
    fn look(&self, spot: Spot) -> Look {
        self.looks[self.survey.number(spot)]
    }
}

/// Everything that is known by its look.
pub(crate) fn shapes(survey: &Survey<'_>) -> Vec<Candidate> {
    let looks = Looks::shared();
    let texts = survey.index.texts.iter();
    let seen = Seen {
        survey,
        looks: texts.map(|text| looks.of(text)).collect(),
    };
    let mut found: Vec<Candidate> = orders()
        .into_iter()
        .filter_map(|shape| card(&seen, &shape))
        .collect();
    found.extend(titles_under(&seen));
    found.extend(shouted(&seen));
    found.extend(datelines(&seen));
    found
}

/// A rule for the cards of one order, if there are enough.
fn card(seen: &Seen<'_, '_>, shape: &Shape) -> Option<Candidate> {
    let survey = seen.survey;
    let (mut pages, mut labels, mut count) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (page, lines) in survey.index.lines.iter().enumerate() {
        for line in 0..lines.len() {
            let first = Spot { page, line };
            if !is_card(seen, first, shape) {
                continue;
            }
            let lines = (line..=line + shape.1.len()).map(|line| Spot { page, line });
            // An article may begin as its cards do: then they cannot be told.
            if lines.clone().any(|spot| survey.is_headline(spot)) {
                return None;
            }
            pages.insert(page);
            labels.insert(survey.number(first));
            count += 1;
        }
    }
    if pages.len() < survey.index.enough || count < SHOWN {
        return None;
    }
    let mut rule = Rule::new("", Category::RelatedCard);
    match shape.0 {
        First::Heading => {
            rule.regex = Some(HEADING.into());
            rule.max_chars = Some(220);
        }
        First::Label => {
            let texts = labels.iter().map(|&n| survey.index.texts[n].to_owned());
            rule.equals = Some(Texts(texts.collect()));
        }
    }
    rule.then = Some(Texts(shape.1.iter().map(|part| part.regex()).collect()));
    Some(Candidate::new(Family::Card, rule))
}

fn is_card(seen: &Seen<'_, '_>, first: Spot, (begin, parts): &Shape) -> bool {
    let survey = seen.survey;
    let look = |spot: Spot| seen.look(spot);
    let begins = match begin {
        First::Heading => look(first).heading,
        First::Label => is_label(survey, first) && !look(first).date,
    };
    begins
        && parts.iter().zip(1..).all(|(part, lines)| {
            survey.next(first, lines).is_some_and(|spot| match part {
                Part::Title => is_title(survey, spot) && !look(spot).date,
                Part::Summary => is_summary(survey, spot),
                Part::Names => look(spot).names,
                Part::Date => look(spot).date,
            })
        })
}

/// Headings under lines that announce other stories: their titles.
fn titles_under(seen: &Seen<'_, '_>) -> Option<Candidate> {
    let survey = seen.survey;
    let (mut anchors, mut pages) = (Vec::new(), BTreeSet::new());
    for number in singles(survey) {
        let next = survey.spots[number].iter();
        let next = next.filter_map(|&spot| survey.next(spot, 1));
        let titles: Vec<Spot> = next
            .filter(|spot| seen.look(*spot).heading && !survey.index.stable_at(*spot))
            .collect();
        if !titles.is_empty() && !titles.iter().any(|spot| survey.is_headline(*spot)) {
            anchors.push(number);
            pages.extend(titles.iter().map(|spot| spot.page));
        }
    }
    (pages.len() >= survey.index.enough).then(|| {
        let mut rule = Rule::new("", Category::RelatedCard);
        let texts = anchors.iter().map(|&n| survey.index.texts[n].to_owned());
        rule.after = Some(Texts(texts.collect()));
        rule.regex = Some(HEADING.into());
        rule.max_chars = Some(220);
        Candidate::new(Family::Follower, rule)
    })
}

/// Titles in capitals between the paragraphs, if the paper prints its links so.
fn shouted(seen: &Seen<'_, '_>) -> Option<Candidate> {
    let survey = seen.survey;
    let mut pages: BTreeMap<usize, usize> = BTreeMap::new();
    for (page, zones) in survey.zones.iter().enumerate() {
        for line in zones.body.clone() {
            let spot = Spot { page, line };
            if seen.look(spot).shouted && !survey.index.stable_at(spot) {
                if survey.is_headline(spot) {
                    return None;
                }
                *pages.entry(page).or_insert(0) += 1;
            }
        }
    }
    let all: usize = pages.values().sum();
    (pages.len() >= survey.index.enough.max(3) && all >= SHOWN).then(|| {
        let mut rule = Rule::new("", Category::RelatedCard);
        rule.regex = Some(SHOUTED.into());
        rule.match_case = true;
        rule.max_chars = Some(220);
        Candidate::new(Family::Shouted, rule)
    })
}

/// The day of the story, and whose it is, between headline and body.
fn datelines(seen: &Seen<'_, '_>) -> Vec<Candidate> {
    let survey = seen.survey;
    let (mut dated, mut signed) = (BTreeSet::new(), BTreeSet::new());
    let mut reach = 0;
    for (page, zones) in survey.zones.iter().enumerate() {
        let Some(headline) = zones.headline else {
            continue;
        };
        let furniture = zones.furniture.clone();
        let look = |line| seen.look(Spot { page, line });
        let Some(date) = furniture.clone().find(|&line| look(line).date) else {
            continue;
        };
        reach = reach.max(date - headline);
        dated.insert(page);
        if date > furniture.start && look(date - 1).names {
            signed.insert(page);
        }
    }
    let enough = survey.index.enough.max(3);
    let mut found = Vec::new();
    let mut add = |category, regex: String, then: Option<String>| {
        let mut rule = Rule::new("", category);
        rule.regex = Some(regex.as_str().into());
        rule.then = then.map(|then| then.as_str().into());
        place(&mut rule, Where::Head, reach);
        found.push(Candidate::lifting(Family::Dateline, rule));
    };
    let published = format!("^(?<published>{DATE})$");
    if signed.len() >= enough {
        let byline = format!("^(?<byline>{NAMES})$");
        add(Category::Byline, byline, Some(published.clone()));
    }
    if dated.len() >= enough {
        add(Category::Timestamp, published, None);
    }
    found
}
