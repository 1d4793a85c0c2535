//! Checking the edits of a cleaner and applying them.

use std::fmt;
use std::ops::Range;

use crate::changes::{Change, Rewrite, merge};
use crate::document::{Gone, Reason};
use crate::section::{Lift, Start};
use crate::{Action, Block, Document, Edit, EditList, Metadata};

/// An edit that must not be applied. The document it was for is untouched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("plugin `{plugin}`, rule `{rule}`{place}: illegal edit: {problem}", place = Place(*.line))]
pub struct IllegalEdit {
    /// The plugin that proposed it.
    pub plugin: String,
    /// The rule it named.
    pub rule: String,
    /// The 1-based line of the block, if the block exists.
    pub line: Option<u32>,
    /// What is wrong with it.
    pub problem: Problem,
}

struct Place(Option<u32>);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |line| write!(f, ", line {line}"))
    }
}

/// What can be wrong with an edit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The block index is past the blocks that were shown.
    #[error("there is no such block")]
    NoSuchBlock,
    /// The range is empty or runs backwards.
    #[error("the range {0}..{1} holds no text")]
    EmptyRange(usize, usize),
    /// The range reaches past the end of the block.
    #[error("the range ends at byte {0}, but the block has {1}")]
    OutOfBlock(usize, usize),
    /// The range starts or ends inside a character.
    #[error("byte {0} is inside a character")]
    InsideCharacter(usize),
    /// Two edits of one cleaner want the same text.
    #[error("it overlaps the edit of rule `{0}`")]
    Overlap(String),
    /// The rule id is empty or has characters it must not have.
    #[error("the rule id must be lower-case letters, digits, `-`, `.` and `/`")]
    BadRule,
    /// Text leaves and no category says why.
    #[error("text leaves without a category")]
    NoCategory,
    /// A replacement would start a new line.
    #[error("the replacement holds a line break")]
    LineBreak,
    /// A lift has no key, no value, or a key with odd characters.
    #[error("a lift needs a value and a key of lower-case letters and `_`")]
    BadLift,
    /// The confidence is not a number from 0 to 1.
    #[error("the confidence is not between 0 and 1")]
    BadConfidence,
}

/// A checked edit that takes text out, with its place in the edit list.
struct Cut<'e> {
    block: usize,
    range: Range<usize>,
    edit: &'e Edit,
}

impl Document {
    /// Checks every edit and applies them all, or none.
    ///
    /// Answers whether any text left or was replaced. Edits may come in any
    /// order. Two edits that want the same byte are illegal; edits that touch
    /// are not.
    ///
    /// # Errors
    /// [`IllegalEdit`] for the first edit that must not be applied, in the
    /// order of the document.
    pub fn apply(&mut self, plugin: &str, list: &EditList) -> Result<bool, IllegalEdit> {
        let cuts = self.check(plugin, list)?;
        let first_reason = u32::try_from(self.reasons.len()).unwrap_or(u32::MAX);
        self.reasons
            .extend(list.causes().iter().map(|cause| Reason {
                plugin: plugin.to_owned(),
                rule: cause.rule.clone(),
                category: cause.category,
            }));
        self.note_structure(list, first_reason);
        self.cut(&cuts, first_reason);
        Ok(!cuts.is_empty())
    }

