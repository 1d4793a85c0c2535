//! From the JSON of a clean document back to its source.

use std::collections::BTreeMap;

use cleancopy_model::{Missing, RestoreError, restore_line};

use crate::json::{DocumentJson, OfJson, SCHEMA, SectionJson, sha256};

/// A source that cannot be rebuilt from this JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreJsonError {
    /// It is JSON of another kind or version.
    #[error("the schema is `{0}`, this program restores `{SCHEMA}`")]
    OtherSchema(String),
    /// The source was no plain text.
    #[error(
        "the source was a feed, and only plain text can be restored; keep the feed itself, and \
         see `sections` for what was kept of it and `removed` for what was not"
    )]
    NotText,
    /// A line does not fit together.
    #[error("line {line}, {error}; was the file edited?")]
    Line {
        /// 1-based line of the source.
        line: u32,
        /// What does not fit.
        error: RestoreError,
    },
    /// Something stands on a line that the source does not have.
    #[error(
        "there is text for line {line}, but the source has {lines} lines; was the file edited?"
    )]
    BeyondEnd {
        /// The line.
        line: u32,
        /// How many lines the layout says there are.
        lines: u32,
    },
    /// Everything fits together, but it is not the source.
    #[error("what can be rebuilt is not the source (its SHA-256 differs); was the file edited?")]
    NotTheSource,
}

/// Rebuilds the source text.
///
/// Only plain text is rebuilt. The text that the reader made of a feed is
/// not: it would look like the source and is not.
///
/// # Errors
/// [`RestoreJsonError`] when the source was no plain text, and when kept text, record and layout do not add up to the
/// source whose checksum the layout has.
pub fn restore(document: &DocumentJson<'_>) -> Result<String, RestoreJsonError> {
    if document.schema != SCHEMA {
        return Err(RestoreJsonError::OtherSchema(document.schema.to_string()));
    }
    if document.layout.of != OfJson::Text {
        return Err(RestoreJsonError::NotText);
    }
    let mut kept = BTreeMap::new();
    document
        .sections
        .iter()
        .for_each(|section| collect(section, &mut kept));
    let mut missing: BTreeMap<u32, Vec<Missing<'_>>> = BTreeMap::new();
    for space in &document.layout.spaces {
        let piece = Missing {
            start: space.start,
            text: &space.text,
            replaced_by: 0,
        };
        missing.entry(space.line).or_default().push(piece);
    }
    for removed in &document.removed {
        let replaced_by = removed.replacement.as_ref().map_or(0, |r| r.len());
        let piece = Missing {
            start: removed.start,
            text: &removed.text,
            replaced_by,
        };
        missing.entry(removed.line).or_default().push(piece);
    }
    let lines = document.layout.lines;
    let last = kept
        .keys()
        .chain(missing.keys())
        .max()
        .copied()
        .unwrap_or(0);
    if last > lines {
        return Err(RestoreJsonError::BeyondEnd { line: last, lines });
    }
    let ends: BTreeMap<_, _> = document
        .layout
        .line_ends
        .iter()
        .map(|e| (e.line, e.text.as_ref()))
        .collect();
    let mut source = String::new();
    for line in 1..=lines {
        let mut pieces = missing.remove(&line).unwrap_or_default();
        pieces.sort_by_key(|piece| piece.start);
        let text = restore_line(kept.get(&line).copied().unwrap_or(""), &pieces)
            .map_err(|error| RestoreJsonError::Line { line, error })?;
        source.push_str(&text);
        source.push_str(ends.get(&line).copied().unwrap_or(&document.layout.newline));
    }
    if sha256(&source) != document.layout.sha256 {
        return Err(RestoreJsonError::NotTheSource);
    }
    Ok(source)
}

fn collect<'j>(section: &'j SectionJson<'_>, kept: &mut BTreeMap<u32, &'j str>) {
    kept.extend(section.headline.iter().map(|h| (h.line, h.text.as_ref())));
    kept.extend(section.blocks.iter().map(|b| (b.line, b.text.as_ref())));
    section
        .sections
        .iter()
        .for_each(|inner| collect(inner, kept));
}
