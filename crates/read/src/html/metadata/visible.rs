//! What readers see near the headline: `<time>`, links to the author, bylines.
//!
//! ```text
//! <h1>Pier sold</h1><p class=byline>By Ada Moss</p><time datetime=2025-02-25>Tuesday</time>
//! -> author Ada Moss, published 2025-02-25
//! ```
//!
//! Teasers, comments and boxes have times and authors too. So only what
//! stands close to the headline counts, and a name must look like one.

use cleancopy_text::words;

use super::said::{Author, Said};
use super::sweep::{Place, Sweep};
use super::{names, times, titles};

/// How many elements may stand between the headline and what belongs to it.
const BEFORE: usize = 40;
const AFTER: usize = 120;

/// The longest byline, in bytes.
const BYLINE: usize = 160;

/// The heading that is the page's headline: the one most like its title, else
/// the only one.
pub(super) fn heading<'s>(sweep: &'s Sweep<'_>, titles: &[&str]) -> Option<&'s Place<'s>> {
    let all = || {
        sweep
            .headings
            .iter()
            .filter(|place| !place.text.is_empty())
            .take(20)
    };
    let fits = |place: &&Place<'_>| titles.iter().any(|title| titles::alike(title, &place.text));
    let only = || {
        all()
            .next()
            .filter(|place| all().count() == 1 && words(&place.text).nth(2).is_some())
    };
    all().find(fits).or_else(only)
}

/// What stands near the headline.
pub(super) fn near(sweep: &Sweep<'_>, heading: Option<&Place<'_>>, sites: &[String]) -> Said {
    let mut said = Said::default();
    let close = |place: &&Place<'_>| is_close(place, heading) && !place.is_aside;
    for place in sweep.times.iter().filter(close) {
        let fact = match is_change(place) {
            true => &mut said.modified,
            false => &mut said.published,
        };
        if fact.is_none() {
            *fact = time(place);
        }
    }
    let links = sweep.authors.iter().filter(close);
    said.authors = links
        .filter_map(|place| byline(&place.text, sites, true))
        .collect();
    if said.authors.is_empty() {
        let mut lines = sweep.bylines.iter().filter(close);
        said.authors = lines
            .find_map(|place| byline(&place.text, sites, false))
            .into_iter()
            .collect();
    }
    said
}

/// Whether a place is near the headline; where none is known, every one is.
fn is_close(place: &Place<'_>, heading: Option<&Place<'_>>) -> bool {
    heading.is_none_or(|heading| {
        (heading.at.saturating_sub(BEFORE)..heading.at + AFTER).contains(&place.at)
    })
}

/// Whether a time is that of a change.
fn is_change(place: &Place<'_>) -> bool {
    let text = place.text.to_ascii_lowercase();
    // One class for both is common: `published updated`.
    let by_class = ["updated", "modified"]
        .iter()
        .any(|word| place.class.contains(word));
    by_class && !place.class.contains("publish")
        || text.starts_with("updated")
        || text.starts_with("last updated")
}

fn time(place: &Place<'_>) -> Option<String> {
    let given = place.datetime.as_deref().and_then(times::normal);
    // A duration such as `4m` is no time.
    let digits = || place.text.bytes().filter(u8::is_ascii_digit).count();
    given.or_else(|| times::normal(&place.text).filter(|_| digits() > 4))
}

/// A byline, if it is one and holds names: the time after them is cut off. An
/// organisation alone must be linked as the author.
fn byline(text: &str, sites: &[String], is_link: bool) -> Option<Author> {
    let digit = text
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(text.len());
    let text = &text[..digit];
    let ends = [
        "Published",
        "Updated",
        "Posted",
        "PUBLISHED",
        "UPDATED",
        " on ",
        " | ",
        " • ",
        " · ",
    ];
    let end = ends
        .iter()
        .filter_map(|end| text.find(end))
        .filter(|&at| at > 0)
        .min();
    let author = Author::new(text[..end.unwrap_or(text.len())].trim());
    let names = names::read(std::slice::from_ref(&author), sites);
    let found = !names.people.is_empty() || is_link && !names.organisations.is_empty();
    let full = names.people.iter().all(|name| is_full_name(name));
    (text.len() <= BYLINE && found && full).then_some(author)
}

/// Two to four words, each with a capital but for particles.
fn is_full_name(name: &str) -> bool {
    const SMALL: &[&str] = &[
        "de", "van", "von", "der", "den", "la", "le", "del", "da", "di", "al", "bin", "ten",
    ];
    let count = name.split_whitespace().count();
    (2..=4).contains(&count)
        && name
            .split_whitespace()
            .all(|w| w.starts_with(char::is_uppercase) || SMALL.contains(&w))
}
