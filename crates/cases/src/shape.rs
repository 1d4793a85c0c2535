//! `expected.json`: the metadata and sections of a case, and nothing else.
//!
//! The diff of a case already holds its text, so the shape leaves texts out:
//! small enough to be read in a review.

use std::collections::BTreeMap;

use cleancopy_model::Document;
use cleancopy_write::{DocumentJson, MetadataJson, SectionJson};
use serde::{Deserialize, Serialize};

/// What is known about a document and how it is divided. What is left out is
/// not compared.
///
/// ```json
/// {
///   "metadata": {"byline": ["Ann Example"], "headline": "Pier sold"},
///   "sections": [{"kind": "article", "line": 2, "headline": "Pier sold"}]
/// }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// The metadata of the whole document, as in the JSON output.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, MetadataJson<'static>>>,
    /// Its sections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sections: Option<Vec<SectionShape>>,
}

/// A section without its texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionShape {
    /// `article`, `item` or `entry`.
    pub kind: String,
    /// 1-based source line of its first block; `null` if nothing stands in it.
    #[serde(default)]
    pub line: Option<u32>,
    /// Its headline, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    /// The rule that found its start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What is known about it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, MetadataJson<'static>>,
    /// The sections inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<SectionShape>,
}

impl Shape {
    /// The shape of a clean document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let json = DocumentJson::new(document, "");
        Self {
            metadata: Some(owned(&json.metadata)),
            sections: Some(json.sections.iter().map(SectionShape::of).collect()),
        }
    }

    /// What this one says about the things that `other` speaks of; all of it
    /// if that speaks of nothing.
    #[must_use]
    pub fn limited_to(self, other: &Self) -> Self {
        if *other == Self::default() {
            return self;
        }
        Self {
            metadata: self.metadata.filter(|_| other.metadata.is_some()),
            sections: self.sections.filter(|_| other.sections.is_some()),
        }
    }

    /// It as a file.
    ///
    /// # Errors
    /// Never in practice: nothing in it can fail to be JSON.
    pub fn json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

impl SectionShape {
    fn of(section: &SectionJson<'_>) -> Self {
        let headline = section.headline.as_ref();
        let sections: Vec<_> = section.sections.iter().map(Self::of).collect();
        let lines = section.blocks.iter().map(|block| block.line);
        let lines = lines.chain(headline.map(|headline| headline.line));
        Self {
            kind: section.kind.to_string(),
            line: lines.chain(sections.iter().filter_map(|s| s.line)).min(),
            headline: headline.map(|headline| headline.text.to_string()),
            rule: section.rule.as_ref().map(ToString::to_string),
            metadata: owned(&section.metadata),
            sections,
        }
    }
}

fn owned(
    metadata: &BTreeMap<std::borrow::Cow<'_, str>, MetadataJson<'_>>,
) -> BTreeMap<String, MetadataJson<'static>> {
    let text = |text: &std::borrow::Cow<'_, str>| text.to_string().into();
    let value = |value: &MetadataJson<'_>| match value {
        MetadataJson::Text(one) => MetadataJson::Text(text(one)),
        MetadataJson::List(list) => MetadataJson::List(list.iter().map(text).collect()),
    };
    metadata
        .iter()
        .map(|(key, known)| (key.to_string(), value(known)))
        .collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_small_and_comes_back_from_its_file() {
        let document = Document::from_text("-", "\nPier sold\n=== entry ===\nIt rained.\n");
        let shape = Shape::of(&document);
        let json = shape.json().unwrap();
        assert_eq!(serde_json::from_str::<Shape>(&json).unwrap(), shape);
        assert!(
            json.contains("\"line\": 2") && json.contains("\"kind\": \"entry\""),
            "{json}"
        );
        assert!(!json.contains("It rained"), "{json}");
    }

    #[test]
    fn what_an_expectation_leaves_out_is_not_compared() {
        let shape = Shape::of(&Document::from_text("-", "Pier sold\n"));
        let only: Shape = serde_json::from_str(r#"{"metadata": {}}"#).unwrap();
        assert!(shape.clone().limited_to(&only).sections.is_none());
        assert_eq!(shape.clone().limited_to(&Shape::default()), shape);
    }
}
