//! From a profile to plugins with settings.

use std::collections::{BTreeMap, BTreeSet};

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
use crate::profile::{Profile, check_head};
use crate::schema::{allows, check_table};
use crate::selectors::Marks;
use crate::step::{STEP_KEYS, Step, rule_id};

/// The version of the pack format.
///
/// 1: first version.
const PACK_SCHEMA: i64 = 1;

/// A chain that is ready to be started, once per worker thread.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) steps: Vec<PlannedStep>,
    pub(crate) marks: Marks,
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
    /// Whether its rules may carry evidence: names of elements are none.
    pub(crate) proves: bool,
}

impl Profile {
    /// Finds the plugins and packs of the chain and checks every key.
    ///
    /// # Errors
    /// [`StartError`]: a plugin that cannot be used, an unknown pack, an
    /// unknown key, rules for a plugin that takes none, an id that stands
    /// twice.
    pub fn plan(&self, plugins: &Plugins, config: &ConfigFolders) -> Result<Plan, StartError> {
        let (plan, faults) = self.plan_sound(plugins, config);
        faults.into_iter().next().map_or(Ok(plan), Err)
    }

    /// Plans what can be used, for those who check profiles: a rule, a pack or
    /// a step that is wrong is left out and said, and does not hide what is
    /// wrong, or right, with the others.
    #[must_use]
    pub fn plan_sound(&self, plugins: &Plugins, config: &ConfigFolders) -> (Plan, Vec<StartError>) {
        let mut faults = Vec::new();
        let mut steps = Vec::new();
        for step in &self.steps {
            match plan_step(step, plugins, config, &mut faults) {
                Ok(step) => steps.push(step),
                Err(error) => faults.push(error),
            }
        }
        let marks = Marks::new(self.selectors.clone());
        (Plan { steps, marks }, faults)
    }
}

impl Plan {
    /// Makes an instance of every plugin.
    ///
    /// # Errors
    /// [`StartError`] when a plugin refuses its settings, with the place of
    /// the setting in its file.
    pub fn start(&self) -> Result<Chain, StartError> {
        let start = |step: &PlannedStep| Ok(step.link(step.start()?));
        let links: Result<_, StartError> = self.steps.iter().map(start).collect();
        Ok(Chain::new(links?, self.marks.clone()))
    }

