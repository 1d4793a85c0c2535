//! Finding plugins by name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use cleancopy_abi as abi;
use semver::Version;

use crate::config::shown;
use crate::error::PluginError;
use crate::library::{Plugin, exports, name_of};
use crate::nearest::hint;

/// How a folder came to be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Somebody named it: `--plugin-dir` or `CLEAN_PLUGIN_PATH`.
    Named,
    /// It is a usual place.
    Usual,
}

/// A folder that may hold plugins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginFolder {
    /// The folder.
    pub path: PathBuf,
    /// How it came to be searched.
    pub origin: Origin,
}

/// The folders that are searched, in order.
#[derive(Debug, Clone, Default)]
pub struct PluginFolders(Vec<PluginFolder>);

impl PluginFolders {
    /// The usual search order: the folders given, `CLEAN_PLUGIN_PATH`, beside
    /// the executable, the user's data folder.
    #[must_use]
    pub fn search(given: &[PathBuf]) -> Self {
        let mut named = given.to_vec();
        if let Some(path) = std::env::var_os("CLEAN_PLUGIN_PATH") {
            named.extend(std::env::split_paths(&path).filter(|p| !p.as_os_str().is_empty()));
        }
        let mut usual = Vec::new();
        let exe = std::env::current_exe()
            .ok()
            .and_then(|exe| exe.canonicalize().ok());
        if let Some(bin) = exe.as_deref().and_then(Path::parent) {
            usual.push(bin.to_owned());
            usual.extend(
                bin.parent()
                    .map(|prefix| prefix.join("lib/cleancopy/plugins")),
            );
        }
        if let Some(dirs) = directories::ProjectDirs::from("", "", "cleancopy") {
            usual.push(dirs.data_dir().join("plugins"));
        }
        let folder = |origin| move |path| PluginFolder { path, origin };
        let named = named.into_iter().map(folder(Origin::Named));
        Self(
            named
                .chain(usual.into_iter().map(folder(Origin::Usual)))
                .collect(),
        )
    }

    /// Only these folders, each as if it had been named.
    #[must_use]
    pub fn only(paths: &[PathBuf]) -> Self {
        let folder = |path: &PathBuf| PluginFolder {
            path: path.clone(),
            origin: Origin::Named,
        };
        Self(paths.iter().map(folder).collect())
    }

    /// The folders in the order they are searched.
    #[must_use]
    pub fn folders(&self) -> &[PluginFolder] {
        &self.0
    }
}

/// One plugin in a listing.
#[derive(Debug)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// The file, or `None` when it is built in.
    pub file: Option<PathBuf>,
    /// The plugin, or why it cannot be used.
    pub plugin: Result<Plugin, PluginError>,
    /// Whether a profile that names it gets this one, and why or why not.
    pub used: bool,
    /// The reason, in a few words.
    pub why: String,
}

/// All plugins within reach, loaded when they are first asked for.
#[derive(Debug)]
pub struct Plugins {
    folders: PluginFolders,
    built_in: BTreeMap<String, Plugin>,
    loaded: Mutex<BTreeMap<PathBuf, Plugin>>,
}

