//! Decodes character references, and settles odd spaces and invisible marks.
//!
//! ```text
//! Fish &amp;amp; Chips: &quot;from 5&nbsp;pm&quot;, says AT&T
//! ```
//! ->
//! ```text
//! Fish & Chips: "from 5 pm", says AT&T
//! ```
//!
//! Every stretch that changes is an edit of its own, as small as it can be,
//! and a second pass finds nothing to do.

mod decode;
mod edges;
mod invisible;
mod reference;

use cleancopy_plugin::prelude::*;

pub use decode::{Change, changes};

/// What a profile may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Decode named, decimal and hexadecimal references: `&amp;`, `&#8217;`,
    /// `&#x2019;`. One without its `;` or with an unknown name stays.
    pub entities: bool,
    /// Decode what decoding lays bare, too: `&amp;lt;` becomes `<`. Otherwise
    /// it stays as it is.
    pub double_escaped: bool,
    /// What becomes of no-break spaces: U+00A0, U+2007 and U+202F.
    pub nbsp: NoBreakSpaces,
    /// What becomes of characters without width: the zero width space, word
    /// joiner, byte-order mark, soft hyphen, and joiners and non-joiners that
    /// stand where they join nothing.
    pub zero_width: ZeroWidth,
}

/// What becomes of no-break spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NoBreakSpaces {
    /// They stay.
    Keep,
    /// They become plain spaces.
    Space,
}

/// What becomes of characters without width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ZeroWidth {
    /// They stay.
    Keep,
    /// They leave.
    Drop,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            entities: true,
            double_escaped: true,
            nbsp: NoBreakSpaces::Space,
            zero_width: ZeroWidth::Keep,
        }
    }
}

/// The cleaner.
#[derive(Debug)]
pub struct DecodeEntities(Settings);

impl Cleaner for DecodeEntities {
    const DESCRIPTION: &'static str =
        "decodes character references, settles odd spaces and invisible marks";
    const METADATA_KEYS: Option<&'static str> = Some("");

    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        Ok(Self(settings))
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        for block in document.blocks() {
            let mut changes = changes(block.text, &self.0);
            if changes.is_empty() {
                continue;
            }
            edges::trim(block.text, &mut changes);
            for change in changes {
                let target = Target::range(block.index, change.range);
                edits.replace(target, &change.with, change.rule, Category::Encoding);
            }
        }
    }
}

cleancopy_plugin::export_cleaner!(DecodeEntities);

#[cfg(test)]
mod tests;
