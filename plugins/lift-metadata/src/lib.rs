//! Lifts bylines, datelines, times and agency marks out of the body into the
//! metadata, and marks the headline.
//!
//! ```text
//! Harbour vote delayed
//! The vote was put off.
//! Ann Example and Bo Sample report.
//! ```
//! ->
//! ```text
//! Harbour vote delayed
//! The vote was put off.
//! ```
//! with `byline = ["Ann Example", "Bo Sample"]`.
//!
//! What such lines look like is data: a rule whose regex has named groups
//! lifts each group under the name of the group, and what stands between the
//! groups goes with them. A rule without groups takes its match out and lifts
//! nothing, which is right for a site's clock.

mod fields;

use cleancopy_plugin::prelude::*;
use cleancopy_rules::{Match, Rule, RuleSet};
use cleancopy_text::{headline, split_names};

use fields::{Field, fields};

/// What a profile may set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// What to lift: rules whose regexes have groups named after the metadata.
    pub rules: Vec<Rule>,
    /// Whether to mark the headline.
    pub headline: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            headline: true,
        }
    }
}

/// The cleaner.
#[derive(Debug)]
pub struct LiftMetadata {
    rules: RuleSet,
    headline: bool,
}

impl Cleaner for LiftMetadata {
    const DESCRIPTION: &'static str =
        "lifts bylines, datelines, times and agency marks, marks the headline";
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        let rules = RuleSet::compile(settings.rules)
            .map_err(|error| SetupError::at(error.path(), error.to_string()))?;
        Ok(Self {
            rules,
            headline: settings.headline,
        })
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let lines: Vec<&str> = document.blocks().map(|block| block.text).collect();
        let mut lifted = vec![false; lines.len()];
        for found in self.rules.matches(&lines) {
            if found.part.is_none() {
                lifted[found.lines.clone()].fill(true);
            }
            self.lift(&found, &lines, edits);
        }
        if self.headline {
            mark_headline(document, &lines, &lifted, edits);
        }
    }
}

impl LiftMetadata {
    fn lift(&self, found: &Match, lines: &[&str], edits: &mut Edits<'_>) {
        let rule = &self.rules.rules()[found.rule];
        let first = found.lines.start;
        let whole = found.part.clone().unwrap_or(0..lines[first].len());
        for Field { extent, key, value } in fields(found, whole) {
            let target = Target::range(first, extent);
            match key {
                None => edits.remove(target, &rule.id, rule.category),
                Some(key) => {
                    let text = lines[first][value].trim();
                    let names: Vec<&str> = match key {
                        "byline" => split_names(text).collect(),
                        _ => vec![text],
                    };
                    let value = (key, names.as_slice());
                    edits.lift(target, value, Scope::Document, &rule.id, rule.category);
                }
            }
        }
        // What a span takes besides its first line holds nothing to lift.
        for block in found.lines.clone().skip(1) {
            edits.remove(Target::block(block), &rule.id, rule.category);
        }
    }
}

/// Marks the headline, unless the reader knew it already.
fn mark_headline(document: &Document<'_>, lines: &[&str], lifted: &[bool], edits: &mut Edits<'_>) {
    if document
        .blocks()
        .any(|block| block.kind == BlockKind::Headline)
    {
        return;
    }
    let body: Vec<usize> = (0..lines.len()).filter(|&block| !lifted[block]).collect();
    if let Some(index) = headline(body.iter().map(|&block| lines[block])) {
        edits.mark(body[index], BlockKind::Headline, "lift-metadata/headline");
    }
}

export_cleaner!(LiftMetadata);
