//! The plugin boundary with real libraries: one in C, one that misbehaves,
//! and those that must be refused.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use cleancopy_testkit::plugin_folder;
use support::{Answer, clean, feed, profile, root, run, scratch, write};

const STORY: &str = "The ferry sailed.\nBUY NOW, PAY LATER\ntrigger é\nIt came back.\n";

/// Compiles the C plugin with some of its macros set, into a folder.
fn compile(folder: &Path, file: &str, defines: &[&str]) -> PathBuf {
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = folder.join(format!("{prefix}{file}{suffix}"));
    let compiled = Command::new("cc")
        .args([
            "-std=c99", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
        ])
        .arg(&library)
        .arg("-I")
        .arg(root().join("crates/abi/include"))
        .args(defines.iter().map(|define| format!("-D{define}")))
        .arg(root().join("tests/plugins/capitals.c"))
        .status()
        .unwrap();
    assert!(compiled.success());
    library
}

/// Cleans the story with a profile whose chain is one plugin from a folder.
fn clean_with(plugins: &Path, chain: &str) -> Answer {
    let config = scratch();
    profile(config.path(), chain);
    let mut command = clean();
    command
        .arg("--plugin-dir")
        .arg(plugins)
        .arg("--config")
        .arg(config.path());
    feed(command.args(["--profile", "test", "-"]), STORY.as_bytes())
}

const CAPITALS: &str = "[[chain]]\nuse = \"capitals\"\n";

/// What the command says about the C plugin compiled with these macros.
fn refusal(file: &str, defines: &[&str]) -> String {
    let folder = scratch();
    compile(folder.path(), file, defines);
    let answer = clean_with(folder.path(), CAPITALS);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert_eq!(answer.out, "");
    assert_eq!(
        answer.err.trim_end().lines().count(),
        1,
        "one sentence: {}",
        answer.err
    );
    answer.err
}

fn misbehave(how: &str) -> Answer {
    clean_with(
        plugin_folder(),
        &format!("[[chain]]\nuse = \"misbehave\"\nhow = \"{how}\"\n"),
    )
}

#[test]
fn a_plugin_in_c_is_loaded_and_cleans() {
    let folder = scratch();
    let library = compile(folder.path(), "capitals", &[]);
    let answer = clean_with(folder.path(), CAPITALS);
    assert_eq!(
        answer.out, "The ferry sailed.\ntrigger é\nIt came back.\n",
        "{}",
        answer.err
    );
    assert_eq!(answer.err, "removed 1 of 4 lines: advertisement 1\n");

    let inspected = run(clean().args(["plugin", "inspect"]).arg(&library));
    for line in [
        "name     capitals",
        "version  2.5.0",
        "ABI      1.2",
        "settings none",
    ] {
        assert!(inspected.out.contains(line), "{line}: {}", inspected.out);
    }
}

#[test]
fn a_newer_minor_version_is_welcome() {
    let folder = scratch();
    compile(folder.path(), "capitals", &["TEST_ABI_MINOR=9"]);
    assert_eq!(clean_with(folder.path(), CAPITALS).code, Some(0));
}

#[test]
#[cfg(target_pointer_width = "64")]
fn an_older_minor_version_is_welcome() {
    let folder = scratch();
    // A descriptor of version 1.1 ends here: what lies behind is not read.
    compile(
        folder.path(),
        "capitals",
        &["TEST_ABI_MINOR=1", "TEST_SIZE=104"],
    );
    let answer = clean_with(folder.path(), CAPITALS);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(!answer.out.contains("BUY NOW"), "{}", answer.out);
}

#[test]
fn another_major_version_is_refused_with_both_versions_and_the_remedy() {
    let newer = refusal("capitals", &["TEST_ABI_MAJOR=2"]);
    assert!(
        newer.contains("speaks ABI 2.2, this program 1.2; install a newer cleancopy"),
        "{newer}"
    );
    let older = refusal("capitals", &["TEST_ABI_MAJOR=0"]);
    assert!(
        older.contains("ABI 0.2, this program 1.2; build the plugin with a newer"),
        "{older}"
    );
}

#[test]
fn what_is_no_plugin_is_refused_before_anything_of_it_runs() {
    let stranger = refusal("capitals", &["TEST_SYMBOL=something_else"]);
    assert!(
        stranger.contains("does not export `cleancopy_plugin_capitals`"),
        "{stranger}"
    );
    let magic = refusal(
        "capitals",
        &["TEST_MAGIC={'c','l','e','a','n','e','r','!'}"],
    );
    assert!(magic.contains("does not begin with `cleancpy`"), "{magic}");
    let short = refusal("capitals", &["TEST_SIZE=32"]);
    assert!(short.contains("too short"), "{short}");
    let renamed = refusal("capitals", &["TEST_NAME=\"shout\""]);
    assert!(renamed.contains("calls itself `shout`"), "{renamed}");
}

#[test]
fn a_file_that_is_no_library_is_refused() {
    let folder = scratch();
    let library = compile(folder.path(), "capitals", &[]);
    std::fs::write(&library, "just text").unwrap();
    let answer = clean_with(folder.path(), CAPITALS);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains("not a shared library of this kind of machine"),
        "{}",
        answer.err
    );
}

