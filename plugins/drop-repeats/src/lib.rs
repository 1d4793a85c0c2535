//! Drops headlines and paragraphs that stand twice, and cuts glued doubles.
//!
//! ```text
//! Harbour vote 'delayed'
//!
//! Harbour vote 'delayed'
//! Harbour vote delayedHarbour vote delayed
//! The vote was put off.
//! ```
//! ->
//! ```text
//! Harbour vote 'delayed'
//!
//! The vote was put off.
//! ```
//!
//! The first copy stays. A line that is merely like another stays too, unless
//! its neighbours show that a whole run stands twice: wire stories say the
//! same thing in two ways, and a speaker may repeat himself.

mod glued;
mod headlines;
mod openings;
mod paragraphs;
mod pull_quotes;
mod sentences;

use std::ops::Range;

use cleancopy_plugin::prelude::*;
use cleancopy_text::headline;

/// What a profile may set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Whether to drop further copies of the headline.
    pub headlines: bool,
    /// Whether to drop further copies of paragraphs.
    pub paragraphs: bool,
    /// Whether to drop sentences set apart that the text beside them has too.
    pub pull_quotes: bool,
    /// Whether to cut lines that are one text twice.
    pub glued: bool,
    /// The shortest paragraph whose second copy is dropped wherever it stands,
    /// in bytes.
    pub min_bytes: usize,
    /// How many blocks may lie between two copies of a paragraph.
    pub max_distance: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            headlines: true,
            paragraphs: true,
            pull_quotes: true,
            glued: true,
            min_bytes: 80,
            max_distance: 400,
        }
    }
}

/// The cleaner.
#[derive(Debug)]
pub struct DropRepeats(Settings);

impl Cleaner for DropRepeats {
    const DESCRIPTION: &'static str =
        "drops headlines and paragraphs that stand twice, cuts glued doubles";
    const METADATA_KEYS: Option<&'static str> = Some("");

    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        if settings.min_bytes == 0 {
            return Err(SetupError::at("min_bytes", "must be at least 1"));
        }
        Ok(Self(settings))
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let count = document.len();
        let (mut lines, mut kinds) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for block in document.blocks() {
            lines.push(block.text);
            kinds.push(block.kind);
        }
        let marked = kinds.iter().position(|kind| *kind == BlockKind::Headline);
        let headline = marked.or_else(|| headline(lines.iter().copied()));
        let captions = kinds.iter().map(|kind| *kind == BlockKind::Caption);
        let taken = vec![false; lines.len()];
        let mut page = Page {
            lines: &lines,
            captions: captions.collect(),
            taken,
            finds: Vec::new(),
        };
        if let (true, Some(index)) = (self.0.headlines, headline) {
            headlines::find(&mut page, index);
        }
        if self.0.glued {
            glued::find(&mut page);
        }
        if self.0.paragraphs {
            paragraphs::find(&mut page, &self.0);
        }
        if self.0.pull_quotes {
            pull_quotes::find(&mut page);
        }
        for Find {
            block,
            range,
            rule,
            category,
        } in page.finds
        {
            edits.remove(Target { block, range }, rule, category);
        }
    }
}

/// Something to drop.
#[derive(Debug, PartialEq, Eq)]
struct Find {
    block: usize,
    /// Bytes in the block; `None` is all of it.
    range: Option<Range<usize>>,
    rule: &'static str,
    category: Category,
}

/// The lines of a document, and what was found so far.
struct Page<'t> {
    lines: &'t [&'t str],
    /// Which lines are captions.
    captions: Vec<bool>,
    /// Which lines a find is about already.
    taken: Vec<bool>,
    finds: Vec<Find>,
}

impl Page<'_> {
    /// The whole line is to go, if nothing was found about it before.
    fn drop(&mut self, block: usize, rule: &'static str, category: Category) {
        if std::mem::replace(&mut self.taken[block], true) {
            return;
        }
        self.finds.push(Find {
            block,
            range: None,
            rule,
            category,
        });
    }

    /// These bytes of the line are to go.
    fn cut(&mut self, block: usize, range: Range<usize>, rule: &'static str) {
        self.taken[block] = true;
        let category = Category::GluedDouble;
        self.finds.push(Find {
            block,
            range: Some(range),
            rule,
            category,
        });
    }
}

export_cleaner!(DropRepeats);

#[cfg(test)]
mod tests;
