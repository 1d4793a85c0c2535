//! One entry of a feed.

use cleancopy_model::{BlockKind, Draft, Metadata, SectionKind};
use feed_rs::model::{Entry, Feed, Person, Text};

use super::times::Times;
use super::{page, plain, tag};
use crate::html::{HtmlBlock, html_blocks};

/// Elements that show markup in a text that is said to have none.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "s", "small", "span", "strong",
    "sub", "sup", "u",
];

/// Elements that show the same in a longer text.
const PARAGRAPHS: &[&str] = &["p", "div", "ul", "ol", "h2", "h3", "blockquote", "table"];

/// A text of a feed on one line.
pub(super) fn line(text: &Text) -> String {
    let is_html = is_html(text.content_type.as_ref()) || closes(&text.content, INLINE);
    plain(&text.content, is_html)
}

/// The name of a person, else the address.
pub(super) fn name(person: &Person) -> Option<String> {
    let name = person.name.as_deref().or(person.email.as_deref())?;
    let name = plain(name, closes(name, INLINE));
    // What is left of `desk@keld.example (Ada Moss)`.
    let bare = name.strip_prefix('(').and_then(|n| n.strip_suffix(')'));
    let name = bare.unwrap_or(&name).to_owned();
    Some(name).filter(|name| !name.is_empty())
}

/// Adds an entry to a draft: as a section of its own, with its title as the
/// headline, its text, and what is known about it.
pub(super) fn write(entry: &Entry, feed: &Feed, times: &Times, draft: &mut Draft) {
    let (text, other) = texts(entry);
    let mut metadata = Metadata::new();
    let mut know = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            metadata.add(key, &value);
        }
    };
    let id = entry.id.trim().to_owned();
    let is_address = id.starts_with("http://") || id.starts_with("https://");
    know("url", page(&entry.links));
    know("url", is_address.then(|| id.clone()));
    know("id", Some(id));
    let language = tag(entry.language.as_deref());
    know(
        "language",
        language.filter(|own| tag(feed.language.as_deref()).as_ref() != Some(own)),
    );
    let (published, modified) = (times.of(entry.published), times.of(entry.updated));
    know(
        "modified",
        modified.filter(|modified| published.as_ref() != Some(modified)),
    );
    know("published", published);
    entry
        .authors
        .iter()
        .for_each(|person| know("byline", name(person)));
    let said = joined(&text);
    know("summary", news(&said, &joined(&other)));
    described(entry).for_each(|text| know("caption", news(&said, &line(text))));

    draft.begin(SectionKind::Item, metadata);
    if let Some(title) = &entry.title {
        draft.block(BlockKind::Headline, &line(title));
    }
    for block in text {
        match block.close {
            true => draft.line(block.kind, &block.text),
            false => draft.block(block.kind, &block.text),
        }
    }
}

/// The text of an entry, and the shorter one of content and summary.
fn texts(entry: &Entry) -> (Vec<HtmlBlock>, Vec<HtmlBlock>) {
    let content = entry.content.as_ref().and_then(|content| {
        let kind = content.content_type.as_ref();
        content.body.as_ref().map(|body| blocks(body, kind))
    });
    let summary = entry.summary.as_ref();
    let summary = summary.map(|text| blocks(&text.content, text.content_type.as_ref()));
    let (content, summary) = (content.unwrap_or_default(), summary.unwrap_or_default());
    let (first, second) = match length(&summary) > length(&content) {
        true => (summary, content),
        false => (content, summary),
    };
    if !first.is_empty() {
        return (first, second);
    }
    // The text of a film's page stands beside the film.
    let lines = described(entry).flat_map(|text| text.content.lines());
    let described = lines.map(|line| HtmlBlock::paragraph(plain(line, false)));
    (described.collect(), Vec::new())
}

/// A text, if another one does not say it too; dots at its end may stand for
/// the rest of the other.
fn news(other: &str, text: &str) -> Option<String> {
    let cut = text.trim_end_matches(|c: char| c.is_whitespace() || "….[]".contains(c));
    (!other.contains(cut)).then(|| text.to_owned())
}

fn described(entry: &Entry) -> impl Iterator<Item = &Text> {
    entry.media.iter().filter_map(|m| m.description.as_ref())
}

fn blocks(text: &str, kind: &str) -> Vec<HtmlBlock> {
    if is_html(kind) || closes(text, INLINE) || closes(text, PARAGRAPHS) {
        return html_blocks(text);
    }
    // Anything else, such as a picture, is no text.
    if !kind.starts_with("text/") {
        return Vec::new();
    }
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            _ => paragraphs.push(String::new()),
        }
    }
    paragraphs.retain(|text| !text.is_empty());
    paragraphs.into_iter().map(HtmlBlock::paragraph).collect()
}

fn is_html(kind: &str) -> bool {
    kind.contains("html")
}

/// Whether one of these elements ends in a text, or a line does.
fn closes(text: &str, elements: &[&str]) -> bool {
    let mut ends = text.match_indices("</").map(|(at, _)| &text[at + 2..]);
    text.contains("<br")
        || ends.any(|rest| {
            let name = rest.split('>').next().unwrap_or_default();
            elements.contains(&name.to_ascii_lowercase().as_str())
        })
}

fn length(blocks: &[HtmlBlock]) -> usize {
    blocks.iter().map(|block| block.text.len()).sum()
}

fn joined(blocks: &[HtmlBlock]) -> String {
    let texts: Vec<_> = blocks.iter().map(|b| b.text.as_str()).collect();
    texts.join(" ")
}
