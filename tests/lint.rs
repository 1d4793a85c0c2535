//! `clean lint` finds what never acts, what is said twice and what is dear.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use serde_json::Value as Json;
use support::{Answer, clean, run, scratch, write};

const KELD: &str = r#"
[match]
hosts = ["keld.example"]
phrases = ["support your Keld Courier"]
[[chain]]
use = "strip-banners"
packs = ["menu.en"]
[[chain.rule]]
id = "share/first"
category = "share"
starts = "Share this"
removes = ["Share this"]
[[chain.rule]]
id = "share/second"
category = "share"
equals = ["Share this story", "Share it"]
removes = ["Share it"]
[[chain.rule]]
id = "share/third"
category = "share"
starts = "Share this story with"
max_chars = 90
[[chain.rule]]
id = "navigation/home"
category = "navigation"
equals = "Home"
[[chain.rule]]
id = "navigation/long"
category = "navigation"
equals = "A heading of many words"
max_chars = 10
[[chain.rule]]
id = "app-promo/dear"
category = "app-promo"
regex = '.*\d\d$'
"#;

const MENU: &str = r#"
schema = 1
name = "menu.en"
[[rule]]
id = "navigation/menu"
category = "navigation"
equals = ["Home", "News", "Sport"]
[[rule]]
id = "navigation/menu-again"
category = "navigation"
equals = ["Home", "News", "Sport"]
[[rule]]
id = "share/regex"
category = "share"
regex = '^share \w+ now$'
[[rule]]
id = "share/regex-again"
category = "share"
regex = ['^share \w+ now$', '^share \w+ today$']
where = "tail"
[[rule]]
id = "donation/keld"
category = "donation"
contains = "Why the Keld Courier asks"
"#;

const HALE: &str = r#"
[match]
hosts = ["live.keld.example"]
phrases = ["Support your Keld Courier"]
"#;

fn configure(folder: &Path) {
    let profile = |name: &str, title: &str, text: &str| {
        let head = format!("schema = 1\nname = \"{name}\"\ntitle = \"{title}\"\n");
        write(&folder.join(format!("profiles/{name}.toml")), head + text);
    };
    profile("keld", "Keld Courier", KELD);
    profile("hale", "Hale Observer", HALE);
    write(&folder.join("packs/menu.en.toml"), MENU);
    write(
        &folder.join("packs/idle.en.toml"),
        "schema = 1\nname = \"idle.en\"\n",
    );
}

#[test]
fn a_name_that_two_files_claim_is_found() {
    let folder = scratch();
    let site = "schema = 1\nname = \"coast\"\n[[site]]\nname = \"keld\"\n";
    write(&folder.path().join("profiles/coast.toml"), site);
    let keld = "schema = 1\nname = \"keld\"\n";
    write(&folder.path().join("profiles/keld.toml"), keld);
    let mut command = clean();
    let answer = run(command.arg("--config").arg(folder.path()).arg("lint"));
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.out.contains("error: profile `keld` stands in "),
        "{}",
        answer.out
    );
}

fn lint(arguments: &[&str]) -> Answer {
    let folder = scratch();
    configure(folder.path());
    let mut command = clean();
    command.arg("--config").arg(folder.path()).arg("lint");
    run(command.args(arguments))
}

/// Code, line and file name of every finding in the invented configuration.
fn findings() -> Vec<(String, u64, String)> {
    let answer = lint(&["--format", "json"]);
    let found: Json = serde_json::from_str(&answer.out).unwrap();
    let one = |finding: &Json| {
        let file = finding["file"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap();
        let code = finding["code"].as_str().unwrap().to_owned();
        (code, finding["line"].as_u64().unwrap_or(0), file.to_owned())
    };
    found.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn every_kind_of_finding_is_found_in_its_place() {
    let wanted = [
        ("host-twice", 6, "keld.toml"),
        ("phrase-shared", 7, "keld.toml"),
        ("shadowed-text", 19, "keld.toml"),
        ("shadowed", 24, "keld.toml"),
        ("said-by-pack", 27, "keld.toml"),
        ("never-matches", 33, "keld.toml"),
        ("cost", 38, "keld.toml"),
        ("pack-unused", 0, "idle.en.toml"),
        ("duplicate", 9, "menu.en.toml"),
        ("regex-twice", 19, "menu.en.toml"),
        ("one-publisher", 22, "menu.en.toml"),
    ];
    let found = findings();
    for (code, line, file) in wanted {
        let finding = (code.to_owned(), line, file.to_owned());
        assert!(found.contains(&finding), "{finding:?} is not in {found:#?}");
    }
    // Nothing is said of what is right.
    let of_pack = found.iter().filter(|(.., file)| file == "menu.en.toml");
    assert_eq!(of_pack.count(), 3, "{found:#?}");
}

#[test]
fn a_finding_says_where_what_and_what_to_do() {
    let answer = lint(&["keld"]);
    assert_eq!(answer.code, Some(1));
    let shadowed = "error: rule `share/third` never acts: rule `share/first` (";
    assert!(answer.out.contains(shadowed), "{}", answer.out);
    assert!(answer.out.contains("\n    delete what is taken already"));
    assert!(answer.err.contains(" errors, "), "{}", answer.err);
    let unknown = lint(&["kelt"]);
    assert_eq!(unknown.code, Some(2));
    assert!(
        unknown.err.contains("did you mean `keld`?"),
        "{}",
        unknown.err
    );
}

#[test]
fn what_is_shipped_has_nothing_wrong_with_it() {
    let answer = run(clean().args(["lint", "--strict"]));
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
}
