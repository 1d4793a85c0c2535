//! Which crate may depend on which: the table of `crates/README.md`, checked.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// What each crate may depend on, besides libraries from elsewhere.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("abi", &[]),
    ("text", &["model"]),
    ("select", &["model"]),
    ("rules", &["model", "text", "select"]),
    ("plugin", &["abi", "model"]),
    ("read", &["model", "text"]),
    ("write", &["model"]),
    ("host", &["abi", "model", "read", "select"]),
    ("detect", &["host", "model", "rules"]),
    ("lint", &["host", "rules"]),
    ("learn", &["model", "rules", "text"]),
    ("cases", &["host", "model", "read", "write"]),
    ("corpus", &["model", "read", "write"]),
    ("testkit", &["abi", "host", "model", "read", "write"]),
];

/// What a plugin may depend on.
const PLUGIN: &[&str] = &["model", "plugin", "rules", "text"];

fn short(name: &str) -> &str {
    name.strip_prefix("cleancopy-").unwrap_or(name)
}

fn ours() -> Vec<Package> {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    metadata.packages
}

fn is_plugin(package: &Package) -> bool {
    package.manifest_path.as_str().contains("/plugins/")
}

/// The workspace's own crates among the dependencies of a kind.
fn depends_on(package: &Package, kind: DependencyKind) -> BTreeSet<String> {
    let ours = package
        .dependencies
        .iter()
        .filter(|d| d.kind == kind && d.path.is_some());
    ours.map(|d| short(&d.name).to_owned()).collect()
}

#[test]
fn every_arrow_is_one_of_the_table() {
    for package in ours() {
        let name = short(&package.name);
        let used = depends_on(&package, DependencyKind::Normal);
        let allowed: BTreeSet<_> = match ARROWS.iter().find(|(crate_name, _)| *crate_name == name) {
            Some((_, allowed)) => allowed.iter().copied().collect(),
            None if is_plugin(&package) => PLUGIN.iter().copied().collect(),
            // The program puts everything together but the plugins' kit. The
            // plugins themselves come in by the feature `builtin` alone.
            None => {
                assert_eq!(name, "cleancopy");
                let plugins = package.dependencies.iter().filter(|d| {
                    d.path
                        .as_ref()
                        .is_some_and(|path| path.as_str().contains("/plugins/"))
                });
                assert!(plugins.clone().count() > 0 && plugins.clone().all(|d| d.optional));
                let plugins: BTreeSet<_> = plugins.map(|d| short(&d.name)).collect();
                assert!(
                    !used.contains("plugin"),
                    "the program must not see the plugins' kit"
                );
                let known = ARROWS.iter().map(|(crate_name, _)| *crate_name);
                let all = used.iter().map(String::as_str).collect::<BTreeSet<_>>();
                let rest = all.difference(&plugins).copied().collect::<BTreeSet<_>>();
                assert!(rest.is_subset(&known.collect()), "{rest:?}");
                continue;
            }
        };
        let used: BTreeSet<_> = used.iter().map(String::as_str).collect();
        assert!(
            used.is_subset(&allowed),
            "{name} depends on {used:?}, may on {allowed:?}"
        );
    }
}

#[test]
fn plugins_are_tested_with_the_kit_and_nothing_else_of_the_host() {
    for package in ours().iter().filter(|package| is_plugin(package)) {
        let used = depends_on(package, DependencyKind::Development);
        let allowed: BTreeSet<_> = PLUGIN
            .iter()
            .chain(&["testkit"])
            .map(|name| (*name).to_owned())
            .collect();
        assert!(used.is_subset(&allowed), "{}: {used:?}", package.name);
    }
}

#[test]
fn every_crate_has_its_row() {
    let crates = ours()
        .into_iter()
        .filter(|p| p.manifest_path.as_str().contains("/crates/"));
    for package in crates.filter(|package| package.name.as_str() != "cleancopy") {
        let name = short(&package.name).to_owned();
        assert!(
            ARROWS.iter().any(|(row, _)| *row == name),
            "{name} is not in the table"
        );
    }
}
