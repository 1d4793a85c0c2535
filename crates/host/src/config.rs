//! Where profiles and packs are looked for.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::error::ConfigError;

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
    /// user's configuration folder, what was shipped.
    #[must_use]
    pub fn search(given: &[PathBuf]) -> Self {
        let mut roots: Vec<_> = given.iter().cloned().map(Root::Folder).collect();
        if let Some(path) = std::env::var_os("CLEAN_CONFIG_PATH") {
            let folders = std::env::split_paths(&path).filter(|p| !p.as_os_str().is_empty());
            roots.extend(folders.map(Root::Folder));
        }
        if let Some(dirs) = directories::ProjectDirs::from("", "", "cleancopy") {
            let folder = dirs.config_dir().to_owned();
            roots.extend(folder.is_dir().then_some(Root::Folder(folder)));
        }
        roots.push(shipped());
        Self { roots }
    }

    /// Only these roots.
    #[must_use]
    pub fn only(roots: Vec<Root>) -> Self {
        Self { roots }
    }

    /// Reads `FOLDER/NAME.toml` from the first root that has it.
    pub(crate) fn read(&self, folder: &str, name: &str) -> Result<Option<Found>, ConfigError> {
        if !valid_name(name) {
            return Ok(None);
        }
        let file = format!("{folder}/{name}.toml");
        for root in &self.roots {
            match root {
                Root::Folder(path) => {
                    let path = path.join(&file);
                    match std::fs::read_to_string(&path) {
                        Ok(text) => {
                            return Ok(Some(Found {
                                name: shown(&path),
                                text,
                            }));
                        }
                        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                        Err(e) => return Err(ConfigError::at(shown(&path), e.to_string())),
                    }
                }
                Root::BuiltIn => {
                    let found = SHIPPED.get_file(&file).and_then(|f| f.contents_utf8());
                    if let Some(text) = found {
                        let (name, text) = (format!("(built in)/{file}"), text.to_owned());
                        return Ok(Some(Found { name, text }));
                    }
                }
            }
        }
        Ok(None)
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
