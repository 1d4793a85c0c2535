//! Where profiles and packs are looked for.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::error::ConfigError;
use crate::network::sites;

/// The shipped profiles and packs, as they were when the program was built.
static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../config");

/// A place with `profiles/` and `packs/` in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// A folder.
    Folder(PathBuf),
    /// Inside the program.
    BuiltIn,
}

impl fmt::Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.display().fmt(f),
            Self::BuiltIn => f.write_str("(built in)"),
        }
    }
}

/// A file found in a root: its name for people, and its text.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// The roots, first come first served.
#[derive(Debug, Clone)]
pub struct ConfigFolders {
    roots: Vec<Root>,
}

impl ConfigFolders {
    /// The usual search order: the folders given, `CLEAN_CONFIG_PATH`, the
    /// user's configuration folder, what was shipped. Where no folder is given,
    /// the nearest `config/` of the working folder and those above it comes
    /// before the user's.
    #[must_use]
    pub fn search(given: &[PathBuf]) -> Self {
        let mut roots: Vec<_> = given.iter().cloned().map(Root::Folder).collect();
        if let Some(path) = std::env::var_os("CLEAN_CONFIG_PATH") {
            let folders = std::env::split_paths(&path).filter(|p| !p.as_os_str().is_empty());
            roots.extend(folders.map(Root::Folder));
        }
        let shipped = shipped();
        if given.is_empty() {
            let near = Self::nearest().map(Root::Folder);
            roots.extend(near.filter(|near| *near != shipped));
        }
        if let Some(dirs) = directories::ProjectDirs::from("", "", "cleancopy") {
            let folder = dirs.config_dir().to_owned();
            roots.extend(folder.is_dir().then_some(Root::Folder(folder)));
        }
        roots.push(shipped);
        Self { roots }
    }

    /// The `config/` with profiles that is nearest to the working folder, in it
    /// or above it.
    #[must_use]
    pub fn nearest() -> Option<PathBuf> {
        let here = std::env::current_dir().ok()?.canonicalize().ok()?;
        let mut folders = here.ancestors().map(|folder| folder.join("config"));
        folders.find(|folder| folder.join("profiles").is_dir())
    }

    /// The same, with another root before all others.
    #[must_use]
    pub fn with_first(mut self, root: Root) -> Self {
        self.roots.insert(0, root);
        self
    }

    /// Only these roots.
    #[must_use]
    pub fn only(roots: Vec<Root>) -> Self {
        Self { roots }
    }

    /// The folders among the roots, whether they exist or not.
    pub fn folders(&self) -> impl Iterator<Item = &Path> {
        self.roots.iter().filter_map(|root| match root {
            Root::Folder(path) => Some(path.as_path()),
            Root::BuiltIn => None,
        })
    }

    /// Reads `FOLDER/NAME.toml` from the first root that has it.
    pub(crate) fn read(&self, folder: &str, name: &str) -> Result<Option<Found>, ConfigError> {
        if !valid_name(name) {
            return Ok(None);
        }
        let file = format!("{folder}/{name}.toml");
        let mut found = self.roots.iter().map(|root| read_in(root, &file));
        found.find_map(Result::transpose).transpose()
    }

    /// Reads a profile from the first root that has it: a file of its name, or
    /// that of a network with a site of this name. Answers the file's name
    /// without extension as well.
    pub(crate) fn read_profile(&self, name: &str) -> Result<Option<(Found, String)>, ConfigError> {
        if !valid_name(name) {
            return Ok(None);
        }
        for root in &self.roots {
            if let Some(found) = read_in(root, &format!("profiles/{name}.toml"))? {
                return Ok(Some((found, name.to_owned())));
            }
            let has_site = |file: &(Found, String)| sites(&file.0).iter().any(|site| site == name);
            if let Some(network) = profiles_in(root).find(has_site) {
                return Ok(Some(network));
            }
        }
        Ok(None)
    }

    /// The names of all profiles, sites of networks among them, with the first
    /// root that has each.
    pub(crate) fn profile_names(&self) -> BTreeMap<String, &Root> {
        let mut names = BTreeMap::new();
        for root in &self.roots {
            for (file, stem) in profiles_in(root) {
                for name in sites(&file).into_iter().chain([stem]) {
                    names.entry(name).or_insert(root);
                }
            }
        }
        names
    }

