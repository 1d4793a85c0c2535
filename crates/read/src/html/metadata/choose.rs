//! Which of the articles that a page describes is the page's own.
//!
//! ```text
//! canonical https://keld.example/pier, h1 "Pier sold"
//! articles  "Ferry sunk" /ferry · "Pier sold" /pier
//! -> "Pier sold"
//! ```
//!
//! Pages describe teasers, too. An article is the page's own if its address
//! is, or its headline; if nothing tells, then only when there is no other.

use super::said::Said;
use super::titles::alike;

/// No more articles of a page are looked at.
const ARTICLES: usize = 200;

/// What is known about the page before its articles are read.
#[derive(Debug)]
pub(super) struct Page<'p> {
    pub(super) url: Option<&'p str>,
    pub(super) titles: Vec<&'p str>,
}

/// The descriptions of the page's own article, the surest first.
pub(super) fn own(articles: Vec<Said>, page: &Page<'_>) -> Vec<Said> {
    let graded = articles
        .into_iter()
        .take(ARTICLES)
        .map(|said| (grade(&said, page), said));
    let (mut own, other): (Vec<_>, Vec<_>) = graded.partition(|(grade, _)| *grade > Grade::Unknown);
    if own.is_empty() {
        return alone(other);
    }
    // The sort is stable: the page's own order decides between equals.
    own.sort_by(|(a, _), (b, _)| b.cmp(a));
    own.into_iter().map(|(_, said)| said).collect()
}

/// The one article of which nothing is known; several that share a headline
/// are one.
fn alone(articles: Vec<(Grade, Said)>) -> Vec<Said> {
    let unknown = articles
        .into_iter()
        .filter(|(grade, _)| *grade == Grade::Unknown);
    let unknown: Vec<Said> = unknown.map(|(_, said)| said).collect();
    let agree = unknown
        .windows(2)
        .all(|pair| pair[0].headline == pair[1].headline);
    if agree { unknown } else { Vec::new() }
}

/// How sure it is that an article is the page's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    /// It has another address and another headline.
    Foreign,
    Unknown,
    SameTitle,
    SameUrl,
    Both,
}

fn grade(said: &Said, page: &Page<'_>) -> Grade {
    let title = said.headline.as_deref();
    let title = title.is_some_and(|own| page.titles.iter().any(|other| alike(own, other)));
    match (same_address(&said.urls, page.url), title) {
        (Some(true), true) => Grade::Both,
        (Some(true), false) => Grade::SameUrl,
        (_, true) => Grade::SameTitle,
        (None, false) => Grade::Unknown,
        (Some(false), false) => Grade::Foreign,
    }
}

/// Whether one of the addresses is the page's; unknown if either has none.
/// The address of a whole site says nothing.
pub(super) fn same_address(urls: &[String], page: Option<&str>) -> Option<bool> {
    let page = address(page?);
    let mut known = urls
        .iter()
        .map(|url| address(url))
        .filter(|url| url.contains('/'))
        .peekable();
    known.peek()?;
    Some(known.any(|url| url == page))
}

/// What tells one address from another: without scheme, `www.`, query,
/// fragment and the slash at the end.
fn address(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default().trim();
    let url = url.split_once("//").map_or(url, |(_, rest)| rest);
    let url = url.strip_prefix("www.").unwrap_or(url);
    url.trim_end_matches('/').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(headline: &str, url: &str) -> Said {
        Said {
            headline: Some(headline.to_owned()),
            urls: vec![url.to_owned()],
            ..Said::default()
        }
    }

    fn chosen(articles: &[(&str, &str)]) -> Vec<String> {
        let page = Page {
            url: Some("https://www.keld.example/pier/?p=1"),
            titles: vec!["Pier sold for one crown"],
        };
        let articles = articles
            .iter()
            .map(|(headline, url)| said(headline, url))
            .collect();
        own(articles, &page)
            .into_iter()
            .filter_map(|said| said.headline)
            .collect()
    }

    #[test]
    fn address_and_headline_tell_the_article_from_teasers() {
        let (own, teaser) = (
            "http://keld.example/pier#article",
            "https://keld.example/ferry",
        );
        assert_eq!(
            chosen(&[("Ferry sunk at sea", teaser), ("Quay", own)]),
            ["Quay"]
        );
        let titles = [
            ("Pier sold for one crown", "https://keld.example/amp/1"),
            ("Quay", own),
        ];
        assert_eq!(chosen(&titles), ["Quay", "Pier sold for one crown"]);
        assert_eq!(chosen(&[("Ferry sunk at sea", teaser)]), [""; 0]);
    }

    #[test]
    fn where_nothing_tells_only_a_single_article_counts() {
        assert_eq!(chosen(&[("Quay", "")]), ["Quay"]);
        assert_eq!(chosen(&[("Quay", "https://keld.example/")]), ["Quay"]);
        assert_eq!(chosen(&[("Quay", ""), ("Ferry", "")]), [""; 0]);
    }
}
