//! What is dropped and what stays, on invented text.

use super::*;

fn finds(lines: &[&str]) -> Vec<(usize, &'static str)> {
    let (captions, taken) = (vec![false; lines.len()], vec![false; lines.len()]);
    let mut page = Page {
        lines,
        captions,
        taken,
        finds: Vec::new(),
    };
    if let Some(index) = headline(lines.iter().copied()) {
        headlines::find(&mut page, index);
    }
    glued::find(&mut page);
    paragraphs::find(&mut page, &Settings::default());
    pull_quotes::find(&mut page);
    let mut finds: Vec<_> = page.finds.iter().map(|f| (f.block, f.rule)).collect();
    finds.sort_unstable();
    finds
}

const A: &str =
    "The harbour board voted on Monday to put off the sale of the old pier for another year.";
const B: &str =
    "Its chair, Ada Moss, told reporters the price on offer had been far too low for it.";
const C: &str =
    "Two bidders, one from abroad, said they would come back with more money in spring.";

#[test]
fn copies_of_the_headline_leave() {
    let lines = [
        "Pier sale ‘put off’",
        "Pier sale 'put off'",
        "KELD",
        "Pier sale put offPier sale put off",
        A,
    ];
    assert_eq!(
        finds(&lines),
        [
            (1, "drop-repeats/headline"),
            (3, "drop-repeats/headline-glued")
        ]
    );
}

#[test]
fn a_quote_that_says_what_the_headline_says_stays() {
    assert_eq!(
        finds(&[
            "We will not sell the pier",
            A,
            "“We will not sell the pier.”",
            B
        ]),
        []
    );
}

#[test]
fn a_headline_glued_to_the_text_is_cut_off() {
    let lines = [
        "Pier sale put off again",
        "Pier sale put off againThe board voted on Monday.",
        A,
    ];
    assert_eq!(finds(&lines), [(1, "drop-repeats/headline-before-text")]);
    let goes_on = [
        "Pier sale put off",
        "Pier sale put off until spring, says the harbour board.",
        A,
    ];
    assert_eq!(finds(&goes_on), []);
}

#[test]
fn a_paragraph_that_stands_again_leaves() {
    assert_eq!(finds(&[A, B, C, A]), [(3, "drop-repeats/paragraph")]);
}

#[test]
fn wire_takes_that_are_merely_alike_stay() {
    let other =
        "The harbour board voted on Monday to put off the sale of the pier, its chair said.";
    assert_eq!(finds(&[A, B, other, C]), []);
}

#[test]
fn a_touched_up_line_leaves_with_the_run_it_opens() {
    let touched =
        "The harbour board voted on Monday to put off the sale of the old pier by a year.";
    let lines = [A, B, C, "Rain fell on the town all day.", touched, B, C];
    assert_eq!(
        finds(&lines),
        [
            (4, "drop-repeats/run"),
            (5, "drop-repeats/paragraph"),
            (6, "drop-repeats/paragraph")
        ]
    );
}

#[test]
fn short_lines_may_stand_twice() {
    let lines = [
        A,
        "Yes.",
        B,
        "Yes.",
        "“No, no, we never said that to anybody.”",
        "“No, no, we never said that to anybody.”",
    ];
    assert_eq!(finds(&lines), []);
}

#[test]
fn a_line_printed_twice_in_a_row_leaves() {
    let lines = [
        A,
        "Boats at the old pier on Monday",
        "Boats at the old pier on Monday",
        B,
    ];
    assert_eq!(finds(&lines), [(2, "drop-repeats/adjacent")]);
}

#[test]
fn glued_doubles_lose_their_second_half() {
    let line = "Boats at the old pier on MondayBoats at the old pier on Monday";
    assert_eq!(finds(&[A, line, B]), [(1, "drop-repeats/glued")]);
    assert_eq!(
        finds(&[A, "We will fight them on. We will fight them on.", B]),
        []
    );
}

#[test]
fn copies_far_apart_stay() {
    let mut lines = vec![A];
    let between: Vec<String> = (0..500).map(|n| format!("Line {n}.")).collect();
    lines.extend(between.iter().map(String::as_str));
    lines.push(A);
    assert_eq!(finds(&lines), []);
}

#[test]
fn what_repeats_by_nature_stays() {
    let warm_up =
        "Warm up for ten minutes, then swim six times a hundred metres with rests between.";
    let cool_down =
        "Swim for as long as you can feel your feet, in the sea, with a friend and a float.";
    let mut plan = Vec::new();
    for day in ["Monday", "Tuesday", "Thursday"] {
        plan.extend([day, warm_up, "Rest.", cool_down]);
    }
    assert_eq!(finds(&plan), []);
    let row =
        "├──────────────────────────────────────────────────────────────────────────────────┤";
    assert_eq!(finds(&[A, row, B, row, C]), []);
}

#[test]
fn a_pull_quote_beside_its_text_leaves() {
    let quote = "Nobody will buy a pier that the sea is taking apart.";
    let text =
        "“Nobody will buy a pier that the sea is taking apart,” Ada Moss told the board in March.";
    let (one, two, rain) = (
        "It is old.",
        "It is long.",
        "Rain fell on the town all day.",
    );
    let before = [one, A, two, B, rain, quote, C, text];
    assert_eq!(finds(&before), [(5, "drop-repeats/pull-quote")]);
    let behind = [one, A, two, B, text, C, quote, rain];
    assert_eq!(finds(&behind), [(6, "drop-repeats/pull-quote")]);
    let bracket = format!("(Well.) {text} It may fall.");
    let behind_bracket = [one, A, two, B, &bracket, C, quote, rain];
    assert_eq!(finds(&behind_bracket), [(6, "drop-repeats/pull-quote")]);
    let summary = [one, quote, A, two, B, text, C, rain];
    assert_eq!(finds(&summary), []);
    let signed = [one, A, two, B, rain, quote, "— Ada Moss, in March", C, text];
    assert_eq!(finds(&signed), []);
}

#[test]
fn a_sentence_that_a_caption_repeats_stays() {
    let quote = "Nobody will buy a pier that the sea is taking apart.";
    let caption = format!("{quote} (Ann Example/Keld Press, in a picture of Monday)");
    let lines = [
        "It is old.",
        A,
        "It is long.",
        B,
        quote,
        C,
        caption.as_str(),
    ];
    let mut page = Page {
        lines: &lines,
        captions: lines.iter().map(|line| *line == caption).collect(),
        taken: vec![false; lines.len()],
        finds: Vec::new(),
    };
    pull_quotes::find(&mut page);
    assert!(page.finds.is_empty());
}

#[test]
fn half_a_sentence_of_another_line_stays() {
    let list = "Services offered: harbour pilots, tugs, moorings, cranes, cold storage, a slip.";
    let more =
        "Services offered: harbour pilots, tugs, moorings, cranes, cold storage, a slip, fuel.";
    let lines = [
        "It is old.",
        A,
        "It is long.",
        B,
        "Rain fell on the town.",
        list,
        C,
        more,
    ];
    assert_eq!(finds(&lines), []);
}

#[test]
fn two_pictures_may_have_the_same_credit() {
    let credit = "Coast Insights/The Coast Ledger/Ann Example of Keld";
    assert_eq!(finds(&[A, credit, credit, B]), []);
}

#[test]
fn a_line_that_stands_many_times_in_a_row_leaves_at_once() {
    let short = "The pier was sold on Monday.";
    let lines = vec![short; 70];
    assert_eq!(finds(&lines).len(), 69);
}
