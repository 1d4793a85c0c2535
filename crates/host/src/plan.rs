//! From a profile to plugins with settings.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::chain::{Chain, Link};
use crate::config::ConfigFolders;
use crate::error::{ConfigError, PluginError, StartError};
use crate::instance::Instance;
use crate::library::Plugin;
use crate::nearest::hint;
use crate::node::{Node, Table, Value, parse};
use crate::place::Place;
use crate::plugins::Plugins;
use crate::profile::{Profile, STEP_KEYS, Step, check_head, rule_id};
use crate::schema::check_table;
use crate::selectors::Selector;

/// The version of the pack format.
///
/// 1: first version.
const PACK_SCHEMA: i64 = 1;

/// A chain that is ready to be started, once per worker thread.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) steps: Vec<PlannedStep>,
    selectors: Vec<Selector>,
}

/// A plugin with its settings, and where those come from.
#[derive(Debug, Clone)]
pub(crate) struct PlannedStep {
    pub(crate) plugin: Plugin,
    pub(crate) place: Place,
    pub(crate) settings: Table,
    /// Whether the plugin sees a digest whole.
    pub(crate) whole: bool,
    /// Whether it runs in the first round only.
    pub(crate) once: bool,
    /// The rules of the profile and of its packs, in the order they count.
    pub(crate) rules: Option<Vec<Node>>,
}

impl Profile {
    /// Finds the plugins and packs of the chain and checks every key.
    ///
    /// # Errors
    /// [`StartError`]: a plugin that cannot be used, an unknown pack, an
    /// unknown key, rules for a plugin that takes none, an id that stands
    /// twice.
    pub fn plan(&self, plugins: &Plugins, config: &ConfigFolders) -> Result<Plan, StartError> {
        let steps = self
            .steps
            .iter()
            .map(|step| plan_step(step, plugins, config));
        Ok(Plan {
            steps: steps.collect::<Result<_, _>>()?,
            selectors: self.selectors.clone(),
        })
    }
}

impl Plan {
    /// Makes an instance of every plugin.
    ///
    /// # Errors
    /// [`StartError`] when a plugin refuses its settings, with the place of
    /// the setting in its file.
    pub fn start(&self) -> Result<Chain, StartError> {
        let start = |step: &PlannedStep| {
            Ok(Link {
                instance: step.start()?,
                whole: step.whole,
                once: step.once,
            })
        };
        let links: Result<_, StartError> = self.steps.iter().map(start).collect();
        Ok(Chain::new(links?, self.selectors.clone()))
    }

    /// The plugins in the order they run.
    pub fn plugins(&self) -> impl Iterator<Item = &Plugin> {
        self.steps.iter().map(|step| &step.plugin)
    }

    /// How many rules the steps have altogether.
    #[must_use]
    pub fn rule_count(&self) -> usize {
        self.steps
            .iter()
            .flat_map(|step| &step.rules)
            .map(Vec::len)
            .sum()
    }
}

fn plan_step(
    step: &Step,
    plugins: &Plugins,
    config: &ConfigFolders,
) -> Result<PlannedStep, StartError> {
    let plugin = plugins.get(&step.plugin).map_err(|error| match error {
        PluginError::Missing { .. } => {
            ConfigError::at(step.place.to_string(), error.to_string()).into()
        }
        other => StartError::from(other),
    })?;
    let schema = plugin.schema()?.unwrap_or(Json::Null);
    let takes_rules = schema.pointer("/properties/rules").is_some();
    if !takes_rules && (!step.rules.is_empty() || !step.packs.is_empty()) {
        let message = format!("`{}` takes no rules and no packs", step.plugin);
        return Err(ConfigError::at(step.place.to_string(), message).into());
    }
    let what = format!("step `{}`", step.plugin);
    check_table(&what, &step.settings, &schema, &schema, STEP_KEYS)?;
    let rules = takes_rules
        .then(|| collect_rules(step, config))
        .transpose()?;
    if let Some(item) = schema.pointer("/properties/rules/items") {
        for rule in rules.iter().flatten() {
            let Value::Table(table) = &rule.value else {
                continue;
            };
            let what = rule_id(rule).map_or("a rule".to_owned(), |id| format!("rule `{id}`"));
            check_table(&what, table, item, &schema, &[])?;
        }
    }
    let (place, settings) = (step.place.clone(), step.settings.clone());
    Ok(PlannedStep {
        plugin,
        place,
        settings,
        whole: step.whole.unwrap_or(false),
        once: step.once,
        rules,
    })
}

