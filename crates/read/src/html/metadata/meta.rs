//! What meta elements say: OpenGraph with `article:*`, and all the others.
//!
//! ```text
//! <meta property=og:title content="Pier sold"><meta name=parsely-author content="Ada Moss">
//! -> OpenGraph: headline Pier sold; others: author Ada Moss
//! ```

use super::said::{Author, Said, set};
use super::sweep::Sweep;
use super::{plain, times};

/// What a meta element tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fact {
    Headline,
    Author,
    Published,
    Modified,
    Section,
    Language,
    Site,
    Description,
    Url,
    Kind,
    Tier,
}

/// What OpenGraph says, and what other names say.
pub(super) fn metas(sweep: &Sweep<'_>) -> (Said, Said) {
    let (mut graph, mut other) = (Said::default(), Said::default());
    for (name, content) in &sweep.metas {
        if let Some(fact) = open_graph(name) {
            note(&mut graph, fact, content);
        } else if let Some(fact) = named(name) {
            note(&mut other, fact, content);
        }
    }
    other.authors.extend(labelled(sweep));
    (graph, other)
}

fn open_graph(name: &str) -> Option<Fact> {
    Some(match name {
        "og:title" => Fact::Headline,
        "og:description" => Fact::Description,
        "og:url" => Fact::Url,
        "og:site_name" => Fact::Site,
        "og:locale" => Fact::Language,
        "og:type" => Fact::Kind,
        "article:author" | "article:author:name" | "og:article:author" => Fact::Author,
        "article:published_time" | "og:article:published_time" | "article:published" => {
            Fact::Published
        }
        "article:modified_time"
        | "og:article:modified_time"
        | "article:modified"
        | "og:updated_time" => Fact::Modified,
        "article:section" | "og:article:section" => Fact::Section,
        "article:content_tier" => Fact::Tier,
        _ => return None,
    })
}

fn named(name: &str) -> Option<Fact> {
    Some(match name {
        "twitter:title" | "dc.title" | "dcterms.title" | "dc:title" | "parsely-title"
        | "sailthru.title" | "headline" | "citation_title" => Fact::Headline,
        "author"
        | "authors"
        | "byl"
        | "byline"
        | "parsely-author"
        | "sailthru.author"
        | "dc.creator"
        | "dc:creator"
        | "dcterms.creator"
        | "article.author"
        | "article:author_name"
        | "author_name"
        | "cxenseparse:author"
        | "citation_author" => Fact::Author,
        "article.published"
        | "article.created"
        | "publishdate"
        | "publish-date"
        | "publish_date"
        | "pubdate"
        | "published_time"
        | "published"
        | "datepublished"
        | "date"
        | "dc.date"
        | "dc:date"
        | "dc.date.issued"
        | "dc.date.created"
        | "dcterms.created"
        | "dcterms.date"
        | "dcterms.issued"
        | "parsely-pub-date"
        | "sailthru.date"
        | "cxenseparse:recs:publishtime"
        | "originalpublicationdate"
        | "publication_date"
        | "citation_publication_date"
        | "ptime"
        | "created" => Fact::Published,
        "article.updated" | "lastmod" | "last-modified" | "last_modified" | "datemodified"
        | "modified" | "dc.date.modified" | "dcterms.modified" | "utime" | "revised" => {
            Fact::Modified
        }
        "parsely-section" | "article.section" | "section" | "cxenseparse:category" => Fact::Section,
        "description"
        | "twitter:description"
        | "dc.description"
        | "dcterms.description"
        | "sailthru.description" => Fact::Description,
        "application-name" | "dc.publisher" | "dcterms.publisher" | "citation_journal_title" => {
            Fact::Site
        }
        "content-language" | "language" | "dc.language" | "dcterms.language" => Fact::Language,
        "parsely-link" | "twitter:url" => Fact::Url,
        _ => return None,
    })
}

/// Keeps what a meta element tells, if it is the first to do so.
fn note(said: &mut Said, fact: Fact, content: &str) {
    let text = || Some(plain::line(content));
    match fact {
        Fact::Headline => set(&mut said.headline, text()),
        Fact::Description => set(&mut said.description, text()),
        Fact::Section => set(&mut said.section, text()),
        Fact::Site => set(&mut said.site, text()),
        Fact::Language => set(&mut said.language, Some(content.to_owned())),
        Fact::Published => set(&mut said.published, times::normal(content)),
        Fact::Modified => set(&mut said.modified, times::normal(content)),
        Fact::Author => said.authors.extend(text().map(|name| Author::new(&name))),
        Fact::Url => said.urls.push(content.to_owned()),
        Fact::Kind if content.eq_ignore_ascii_case("article") => {
            set(&mut said.kind, Some("Article".to_owned()))
        }
        Fact::Kind => {}
        Fact::Tier => {
            said.is_free = match content {
                "free" => Some(true),
                "locked" | "metered" => Some(false),
                _ => said.is_free,
            }
        }
    }
}

/// The author in a card whose rows have labels of their own.
fn labelled(sweep: &Sweep<'_>) -> Option<Author> {
    let written = |label: &str| {
        ["written by", "author", "by"]
            .iter()
            .any(|l| label.eq_ignore_ascii_case(l))
    };
    let content = |name: &str| {
        sweep
            .metas
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, content)| content.as_str())
    };
    let rows = [
        ("twitter:label1", "twitter:data1"),
        ("twitter:label2", "twitter:data2"),
    ];
    let mut rows = rows
        .iter()
        .filter(|(label, _)| content(label).is_some_and(written));
    rows.find_map(|(_, data)| content(data))
        .map(|name| Author::new(&plain::line(name)))
}
