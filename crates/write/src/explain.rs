//! The record for people: every removal with its rule.

use cleancopy_model::{Document, Op, Removal};

/// One row of the explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'d> {
    /// 1-based line of the source.
    pub line: u32,
    /// How it left: `-` removed, `~` replaced, `^` lifted.
    pub sign: char,
    /// The rule's id.
    pub rule: &'d str,
    /// The category's name.
    pub category: &'static str,
    /// The plugin.
    pub plugin: &'d str,
    /// The text that left, and what stands there now.
    pub text: String,
}

/// Every removal in the order of the source.
#[must_use]
pub fn explain(document: &Document) -> Vec<Row<'_>> {
    document.record().into_iter().map(Row::new).collect()
}

impl<'d> Row<'d> {
    fn new(removal: Removal<'d>) -> Self {
        let (sign, text) = match removal.op {
            Op::Remove => ('-', removal.text.to_owned()),
            Op::Replace => ('~', format!("{} → {}", removal.text, removal.replacement)),
            Op::Lift => ('^', removal.text.to_owned()),
        };
        let Removal {
            line,
            rule,
            plugin,
            category,
            ..
        } = removal;
        Self {
            line,
            sign,
            rule,
            category: category.name(),
            plugin,
            text,
        }
    }
}
