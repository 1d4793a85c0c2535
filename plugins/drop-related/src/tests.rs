//! Cards and what only looks like one, on invented text.

use super::*;
use cleancopy_testkit::{Kit, Run};
use serde_json::json;

const STORY: &str = "Ferry strike enters second week

Talks broke down on Sunday.

Lighthouse sold for one crown
The tower went to its last keeper, who had asked for it in a letter of
Ferry strike enters second weekThe Coast LedgerAnn Example
Ferry strike enters second week

The crews want a day off.
";

fn run(source: &str) -> Run {
    Kit::new(&PLUGIN).run(source)
}

fn gone(source: &str) -> Vec<u32> {
    run(source)
        .document()
        .record()
        .iter()
        .map(|removal| removal.line)
        .collect()
}

#[test]
fn a_card_leaves_with_its_title_and_teaser() {
    assert_eq!(gone(STORY), [5, 6, 7]);
}

#[test]
fn a_card_leaves_with_the_day_below_it() {
    let day = json!({"id": "card/day", "category": "related-card", "regex": "^{month} \\d{1,2}, \\d{4}$"});
    let mut kit = Kit::with(&PLUGIN, &json!({ "card_ends": [day] })).unwrap();
    let source = "Ferry strike enters second week
Talks broke down on Sunday, the crews said, and nobody knows when the boats will sail again.
March 5, 2024
Lighthouse sold for one crown
The tower went to its last keeper, who had asked for it.
March 4, 2024
The crews want a day off, and a heater.
Herring found in an old letter box
March 2, 2024
The ferry lies idle, as it did that winter.
March 1, 2024
";
    let run = kit.run(source);
    let gone: Vec<u32> = run.document().record().iter().map(|r| r.line).collect();
    assert_eq!(gone, [4, 5, 6, 8, 9]);
}

#[test]
fn two_cards_in_a_row_leave() {
    let second = "\nBottle post found\nA boy threw it.\nFerry strike enters second weekThe Coast LedgerBo Sample\n";
    assert_eq!(gone(&format!("{STORY}{second}")), [5, 6, 7, 12, 13, 14]);
}

#[test]
fn the_paragraph_above_a_bare_credit_line_stays() {
    let source = STORY.replace("Lighthouse sold for one crown\n", "");
    assert_eq!(gone(&source), [6]);
    let apart = STORY.replace("letter of\n", "letter of\n\n");
    assert_eq!(gone(&apart), [8]);
}

#[test]
fn the_headline_in_a_sentence_is_no_card() {
    for line in [
        "Ferry strike enters second week, and nobody talks",
        "Ferry strike enters second week The Coast Ledger",
        "Ferry strike enters second weekend",
        "Ferry strike enters second weekThe crews and the company met again on Monday in a hall by the pier.",
    ] {
        let source = STORY.replace(
            "Ferry strike enters second weekThe Coast LedgerAnn Example",
            line,
        );
        assert!(gone(&source).is_empty(), "{line}");
    }
}

#[test]
fn a_site_that_is_named_is_enough() {
    let settings = json!({ "sites": ["The Coast Ledger"] });
    let source = STORY.replace("LedgerAnn Example", "Ledger");
    let run = Kit::with(&PLUGIN, &settings).unwrap().run(&source);
    assert_eq!(run.document().record().len(), 3);
    let other = STORY.replace("The Coast Ledger", "The Inland Post");
    assert!(
        Kit::with(&PLUGIN, &settings)
            .unwrap()
            .run(&other)
            .document()
            .record()
            .is_empty()
    );
}

#[test]
fn the_author_belongs_to_the_story_the_card_leads_to() {
    let source = format!(
        "=== item ===\n{STORY}=== item ===\nLighthouse sold for one crown\n\nIt was cheap.\n"
    );
    let run = run(&source);
    let sections = run.document().sections();
    assert!(sections[0].metadata.is_empty());
    assert_eq!(sections[1].metadata.get("byline"), ["Ann Example"]);
    assert_eq!(sections[1].metadata.get("inferred"), ["byline"]);
}

#[test]
fn rules_take_what_leads_to_other_stories() {
    let settings = json!({ "rules": [
        { "id": "read-more/label", "category": "read-more", "starts": "Read more:" }
    ] });
    let source = format!("{STORY}Read more: Bottle post found\n");
    let run = Kit::with(&PLUGIN, &settings).unwrap().run(&source);
    assert!(
        run.edits()
            .contains("11 remove read-more/label [read-more]"),
        "{}",
        run.edits()
    );
}
