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
    /// The text that left, and what stands there now; characters that nobody
    /// can see are written as `\\u{a0}`.
    pub text: String,
    /// How often the same left the same line, one after the other.
    pub times: usize,
}

/// Every removal in the order of the source; what left a line several times in
/// a row is told once.
#[must_use]
pub fn explain(document: &Document) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for row in document.record().into_iter().map(Row::new) {
        match rows.last_mut() {
            Some(last) if last.is_like(&row) => last.times += 1,
            _ => rows.push(row),
        }
    }
    rows
}

impl<'d> Row<'d> {
    fn new(removal: Removal<'d>) -> Self {
        let left = visible(removal.text);
        let (sign, text) = match removal.op {
            Op::Remove => ('-', left),
            Op::Replace => ('~', format!("{left} → {}", visible(removal.replacement))),
            Op::Lift => ('^', left),
        };
        let Removal { line, rule, .. } = removal;
        Self {
            line,
            sign,
            rule,
            text,
            times: 1,
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        (self.line, self.rule, &self.text) == (other.line, other.rule, &other.text)
    }
}

/// A text with its invisible characters written out.
fn visible(text: &str) -> String {
    if text == " " {
        return "a space".to_owned();
    }
    let hidden = |c: char| c != ' ' && (c.is_whitespace() || c.is_control() || is_mark(c));
    text.chars()
        .map(|c| {
            if hidden(c) {
                c.escape_unicode().to_string()
            } else {
                c.to_string()
            }
        })
        .collect()
}

/// Marks that take no room on the page.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_model::{Category, EditList, Target};

    #[test]
    fn what_nobody_sees_is_written_out_and_told_once() {
        let mut document = Document::from_text("d", "a\u{a0}b\u{a0}c\u{200b}d\n");
        let mut edits = EditList::new();
        for range in [1..3, 4..6] {
            edits.replace(Target::range(0, range), " ", "x/space", Category::Encoding);
        }
        edits.remove(Target::range(0, 7..10), "x/mark", Category::Encoding);
        document.apply("test", &edits).unwrap();
        let rows: Vec<_> = explain(&document)
            .into_iter()
            .map(|r| (r.text, r.times))
            .collect();
        let space = "\\u{a0} → a space".to_owned();
        assert_eq!(rows, [(space, 2), ("\\u{200b}".to_owned(), 1)]);
    }
}
