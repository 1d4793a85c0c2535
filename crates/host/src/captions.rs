//! What becomes of the captions a chain has found.

use cleancopy_model::{
    Action, BlockKind, Category, Document, EditList, IllegalEdit, Scope, Target,
};

/// Who takes captions out, in the record.
const BY: &str = "clean";
/// And by which rule.
const RULE: &str = "body/caption";

/// What becomes of captions.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Captions {
    /// They stay where they are.
    #[default]
    Keep,
    /// They leave the body and become metadata.
    Lift,
    /// They leave.
    Drop,
}

impl Captions {
    /// Takes out the captions there are, and answers whether there was any.
    ///
    /// The chain does so itself, at the end of every round: what stood behind
    /// a caption at the head of the page is then looked at where it stands in
    /// the clean text.
    ///
    /// # Errors
    /// None that can happen: every edit is about a block that stands.
    pub(crate) fn take_from(self, document: &mut Document) -> Result<bool, IllegalEdit> {
        if self == Self::Keep {
            return Ok(false);
        }
        let mut edits = EditList::new();
        for (index, block) in document.blocks().iter().enumerate() {
            if block.kind() != BlockKind::Caption {
                continue;
            }
            let target = Target::block(index);
            if self == Self::Drop {
                edits.remove(target, RULE, Category::Caption);
                continue;
            }
            let lift = Action::Lift {
                key: "caption".into(),
                values: document.block_text(block).trim().into(),
                scope: Scope::Section,
            };
            edits.push(target, RULE, Some(Category::Caption), lift);
        }
        document.apply(BY, &edits)
    }
}
