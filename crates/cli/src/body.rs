//! The body of a clean document without its headlines, if that is asked for.

use cleancopy_model::{
    Action, BlockKind, Category, Document, EditList, IllegalEdit, Scope, SectionKind, Target,
};

/// Who takes out what the command line asks to be taken out, in the record.
const BY: &str = "clean";

/// Takes the headlines out of the body; the metadata have them. Those of posts
/// stay: a liveblog's body without them is another text.
///
/// # Errors
/// None that can happen: every edit is about a block that stands.
pub(crate) fn drop_headlines(document: &mut Document) -> Result<(), IllegalEdit> {
    let mut edits = EditList::new();
    let mut starts = document.starts().peekable();
    let mut in_entry = false;
    for (index, block) in document.blocks().iter().enumerate() {
        while let Some((_, kind)) = starts.next_if(|(at, _)| *at <= index) {
            in_entry = kind == SectionKind::Entry;
        }
        if block.kind() == BlockKind::Headline && !in_entry {
            let category = Some(Category::RepeatedHeadline);
            let lift = Action::Lift {
                key: "headline".into(),
                values: document.block_text(block).trim().into(),
                scope: Scope::Section,
            };
            edits.push(Target::block(index), "body/headline", category, lift);
        }
    }
    drop(starts);
    document.apply(BY, &edits).map(drop)
}
