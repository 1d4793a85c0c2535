//! One test for each kind of marker, and for each look-alike that is no
//! liveblog. All text is invented.

#![allow(clippy::unwrap_used, reason = "a failed set-up fails the test")]

use cleancopy_plugin::prelude::*;
use split_liveblog::{Known, Plan, Settings, SplitLiveblog, Step, Times, When};

fn blocks<'t>(lines: &[&'t str]) -> Vec<(BlockKind, &'t str)> {
    lines
        .iter()
        .map(|&text| (BlockKind::Paragraph, text))
        .collect()
}

fn plan_with(settings: Settings, lines: &[&str]) -> Plan {
    SplitLiveblog::new(settings)
        .unwrap()
        .plan(&blocks(lines), Known::default())
}

/// The blocks at which posts start under the default settings.
fn starts(lines: &[&str]) -> Vec<usize> {
    plan_with(Settings::default(), lines)
        .starts
        .iter()
        .map(|start| start.block)
        .collect()
}

fn always() -> Settings {
    Settings {
        when: When::Always,
        ..Settings::default()
    }
}

const NONE: [usize; 0] = [];

#[test]
fn times_above_posts_start_them_and_stay() {
    let lines = [
        "Ferry talks resume",
        "Follow the day here.",
        "15:04",
        "The ferry company has come back to the table.",
        "14:51",
        "Two sailings were called off before noon.",
        "14:32",
        "The harbour board met in private.",
        "Last updated: 14.40 GMT",
    ];
    let plan = plan_with(Settings::default(), &lines);
    assert_eq!(starts(&lines), [2, 4, 6]);
    assert!(
        plan.starts
            .iter()
            .all(|start| start.rule == "split-liveblog/time")
    );
    let lifted: Vec<_> = plan
        .lifts
        .iter()
        .map(|lift| (lift.block, lift.range.is_empty(), lift.key, &*lift.value))
        .collect();
    assert_eq!(
        lifted,
        [
            (2, true, "published", "15:04"),
            (4, true, "published", "14:51"),
            (6, true, "published", "14:32"),
            (8, false, "modified", "14.40 GMT"),
        ]
    );
}

#[test]
fn times_can_be_lifted_or_kept() {
    let lines = [
        "15:04 GMT",
        "One boat sailed.",
        "14:51 GMT",
        "Two did not.",
        "14:33 GMT",
        "A third sank.",
    ];
    // Every time is metadata; the question is which ones leave the body.
    let lifts = |times| {
        let plan = plan_with(Settings { times, ..always() }, &lines);
        assert_eq!(plan.lifts.len(), 3);
        plan.lifts
            .iter()
            .filter(|lift| !lift.range.is_empty())
            .count()
    };
    assert_eq!(
        (
            lifts(Times::Keep),
            lifts(Times::Trailing),
            lifts(Times::Lift)
        ),
        (0, 0, 3)
    );
}

#[test]
fn signatures_below_posts_close_them() {
    let lines = [
        "Ferry talks resume",
        "The company and the crews are talking again.",
        "Crews hail a breakthrough",
        "The crews have welcomed an offer.",
        "Ada Quist2 March 2024 22:17",
        "Harbour stays shut",
        "No boat will sail before Friday.",
        "Ole Brandt2 March 2024 21:48",
        "Storm on its way",
        "Forecasters have warned of high winds.",
        "Ada Quist2 March 2024 21:02",
    ];
    let plan = plan_with(Settings::default(), &lines);
    assert_eq!(starts(&lines), [2, 5, 8]);
    let first = &plan.lifts[..2];
    assert_eq!(
        (first[0].key, &*first[0].value, first[0].range.clone()),
        ("byline", "Ada Quist", 0..9)
    );
    assert_eq!(
        (first[1].key, &*first[1].value, first[1].range.clone()),
        ("published", "2024-03-02T22:17:00", 9..27)
    );
}

#[test]
fn times_of_machines_leave() {
    let lines = [
        "Ferry talks resume",
        "The company and the crews are talking again.",
        "1709415900",
        "Crews hail a breakthrough",
        "The crews have welcomed an offer.",
        "1709413328",
        "No boat will sail before Friday.",
        "1709412159",
        "Forecasters have warned of high winds.",
    ];
    let plan = plan_with(Settings::default(), &lines);
    assert_eq!(starts(&lines), [2, 5, 7]);
    assert_eq!(
        (plan.lifts[0].key, &*plan.lifts[0].value),
        ("published", "2024-03-02T21:45:00Z")
    );
}

#[test]
fn a_post_that_stands_twice_is_one() {
    let lines = [
        "15:04",
        "One boat sailed.",
        "15:04",
        "One boat sailed.",
        "14:51",
        "Two did not.",
        "14:33",
        "All wait.",
    ];
    assert_eq!(starts(&lines), [0, 4, 6]);
}

