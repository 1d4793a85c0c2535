//! Pages of which nothing but the prose is left. All text is invented.

#![allow(clippy::unwrap_used, reason = "a failed set-up fails the test")]

use cleancopy_plugin::prelude::*;
use proptest::prelude::*;
use split_liveblog::{Known, Plan, Settings, SplitLiveblog, When};

fn plan(when: When, lines: &[String]) -> Plan {
    let blocks: Vec<_> = lines
        .iter()
        .map(|text| (BlockKind::Paragraph, text.trim()))
        .collect();
    let settings = Settings {
        when,
        ..Settings::default()
    };
    SplitLiveblog::new(settings)
        .unwrap()
        .plan(&blocks, Known::default())
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

const PIER: [&str; 6] = [
    "Harbour minister Ada Quist has said the northern pier will stay shut until engineers have looked at every beam of it.",
    "Quist told reporters the beams had been under water for weeks and that nobody could vouch for them at present.",
    "“We will not put a single passenger at risk,” Quist said. “The pier opens when it is safe and not a day before.”",
    "She said the work on the pier would be paid for out of the fund that the town set up after the storm of two winters ago.",
    "The fund holds enough for the beams and the planks of the pier, but not for the railings, which the minister wants to replace.",
    "But she did not say when the engineers would be done with the beams.",
];

const KEEPER: [&str; 6] = [
    "A lighthouse keeper has been found alive three days after his dinghy capsized off the skerries, the coastguard reported.",
    "The keeper, who is 61, had clung to a buoy and was seen by the crew of a trawler on its way home from the banks.",
    "He was taken to the infirmary, where doctors said the keeper was cold and tired but in good spirits.",
    "“He asked for coffee before anything else,” one of the doctors said of the keeper.",
    "The coastguard had given up its search for the dinghy on the evening of the second day.",
    "It said the trawler had passed the buoy only because of the fog over the banks.",
];

const BREAD: [&str; 7] = [
    "Bakers across the island have warned that bread will cost a fifth more by spring because of the poor wheat harvest.",
    "The bakers’ guild said flour had doubled in price since August and that small shops could not bear it much longer.",
    "“Nobody wants to sell bread at that price,” said its chairman, who has run a shop for forty years.",
    "He said some bakers had begun to mix the flour with barley, which is cheaper than wheat.",
    "The guild wants the duty on flour from abroad to be dropped until the next harvest is in.",
    "It handed a petition with the names of two hundred bakers to the council last night.",
    "The council has promised the guild an answer about the duty within a month.",
];

/// A headline, a lead of one line and three posts, from blocks 2, 8 and 14.
fn liveblog() -> Vec<String> {
    let lead = "Here is what happened on the island in the course of the day, from the first ferry to the last.";
    owned(&["Island news today: live", lead])
        .into_iter()
        .chain(owned(&PIER))
        .chain(owned(&KEEPER))
        .chain(owned(&BREAD))
        .collect()
}

#[test]
fn reports_on_new_subjects_start_posts() {
    let found: Vec<_> = plan(When::Auto, &liveblog())
        .starts
        .iter()
        .map(|s| (s.block, s.rule))
        .collect();
    let blocks: Vec<usize> = found
        .iter()
        .map(|(block, _)| *block)
        .filter(|&block| block > 2)
        .collect();
    assert_eq!(blocks, [8, 14], "{found:?}");
    assert!(
        found
            .iter()
            .all(|(_, rule)| *rule == "split-liveblog/prose")
    );
}

#[test]
fn posts_that_lost_their_time_are_found_where_there_is_room() {
    let mut lines = liveblog();
    lines.extend(owned(&["15:04", "Talks have broken down.", "14:51"]));
    lines.extend(owned(&PIER));
    let found: Vec<_> = plan(When::Auto, &lines)
        .starts
        .iter()
        .map(|s| (s.block, s.rule))
        .filter(|(block, _)| *block > 2)
        .collect();
    let (by_time, told): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|(_, rule)| *rule == "split-liveblog/time");
    let blocks = |of: &[(usize, &str)]| of.iter().map(|(block, _)| *block).collect::<Vec<_>>();
    assert_eq!(blocks(&by_time), [lines.len() - 9, lines.len() - 7]);
    assert_eq!(blocks(&told), [8], "only what is sure enough is added");
}

#[test]
fn a_plain_article_is_left_whole() {
    let mut lines = owned(&["Pier stays shut"]);
    lines.extend(owned(&PIER));
    assert_eq!(plan(When::Auto, &lines), Plan::default());
    assert_eq!(plan(When::Never, &owned(&["15:04"])).lifts, []);
}

#[test]
fn a_run_that_stands_twice_is_a_post() {
    let mut lines = liveblog();
    lines.extend(owned(&PIER[..2]));
    lines.extend(owned(&KEEPER[3..]));
    let plan = plan(When::Auto, &lines);
    let again: Vec<_> = plan
        .starts
        .iter()
        .filter(|s| s.rule == "split-liveblog/repeat")
        .map(|s| s.block)
        .collect();
    assert_eq!(again, [21, 23]);
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,80}",
        "[0-9]{1,2}[:.][0-9]{2} ?(am|pm|GMT)?",
        "(Ada|Ole) Quist ?[0-9]{1,2} March 2024 [0-9]{2}:[0-9]{2}",
        "1[0-9]{9}",
        "(\\* ?){1,5}|•? [A-Z][a-z]{2,9}( [a-z]{2,9}){0,5}",
        "[“\"]?[A-Z][a-z]{1,9}( [A-Za-z’]{1,9}){3,20}[.:”]?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Starts ascend and are inside the page, and lifts are inside their line
    /// and on its character boundaries, whatever the text.
    #[test]
    fn plans_are_legal(lines in prop::collection::vec(line(), 0..40), always: bool) {
        let when = if always { When::Always } else { When::Auto };
        let plan = plan(when, &lines);
        prop_assert!(plan.starts.windows(2).all(|pair| pair[0].block < pair[1].block));
        for start in &plan.starts {
            prop_assert!(start.block < lines.len() && (0.0..=1.0).contains(&start.confidence));
        }
        for lift in &plan.lifts {
            let text = lines[lift.block].trim().get(lift.range.clone());
            prop_assert!(text.is_some() && !lift.value.is_empty());
            prop_assert!(!lift.value.contains('\n'));
        }
    }

    /// The same page gives the same plan.
    #[test]
    fn plans_do_not_depend_on_chance(lines in prop::collection::vec(line(), 0..30)) {
        prop_assert_eq!(plan(When::Always, &lines), plan(When::Always, &lines));
    }
}
