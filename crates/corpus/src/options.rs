//! What a record looks like when it is written.

use cleancopy_write::{TextOptions, markdown, text};
use std::io;

use crate::cleaned::Cleaned;
use crate::container::FieldNames;

/// How the text of a record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFormat {
    /// The source's own lines less what left; with a line before each section
    /// if `marks`.
    Text {
        /// Whether marks stand where sections begin.
        marks: bool,
    },
    /// Headings, paragraphs and lists.
    Markdown,
}

/// What a record looks like when it is written.
#[derive(Debug, Clone)]
pub struct RecordOptions {
    /// The names of its fields.
    pub names: FieldNames,
    /// How its text is written.
    pub format: TextFormat,
    /// Whether the field `cleancopy` is left out.
    pub slim: bool,
    /// The digest of the run that the report names, for containers that can
    /// say where they come from.
    pub digest: Option<String>,
}

impl RecordOptions {
    /// Whether the clean text is the source as it stands, so that nothing needs
    /// to be written anew. A no does not say that they differ.
    #[must_use]
    pub fn is_unchanged(&self, cleaned: &Cleaned<'_>) -> bool {
        matches!(self.format, TextFormat::Text { .. }) && cleaned.document.is_untouched()
    }

    /// Writes the clean text.
    ///
    /// # Errors
    /// None on a vector.
    pub fn text(&self, cleaned: &Cleaned<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        match self.format {
            TextFormat::Text { marks } => text(cleaned.document, TextOptions { marks }, out),
            TextFormat::Markdown => markdown(cleaned.document, out),
        }
    }
}
