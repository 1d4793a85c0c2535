//! Titles that share their line with something else.
//!
//! ```text
//! Ferry sails again - Keld Courier        the name of a browser's window
//! Ferry sails againBy Ann Example         glued to the author
//! Comments on: Ferry sails again          a copy with a label
//! ```
//! -> `ends = "- Keld Courier"`, `take = "match"`: a rule cuts what is beside a
//! title and leaves the title, so that a headline which stands nowhere else is
//! not lost, and the chain drops further copies as it always does.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_model::Category;
use cleancopy_rules::{Rule, Take, Texts, Where};
use cleancopy_text::double;

use crate::beside::{Beside, PARTS, behind_alone, beside, has_title};
use crate::candidate::{Candidate, Family, place};
use crate::category::guess;
use crate::index::Spot;
use crate::looks::NAMES;
use crate::matching::names_publisher;
use crate::page::{chars, key};
use crate::survey::Survey;

/// What ends a title that something is glued to: no space, and no capital, for
/// that may be inside a name.
const SEAM: &str = r"[^\s\p{Lu}]";

/// A day with its year that begins where a title ends: `{date}` begins a word.
const DAY: &str = r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]* \d{4})";

/// One line in which a title is not alone.
#[derive(Debug)]
struct Title {
    spot: Spot,
    /// All that stands beside the title, as it is written.
    text: String,
    /// Whether the title stands alone elsewhere on the page.
    copied: bool,
}

/// Rules for all that stands beside titles.
pub(crate) fn titles(survey: &Survey<'_>, name: &str) -> Vec<Candidate> {
    let mut groups: BTreeMap<Beside, Vec<Title>> = BTreeMap::new();
    for (page, zones) in survey.zones.iter().enumerate() {
        let Some(headline) = zones.headline else {
            continue;
        };
        let own = Spot {
            page,
            line: headline,
        };
        let title = title(survey, own);
        for line in 0..survey.index.lines[page].len() {
            let spot = Spot { page, line };
            let copied = line != headline;
            let found = match copied {
                true => beside(survey.index.text(spot), title),
                false => behind_alone(survey.index.text(own)),
            };
            if let Some((beside, text)) = found {
                groups
                    .entry(beside)
                    .or_default()
                    .push(Title { spot, text, copied });
            }
        }
    }
    let rules = groups
        .iter()
        .filter_map(|(beside, titles)| rule(survey, name, beside, titles));
    rules.collect()
}

/// What the headline of a page says, without what stands beside it: of a text
/// that stands twice, one half; what comes before a mark or an author, if
/// another line says it, too.
fn title<'p>(survey: &Survey<'p>, own: Spot) -> &'p str {
    let line = survey.index.text(own);
    if let Some(seam) = double(line) {
        return &line[..seam.first_end];
    }
    let Some((_, beside)) = behind_alone(line) else {
        return line;
    };
    let front = line[..line.len() - beside.len()].trim_end();
    let others = (0..=survey.zones[own.page].body.start).filter(|other| *other != own.line);
    let mut texts = others.filter_map(|line| {
        let spot = Spot { line, ..own };
        survey.next(spot, 0).map(|spot| survey.index.text(spot))
    });
    match texts.any(|text| has_title(text, front)) {
        true => front,
        false => line,
    }
}

/// The rule for what stands on enough pages.
fn rule(survey: &Survey<'_>, name: &str, beside: &Beside, titles: &[Title]) -> Option<Candidate> {
    let pages: BTreeSet<usize> = titles.iter().map(|title| title.spot.page).collect();
    if pages.len() < survey.index.enough.max(3) {
        return None;
    }
    let first = titles[0].text.as_str();
    // What no copy shows to be no part of the title must be the publisher's.
    let alone = titles.iter().any(|title| !title.copied);
    let everywhere = pages.len() * 5 >= survey.index.pages.len() * 4;
    let fixed = !matches!(beside, Beside::Author | Beside::Day);
    if alone && fixed && !everywhere && !names_publisher(survey, name, first) {
        return None;
    }
    let mut rule = Rule::new("", guess([first], Category::Navigation));
    rule.take = Take::Match;
    match beside {
        Beside::Marked(last) => rule.ends = Some(marked(survey, last, titles)),
        Beside::Label(_) => rule.starts = Some(first.into()),
        Beside::GluedBehind(_) => {
            seam(&mut rule, &format!("{SEAM}(?<take>{})$", plain(first)?));
        }
        Beside::GluedBefore(_) => {
            seam(
                &mut rule,
                &format!(r"^(?<take>{})[\p{{Lu}}\d]", plain(first)?),
            );
        }
        Beside::Author => seam(&mut rule, &format!("{SEAM}(?<take>By (?<byline>{NAMES}))$")),
        // Behind a digit, the day would begin with one of the title's.
        Beside::Day => seam(
            &mut rule,
            &format!(r"[^\s\p{{Lu}}\d](?<take>(?<published>{DAY}))$"),
        ),
    }
    let longest = titles
        .iter()
        .map(|title| chars(survey.index.text(title.spot)));
    let longest = longest.max()?;
    rule.max_chars = Some(longest + longest / 4);
    stand(survey, titles, &mut rule)?;
    Some(match beside {
        Beside::Author => lifting(rule, Category::Byline),
        Beside::Day => lifting(rule, Category::Timestamp),
        _ => Candidate::new(Family::Title, rule),
    })
}

fn lifting(rule: Rule, category: Category) -> Candidate {
    Candidate::lifting(Family::Title, Rule { category, ..rule })
}

fn seam(rule: &mut Rule, regex: &str) {
    rule.regex = Some(regex.into());
    // The seam is seen by its case alone.
    rule.match_case = true;
}

/// The last part, and every longer text that ends with it on several pages.
fn marked(survey: &Survey<'_>, last: &str, titles: &[Title]) -> Texts {
    let mut seen: BTreeMap<String, (&str, BTreeSet<usize>)> = BTreeMap::new();
    for title in titles {
        let entry = seen.entry(key(&title.text));
        let (_, pages) = entry.or_insert_with(|| (&title.text, BTreeSet::new()));
        pages.insert(title.spot.page);
    }
    let first = &titles[0].text;
    let bare = first[first.rfind(PARTS).unwrap_or(0)..].to_owned();
    let longer = seen
        .into_iter()
        .filter(|(text, (_, pages))| text != last && pages.len() >= survey.index.enough);
    let longer = longer.map(|(_, (text, _))| text.to_owned());
    Texts(std::iter::once(bare).chain(longer).collect())
}

/// A text as a regex has it; none if it has braces, which mean something else
/// in a rule.
fn plain(text: &str) -> Option<String> {
    (!text.contains(['{', '}'])).then(|| regex::escape(text))
}

/// Lets the rule apply at the end of the page where all titles stand; none if
/// they stand on both sides of the article, or in it.
fn stand(survey: &Survey<'_>, titles: &[Title], rule: &mut Rule) -> Option<()> {
    let body = |spot: Spot| survey.zones[spot.page].body.clone();
    let count = |spot: Spot| survey.index.lines[spot.page].len();
    let spots = || titles.iter().map(|title| title.spot);
    if spots().all(|spot| spot.line <= body(spot).start || survey.is_headline(spot)) {
        let reach = spots().map(|spot| spot.line + 1).max()?;
        place(rule, Where::Head, reach);
    } else if spots().all(|spot| spot.line >= body(spot).end) {
        let reach = spots().map(|spot| count(spot) - spot.line).max()?;
        place(rule, Where::Tail, reach);
    } else {
        return None;
    }
    Some(())
}
