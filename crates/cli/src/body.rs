//! What of a clean document is its body: captions and headlines as asked for.

use cleancopy_model::{
    Action, BlockKind, Category, Document, EditList, IllegalEdit, Scope, Target,
};

use crate::args::{Captions, CleanArgs, Headline};

/// Who takes out what the command line asks to be taken out, in the record.
const BY: &str = "clean";

/// Lifts or drops captions and headlines.
///
/// # Errors
/// None that can happen: every edit is about a block that stands.
pub(crate) fn shape(document: &mut Document, args: &CleanArgs) -> Result<(), IllegalEdit> {
    let mut edits = EditList::new();
    for (index, block) in document.blocks().iter().enumerate() {
        let text = document.block_text(block).trim();
        match (block.kind(), args.captions, args.headline) {
            (BlockKind::Caption, Captions::Lift, _) => {
                let lift = Action::Lift {
                    key: "caption".into(),
                    values: text.into(),
                    scope: Scope::Section,
                };
                edits.push(
                    Target::block(index),
                    "body/caption",
                    Some(Category::Caption),
                    lift,
                );
            }
            (BlockKind::Caption, Captions::Drop, _) => {
                edits.remove(Target::block(index), "body/caption", Category::Caption);
            }
            (BlockKind::Headline, _, Headline::Drop) => {
                let lift = Action::Lift {
                    key: "headline".into(),
                    values: text.into(),
                    scope: Scope::Section,
                };
                let category = Some(Category::RepeatedHeadline);
                edits.push(Target::block(index), "body/headline", category, lift);
            }
            _ => {}
        }
    }
    document.apply(BY, &edits).map(drop)
}
