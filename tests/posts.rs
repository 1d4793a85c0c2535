//! Liveblogs, round-ups and digests from end to end: what a document is said to
//! be, and what becomes of its posts.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{Answer, clean, feed, run, scratch, write};

const LIVE: &str = "Harbour strike – live

15:04
Crews hail a breakthrough
The crews have welcomed an offer from the ferry company.

14:51
Two sailings were called off.

14:33
The board has met.
";

fn english(arguments: &[&str], text: &str) -> Answer {
    let mut command = clean();
    command.args(["--profile", "english"]).args(arguments);
    feed(command.arg("-"), text.as_bytes())
}

fn json(arguments: &[&str], text: &str) -> Value {
    let arguments = [&["--format", "json"], arguments].concat();
    serde_json::from_str(&english(&arguments, text).out).unwrap()
}

fn marks(answer: &Answer, kind: &str) -> usize {
    let mark = format!("=== {kind} ===");
    answer.out.lines().filter(|line| *line == mark).count()
}

#[test]
fn the_user_says_what_a_document_is() {
    assert_eq!(marks(&english(&[], LIVE), "entry"), 3);
    assert_eq!(marks(&english(&["--as", "article"], LIVE), "entry"), 0);
    let unnamed = LIVE
        .replace(" – live", "")
        .replace("14:33\nThe board has met.\n", "");
    assert_eq!(marks(&english(&[], &unnamed), "entry"), 0);
    assert_eq!(marks(&english(&["--as", "liveblog"], &unnamed), "entry"), 2);
    let digest = "Pier sold\nIt went to the town for a crown.\nTower sold\nIt went to its last keeper.\n\
        Boat found\nIt had drifted to Hale.\nBell rings\nIt was mended on Sunday.\n";
    assert_eq!(marks(&english(&[], digest), "item"), 0);
    assert_eq!(marks(&english(&["--as", "digest"], digest), "item"), 4);
}

#[test]
fn every_start_says_how_sure_it_is_and_what_it_rests_on() {
    let found = json(&["--url", "https://coast.example/2024/03/02/strike"], LIVE);
    let entry = &found["sections"][0]["sections"][0];
    assert_eq!(entry["rule"], "split-liveblog/time");
    assert!(entry["confidence"].as_f64().unwrap() > 0.9);
    assert_eq!(entry["headline"]["text"], "Crews hail a breakthrough");
    assert_eq!(entry["metadata"]["published"], "2024-03-02T15:04:00");
    assert_eq!(entry["metadata"]["inferred"][0], "published");
    let sure = json(&["--min-confidence", "0.99"], LIVE);
    assert_eq!(sure["sections"][0]["sections"].as_array().unwrap().len(), 0);
}

#[test]
fn settings_of_steps_can_be_changed() {
    let lifted = english(&["--set", "split-liveblog.times=lift"], LIVE);
    assert!(!lifted.out.contains("15:04"), "{}", lifted.out);
    for (setting, problem) in [
        ("split-liveblog.tims=lift", "unknown key `tims`"),
        ("split-liveblg.times=lift", "did you mean `split-liveblog`"),
        ("split-liveblog.packs=x", "belongs into a profile"),
        ("split-liveblog.times=sideways", "sideways"),
    ] {
        let answer = english(&["--set", setting], LIVE);
        assert_eq!(answer.code, Some(2), "{setting}");
        assert!(answer.err.contains(problem), "{}", answer.err);
    }
    for wrong in [
        ["--set", "times=lift"],
        ["--min-confidence", "2"],
        ["--as", "poem"],
    ] {
        assert_eq!(english(&wrong, LIVE).code, Some(2));
    }
}

#[test]
fn what_is_not_split_by_its_wording_is_said() {
    let game = "Ryde v Cowes – live\nGoal!\nNo goal.\nCorner for Ryde.\nHe hits the post.\n";
    let answer = english(&[], game);
    assert!(
        answer
            .err
            .contains("note: not split into posts: posts of a line or two"),
        "{}",
        answer.err
    );
    let note = &json(&[], game)["metadata"]["note"][0];
    assert!(note.as_str().unwrap().starts_with("not split into posts"));
}

