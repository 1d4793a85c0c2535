//! The program with the shipped plugins linked in: one file, nothing beside it.
//! Needs the feature `builtin`.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::process::Command;

use cleancopy_testkit::plugin_folder;
use support::{feed, root, run, scratch};

/// The program alone in a folder: no plugin and no profile lies beside it.
fn alone(folder: &std::path::Path) -> Command {
    let program = folder.join("clean");
    if !program.exists() {
        std::fs::copy(env!("CARGO_BIN_EXE_clean"), &program).unwrap();
    }
    let mut command = Command::new(program);
    command
        .env_remove("CLEAN_PLUGIN_PATH")
        .env_remove("CLEAN_CONFIG_PATH");
    command
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .current_dir(folder);
    command
}

#[test]
fn one_file_does_the_whole_job() {
    let folder = scratch();
    let text = "Log in\nThe ferry sailed &amp; came back.\n";
    let answer = feed(
        alone(folder.path()).args(["-p", "independent", "-"]),
        text.as_bytes(),
    );
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(answer.out, "The ferry sailed & came back.\n");
}

#[test]
fn its_plugins_and_profiles_are_said_to_be_built_in() {
    let folder = scratch();
    let plugins = run(alone(folder.path()).args(["plugin", "list"])).out;
    let folders = std::fs::read_dir(root().join("plugins")).unwrap().flatten();
    let shipped = folders
        .filter(|f| f.path().is_dir() && f.file_name() != "example")
        .count();
    assert_eq!(
        plugins.matches("used: built in; (built in)").count(),
        shipped,
        "{plugins}"
    );
    let profiles = run(alone(folder.path()).args(["profile", "list"])).out;
    assert!(
        profiles.contains("independent") && profiles.contains("(built in)"),
        "{profiles}"
    );
    let checked = run(alone(folder.path()).args(["profile", "check"]));
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
}

#[test]
fn a_library_counts_when_its_folder_is_named() {
    let folder = scratch();
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = format!("{prefix}drop_repeats{suffix}");
    let beside = folder.path().join(&library);
    let mut program = alone(folder.path());
    std::fs::copy(plugin_folder().join(&library), &beside).unwrap();
    // It lies beside the program, but is no newer than what is built in.
    let listed = run(program.args(["plugin", "list"])).out;
    assert!(listed.contains(&format!(
        "not used: another one comes first; {}",
        beside.display()
    )));
    let mut named = alone(folder.path());
    named.arg("--plugin-dir").arg(folder.path());
    let listed = run(named.args(["plugin", "list"])).out;
    assert!(
        listed.contains(&format!("used: its folder was named; {}", beside.display())),
        "{listed}"
    );
    assert!(
        listed.contains("not used: built in; a file comes first"),
        "{listed}"
    );
}
