//! Profiles: how to clean one publisher, with what it inherits.

use crate::config::{ConfigFolders, Root};
use crate::error::ConfigError;
use crate::matching::Match;
use crate::nearest::hint;
use crate::network;
use crate::node::{Table, Value, parse};
use crate::place::Place;
use crate::selectors::{self, Named};
use crate::step::{STEP_KEYS, Step};

/// The version of the profile format.
///
/// 1: first version.
const SCHEMA: i64 = 1;

/// Keys of a profile.
pub const PROFILE_KEYS: &[&str] = &[
    "schema", "name", "title", "about", "language", "extends", "match", "html", "chain", "site",
];

/// A publisher's profile with everything it inherits.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name, which is that of its file, or of a `[[site]]` in one.
    pub name: String,
    /// The publisher's name for people.
    pub title: Option<String>,
    /// BCP 47 tag of the language it is for.
    pub language: Option<String>,
    /// The network whose file has it as a `[[site]]`.
    pub network: Option<String>,
    /// How it is recognised; inherited from its network alone.
    pub matching: Match,
    /// The selectors for pages, its own first.
    pub(crate) selectors: Vec<Named>,
    /// The chain, in order.
    pub steps: Vec<Step>,
    /// The file it was read from, and those it inherits from, as shown to
    /// people.
    pub files: Vec<String>,
}

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
        let names = config.profile_names();
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
    let Some((found, stem)) = config.read_profile(name)? else {
        let names = config.profile_names();
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
    let mut table = parse(&found.name, &found.text)?;
    table.only("a profile", PROFILE_KEYS)?;
    check_head(&table, &found.name, &stem, SCHEMA)?;
    let site = network::prepare(&mut table, (stem != name).then_some(name))?;
    let mut profile = Profile::read(&stem, &table, &found.name, config, open)?;
    if let Some(site) = site {
        profile.become_site(name, &site)?;
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

impl Profile {
    /// Reads the file of a profile, with its parents.
    fn read(
        name: &str,
        table: &Table,
        file: &str,
        config: &ConfigFolders,
        open: &mut Vec<String>,
    ) -> Result<Self, ConfigError> {
        let mut profile = Self {
            name: name.to_owned(),
            title: table.text("title")?.map(|(t, _)| t.to_owned()),
            language: table.text("language")?.map(|(t, _)| t.to_owned()),
            network: None,
            matching: Match::read(table)?,
            selectors: selectors::read(table)?,
            steps: Vec::new(),
            files: vec![file.to_owned()],
        };
        for (parent, place) in table.texts("extends")? {
            let parent = load(&parent, Some(&place), config, open)?;
            profile.language = profile.language.or(parent.language);
            profile.selectors.extend(parent.selectors);
            for step in parent.steps {
                profile.add(step);
            }
            let known = profile.files.clone();
            let new = parent.files.into_iter().filter(|f| !known.contains(f));
            profile.files.extend(new);
        }
        profile.amend_all(table)?;
        Ok(profile)
    }

    /// Lays what a site of the network says over what the network says.
    fn become_site(&mut self, name: &str, site: &Table) -> Result<(), ConfigError> {
        let text = |key| -> Result<_, ConfigError> {
            Ok(site.text(key)?.map(|(text, _)| text.to_owned()))
        };
        self.network = Some(std::mem::replace(&mut self.name, name.to_owned()));
        self.title = text("title")?;
        self.language = text("language")?.or(self.language.take());
        let of_network = std::mem::take(&mut self.matching);
        self.matching = Match::of_site(site, of_network)?;
        self.amend_all(site)
    }

    /// Applies every `[[chain]]` of a table to what was inherited.
    fn amend_all(&mut self, table: &Table) -> Result<(), ConfigError> {
        let mut own = Vec::new();
        for (step, place) in table.tables("chain")? {
            self.amend(step, place, &mut own)?;
        }
        Ok(())
    }

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
