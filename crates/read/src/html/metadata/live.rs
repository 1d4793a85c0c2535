//! The posts of a liveblog as its JSON-LD lists them.
//!
//! ```text
//! {"@type": "LiveBlogPosting", "liveBlogUpdate": [{"@type": "BlogPosting",
//!   "headline": "Talks resume", "articleBody": "<p>At ten.</p><p>In Keld.</p>"}]}
//! -> headline Talks resume, body "At ten." and "In Keld." on lines of their own
//! ```
//!
//! Some publishers strip the tags themselves and so glue words together;
//! nothing here can part them, so these bodies are hints to be found again in
//! the visible text.

use super::article::{addresses, authors, first_line, time};
use super::json::Json;
use super::linked::Graph;
use super::{names, plain};

/// A liveblog: when it was live, and its posts in the order of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LiveBlog {
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
    pub(crate) updates: Vec<Update>,
}

/// A post of a liveblog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Update {
    /// By RFC 3339 if the zone is known, else as it is written.
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) headline: Option<String>,
    /// Names of people.
    pub(crate) byline: Vec<String>,
    /// One paragraph a line, as far as tags or line ends tell; words may be
    /// glued.
    pub(crate) body: String,
    pub(crate) url: Option<String>,
}

/// The liveblog that a node is, if it lists any posts.
pub(super) fn live_blog<'j>(
    node: &'j Json<'j>,
    graph: &Graph<'j>,
    site: Option<&str>,
) -> Option<LiveBlog> {
    let sites: Vec<String> = site.map(str::to_owned).into_iter().collect();
    let posts = node.get("liveBlogUpdate")?.values().iter();
    let posts = posts.map(|post| update(graph.resolve(post), graph, &sites));
    let updates: Vec<Update> = posts.filter(says_something).collect();
    (!updates.is_empty()).then(|| LiveBlog {
        start: time(node, "coverageStartTime"),
        end: time(node, "coverageEndTime"),
        updates,
    })
}

fn update<'j>(post: &'j Json<'j>, graph: &Graph<'j>, sites: &[String]) -> Update {
    let body = ["articleBody", "text", "description"].iter();
    let body = body.filter_map(|key| post.get(key)).map(text);
    Update {
        published: time(post, "datePublished").or_else(|| time(post, "dateCreated")),
        modified: time(post, "dateModified"),
        headline: first_line(post, "headline").or_else(|| first_line(post, "name")),
        byline: names::read(&authors(post, graph), sites).people,
        body: body
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        url: addresses(post).into_iter().next(),
    }
}

fn says_something(update: &Update) -> bool {
    update.headline.is_some() || !update.body.is_empty()
}

/// The text of a body: of a string, of an object round one, or of a list.
fn text(body: &Json<'_>) -> String {
    match body {
        Json::Text(text) => plain::lines(text),
        Json::Bare(_) => String::new(),
        Json::List(values) => {
            let texts: Vec<String> = values.iter().map(text).filter(|t| !t.is_empty()).collect();
            texts.join("\n")
        }
        Json::Object(_) => {
            let keys = [
                "articleBody",
                "text",
                "value",
                "@value",
                "description",
                "name",
            ];
            let inner = keys.iter().filter_map(|key| body.get(key));
            inner
                .map(text)
                .find(|text| !text.is_empty())
                .unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::json::parse;
    use super::*;

    #[test]
    fn bodies_are_read_whatever_their_shape() {
        let scripts = parse(
            r##"{"@type": "LiveBlogPosting", "coverageStartTime": "2025-02-25T09:00:00Z",
              "liveBlogUpdate": [
                {"headline": "Talks resume", "articleBody": "<p>At <b>ten</b>.</p><p>In Keld.</p>",
                 "datePublished": "2025-02-25T10:00:00.000Z", "author": {"name": "By Ada Moss"},
                 "url": "https://keld.example/live#1"},
                {"articleBody": {"@type": "Text", "value": "Rain &amp; wind."}},
                {"articleBody": {"@type": "Text"}, "text": ["One.", {"text": "Two."}]},
                {"articleBody": {"@type": "Text"}},
                {"@id": "#four"},
                null, 7
              ]}
              {"@id": "#four", "headline": "By reference"}"##,
        );
        let graph = Graph::of(&scripts);
        let live = live_blog(&scripts[0], &graph, None).unwrap();
        assert_eq!(live.start.as_deref(), Some("2025-02-25T09:00:00Z"));
        let first = &live.updates[0];
        assert_eq!(first.published.as_deref(), Some("2025-02-25T10:00:00Z"));
        assert_eq!(first.byline, ["Ada Moss"]);
        assert_eq!(first.url.as_deref(), Some("https://keld.example/live#1"));
        let bodies: Vec<_> = live.updates.iter().map(|u| u.body.as_str()).collect();
        assert_eq!(
            bodies,
            ["At ten.\nIn Keld.", "Rain & wind.", "One.\nTwo.", ""]
        );
        assert_eq!(live.updates[3].headline.as_deref(), Some("By reference"));
    }

    #[test]
    fn an_article_without_posts_is_no_liveblog() {
        let scripts = parse(r#"{"liveBlogUpdate": [{}, null]}"#);
        assert_eq!(live_blog(&scripts[0], &Graph::of(&scripts), None), None);
    }
}
