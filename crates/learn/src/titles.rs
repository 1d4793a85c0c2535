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
use cleancopy_text::{double, letters, looks_like_headline, prefix_end, words};

use crate::candidate::{Candidate, Family, place};
use crate::category::guess;
use crate::index::Spot;
use crate::looks::{Looks, NAMES};
use crate::matching::names_publisher;
use crate::page::{chars, key};
use crate::survey::Survey;

/// The fewest words of a title that is looked for in other lines.
pub(crate) const WORDS: usize = 4;

/// The most words that may stand beside a title.
const BESIDE: usize = 8;

/// What parts a title from the name of its section or its site.
const PARTS: [char; 8] = ['|', '-', '–', '—', '·', '•', '»', '«'];

/// What ends a title that something is glued to: no space, and no capital, for
/// that may be inside a name.
const SEAM: &str = r"[^\s\p{Lu}]";

/// A day with its year that begins where a title ends: `{date}` begins a word.
const DAY: &str = r"(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]* \d{4})";

/// What stands beside a title, and on which side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Beside {
    /// A text behind a mark, with it: `- Keld Courier`.
    Marked(String),
    /// A text before a mark, with it: `Comments on:`.
    Label(String),
    /// A text behind it without a space.
    GluedBehind(String),
    /// A text before it without a space.
    GluedBefore(String),
    /// Its author, without a space.
    Author,
    /// A day, without a space.
    Day,
}

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

/// What a line has beside the title of its page, if anything.
fn beside(line: &str, title: &str) -> Option<(Beside, String)> {
    if line.len() <= title.len() || words(title).nth(WORDS - 1).is_none() {
        return None;
    }
    if let Some(end) = prefix_end(line, title) {
        let (_, rest) = split_closing(line, end);
        return behind(rest);
    }
    let start = suffix_start(line, title)?;
    let front = line[..start].trim_end_matches(['"', '“', '‘', '\'', '«', '„']);
    let text = front.trim();
    if words(text).next().is_none() || words(text).nth(BESIDE).is_some() {
        return None;
    }
    let found = match text.chars().next_back()? {
        c if c == ':' || PARTS.contains(&c) => Beside::Label(key(text)),
        c if front.len() == text.len() && c.is_lowercase() => Beside::GluedBefore(key(text)),
        _ => return None,
    };
    Some((found, text.to_owned()))
}

/// Parts a line behind its title and what closes that.
fn split_closing(line: &str, end: usize) -> (&str, &str) {
    let rest = &line[end..];
    let closing = rest.trim_start_matches(['?', '!', '\'', '’', '"', '”', '»', '“', '.']);
    line.split_at(line.len() - closing.len())
}

/// What the rest of a line is, behind a title that ends where it begins.
fn behind(rest: &str) -> Option<(Beside, String)> {
    let text = rest.trim();
    if words(text).next().is_none() || words(text).nth(BESIDE).is_some() {
        return None;
    }
    let first = text.chars().next()?;
    if PARTS.contains(&first) {
        // Of `| Sport | Keld Courier` the last part is that of all pages.
        let last = text.rfind(PARTS).unwrap_or(0);
        return Some((Beside::Marked(key(&text[last..])), text.to_owned()));
    }
    // Behind a space, a title may simply go on.
    if rest.len() > rest.trim_start().len() || !(first.is_uppercase() || first.is_ascii_digit()) {
        return None;
    }
    let dated = text.ends_with(|c: char| c.is_ascii_digit()) && Looks::shared().of(text).date;
    let found = if dated {
        Beside::Day
    } else if is_author(text) {
        Beside::Author
    } else {
        Beside::GluedBehind(key(text))
    };
    Some((found, text.to_owned()))
}

/// Whether a text says who wrote something.
fn is_author(text: &str) -> bool {
    let names = text.strip_prefix("By ");
    names.is_some_and(|names| Looks::shared().of(names).names)
}

