//! Checking the XML of a feed, with the place of what is wrong, and mending
//! what a feed parser would stumble over or lose.
//!
//! A feed parser that meets `<description>Ferry <b>sails</b> again</description>`
//! reads `Ferry ` and drops the rest, for markup belongs escaped in a feed:
//!
//! ```text
//! <description>Ferry <b>sails</b> again</description>
//! -> <description>Ferry &lt;b&gt;sails&lt;/b&gt; again</description>
//! ```

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

use crate::ReadError;
use crate::error::Place;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// Prefixes that feeds use, also without declaring them.
const PREFIXES: &[(&str, &str)] = &[
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", "http://search.yahoo.com/mrss/"),
];

/// Versions of RSS that the parser knows; it reads all others as 2.0.
const VERSIONS: &[&str] = &["2.0", "0.91", "0.92"];

/// What holds text in RSS, whatever its prefix.
const RSS_TEXTS: &[&str] = &[
    "title",
    "description",
    "encoded",
    "summary",
    "subtitle",
    "creator",
];

/// What holds text in Atom.
const ATOM_TEXTS: &[&str] = &["title", "subtitle", "summary", "content", "rights"];

/// XML that is well-formed, and ready for the feed parser.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) xml: String,
    /// How many items or entries there are.
    pub(super) items: usize,
}

/// Checks a whole document and mends it. Lines stay where they are.
///
/// # Errors
/// [`ReadError::BrokenXml`] and [`ReadError::NoFeed`].
pub(super) fn check(source: &str) -> Result<Checked, ReadError> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.trim_markup_names_in_closing_tags = true;
    let mut checker = Checker::new(source);
    loop {
        let start = offset(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let at = offset(reader.error_position());
            broken(source, at, error.to_string())
        })?;
        let raw = &source[start..offset(reader.buffer_position())];
        match event {
            Event::Start(tag) => checker.start(&tag, raw, start)?,
            Event::Empty(tag) => checker.empty(&tag, raw, start)?,
            Event::End(_) => checker.end(raw),
            Event::Text(_) => checker.text(&raw.replace('&', "&amp;")),
            Event::CData(text) => checker.cdata(raw, &text),
            Event::GeneralRef(reference) if reference.resolve_char_ref().is_err() => {
                checker.text(&raw.replace('&', "&amp;"));
            }
            Event::GeneralRef(_) => checker.text(raw),
            Event::Eof => break,
            // Entities that a document type defines are never expanded.
            Event::Decl(_) | Event::DocType(_) | Event::PI(_) | Event::Comment(_) => {
                checker.skip(raw);
            }
        }
        if checker.is_done() {
            break;
        }
    }
    checker.finish()
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn broken(source: &str, at: usize, problem: String) -> ReadError {
    let place = Place::of(source, at);
    ReadError::BrokenXml { place, problem }
}

/// The two families of formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Rss,
    Atom,
}

/// An element that holds text.
struct Field {
    /// How many elements are open inside it.
    depth: usize,
    /// Where its start tag begins, and where its content begins, in the output.
    tag: usize,
    inner: usize,
    /// Its content as markup, with CDATA sections opened up.
    markup: String,
    /// Whether there is an element inside it.
    has_elements: bool,
}

struct Checker<'s> {
    source: &'s str,
    out: String,
    /// The open elements, and where they start in the source.
    open: Vec<(&'s str, usize)>,
    family: Option<Family>,
    field: Option<Field>,
    items: usize,
}

