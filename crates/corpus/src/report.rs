//! The report of a run: what is needed to run it again, and what it did.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::tally::Tally;

/// The name and version of the shape.
///
/// 1: first version.
const SCHEMA: &str = "cleancopy.report/1";

/// What is needed to run it again. Nothing in it depends on time, so that two
/// runs of the same thing have the same digest.
#[derive(Debug, Clone, Serialize)]
pub struct Provenance {
    /// The program that ran.
    pub program: FileDigest,
    /// The plugins within reach.
    pub plugins: Vec<FileDigest>,
    /// The profiles and packs within reach that are no part of the program.
    pub config: Vec<FileDigest>,
    /// The options that change what is written.
    pub options: BTreeMap<String, Value>,
    /// What was read.
    pub inputs: InputsDigest,
}

/// A file and what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileDigest {
    /// Its name.
    pub name: String,
    /// The version it tells, if it tells one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Its SHA-256, in hexadecimal; nothing if it is part of the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputsDigest {
    /// How many files.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// SHA-256 of their names and sizes, in hexadecimal.
    pub sha256: String,
}

impl Provenance {
    /// The digest of all of it: SHA-256, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        // Names and values alone: this cannot fail.
        digest(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// The report of a run that did what the tally says, in so much time.
    #[must_use]
    pub fn report(&self, tally: &Tally, took: Duration) -> Value {
        let summary = &tally.summary;
        let seconds = |time: &Duration| (time.as_secs_f64() * 1e3).round() / 1e3;
        let categories = summary.categories.iter();
        let categories: BTreeMap<_, _> = categories.map(|(c, n)| (c.name(), n)).collect();
        let plugins: BTreeMap<_, _> = tally.times.iter().map(|(p, t)| (p, seconds(t))).collect();
        json!({
            "schema": SCHEMA,
            "digest": self.digest(),
            "provenance": self,
            "documents": tally.documents,
            "failed": tally.failed,
            "broken": tally.broken,
            "bytes": {"read": self.inputs.bytes, "text": tally.text, "written": tally.written},
            "lines": {"all": summary.lines, "gone": summary.gone, "changed": summary.changed},
            "items": summary.items,
            "entries": summary.entries,
            "profiles": tally.profiles,
            "categories": categories,
            "rules": tally.rules,
            "seconds": {"run": seconds(&took), "plugins": plugins},
        })
    }
}

impl InputsDigest {
    /// The digest of files, by their names and sizes.
    pub fn of<'f>(files: impl Iterator<Item = (&'f str, u64)>) -> Self {
        let (mut count, mut bytes) = (0, 0);
        let mut digest = Sha256::new();
        for (name, size) in files {
            count += 1;
            bytes += size;
            digest.update(format!("{size} {name}\n"));
        }
        Self {
            files: count,
            bytes,
            sha256: hexadecimal(&digest.finalize()),
        }
    }
}

/// The SHA-256 of bytes, in hexadecimal.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// What the file answers.
pub fn digest_of_file(path: &Path) -> io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&digest.finalize())),
            read => digest.update(&buffer[..read]),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
