//! Profiles: how to clean one publisher, with what it inherits.

use crate::config::{ConfigFolders, Root};
use crate::error::ConfigError;
use crate::nearest::hint;
use crate::node::{Node, Table, Value, parse};
use crate::place::Place;
use crate::selectors::{self, Selector};

/// The version of the profile format.
///
/// 1: first version.
const SCHEMA: i64 = 1;

/// How `--profile auto` knows a publisher.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Match {
    /// Host names, without `www.`; subdomains count too.
    pub hosts: Vec<String>,
    /// Short texts that only this publisher prints.
    pub phrases: Vec<String>,
    /// Weak signs: rules as JSON, each with its place as `file:line:column`.
    pub signs: Vec<(serde_json::Value, String)>,
}

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
    /// The plugin it uses.
    #[must_use]
    pub fn plugin(&self) -> &str {
        &self.plugin
    }
}

/// A publisher's profile with everything it inherits.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name, which is that of its file.
    pub name: String,
    /// The publisher's name for people.
    pub title: Option<String>,
    /// BCP 47 tag of the language it is for.
    pub language: Option<String>,
    /// How it is recognised; never inherited.
    pub matching: Match,
    /// The selectors for pages, its own first.
    pub(crate) selectors: Vec<Selector>,
    /// The chain, in order.
    pub steps: Vec<Step>,
    /// The file it was read from, and those it inherits from, as shown to
    /// people.
    pub files: Vec<String>,
}

/// Keys of a step that belong to the host; all others go to the plugin.
pub(crate) const STEP_KEYS: &[&str] = &[
    "use", "packs", "rule", "without", "before", "after", "off", "unit", "once",
];

impl Profile {
    /// Loads a profile and all it extends.
    ///
    /// # Errors
    /// [`ConfigError`]: an unknown profile with the nearest name and the
    /// folders searched; anything wrong in a file with its place.
    pub fn load(name: &str, config: &ConfigFolders) -> Result<Self, ConfigError> {
        load(name, None, config, &mut Vec::new())
    }

    /// Sets one setting of a step over what the profile and its parents say,
    /// such as `when` of `split-liveblog` to `always`. The value is TOML; what
    /// is not TOML is a text, so that nobody has to quote twice. `origin` is
    /// where the setting comes from, for people: it stands where a file's name
    /// does in errors.
    ///
    /// # Errors
    /// [`ConfigError`]: no such step, or a key that is the host's, such as
    /// `packs`. Whether the plugin takes the setting shows in
    /// [`Profile::plan`].
    pub fn set(
        &mut self,
        step: &str,
        key: &str,
        value: &str,
        origin: &str,
    ) -> Result<(), ConfigError> {
        let Some(target) = self.steps.iter_mut().find(|s| s.plugin == step) else {
            let hint = hint(step, self.steps.iter().map(|s| s.plugin.as_str()));
            let message = format!("profile `{}` has no step `{step}`{hint}", self.name);
            return Err(ConfigError::at(origin, message));
        };
        let quoted = || parse(origin, &format!("{key} = {}", toml::Value::from(value)));
        let mut table = parse(origin, &format!("{key} = {value}")).or_else(|_| quoted())?;
        let (Some((key, node)), true) = (table.0.pop(), table.0.is_empty()) else {
            return Err(ConfigError::at(
                origin,
                "must be one setting with its value",
            ));
        };
        if STEP_KEYS.contains(&key.name.as_str()) {
            let message = format!("`{}` belongs into a profile; it is no setting", key.name);
            return Err(ConfigError::at(key.place.to_string(), message));
        }
        target.settings.put(key, node);
        Ok(())
    }

    /// Whether the chain has a step with this plugin.
    #[must_use]
    pub fn has_step(&self, plugin: &str) -> bool {
        self.steps.iter().any(|step| step.plugin == plugin)
    }

    /// All profiles within reach, with the root that has each.
    #[must_use]
    pub fn names(config: &ConfigFolders) -> Vec<(String, Root)> {
        let names = config.names("profiles");
        names
            .into_iter()
            .map(|(name, root)| (name, root.clone()))
            .collect()
    }
}

fn load(
    name: &str,
    wanted_at: Option<&Place>,
    config: &ConfigFolders,
    open: &mut Vec<String>,
) -> Result<Profile, ConfigError> {
    let Some(found) = config.read("profiles", name)? else {
        let names = config.names("profiles");
        let hint = hint(name, names.keys().map(String::as_str));
        let searched = config.searched("profiles");
        let message = format!("no profile `{name}`{hint}; looked in {searched}");
        return Err(ConfigError {
            place: wanted_at.map(ToString::to_string),
            message,
        });
    };
    if open.iter().any(|n| n == name) {
        let circle = format!("{} -> {name}", open.join(" -> "));
        return Err(ConfigError::at(
            found.name,
            format!("profiles extend in a circle: {circle}"),
        ));
    }
    open.push(name.to_owned());
    let table = parse(&found.name, &found.text)?;
    let known = [
        "schema", "name", "title", "about", "language", "extends", "match", "html", "chain",
    ];
    table.only("a profile", &known)?;
    check_head(&table, &found.name, name, SCHEMA)?;
    let mut profile = Profile {
        name: name.to_owned(),
        title: table.text("title")?.map(|(t, _)| t.to_owned()),
        language: table.text("language")?.map(|(t, _)| t.to_owned()),
        matching: matching(&table)?,
        selectors: selectors::read(&table)?,
        steps: Vec::new(),
        files: vec![found.name.clone()],
    };
    for (parent, place) in table.texts("extends")? {
        let parent = load(&parent, Some(&place), config, open)?;
        profile.language = profile.language.or(parent.language);
        profile.selectors.extend(parent.selectors);
        for step in parent.steps {
            profile.add(step);
        }
        profile
            .files
            .extend(parent.files.into_iter().filter(|f| *f != found.name));
    }
    let mut own = Vec::new();
    for (step, place) in table.tables("chain")? {
        profile.amend(step, place, &mut own)?;
    }
    open.pop();
    Ok(profile)
}

