//! A unified diff from the source to the clean text, with the rule beside
//! each deletion.

use std::collections::BTreeMap;
use std::fmt;

use cleancopy_model::{Document, section_mark};

use crate::rendered::{Fate, render};
use crate::text::TextOptions;

/// How many unchanged lines stand round a change.
const CONTEXT: usize = 3;

/// What stands between a deleted line and its rules.
const RULE_SIGN: &str = "  ← ";

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffLine {
    /// `--- source` or `+++ clean`.
    File(String),
    /// `@@ -1,7 +1,3 @@`.
    Hunk(String),
    /// A line of both.
    Same(String),
    /// A line of the source only, and the rules that took of it.
    Gone(String, Vec<String>),
    /// A line of the clean text only.
    New(String),
}

impl fmt::Display for DiffLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(text) | Self::Hunk(text) => f.write_str(text),
            Self::Same(text) => write!(f, " {text}"),
            Self::New(text) => write!(f, "+{text}"),
            Self::Gone(text, rules) if rules.is_empty() => write!(f, "-{text}"),
            Self::Gone(text, rules) => write!(f, "-{text}{RULE_SIGN}{}", rules.join(", ")),
        }
    }
}

/// One step from the source to the clean text.
struct Change {
    line: DiffLine,
    /// How far it goes in source and clean text.
    old: usize,
    new: usize,
}

/// The diff of a document; empty if nothing changed.
///
/// Deleted blank lines show no rule: they go with the lines beside them.
#[must_use]
pub fn diff(document: &Document, options: TextOptions) -> Vec<DiffLine> {
    let changes = changes(document, options);
    let mut out = Vec::new();
    let (mut old, mut new, mut index) = (1, 1, 0);
    for hunk in hunks(&changes) {
        for change in &changes[index..hunk.start] {
            (old, new) = (old + change.old, new + change.new);
        }
        let lines = &changes[hunk.clone()];
        let (olds, news) = lines
            .iter()
            .fold((0, 0), |(o, n), c| (o + c.old, n + c.new));
        // Counted from 1, but an empty side names the line before.
        let from = |first: usize, count: usize| if count == 0 { first - 1 } else { first };
        let (a, b) = (from(old, olds), from(new, news));
        out.push(DiffLine::Hunk(format!("@@ -{a},{olds} +{b},{news} @@")));
        out.extend(lines.iter().map(|change| change.line.clone()));
        (old, new, index) = (old + olds, new + news, hunk.end);
    }
    if !out.is_empty() {
        let names = [format!("--- {}", document.id()), "+++ clean".to_owned()];
        out.splice(0..0, names.map(DiffLine::File));
    }
    out
}

fn changes(document: &Document, options: TextOptions) -> Vec<Change> {
    let source = document.source();
    let rules = rules_by_line(document);
    let mut changes = Vec::new();
    let new = |text: String| Change {
        line: DiffLine::New(text),
        old: 0,
        new: 1,
    };
    for rendered in render(document) {
        let line = &rendered.line;
        let body = source[line.text.clone()].to_owned();
        let marks = rendered.starts.iter().filter(|_| options.marks);
        changes.extend(marks.map(|kind| new(section_mark(*kind))));
        let gone = |body| {
            let rules = rules.get(&line.number).cloned().unwrap_or_default();
            Change {
                line: DiffLine::Gone(body, rules),
                old: 1,
                new: 0,
            }
        };
        match rendered.fate {
            Fate::Kept => changes.push(Change {
                line: DiffLine::Same(body),
                old: 1,
                new: 1,
            }),
            Fate::Gone => changes.push(gone(body)),
            Fate::Changed(text, block) => {
                let block = block.source();
                let before = &source[line.text.start..block.start];
                let after = &source[block.end..line.text.end];
                let clean = format!("{before}{text}{after}");
                changes.extend([gone(body), new(clean)]);
            }
        }
    }
    changes
}

fn rules_by_line(document: &Document) -> BTreeMap<u32, Vec<String>> {
    let mut rules: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for removal in document.record() {
        let on_line = rules.entry(removal.line).or_default();
        if !on_line.iter().any(|rule| rule == removal.rule) {
            on_line.push(removal.rule.to_owned());
        }
    }
    rules
}

/// The runs of changes with their context, as index ranges.
fn hunks(changes: &[Change]) -> Vec<std::ops::Range<usize>> {
    let differs = |c: &Change| !matches!(c.line, DiffLine::Same(_));
    let mut hunks: Vec<std::ops::Range<usize>> = Vec::new();
    for index in (0..changes.len()).filter(|&i| differs(&changes[i])) {
        let end = (index + 1 + CONTEXT).min(changes.len());
        match hunks.last_mut() {
            Some(last) if last.end + CONTEXT >= index => last.end = end,
            _ => hunks.push(index.saturating_sub(CONTEXT)..end),
        }
    }
    hunks
}
