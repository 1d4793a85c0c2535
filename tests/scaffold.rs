//! What `clean profile new` and `clean plugin new` write builds, runs and
//! fails where it should.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::process::Command;

use support::{Answer, bare, clean, feed, root, run, scratch, write};

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Runs the golden case of a new plugin with the library that was built.
fn case_holds(folder: &Path, name: &str, libraries: &Path) {
    let case = folder.join(format!("tests/cases/{name}-try/first"));
    let mut command = bare();
    command.arg("--plugin-dir").arg(libraries);
    // Its config/ is found from where one works on it.
    command.current_dir(folder);
    command.args(["-p", &format!("{name}-try"), "--diff", "-"]);
    let answer = feed(&mut command, read(&case.join("input.txt")).as_bytes());
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(answer.out, read(&case.join("expected.diff")));
}

#[test]
fn a_new_plugin_in_rust_builds_anywhere_and_works() {
    let scratch = scratch();
    let answer = run(clean()
        .args(["plugin", "new", "drop-odds", "--dir"])
        .arg(scratch.path()));
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let folder = scratch.path().join("drop-odds");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // The versions this checkout is built with are at hand without a network.
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for task in [&["test", "--quiet"][..], &["build"]] {
        let mut command = Command::new(&cargo);
        command.current_dir(&folder).args(task).arg("--offline");
        command.env("CARGO_TARGET_DIR", folder.join("target"));
        let built = run(&mut command);
        assert_eq!(built.code, Some(0), "{}{}", built.out, built.err);
        assert!(!built.err.contains("warning"), "{}", built.err);
    }
    case_holds(&folder, "drop-odds", &folder.join("target/debug"));
}

#[test]
fn a_new_plugin_may_use_the_kit_of_a_checkout() {
    let scratch = scratch();
    let mut command = clean();
    command.args(["plugin", "new", "drop-odds", "--sdk", ".", "--dir"]);
    assert_eq!(run(command.arg(scratch.path())).code, Some(0));
    let manifest = read(&scratch.path().join("drop-odds/Cargo.toml"));
    let kit = root().join("crates/plugin").display().to_string();
    assert!(manifest.contains(&kit), "{manifest}");
    assert!(!scratch.path().join("drop-odds/vendor").exists());
    let wrong = run(clean().args(["plugin", "new", "x", "--sdk", "seeds"]));
    assert!(
        wrong.err.contains("seeds: no checkout of cleancopy"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_new_plugin_in_c_compiles_without_a_warning_and_works() {
    let scratch = scratch();
    let mut command = clean();
    command.args(["plugin", "new", "drop-odds", "--lang", "c", "--dir"]);
    assert_eq!(run(command.arg(scratch.path())).code, Some(0));
    let folder = scratch.path().join("drop-odds");
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let mut cc = Command::new("cc");
    cc.current_dir(&folder);
    cc.args([
        "-std=c99", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-I", ".",
    ]);
    cc.args(["-o", &format!("{prefix}drop_odds{suffix}"), "drop-odds.c"]);
    let built = run(&mut cc);
    assert_eq!(built.code, Some(0), "{}", built.err);
    case_holds(&folder, "drop-odds", &folder);
}

/// `clean profile new` in a folder, with the arguments.
fn new_profile(folder: &Path, arguments: &[&str]) -> Answer {
    let mut command = clean();
    command
        .current_dir(folder)
        .args(["--config"])
        .arg(root().join("config"));
    run(command.args(["profile", "new"]).args(arguments))
}

#[test]
fn a_new_profile_passes_its_check_and_its_case_fails_first() {
    let scratch = scratch();
    let folder = scratch.path();
    let answer = new_profile(folder, &["keld-courier"]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let file = folder.join("config/profiles/keld-courier.toml");
    let case = folder.join("tests/cases/keld-courier/first");
    let config = folder.join("config");
    let cleaned = || {
        let mut command = clean();
        command
            .arg("--config")
            .arg(&config)
            .args(["-p", "keld-courier", "--diff", "-"]);
        feed(&mut command, read(&case.join("input.txt")).as_bytes()).out
    };
    let checked =
        run(clean()
            .arg("--config")
            .arg(&config)
            .args(["profile", "check", "keld-courier"]));
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    assert_ne!(cleaned(), read(&case.join("expected.diff")));

    // Taking up what is proposed makes the case hold.
    let open = read(&file).replace("# [[chain.rule]]", "[[chain.rule]]");
    let keys = ["id", "category", "equals", "removes"];
    let open = keys.iter().fold(open, |text, key| {
        text.replace(&format!("# {key} = "), &format!("{key} = "))
    });
    write(&file, open);
    assert_eq!(cleaned(), read(&case.join("expected.diff")));
    assert!(
        cleaned().contains("← app-promo/keld-courier-get-the-app"),
        "{}",
        cleaned()
    );
}

#[test]
fn what_several_documents_print_is_proposed() {
    let scratch = scratch();
    let folder = scratch.path();
    let story =
        |n: usize| format!("Story {n}\nIt rained on day {n}.\nMore from the Hale Observer\n");
    for n in 1..4 {
        write(&folder.join(format!("in/{n}.txt")), story(n));
    }
    let answer = new_profile(
        folder,
        &["hale-observer", "--title", "Hale Observer", "--from", "in"],
    );
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let profile = read(&folder.join("config/profiles/hale-observer.toml"));
    assert!(
        profile.contains("# equals = \"More from the Hale Observer\""),
        "{profile}"
    );
    let case = folder.join("tests/cases/hale-observer/first");
    assert_eq!(read(&case.join("input.txt")), story(1));
    assert!(read(&case.join("expected.diff")).contains("-More from the Hale Observer"));
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let scratch = scratch();
    assert_eq!(new_profile(scratch.path(), &["keld"]).code, Some(0));
    let again = new_profile(scratch.path(), &["keld"]);
    assert_eq!(again.code, Some(2));
    assert!(
        again.err.contains("keld.toml is there already"),
        "{}",
        again.err
    );
    let bad = new_profile(scratch.path(), &["Keld Courier"]);
    assert!(
        bad.err.contains("`Keld Courier` must be lower-case"),
        "{}",
        bad.err
    );
}
