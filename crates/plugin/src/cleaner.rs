//! What an author implements.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::{Document, Edits};

/// A plugin: looks at a document and proposes edits.
pub trait Cleaner: Sized + Send + 'static {
    /// What the plugin does, in one line; `clean plugin list` shows it.
    const DESCRIPTION: &'static str;

    /// The keys of the metadata that the cleaner goes by, parted by spaces: it
    /// is shown no others. With `None` it may look at all, and is asked again
    /// whenever any of them has changed.
    const METADATA_KEYS: Option<&'static str> = None;

    /// What a profile may set. Derive `Deserialize` and `JsonSchema`, say
    /// `#[serde(deny_unknown_fields)]`, and document every field: the host
    /// checks profiles against it and shows the text to their authors.
    type Settings: DeserializeOwned + JsonSchema;

    /// Makes an instance.
    ///
    /// # Errors
    /// [`SetupError`] when the settings make no sense; the message and the
    /// place reach whoever wrote the profile.
    fn new(settings: Self::Settings) -> Result<Self, SetupError>;

    /// Looks at a document and proposes edits. Cleaning never fails: a cleaner
    /// that is not sure leaves the text alone.
    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>);
}

/// The settings of a plugin that has none.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoSettings {}

/// Settings that make no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupError {
    /// Which setting, such as `rules[3].regex`; empty if none in particular.
    pub path: String,
    /// What is wrong with it and what to do.
    pub message: String,
}

impl SetupError {
    /// An error about the setting at `path`.
    pub fn at(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
        }
    }
}
