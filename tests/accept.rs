//! How cases come to their expectations: `clean test --accept`, and what it
//! refuses.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

use support::courier::{DIFF, STORY, add_rule, case, folder, test};
use support::{clean, run, scratch, write};

#[test]
fn new_output_is_accepted_when_asked_for() {
    let folder = folder();
    let file = folder.path().join(case("app/expected.diff"));
    write(&file, "");
    let answer = test(folder.path(), &["keld-courier", "--accept", "--yes"]);
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(
        answer.out.contains("-Get the Courier app"),
        "{}",
        answer.out
    );
    assert!(
        answer.out.contains("2 passed, 1 accepted, 0 failed"),
        "{}",
        answer.out
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), DIFF);
    assert_eq!(test(folder.path(), &["keld-courier"]).code, Some(0));
}

#[test]
fn accepting_needs_somebody_and_no_ci() {
    let folder = folder();
    write(&folder.path().join(case("app/expected.diff")), "");
    let nobody = test(folder.path(), &["keld-courier", "--accept"]);
    assert_eq!(nobody.code, Some(2));
    assert!(
        nobody.err.contains("no terminal") && nobody.err.contains("--yes"),
        "{}",
        nobody.err
    );
    let mut command = clean();
    command.current_dir(folder.path()).env("CI", "true");
    let ci = run(command.args(["test", "keld-courier", "--accept", "--yes"]));
    assert_eq!(ci.code, Some(2));
    assert!(ci.err.contains("CI is set"), "{}", ci.err);
    let left = std::fs::read_to_string(folder.path().join(case("app/expected.diff")));
    assert_eq!(left.unwrap(), "");
}

#[test]
fn a_case_that_loses_what_it_must_keep_is_never_accepted() {
    let folder = folder();
    write(&folder.path().join(case("keep-app/input.txt")), STORY);
    write(&folder.path().join(case("keep-app/expected.diff")), "");
    let answer = test(folder.path(), &["keld-courier", "--accept", "--yes"]);
    assert_eq!(answer.code, Some(1), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("must lose no word"), "{}", answer.out);
    assert!(answer.err.contains("cannot be accepted"), "{}", answer.err);
    let left = std::fs::read_to_string(folder.path().join(case("keep-app/expected.diff")));
    assert_eq!(left.unwrap(), "");
}

#[test]
fn a_case_without_expectation_fails_until_somebody_says_what_is_right() {
    let folder = folder();
    let file = folder.path().join(case("app/expected.diff"));
    std::fs::remove_file(&file).unwrap();
    let answer = test(folder.path(), &["keld-courier"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.out.contains("app/expected.diff: missing"),
        "{}",
        answer.out
    );
    assert!(
        answer.out.contains("\n  -Get the Courier app"),
        "{}",
        answer.out
    );
    assert_eq!(
        test(folder.path(), &["keld-courier", "--accept", "--yes"]).code,
        Some(0)
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), DIFF);
}