    fn check<'e>(&self, plugin: &str, list: &'e EditList) -> Result<Vec<Cut<'e>>, IllegalEdit> {
        let mut cuts = Vec::new();
        let refuse = |edit: &Edit, problem| IllegalEdit {
            plugin: plugin.to_owned(),
            rule: list.causes()[edit.cause as usize].rule.clone(),
            line: self.blocks.get(edit.target.block).map(Block::line),
            problem,
        };
        for cause in list.causes() {
            if !valid_rule(&cause.rule) {
                let (rule, line) = (cause.rule.clone(), None);
                let problem = Problem::BadRule;
                return Err(IllegalEdit {
                    plugin: plugin.to_owned(),
                    rule,
                    line,
                    problem,
                });
            }
        }
        for edit in list.edits() {
            let range = self.check_target(edit).map_err(|p| refuse(edit, p))?;
            let has_category = list.causes()[edit.cause as usize].category.is_some();
            check_action(&edit.action, has_category).map_err(|p| refuse(edit, p))?;
            if edit.action.changes_text() && !range.is_empty() {
                cuts.push(Cut {
                    block: edit.target.block,
                    range,
                    edit,
                });
            }
        }
        cuts.sort_by_key(|cut| (cut.block, cut.range.start, cut.range.end));
        for pair in cuts.windows(2) {
            if pair[0].block == pair[1].block && pair[1].range.start < pair[0].range.end {
                let other = &list.causes()[pair[0].edit.cause as usize].rule;
                return Err(refuse(pair[1].edit, Problem::Overlap(other.clone())));
            }
        }
        // A replacement that changes nothing is no edit.
        cuts.retain(|cut| match &cut.edit.action {
            Action::Replace(with) => {
                let text = self.block_text(&self.blocks[cut.block]);
                text[cut.range.clone()] != **with
            }
            _ => true,
        });
        Ok(cuts)
    }

    /// The range of an edit in its block's text.
    fn check_target(&self, edit: &Edit) -> Result<Range<usize>, Problem> {
        let block = self
            .blocks
            .get(edit.target.block)
            .ok_or(Problem::NoSuchBlock)?;
        let text = self.block_text(block);
        let Some(range) = edit.target.range.clone() else {
            return Ok(0..text.len());
        };
        let may_be_empty = matches!(edit.action, Action::Lift { .. });
        if range.start > range.end || range.is_empty() && !may_be_empty {
            return Err(Problem::EmptyRange(range.start, range.end));
        }
        if range.end > text.len() {
            return Err(Problem::OutOfBlock(range.end, text.len()));
        }
        let inside = [range.start, range.end]
            .into_iter()
            .find(|&at| !text.is_char_boundary(at));
        inside.map_or(Ok(range), |at| Err(Problem::InsideCharacter(at)))
    }

    /// Remembers starts, kinds and lifted values; takes nothing out.
    fn note_structure(&mut self, list: &EditList, first_reason: u32) {
        for edit in list.edits() {
            let block = &mut self.blocks[edit.target.block];
            let at = block.source.start;
            let reason = Some(first_reason + edit.cause);
            match &edit.action {
                Action::Begin { kind, confidence } => {
                    let (kind, confidence) = (*kind, *confidence);
                    let metadata = Metadata::new();
                    self.starts.push(Start {
                        at,
                        kind,
                        confidence,
                        reason,
                        metadata,
                    });
                }
                Action::Mark(kind) => block.kind = *kind,
                Action::Lift { key, values, scope } => {
                    let (key, values, scope) = (key.to_string(), values.to_string(), *scope);
                    self.lifts.push(Lift {
                        at,
                        key,
                        values,
                        scope,
                    });
                }
                Action::Remove | Action::Replace(_) => {}
            }
        }
        // The sort is stable: of two equal starts the earlier one stays.
        self.starts.sort_by_key(|s| (s.at, s.kind));
        self.starts.dedup_by_key(|s| (s.at, s.kind));
        self.lifts.sort_by_key(|lift| lift.at);
    }

    fn cut(&mut self, cuts: &[Cut<'_>], first_reason: u32) {
        let mut emptied = Vec::new();
        for run in cuts.chunk_by(|a, b| a.block == b.block) {
            let index = run[0].block;
            let whole = self.blocks[index].text.len();
            let block_leaves = run.len() == 1
                && run[0].range == (0..whole)
                && !matches!(&run[0].edit.action, Action::Replace(with) if !with.trim().is_empty());
            if block_leaves {
                let block = &self.blocks[index];
                self.gone.push(Gone {
                    source: block.source.clone(),
                    line: block.line,
                    line_start: block.line_start,
                    cause: first_reason + run[0].edit.cause,
                    lifted: matches!(run[0].edit.action, Action::Lift { .. }),
                });
                emptied.push(index);
            } else if self.rewrite(index, run, first_reason) {
                emptied.push(index);
            }
        }
        drop_indices(&mut self.blocks, &emptied);
    }

    /// Rewrites a block; answers whether nothing but white space is left, in
    /// which case what left of it is in the record already.
    fn rewrite(&mut self, index: usize, run: &[Cut<'_>], first_reason: u32) -> bool {
        let rewrites: Vec<Rewrite<'_>> = run
            .iter()
            .map(|cut| Rewrite {
                range: cut.range.clone(),
                with: match &cut.edit.action {
                    Action::Replace(with) => with,
                    _ => "",
                },
                cause: first_reason + cut.edit.cause,
                lifted: matches!(cut.edit.action, Action::Lift { .. }),
            })
            .collect();
        let block = &mut self.blocks[index];
        let old = &self.buffer[block.text.clone()];
        let (text, changes) = merge(old, block.source.start, &block.changes, &rewrites);
        if text.trim().is_empty() {
            let (line, line_start) = (block.line, block.line_start);
            self.gone.extend(changes.into_iter().map(
                |Change {
                     source,
                     cause,
                     lifted,
                     ..
                 }| Gone {
                    source,
                    line,
                    line_start,
                    cause,
                    lifted,
                },
            ));
            return true;
        }
        block.changes = changes;
        let start = self.buffer.len();
        self.buffer.push_str(&text);
        block.text = start..self.buffer.len();
        false
    }
}

fn check_action(action: &Action, has_category: bool) -> Result<(), Problem> {
    if action.changes_text() && !has_category {
        return Err(Problem::NoCategory);
    }
    match action {
        Action::Replace(with) if with.contains(['\n', '\r']) => Err(Problem::LineBreak),
        Action::Lift { key, values, .. } if !valid_key(key) || values.trim().is_empty() => {
            Err(Problem::BadLift)
        }
        Action::Begin { confidence, .. } if !(0.0..=1.0).contains(confidence) => {
            Err(Problem::BadConfidence)
        }
        _ => Ok(()),
    }
}

fn valid_rule(rule: &str) -> bool {
    let byte = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-./".contains(&b);
    !rule.is_empty() && rule.bytes().all(byte)
}

fn valid_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Removes the elements at `indices`, which are sorted, in one sweep.
fn drop_indices<T>(items: &mut Vec<T>, indices: &[usize]) {
    let (mut at, mut next) = (0, indices.iter().peekable());
    items.retain(|_| {
        let keep = next.next_if(|&&i| i == at).is_none();
        at += 1;
        keep
    });
}
