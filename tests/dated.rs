//! Rules for articles of some days only, from the profile to the clean text.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use support::{Answer, clean, feed, profile, run, scratch};

/// Two wordings of one appeal, each with its time.
const TURNS: &str = r#"
extends = "english"
[[chain]]
use = "strip-banners"
[[chain.rule]]
id = "donation/keld-appeal"
category = "donation"
starts = "Before you go"
until = "2025-03"
removes = ["Before you go, give."]
[[chain.rule]]
id = "donation/keld-appeal"
category = "donation"
starts = "One more thing"
from = "2025-04"
removes = ["One more thing: give."]
"#;

const APPEALS: &str =
    "Before you go to the harbour, give.\nOne more thing the board wants: give.\n";

fn cleaned(head: &str, arguments: &[&str]) -> Answer {
    let folder = scratch();
    profile(folder.path(), TURNS);
    let mut command = clean();
    command.arg("--config").arg(folder.path());
    command.args(["-p", "test", "--diff", "-"]).args(arguments);
    let story = format!("Harbour board puts off the sale\n{head}The board voted.\n{APPEALS}");
    feed(&mut command, story.as_bytes())
}

/// Which of the two wordings left.
fn left(head: &str, arguments: &[&str]) -> Vec<&'static str> {
    let answer = cleaned(head, arguments);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let wordings = [("old", "-Before you go"), ("new", "-One more thing")];
    let gone = wordings
        .into_iter()
        .filter(|(_, line)| answer.out.contains(line));
    gone.map(|(name, _)| name).collect()
}

#[test]
fn the_day_of_the_article_chooses_the_wording() {
    let url = |day: &str| format!("https://keld.example/{day}/sale");
    assert_eq!(left("", &["--url", &url("2025/03/31")]), ["old"]);
    assert_eq!(left("", &["--url", &url("2025/apr/01")]), ["new"]);
    assert_eq!(left("", &[]), ["old", "new"]);
}

#[test]
fn a_date_that_leaves_with_the_text_does_not_count() {
    // The clean text would be cleaned by other rules than its source.
    let line = "Published: 16 February 2025, 10:30 GMT\n";
    assert_eq!(left(line, &[]), ["old", "new"]);
    let url = ["--url", "https://keld.example/2025/06/01/sale"];
    assert_eq!(left(line, &url), ["new"]);
}

#[test]
fn an_item_of_a_feed_is_of_its_own_day() {
    let folder = scratch();
    profile(folder.path(), TURNS);
    let item = |day: &str, title: &str| {
        format!(
            "<item><title>{title}</title><pubDate>{day} 08:00:00 GMT</pubDate>\
             <description>&lt;p&gt;The board of {title} voted.&lt;/p&gt;\
             &lt;p&gt;Before you go to {title}, give.&lt;/p&gt;\
             &lt;p&gt;One more thing {title} wants: give.&lt;/p&gt;</description></item>"
        )
    };
    let old = item("03 Mar 2025", "Keld");
    let new = item("03 Apr 2025", "Hale");
    let feed_text =
        format!("<rss version=\"2.0\"><channel><title>Coast</title>{new}{old}</channel></rss>");
    let file = folder.path().join("feed.xml");
    std::fs::write(&file, feed_text).unwrap();
    let mut command = clean();
    command.arg("--config").arg(folder.path());
    let answer = run(command.args(["-p", "test", "-q", "--no-marks"]).arg(&file));
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let has = |text: &str| answer.out.contains(text);
    assert!(
        has("Before you go to Hale") && !has("One more thing Hale"),
        "{}",
        answer.out
    );
    assert!(
        !has("Before you go to Keld") && has("One more thing Keld"),
        "{}",
        answer.out
    );
}

#[test]
fn periods_that_overlap_and_dates_that_are_none_are_errors_with_their_place() {
    let check = |text: &str| {
        let folder = scratch();
        profile(folder.path(), text);
        let mut command = clean();
        command.arg("--config").arg(folder.path());
        run(command.args(["profile", "check", "test"]))
    };
    assert_eq!(check(TURNS).code, Some(0), "{}", check(TURNS).out);
    let overlap = check(&TURNS.replace("2025-03", "2025-05"));
    assert_eq!(overlap.code, Some(1));
    assert!(
        overlap
            .out
            .contains("test.toml:17:8: rule `donation/keld-appeal`"),
        "{}",
        overlap.out
    );
    assert!(
        overlap.out.contains("is for the same days"),
        "{}",
        overlap.out
    );
    let no_date = check(&TURNS.replace("2025-03", "March"));
    assert!(no_date.out.contains("test.toml:11:9: "), "{}", no_date.out);
    assert!(
        no_date.out.contains("such as `2025-04-16` or `2025-04`"),
        "{}",
        no_date.out
    );
    let undated = check(&TURNS.replace("until = \"2025-03\"", ""));
    assert!(
        undated.out.contains("stands twice in step `strip-banners`"),
        "{}",
        undated.out
    );
}
