//! JSON-LD with the words of schema.org: what search engines and archives read.
//!
//! An article is a `NewsArticle`, one with entries a `LiveBlogPosting` whose
//! `liveBlogUpdate` holds them, a digest a `@graph` of its items. Nothing that
//! left is in it, and no time that schema.org would not take for one.

use cleancopy_model::{BlockKind, Document, Metadata, Section, SectionKind};
use serde::Serialize;

/// What [`json_ld`] answers; serialise it.
#[derive(Debug, Serialize)]
pub struct JsonLd<'d> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(flatten)]
    content: Content<'d>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Content<'d> {
    One(Box<Work<'d>>),
    Many {
        #[serde(rename = "@graph")]
        graph: Vec<Work<'d>>,
    },
}

/// One `CreativeWork`.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Work<'d> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    source_organization: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage_start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage_end_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dateline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    article_body: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    associated_media: Vec<Media>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    live_blog_update: Vec<Work<'d>>,
}

#[derive(Debug, Serialize)]
struct Named {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
}

#[derive(Debug, Serialize)]
struct Media {
    #[serde(rename = "@type")]
    kind: &'static str,
    caption: String,
}

/// A clean document in the words of schema.org.
#[must_use]
pub fn json_ld(document: &Document) -> JsonLd<'_> {
    let sections = document.sections();
    let mut works: Vec<_> = sections.iter().map(|s| work(document, s)).collect();
    if let [only] = works.as_mut_slice() {
        about_document(only, document);
    }
    JsonLd {
        context: "https://schema.org",
        content: match works.len() {
            1 => Content::One(Box::new(works.remove(0))),
            _ => Content::Many { graph: works },
        },
    }
}

/// One section in the words of schema.org, without those inside it.
pub(crate) fn json_ld_of<'d>(document: &'d Document, section: &Section<'d>) -> JsonLd<'d> {
    let mut own = work(document, section);
    own.live_blog_update.clear();
    if section.kind == SectionKind::Article {
        own.kind = "NewsArticle";
        about_document(&mut own, document);
    }
    JsonLd {
        context: "https://schema.org",
        content: Content::One(Box::new(own)),
    }
}

fn work<'d>(document: &'d Document, section: &Section<'d>) -> Work<'d> {
    let updates: Vec<_> = section.sections.iter().map(|s| work(document, s)).collect();
    let times = || {
        updates
            .iter()
            .filter_map(|update| update.date_published.clone())
    };
    let mut work = Work {
        kind: match section.kind {
            SectionKind::Entry => "BlogPosting",
            _ if updates.is_empty() => "NewsArticle",
            _ => "LiveBlogPosting",
        },
        headline: section.headline.map(|b| document.block_text(b).to_owned()),
        in_language: document.language.as_deref(),
        article_body: body(document, section),
        coverage_start_time: times().min(),
        coverage_end_time: times().max(),
        ..Work::default()
    };
    work.fill(&section.metadata);
    work.live_blog_update = updates;
    work
}

/// What is known about the document is known about its only article.
fn about_document(work: &mut Work<'_>, document: &Document) {
    work.fill(&document.metadata());
    work.url = work.url.take().or_else(|| document.url.clone());
}

impl Work<'_> {
    /// Takes from the metadata what is not known yet.
    fn fill(&mut self, metadata: &Metadata) {
        let one = |key: &str| metadata.get(key).first().cloned();
        let date = |key: &str| one(key).filter(|time| is_date(time));
        let named = |key: &str, kind: &'static str| -> Vec<Named> {
            let names = metadata.get(key).iter().cloned();
            names.map(|name| Named { kind, name }).collect()
        };
        let or = |known: &mut Option<String>, found: Option<String>| {
            *known = known.take().or(found);
        };
        or(&mut self.headline, one("headline"));
        or(&mut self.date_published, date("published"));
        or(&mut self.date_modified, date("modified"));
        or(&mut self.dateline, one("dateline"));
        or(&mut self.article_section, one("section"));
        or(
            &mut self.description,
            one("description").or_else(|| one("summary")),
        );
        or(&mut self.url, one("url"));
        if self.author.is_empty() {
            self.author = named("byline", "Person");
        }
        if self.source_organization.is_empty() {
            self.source_organization = named("agency", "Organization");
        }
        if self.publisher.is_none() {
            self.publisher = named("site", "Organization").pop();
        }
        if self.associated_media.is_empty() {
            let captions = metadata.get("caption").iter().cloned();
            let kind = "ImageObject";
            self.associated_media = captions.map(|caption| Media { kind, caption }).collect();
        }
    }
}

/// Whether a value is a date by ISO 8601, with or without a time.
fn is_date(value: &str) -> bool {
    let mut shape = value
        .bytes()
        .map(|b| if b.is_ascii_digit() { b'0' } else { b });
    "0000-00-00"
        .bytes()
        .all(|wanted| shape.next() == Some(wanted))
}

/// The paragraphs of a section, with a blank line between, without its headline
/// and its time.
fn body(document: &Document, section: &Section<'_>) -> String {
    let texts = section
        .blocks
        .iter()
        .filter(|b| b.kind() != BlockKind::Time);
    let texts: Vec<_> = texts.map(|b| document.block_text(b).trim()).collect();
    texts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_model::{Draft, Origin};
    use serde_json::json;

    fn entry(published: &str) -> Metadata {
        let mut metadata = Metadata::new();
        metadata.add("published", published);
        metadata
    }

    #[test]
    fn a_liveblog_holds_its_updates() {
        let mut draft = Draft::new();
        draft.know("byline", "Ada Quist");
        draft.block(BlockKind::Headline, "Harbour strike – live");
        draft.block(BlockKind::Paragraph, "Follow the day here.");
        draft.begin(SectionKind::Entry, entry("2024-03-02T15:04:00Z"));
        draft.block(BlockKind::Time, "15:04");
        draft.block(BlockKind::Paragraph, "The ferry sails.");
        draft.begin(SectionKind::Entry, entry("1h ago"));
        draft.block(BlockKind::Paragraph, "Talks go on.");
        let document = draft.finish("d", Origin::Feed);
        let found = serde_json::to_value(json_ld(&document)).unwrap();
        let expected = json!({
            "@context": "https://schema.org",
            "@type": "LiveBlogPosting",
            "headline": "Harbour strike – live",
            "author": [{"@type": "Person", "name": "Ada Quist"}],
            "articleBody": "Follow the day here.",
            "coverageStartTime": "2024-03-02T15:04:00Z",
            "coverageEndTime": "2024-03-02T15:04:00Z",
            "liveBlogUpdate": [
                {"@type": "BlogPosting", "datePublished": "2024-03-02T15:04:00Z",
                 "articleBody": "The ferry sails."},
                {"@type": "BlogPosting", "articleBody": "Talks go on."},
            ],
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn a_digest_is_a_graph_of_its_items() {
        let mut draft = Draft::new();
        for title in ["Pier sold", "Tower sold"] {
            draft.begin(SectionKind::Item, Metadata::new());
            draft.block(BlockKind::Headline, title);
            draft.block(BlockKind::Paragraph, "To the town.");
        }
        let document = draft.finish("d", Origin::Feed);
        let found = serde_json::to_value(json_ld(&document)).unwrap();
        assert_eq!(found["@graph"][1]["headline"], "Tower sold");
        assert_eq!(found["@graph"][0]["@type"], "NewsArticle");
    }
}
