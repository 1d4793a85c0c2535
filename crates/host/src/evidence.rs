//! Running the evidence that rules carry: texts they must take from, and
//! texts they must leave alone.

use cleancopy_model::{Document, EditList};
use cleancopy_read::{Encoding, read_html};

use crate::error::{ConfigError, StartError};
use crate::node::{Node, Table, Value};
use crate::plan::{Plan, PlannedStep};
use crate::selectors::Marks;
use crate::step::rule_id;

/// A rule that does not do what its evidence says, or has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFailure {
    /// `file:line:column` of the evidence, or of the rule that has none.
    pub place: String,
    /// The rule's id.
    pub rule: String,
    /// What it did instead.
    pub problem: String,
}

/// What came of one rule's evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCheck {
    /// The rule's id.
    pub rule: String,
    /// `file:line:column` of the rule.
    pub place: String,
    /// What it does not do; empty if all is well.
    pub failures: Vec<EvidenceFailure>,
}

impl Plan {
    /// Runs every rule, alone, on the texts in its `removes` and `keeps`.
    #[must_use]
    pub fn check_evidence(&self) -> Vec<EvidenceFailure> {
        let checks = self.check_rules(|_, _| true);
        checks
            .into_iter()
            .flat_map(|check| check.failures)
            .collect()
    }

    /// Does it with the rules that are wanted, and names all of them. `wanted`
    /// is asked with the id and the place of each rule that has evidence, so
    /// that a rule of a pack need not be run for every profile that has it.
    pub fn check_rules(&self, mut wanted: impl FnMut(&str, &str) -> bool) -> Vec<RuleCheck> {
        let mut checks = Vec::new();
        for step in &self.steps {
            for node in step
                .rules
                .iter()
                .flatten()
                .filter(|rule| has_evidence(rule))
            {
                let rule = rule_id(node).unwrap_or_default().to_owned();
                let place = node.place.to_string();
                if !wanted(&rule, &place) {
                    continue;
                }
                let failures = check_rule(step, node, &self.marks)
                    .unwrap_or_else(|error| vec![EvidenceFailure::unusable(&rule, &place, &error)]);
                checks.push(RuleCheck {
                    rule,
                    place,
                    failures,
                });
            }
        }
        checks
    }

    /// The rules that carry no evidence of what they take: nobody can tell
    /// whether they still do.
    #[must_use]
    pub fn without_evidence(&self) -> Vec<EvidenceFailure> {
        let steps = self.steps.iter().filter(|step| step.proves);
        let rules = steps.flat_map(|step| step.rules.iter().flatten());
        rules.filter_map(missing_evidence).collect()
    }
}

fn missing_evidence(rule: &Node) -> Option<EvidenceFailure> {
    let Value::Table(table) = &rule.value else {
        return None;
    };
    // A caption is marked and stays, so nothing can show that it leaves.
    let stays = matches!(table.text("category"), Ok(Some(("caption", _))));
    let (key, what) = if stays {
        ("keeps", "a text that it must leave alone")
    } else {
        ("removes", "a text that it must take from")
    };
    let given = table.texts(key).is_ok_and(|texts| !texts.is_empty());
    (!given).then(|| EvidenceFailure {
        place: rule.place.to_string(),
        rule: rule_id(rule).unwrap_or_default().to_owned(),
        problem: format!("carries no evidence; add `{key} = [\"…\"]`, {what}"),
    })
}

impl EvidenceFailure {
    /// A rule that cannot even be run on its evidence.
    fn unusable(rule: &str, place: &str, error: &StartError) -> Self {
        let (place, problem) = match error {
            StartError::Config(ConfigError {
                place: Some(place),
                message,
            }) => (place.clone(), message.clone()),
            other => (place.to_owned(), other.to_string()),
        };
        Self {
            place,
            rule: rule.to_owned(),
            problem,
        }
    }
}

fn has_evidence(rule: &Node) -> bool {
    let Value::Table(table) = &rule.value else {
        return false;
    };
    table.get("removes").is_some() || table.get("keeps").is_some()
}

fn check_rule(
    step: &PlannedStep,
    rule: &Node,
    marks: &Marks,
) -> Result<Vec<EvidenceFailure>, StartError> {
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
        let mut document = document_of(&text, table);
        marks.mark(&mut document);
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

/// The text of evidence as a document: a page for a rule that asks for one.
fn document_of(text: &str, rule: &Table) -> Document {
    let asks = ["inside", "kind"].iter().any(|key| rule.get(key).is_some());
    let page = || read_html("evidence", text.into(), Encoding::named("utf-8").ok()).ok();
    let page = if asks { page() } else { None };
    page.unwrap_or_else(|| Document::from_text("evidence", text))
}

fn taken(document: &Document) -> String {
    let texts = document
        .record()
        .iter()
        .map(|r| format!("`{}`", r.text))
        .collect::<Vec<_>>();
    texts.join(", ")
}
