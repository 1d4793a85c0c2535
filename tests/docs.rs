//! The guides say what is true: their examples are run.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::process::Command;

use cleancopy_testkit::plugin_folder;
use support::{clean, feed, root, run, scratch, write};

/// The code blocks of a guide that are in this language.
fn blocks(guide: &str, language: &str) -> Vec<String> {
    let text = std::fs::read_to_string(root().join(guide)).unwrap();
    let fence = format!("```{language}\n");
    let blocks = text.split(&fence).skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_before_and_after_of_the_readme_is_what_happens() {
    let before = &blocks("README.md", "text")[0];
    let after = &blocks("README.md", "diff")[0];
    let answer = feed(
        clean().args(["-p", "english", "--diff", "-"]),
        before.as_bytes(),
    );
    let diff: String = answer
        .out
        .lines()
        .skip(3)
        .flat_map(|line| [line, "\n"])
        .collect();
    assert_eq!(&diff, after);
}

#[test]
fn the_first_command_of_the_readme_cleans_a_document() {
    let command = blocks("README.md", "sh")[0].trim().to_owned();
    let arguments = command.strip_prefix("cargo run --release -- ").unwrap();
    let answer = run(clean().args(arguments.split(' ')));
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(answer.err.contains("removed ") && answer.out.contains("=== entry ==="));
}

/// Something a guide tells its reader to do.
enum Step {
    /// A command, and how it must end.
    Run(String, i32),
    /// A file and its text: a block under a line that says `Write `FILE`:`.
    Write(String, String),
}

/// The commands and files of a guide, in order.
fn steps(guide: &str) -> Vec<Step> {
    let text = std::fs::read_to_string(root().join(guide)).unwrap();
    let mut steps = Vec::new();
    let mut parts = text.split("```");
    while let (Some(prose), Some(block)) = (parts.next(), parts.next()) {
        let (language, block) = block.split_once('\n').unwrap();
        let last = prose.trim_end().rsplit("rite `").next().unwrap();
        if let Some(file) = last.strip_suffix("`:").filter(|file| !file.contains('`')) {
            steps.push(Step::Write(file.to_owned(), block.to_owned()));
        } else if language == "sh" {
            steps.extend(block.lines().map(command));
        }
    }
    steps
}

/// A line of a block of commands; `# exit 1` says that it must fail.
fn command(line: &str) -> Step {
    let (line, note) = line.split_once(" #").unwrap_or((line, ""));
    let code = note.trim().strip_prefix("exit ");
    Step::Run(
        line.trim().to_owned(),
        code.map_or(0, |n| n.parse().unwrap()),
    )
}

/// Does what a guide says, beginning in an empty folder.
fn walk(steps: Vec<Step>) -> tempfile::TempDir {
    assert!(
        steps.len() > 4,
        "a walk has more than {} steps",
        steps.len()
    );
    let scratch = scratch();
    let mut folder = scratch.path().to_owned();
    for step in steps {
        match step {
            Step::Write(file, text) => write(&folder.join(file), text),
            Step::Run(line, code) => match line.strip_prefix("cd ") {
                Some(into) => folder = folder.join(into),
                None => follow(&folder, &line, code),
            },
        }
    }
    scratch
}

/// Runs a command as a reader would who has the program in the path and no
/// configuration but the shipped one.
fn follow(folder: &Path, line: &str, code: i32) {
    let program = Path::new(env!("CARGO_BIN_EXE_clean")).parent().unwrap();
    let old = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(program.to_owned()).chain(std::env::split_paths(&old));
    let mut shell = Command::new("sh");
    shell.current_dir(folder).args(["-c", line]);
    shell.env("PATH", std::env::join_paths(path).unwrap());
    shell.env("CLEAN_PLUGIN_PATH", plugin_folder());
    shell.env("CLEAN_CONFIG_PATH", root().join("config"));
    shell.env("CARGO_NET_OFFLINE", "true");
    shell
        .env("XDG_CONFIG_HOME", "nowhere")
        .env("XDG_DATA_HOME", "nowhere");
    // Cases are accepted here, which nothing may do under CI.
    shell.env_remove("CI").env_remove("CARGO_TARGET_DIR");
    if line.starts_with("cargo") {
        // The versions this checkout is built with are at hand.
        std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    }
    let answer = run(&mut shell);
    assert_eq!(
        answer.code,
        Some(code),
        "{line}\n{}{}",
        answer.out,
        answer.err
    );
}

#[test]
fn the_walk_to_a_tested_publisher_works() {
    let folder = walk(steps("config/README.md"));

    // From now on an edit that breaks a rule is told with rule, case and line.
    let file = folder.path().join("config/profiles/keld-courier.toml");
    let rules = std::fs::read_to_string(&file).unwrap();
    let broken = rules.replace(
        "equals = \"Get the Courier app\"",
        "equals = \"Get our app\"",
    );
    write(&file, broken);
    let mut command = clean();
    command
        .current_dir(folder.path())
        .env("CLEAN_CONFIG_PATH", root().join("config"));
    let answer = run(command.args(["test", "keld-courier"]));
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let said = answer.out + &answer.err;
    for told in [
        "FAILED keld-courier/first",
        "tests/cases/keld-courier/first/input.txt:3",
        "app-promo/keld-courier",
        "keld-courier.toml:",
        "takes nothing from this text",
    ] {
        assert!(said.contains(told), "{told} is not in {said}");
    }
}

/// Elsewhere libraries end in something else.
#[cfg(target_os = "linux")]
#[test]
fn the_walks_to_tested_plugins_work() {
    let mut steps = steps("plugins/README.md");
    let begins_c = |step: &Step| matches!(step, Step::Run(line, _) if line.contains("--lang c"));
    let c = steps.iter().position(begins_c).unwrap();
    let in_c = steps.split_off(c);
    drop(walk(steps));
    drop(walk(in_c));
}

#[test]
fn the_other_examples_of_the_guide_pass_the_check() {
    let blocks = blocks("config/README.md", "toml");
    let check = |name: &str, text: &str| {
        let folder = scratch();
        write(&folder.path().join(format!("profiles/{name}.toml")), text);
        let mut command = clean();
        command.arg("--config").arg(folder.path());
        let answer = run(command.args(["profile", "check"]));
        assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    };
    let rules = blocks
        .iter()
        .find(|block| block.starts_with("[[chain.rule]]"))
        .unwrap();
    let head = "schema = 1\nname = \"turns\"\n[[chain]]\nuse = \"strip-banners\"\n";
    check("turns", &format!("{head}{rules}"));
    check(
        "coast-press",
        blocks
            .iter()
            .find(|block| block.contains("[[site]]"))
            .unwrap(),
    );
}

#[test]
fn the_guides_are_short() {
    for guide in [
        "README.md",
        "crates/README.md",
        "config/README.md",
        "plugins/README.md",
    ] {
        let text = std::fs::read_to_string(root().join(guide)).unwrap();
        assert!(text.lines().count() < 250, "{guide}");
    }
}
