//! Profiles as a user meets them: found, inherited, and told apart from broken
//! ones by file, line and column.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use support::{clean, feed, profile, run, scratch};

const DIRTY: &str = "Harbour vote delayed\n\nLog in\n\nThe vote was put off on Monday.\n";
const CLEAN: &str = "Harbour vote delayed\n\nThe vote was put off on Monday.\n";

#[test]
fn an_unknown_profile_names_the_nearest_and_the_folders() {
    let answer = feed(clean().args(["--profile", "independant", "-"]), b"x\n");
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains("no profile `independant`; did you mean `independent`?"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("config/profiles"), "{}", answer.err);
}

/// What the command says about a profile with this text.
fn refusal(chain: &str) -> String {
    let folder = scratch();
    profile(folder.path(), chain);
    let answer = feed(
        clean()
            .arg("--config")
            .arg(folder.path())
            .args(["-p", "test", "-"]),
        b"x\n",
    );
    assert_eq!(answer.code, Some(2), "{}", answer.out);
    answer.err
}

#[test]
fn a_broken_profile_is_told_with_file_line_column_and_the_key_meant() {
    for (chain, expected) in [
        ("[[chain]\nuse = 1\n", "profiles/test.toml:3:"),
        (
            "tittle = \"x\"\n",
            "test.toml:3:1: unknown key `tittle` in a profile; did you mean `title`?",
        ),
        (
            "[[chain]]\nuse = \"strip-banners\"\n[[chain.rule]]\nid = \"a/b\"\ncategory = \"login\"\nstart = \"x\"\n",
            "test.toml:8:1: unknown key `start` in rule `a/b`; did you mean `starts`?",
        ),
        (
            "[[chain]]\nuse = \"strip-banners\"\n[[chain.rule]]\nid = \"a/b\"\ncategory = \"login\"\nstarts = \"\"\n",
            "test.toml:8:10: rule `a/b`, `starts`: ",
        ),
        (
            "[[chain]]\nuse = \"strip-banners\"\n[[chain.rule]]\nid = \"a/b\"\ncategory = \"login\"\nregex = \"(x\"\n",
            "test.toml:8:9: rule `a/b`, `regex`: ",
        ),
        (
            "[[chain]]\nuse = \"strip-banners\"\n[[chain.rules]]\nid = \"a/b\"\ncategory = \"login\"\nstarts = \"x\"\n",
            "test.toml:5:9: `rules` in step `strip-banners`: write each rule as [[chain.rule]]",
        ),
        (
            "[[chain]]\nuse = \"strip-banners\"\npacks = [\"logn.en\"]\n",
            "test.toml:5:10: no pack `logn.en`; did you mean `login.en`?",
        ),
        (
            "[[chain]]\nuse = \"drop-repeats\"\nmin_bites = 3\n",
            "test.toml:5:1: unknown key `min_bites` in step `drop-repeats`; did you mean `min_bytes`?",
        ),
        (
            "[[chain]]\nuse = \"drop-repeats\"\nmin_bytes = \"many\"\n",
            "test.toml:5:13: step `drop-repeats`: ",
        ),
        (
            "extends = \"test\"\n",
            "profiles extend in a circle: test -> test",
        ),
        (
            "extends = \"english\"\n[[chain]]\nuse = \"drop-repeat\"\noff = true\n",
            "did you mean `drop-repeats`?",
        ),
        (
            "[[chain]]\nuse = \"drop-repeats\"\nbefore = \"x\"\n",
            "names no step of the chain: `x`",
        ),
    ] {
        let said = refusal(chain);
        assert!(said.contains(expected), "wanted: {expected}\nsaid: {said}");
    }
}

