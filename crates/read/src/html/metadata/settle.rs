//! Settles what sources say of a page differently; the order stands at the
//! head of the module above.
//!
//! ```text
//! JSON-LD   published 2025-02-25            author Keld Wire (an organisation)
//! OpenGraph published 2025-02-25T17:13:51Z  author Ada Moss
//! -> published 2025-02-25T17:13:51Z, byline Ada Moss, organisations Keld Wire
//! ```

use cleancopy_text::same;

use super::PageFacts;
use super::names::{self, Names};
use super::said::{Said, set};
use super::titles::{whole, without_site};
use super::{languages, times};

/// Everything that is said of a page, the most trusted first.
#[derive(Debug, Default)]
pub(super) struct Sources<'s> {
    pub(super) said: Vec<Said>,
    pub(super) canonical: Option<&'s str>,
    pub(super) language: Option<&'s str>,
    /// How many of `said` are articles of JSON-LD.
    pub(super) articles: usize,
    /// Index of what OpenGraph says.
    pub(super) graph: usize,
    /// Names by which the site may go in titles and bylines.
    pub(super) sites: Vec<String>,
}

/// Settles every fact on its own.
pub(super) fn settle(mut sources: Sources<'_>) -> PageFacts {
    let (headline, titles) = headlines(&sources);
    let names = authors(&sources);
    let published = time(&sources, |said| said.published.as_deref());
    let modified = time(&sources, |said| said.modified.as_deref());
    let (url, language) = (url(&sources), language(&sources));
    let site = site(&sources);
    let said = &mut sources.said;
    // A liveblog may be described as an article, too.
    let live = said.iter().position(|said| said.live.is_some());
    said.swap(0, live.unwrap_or(0));
    PageFacts {
        headline,
        titles,
        byline: names.people,
        organisations: names.organisations,
        modified: modified.filter(|modified| published.as_ref() != Some(modified)),
        published,
        section: first(said, |said| &mut said.section),
        language,
        url,
        site,
        description: first(said, |said| &mut said.description),
        article_body: first(said, |said| &mut said.body),
        kind: first(said, |said| &mut said.kind),
        is_accessible_for_free: said.iter().find_map(|said| said.is_free),
        live: said.iter_mut().find_map(|said| said.live.take()),
    }
}

/// What the most trusted source says that says anything.
fn first(said: &mut [Said], fact: fn(&mut Said) -> &mut Option<String>) -> Option<String> {
    let mut found = None;
    said.iter_mut()
        .for_each(|said| set(&mut found, fact(said).take()));
    found
}

/// The headline, and every other wording.
fn headlines(sources: &Sources<'_>) -> (Option<String>, Vec<String>) {
    let mut all: Vec<String> = Vec::new();
    for title in sources
        .said
        .iter()
        .filter_map(|said| said.headline.as_deref())
    {
        let title = without_site(title, &sources.sites);
        if !title.is_empty() && !all.iter().any(|known| known == title) {
            all.push(title.to_owned());
        }
    }
    if all.is_empty() {
        return (None, all);
    }
    let headline = whole(&all[0], &all).unwrap_or(&all[0]).to_owned();
    all.retain(|title| *title != headline);
    (Some(headline), all)
}

/// The people of the first source that names any, and the organisations that
/// were named before.
fn authors(sources: &Sources<'_>) -> Names {
    let mut all = Names::default();
    for said in &sources.said {
        let names = names::read(&said.authors, &sources.sites);
        for organisation in names.organisations {
            if !all.organisations.contains(&organisation) {
                all.organisations.push(organisation);
            }
        }
        if !names.people.is_empty() {
            all.people = names.people;
            break;
        }
    }
    all.organisations
        .retain(|name| !all.people.iter().any(|person| same(person, name)));
    all
}

/// The first time; a later source that has the same day with its zone is more
/// exact, not in conflict.
fn time(sources: &Sources<'_>, fact: fn(&Said) -> Option<&str>) -> Option<String> {
    let mut all = sources.said.iter().filter_map(fact);
    let first = all.next()?;
    if times::is_exact(first) {
        return Some(first.to_owned());
    }
    let exact = all.find(|other| times::is_exact(other) && times::same_day(first, other));
    Some(exact.unwrap_or(first).to_owned())
}

/// The canonical address, else the first other; one with a path goes before
/// that of the whole site.
fn url(sources: &Sources<'_>) -> Option<String> {
    let graph = sources
        .said
        .get(sources.graph)
        .into_iter()
        .chain(&sources.said);
    let given = graph.flat_map(|said| &said.urls).map(String::as_str);
    let all: Vec<String> = sources
        .canonical
        .into_iter()
        .chain(given)
        .filter_map(absolute)
        .collect();
    let has_path = |url: &&String| {
        url.splitn(4, '/')
            .nth(3)
            .is_some_and(|path| !path.is_empty())
    };
    all.iter().find(has_path).or_else(|| all.first()).cloned()
}

/// An address with its scheme.
fn absolute(url: &str) -> Option<String> {
    let url = url.trim();
    let whole = match url.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => url.to_owned(),
    };
    let is_web = whole.starts_with("https://") || whole.starts_with("http://");
    (is_web && !whole.contains(char::is_whitespace)).then_some(whole)
}

fn language(sources: &Sources<'_>) -> Option<String> {
    let (articles, others) = sources
        .said
        .split_at(sources.articles.min(sources.said.len()));
    let of = |said: &'_ [Said]| {
        said.iter()
            .find_map(|s| s.language.as_deref().and_then(languages::tag))
    };
    let own = || sources.language.and_then(languages::tag);
    of(articles).or_else(own).or_else(|| of(others))
}

fn site(sources: &Sources<'_>) -> Option<String> {
    let graph = sources.said.get(sources.graph).into_iter();
    let site = graph
        .chain(&sources.said)
        .find_map(|said| said.site.as_deref())?;
    Some(
        site.trim_matches(|c: char| c.is_whitespace() || "@|".contains(c))
            .to_owned(),
    )
}
