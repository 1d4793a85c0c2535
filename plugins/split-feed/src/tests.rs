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
    let mut always = known();
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

fn known() -> Kit {
    Kit::with(&PLUGIN, &json!({ "when": "always" })).unwrap()
}

fn starts_when_known(source: &str) -> Vec<u32> {
    known().run(source).starts()
}

#[test]
fn titles_and_summaries_take_turns() {
    let summaries: String = ["Ferry", "Lighthouse", "Market", "Library", "School"]
        .iter()
        .map(|what| {
            format!(
                "{what} board names a new chair\nThe {what} board met on Monday and chose her\n"
            )
        })
        .collect();
    assert_eq!(starts_when_known(&summaries), [1, 3, 5, 7, 9]);
    assert!(starts(&summaries).is_empty());
}

#[test]
fn a_closing_line_that_names_each_item_tells_titles_from_headings() {
    let item = |title: &str, what: &str| {
        format!(
            "{title}\nThe {what} has been mended. The {what} was broken.\n\
             Mending the {what} took a week, for the {what} is old.\nWhy the {what} matters\n\
             Nobody on the coast can do without a {what} that works as a {what} should.\n\
             The {what} will be watched, and the {what} painted.\n\
             {title} was first printed in Coast Weekly.\n"
        )
    };
    let page = [
        item("Harbour crane back at work", "crane"),
        item("Pump turns again", "pump"),
        item("Bells ring after a year", "bell"),
    ]
    .concat();
    assert_eq!(starts_when_known(&page), [1, 8, 15]);
}

#[test]
fn titles_made_like_the_first_line_are_titles() {
    let item = |version: &str| {
        format!(
            "v{version}\nThis release mends three things.\nA list of them:\nFix the crane\nFix the pump\n"
        )
    };
    let page = ["1.2.0", "1.10.1", "1.0.0"].map(item).concat();
    assert_eq!(starts_when_known(&page), [1, 6, 11]);
}

#[test]
fn a_change_of_words_tells_a_title_from_a_heading() {
    let page = "The harbour opens again
The harbour was shut for a week because the harbour wall had cracked in the storm.
Masons mended the wall of the harbour by night, and the boats of the harbour came back.
The masons of the harbour say the wall will stand any storm, and the boats believe it.
How the wall of the harbour cracked
The storm threw stones at the harbour until the wall gave way to the storm and the stones.
No boats were in the harbour then, the masons say: the storm had kept the boats away.
Chess club wins the league
The chess club beat its rivals on every board, and its youngest player mated a master.
The league gave the chess club its cup on Sunday; the players of the club sang.
The club will play the master again when the league begins anew, on every board.
";
    assert_eq!(starts_when_known(page), [1, 8]);
}

#[test]
fn what_stands_before_titles_found_by_looks_stays() {
    let page = "All that happened on the coast this week, in short.\n\
        Ferry strike goes on\nThe crews of the ferry walked out again.\n\
        Lighthouse sold for a crown\nThe tower went to its last keeper.\n";
    let run = known().run(page);
    assert!(
        run.text().starts_with("All that happened"),
        "{}",
        run.text()
    );
}
