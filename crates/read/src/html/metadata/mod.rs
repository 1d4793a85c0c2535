//! What a page says of itself: headline, byline, times, and the posts of a
//! liveblog.
//!
//! ```text
//! <script type=application/ld+json>{"@type": "NewsArticle", "headline": "Pier sold",
//!   "author": {"name": "By Ada Moss, Editor"}, "datePublished": "2025-02-25"}</script>
//! <meta property=article:published_time content=2025-02-25T17:13:51+0600>
//! <title>Pier sold | The Keld Herald</title>
//! -> headline Pier sold, byline [Ada Moss], published 2025-02-25T17:13:51+06:00
//! ```
//!
//! Sources differ. They are believed in this order, fact by fact:
//!
//! 1. JSON-LD of the page's own article: made for machines by the system that
//!    holds the article, and the only source that tells people from
//!    organisations.
//! 2. OpenGraph and `article:*`: made for machines too, but their wording is
//!    what editors want shared, and `article:author` is often an address.
//! 3. Microdata: values in the visible text, so in the form people read.
//! 4. JSON-LD of the page as such, whose times may be those of the template.
//! 5. Other meta elements: many dialects, often left to defaults.
//! 6. `<time>`, `rel=author` and bylines near the headline: made for people,
//!    and teasers have them too.
//! 7. `<h1>` and `<title>`: a headline only, and one that may name the site.
//!
//! Five facts have a reason to go their own way. The **URL** is that of
//! `rel=canonical`, which is what it is for. The **site** is `og:site_name`,
//! for a publisher's name is that of a company. The **language** is that of
//! the article in JSON-LD, then `<html lang>`: `og:locale` is often left at
//! American English. A **time** without a zone gives way to a later source
//! that has the same day with one. A **headline** that was cut off gives way
//! to the first that goes on. And where the first source names an organisation
//! alone, people come from the next that names any.

mod article;
mod choose;
mod json;
mod languages;
mod linked;
mod live;
mod meta;
mod microdata;
mod names;
mod plain;
mod said;
mod settle;
mod sweep;
mod times;
mod titles;
mod tree;
mod visible;
mod words;

#[cfg(test)]
mod tests;

use super::blocks::Reading;
use article::{article, first_line};
use choose::{Page, own};
use json::Json;
use linked::{Graph, is_article, is_page};
pub(crate) use live::{LiveBlog, Update};
use said::Said;
use settle::{Sources, settle};
use sweep::Sweep;

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PageFacts {
    pub(crate) headline: Option<String>,
    /// Other wordings of the headline, the most trusted first.
    pub(crate) titles: Vec<String>,
    /// Names of people.
    pub(crate) byline: Vec<String>,
    /// Who else is named as author: an agency, a desk, the site itself.
    pub(crate) organisations: Vec<String>,
    /// By RFC 3339 if the zone is known, else as it is written.
    pub(crate) published: Option<String>,
    /// Set if it differs from `published`.
    pub(crate) modified: Option<String>,
    pub(crate) section: Option<String>,
    /// BCP 47 tag.
    pub(crate) language: Option<String>,
    /// With its scheme.
    pub(crate) url: Option<String>,
    /// Name of the site.
    pub(crate) site: Option<String>,
    pub(crate) description: Option<String>,
    /// The article's text as JSON-LD has it, one paragraph a line as far as
    /// it tells: a hint, for some cut it off or glue it.
    pub(crate) article_body: Option<String>,
    /// Type by schema.org: `NewsArticle`, `LiveBlogPosting`, …
    pub(crate) kind: Option<String>,
    pub(crate) is_accessible_for_free: Option<bool>,
    /// The posts, if it is a liveblog that lists them.
    pub(crate) live: Option<LiveBlog>,
}

/// Reads what a page says of itself. Nothing is refused, and what is broken
/// hides nothing else.
pub(crate) fn page_facts(reading: &Reading<'_>) -> PageFacts {
    facts(&Sweep::of(tree::elements(reading)))
}

fn facts(sweep: &Sweep<'_>) -> PageFacts {
    let scripts: Vec<Json<'_>> = sweep
        .scripts
        .iter()
        .flat_map(|script| json::parse(script))
        .collect();
    let graph = Graph::of(&scripts);
    let (open_graph, other) = meta::metas(sweep);

    let shared = open_graph.headline.clone();
    let titles: Vec<&str> = [sweep.title.as_deref(), shared.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let heading = visible::heading(sweep, &titles);
    let url = sweep
        .canonical
        .clone()
        .or_else(|| open_graph.urls.first().cloned());
    let headings = heading.iter().map(|heading| heading.text.as_str());
    let page = Page {
        url: url.as_deref(),
        titles: headings.chain(titles.iter().copied()).collect(),
    };
    let of_type = |fits| {
        graph
            .with_type(fits)
            .map(|node| article(node, &graph))
            .collect()
    };
    let mut said = own(of_type(is_article), &page);
    let articles = said.len();
    said.push(open_graph);
    said.extend(own(microdata::articles(sweep), &page));
    said.extend(own(of_type(is_page), &page));
    said.push(other);
    let sites = sites(&said, &graph, &page);
    said.push(visible::near(sweep, heading, &sites));
    said.extend(heading.map(|heading| headline(heading.text.clone())));
    said.extend(sweep.title.clone().map(headline));
    said.extend(site_nodes(&graph));
    settle(Sources {
        said,
        canonical: sweep.canonical.as_deref(),
        language: sweep.language.as_deref(),
        articles,
        graph: articles,
        sites,
    })
}

fn headline(text: String) -> Said {
    Said {
        headline: Some(text),
        ..Said::default()
    }
}

/// What the nodes of the site itself say: its name.
fn site_nodes<'j>(graph: &Graph<'j>) -> impl Iterator<Item = Said> {
    let nodes = graph.with_type(|kind| kind == "WebSite" || kind.ends_with("MediaOrganization"));
    nodes.map(|node| Said {
        site: first_line(node, "name"),
        ..Said::default()
    })
}

/// Names by which the site may go: its own, and the main part of its host.
fn sites(said: &[Said], graph: &Graph<'_>, page: &Page<'_>) -> Vec<String> {
    let names = said.iter().filter_map(|said| said.site.clone());
    let nodes = site_nodes(graph).filter_map(|said| said.site);
    let host = page
        .url
        .and_then(|url| url.split("//").nth(1)?.split(['/', ':', '?']).next());
    // What follows the headline of the page in its title.
    let heading = page.titles.first().copied().unwrap_or_default();
    let tails = page
        .titles
        .iter()
        .filter_map(|title| titles::rest(title, heading));
    let labels = host
        .into_iter()
        .flat_map(|host| host.split('.').rev().skip(1));
    // `co` in `keld.co.uk` is no name.
    let label = labels.into_iter().find(|label| label.len() > 3);
    let mut all: Vec<String> = names
        .chain(nodes)
        .chain(label.into_iter().chain(tails).map(str::to_owned))
        .collect();
    all.sort_unstable();
    all.dedup();
    all
}