#[test]
fn separators_part_posts_of_a_liveblog_only() {
    let page = [
        "Ferry strike goes on: live",
        "The lead.",
        "* * *",
        "One boat sailed.",
        "It was full.",
        "* * *",
        "Two did not.",
    ];
    assert_eq!(starts(&page), [3, 6]);
    let essay = [
        "On waiting",
        "I waited.",
        "* * *",
        "I waited more.",
        "It rained.",
        "* * *",
        "I left.",
    ];
    assert_eq!(starts(&essay), NONE);
}

#[test]
fn bullets_with_text_below_head_the_parts_of_a_roundup() {
    let page = [
        "Harbour live updates",
        "The lead.",
        "• Ferries",
        "One boat sailed.",
        "• Weather",
        "A storm is near.",
        "• Roads",
        "The pier is shut.",
    ];
    assert_eq!(starts(&page), [2, 4, 6]);
    let list = [
        "Harbour live updates",
        "We learned:",
        "• One boat sailed.",
        "• A storm is near.",
        "• The pier is shut.",
        "That is all.",
    ];
    assert_eq!(starts(&list), NONE);
}

#[test]
fn headlines_start_posts_of_a_liveblog() {
    let page = [
        "Harbour live updates",
        "The lead says what the day was like.",
        "Ferries are back",
        "One boat sailed at noon today.",
        "It was full to the last seat.",
        "Storm is near",
        "Winds will rise after dark.",
        "The pier was cleared of people.",
        "Roads are shut",
        "Cars turn round at the bridge.",
    ];
    assert_eq!(starts(&page), [2, 5, 8]);
}

#[test]
fn a_timetable_is_no_liveblog() {
    let lines = [
        "Sailings",
        "10:00",
        "Ryde pier.",
        "10:30",
        "Cowes.",
        "11:00",
        "Ryde pier.",
        "11:15",
        "Cowes.",
    ];
    assert_eq!(starts(&lines), NONE);
}

#[test]
fn a_television_guide_is_no_liveblog() {
    let lines = [
        "Tonight on Harbour TV",
        "19:00",
        "News",
        "The news of the day.",
        "19:30",
        "Tides",
        "A film about the sea.",
        "21:05",
        "Weather",
        "What comes next.",
    ];
    assert_eq!(starts(&lines), NONE);
}

#[test]
fn a_recipe_is_no_liveblog() {
    let lines = [
        "Fish soup",
        "10 minutes",
        "Chop the leeks.",
        "25 minutes",
        "Simmer.",
        "5 minutes",
        "Serve at once.",
    ];
    assert_eq!(starts(&lines), NONE);
}

#[test]
fn a_recording_is_no_liveblog() {
    let lines = [
        "The harbour podcast",
        "0:15",
        "Welcome to the show.",
        "2:47",
        "We have a guest today.",
        "14:03",
        "Thank you for coming.",
    ];
    assert_eq!(starts(&lines), NONE);
}

#[test]
fn speakers_are_no_posts() {
    let ask = "Q: What did the harbour board say, and what did Ada Quist reply when she was asked about it?";
    let tell = "A: The harbour board said on Monday that it would wait, and Ada Quist told us that Quist was not amused.";
    let lines: Vec<&str> = ["The interview"]
        .into_iter()
        .chain([ask, tell].into_iter().cycle().take(30))
        .collect();
    assert_eq!(starts(&lines), NONE);
}

#[test]
fn odd_pages_are_no_trouble() {
    assert_eq!(starts(&[]), NONE);
    assert_eq!(starts(&["15:04"]), NONE);
    let words: Vec<&str> = std::iter::repeat_n("Boat", 300).collect();
    assert_eq!(plan_with(always(), &words).starts, []);
    let both_ways = [
        "09:12", "One.", "17:31", "Two.", "08:04", "Three.", "19:58", "Four.", "07:07", "Five.",
    ];
    assert_eq!(starts(&both_ways), NONE);
    assert_eq!(plan_with(always(), &both_ways).starts.len(), 5);
}

#[test]
fn the_profile_decides_the_order_and_the_least_confidence() {
    let lines = [
        "15:04",
        "One boat sailed.",
        "14:51",
        "Two did not.",
        "14:33",
        "All wait.",
    ];
    let without_time = Settings {
        order: vec![Step::Headline],
        ..always()
    };
    assert_eq!(plan_with(without_time, &lines), Plan::default());
    let sure = Settings {
        min_confidence: 0.99,
        ..always()
    };
    assert!(plan_with(sure, &lines).starts.is_empty());
    let impossible = Settings {
        min_confidence: 2.0,
        ..always()
    };
    assert_eq!(
        SplitLiveblog::new(impossible).unwrap_err().path,
        "min_confidence"
    );
}