#[test]
fn a_missing_plugin_names_the_nearest_and_the_folders() {
    let folder = scratch();
    compile(folder.path(), "capitals", &[]);
    let answer = clean_with(folder.path(), "[[chain]]\nuse = \"capitells\"\n");
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains("test.toml:4:7: no plugin `capitells`; did you mean `capitals`?"),
        "{}",
        answer.err
    );
    assert!(
        answer.err.contains(&folder.path().display().to_string()),
        "{}",
        answer.err
    );
}

#[test]
#[cfg(unix)]
fn a_folder_or_file_that_others_can_write_to_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let folder = scratch();
    let library = compile(folder.path(), "capitals", &[]);
    let open = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        clean_with(folder.path(), CAPITALS)
    };
    let answer = open(&library, 0o777);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("everybody can write to it"),
        "{}",
        answer.err
    );
    assert!(
        answer
            .err
            .contains(&format!("chmod o-w {}", library.display())),
        "{}",
        answer.err
    );
    assert_eq!(open(&library, 0o755).code, Some(0));
    let answer = open(folder.path(), 0o777);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains(&format!("chmod o-w {}", folder.path().display())),
        "{}",
        answer.err
    );
}

#[test]
fn a_panic_sets_the_document_aside_with_message_and_place() {
    let answer = misbehave("panic");
    assert_eq!(answer.code, Some(1));
    assert_eq!(answer.out, "");
    assert!(
        answer.err.contains("-: set aside: plugin `misbehave` failed: it panicked: no idea what to do with line 3 at "),
        "{}",
        answer.err
    );
    assert!(
        answer.err.contains("misbehave/src/lib.rs:"),
        "{}",
        answer.err
    );
}

#[test]
fn a_panic_in_one_document_does_not_stop_the_others() {
    let (folder, config) = (scratch(), scratch());
    profile(
        config.path(),
        "[[chain]]\nuse = \"misbehave\"\nhow = \"panic\"\n",
    );
    for (name, text) in [
        ("a.txt", "fine\n"),
        ("b.txt", "trigger\n"),
        ("c.txt", "fine too\n"),
    ] {
        write(&folder.path().join("in").join(name), text);
    }
    let out = folder.path().join("out");
    let mut command = clean();
    command
        .arg("--config")
        .arg(config.path())
        .args(["--profile", "test"]);
    let answer = run(command.arg(folder.path().join("in")).arg("-o").arg(&out));
    assert_eq!(answer.code, Some(1));
    assert!(answer.err.contains("b.txt: set aside"), "{}", answer.err);
    assert!(out.join("a.txt").exists() && out.join("c.txt").exists());
    assert!(!out.join("b.txt").exists());
}

#[test]
fn a_panic_in_set_up_is_an_error_of_the_profile() {
    let answer = misbehave("panic-in-new");
    assert_eq!(answer.code, Some(2));
    assert!(
        answer.err.contains("set-up went wrong at "),
        "{}",
        answer.err
    );
}

#[test]
fn an_illegal_edit_sets_the_document_aside_with_plugin_and_rule() {
    for (how, problem) in [
        ("block", "illegal edit: there is no such block"),
        (
            "overlap",
            "line 3: illegal edit: it overlaps the edit of rule `misbehave/rule`",
        ),
    ] {
        let answer = misbehave(how);
        assert_eq!(answer.code, Some(1));
        assert_eq!(answer.out, "");
        assert!(
            answer.err.contains("plugin `misbehave`, rule `misbehave/"),
            "{}",
            answer.err
        );
        assert!(answer.err.contains(problem), "{}", answer.err);
    }
}

#[test]
fn a_chain_that_never_settles_is_noticed() {
    let answer = misbehave("grow");
    assert_eq!(answer.code, Some(1));
    assert!(
        answer
            .err
            .contains("still changes its own output after 16 rounds"),
        "{}",
        answer.err
    );
    assert!(
        answer
            .err
            .contains("plugin `misbehave`, rule `misbehave/rule`"),
        "{}",
        answer.err
    );
}

#[test]
fn a_category_nobody_knows_is_refused() {
    let folder = scratch();
    compile(folder.path(), "capitals", &["TEST_CATEGORY=\"shouting\""]);
    let answer = clean_with(folder.path(), CAPITALS);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer
            .err
            .contains("plugin `capitals`, rule `capitals/shouted`: unknown category `shouting`"),
        "{}",
        answer.err
    );
}

#[test]
fn plugin_list_says_which_one_is_used() {
    let folder = scratch();
    let library = compile(folder.path(), "capitals", &[]);
    let answer = run(clean()
        .arg("--plugin-dir")
        .arg(folder.path())
        .args(["plugin", "list"]));
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    for name in [
        "capitals",
        "decode-entities",
        "drop-repeats",
        "split-liveblog",
        "strip-banners",
    ] {
        assert!(
            answer.out.lines().any(|line| line.starts_with(name)),
            "{name}: {}",
            answer.out
        );
    }
    assert!(answer.out.contains(&format!(
        "used: its folder was named; {}",
        library.display()
    )));
}
