//! One step of a chain, and what a child profile makes of it.

use crate::error::ConfigError;
use crate::node::{Node, Table, Value};
use crate::place::Place;

/// One step of a chain: a plugin with its settings.
#[derive(Debug, Clone)]
pub struct Step {
    pub(crate) plugin: String,
    pub(crate) place: Place,
    pub(crate) packs: Vec<(String, Place)>,
    pub(crate) rules: Vec<Node>,
    pub(crate) without: Vec<(String, Place)>,
    /// Whether the plugin sees a digest whole; else it sees item by item.
    pub(crate) whole: Option<bool>,
    /// Whether it runs in the first round only: it knows what the page looked
    /// like before anything left.
    pub(crate) once: bool,
    pub(crate) settings: Table,
}

impl Step {
    /// The packs it takes, each with its place as `file:line:column`.
    pub fn packs(&self) -> impl Iterator<Item = (&str, String)> {
        let packs = self.packs.iter();
        packs.map(|(name, place)| (name.as_str(), place.to_string()))
    }

    /// The plugin it uses.
    #[must_use]
    pub fn plugin(&self) -> &str {
        &self.plugin
    }
}

/// Keys of a step that belong to the host; all others go to the plugin.
pub const STEP_KEYS: &[&str] = &[
    "use", "packs", "rule", "without", "before", "after", "off", "unit", "once",
];

impl Step {
    pub(crate) fn read(plugin: &str, place: Place, table: &Table) -> Result<Self, ConfigError> {
        let rules = table.tables("rule")?.into_iter().map(|(rule, place)| Node {
            value: Value::Table(rule.clone()),
            place: place.clone(),
        });
        let settings = table
            .0
            .iter()
            .filter(|(k, _)| !STEP_KEYS.contains(&k.name.as_str()));
        Ok(Self {
            plugin: plugin.to_owned(),
            place,
            packs: table.texts("packs")?,
            rules: rules.collect(),
            without: table.texts("without")?,
            whole: unit(table)?,
            once: table.truth("once")?,
            settings: Table(settings.cloned().collect()),
        })
    }

    /// Puts a child's step over this one: its rules come first and replace
    /// those of the same id, its packs come last, its settings win.
    pub(crate) fn extend(&mut self, child: Step) {
        let replaced = |rule: &Node| child.rules.iter().any(|r| rule_id(r) == rule_id(rule));
        let inherited = self
            .rules
            .drain(..)
            .filter(|rule| !replaced(rule))
            .collect::<Vec<_>>();
        self.rules = child.rules.iter().cloned().chain(inherited).collect();
        for pack in child.packs {
            if !self.packs.iter().any(|(name, _)| *name == pack.0) {
                self.packs.push(pack);
            }
        }
        self.without.extend(child.without);
        self.whole = child.whole.or(self.whole);
        self.once |= child.once;
        for (key, node) in child.settings.0 {
            self.settings.put(key, node);
        }
        self.place = child.place;
    }
}

/// What `unit` says: whether the plugin sees a digest whole.
fn unit(table: &Table) -> Result<Option<bool>, ConfigError> {
    match table.text("unit")? {
        None => Ok(None),
        Some(("item", _)) => Ok(Some(false)),
        Some(("document", _)) => Ok(Some(true)),
        Some((_, place)) => {
            let message = "`unit` must be \"item\" or \"document\"";
            Err(ConfigError::at(place.to_string(), message))
        }
    }
}

/// The `id` of a rule, if it has one.
pub(crate) fn rule_id(rule: &Node) -> Option<&str> {
    let Value::Table(table) = &rule.value else {
        return None;
    };
    match &table.get("id")?.value {
        Value::Text(id) => Some(id),
        _ => None,
    }
}
