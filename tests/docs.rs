//! The guides say what is true: their examples are run.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

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

#[test]
fn the_publisher_of_the_guide_passes_its_check() {
    let folder = scratch();
    write(
        &folder.path().join("profiles/keld-courier.toml"),
        &blocks("config/README.md", "toml")[0],
    );
    let mut command = clean();
    command.arg("--config").arg(folder.path());
    let answer = run(command.args(["profile", "check", "keld-courier"]));
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
}
