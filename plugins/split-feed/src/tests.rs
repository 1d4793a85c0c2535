//! Digests and what only looks like one, on invented text.

use super::*;
use cleancopy_testkit::Kit;
use serde_json::json;

fn starts(source: &str) -> Vec<u32> {
    Kit::new(&PLUGIN).run(source).starts()
}

const DIGEST: &str = "Coast news The RSS feed for the coast.

  • Ferry strike enters second week

    Ferry strike enters second week

    Talks broke down on Sunday:

    • Crews want a day off
    • The company wants none

  • Lighthouse sold for one crown

    Lighthouse sold for one crown

    The tower went to its last keeper.
  • Bottle post found after fifty years
    Bottle post found after fifty years
    The boy who threw it is now 63.
";

#[test]
fn bulleted_titles_start_items_and_the_header_leaves() {
    let run = Kit::new(&PLUGIN).run(DIGEST);
    assert_eq!(run.starts(), [3, 12, 17]);
    assert!(
        run.edits()
            .contains("1 remove split-feed/header [feed-header]"),
        "{}",
        run.edits()
    );
    assert!(run.text().starts_with("  • Ferry strike"), "{}", run.text());
}

#[test]
fn a_title_may_stand_once_or_three_times_or_have_no_text() {
    let once = DIGEST.replace("\n    Lighthouse sold for one crown\n", "");
    assert_eq!(starts(&once), [3, 12, 15]);
    let thrice = DIGEST.replace(
        "    Bottle post found",
        "    Bottle post found after fifty years\n    Bottle post found",
    );
    assert_eq!(starts(&thrice), [3, 12, 17]);
    let empty = DIGEST.replace("    The tower went to its last keeper.\n", "");
    assert_eq!(starts(&empty), [3, 12, 16]);
}

#[test]
fn one_item_is_a_digest_too() {
    let one =
        "  • Ferry strike enters second week\n    Ferry strike enters second week\n    Talks.\n";
    assert_eq!(starts(one), [1]);
}

#[test]
fn titles_without_bullets_must_stand_twice_more_than_once() {
    let digest = "Ferry strike goes on\nFerry strike goes on\nTalks broke down.\n\
                  Tower sold for a crown\nTower sold for a crown\nIt went to its keeper.\n";
    assert_eq!(starts(digest), [1, 4]);
    let article = "Ferry strike goes on\nFerry strike goes on\nTalks broke down.\nThey did.\n";
    assert!(starts(article).is_empty());
}

#[test]
fn a_list_in_an_article_is_no_digest() {
    let article = "What the crews want\n• A day off each week\n• A pier with a roof\nThe company wants none.\n";
    assert!(starts(article).is_empty());
}

#[test]
fn without_indents_lists_are_told_by_their_neighbours() {
    let flat: String = DIGEST
        .lines()
        .flat_map(|line| [line.trim(), "\n"])
        .collect();
    assert_eq!(starts(&flat), [3, 12, 17]);
}

#[test]
fn settings_decide() {
    let mut never = Kit::with(&PLUGIN, &json!({ "when": "never" })).unwrap();
    assert!(never.run(DIGEST).starts().is_empty());
    let mut always = Kit::with(&PLUGIN, &json!({ "when": "always" })).unwrap();
    let heads = "Ferry strike goes on\nTalks broke down.\nTower sold for a crown\nIt was cheap.\n";
    assert_eq!(always.run(heads).starts(), [1, 3]);
}

#[test]
fn titles_that_stand_once_over_indented_text_start_items() {
    let lines = DIGEST.lines().filter(|line| {
        let copy = ["    Ferry strike", "    Lighthouse", "    Bottle post"];
        !copy.iter().any(|title| line.starts_with(title))
    });
    let once: String = lines.flat_map(|line| [line, "\n"]).collect();
    assert_eq!(starts(&once).len(), 3);
    let article = "  • Ferry strike goes on\n  Talks broke down.\n  They did.\n";
    assert!(starts(article).is_empty());
}
