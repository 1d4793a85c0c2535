//! A clean document as encoders see it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cleancopy_model::Document;
use cleancopy_write::{DocumentJson, MetadataJson, RemovedJson, SectionJson};
use serde::Serialize;

/// A clean document and the profile it was cleaned with.
#[derive(Debug, Clone, Copy)]
pub struct Cleaned<'c> {
    /// The document.
    pub document: &'c Document,
    /// The profile.
    pub profile: &'c str,
}

/// What is known about a clean record, in the field [`FIELD`].
#[derive(Debug, Serialize)]
pub struct About<'c> {
    /// The profile it was cleaned with.
    pub profile: Cow<'c, str>,
    /// What still stands.
    pub sections: Vec<SectionJson<'c>>,
    /// What is known about the whole document.
    pub metadata: BTreeMap<Cow<'c, str>, MetadataJson<'c>>,
    /// Everything that left, in the order of the source.
    pub removed: Vec<RemovedJson<'c>>,
}

/// The field that says what happened to a record.
pub const FIELD: &str = "cleancopy";

impl<'c> Cleaned<'c> {
    /// What happened to the record, in the words of the JSON output.
    #[must_use]
    pub fn about(&self) -> About<'c> {
        let DocumentJson {
            profile,
            sections,
            metadata,
            removed,
            ..
        } = DocumentJson::new(self.document, self.profile);
        About {
            profile,
            sections,
            metadata,
            removed,
        }
    }
}