    /// The names of profiles that stand in several files of one root, as a file
    /// of its own and as a site of a network, each with those files.
    #[must_use]
    pub fn profiles_twice(&self) -> Vec<(String, Vec<String>)> {
        let mut twice = Vec::new();
        for root in &self.roots {
            let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (file, stem) in profiles_in(root) {
                for name in sites(&file).into_iter().chain([stem]) {
                    files.entry(name).or_default().push(file.name.clone());
                }
            }
            twice.extend(files.into_iter().filter(|(_, files)| files.len() > 1));
        }
        twice
    }

    /// The packs within reach, each with its file as shown to people.
    #[must_use]
    pub fn packs(&self) -> Vec<(String, String)> {
        let file = |name: &String, root: &Root| match root {
            Root::Folder(path) => shown(&path.join(format!("packs/{name}.toml"))),
            Root::BuiltIn => format!("(built in)/packs/{name}.toml"),
        };
        let names = self.names("packs").into_iter();
        names
            .map(|(name, root)| (file(&name, root), name))
            .map(|(file, name)| (name, file))
            .collect()
    }

    /// All names in a folder, with the first root that has each.
    pub(crate) fn names(&self, folder: &str) -> BTreeMap<String, &Root> {
        let mut names = BTreeMap::new();
        for root in &self.roots {
            for name in names_in(root, folder) {
                names.entry(name).or_insert(root);
            }
        }
        names
    }

    /// The roots for an error message.
    pub(crate) fn searched(&self, folder: &str) -> String {
        let each = |root: &Root| match root {
            Root::Folder(path) => shown(&path.join(folder)),
            Root::BuiltIn => format!("(built in)/{folder}"),
        };
        self.roots.iter().map(each).collect::<Vec<_>>().join(", ")
    }
}

fn read_in(root: &Root, file: &str) -> Result<Option<Found>, ConfigError> {
    let path = match root {
        Root::Folder(path) => path.join(file),
        Root::BuiltIn => {
            let found = SHIPPED.get_file(file).and_then(|f| f.contents_utf8());
            return Ok(found.map(|text| Found {
                name: format!("(built in)/{file}"),
                text: text.to_owned(),
            }));
        }
    };
    let name = shown(&path);
    match std::fs::read(&path).map(String::from_utf8) {
        Ok(Ok(text)) => Ok(Some(Found { name, text })),
        Ok(Err(error)) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            let column = good.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
            let message = "this is not UTF-8; save the file in that encoding";
            Err(ConfigError::at(format!("{name}:{line}:{column}"), message))
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(ConfigError::at(name, e.to_string())),
    }
}

/// The files of profiles in a root that can be read, by name, each with its
/// name without extension.
fn profiles_in(root: &Root) -> impl Iterator<Item = (Found, String)> + '_ {
    let mut names = names_in(root, "profiles");
    names.sort_unstable();
    names.into_iter().filter_map(move |stem| {
        let found = read_in(root, &format!("profiles/{stem}.toml"));
        Some((found.ok()??, stem))
    })
}

fn names_in(root: &Root, folder: &str) -> Vec<String> {
    let paths: Vec<PathBuf> = match root {
        Root::Folder(path) => {
            let entries = std::fs::read_dir(path.join(folder)).into_iter().flatten();
            entries.flatten().map(|entry| entry.path()).collect()
        }
        Root::BuiltIn => {
            let files = SHIPPED.get_dir(folder).into_iter().flat_map(Dir::files);
            files.map(|file| file.path().to_owned()).collect()
        }
    };
    let toml = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "toml"));
    toml.filter_map(|path| path.file_stem()?.to_str().map(str::to_owned))
        .collect()
}

/// The shipped configuration: a folder near the executable, so that an edited
/// file counts without a new build, else what the program carries.
fn shipped() -> Root {
    let exe = std::env::current_exe()
        .ok()
        .and_then(|exe| exe.canonicalize().ok());
    let near = exe.as_deref().and_then(Path::parent).and_then(|bin| {
        // Beside it; installed under a prefix; in a checkout, where cargo puts
        // the program two folders down.
        let places = ["config", "../share/cleancopy/config", "../../config"];
        places
            .iter()
            .map(|p| bin.join(p))
            .find(|p| p.join("profiles/english.toml").is_file())
    });
    let near = near.and_then(|path| path.canonicalize().ok());
    near.map_or(Root::BuiltIn, Root::Folder)
}

/// A path as people want to read it: from the working folder where it can be.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let short = here
        .as_deref()
        .and_then(|here| path.strip_prefix(here).ok());
    short.unwrap_or(path).display().to_string()
}

/// Names become file names, so nothing that could leave the folder.
fn valid_name(name: &str) -> bool {
    let byte = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    !name.is_empty() && !name.starts_with('.') && name.bytes().all(byte)
}
