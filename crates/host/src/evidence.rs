//! Running the evidence that rules carry: texts they must take from, and
//! texts they must leave alone.

use cleancopy_model::{Document, EditList};

use crate::error::{ConfigError, StartError};
use crate::node::{Node, Value};
use crate::plan::{Plan, PlannedStep};
use crate::profile::rule_id;

/// A rule that does not do what its evidence says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFailure {
    /// `file:line:column` of the evidence.
    pub place: String,
    /// The rule's id.
    pub rule: String,
    /// What it did instead.
    pub problem: String,
}

impl Plan {
    /// Runs every rule, alone, on the texts in its `removes` and `keeps`.
    ///
    /// # Errors
    /// [`StartError`] when a rule cannot be compiled or its evidence is not a
    /// list of texts.
    pub fn check_evidence(&self) -> Result<Vec<EvidenceFailure>, StartError> {
        let mut failures = Vec::new();
        for step in &self.steps {
            for rule in step.rules.iter().flatten() {
                failures.extend(check_rule(step, rule)?);
            }
        }
        Ok(failures)
    }
}

fn check_rule(step: &PlannedStep, rule: &Node) -> Result<Vec<EvidenceFailure>, StartError> {
    let Value::Table(table) = &rule.value else {
        return Ok(Vec::new());
    };
    let evidence: Result<Vec<_>, ConfigError> = ["removes", "keeps"]
        .into_iter()
        .map(|key| {
            Ok(table
                .texts(key)?
                .into_iter()
                .map(move |(text, at)| (key, text, at)))
        })
        .collect();
    let evidence: Vec<_> = evidence?.into_iter().flatten().collect();
    if evidence.is_empty() {
        return Ok(Vec::new());
    }
    let mut instance = step.start_with(Some(std::slice::from_ref(rule)))?;
    let mut failures = Vec::new();
    for (key, text, place) in evidence {
        let mut document = Document::from_text("evidence", text.as_str());
        let mut edits = EditList::new();
        let all = 0..document.blocks().len();
        let outcome = instance
            .propose(&document, all, &mut edits)
            .and_then(|()| Ok(document.apply(instance.plugin(), &edits)?));
        let problem = match (key, outcome) {
            ("removes", Ok(false)) => "takes nothing from this text".to_owned(),
            ("keeps", Ok(true)) => format!("takes {}", taken(&document)),
            (_, Err(error)) => error.to_string(),
            _ => continue,
        };
        let rule = rule_id(rule).unwrap_or_default().to_owned();
        failures.push(EvidenceFailure {
            place: place.to_string(),
            rule,
            problem,
        });
    }
    Ok(failures)
}

fn taken(document: &Document) -> String {
    let texts = document
        .record()
        .iter()
        .map(|r| format!("`{}`", r.text))
        .collect::<Vec<_>>();
    texts.join(", ")
}