#[test]
fn headings_announced_at_the_top_start_the_parts_of_a_round_up() {
    let lines = [
        "Strike latest: Crews walk out again, harbour shut",
        "• Crews walk out again, harbour shut",
        "• Lighthouse goes to its keeper for a crown",
        "• Bottle found after fifty years at sea",
        "The crews walked out for a second day on Monday, and the harbour was shut.",
        "“We will stay out,” Ada Moss said.",
        "Lighthouse goes to its keeper for a crown",
        "The tower on Merrow was sold to its last keeper, the state said.",
        "Bottle found after fifty years at sea",
        "A boy who threw a bottle into the sea has it back.",
    ];
    assert_eq!(starts(&lines), [4, 6, 8]);
    let mut demands = lines;
    demands[6] = "The keeper has waited for nine years, the town said on Monday.";
    demands[8] = "It is a small bottle, and nobody has opened it so far, they said.";
    assert_eq!(starts(&demands), NONE);
}

fn values(lines: &[&str], known: Known<'_>) -> Vec<(String, bool)> {
    let plan = SplitLiveblog::new(always())
        .unwrap()
        .plan(&blocks(lines), known);
    let value = |lift: &split_liveblog::Lift| (lift.value.clone(), lift.inferred);
    plan.lifts.iter().map(value).collect()
}

#[test]
fn times_take_day_and_zone_from_the_page_and_say_so() {
    let lines = [
        "Strike – live",
        "00:10",
        "Talks end.",
        "23:55",
        "Talks go on.",
    ];
    let url = Some("https://coast.example/live/2024/mar/02/strike");
    let known = Known {
        url,
        published: None,
        language: None,
    };
    let inferred = |value: &str| (value.to_owned(), true);
    let expected = [
        inferred("2024-03-03T00:10:00"),
        inferred("2024-03-02T23:55:00"),
    ];
    assert_eq!(values(&lines, known), expected);
    let published = Some("2024-03-02T18:00:00+06:00");
    let expected = ["2024-03-03T00:10:00+06:00", "2024-03-02T23:55:00+06:00"].map(inferred);
    assert_eq!(
        values(
            &lines,
            Known {
                url,
                published,
                language: None
            }
        ),
        expected
    );
    let open = [("00:10".to_owned(), false), ("23:55".to_owned(), false)];
    assert_eq!(values(&lines, Known::default()), open);
}

#[test]
fn a_change_that_names_its_day_tells_that_of_the_post() {
    let lines = [
        "Strike – live",
        "15:04",
        "Talks end.",
        "Last updated: 15:20 GMT Saturday, 2 March 2024",
        "14:31",
        "Talks go on.",
    ];
    let all = values(&lines, Known::default());
    let all: Vec<&str> = all.iter().map(|(value, _)| value.as_str()).collect();
    assert_eq!(
        all,
        [
            "2024-03-02T15:04:00Z",
            "2024-03-02T15:20:00Z",
            "2024-03-02T14:31:00Z"
        ]
    );
}

#[test]
fn a_lead_that_sends_the_reader_down_holds_no_post() {
    let lines = [
        "Strike – live",
        "Boats stay in port",
        "The crews have walked out.",
        "Follow the latest updates below:",
        "A breakthrough is near",
        "Both sides have met.",
        "Roads are shut",
        "Cars turn round at the bridge.",
        "Storm on its way",
        "Forecasters have warned of winds.",
        "Schools will close",
        "The council has met on Sunday.",
    ];
    assert!(starts(&lines).first().is_some_and(|&first| first > 3));
}

#[test]
fn headlines_of_posts_are_marked() {
    let lines = [
        "Strike – live",
        "15:04",
        "Ada Quist",
        "Crews hail a breakthrough",
        "The crews have welcomed an offer.",
        "14:51",
        "Two sailings were called off.",
    ];
    assert_eq!(plan_with(always(), &lines).headlines, [3]);
}

#[test]
fn a_match_is_not_split_by_its_wording_and_says_why() {
    let lines = [
        "Ryde v Cowes – live",
        "Goal!",
        "No goal.",
        "Corner.",
        "A throw.",
        "Half-time.",
    ];
    let plan = plan_with(Settings::default(), &lines);
    assert_eq!(plan.starts, []);
    assert_eq!(
        plan.note,
        Some("posts of a line or two cannot be told by their wording")
    );
    assert_eq!(
        plan_with(Settings::default(), &lines[1..]).note,
        None,
        "it need not be a liveblog"
    );
}

#[test]
fn one_post_ten_thousand_posts_and_posts_of_a_word() {
    let one = ["Strike – live", "15:04", "The ferry sails."];
    assert_eq!(plan_with(always(), &one).starts, []);
    let times: Vec<String> = (0..10_000)
        .map(|at| format!("{:02}:{:02}", at / 60 % 24, at % 60))
        .collect();
    let many: Vec<&str> = times
        .iter()
        .flat_map(|time| [time.as_str(), "Boat."])
        .collect();
    assert_eq!(plan_with(always(), &many).starts.len(), 10_000);
}

#[test]
fn a_quiz_is_no_liveblog() {
    let lines: Vec<String> = (1..30)
        .flat_map(|at| {
            [
                format!("{at}. Which boat was the first to sail round the Cape, and when?"),
                "The Gannet, in 1820, as the harbour board said.".to_owned(),
            ]
        })
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(starts(&lines), NONE);
}
