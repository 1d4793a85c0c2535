//! `clean learn` and `clean drift` on an invented newspaper.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fmt::Write;
use std::path::Path;

use support::{clean, run, scratch, write};

/// Stories of the Keld Courier, each with the paper's frame round it.
const STORIES: &[(&str, &str, &str)] = &[
    (
        "Ferry sails again after a week of storms",
        "The ferry to the outer islands sailed on Monday morning for the first time in seven days, and its crew said the sea had rarely been so rough.",
        "Islanders met it at the quay with bread, because the shop had run out on Thursday, and a band played until the rain began again.",
    ),
    (
        "Council puts off sale of the old pier",
        "The council voted on Tuesday to put off the sale of the old pier by a year, after anglers had filled the gallery with their rods.",
        "The buyer, who wants to open a restaurant on the pier, said that a year was a long time for a building that stands in salt water.",
    ),
    (
        "School garden wins the county prize",
        "A garden behind the primary school has won the prize of the county, ahead of three parks and a castle with its own gardener.",
        "Pupils had planted beans between the roses, which the judges called a bold decision that paid for itself in the school kitchen.",
    ),
    (
        "Lighthouse keeper retires after forty winters",
        "The last keeper of the lighthouse on the northern rock has retired after forty winters, and nobody will take over the lamp from her.",
        "A computer has switched the lamp since spring, but she had kept climbing the stairs every evening to see whether it really did.",
    ),
    (
        "Bridge closed for a night while swans cross",
        "The police closed the bridge over the river for a whole night on Friday while a family of swans walked across it, one by one.",
        "Drivers waited without complaint, an officer reported, and several of them got out to hold back a dog that had other plans.",
    ),
];

/// A page as a dump of the whole page gives it.
fn page(at: usize) -> String {
    let (title, first, second) = STORIES[at];
    let mut page = String::new();
    for line in [
        "Keld Courier",
        "News",
        "Sport",
        "Tides",
        "Culture",
        "Puzzles",
        "Log in",
    ] {
        writeln!(page, "{line}").unwrap();
    }
    writeln!(page, "{title}\n{first}").unwrap();
    writeln!(
        page,
        "Enjoying the Keld Courier every day?\nTake it with you on the ferry"
    )
    .unwrap();
    writeln!(page, "{second}").unwrap();
    writeln!(page, "Most read on this coast").unwrap();
    for card in [(at + 1) % 5, (at + 3) % 5] {
        writeln!(page, "Archive number {card}{at}").unwrap();
    }
    for line in [
        "About the Keld Courier",
        "Contact the newsroom",
        "Work at the harbour desk",
        "House rules",
    ] {
        writeln!(page, "{line}").unwrap();
    }
    page
}

fn stories(folder: &Path, which: std::ops::Range<usize>) {
    for at in which {
        write(&folder.join(format!("{at}.txt")), page(at));
    }
}

#[test]
fn what_is_learned_passes_its_check_and_cleans_a_page_not_seen() {
    let folder = scratch();
    let (corpus, config) = (folder.path().join("corpus"), folder.path().join("config"));
    stories(&corpus, 0..4);
    let profile = config.join("profiles/keld-courier.toml");
    std::fs::create_dir_all(profile.parent().unwrap()).unwrap();
    let learned = run(clean()
        .args(["learn", "--name", "keld-courier", "-o"])
        .args([&profile, &corpus]));
    assert_eq!(learned.code, Some(0), "{}", learned.err);
    assert!(
        learned.err.contains("from 4 documents, 4 trials"),
        "{}",
        learned.err
    );
    let checked =
        run(clean()
            .arg("--config")
            .arg(&config)
            .args(["profile", "check", "keld-courier"]));
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    let new = folder.path().join("new.txt");
    write(&new, page(4));
    let cleaned = run(clean()
        .arg("--config")
        .arg(&config)
        .args(["-q", "--profile", "keld-courier"])
        .arg(&new));
    let (title, first, second) = STORIES[4];
    assert_eq!(cleaned.out, format!("{title}\n{first}\n{second}\n"));
}

#[test]
fn the_same_corpus_gives_the_same_profile_on_standard_output() {
    let folder = scratch();
    stories(folder.path(), 0..4);
    let learn = || {
        run(clean()
            .args(["learn", "--name", "keld", "-q"])
            .arg(folder.path()))
    };
    let (first, second) = (learn(), learn());
    assert_eq!(first.out, second.out);
    assert!(first.out.contains("extends = \"english\""), "{}", first.out);
    assert_eq!(first.err, "");
}