/// What the guide says: begin, two rules, look, accept, and be told when a
/// rule breaks.
#[test]
fn from_a_new_profile_to_a_tested_one() {
    let scratch = scratch();
    let folder = scratch.path();
    let story = format!("{STORY}Like what you read? Support the Keld Courier.\n");
    write(&folder.join("story.txt"), story);
    let mut new = clean();
    new.current_dir(folder)
        .args(["profile", "new", "keld-courier", "--from", "story.txt"]);
    assert_eq!(run(&mut new).code, Some(0));
    let file = folder.join("config/profiles/keld-courier.toml");
    let begun = std::fs::read_to_string(&file).unwrap();
    let rules = |app: &str| {
        format!(
            "{begun}\n[[chain.rule]]\nid = \"app-promo/keld\"\ncategory = \"app-promo\"\n\
             equals = \"{app}\"\n\
             [[chain.rule]]\nid = \"donation/keld\"\ncategory = \"donation\"\n\
             starts = \"Like what you read?\"\n"
        )
    };
    write(&file, rules("Get the Courier app"));
    let args = ["keld-courier", "--filter", "keld-courier/"];
    let fails = test(folder, &args);
    assert_eq!(fails.code, Some(1), "{}{}", fails.out, fails.err);
    assert!(
        fails.out.contains("-Get the Courier app  ← app-promo/keld"),
        "{}",
        fails.out
    );
    let accepted = test(folder, &[&args[..], &["--accept", "--yes"]].concat());
    assert_eq!(accepted.code, Some(0), "{}{}", accepted.out, accepted.err);
    assert_eq!(test(folder, &args).code, Some(0));

    write(&file, rules("Get the Keld app"));
    let broken = test(folder, &args);
    assert_eq!(broken.code, Some(1), "{}", broken.err);
    assert!(
        broken.out.contains("FAILED keld-courier/first  "),
        "{}",
        broken.out
    );
    assert!(broken.out.contains("input.txt:2\n"), "{}", broken.out);
    let place = "rule app-promo/keld: config/profiles/keld-courier.toml:";
    assert!(broken.out.contains(place), "{}", broken.out);
    let back = "+Get the Courier app  (expected ← app-promo/keld)";
    assert!(broken.out.contains(back), "{}", broken.out);
}

#[test]
fn nothing_is_accepted_while_a_rule_is_malformed() {
    let folder = folder();
    write(&folder.path().join(case("app/expected.diff")), "");
    add_rule(
        folder.path(),
        "id = 'share/this'\ncategory = 'share'\nregex = '('\n",
    );
    let answer = test(folder.path(), &["keld-courier", "--accept", "--yes"]);
    assert_eq!(answer.code, Some(1), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("mend"), "{}", answer.out);
    let left = std::fs::read_to_string(folder.path().join(case("app/expected.diff")));
    assert_eq!(left.unwrap(), "");
}

#[test]
fn metadata_and_sections_are_compared_where_a_case_asks_for_it() {
    let folder = folder();
    let file = folder.path().join(case("app/expected.json"));
    write(&file, "");
    let empty = test(folder.path(), &["keld-courier"]);
    assert_eq!(empty.code, Some(1), "{}", empty.err);
    assert!(empty.out.contains("\"kind\": \"article\""), "{}", empty.out);
    assert_eq!(
        test(folder.path(), &["keld-courier", "--accept", "--yes"]).code,
        Some(0)
    );
    write(&file, r#"{"metadata": {"byline": ["Ann Example"]}}"#);
    let wrong = test(folder.path(), &["keld-courier"]);
    assert_eq!(wrong.code, Some(1), "{}", wrong.err);
    assert!(wrong.out.contains("-    \"byline\": ["), "{}", wrong.out);
    assert!(!wrong.out.contains("sections"), "{}", wrong.out);
    write(&file, r#"{"metdata": {}}"#);
    let slip = test(folder.path(), &["keld-courier"]);
    assert!(
        slip.out.contains("expected.json: unknown field `metdata`"),
        "{}",
        slip.out
    );
}

#[test]
fn feeds_are_cases_too() {
    let folder = folder();
    let feed = "<rss version='2.0'><channel><title>Keld</title><item><title>Pier sold</title>\
                <description>&lt;p&gt;To the town.&lt;/p&gt;&lt;p&gt;Get the Courier app&lt;/p&gt;\
                </description></item></channel></rss>";
    write(&folder.path().join(case("feed/input.xml")), feed);
    write(&folder.path().join(case("feed/expected.diff")), "");
    let answer = test(folder.path(), &["keld-courier", "--filter", "feed"]);
    assert_eq!(answer.code, Some(1), "{}{}", answer.out, answer.err);
    assert!(
        answer.out.contains("-Get the Courier app  ← app-promo"),
        "{}",
        answer.out
    );
    assert_eq!(
        test(folder.path(), &["keld-courier", "--accept", "--yes"]).code,
        Some(0)
    );
}
