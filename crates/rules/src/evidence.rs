//! Running the evidence that rules carry.

use cleancopy_model::Document;

use crate::{Match, Rule, RuleError, RuleSet};

/// Evidence that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EvidenceFailure {
    /// The rule itself makes no sense.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A text that should lose something lost nothing.
    #[error("rule `{id}`, `removes[{index}]`: nothing leaves {text:?}")]
    Kept {
        /// The rule's id.
        id: String,
        /// 0-based index in `removes`.
        index: usize,
        /// The text.
        text: String,
    },
    /// A text that should lose nothing lost something.
    #[error("rule `{id}`, `keeps[{index}]`: {lost:?} leaves {text:?}")]
    Lost {
        /// The rule's id.
        id: String,
        /// 0-based index in `keeps`.
        index: usize,
        /// The text.
        text: String,
        /// The first line, or part of one, that it lost.
        lost: String,
    },
}

/// Runs the evidence of one rule, each text as a document of its own, and
/// answers what does not hold.
#[must_use]
pub fn check_evidence(rule: &Rule) -> Vec<EvidenceFailure> {
    let rules = match RuleSet::compile(vec![rule.clone()]) {
        Ok(rules) => rules,
        Err(error) => return vec![EvidenceFailure::Rule(error)],
    };
    let id = || rule.id.clone();
    let kept = rule.removes.iter().enumerate().filter_map(|(index, text)| {
        let (id, text) = (id(), text.clone());
        let kept = EvidenceFailure::Kept { id, index, text };
        first_lost(&rules, &rule.removes[index])
            .is_none()
            .then_some(kept)
    });
    let lost = rule.keeps.iter().enumerate().filter_map(|(index, text)| {
        let lost = first_lost(&rules, text)?;
        let (id, text) = (id(), text.clone());
        Some(EvidenceFailure::Lost {
            id,
            index,
            text,
            lost,
        })
    });
    kept.chain(lost).collect()
}

/// The first line, or part of one, that leaves a text.
fn first_lost(rules: &RuleSet, text: &str) -> Option<String> {
    let document = Document::from_text("evidence", text);
    let blocks = document.blocks().iter();
    let lines: Vec<&str> = blocks.map(|block| document.block_text(block)).collect();
    let matches = rules.matches(&lines);
    let Match {
        lines: taken, part, ..
    } = matches.first()?;
    let line = lines[taken.start];
    Some(part.clone().map_or(line, |part| &line[part]).to_owned())
}
