//! What was set aside, one JSON object a line.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::container::{Broken, Fault};
use crate::part::{Part, part_of};

/// A document or an input that was set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// What names it: its id, else its place.
    pub id: String,
    /// The input, and for a record behind a colon its number.
    pub place: String,
    /// What is wrong, and what to do.
    pub reason: String,
    /// What could not be cleaned, untouched; nothing of an input that broke.
    pub text: Option<String>,
    /// Whether bytes that are no UTF-8 had to be replaced in the text.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub lossy: bool,
}

impl Failure {
    /// A record at a place of an input.
    pub(crate) fn of(place: String, fault: Fault<'_>) -> Self {
        let text = String::from_utf8_lossy(&fault.text);
        Self {
            id: fault.id.map_or_else(|| place.clone(), Cow::into_owned),
            place,
            reason: fault.reason,
            lossy: matches!(text, Cow::Owned(_)),
            text: Some(text.into_owned()),
        }
    }

    /// An input that cannot be read on; `stays` says that the records before
    /// the break are in the result.
    pub(crate) fn of_input(input: &str, broken: &Broken, stays: bool) -> Self {
        Self {
            id: input.to_owned(),
            place: match broken.record {
                Some(record) => format!("{input}:{record}"),
                None => input.to_owned(),
            },
            reason: match stays {
                true => format!("{}; what stands before is in the result", broken.reason),
                false => broken.reason.clone(),
            },
            text: None,
            lossy: false,
        }
    }
}

/// The file of failures, which is there only if something failed.
#[derive(Debug)]
pub struct Failed {
    path: Option<PathBuf>,
    part: Option<Part>,
}

impl Failed {
    /// Failures go to this file, or nowhere. What an earlier run left goes.
    #[must_use]
    pub fn new(path: Option<PathBuf>) -> Self {
        Self { path, part: None }
    }

    /// Goes on with the file of an earlier run, of which so many bytes are good.
    ///
    /// # Errors
    /// What the file system answers.
    pub(crate) fn go_on(&mut self, length: u64) -> io::Result<()> {
        let Some(path) = self.path.as_ref().filter(|_| length > 0) else {
            return Ok(());
        };
        // A run that ended in order has given the file its name.
        if !part_of(path).exists() {
            std::fs::rename(path, part_of(path))?;
        }
        self.part = Some(Part::go_on(path, length)?);
        Ok(())
    }

    /// Adds one.
    ///
    /// # Errors
    /// What the file answers.
    pub(crate) fn add(&mut self, failure: &Failure) -> io::Result<()> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let part = match &mut self.part {
            Some(part) => part,
            none => none.insert(Part::begin(path)?),
        };
        let mut line = serde_json::to_vec(failure)?;
        line.push(b'\n');
        part.append(&line)
    }

    /// How many bytes it has.
    pub(crate) fn written(&self) -> u64 {
        self.part.as_ref().map_or(0, Part::written)
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// What the file answers.
    pub(crate) fn sync(&mut self) -> io::Result<()> {
        self.part.as_mut().map_or(Ok(()), Part::sync)
    }

    /// Completes the file; one of an earlier run goes.
    ///
    /// # Errors
    /// What the file system answers.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match (self.part.take(), &self.path) {
            (Some(mut part), _) => {
                part.sync()?;
                part.publish()
            }
            (None, Some(path)) => {
                remove(&part_of(path))?;
                remove(path)
            }
            (None, None) => Ok(()),
        }
    }
}

/// Removes a file that may be there.
fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
