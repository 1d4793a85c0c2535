//! What the end-to-end tests share: the program, its output, scratch folders.
#![allow(dead_code, reason = "every test file uses its own part of this")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

pub(crate) mod chains;
pub(crate) mod courier;
pub(crate) mod stories;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cleancopy_testkit::plugin_folder;

/// The top of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// The program as a user would run it, with nothing of the user's own, and the
/// profiles in `config` of the working folder.
pub(crate) fn clean() -> Command {
    let mut command = bare();
    command.args(["--config", "config"]);
    command
}

/// The same without being told where profiles are.
pub(crate) fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clean"));
    command
        .current_dir(root())
        .env("CLEAN_PLUGIN_PATH", plugin_folder())
        .env_remove("CLEAN_CONFIG_PATH")
        .env("XDG_CONFIG_HOME", "nowhere")
        .env("XDG_DATA_HOME", "nowhere")
        .stdin(Stdio::null());
    command
}

/// What a run answered.
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    Answer {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs a command with a text on its standard input.
pub(crate) fn feed(command: &mut Command, input: &[u8]) -> Answer {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its arguments does not read its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Answer {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// A scratch folder that goes with the test.
pub(crate) fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes a file, with the folders above it.
pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// A configuration folder with one profile called `test`.
pub(crate) fn profile(folder: &Path, chain: &str) -> PathBuf {
    let text = format!("schema = 1\nname = \"test\"\n{chain}");
    write(&folder.join("profiles/test.toml"), text);
    folder.to_owned()
}
