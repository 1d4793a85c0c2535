//! Leaves the posts of a liveblog out, so that its intro is what stays.

use cleancopy_plugin::prelude::*;

const RULE: &str = "split-liveblog/post";

/// How the note begins that says it was done.
const LEFT_OUT: &str = "posts left out: ";

/// Removes everything from the first post on; answers whether that was right.
///
/// Without a paragraph before it there is no intro, and everything stays. What
/// is left of a liveblog is no liveblog: it is not looked through again.
pub(crate) fn leave_out(
    document: &Document<'_>,
    starts: impl Iterator<Item = usize>,
    edits: &mut Edits<'_>,
) -> bool {
    let starts: Vec<usize> = starts.collect();
    let Some(first) = starts.iter().copied().min() else {
        return false;
    };
    // The first line is a headline, whether it was marked as one or not.
    let before = document.blocks().take(first).skip(1);
    if !before.into_iter().any(|block| is_text(block.kind)) {
        return false;
    }
    for block in first..document.len() {
        edits.remove(Target::block(block), RULE, Category::Entry);
    }
    let note = format!("{LEFT_OUT}{}", starts.len());
    let (nowhere, value) = (Target::range(0, 0..0), ("note", &[note.as_str()][..]));
    edits.lift(nowhere, value, Scope::Document, RULE, Category::Entry);
    true
}

fn is_text(kind: BlockKind) -> bool {
    use BlockKind::{ListItem, Paragraph, Quote};
    matches!(kind, Paragraph | ListItem | Quote)
}

/// Whether it was done to the document before.
pub(crate) fn is_done(document: &Document<'_>) -> bool {
    let mut notes = document.metadata("note");
    notes.any(|note| note.starts_with(LEFT_OUT))
}