impl Plugins {
    /// Plugins from folders, and those linked into the program.
    #[must_use]
    pub fn new(folders: PluginFolders, built_in: &[&'static abi::Descriptor]) -> Self {
        let built_in = built_in.iter().filter_map(|d| Plugin::built_in(d).ok());
        Self {
            folders,
            built_in: built_in.map(|p| (p.name().to_owned(), p)).collect(),
            loaded: Mutex::default(),
        }
    }

    /// The folders that are searched.
    #[must_use]
    pub fn folders(&self) -> &PluginFolders {
        &self.folders
    }

    /// The plugin of this name.
    ///
    /// A plugin in a named folder comes first. One in a usual folder wins over
    /// a built-in one only if its version is newer.
    ///
    /// # Errors
    /// [`PluginError`] when there is none or it cannot be used; a plugin that
    /// cannot be used is never passed over for another.
    pub fn get(&self, name: &str) -> Result<Plugin, PluginError> {
        let built_in = self.built_in.get(name);
        let Some((path, origin)) = self.file_of(name) else {
            return built_in.cloned().ok_or_else(|| self.missing(name));
        };
        let plugin = self.load(&path)?;
        Ok(match built_in {
            Some(ours) if origin == Origin::Usual && !newer(&plugin, ours) => ours.clone(),
            _ => plugin,
        })
    }

    /// Everything that is there, in the order of names, with the one that is
    /// used first.
    #[must_use]
    pub fn list(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for name in self.names() {
            let used = self.get(&name).ok().map(|p| p.file().map(Path::to_owned));
            for (path, origin) in self.files_of(&name) {
                let is_used = used.as_ref().is_some_and(|u| u.as_ref() == Some(&path));
                let why = match (is_used, origin) {
                    (true, Origin::Named) => "its folder was named",
                    (true, Origin::Usual) => "the first one found",
                    (false, _) => "another one comes first",
                };
                let plugin = self.load(&path);
                let (file, why, used) = (Some(path), why.to_owned(), is_used);
                found.push(Found {
                    name: name.clone(),
                    file,
                    plugin,
                    used,
                    why,
                });
            }
            if let Some(plugin) = self.built_in.get(&name) {
                let used = used.as_ref().is_some_and(Option::is_none);
                let why = if used {
                    "built in"
                } else {
                    "built in; a file comes first"
                };
                let (plugin, why) = (Ok(plugin.clone()), why.to_owned());
                found.push(Found {
                    name: name.clone(),
                    file: None,
                    plugin,
                    used,
                    why,
                });
            }
        }
        found.sort_by(|a, b| (&a.name, !a.used).cmp(&(&b.name, !b.used)));
        found
    }

    fn load(&self, path: &Path) -> Result<Plugin, PluginError> {
        let mut loaded = self
            .loaded
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(plugin) = loaded.get(path) {
            return Ok(plugin.clone());
        }
        let plugin = Plugin::load(path)?;
        loaded.insert(path.to_owned(), plugin.clone());
        Ok(plugin)
    }

    fn file_of(&self, name: &str) -> Option<(PathBuf, Origin)> {
        self.files_of(name).into_iter().next()
    }

    fn files_of(&self, name: &str) -> Vec<(PathBuf, Origin)> {
        use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

        let valid = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        if !name.bytes().all(valid) {
            return Vec::new();
        }
        let file = format!("{DLL_PREFIX}{}{DLL_SUFFIX}", name.replace('-', "_"));
        let folders = self.folders.folders().iter();
        let files = folders.map(|f| (f.path.join(&file), f.origin));
        files.filter(|(path, _)| path.is_file()).collect()
    }

    /// The names of all plugins: built in, or a library in a folder that
    /// exports the entry symbol for its name.
    fn names(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<_> = self.built_in.keys().cloned().collect();
        for folder in self.folders.folders() {
            let entries = std::fs::read_dir(&folder.path)
                .into_iter()
                .flatten()
                .flatten();
            let libraries = entries.map(|e| e.path()).filter(|p| {
                p.to_str()
                    .is_some_and(|p| p.ends_with(std::env::consts::DLL_SUFFIX))
                    && p.is_file()
            });
            for path in libraries {
                let name = name_of(&path);
                let symbol = format!("{}{}", abi::SYMBOL_PREFIX, name.replace('-', "_"));
                if exports(&path, &symbol).is_ok() {
                    names.insert(name);
                }
            }
        }
        names
    }

    fn missing(&self, name: &str) -> PluginError {
        let names = self.names();
        let folders = self.folders.folders().iter().map(|f| shown(&f.path));
        let mut searched: Vec<_> = folders.collect();
        if !self.built_in.is_empty() {
            searched.push("(built in)".to_owned());
        }
        PluginError::Missing {
            name: name.to_owned(),
            hint: hint(name, names.iter().map(String::as_str)),
            searched: searched.join(", "),
        }
    }
}

fn newer(a: &Plugin, b: &Plugin) -> bool {
    let version = |p: &Plugin| Version::parse(p.version()).ok();
    version(a) > version(b)
}
