//! One line: an object of which only some fields are looked at.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use cleancopy_read::{Encoding, Expect};
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::cleaned::FIELD;
use crate::container::{Body, FieldNames, Fields, Pair, Record};

/// A JSON object as it stands, and where the fields lie that mean something.
#[derive(Debug, Clone, Copy)]
pub struct JsonLine<'b> {
    source: &'b str,
    found: Found<'b>,
}

/// The values of the fields that mean something, as they stand.
#[derive(Debug, Clone, Copy, Default)]
struct Found<'b> {
    id: Option<&'b RawValue>,
    text: Option<&'b RawValue>,
    url: Option<&'b RawValue>,
    html: Option<&'b RawValue>,
    about: Option<&'b RawValue>,
}

/// What names a line that cannot be read, and what is wrong with it.
pub(super) type Refused<'b> = (Option<Cow<'b, str>>, String);

impl<'b> JsonLine<'b> {
    /// Finds the fields of a line without the white space round it.
    pub(super) fn read(source: &'b str, names: &FieldNames) -> Result<Self, Refused<'b>> {
        let mut parser = serde_json::Deserializer::from_str(source);
        let found = parser.deserialize_map(Find(names)).and_then(|found| {
            parser.end()?;
            Ok(found)
        });
        match found {
            Ok(found) => Ok(Self { source, found }),
            Err(error) => Err((None, format!("this line is no JSON object: {error}"))),
        }
    }

    /// The record of this line.
    pub(super) fn record(self, number: u64, names: &FieldNames) -> Result<Record<'b>, Refused<'b>> {
        let Found {
            id,
            text,
            url,
            html,
            ..
        } = self.found;
        let id = id.map(name);
        let body = match (text.and_then(string), html.and_then(string)) {
            (Some(text), _) => Body::Text(text),
            (None, Some(html)) => {
                Body::Bytes(into_bytes(html), Expect::Html, Some(Encoding::UTF_8))
            }
            (None, None) => return Err((id, self.lacks(names))),
        };
        Ok(Record {
            number,
            id,
            url: url.and_then(string),
            body,
            fields: Fields::Json(self),
        })
    }

    /// All fields in their order, the values as JSON.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair<'b>> {
        // It was read before, so it can be read again.
        pairs_of(self.source)
    }

    /// The object as it stands.
    #[must_use]
    pub fn source(&self) -> &'b str {
        self.source
    }

    /// Where the value of the text stands, if there is one; bytes, half-open.
    pub(super) fn text(&self) -> Option<Range<usize>> {
        self.found.text.map(|value| self.range(value))
    }

    /// Where the value stands that says what happened to the record before.
    pub(super) fn about(&self) -> Option<Range<usize>> {
        self.found.about.map(|value| self.range(value))
    }

    /// Whether the text is what the document was read from.
    pub(super) fn has_text(&self) -> bool {
        self.found
            .text
            .is_some_and(|value| value.get().starts_with('"'))
    }

    fn range(&self, value: &RawValue) -> Range<usize> {
        let start = value.get().as_ptr() as usize - self.source.as_ptr() as usize;
        start..start + value.get().len()
    }

    fn lacks(&self, names: &FieldNames) -> String {
        let there = self.pairs().into_iter().map(|(name, _)| name.into_owned());
        format!(
            "no text in `{}` and no page in `{}`; name the field with --html-field or \
             --text-field (here are: {})",
            names.text,
            names.html,
            there.collect::<Vec<_>>().join(", ")
        )
    }
}

/// All fields of a JSON object in their order; none of anything else.
pub(crate) fn pairs_of(source: &str) -> Vec<Pair<'_>> {
    let mut parser = serde_json::Deserializer::from_str(source);
    parser.deserialize_map(Pairs).unwrap_or_default()
}

/// A value that is a string.
fn string(value: &RawValue) -> Option<Cow<'_, str>> {
    let json = value.get();
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    match memchr::memchr(b'\\', inner.as_bytes()) {
        // The parser has been over it: without an escape it stands for itself.
        None => Some(Cow::Borrowed(inner)),
        Some(_) => serde_json::from_str(json).ok().map(Cow::Owned),
    }
}

/// A name as it stands, without quotation marks.
fn name(value: &RawValue) -> Cow<'_, str> {
    string(value).unwrap_or(Cow::Borrowed(value.get()))
}

fn into_bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// Finds the fields with these names.
struct Find<'n>(&'n FieldNames);

impl<'b> Visitor<'b> for Find<'_> {
    type Value = Found<'b>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (names, mut found) = (self.0, Found::default());
        while let Some(Name(name)) = map.next_key()? {
            let place = match &*name {
                name if name == names.text => &mut found.text,
                name if name == names.html => &mut found.html,
                name if name == names.id => &mut found.id,
                name if name == names.url => &mut found.url,
                FIELD => &mut found.about,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            *place = Some(map.next_value()?);
        }
        Ok(found)
    }
}

/// Finds all fields.
struct Pairs;

impl<'b> Visitor<'b> for Pairs {
    type Value = Vec<Pair<'b>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'b>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((Name(name), value)) = map.next_entry::<_, &RawValue>()? {
            pairs.push((name, Cow::Borrowed(value.get())));
        }
        Ok(pairs)
    }
}

/// The name of a field, borrowed where no escape stands in it.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Name<'b>(#[serde(borrow)] Cow<'b, str>);