#[test]
fn a_child_profile_changes_adds_and_switches_off() {
    let folder = scratch();
    profile(
        folder.path(),
        "extends = \"english\"\n\
         [[chain]]\nuse = \"split-liveblog\"\noff = true\n\
         [[chain]]\nuse = \"example\"\nbefore = \"strip-banners\"\n\
         [[chain]]\nuse = \"strip-banners\"\n[[chain.rule]]\nid = \"test/tide\"\ncategory = \"navigation\"\nequals = \"Tides\"\n",
    );
    let text = "Tides\nHigh 04:12 5.1 m\nLow 10:31 0.9 m\nHigh 16:40 5.3 m\nThe ferry sailed.\n";
    let mut command = clean();
    command
        .arg("--config")
        .arg(folder.path())
        .args(["-q", "-p", "test", "-"]);
    assert_eq!(
        feed(&mut command, text.as_bytes()).out,
        "The ferry sailed.\n"
    );
    let shown = run(clean()
        .arg("--config")
        .arg(folder.path())
        .args(["profile", "show", "test", "--origin"]))
    .out;
    let uses: Vec<_> = shown
        .lines()
        .filter(|line| line.starts_with("use ="))
        .collect();
    let at = uses
        .iter()
        .position(|line| line.starts_with("use = \"example\""))
        .unwrap();
    assert!(
        uses[at + 1].starts_with("use = \"strip-banners\""),
        "{shown}"
    );
    assert!(uses[at].contains("test.toml:"), "{shown}");
    assert!(!shown.contains("split-liveblog"), "{shown}");
    assert!(shown.contains("english.toml:"), "{shown}");
}

#[test]
fn a_broken_profile_does_not_hide_the_others_from_list_and_check() {
    let folder = scratch();
    profile(folder.path(), "nonsense = 1\n");
    let listed = run(clean()
        .arg("--config")
        .arg(folder.path())
        .args(["profile", "list"]));
    assert!(listed.out.contains("independent") && listed.out.contains("unknown key `nonsense`"));
    let checked = run(clean()
        .arg("--config")
        .arg(folder.path())
        .args(["profile", "check"]));
    assert_eq!(checked.code, Some(1));
    assert!(checked.out.contains("ok english"), "{}", checked.out);
    assert!(
        checked.err.contains("unknown key `nonsense`"),
        "{}",
        checked.err
    );
}

#[test]
fn evidence_that_does_not_hold_is_found() {
    let folder = scratch();
    profile(
        folder.path(),
        "[[chain]]\nuse = \"strip-banners\"\n[[chain.rule]]\nid = \"a/b\"\ncategory = \"login\"\n\
         equals = \"Log in\"\nremoves = [\"Log out\"]\nkeeps = [\"log in\"]\n",
    );
    let answer = run(clean()
        .arg("--config")
        .arg(folder.path())
        .args(["profile", "check", "test"]));
    assert_eq!(answer.code, Some(1));
    assert!(
        answer
            .out
            .contains("test.toml:9:12: rule `a/b` takes nothing from this text"),
        "{}",
        answer.out
    );
    assert!(
        answer
            .out
            .contains("test.toml:10:10: rule `a/b` takes `log in`"),
        "{}",
        answer.out
    );
}

#[test]
fn the_publisher_is_found_and_said() {
    let text =
        format!("{DIRTY}Join thought-provoking conversations, follow other Independent readers\n");
    let found = feed(clean().arg("-"), text.as_bytes());
    assert!(
        found.err.starts_with("profile: independent (1 phrase)\n"),
        "{}",
        found.err
    );
    assert_eq!(found.out, CLEAN);
    let unknown = feed(clean().arg("-"), DIRTY.as_bytes());
    assert!(
        unknown
            .err
            .starts_with("profile: english (no publisher recognised, language not known)\n"),
        "{}",
        unknown.err
    );
    let url = ["--url", "https://www.hurriyetdailynews.com/a-story-1"];
    let by_host = feed(clean().args(url).arg("-"), DIRTY.as_bytes());
    assert!(
        by_host
            .err
            .starts_with("profile: hurriyet (host hurriyetdailynews.com)\n"),
        "{}",
        by_host.err
    );
}

#[test]
fn detect_shows_what_speaks_for_which_profile() {
    let text = "News.\nNew to The Independent?\n";
    let answer = feed(clean().args(["profile", "detect", "-"]), text.as_bytes());
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert!(answer.out.starts_with("-: independent\n"), "{}", answer.out);
    assert!(
        answer
            .out
            .contains("3 points, 1 phrase: “New to The Independent?”"),
        "{}",
        answer.out
    );
}