/// The step's own rules, then those of its packs, without the ones it
/// replaces or leaves out.
fn collect_rules(step: &Step, config: &ConfigFolders) -> Result<Vec<Node>, ConfigError> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let own: BTreeSet<String> = step
        .rules
        .iter()
        .filter_map(rule_id)
        .map(str::to_owned)
        .collect();
    let mut rules = Vec::new();
    let packs = step
        .packs
        .iter()
        .map(|(name, place)| read_pack(name, place, config));
    let packs = packs.collect::<Result<Vec<_>, _>>()?;
    for (from_pack, rule) in step
        .rules
        .iter()
        .map(|rule| (false, rule))
        .chain(packs.iter().flatten().map(|rule| (true, rule)))
    {
        let Some(id) = rule_id(rule) else {
            let message = "a rule needs `id = \"…\"`";
            return Err(ConfigError::at(rule.place.to_string(), message));
        };
        if from_pack && own.contains(id) {
            continue;
        }
        if !seen.insert(id.to_owned()) {
            let message = format!("rule `{id}` stands twice in step `{}`", step.plugin);
            return Err(ConfigError::at(rule.place.to_string(), message));
        }
        rules.push(rule.clone());
    }
    for (id, place) in &step.without {
        if !seen.contains(id) {
            let hint = hint(id, seen.iter().map(String::as_str));
            let message = format!("no rule `{id}` to leave out{hint}");
            return Err(ConfigError::at(place.to_string(), message));
        }
    }
    rules.retain(|rule| {
        !step
            .without
            .iter()
            .any(|(id, _)| Some(id.as_str()) == rule_id(rule))
    });
    Ok(rules)
}

fn read_pack(
    name: &str,
    wanted_at: &Place,
    config: &ConfigFolders,
) -> Result<Vec<Node>, ConfigError> {
    let Some(found) = config.read("packs", name)? else {
        let names = config.names("packs");
        let hint = hint(name, names.keys().map(String::as_str));
        let searched = config.searched("packs");
        let message = format!("no pack `{name}`{hint}; looked in {searched}");
        return Err(ConfigError::at(wanted_at.to_string(), message));
    };
    let table = parse(&found.name, &found.text)?;
    table.only("a pack", &["schema", "name", "about", "language", "rule"])?;
    check_head(&table, &found.name, name, PACK_SCHEMA)?;
    let rules = table.tables("rule")?;
    let node = |(rule, place): (&Table, &Place)| Node {
        value: Value::Table(rule.clone()),
        place: place.clone(),
    };
    Ok(rules.into_iter().map(node).collect())
}

impl PlannedStep {
    fn start(&self) -> Result<Instance, StartError> {
        self.start_with(self.rules.as_deref())
    }

    /// Makes an instance that has only these rules.
    pub(crate) fn start_with(&self, rules: Option<&[Node]>) -> Result<Instance, StartError> {
        let mut settings = self.settings.json();
        if let (Some(rules), Json::Object(settings)) = (rules, &mut settings) {
            settings.insert("rules".to_owned(), rules.iter().map(Node::json).collect());
        }
        self.plugin.create(&settings).map_err(|error| match error {
            PluginError::Failed { path, message, .. } => self.explain(&path, &message, rules),
            other => other.into(),
        })
    }

    /// Says where in which file the setting stands that a plugin refused.
    fn explain(&self, path: &str, message: &str, rules: Option<&[Node]>) -> StartError {
        let (mut place, mut what) = (&self.place, format!("step `{}`", self.plugin.name()));
        let mut keys = path.split('.');
        let first = keys.next().unwrap_or_default();
        let mut node = match first
            .strip_prefix("rules[")
            .and_then(|r| r.strip_suffix(']'))
        {
            Some(index) => index.parse().ok().and_then(|i: usize| rules?.get(i)),
            None => self.settings.get(first),
        };
        if let Some(id) = node.and_then(rule_id) {
            what = format!("rule `{id}`");
        }
        while let Some(found) = node {
            place = &found.place;
            node = match (&found.value, keys.next()) {
                (Value::Table(table), Some(key)) => {
                    let key = key.split('[').next().unwrap_or(key);
                    table.get(key)
                }
                _ => None,
            };
        }
        ConfigError::at(place.to_string(), format!("{what}: {message}")).into()
    }
}
