//! What is needed to run a run again.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use cleancopy_corpus::{FileDigest, InputsDigest, Provenance, digest_of_file};
use serde_json::{Value, json};
use walkdir::WalkDir;

use crate::args::{CleanArgs, Shared};

/// Reads the program, the plugins and the configuration, and notes what they
/// are.
pub(crate) fn provenance(
    args: &CleanArgs,
    shared: &Shared,
    inputs: &[(String, u64)],
) -> anyhow::Result<Provenance> {
    let program = std::env::current_exe()?;
    Ok(Provenance {
        program: FileDigest {
            name: "clean".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            sha256: Some(sum(&program)?),
        },
        plugins: plugins(shared)?,
        config: config(shared)?,
        options: options(args),
        inputs: InputsDigest::of(inputs.iter().map(|(name, size)| (name.as_str(), *size))),
    })
}

fn sum(path: &Path) -> anyhow::Result<String> {
    digest_of_file(path).with_context(|| path.display().to_string())
}

fn plugins(shared: &Shared) -> anyhow::Result<Vec<FileDigest>> {
    let mut found = Vec::new();
    for plugin in shared.plugins().list().into_iter().filter(|p| p.used) {
        let version = plugin.plugin.ok().map(|p| p.version().to_owned());
        found.push(FileDigest {
            name: plugin.name,
            version,
            sha256: plugin.file.as_deref().map(sum).transpose()?,
        });
    }
    Ok(found)
}

/// The files of profiles and packs. What is built in is part of the program.
fn config(shared: &Shared) -> anyhow::Result<Vec<FileDigest>> {
    let mut found = Vec::new();
    let config = shared.config();
    for folder in config.folders() {
        for kind in ["profiles", "packs"] {
            let walk = WalkDir::new(folder.join(kind))
                .follow_links(true)
                .max_depth(1);
            for entry in walk.sort_by_file_name().into_iter().flatten() {
                let path = entry.path();
                if path.extension().is_some_and(|e| e == "toml") {
                    found.push(FileDigest {
                        name: format!("{kind}/{}", entry.file_name().to_string_lossy()),
                        version: None,
                        sha256: Some(sum(path)?),
                    });
                }
            }
        }
    }
    Ok(found)
}

/// The options that change what is written.
fn options(args: &CleanArgs) -> BTreeMap<String, Value> {
    let settings = args.settings();
    let settings: Vec<_> = settings.iter().map(|setting| &setting.origin).collect();
    let records = &args.records;
    let name = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
    let shard = records.shard.map(|shard| shard.to_string());
    let all = [
        ("profile", json!(args.profile)),
        ("settings", json!(settings)),
        ("url", json!(args.url)),
        ("format", json!(args.wanted().extension())),
        ("marks", json!(!args.no_marks)),
        ("captions", json!(name(&args.captions))),
        ("headline", json!(name(&args.headline))),
        ("encoding", json!(args.encoding)),
        ("fields", json!(records.fields.names())),
        ("to", json!(records.to.map(|to| name(&to)))),
        ("slim", json!(records.slim)),
        ("shard", json!(shard)),
    ];
    all.into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}
