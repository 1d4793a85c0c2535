//! What a node of JSON-LD says.
//!
//! ```text
//! {"@type": "NewsArticle", "headline": "Pier sold", "author": {"name": "Ada Moss"}}
//! -> kind NewsArticle, headline Pier sold, author Ada Moss
//! ```

use super::json::Json;
use super::linked::{Graph, is_article, is_page, types};
use super::live::live_blog;
use super::said::{Author, Said, set};
use super::{plain, times};

/// No article has more authors.
const AUTHORS: usize = 40;

/// What a node says of the article or the page that it is.
pub(super) fn article<'j>(node: &'j Json<'j>, graph: &Graph<'j>) -> Said {
    let mut said = Said {
        urls: addresses(node),
        authors: authors(node, graph),
        published: time(node, "datePublished").or_else(|| time(node, "dateCreated")),
        modified: time(node, "dateModified"),
        is_free: node.get("isAccessibleForFree").and_then(truth),
        ..Said::default()
    };
    let kind = types(node).find(|kind| is_article(kind) || is_page(kind));
    said.kind = kind.map(str::to_owned);
    for key in ["headline", "name"] {
        set(&mut said.headline, first_line(node, key));
    }
    set(&mut said.section, first_line(node, "articleSection"));
    set(&mut said.description, first_line(node, "description"));
    set(&mut said.language, language(node));
    let publisher = node.get("publisher").map(|p| graph.resolve(p));
    set(
        &mut said.site,
        publisher.and_then(|p| first_line(p, "name")),
    );
    let body = ["articleBody", "text"].iter().find_map(|key| node.get(key));
    set(&mut said.body, body.and_then(Json::text).map(plain::lines));
    said.live = live_blog(node, graph, said.site.as_deref());
    said
}

/// The first text of a member, on one line.
pub(super) fn first_line(node: &Json<'_>, key: &str) -> Option<String> {
    let text = node.get(key)?.values().iter().find_map(Json::text)?;
    Some(plain::line(text)).filter(|text| !text.is_empty())
}

/// A member that is a time.
pub(super) fn time(node: &Json<'_>, key: &str) -> Option<String> {
    let values = node.get(key)?.values();
    values
        .iter()
        .find_map(|value| value.get("@value").unwrap_or(value).text())
        .and_then(times::normal)
}

/// Addresses of the page a node is about.
pub(super) fn addresses(node: &Json<'_>) -> Vec<String> {
    let page = node.get("mainEntityOfPage");
    let given = [
        node.get("url"),
        page,
        page.and_then(|page| page.get("@id")),
        page.and_then(|page| page.get("url")),
        node.get("@id"),
    ];
    let texts = given
        .into_iter()
        .flatten()
        .filter_map(|value| value.values().first()?.text());
    let is_address = |text: &&str| text.starts_with("http") || text.starts_with("//");
    texts
        .map(str::trim)
        .filter(is_address)
        .map(str::to_owned)
        .collect()
}

/// Whoever a node names as its authors.
pub(super) fn authors<'j>(node: &'j Json<'j>, graph: &Graph<'j>) -> Vec<Author> {
    let given = ["author", "creator"].iter().find_map(|key| node.get(key));
    let given = given.map(Json::values).unwrap_or_default();
    let given = given.iter().take(AUTHORS).map(|value| graph.resolve(value));
    given.flat_map(named).collect()
}

/// The names of one author: `{"name": ["Ada Moss", "Bo Lind"]}`.
fn named(author: &Json<'_>) -> Vec<Author> {
    let is_organisation = types(author).any(|kind| kind.ends_with("Organization"));
    let names = author.get("name").unwrap_or(author).values();
    let texts = names
        .iter()
        .filter_map(|name| name.get("name").unwrap_or(name).text());
    texts
        .take(AUTHORS)
        .map(|text| Author {
            written: plain::line(text),
            is_organisation,
        })
        .collect()
}

/// A language as a text or as an object with a code for a name.
fn language(node: &Json<'_>) -> Option<String> {
    let given = node.get("inLanguage")?.values().first()?;
    let texts = [Some(given), given.get("alternateName"), given.get("name")];
    let text = texts.into_iter().flatten().find_map(Json::text)?;
    Some(text.to_owned())
}

/// `true`, `"False"`, `http://schema.org/True`.
fn truth(value: &Json<'_>) -> Option<bool> {
    let text = match value {
        Json::Bare(text) => text,
        value => value.text()?,
    };
    match super::linked::local(text).to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::parse;
    use super::*;

    fn said(text: &str) -> Said {
        let scripts = parse(text);
        article(&scripts[0], &Graph::of(&scripts))
    }

    #[test]
    fn every_form_of_a_value_is_read() {
        let said = said(
            r#"{"@type": "NewsArticle", "name": "Pier &amp; quay sold",
              "mainEntityOfPage": {"@id": "https://keld.example/pier"},
              "author": ["Ada Moss", {"@type": "Organization", "name": "Keld Wire"}, {"name": ["Bo Lind"]}],
              "datePublished": {"@value": "2025-02-25T17:13:51+0000"}, "dateModified": 1740503631,
              "articleSection": ["Town", "Sea"], "inLanguage": {"name": "English", "alternateName": "en"},
              "publisher": {"name": "The Keld Herald"}, "isAccessibleForFree": "False",
              "articleBody": "<p>One.</p><p>Two.</p>"}"#,
        );
        assert_eq!(said.headline.as_deref(), Some("Pier & quay sold"));
        assert_eq!(said.urls, ["https://keld.example/pier"]);
        let authors: Vec<_> = said
            .authors
            .iter()
            .map(|a| (&*a.written, a.is_organisation))
            .collect();
        assert_eq!(
            authors,
            [("Ada Moss", false), ("Keld Wire", true), ("Bo Lind", false)]
        );
        assert_eq!(said.published.as_deref(), Some("2025-02-25T17:13:51Z"));
        assert_eq!(said.modified.as_deref(), Some("2025-02-25T17:13:51Z"));
        assert_eq!(said.section.as_deref(), Some("Town"));
        assert_eq!(said.language.as_deref(), Some("en"));
        assert_eq!(said.site.as_deref(), Some("The Keld Herald"));
        assert_eq!(
            (said.is_free, said.body.as_deref()),
            (Some(false), Some("One.\nTwo."))
        );
    }

    #[test]
    fn values_of_the_wrong_shape_say_nothing() {
        let said = said(
            r#"{"@type": 7, "headline": {}, "url": [], "author": [null, {}, [[]]], "datePublished": [],
              "inLanguage": [], "isAccessibleForFree": "maybe", "publisher": [1]}"#,
        );
        assert_eq!(said, Said::default());
    }
}