#[test]
fn posts_become_updates_and_headings() {
    let url = ["--url", "https://coast.example/2024/03/02/strike"];
    let posting = english(&[&["--format", "jsonld"], &url[..]].concat(), LIVE).out;
    let posting: Value = serde_json::from_str(&posting).unwrap();
    assert_eq!(posting["@type"], "LiveBlogPosting");
    let update = &posting["liveBlogUpdate"][0];
    assert_eq!(update["datePublished"], "2024-03-02T15:04:00");
    assert_eq!(
        update["articleBody"],
        "The crews have welcomed an offer from the ferry company."
    );
    let markdown = english(&[&["--format", "markdown"], &url[..]].concat(), LIVE).out;
    assert!(
        markdown.contains("## 2024-03-02 15:04 · Crews hail a breakthrough\n\nThe crews"),
        "{markdown}"
    );
    assert!(
        markdown.contains("## 2024-03-02 14:51\n\nTwo sailings"),
        "{markdown}"
    );
}

fn split(file: &Path, to: &Path, more: &[&str]) -> Answer {
    let mut command = clean();
    command
        .args(["--profile", "english", "--split-dir"])
        .arg(to)
        .args(more);
    run(command.arg(file))
}

#[test]
fn posts_get_files_of_their_own() {
    let folder = scratch();
    let (file, to) = (
        folder.path().join("strike.txt"),
        folder.path().join("posts"),
    );
    write(&file, LIVE);
    assert_eq!(split(&file, &to, &[]).code, Some(0));
    let names = |to: &Path| {
        let entries = fs::read_dir(to.join("strike")).unwrap();
        let mut names: Vec<_> = entries
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(&to), ["0000.txt", "0001.txt", "0002.txt", "0003.txt"]);
    let post = fs::read_to_string(to.join("strike/0001.txt")).unwrap();
    assert!(
        post.contains("\nwithin: 0\nkind: \"entry\"\nheadline: \"Crews hail a breakthrough\"\n"),
        "{post}"
    );
    assert!(post.ends_with("---\n\nCrews hail a breakthrough\n\nThe crews have welcomed an offer from the ferry company.\n"), "{post}");
    // A second run replaces the first, a folder of somebody else's stays.
    assert_eq!(
        split(&file, &to, &["--format", "json", "--as", "article"]).code,
        Some(0)
    );
    assert_eq!(names(&to), ["0000.json"]);
    write(&to.join("strike/notes.txt"), "mine");
    let refused = split(&file, &to, &[]);
    assert_ne!(refused.code, Some(0));
    assert!(refused.err.contains("notes.txt"), "{}", refused.err);
    assert_eq!(names(&to), ["0000.json", "notes.txt"]);
    assert_eq!(split(&file, &to, &["--format", "diff"]).code, Some(2));
}

#[test]
fn of_a_liveblog_the_intro_alone_can_be_had() {
    let only = |text: &str| json(&["--set", "split-liveblog.posts=intro"], text);
    let with_intro = LIVE.replacen("\n\n", "\n\nNo ferry has sailed since noon.\n\n", 1);
    let page =
        std::fs::read_to_string(support::root().join("tests/cases/english/page-live/input.html"));
    for (text, intro, posts) in [
        (with_intro.as_str(), "No ferry has sailed", 3),
        (&page.unwrap(), "The storm reached the coast", 3),
    ] {
        let found = only(text);
        let blocks = found["sections"][0]["blocks"].as_array().unwrap();
        assert_eq!(blocks.len(), 1, "{found}");
        assert!(
            blocks[0]["text"].as_str().unwrap().starts_with(intro),
            "{found}"
        );
        assert_eq!(
            found["metadata"]["note"][0],
            format!("posts left out: {posts}")
        );
        let removed = found["removed"].as_array().unwrap();
        let of_posts = removed
            .iter()
            .filter(|r| r["rule"] == "split-liveblog/post");
        assert!(of_posts.clone().count() > posts);
        assert!(of_posts.into_iter().all(|r| r["category"] == "entry"));
        let again = english(&["--set", "split-liveblog.posts=intro"], text).out;
        assert_eq!(
            english(&["--set", "split-liveblog.posts=intro"], &again).out,
            again
        );
    }
    // Nothing stands before the first post: nothing is taken.
    let all = only(LIVE);
    assert_eq!(all["sections"][0]["sections"].as_array().unwrap().len(), 3);
    assert_eq!(all["removed"].as_array().unwrap().len(), 0);
}
