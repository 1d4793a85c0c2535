//! RSS 2.0, RSS 1.0 and Atom to documents.

mod item;
mod times;
mod xml;

use cleancopy_model::{Document, Draft, Origin};
use feed_rs::model::{Feed, Link};
use feed_rs::parser::{Builder, ParseErrorKind, ParseFeedError};

use crate::encoding::of_xml;
use crate::html::html_line;
use crate::{Encoding, ReadError, decode};
use times::Times;
use xml::{Checked, check};

/// How far into a file its first element is looked for, in bytes.
const HEAD: usize = 4096;

/// Reads an RSS or Atom feed into a document: one section of kind `item` per
/// entry, with its title as headline and its content as blocks.
///
/// The encoding is the one given, else the one a byte-order mark or the XML
/// declaration names, else UTF-8. The content is taken where it is longer than
/// the summary; the other one becomes the item's metadata `summary` unless it
/// says nothing more. An item with neither title nor text is left out.
///
/// # Errors
/// [`ReadError::BrokenXml`] with the place, [`ReadError::NoFeed`],
/// [`ReadError::UnreadableFeed`], and whatever [`decode`] answers.
pub fn read_feed(id: &str, bytes: Vec<u8>, given: Option<Encoding>) -> Result<Document, ReadError> {
    let known = match given {
        Some(given) => Some(given),
        None => of_xml(&bytes)?,
    };
    let (text, encoding) = decode(bytes, known)?;
    let checked = check(text.trim_start_matches('\u{feff}'))?;
    let times = Times::default();
    let feed = parse(&checked, &times)?;
    let mut document = document(id, &feed, &times);
    document.encoding = encoding.name().to_owned();
    Ok(document)
}

/// Whether bytes are a feed, judged by their first element and what stands
/// in it. Text that merely begins with `<` is none.
#[must_use]
pub fn looks_like_feed(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head: String = match head {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => narrow(head, 0),
        [0xfe, 0xff, ..] | [0, b'<', ..] => narrow(head, 1),
        _ => String::from_utf8_lossy(head).into_owned(),
    };
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let Some(root) = root(head) else {
        return false;
    };
    let name = root.split(|c: char| c.is_whitespace() || c == '>').next();
    match name.map(|name| name.rsplit(':').next().unwrap_or(name)) {
        Some("rss") => root.contains("version=") || root.contains("<channel"),
        Some("RDF") => root.contains("purl.org/rss/") || root.contains("netscape.com/rdf"),
        Some("feed" | "entry") => {
            root.contains("www.w3.org/2005/Atom") || root.contains("purl.org/atom/ns#")
        }
        _ => false,
    }
}

/// UTF-16 as far as it is ASCII; the low bytes stand at `low`.
fn narrow(bytes: &[u8], low: usize) -> String {
    let low = bytes.chunks_exact(2).map(|pair| pair[low]);
    low.filter(u8::is_ascii).map(char::from).collect()
}

/// What follows the `<` of the first element.
fn root(mut head: &str) -> Option<&str> {
    loop {
        let rest = head.trim_start().strip_prefix('<')?;
        let end = match rest {
            _ if rest.starts_with("!--") => "-->",
            _ if rest.starts_with('?') => "?>",
            _ if rest.starts_with('!') => ">",
            _ => return Some(rest),
        };
        head = &rest[rest.find(end)? + end.len()..];
    }
}

fn parse(checked: &Checked, times: &Times) -> Result<Feed, ReadError> {
    let kept = times.clone();
    let parser = Builder::new()
        .sanitize_content(false)
        // Made-up ids would differ from run to run.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |written| kept.keep(written))
        .build();
    let feed = parser.parse(checked.xml.as_bytes()).map_err(unreadable)?;
    if feed.entries.len() == checked.items {
        return Ok(feed);
    }
    let (read, items) = (feed.entries.len(), checked.items);
    Err(ReadError::UnreadableFeed(format!(
        "only {read} of its {items} items are where and as they should be (in RSS 1.0 each needs \
         a link)"
    )))
}

fn unreadable(error: ParseFeedError) -> ReadError {
    ReadError::UnreadableFeed(match error {
        ParseFeedError::XmlReader(error) => error.to_string(),
        ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot) => {
            "there is no `<channel>` in it".to_owned()
        }
        ParseFeedError::ParseError(ParseErrorKind::MissingContent { reference, .. }) => {
            format!("an element has no {reference}")
        }
        other => other.to_string(),
    })
}

fn document(id: &str, feed: &Feed, times: &Times) -> Document {
    let mut draft = Draft::new();
    let text = |text: &Option<feed_rs::model::Text>| text.as_ref().map(item::line);
    let facts = [
        ("title", text(&feed.title)),
        ("description", text(&feed.description)),
        ("published", times.of(feed.published)),
        ("modified", times.of(feed.updated)),
        ("rights", text(&feed.rights)),
    ];
    let names = feed.authors.iter().filter_map(item::name);
    let names = names.map(|name| ("byline", Some(name)));
    for (key, value) in facts.into_iter().chain(names) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            draft.know(key, &value);
        }
    }
    for entry in &feed.entries {
        item::write(entry, feed, times, &mut draft);
    }
    let mut document = draft.finish(id, Origin::Feed);
    document.url = page(&feed.links);
    document.language = tag(feed.language.as_deref());
    document
}

/// The address of the page that links stand for.
fn page(links: &[Link]) -> Option<String> {
    let is_page = |link: &&Link| {
        link.target.is_none() && matches!(link.rel.as_deref(), None | Some("alternate"))
    };
    let link = links.iter().find(is_page)?;
    Some(link.href.clone()).filter(|href| !href.is_empty())
}

fn tag(language: Option<&str>) -> Option<String> {
    let language = language.map(str::trim).filter(|tag| !tag.is_empty())?;
    Some(language.replace('_', "-"))
}

/// The text of a value that may be HTML.
fn plain(text: &str, is_html: bool) -> String {
    if is_html {
        return html_line(text);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
