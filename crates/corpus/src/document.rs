//! From a record to a document.

use std::borrow::Cow;

use cleancopy_model::Document;
use cleancopy_read::read;
use serde_json::Value;

use crate::container::{Body, Fields, Pair, Record};

/// What a record could not be read from, and why.
type Unread<'b> = (String, Cow<'b, [u8]>);

/// The document of a record, and what it was read from unless that is its
/// source. The record's body is empty then. `place` names what has no id.
///
/// # Errors
/// Why it cannot be read, and what.
#[expect(
    clippy::type_complexity,
    reason = "two answers that stand nowhere else"
)]
pub fn document_of<'b>(
    record: &mut Record<'b>,
    place: impl FnOnce() -> String,
) -> Result<(Document, Option<Cow<'b, [u8]>>), Unread<'b>> {
    let id = record.id.as_ref().map_or_else(place, |id| id.to_string());
    let body = std::mem::replace(&mut record.body, Body::Text(Cow::Borrowed("")));
    let (mut document, original) = match body {
        Body::Text(text) => (Document::from_text(id, text), None),
        Body::Bytes(bytes, expect, encoding) => match read(&id, bytes.to_vec(), encoding, expect) {
            Ok(document) => (document, Some(bytes)),
            Err(error) => return Err((error.to_string(), bytes)),
        },
    };
    if let Some(url) = &record.url {
        document.url = Some(url.to_string());
    }
    Ok((document, original))
}

impl Fields<'_> {
    /// The value of a field.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Value> {
        let made = match self {
            Self::Json(line) => line.pairs(),
            Self::Lazy(pairs) => pairs(),
            Self::Pairs(pairs) => return value(pairs, name),
        };
        value(&made, name)
    }
}

fn value(pairs: &[Pair<'_>], name: &str) -> Option<Value> {
    let (_, json) = pairs.iter().find(|(known, _)| known == name)?;
    serde_json::from_str(json).ok()
}
