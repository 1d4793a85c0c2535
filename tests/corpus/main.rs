//! Many documents: files of records, workers, what stops a run, and going on.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

#[path = "../support/mod.rs"]
mod support;

mod bad_input;
mod many;
mod records;
mod resume;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{clean, write};

/// A folder with one small profile: what runs here is about records, not rules.
fn keld(folder: &Path) -> PathBuf {
    let config = folder.join("config");
    write(
        &config.join("profiles/keld.toml"),
        "schema = 1\nname = \"keld\"\ntitle = \"Keld\"\n[[chain]]\nuse = \"strip-banners\"\n\
         [[chain.rule]]\nid = \"login/log-in\"\ncategory = \"login\"\nequals = [\"Log in\"]\n",
    );
    config
}

/// The program with that profile.
fn clean_keld(config: &Path) -> Command {
    let mut command = clean();
    command
        .arg("--config")
        .arg(config)
        .args(["--profile", "keld"]);
    command
}

/// Invented news as JSON lines: so many records with a prompt in every third.
fn news(records: usize) -> String {
    let record = |n: usize| {
        let prompt = if n.is_multiple_of(3) { "Log in\\n" } else { "" };
        let line = "The ferry to Keld sailed on time, the harbour said.\\n".repeat(n % 40);
        format!(
            "{{\"id\": {n},\"text\":\"{prompt}Pier {n} is \\\"sold\\\".\\n{line}\", \"n\":{n}}}\n"
        )
    };
    (0..records).map(record).collect()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, text).unwrap();
    packer.finish().unwrap()
}

/// What a folder holds, by name. A report says how long a run took, so of that
/// only the counts are compared.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut bytes = std::fs::read(&path).unwrap();
        if name == "report.json" {
            let mut report: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            report["seconds"] = serde_json::Value::Null;
            bytes = report.to_string().into_bytes();
        }
        found.insert(name, bytes);
    }
    found
}
