//! What is lifted and marked, on invented text.

use super::*;
use cleancopy_testkit::Kit;
use serde_json::json;

const PROSE: &str =
    "The board of the harbour at Keld voted on Monday to put off the sale for a year.";

fn edits(rules: &serde_json::Value, source: &str) -> String {
    let settings = json!({ "rules": rules });
    Kit::with(&PLUGIN, &settings)
        .unwrap()
        .run(source)
        .edits()
        .to_owned()
}

#[test]
fn names_are_parted_and_the_line_leaves() {
    let rules = json!([{
        "id": "byline/report", "category": "byline", "regex": "^(?<byline>{names}) report\\.$"
    }]);
    let shown = edits(
        &rules,
        "Keld votes again today\nIt did.\nAnn Example and Bo Sample report.\n",
    );
    assert!(
        shown.starts_with("3 lift byline=Ann Example | Bo Sample byline/report [byline]"),
        "{shown}"
    );
}

#[test]
fn times_become_rfc_3339_when_they_are_whole() {
    let rules = json!([
        { "id": "time/label", "category": "timestamp", "equals": "Published:" },
        { "id": "time/row", "category": "timestamp", "after": "Published:",
          "regex": "^(?<published>{date} {time} ?{zone}?)$" }
    ]);
    let shown = edits(&rules, "Published:\n2025-02-25 17:13:51 BdST\n");
    assert!(shown.contains("1 remove time/label [timestamp]"), "{shown}");
    assert!(
        shown.contains("2 lift published=2025-02-25T17:13:51+06:00 time/row"),
        "{shown}"
    );
    let unknown = edits(&rules, "Published:\n2025-02-25 17:13\n");
    assert!(unknown.contains("published=2025-02-25 17:13 "), "{unknown}");
}

#[test]
fn what_follows_is_lifted_line_by_line() {
    let rules = json!([{
        "id": "byline/row", "category": "byline", "regex": "^(?<byline>{names})$",
        "then": "^(?<published>{date})$"
    }]);
    let shown = edits(&rules, "Storm\nAnn Example and Bo Ray\n2 March 2024\n");
    let byline = "2 lift byline=Ann Example | Bo Ray byline/row [byline]";
    assert!(shown.contains(byline), "{shown}");
    let published = "3 lift published=2 March 2024 byline/row [byline]";
    assert!(shown.contains(published), "{shown}");
    let other = edits(
        &rules,
        "Storm\nAnn Example and Bo Ray\nwrote this in March 2024\n",
    );
    assert!(!other.contains("byline/row"), "{other}");
}

#[test]
fn captions_are_marked_and_stay() {
    let rules = json!([{
        "id": "caption/credit", "category": "caption", "ends": "/ Coast Photos)", "max_chars": 300
    }]);
    let mut kit = Kit::with(&PLUGIN, &json!({ "rules": rules })).unwrap();
    let source = format!("{PROSE}\nBoats at Keld. (Ann Example / Coast Photos)\n{PROSE}\n");
    let run = kit.run(&source);
    assert_eq!(run.text(), source);
    assert!(
        run.edits().contains("2 mark caption caption/credit"),
        "{}",
        run.edits()
    );
}

#[test]
fn headline_and_sub_headlines_are_marked() {
    let source = format!(
        "Keld votes again today\n{PROSE}\nBig decision\n{PROSE}\nWhat the vote means:\n{PROSE}\n"
    );
    let shown = edits(&json!([]), &source);
    assert_eq!(
        shown,
        "1 mark headline lift-metadata/headline\n3 mark heading lift-metadata/heading\n\
         5 mark heading lift-metadata/heading\n"
    );
}
