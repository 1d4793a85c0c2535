//! Finds the items of a feed digest: one page that a feed reader or an
//! extractor made of twenty stories.
//!
//! ```text
//! Coast news The RSS feed for the coast.
//!   • Ferry strike enters second week
//!     Ferry strike enters second week
//!     Talks broke down on Sunday.
//!   • Lighthouse sold for one crown
//!     Lighthouse sold for one crown
//!     The tower went to its last keeper.
//! ```
//! ->
//! ```text
//! === item ===
//!   • Ferry strike enters second week
//!     Ferry strike enters second week
//!     Talks broke down on Sunday.
//! === item ===
//!   • Lighthouse sold for one crown
//!     Lighthouse sold for one crown
//!     The tower went to its last keeper.
//! ```
//!
//! Every step behind this one sees each item as a document of its own, so
//! that nothing is ever taken for a repeat of another item.

mod lone;
mod titles;

use cleancopy_plugin::prelude::*;

use titles::{HEADER, Line, Shape, titles};

/// When a document is cut into items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// If its titles show that it is a digest.
    #[default]
    Auto,
    /// It is known to be one: headline-like lines will do for titles.
    Always,
    /// Not at all.
    Never,
}

/// What a profile may set.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// When to look for items.
    pub when: When,
}

/// The cleaner.
#[derive(Debug)]
pub struct SplitFeed(Settings);

/// How long a line of the feed's title and description may be, in bytes.
const HEADER_BYTES: usize = 300;

impl Cleaner for SplitFeed {
    const DESCRIPTION: &'static str = "finds the items of a feed digest, drops the feed's header";
    const METADATA_KEYS: Option<&'static str> = Some("");

    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        Ok(Self(settings))
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let known = document.starts().any(|(_, kind)| kind == SectionKind::Item);
        if known || self.0.when == When::Never {
            return;
        }
        let lines: Vec<Line<'_>> = document.blocks().map(Line::from).collect();
        let found = titles(&lines, self.0.when == When::Always);
        let Some(first) = found.first().map(|title| title.at) else {
            return;
        };
        for title in &found {
            let rule = match title.shape {
                Shape::Bullet => "split-feed/bullet",
                Shape::Twice => "split-feed/title-twice",
                Shape::Line => "split-feed/title",
            };
            edits.begin(title.at, SectionKind::Item, title.shape.confidence(), rule);
            edits.mark(title.at, BlockKind::Headline, rule);
        }
        let header = &lines[..first];
        // Titles found by their looks are not sure enough to take a line out.
        let sure = found[0].shape != Shape::Line;
        if sure
            && header.len() <= HEADER
            && header.iter().all(|line| line.text.len() <= HEADER_BYTES)
        {
            for block in 0..first {
                edits.remove(
                    Target::block(block),
                    "split-feed/header",
                    Category::FeedHeader,
                );
            }
        }
    }
}

export_cleaner!(SplitFeed);

#[cfg(test)]
mod tests;