    /// Starts what can be started, as [`Profile::plan_sound`] plans: rules and
    /// steps that a plugin refuses leave the plan and are said.
    #[must_use]
    pub fn start_sound(&mut self) -> (Chain, Vec<StartError>) {
        let (mut links, mut faults) = (Vec::new(), Vec::new());
        self.steps.retain_mut(|step| {
            let instance = step.start_sound(&mut faults);
            let started = instance.map(|instance| links.push(step.link(instance)));
            started.is_some()
        });
        (Chain::new(links, self.marks.clone()), faults)
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
    faults: &mut Vec<StartError>,
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
    if takes_rules {
        refuse_rules_setting(step, &what)?;
    }
    check_table(&what, &step.settings, &schema, &schema, STEP_KEYS)?;
    let mut rules = takes_rules.then(|| collect_rules(step, config, faults));
    if let (Some(rules), Some(item)) = (&mut rules, schema.pointer("/properties/rules/items")) {
        rules.retain(|rule| {
            let Value::Table(table) = &rule.value else {
                return true;
            };
            let what = rule_id(rule).map_or("a rule".to_owned(), |id| format!("rule `{id}`"));
            let checked = check_table(&what, table, item, &schema, &[]);
            checked.map_err(|error| faults.push(error.into())).is_ok()
        });
    }
    let item = schema.pointer("/properties/rules/items");
    let proves = item.is_some_and(|item| allows("removes", item, &schema));
    let (place, settings) = (step.place.clone(), step.settings.clone());
    Ok(PlannedStep {
        plugin,
        place,
        settings,
        whole: step.whole.unwrap_or(false),
        once: step.once,
        rules,
        proves,
    })
}

/// The host makes the setting `rules`, and would pass over what somebody wrote
/// there.
fn refuse_rules_setting(step: &Step, what: &str) -> Result<(), ConfigError> {
    let mut settings = step.settings.0.iter();
    let Some((key, _)) = settings.find(|(key, _)| key.name == "rules") else {
        return Ok(());
    };
    let message = format!("`rules` in {what}: write each rule as [[chain.rule]]");
    Err(ConfigError::at(key.place.to_string(), message))
}

/// The step's own rules, then those of its packs, without the ones it
/// replaces or leaves out, and without those that are wrong.
fn collect_rules(step: &Step, config: &ConfigFolders, faults: &mut Vec<StartError>) -> Vec<Node> {
    // Each id, and whether its rules are for some days only.
    let mut seen: BTreeMap<String, bool> = BTreeMap::new();
    let own: BTreeSet<&str> = step.rules.iter().filter_map(rule_id).collect();
    let mut from_packs = Vec::new();
    for (name, place) in &step.packs {
        match read_pack(name, place, config) {
            Ok(rules) => from_packs.extend(rules),
            Err(error) => faults.push(error.into()),
        }
    }
    from_packs.retain(|rule| rule_id(rule).is_none_or(|id| !own.contains(id)));
    let mut rules = Vec::new();
    for rule in step.rules.iter().chain(&from_packs) {
        let wrong = match rule_id(rule) {
            None => "a rule needs `id = \"…\"`".to_owned(),
            // Wordings of one rule, each with its time, share the id.
            Some(id) if stands_twice(&mut seen, id, is_dated(rule)) => format!(
                "rule `{id}` stands twice in step `{}`; wordings that took turns need `from` \
                 and `until`",
                step.plugin
            ),
            Some(_) => {
                rules.push(rule.clone());
                continue;
            }
        };
        faults.push(ConfigError::at(rule.place.to_string(), wrong).into());
    }
    for (id, place) in step.without.iter().filter(|(id, _)| !seen.contains_key(id)) {
        let hint = hint(id, seen.keys().map(String::as_str));
        let message = format!("no rule `{id}` to leave out{hint}");
        faults.push(ConfigError::at(place.to_string(), message).into());
    }
    let left_out = |rule: &Node| {
        step.without
            .iter()
            .any(|(id, _)| Some(id.as_str()) == rule_id(rule))
    };
    rules.retain(|rule| !left_out(rule));
    rules
}

/// Notes an id, and answers whether it stood there before for the same days as
/// far as can be told here: plugins compare the days themselves.
fn stands_twice(seen: &mut BTreeMap<String, bool>, id: &str, dated: bool) -> bool {
    let before = seen.insert(id.to_owned(), dated);
    before.is_some_and(|other| !(other && dated))
}

/// Whether a rule is for articles of some days only.
fn is_dated(rule: &Node) -> bool {
    match &rule.value {
        Value::Table(table) => ["from", "until"].iter().any(|key| table.get(key).is_some()),
        _ => false,
    }
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
    fn link(&self, instance: Instance) -> Link {
        Link {
            instance,
            whole: self.whole,
            once: self.once,
            took: std::time::Duration::ZERO,
            last: None,
        }
    }

    fn start(&self) -> Result<Instance, StartError> {
        self.start_with(self.rules.as_deref())
    }

    /// Makes an instance of what the plugin does not refuse. Rules are tried
    /// one by one only where all of them together are refused.
    fn start_sound(&mut self, faults: &mut Vec<StartError>) -> Option<Instance> {
        let refused = match self.start() {
            Ok(instance) => return Some(instance),
            Err(error) => error,
        };
        let known = faults.len();
        if let Some(mut rules) = self.rules.take() {
            rules.retain(|rule| {
                let alone = self.start_with(Some(std::slice::from_ref(rule)));
                alone.map_err(|error| faults.push(error)).is_ok()
            });
            self.rules = Some(rules);
        }
        if faults.len() == known {
            faults.push(refused);
            return None;
        }
        self.start().map_err(|error| faults.push(error)).ok()
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
        let message = match message.starts_with(&what) {
            true => message.to_owned(),
            false => format!("{what}: {message}"),
        };
        ConfigError::at(place.to_string(), message).into()
    }
}