#[test]
fn json_lines_name_hosts_and_months() {
    let folder = scratch();
    let lines: Vec<String> = (0..4)
        .map(|at| {
            let url = format!("https://www.keldcourier.example/2026/10/0{}/story", at + 1);
            let text = page(at);
            format!(
                "{{\"key\":{at},\"body\":{},\"url\":\"{url}\"}}\n",
                serde_json::json!(text)
            )
        })
        .collect();
    let file = folder.path().join("dump.jsonl");
    write(&file, lines.concat());
    let names = ["--id-field", "key", "--text-field", "body"];
    let learned = run(clean()
        .args(["learn", "--name", "keld"])
        .args(names)
        .arg(&file));
    assert!(
        learned.out.contains("hosts = [\"keldcourier.example\"]"),
        "{}",
        learned.out
    );
    assert!(
        learned.out.contains("\"About the Keld Courier\""),
        "{}",
        learned.out
    );
    assert!(
        learned.out.contains("seen = \"2026-10\""),
        "{}",
        learned.out
    );
    let wrong = run(clean().args(["learn", "--name", "keld"]).arg(&file));
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong
            .err
            .contains("dump.jsonl:1: passed over: no text in `text`"),
        "{}",
        wrong.err
    );
    assert!(
        wrong.err.contains("--text-field (here are: "),
        "{}",
        wrong.err
    );
}

#[test]
fn two_documents_are_too_few() {
    let folder = scratch();
    stories(folder.path(), 0..2);
    let learned = run(clean().args(["learn", "--name", "keld"]).arg(folder.path()));
    assert_eq!((learned.code, learned.out.as_str()), (Some(2), ""));
    assert!(
        learned
            .err
            .contains("at least 3 documents of one publisher, here are 2"),
        "{}",
        learned.err
    );
}

const COURIER: &str = "schema = 1\nname = \"courier\"\nextends = \"english\"\n\
    [[chain]]\nuse = \"strip-banners\"\n\
    [[chain.rule]]\nid = \"donation/courier-appeal\"\ncategory = \"donation\"\n\
    equals = \"Keep the Courier afloat from two crowns a week\"\nseen = \"2026-01\"\n\
    [[chain.rule]]\nid = \"navigation/courier-desk\"\ncategory = \"navigation\"\n\
    equals = \"Work at the harbour desk\"\n";

/// Forty stories from January to April, in which the appeal's wording changes
/// in March.
fn months(folder: &Path, changed: bool) {
    for n in 0..40 {
        let (title, first, second) = STORIES[n % 5];
        let (month, day) = (1 + n / 10, 1 + n % 10);
        let appeal = if changed && n >= 20 {
            "Hold the Courier above water from three crowns a week"
        } else {
            "Keep the Courier afloat from two crowns a week"
        };
        let text = format!(
            "{title}, part {n}\n{n} {first}\n{appeal}\n{n} {second}\nWork at the harbour desk\n"
        );
        let line = serde_json::json!({"id": format!("story-{n}"), "text": text, "published": format!("2026-0{month}-{day:02}")});
        write(&folder.join(format!("{n:02}.jsonl")), format!("{line}\n"));
    }
}

#[test]
fn drift_finds_the_dead_rule_and_the_new_line_and_nothing_else() {
    let folder = scratch();
    let (corpus, config) = (folder.path().join("corpus"), folder.path().join("config"));
    write(&config.join("profiles/courier.toml"), COURIER);
    let drift = |format: &str| {
        let mut command = clean();
        command.arg("--config").arg(&config);
        run(command
            .args(["drift", "courier", "--format", format])
            .arg(&corpus))
    };
    months(&corpus, false);
    let still = drift("table");
    assert_eq!(still.code, Some(0), "{}{}", still.out, still.err);
    months(&corpus, true);
    let changed = drift("json");
    assert_eq!(changed.code, Some(1), "{}{}", changed.out, changed.err);
    let found: serde_json::Value = serde_json::from_str(&changed.out).unwrap();
    let rules = found["rules"].as_array().unwrap();
    let stale: Vec<_> = rules.iter().filter(|rule| rule["stale"] == true).collect();
    assert_eq!(stale.len(), 1, "{}", changed.out);
    assert_eq!(stale[0]["rule"], "donation/courier-appeal");
    assert_eq!(
        stale[0]["months"],
        serde_json::json!({"2026-01": 10, "2026-02": 10})
    );
    let lines = found["new_lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "{}", changed.out);
    assert_eq!(
        lines[0]["text"],
        "Hold the Courier above water from three crowns a week"
    );
    assert_eq!(found["unlike"], serde_json::json!([]));
    let table = drift("table").out;
    assert!(
        table.contains("stale: nothing in 20 documents since story-19"),
        "{table}"
    );
    assert!(
        table.contains("20 of 20 since story-20  Hold the Courier"),
        "{table}"
    );
}

#[test]
fn a_profile_or_corpus_that_is_not_there_is_no_finding() {
    let unknown = run(clean().args(["drift", "nobody", "seeds"]));
    assert_eq!(unknown.code, Some(2));
    let nowhere = run(clean().args(["drift", "english", "no-such-folder"]));
    assert_eq!(nowhere.code, Some(2));
    assert!(nowhere.err.contains("no-such-folder"), "{}", nowhere.err);
}
