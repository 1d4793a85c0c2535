//! The nodes of a page's JSON-LD, and what refers to what.
//!
//! ```text
//! {"@graph": [{"@type": "Article", "author": {"@id": "#ada"}},
//!             {"@type": "Person", "@id": "#ada", "name": "Ada Moss"}]}
//! -> nodes Article, Person; "#ada" is the second
//! ```
//!
//! What stands in a list of items, in `hasPart` or in `review` is about other
//! pages or the work of readers, and is no node of this page.

use std::collections::HashMap;

use super::json::Json;

/// Members whose values are nodes of the page too.
const CONTAINERS: &[&str] = &["@graph", "mainEntity", "mainEntityOfPage"];

#[derive(Debug, Default)]
pub(super) struct Graph<'j> {
    nodes: Vec<&'j Json<'j>>,
    ids: HashMap<&'j str, &'j Json<'j>>,
}

impl<'j> Graph<'j> {
    pub(super) fn of(scripts: &'j [Json<'j>]) -> Self {
        let mut graph = Self::default();
        scripts.iter().for_each(|script| graph.visit(script));
        graph
    }

    /// Goes no deeper than the parser did.
    fn visit(&mut self, value: &'j Json<'j>) {
        match value {
            Json::List(values) => values.iter().for_each(|value| self.visit(value)),
            Json::Object(members) => {
                self.nodes.push(value);
                let id = value.get("@id").and_then(Json::text);
                // More than a reference.
                if let Some(id) = id.filter(|_| members.len() > 1) {
                    self.ids.entry(id).or_insert(value);
                }
                let inner = CONTAINERS.iter().filter_map(|key| value.get(key));
                inner.for_each(|value| self.visit(value));
            }
            Json::Text(_) | Json::Bare(_) => {}
        }
    }

    /// Nodes of which a type passes, in the order of the page.
    pub(super) fn with_type(&self, fits: fn(&str) -> bool) -> impl Iterator<Item = &'j Json<'j>> {
        let nodes = self.nodes.iter().copied();
        nodes.filter(move |node| types(node).any(fits))
    }

    /// The node a reference stands for; any other value is itself.
    pub(super) fn resolve(&self, value: &'j Json<'j>) -> &'j Json<'j> {
        let known = || self.ids.get(value.get("@id")?.text()?).copied();
        match value.get("name").is_some() {
            true => value,
            false => known().unwrap_or(value),
        }
    }
}

/// The types of a node, without the address of their vocabulary.
pub(super) fn types<'j>(node: &'j Json<'j>) -> impl Iterator<Item = &'j str> {
    let given = node.get("@type").or_else(|| node.get("type"));
    let given = given.map(Json::values).unwrap_or_default();
    given.iter().filter_map(Json::text).map(local)
}

/// The last part of `http://schema.org/NewsArticle`.
pub(super) fn local(kind: &str) -> &str {
    let kind = kind.trim().trim_end_matches('/');
    kind.rsplit(['/', ':', '#']).next().unwrap_or(kind)
}

/// Whether a type of schema.org is an article.
pub(super) fn is_article(kind: &str) -> bool {
    kind.ends_with("Article")
        || kind.ends_with("Posting") && kind != "JobPosting"
        || kind == "Report"
}

/// Whether a type is a page, or a work that is a whole page.
pub(super) fn is_page(kind: &str) -> bool {
    kind.ends_with("Page") || matches!(kind, "Recipe" | "ClaimReview" | "Review")
}

#[cfg(test)]
mod tests {
    use super::super::json::parse;
    use super::*;

    #[test]
    fn teasers_are_no_nodes_and_references_are_followed() {
        let scripts = parse(
            r##"[{"@graph": [{"@type": ["Thing", "http://schema.org/NewsArticle"], "author": {"@id": "#ada"}},
                {"@id": "#ada", "name": "Ada Moss"}]},
               {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle"}]},
               {"@type": "WebPage", "mainEntity": {"@type": "Article"}, "hasPart": {"@type": "Article"}},
               {"@type": "JobPosting"}]"##,
        );
        let graph = Graph::of(&scripts);
        let articles: Vec<_> = graph.with_type(is_article).collect();
        assert_eq!(articles.len(), 2);
        let author = graph.resolve(articles[0].get("author").unwrap());
        assert_eq!(author.get("name").and_then(Json::text), Some("Ada Moss"));
    }
}
