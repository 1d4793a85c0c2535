//! What a plugin in Rust depends on: the kit, `cleancopy-plugin`, with the two
//! crates below it.
//!
//! They are in no registry, and a path or an address of a checkout is true on
//! one machine only. So the program carries their sources, some three thousand
//! lines, and puts them beside the plugin: what it makes builds anywhere, and
//! against the very boundary that this program speaks. `--sdk` names a checkout
//! instead, for those who have one and want its changes.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use include_dir::{Dir, include_dir};
use toml::{Table, Value};

use super::Files;

/// A crate of the kit: its folder's name, its manifest, its sources.
type Source = (&'static str, &'static str, Dir<'static>);

static KIT: [Source; 3] = [
    (
        "abi",
        include_str!("../../../abi/Cargo.toml"),
        include_dir!("$CARGO_MANIFEST_DIR/../abi/src"),
    ),
    (
        "model",
        include_str!("../../../model/Cargo.toml"),
        include_dir!("$CARGO_MANIFEST_DIR/../model/src"),
    ),
    (
        "plugin",
        include_str!("../../../plugin/Cargo.toml"),
        include_dir!("$CARGO_MANIFEST_DIR/../plugin/src"),
    ),
];

const WORKSPACE: &str = include_str!("../../../../Cargo.toml");

/// Adds the sources of the kit to a plugin's folder; answers the dependency as
/// it stands in the plugin's manifest.
pub(super) fn vendor(files: &mut Files, folder: &Path) -> anyhow::Result<String> {
    let workspace: Table = WORKSPACE.parse()?;
    for (name, manifest, sources) in &KIT {
        let to = folder.join("vendor").join(name);
        files.add(to.join("Cargo.toml"), alone(manifest, &workspace)?);
        for file in all_files(sources) {
            let text = file.contents_utf8().context("sources are UTF-8")?;
            files.add(to.join("src").join(file.path()), text);
        }
    }
    Ok(r#"{ path = "vendor/plugin" }"#.to_owned())
}

/// The dependency on the kit of a checkout.
pub(super) fn of_checkout(checkout: &Path) -> anyhow::Result<String> {
    let kit = checkout.join("crates/plugin");
    if !kit.join("Cargo.toml").is_file() {
        let path = checkout.display();
        bail!("{path}: no checkout of cleancopy, for it has no crates/plugin");
    }
    let kit: PathBuf = kit.canonicalize()?;
    let path = Value::from(kit.to_string_lossy().into_owned());
    Ok(format!("{{ path = {path} }}"))
}

/// The version of a library that the kit is built with, as a manifest says it.
pub(super) fn version_of(library: &str) -> anyhow::Result<String> {
    let workspace: Table = WORKSPACE.parse()?;
    let found = shared(&workspace, "dependencies", library)?;
    Ok(found.to_string())
}

fn all_files<'d>(dir: &'d Dir<'static>) -> Vec<&'d include_dir::File<'static>> {
    let below = dir.dirs().flat_map(all_files);
    dir.files().chain(below).collect()
}

/// A manifest that stands alone: what it takes from the workspace is written
/// out, and what only our own tests and lints need is gone.
fn alone(manifest: &str, workspace: &Table) -> anyhow::Result<String> {
    let mut manifest: Table = manifest.parse()?;
    manifest.retain(|section, _| section == "package" || section == "dependencies");
    for section in ["package", "dependencies"] {
        let entries = manifest.get_mut(section).and_then(Value::as_table_mut);
        for (key, value) in entries.into_iter().flat_map(|table| table.iter_mut()) {
            if value.get("workspace") == Some(&Value::Boolean(true)) {
                *value = shared(workspace, section, key)?;
            }
        }
    }
    Ok(manifest.to_string())
}

/// What the workspace says of a key; crates of the workspace lie side by side.
fn shared(workspace: &Table, section: &str, key: &str) -> anyhow::Result<Value> {
    let table = workspace.get("workspace").and_then(|w| w.get(section));
    let found = table.and_then(|table| table.get(key));
    let mut value = found
        .with_context(|| format!("no `{key}` in the workspace"))?
        .clone();
    if let Some(path) = value.get_mut("path")
        && let Some(name) = path.as_str().and_then(|path| path.rsplit('/').next())
    {
        *path = Value::from(format!("../{name}"));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_stand_alone() {
        let workspace = WORKSPACE.parse().unwrap();
        for (name, manifest, _) in &KIT {
            let alone = alone(manifest, &workspace).unwrap();
            assert!(!alone.contains("workspace"), "{name}: {alone}");
            assert!(!alone.contains("dev-dependencies"), "{name}: {alone}");
        }
        let (_, plugin, _) = &KIT[2];
        let plugin = alone(plugin, &workspace).unwrap();
        assert!(plugin.contains("path = \"../abi\""), "{plugin}");
    }
}