/// Checks `schema` and `name`, which profiles and packs share.
pub(crate) fn check_head(
    table: &Table,
    file: &str,
    name: &str,
    newest: i64,
) -> Result<(), ConfigError> {
    match table.get("schema").map(|n| (&n.value, n)) {
        Some((Value::Whole(v), _)) if *v == newest => {}
        Some((Value::Whole(v), n)) if *v > newest => {
            let message =
                format!("schema {v} is newer than this program, which knows {newest}; update it");
            return Err(ConfigError::at(n.place.to_string(), message));
        }
        Some((_, n)) => return Err(n.wrong("schema", &format!("{newest}"))),
        None => {
            return Err(ConfigError::at(
                file,
                format!("`schema = {newest}` is missing"),
            ));
        }
    }
    match table.text("name")? {
        Some((stated, _)) if stated == name => Ok(()),
        Some((stated, place)) => {
            let message = format!("the file is called `{name}`, but `name` says `{stated}`");
            Err(ConfigError::at(place.to_string(), message))
        }
        None => Err(ConfigError::at(
            file,
            format!("`name = \"{name}\"` is missing"),
        )),
    }
}

fn matching(table: &Table) -> Result<Match, ConfigError> {
    let Some(node) = table.get("match") else {
        return Ok(Match::default());
    };
    let Value::Table(table) = &node.value else {
        return Err(node.wrong("match", "a table"));
    };
    table.only("[match]", &["hosts", "phrases", "rule"])?;
    let texts = |key| -> Result<Vec<String>, ConfigError> {
        let texts = table.texts(key)?;
        match texts.iter().find(|(text, _)| text.trim().is_empty()) {
            Some((_, place)) => Err(ConfigError::at(
                place.to_string(),
                format!("an empty text in `{key}` would match everything"),
            )),
            None => Ok(texts.into_iter().map(|(text, _)| text).collect()),
        }
    };
    let signs = table.tables("rule")?;
    let signs = signs
        .into_iter()
        .map(|(rule, place)| (rule.json(), place.to_string()));
    let (hosts, phrases, signs) = (texts("hosts")?, texts("phrases")?, signs.collect());
    Ok(Match {
        hosts,
        phrases,
        signs,
    })
}

impl Profile {
    /// Adds a parent's step; a step that an earlier parent has is extended.
    fn add(&mut self, step: Step) {
        match self.steps.iter_mut().find(|s| s.plugin == step.plugin) {
            Some(same) => same.extend(step),
            None => self.steps.push(step),
        }
    }

    /// Applies one `[[chain]]` of a profile to what it inherited.
    fn amend(
        &mut self,
        table: &Table,
        place: &Place,
        own: &mut Vec<String>,
    ) -> Result<(), ConfigError> {
        let Some((plugin, used_at)) = table.text("use")? else {
            return Err(ConfigError::at(
                place.to_string(),
                "a [[chain]] step needs `use = \"…\"`",
            ));
        };
        let at = used_at.to_string();
        if own.iter().any(|name| name == plugin) {
            let message = format!("step `{plugin}` stands twice in this profile; join the two");
            return Err(ConfigError::at(at, message));
        }
        own.push(plugin.to_owned());
        let old = self.steps.iter().position(|s| s.plugin == plugin);
        if table.truth("off")? {
            let Some(index) = old else {
                let known = self.steps.iter().map(|s| s.plugin.as_str());
                let hint = hint(plugin, known);
                return Err(ConfigError::at(
                    at,
                    format!("no step `{plugin}` to switch off{hint}"),
                ));
            };
            self.steps.remove(index);
            return Ok(());
        }
        let step = Step::read(plugin, used_at.clone(), table)?;
        let target = self.target(table)?;
        match (old, target) {
            (Some(index), None) => self.steps[index].extend(step),
            (Some(index), Some(_)) => {
                let mut moved = self.steps.remove(index);
                moved.extend(step);
                // The place was looked up while the step still stood there.
                let target = self.target(table)?.unwrap_or(self.steps.len());
                self.steps.insert(target, moved);
            }
            (None, target) => self.steps.insert(target.unwrap_or(self.steps.len()), step),
        }
        Ok(())
    }

    /// The index that `before` or `after` names.
    fn target(&self, table: &Table) -> Result<Option<usize>, ConfigError> {
        for (key, shift) in [("before", 0), ("after", 1)] {
            let Some((name, place)) = table.text(key)? else {
                continue;
            };
            let Some(index) = self.steps.iter().position(|s| s.plugin == name) else {
                let hint = hint(name, self.steps.iter().map(|s| s.plugin.as_str()));
                let message = format!("`{key}` names no step of the chain: `{name}`{hint}");
                return Err(ConfigError::at(place.to_string(), message));
            };
            return Ok(Some(index + shift));
        }
        Ok(None)
    }
}

impl Step {
    fn read(plugin: &str, place: Place, table: &Table) -> Result<Self, ConfigError> {
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
    fn extend(&mut self, child: Step) {
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
