//! Finding the plugin libraries that belong to a test run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder with the libraries of the workspace's plugins.
///
/// `cargo test` does not put them anywhere dependable, and an earlier build
/// may have left stale ones, so they are built here, once per process, with
/// the profile and the target of the tests; when nothing changed that takes
/// some forty milliseconds.
///
/// # Panics
/// If cargo cannot build the plugins.
#[must_use]
pub fn plugin_folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build)
}

/// What no plugin needs. Built beside the plugins alone, the libraries under
/// these would be compiled a second time, with other features than the tests
/// have them: Arrow and Parquet take minutes.
const HOST_SIDE: [&str; 10] = [
    "cleancopy",
    "cleancopy-cases",
    "cleancopy-corpus",
    "cleancopy-detect",
    "cleancopy-host",
    "cleancopy-learn",
    "cleancopy-lint",
    "cleancopy-read",
    "cleancopy-testkit",
    "cleancopy-write",
];

fn build() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .args(["build", "--quiet", "--workspace", "--lib"])
        .args(HOST_SIDE.iter().flat_map(|name| ["--exclude", name]))
        .args(["--profile", env!("CLEANCOPY_CARGO_PROFILE")])
        .arg("--message-format=json-render-diagnostics")
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "the plugins do not build:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let libraries = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(library)
        .collect();
    one_folder(libraries)
}

/// The shared library that a message of cargo announces.
fn library(message: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(message).ok()?;
    let kinds = message.pointer("/target/crate_types")?.as_array()?;
    if !kinds.iter().any(|kind| kind == "cdylib") {
        return None;
    }
    let files = message.get("filenames")?.as_array()?;
    let suffix = std::env::consts::DLL_SUFFIX;
    files
        .iter()
        .filter_map(|f| f.as_str())
        .find(|f| f.ends_with(suffix))
        .map(PathBuf::from)
}

fn one_folder(libraries: Vec<PathBuf>) -> PathBuf {
    let folders: Vec<_> = libraries
        .iter()
        .filter_map(|library| library.parent())
        .collect();
    let first = folders.first().expect("the workspace has plugins");
    assert!(
        folders.iter().all(|f| f == first),
        "plugins in several folders: {folders:?}"
    );
    first.to_path_buf()
}
