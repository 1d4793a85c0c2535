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
//! nothing, which is right for a site's clock. A rule of the category `caption`
//! marks the line as a caption and takes nothing.

mod captions;
mod fields;
mod headings;
mod values;

use std::ops::Range;

use cleancopy_plugin::prelude::*;
use cleancopy_rules::{Match, Rule, RuleSet};
use cleancopy_text::{Day, headline};

use fields::{Field, fields};

/// What a profile may set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// What to lift: rules whose regexes have groups named after the metadata.
    pub rules: Vec<Rule>,
    /// Whether the lines leave the body.
    pub lines: Lines,
    /// Whether to mark the headline.
    pub headline: bool,
    /// Whether to mark sub-headlines.
    pub headings: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rules: Vec::new(),
            lines: Lines::Lift,
            headline: true,
            headings: true,
        }
    }
}

/// What becomes of the lines that metadata come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lines {
    /// They stay; the metadata have what they say all the same.
    Keep,
    /// They leave.
    Lift,
}

/// The cleaner.
#[derive(Debug)]
pub struct LiftMetadata {
    rules: RuleSet,
    lines: Lines,
    headline: bool,
    headings: bool,
}

impl Cleaner for LiftMetadata {
    const DESCRIPTION: &'static str =
        "lifts bylines, datelines, times and agency marks, marks the headline";
    const METADATA_KEYS: Option<&'static str> = Some("published");

    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        let rules = RuleSet::compile(settings.rules)
            .map_err(|error| SetupError::at(error.path(), error.to_string()))?;
        Ok(Self {
            rules,
            lines: settings.lines,
            headline: settings.headline,
            headings: settings.headings,
        })
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let lines: Vec<&str> = document.blocks().map(|block| block.text).collect();
        // Lines that are something else than running text.
        let mut known = vec![false; lines.len()];
        // Lines that only say who took a picture.
        let mut credits = vec![false; lines.len()];
        let day = || Day::of_article(document.metadata("published"), document.url());
        for found in self.rules.matches_on(&lines, day, || document.page()) {
            if found.part.is_none() {
                known[found.lines.clone()].fill(true);
            }
            let (rule, category) = self.rules.cause(&found);
            if category == Category::Caption {
                for block in found.lines.clone() {
                    edits.mark(block, BlockKind::Caption, rule);
                    credits[block] = captions::is_credit(lines[block]);
                }
            } else {
                self.lift(&found, &lines, document.language(), edits);
            }
        }
        for block in captions::find(&lines, &credits) {
            known[block] = true;
            edits.mark(block, BlockKind::Caption, "lift-metadata/caption");
        }
        if self.headline
            && let Some(index) = mark_headline(document, &lines, &known, edits)
        {
            known[index] = true;
        }
        // A page says itself what is a heading.
        if self.headings && document.element_count() == 0 {
            for block in headings::find(&lines, &known) {
                edits.mark(block, BlockKind::Heading, "lift-metadata/heading");
            }
        }
    }
}

impl LiftMetadata {
    fn lift(&self, found: &Match, lines: &[&str], tag: Option<&str>, edits: &mut Edits<'_>) {
        let rule = &self.rules.rules()[found.rule];
        let first = found.lines.start;
        let whole = found.part.clone().unwrap_or(0..lines[first].len());
        self.lift_line(
            rule,
            (first, lines[first]),
            &found.captures,
            whole,
            tag,
            edits,
        );
        // What a span takes besides its first line holds something to lift
        // only if `then` says so.
        for (at, block) in found.lines.clone().skip(1).enumerate() {
            let captures = found.then.get(at).map_or(&[][..], Vec::as_slice);
            let line = lines[block];
            self.lift_line(rule, (block, line), captures, 0..line.len(), tag, edits);
        }
    }

    /// Lifts what was captured of a line, which leaves as far as `whole`; the
    /// line comes with the index of its block.
    fn lift_line(
        &self,
        rule: &Rule,
        (block, line): (usize, &str),
        captures: &[(String, Range<usize>)],
        whole: Range<usize>,
        tag: Option<&str>,
        edits: &mut Edits<'_>,
    ) {
        for Field { extent, key, value } in fields(captures, whole) {
            let target = match self.lines {
                Lines::Lift => Target::range(block, extent),
                Lines::Keep => Target::range(block, 0..0),
            };
            match key {
                None if self.lines == Lines::Keep => {}
                None => edits.remove(target, &rule.id, rule.category),
                Some(key) => {
                    let values = values::of(key, line[value].trim(), tag);
                    let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
                    let value = (key, values.as_slice());
                    // Posts of a liveblog are signed by whoever wrote them.
                    let scope = match rule.category {
                        Category::Byline => Scope::Section,
                        _ => Scope::Document,
                    };
                    edits.lift(target, value, scope, &rule.id, rule.category);
                }
            }
        }
    }
}

/// Marks the headline, unless the reader knew it already, and answers which
/// block it is.
fn mark_headline(
    document: &Document<'_>,
    lines: &[&str],
    known: &[bool],
    edits: &mut Edits<'_>,
) -> Option<usize> {
    let marked = document
        .blocks()
        .position(|block| block.kind == BlockKind::Headline);
    if marked.is_some() || document.element_count() > 0 {
        return marked;
    }
    let body: Vec<usize> = (0..lines.len()).filter(|&block| !known[block]).collect();
    let index = headline(body.iter().map(|&block| lines[block]))?;
    edits.mark(body[index], BlockKind::Headline, "lift-metadata/headline");
    Some(body[index])
}

export_cleaner!(LiftMetadata);

#[cfg(test)]
mod tests;