impl<'s> Checker<'s> {
    fn new(source: &'s str) -> Self {
        Self {
            source,
            out: String::with_capacity(source.len() + 256),
            open: Vec::new(),
            family: None,
            field: None,
            items: 0,
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, raw: &'s str, at: usize) -> Result<(), ReadError> {
        let mended = self.mended(tag, raw)?;
        self.count(tag);
        self.open.push((name_of(raw), at));
        if let Some(field) = &mut self.field {
            field.has_elements = true;
            field.depth += 1;
            field.markup.push_str(raw);
        } else if self.holds_text(tag) {
            self.field = Some(Field {
                depth: 0,
                tag: self.out.len(),
                inner: self.out.len() + mended.len(),
                markup: String::new(),
                has_elements: false,
            });
        }
        self.out.push_str(&mended);
        Ok(())
    }

    fn empty(&mut self, tag: &BytesStart<'_>, raw: &'s str, at: usize) -> Result<(), ReadError> {
        if self.open.is_empty() {
            let mended = self.mended(tag, raw)?;
            self.out.push_str(&mended);
            self.open.push((name_of(raw), at));
            self.end(&format!("</{}>", name_of(raw)));
            return Ok(());
        }
        self.count(tag);
        if let Some(field) = &mut self.field {
            field.has_elements = true;
            field.markup.push_str(raw);
        } else if self.holds_text(tag) {
            self.skip(raw);
            return Ok(());
        }
        self.out.push_str(raw);
        Ok(())
    }

    fn end(&mut self, raw: &str) {
        self.open.pop();
        match self.field.take() {
            Some(mut field) if field.depth > 0 => {
                field.depth -= 1;
                field.markup.push_str(raw);
                self.field = Some(field);
            }
            // An empty element says nothing, and some of them the parser refuses.
            Some(field) if self.out[field.inner..].trim().is_empty() => {
                let gone = self.out.split_off(field.tag);
                return self.skip(&gone);
            }
            Some(field) if field.has_elements => {
                self.out.truncate(field.inner);
                self.out.push_str(&escape(field.markup.as_str()));
            }
            _ => {}
        }
        self.out.push_str(raw);
    }

    fn text(&mut self, text: &str) {
        if self.open.is_empty() {
            return self.skip(text);
        }
        if let Some(field) = &mut self.field {
            field.markup.push_str(text);
        }
        self.out.push_str(text);
    }

    fn cdata(&mut self, raw: &str, text: &str) {
        if let Some(field) = &mut self.field {
            field.markup.push_str(text);
        }
        self.out.push_str(raw);
    }

    /// Leaves something out, but not its line ends.
    fn skip(&mut self, raw: &str) {
        self.out.extend(raw.chars().filter(|c| *c == '\n'));
    }

    fn is_done(&self) -> bool {
        self.family.is_some() && self.open.is_empty()
    }

    fn finish(self) -> Result<Checked, ReadError> {
        if let Some((name, at)) = self.open.last() {
            let opened = Place::of(self.source, *at);
            let problem = format!("it ends inside `<{name}>`, which opens at {opened}");
            return Err(broken(self.source, self.source.len(), problem));
        }
        if self.family.is_none() {
            let found = "there is no element at all".to_owned();
            return Err(ReadError::NoFeed { found });
        }
        let (xml, items) = (self.out, self.items);
        Ok(Checked { xml, items })
    }

    fn count(&mut self, tag: &BytesStart<'_>) {
        let item = match self.family {
            Some(Family::Rss) => "item",
            _ => "entry",
        };
        let inside = self.open.last().map(|(name, _)| local(name));
        let holds_items = matches!(inside, None | Some("channel" | "RDF" | "feed"));
        if tag.local_name().as_ref() == item && holds_items {
            self.items += 1;
        }
    }

    /// Whether an element holds text that may have markup inside it.
    fn holds_text(&self, tag: &BytesStart<'_>) -> bool {
        let (name, local) = (tag.name(), tag.local_name());
        match self.family {
            Some(Family::Rss) => RSS_TEXTS.contains(&local.as_ref()),
            // `media:content` is another thing: the prefix must be the feed's.
            Some(Family::Atom) => {
                let feed = self.open.first().map_or("", |(name, _)| prefix(name));
                ATOM_TEXTS.contains(&local.as_ref())
                    && prefix(name.as_ref()) == feed
                    && attribute(tag, "type").is_none_or(|t| canonical_type(&t) != "xhtml")
            }
            None => false,
        }
    }

    /// The start tag as the parser is to see it.
    fn mended<'r>(
        &mut self,
        tag: &BytesStart<'_>,
        raw: &'r str,
    ) -> Result<Cow<'r, str>, ReadError> {
        if self.family.is_none() {
            return self.mended_root(tag).map(Cow::Owned);
        }
        let is_atom_text = self.family == Some(Family::Atom)
            && self.field.is_none()
            && ATOM_TEXTS.contains(&tag.local_name().as_ref())
            && !tag.name().as_ref().starts_with("media:");
        let given = attribute(tag, "type").filter(|_| is_atom_text);
        Ok(match given {
            Some(given) if canonical_type(&given) != given => {
                Cow::Owned(with_attributes(tag, &[("type", canonical_type(&given))]))
            }
            _ => Cow::Borrowed(raw),
        })
    }

    fn mended_root(&mut self, tag: &BytesStart<'_>) -> Result<String, ReadError> {
        let name = tag.name();
        let (name, local) = (name.as_ref(), tag.local_name());
        let mut set: Vec<(&str, &str)> = PREFIXES
            .iter()
            .copied()
            .filter(|(key, _)| attribute(tag, key).is_none())
            .collect();
        self.family = Some(match local.as_ref() {
            "rss" => {
                let version = attribute(tag, "version").unwrap_or_default();
                if !VERSIONS.contains(&version.as_str()) {
                    set.push(("version", "2.0"));
                }
                // RSS 2.0 has no namespace, but some feeds give it one.
                if attribute(tag, "xmlns").is_some() {
                    set.push(("xmlns", "http://purl.org/rss/1.0/"));
                }
                Family::Rss
            }
            "RDF" => Family::Rss,
            "feed" | "entry" => {
                if prefix(name).is_empty() {
                    set.push(("xmlns", ATOM));
                }
                Family::Atom
            }
            _ => {
                let found = format!("the document is a `<{name}>`");
                return Err(ReadError::NoFeed { found });
            }
        });
        Ok(with_attributes(tag, &set))
    }
}

