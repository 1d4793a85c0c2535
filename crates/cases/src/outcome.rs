//! What came of a check.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::compare::Hunk;

/// What was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A profile with its packs and plugins: what cannot be used.
    Profile,
    /// A rule on the evidence it carries.
    Rule,
    /// A case.
    Case,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It cannot be used or run: what is wrong, with its place.
    Fault(String),
    /// Nobody has said yet what must become of the document.
    Unknown {
        /// The file that is missing.
        file: PathBuf,
        /// What becomes of it now.
        now: String,
    },
    /// The clean text is not the one expected.
    Differs {
        /// The file that says what to expect.
        file: PathBuf,
        /// Where it differs.
        hunks: Vec<Hunk>,
    },
    /// Something that is not compared line by line of the source differs.
    Other {
        /// The file that says what to expect.
        file: PathBuf,
        /// What to know about it; may be empty.
        note: String,
        /// A unified diff from what is expected to what is.
        diff: String,
    },
    /// What must never happen.
    Broken {
        /// What happened.
        what: String,
        /// A unified diff that shows it; may be empty.
        diff: String,
    },
}

impl Problem {
    /// Whether somebody may say that this is how it must be.
    #[must_use]
    pub fn is_acceptable(&self) -> bool {
        !matches!(self, Self::Fault(_) | Self::Broken { .. })
    }
}

/// A check and what came of it.
#[derive(Debug, Clone)]
pub struct Check {
    /// What was checked.
    pub kind: Kind,
    /// The profile it was checked for.
    pub profile: String,
    /// The name of the case or the profile, the id of the rule.
    pub name: String,
    /// The file it stands in, or the case's document.
    pub file: String,
    /// 1-based line in that file, where it is one line.
    pub line: Option<usize>,
    /// What is wrong; nothing if it passed.
    pub problems: Vec<Problem>,
    /// The rules that acted on a case, with how often.
    pub acted: Vec<(String, usize)>,
    /// Where the rules stand that a difference is about: `RULE: file:line`.
    pub rules: Vec<String>,
    /// The files that would make the case pass.
    pub wanted: Vec<(PathBuf, String)>,
    /// How long it took.
    pub time: Duration,
}

impl Check {
    pub(crate) fn new(kind: Kind, profile: &str, name: &str, place: &str) -> Self {
        let (file, line) = split_place(place);
        Self {
            kind,
            profile: profile.to_owned(),
            name: name.to_owned(),
            file,
            line,
            problems: Vec::new(),
            acted: Vec::new(),
            rules: Vec::new(),
            wanted: Vec::new(),
            time: Duration::ZERO,
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.problems.is_empty()
    }

    /// `file:line`, or the file.
    #[must_use]
    pub fn place(&self) -> String {
        let line = self.line.map(|line| format!(":{line}"));
        format!("{}{}", self.file, line.unwrap_or_default())
    }

    /// `PROFILE/CASE`, a rule's id, or a profile's name.
    #[must_use]
    pub fn title(&self) -> String {
        match self.kind {
            Kind::Case => format!("{}/{}", self.profile, self.name),
            Kind::Rule => format!("rule {}", self.name),
            Kind::Profile => format!("profile {}", self.profile),
        }
    }

    /// Whether accepting what came out would make it pass, and nothing that
    /// must never happen has happened.
    #[must_use]
    pub fn is_acceptable(&self) -> bool {
        let only_output = self.problems.iter().all(Problem::is_acceptable);
        !self.passed() && !self.wanted.is_empty() && only_output
    }

    /// Writes what came out over what was expected.
    ///
    /// # Errors
    /// What writing answers, with the file.
    pub fn accept(&self) -> Result<(), (PathBuf, io::Error)> {
        for (file, text) in &self.wanted {
            std::fs::write(file, text).map_err(|error| (file.clone(), error))?;
        }
        Ok(())
    }
}

/// `file:line:column` or `file` in two.
fn split_place(place: &str) -> (String, Option<usize>) {
    let mut parts = place.rsplitn(3, ':');
    let (column, line, file) = (parts.next(), parts.next(), parts.next());
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<usize>().ok());
    match (file, number(line), number(column)) {
        (Some(file), Some(line), Some(_)) => (file.to_owned(), Some(line)),
        _ => (place.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_taken_apart() {
        let line = split_place("config/packs/login.en.toml:12:3");
        assert_eq!(line, ("config/packs/login.en.toml".to_owned(), Some(12)));
        assert_eq!(split_place("C:\\a"), ("C:\\a".to_owned(), None));
    }
}
