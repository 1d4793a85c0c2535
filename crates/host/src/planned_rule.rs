//! The rules of a plan as they were written, each with its place.

use serde_json::Value as Json;

use crate::node::{Node, Value};
use crate::plan::{Plan, PlannedStep};

/// A rule as a plan has it.
#[derive(Debug, Clone, Copy)]
pub struct PlannedRule<'p> {
    step: &'p PlannedStep,
    node: &'p Node,
}

impl<'p> PlannedRule<'p> {
    /// The plugin whose step has it.
    #[must_use]
    pub fn step(&self) -> &'p str {
        self.step.plugin.name()
    }

    /// The rule as it was written.
    #[must_use]
    pub fn json(&self) -> Json {
        self.node.json()
    }

    /// The file it stands in, as shown to people.
    #[must_use]
    pub fn file(&self) -> &'p str {
        &self.node.place.file.name
    }

    /// `file:line:column` of one of its keys, or of the rule.
    #[must_use]
    pub fn place(&self, key: &str) -> String {
        let inner = match &self.node.value {
            Value::Table(table) => table.get(key),
            _ => None,
        };
        inner.unwrap_or(self.node).place.to_string()
    }
}

impl Plan {
    /// The rules of all steps, in the order they count, for those who look at
    /// rules without running them.
    pub fn rules(&self) -> impl Iterator<Item = PlannedRule<'_>> {
        self.steps.iter().flat_map(|step| {
            let rules = step.rules.iter().flatten();
            rules.map(move |node| PlannedRule { step, node })
        })
    }
}
