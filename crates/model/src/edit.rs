//! What a cleaner may propose.

use std::ops::Range;

use crate::{BlockKind, Category, SectionKind};

/// The place an edit is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// 0-based index among the blocks the cleaner was shown.
    pub block: usize,
    /// Byte range in the block's text, half-open; `None` is the whole block.
    pub range: Option<Range<usize>>,
}

impl Target {
    /// The whole of the block with this 0-based index.
    #[must_use]
    pub fn block(block: usize) -> Self {
        Self { block, range: None }
    }

    /// A half-open byte range in the text of a block.
    #[must_use]
    pub fn range(block: usize, range: Range<usize>) -> Self {
        Self {
            block,
            range: Some(range),
        }
    }
}

/// Where a lifted value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// The metadata of the document, or of the feed item around the block.
    #[default]
    Document,
    /// The metadata of the innermost section around the block.
    Section,
}

/// What an edit does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The target leaves.
    Remove,
    /// The target leaves and this text stands in its place.
    Replace(Box<str>),
    /// The target leaves the body and becomes metadata. An empty range takes
    /// nothing out: the values are known from elsewhere.
    Lift {
        /// The key of the metadata: lower-case letters and `_`.
        key: Box<str>,
        /// The values, one a line.
        values: Box<str>,
        /// Where the values go.
        scope: Scope,
    },
    /// A section starts at the block.
    Begin {
        /// What kind of section.
        kind: SectionKind,
        /// How sure the cleaner is, from 0 to 1.
        confidence: f64,
    },
    /// The block is of this kind.
    Mark(BlockKind),
}

impl Action {
    /// Whether the action takes text out of the document.
    #[must_use]
    pub fn changes_text(&self) -> bool {
        matches!(self, Self::Remove | Self::Replace(_) | Self::Lift { .. })
    }
}

/// Why an edit was proposed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cause {
    /// The rule's stable id, such as `donation/independent-appeal`.
    pub rule: String,
    /// The category; edits that take text out must have one.
    pub category: Option<Category>,
}

/// One proposed edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// Where.
    pub target: Target,
    /// Index into [`EditList::causes`].
    pub cause: u32,
    /// What.
    pub action: Action,
}

/// The answer of a cleaner: a list of edits in any order.
#[derive(Debug, Default)]
pub struct EditList {
    edits: Vec<Edit>,
    causes: Vec<Cause>,
    /// The blocks that were shown, as indices in the document.
    shown: Option<Range<usize>>,
}

impl EditList {
    /// An empty list for a cleaner that is shown the whole document.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From here on, block indices count from `shown.start` in the document,
    /// and an index past the shown blocks is illegal.
    pub fn show(&mut self, shown: Range<usize>) {
        self.shown = Some(shown);
    }

    /// The edits in the order they came.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The distinct causes the edits refer to.
    #[must_use]
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// Adds an edit.
    pub fn push(
        &mut self,
        mut target: Target,
        rule: &str,
        category: Option<Category>,
        action: Action,
    ) {
        if let Some(shown) = &self.shown {
            let inside = target.block < shown.len();
            target.block = if inside {
                shown.start + target.block
            } else {
                usize::MAX
            };
        }
        let cause = self.cause(rule, category);
        self.edits.push(Edit {
            target,
            cause,
            action,
        });
    }

    /// Proposes that the target leaves.
    pub fn remove(&mut self, target: Target, rule: &str, category: Category) {
        self.push(target, rule, Some(category), Action::Remove);
    }

    /// Proposes that `with` stands in the place of the target.
    pub fn replace(&mut self, target: Target, with: &str, rule: &str, category: Category) {
        self.push(target, rule, Some(category), Action::Replace(with.into()));
    }

    /// Rules repeat, mostly the last one: compare before storing.
    fn cause(&mut self, rule: &str, category: Option<Category>) -> u32 {
        let same = |c: &Cause| c.rule == rule && c.category == category;
        let found = self.causes.iter().rposition(same);
        let index = found.unwrap_or_else(|| {
            self.causes.push(Cause {
                rule: rule.to_owned(),
                category,
            });
            self.causes.len() - 1
        });
        u32::try_from(index).unwrap_or(u32::MAX)
    }
}