/// The name in a raw tag.
fn name_of(raw: &str) -> &str {
    let rest = raw.trim_start_matches('<');
    let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    &rest[..end.unwrap_or(rest.len())]
}

fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

/// The raw value of an attribute.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes.with_checks(false).flatten();
    found
        .into_iter()
        .find(|a| a.key.as_ref() == name)
        .map(|a| a.value.into_owned())
}

/// A start tag with some attributes set.
fn with_attributes(tag: &BytesStart<'_>, set: &[(&str, &str)]) -> String {
    let name = tag.name();
    let mut mended = BytesStart::new(name.as_ref());
    for kept in tag.attributes().with_checks(false).flatten() {
        if set.iter().all(|(key, _)| *key != kept.key.as_ref()) {
            let value = kept.value.replace('"', "&quot;");
            mended.push_attribute(Attribute {
                key: kept.key,
                value: Cow::Owned(value),
            });
        }
    }
    set.iter().for_each(|pair| mended.push_attribute(*pair));
    format!("<{}>", &*mended)
}

/// The type of an Atom text in one of the spellings that the parser knows.
fn canonical_type(given: &str) -> &'static str {
    let given = given.trim().to_ascii_lowercase();
    match given.as_str() {
        given if given.contains("xhtml") || given.ends_with("xml") => "xhtml",
        given if given.contains("html") => "html",
        given if given.contains('/') && !given.starts_with("text/") => "application/octet-stream",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(xml: &str) -> String {
        check(xml).unwrap().xml
    }

    #[test]
    fn markup_that_is_not_escaped_is() {
        let xml = "<rss version=\"2.0\"><channel><item>\
            <title>Ferry <b>sails &amp; docks</b></title>\
            <description>R&D <![CDATA[<p>one</p>]]> <br/>two &#0;</description>\
            <link/></item></channel></rss>";
        let mended = mended(xml);
        assert!(
            mended.contains("<title>Ferry &lt;b&gt;sails &amp;amp; docks&lt;/b&gt;</title>"),
            "{mended}"
        );
        assert!(
            mended.contains("R&amp;amp;D &lt;p&gt;one&lt;/p&gt; &lt;br/&gt;two &amp;amp;#0;<"),
            "{mended}"
        );
    }

    #[test]
    fn atom_markup_keeps_its_elements_and_gets_a_known_type() {
        let xml = "<feed xmlns=\"http://purl.org/atom/ns#\">\n<entry>\
            <title type=\"text/plain\">T</title><summary type=\"x/y\"/>\
            <content type=\"application/xhtml+xml\"><p>a</p></content></entry></feed>";
        let mended = mended(xml);
        assert!(
            mended.contains("<title type=\"text\">T</title>"),
            "{mended}"
        );
        assert!(
            mended.contains("<content type=\"xhtml\"><p>a</p></content>"),
            "{mended}"
        );
        assert!(mended.contains("xmlns=\"http://www.w3.org/2005/Atom\""));
        assert!(!mended.contains("<summary"), "{mended}");
    }

    #[test]
    fn what_is_broken_is_told_with_its_place() {
        let said = |xml: &str| check(xml).unwrap_err().to_string();
        let crossed = said("<rss>\n<channel>\n<item><title>é</item></channel></rss>");
        assert!(crossed.starts_with("line 3, column 15: "), "{crossed}");
        let cut = said("<rss>\n<channel>\n  <item><title>x</title>");
        assert!(
            cut.contains("ends inside `<item>`, which opens at line 3, column 3"),
            "{cut}"
        );
        let map = said("<?xml version='1.0'?>\n<urlset><url/></urlset>");
        assert!(map.contains("the document is a `<urlset>`"), "{map}");
        assert!(said("").contains("no element at all"));
    }
}
