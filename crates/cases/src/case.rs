//! One case: a folder with a document and what is known about it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cleancopy_host::Profile;
use cleancopy_model::Document;
use cleancopy_read::{Encoding, Expect, ReadError, read};
use serde::Deserialize;

/// The names that a case's document may have.
pub(crate) const INPUTS: &[&str] = &[
    "input.txt",
    "input.html",
    "input.xml",
    "input.rss",
    "input.atom",
];

/// What `clean --diff` is to print.
pub(crate) const DIFF: &str = "expected.diff";

/// The metadata and sections there are to be.
pub(crate) const SHAPE: &str = "expected.json";

/// What is known beside the text.
const ABOUT: &str = "case.toml";

/// A case that cannot be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// The folder holds no document, or several.
    #[error("{folder}: {count} documents; a case has one of {names}", folder = .folder.display(), names = INPUTS.join(", "))]
    Inputs {
        /// The case's folder.
        folder: PathBuf,
        /// How many it has.
        count: usize,
    },
    /// A file that looks like one of the case's and is none.
    #[error(
        "{file}: not a file of a case; known are {names}, {DIFF}, {SHAPE} and {ABOUT}",
        file = .file.display(),
        names = INPUTS.join(", ")
    )]
    Stray {
        /// The file.
        file: PathBuf,
    },
    /// `case.toml` is wrong.
    #[error("{file}:{line}: {message}", file = .file.display())]
    About {
        /// The file.
        file: PathBuf,
        /// 1-based line.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// A file cannot be read.
    #[error("{file}: {error}", file = .file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The document is not what it should be.
    #[error("{file}: {error}", file = .file.display())]
    Read {
        /// The document's file.
        file: PathBuf,
        /// What is wrong with it.
        error: ReadError,
    },
}

/// A case's folder. Its name and that of the folder above say what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The profile its document is cleaned with.
    pub profile: String,
    /// What it guards; one that begins with `keep-` must lose no word.
    pub name: String,
    /// Where it is.
    pub folder: PathBuf,
}

/// What `case.toml` says; every key may be left out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// What the case guards, for people.
    pub about: Option<String>,
    /// Where the document was published.
    pub url: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// Its encoding, such as `windows-1252`; found out if it is left out.
    pub encoding: Option<String>,
    /// Settings of steps that this case changes, as `--set` does: step, key,
    /// value.
    #[serde(default)]
    pub set: BTreeMap<String, BTreeMap<String, toml::Value>>,
}

impl Case {
    /// `PROFILE/CASE`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.profile, self.name)
    }

    /// The file with its document.
    ///
    /// # Errors
    /// [`CaseError`] when there is none or are several, or a file that nobody
    /// would ever look at, such as `expected.dif`.
    pub fn input(&self) -> Result<PathBuf, CaseError> {
        let io = |error| CaseError::Io {
            file: self.folder.clone(),
            error,
        };
        let mut inputs = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(io)? {
            let file = entry.map_err(io)?.path();
            let name = file
                .file_name()
                .and_then(|n| n.to_str())
                .unwrap_or_default();
            match name {
                name if INPUTS.contains(&name) => inputs.push(file),
                name if is_stray(name) => return Err(CaseError::Stray { file }),
                _ => {}
            }
        }
        match (inputs.pop(), inputs.len()) {
            (Some(input), 0) => Ok(input),
            (last, others) => Err(CaseError::Inputs {
                folder: self.folder.clone(),
                count: others + usize::from(last.is_some()),
            }),
        }
    }

    /// Reads the document as `clean` would.
    ///
    /// # Errors
    /// [`CaseError`] when a file is missing or wrong.
    pub fn document(&self) -> Result<Document, CaseError> {
        let file = self.input()?;
        let about = self.about()?;
        let bytes = match std::fs::read(&file) {
            Ok(bytes) => bytes,
            Err(error) => return Err(CaseError::Io { file, error }),
        };
        let encoding = about.encoding.as_deref().map(Encoding::named).transpose();
        // The id stands in the first line of a diff and must not depend on
        // where the cases are.
        let read = |encoding| read("-", bytes, encoding, Expect::of(&file));
        let mut document = match encoding.and_then(read) {
            Ok(document) => document,
            Err(error) => return Err(CaseError::Read { file, error }),
        };
        document.url = about.url;
        document.language = about.language.or(document.language.take());
        Ok(document)
    }

    /// The profile with the settings that this case changes; `None` if it
    /// changes none.
    ///
    /// # Errors
    /// A step that the profile does not have, or a key that is no setting.
    pub(crate) fn changed(&self, profile: &Profile) -> Result<Option<Profile>, String> {
        // What is wrong with `case.toml` is said when the document is read.
        let set = self.about().unwrap_or_default().set;
        if set.is_empty() {
            return Ok(None);
        }
        let mut changed = profile.clone();
        let origin = shown(&self.folder.join(ABOUT));
        for (step, keys) in &set {
            for (key, value) in keys {
                let done = changed.set(step, key, &value.to_string(), &origin);
                done.map_err(|error| error.to_string())?;
            }
        }
        Ok(Some(changed))
    }

    /// What `case.toml` says; nothing if there is none.
    ///
    /// # Errors
    /// [`CaseError`] with the line that is wrong.
    pub fn about(&self) -> Result<About, CaseError> {
        let file = self.folder.join(ABOUT);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(About::default());
            }
            Err(error) => return Err(CaseError::Io { file, error }),
        };
        toml::from_str(&text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            CaseError::About {
                file,
                line: before.unwrap_or_default().matches('\n').count() + 1,
                message: error.message().to_owned(),
            }
        })
    }

    /// The text of a file of the case, if it is there.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, CaseError> {
        let file = self.folder.join(name);
        match std::fs::read_to_string(&file) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(CaseError::Io { file, error }),
        }
    }
}

/// Whether a file looks like one of a case and is none: a slip that would
/// otherwise switch a check off.
fn is_stray(name: &str) -> bool {
    let looks = ["input.", "expected.", "case."];
    let known = [DIFF, SHAPE, ABOUT];
    looks.iter().any(|start| name.starts_with(start))
        && !known.contains(&name)
        && !name.ends_with('~')
}

/// A path for people.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    fn case(files: &[(&str, &str)]) -> (tempfile::TempDir, Case) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let case = Case {
            profile: "english".to_owned(),
            name: "a".to_owned(),
            folder: folder.path().to_owned(),
        };
        (folder, case)
    }

    #[test]
    fn a_case_says_what_it_is_about() {
        let about = "about = 'a clock'\nurl = 'https://keld.example/1'\nlanguage = 'en-GB'\n";
        let (_folder, case) = case(&[("input.txt", "Pier sold\n"), ("case.toml", about)]);
        let document = case.document().unwrap();
        assert_eq!(document.url.as_deref(), Some("https://keld.example/1"));
        assert_eq!(document.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn slips_are_errors() {
        let slips: &[(&[(&str, &str)], &str)] = &[
            (&[], "0 documents"),
            (&[("input.txt", ""), ("input.xml", "")], "2 documents"),
            (
                &[("input.txt", ""), ("expected.dif", "")],
                "expected.dif: not a file of a case",
            ),
            (
                &[("input.txt", ""), ("case.toml", "\nurll = ''\n")],
                "case.toml:2: unknown field",
            ),
            (&[("input.xml", "no feed"), ("case.toml", "")], "input.xml"),
        ];
        for (files, message) in slips {
            let (_folder, case) = case(files);
            let error = case.document().unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
