//! What of a clean document is its body: captions and headlines as asked for.

use cleancopy_model::{
    Action, BlockKind, Category, Document, EditList, IllegalEdit, Scope, SectionKind, Target,
};

use crate::args::{Captions, CleanArgs, Headline};

/// Who takes out what the command line asks to be taken out, in the record.
const BY: &str = "clean";

/// Lifts or drops captions and headlines. The headlines of posts stay: a
/// liveblog's body without them is another text.
///
/// # Errors
/// None that can happen: every edit is about a block that stands.
pub(crate) fn shape(document: &mut Document, args: &CleanArgs) -> Result<(), IllegalEdit> {
    let mut edits = EditList::new();
    let mut starts = document.starts().peekable();
    let mut in_entry = false;
    for (index, block) in document.blocks().iter().enumerate() {
        while let Some((_, kind)) = starts.next_if(|(at, _)| *at <= index) {
            in_entry = kind == SectionKind::Entry;
        }
        let text = document.block_text(block).trim();
        match (block.kind(), args.captions, args.headline) {
            (BlockKind::Caption, Captions::Lift, _) => {
                let category = Some(Category::Caption);
                let lift = lifted("caption", text);
                edits.push(Target::block(index), "body/caption", category, lift);
            }
            (BlockKind::Caption, Captions::Drop, _) => {
                edits.remove(Target::block(index), "body/caption", Category::Caption);
            }
            (BlockKind::Headline, _, Headline::Drop) if !in_entry => {
                let category = Some(Category::RepeatedHeadline);
                let lift = lifted("headline", text);
                edits.push(Target::block(index), "body/headline", category, lift);
            }
            _ => {}
        }
    }
    drop(starts);
    document.apply(BY, &edits).map(drop)
}

fn lifted(key: &str, text: &str) -> Action {
    Action::Lift {
        key: key.into(),
        values: text.into(),
        scope: Scope::Section,
    }
}