/// What stands behind a title that is nowhere alone: behind the last mark, or
/// an author who is glued to it.
fn behind_alone(line: &str) -> Option<(Beside, String)> {
    let mark = line
        .char_indices()
        .rev()
        .find(|(at, c)| PARTS.contains(c) && line[..*at].ends_with(' '));
    if let Some((at, _)) = mark {
        let title = line[..at].trim_end();
        let long = words(title).nth(WORDS - 1).is_some() && looks_like_headline(title);
        let spaced = line[at..].chars().nth(1).is_some_and(char::is_whitespace);
        return (long && spaced).then(|| behind(&line[at..]))?;
    }
    let glued = |at: &usize| {
        let before = line[..*at].chars().next_back();
        before.is_some_and(|c| !c.is_whitespace() && !c.is_uppercase())
    };
    let seams = line.match_indices("By ").map(|(at, _)| at);
    let at = seams.filter(glued).last()?;
    let long = words(&line[..at]).nth(WORDS - 1).is_some();
    (long && is_author(&line[at..])).then(|| (Beside::Author, line[at..].to_owned()))
}

/// Where the letters of a title begin in a line that ends with them, as a byte
/// offset.
fn suffix_start(line: &str, title: &str) -> Option<usize> {
    let mut wanted = letters(title).rev().peekable();
    wanted.peek()?;
    let (mut start, mut at) = (line.len(), line.len());
    let mut own = letters(line).rev();
    for c in line.chars().rev() {
        at -= c.len_utf8();
        if wanted.peek().is_none() {
            break;
        }
        if c.is_alphanumeric() {
            if own.next() != wanted.next() {
                return None;
            }
            start = at;
        }
    }
    wanted.peek().is_none().then_some(start)
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

/// Whether a line says a title of four words or more, and something beside it.
pub(crate) fn has_title(line: &str, title: &str) -> bool {
    line.len() > title.len()
        && words(title).nth(WORDS - 1).is_some()
        && (prefix_end(line, title).is_some() || suffix_start(line, title).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_title_is_told() {
        let title = "Ferry sails again ‘at last’";
        let cases = [
            (
                "Ferry sails again 'at last' - Keld Courier",
                Some((Beside::Marked("- keld courier".into()), "- Keld Courier")),
            ),
            (
                "Ferry sails again ‘at last’ | Sport | Keld Courier",
                Some((
                    Beside::Marked("| keld courier".into()),
                    "| Sport | Keld Courier",
                )),
            ),
            (
                "Ferry sails again ‘at last’By Ann Example",
                Some((Beside::Author, "By Ann Example")),
            ),
            (
                "Ferry sails again ‘at last’March 3, 2024",
                Some((Beside::Day, "March 3, 2024")),
            ),
            (
                "Ferry sails again ‘at last’Sport",
                Some((Beside::GluedBehind("sport".into()), "Sport")),
            ),
            (
                "SportFerry sails again ‘at last’",
                Some((Beside::GluedBefore("sport".into()), "Sport")),
            ),
            (
                "Comments on: ‘Ferry sails again ‘at last’",
                Some((Beside::Label("comments on:".into()), "Comments on:")),
            ),
            ("Ferry sails again ‘at last’ and returns", None),
            ("Ferry sails again ‘at last’", None),
            ("Sport Ferry sails again ‘at last’", None),
            ("The ferry sails again.", None),
        ];
        for (line, wanted) in cases {
            let wanted = wanted.map(|(beside, text)| (beside, text.to_owned()));
            assert_eq!(beside(line, title), wanted, "{line}");
        }
    }

    #[test]
    fn a_title_alone_ends_at_its_last_mark() {
        let told = |line: &str| behind_alone(line).map(|(_, text)| text);
        assert_eq!(
            told("Ferry sails again in May | Keld Courier").as_deref(),
            Some("| Keld Courier")
        );
        assert_eq!(
            told("Ferry sails again in MayBy Ann Example").as_deref(),
            Some("By Ann Example")
        );
        // A hyphen parts nothing, and two words are no title.
        assert_eq!(told("Ferry sails again to half-empty quays"), None);
        assert_eq!(told("Ferry sails - Keld Courier"), None);
        assert_eq!(told("All stood By the old ferry"), None);
    }
}
