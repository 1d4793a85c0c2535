//! `clean drift` on invented newspapers, whose prompts change halfway.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fmt::Write;
use std::path::Path;

use support::stories::STORIES;
use support::{clean, run, scratch, write};

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

/// What `clean drift` says of a corpus: the rules that are stale and the new
/// lines.
fn drifted(profile: &str, corpus: &Path) -> (Vec<String>, Vec<String>) {
    let folder = scratch();
    write(&folder.path().join("profiles/own.toml"), profile);
    let mut command = clean();
    command.arg("--config").arg(folder.path());
    let found = run(command
        .args(["drift", "own", "--format", "json"])
        .arg(corpus));
    let json: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    let list = |key: &str| json[key].as_array().unwrap().clone();
    let rules = list("rules")
        .into_iter()
        .filter(|rule| rule["stale"] == true);
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let rules = rules.map(|rule| text(&rule["rule"])).collect();
    let lines = list("new_lines")
        .iter()
        .map(|line| text(&line["text"]))
        .collect();
    assert_eq!(json["unlike"], serde_json::json!([]), "{}", found.out);
    (rules, lines)
}

fn own(rules: &[(&str, &str)]) -> String {
    let rules = rules.iter().map(|(id, condition)| {
        format!("[[chain.rule]]\nid = \"{id}\"\ncategory = \"newsletter\"\n{condition}\n")
    });
    let rules: String = rules.collect();
    format!(
        "schema = 1\nname = \"own\"\nextends = \"english\"\n[[chain]]\nuse = \"strip-banners\"\n{rules}"
    )
}

#[test]
fn a_prompt_of_half_of_the_stories_is_missed_when_it_changes() {
    // A weekly without days in its documents: their order is the time. Every
    // second story has the prompt, and all have a footer that never changes.
    let folder = scratch();
    for n in 0..48 {
        let (title, first, second) = STORIES[n % 5];
        let prompt = match (n % 2, n < 24) {
            (0, true) => "Tides by letter: leave your address with the harbour master\n",
            (0, false) => "Have the tides sent home, ask at the harbour office\n",
            _ => "",
        };
        let text = format!(
            "{title} ({n})\n{first} {n}\n{prompt}{second} {n}\nPrinted in Keld on recycled sails\n"
        );
        write(&folder.path().join(format!("{n:02}.txt")), text);
    }
    let profile = own(&[
        ("newsletter/tides", "starts = \"Tides by letter\""),
        (
            "newsletter/printed",
            "equals = \"Printed in Keld on recycled sails\"",
        ),
    ]);
    let (rules, lines) = drifted(&profile, folder.path());
    assert_eq!(rules, ["newsletter/tides"]);
    assert_eq!(
        lines,
        ["Have the tides sent home, ask at the harbour office"]
    );
}

#[test]
fn a_box_of_two_lines_and_a_rare_note_are_told_apart() {
    // The box changes both of its lines; a note that one story in ten has, by
    // chance not in the last ones, is no news.
    let folder = scratch();
    let mut dump = String::new();
    for n in 0..60 {
        let (title, first, second) = STORIES[(n * 2) % 5];
        let (day, month) = (1 + n % 28, 3 + n / 28);
        let frame = if n < 30 {
            "Enjoying the Gazette?\nTake twelve issues for the price of a herring"
        } else {
            "Reading the Gazette for nothing?\nTwelve issues now cost less than two herrings"
        };
        let note = if n % 10 == 3 && n < 50 {
            "Letters may be shortened\n"
        } else {
            ""
        };
        let text = format!(
            "{title}: part {n}\n{first} It is the {n}th time.\n{frame}\n{note}{second} So it was {n} years ago.\n"
        );
        let url = format!("https://gazette.example/2026/{month:02}/{day:02}/story-{n}");
        writeln!(
            dump,
            "{}",
            serde_json::json!({"id": n, "text": text, "url": url})
        )
        .unwrap();
    }
    write(&folder.path().join("dump.jsonl"), dump);
    let profile = own(&[
        (
            "newsletter/box",
            "equals = \"Enjoying the Gazette?\"\nthrough = \"price of a herring\"",
        ),
        (
            "newsletter/letters",
            "equals = \"Letters may be shortened\"",
        ),
    ]);
    let (rules, lines) = drifted(&profile, folder.path());
    assert_eq!(rules, ["newsletter/box"]);
    let new = [
        "Reading the Gazette for nothing?",
        "Twelve issues now cost less than two herrings",
    ];
    assert_eq!(lines, new);
}

/// A feed of forty items, the newest first, over four months.
fn feed() -> String {
    let mut feed = String::from("<rss version=\"2.0\"><channel><title>Keld Courier</title>");
    for n in (0..40).rev() {
        let (title, first, second) = STORIES[n % 5];
        let months = ["Jan", "Feb", "Mar", "Apr"];
        let (day, month) = (1 + n % 10, months[n / 10]);
        let appeal = if n < 20 {
            "Keep the Courier afloat from two crowns a week"
        } else {
            "Hold the Courier above water from three crowns a week"
        };
        write!(
            feed,
            "<item><title>{title}, part {n}</title><pubDate>{day:02} {month} 2026 08:00:00 GMT</pubDate>\
             <description>&lt;p&gt;{n} {first}&lt;/p&gt;&lt;p&gt;{appeal}&lt;/p&gt;&lt;p&gt;{n} {second}&lt;/p&gt;</description></item>"
        )
        .unwrap();
    }
    feed + "</channel></rss>"
}

#[test]
fn the_items_of_a_feed_are_of_their_own_days() {
    let folder = scratch();
    write(&folder.path().join("feed.xml"), feed());
    let profile = own(&[(
        "donation/courier-appeal",
        "equals = \"Keep the Courier afloat from two crowns a week\"",
    )]);
    let (rules, lines) = drifted(&profile, &folder.path().join("feed.xml"));
    assert_eq!(rules, ["donation/courier-appeal"]);
    assert_eq!(
        lines,
        ["Hold the Courier above water from three crowns a week"]
    );
}
