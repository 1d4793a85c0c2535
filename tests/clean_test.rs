//! `clean test` on somebody's own folder of profiles and cases.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod support;

use support::courier::{PROFILE, STORY, add_rule, case, folder, test};
use support::{bare, clean, run, scratch, write};

#[test]
fn a_folder_of_ones_own_passes() {
    let folder = folder();
    let answer = test(folder.path(), &["keld-courier"]);
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    let expected = "3 passed, 0 failed (1 profile, 1 case, 1 rule with evidence, ";
    assert!(answer.out.starts_with(expected), "{}", answer.out);
    assert!(!answer.out.contains('\u{1b}'), "{}", answer.out);
}

#[test]
fn without_a_name_all_profiles_are_tested() {
    let folder = folder();
    let answer = test(folder.path(), &["--filter", "keld"]);
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(answer.out.starts_with("2 passed"), "{}", answer.out);
}

#[test]
fn a_failure_names_case_line_and_rule() {
    let folder = folder();
    add_rule(
        folder.path(),
        "id = 'weather/rain'\ncategory = 'share'\nstarts = 'It rained'\n",
    );
    let answer = test(folder.path(), &["keld-courier"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let expected = "\
FAILED keld-courier/app  tests/cases/keld-courier/app/input.txt:4
  --- tests/cases/keld-courier/app/expected.diff
  +++ now
  @@ tests/cases/keld-courier/app/input.txt:4 @@
   Pier sold to the town
   The board voted on Monday to sell.
  -It rained all day.  ← weather/rain
  rules that acted: app-promo/keld-courier, weather/rain
  rule weather/rain: config/profiles/keld-courier.toml:13

2 passed, 1 failed (1 profile, 1 case, 1 rule with evidence, ";
    assert!(answer.out.starts_with(expected), "{}", answer.out);
    let coloured = test(folder.path(), &["keld-courier", "--color", "always"]);
    assert!(
        coloured.out.contains("\u{1b}[31m-It rained"),
        "{}",
        coloured.out
    );
}

#[test]
fn a_rule_that_no_longer_takes_its_line_is_named() {
    let folder = folder();
    let broken = PROFILE.replace(
        "equals = \"Get the Courier app\"",
        "equals = \"Get our app\"",
    );
    write(
        &folder.path().join("config/profiles/keld-courier.toml"),
        broken,
    );
    let answer = test(folder.path(), &["keld-courier"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    for expected in [
        "FAILED rule app-promo/keld-courier  config/profiles/keld-courier.toml:10\n",
        "takes nothing from this text",
        "  +Get the Courier app  (expected ← app-promo/keld-courier)\n",
    ] {
        assert!(answer.out.contains(expected), "{expected}: {}", answer.out);
    }
}

#[test]
fn globs_choose_profiles_cases_and_rules() {
    let folder = folder();
    let path = folder.path();
    let passed = |arguments: &[&str], start: &str| {
        let answer = test(path, arguments);
        assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
        assert!(answer.out.starts_with(start), "{}", answer.out);
    };
    passed(&["keld-*"], "3 passed");
    passed(&["--filter", "keld-courier/a?p"], "1 passed");
    passed(&["keld-*", "--filter", "{app,tip}-*/*courier"], "1 passed");
    let refused = |arguments: &[&str], why: &str| {
        let answer = test(path, arguments);
        assert_eq!(answer.code, Some(2), "{}", answer.out);
        assert!(answer.err.contains(why), "{}", answer.err);
    };
    refused(&["dale-*"], "`dale-*` matches no profile");
    refused(
        &["--filter", "keld-courier/b*"],
        "matches no case and no rule",
    );
    refused(&["--filter", "keld-[courier"], "--filter `keld-[courier`");
}

#[test]
fn what_matches_nothing_is_an_error() {
    let folder = folder();
    let path = folder.path();
    let filter = test(path, &["keld-courier", "--filter", "no-such"]);
    assert_eq!(filter.code, Some(2), "{}", filter.out);
    assert!(
        filter.err.contains("`no-such` matches no case and no rule"),
        "{}",
        filter.err
    );
    assert!(filter.err.contains("tests/cases"), "{}", filter.err);
    let name = test(path, &["keld-curier"]);
    assert_eq!(name.code, Some(2), "{}", name.out);
    assert!(
        name.err.contains("did you mean `keld-courier`?"),
        "{}",
        name.err
    );
    let missing = test(path, &["keld-courier", "--cases", "nowhere"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("nowhere"), "{}", missing.err);
    std::fs::create_dir(path.join("empty")).unwrap();
    let empty = test(path, &["keld-courier", "--cases", "empty"]);
    assert_eq!(empty.code, Some(2), "{}", empty.out);
    std::fs::create_dir(path.join("empty/keld-courier")).unwrap();
    let hollow = test(path, &["keld-courier", "--cases", "empty"]);
    assert_eq!(hollow.code, Some(1), "{}", hollow.err);
    let expected = "FAILED profile keld-courier  empty/keld-courier\n  no case in this folder";
    assert!(hollow.out.contains(expected), "{}", hollow.out);
}

#[test]
fn a_malformed_rule_fails_alone() {
    let folder = folder();
    add_rule(
        folder.path(),
        "id = 'share/this'\ncategory = 'share'\nregex = 'Share (this|that'\n\
         [[chain.rule]]\nid = 'share/that'\ncategory = 'share'\nequels = 'Share that'\n",
    );
    let answer = test(folder.path(), &["keld-courier"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let caret = "\
FAILED profile keld-courier  config/profiles/keld-courier.toml:15
  rule `share/this`, `regex`: regex parse error:
      Share (this|that
            ^
  error: unclosed group
";
    assert!(answer.out.contains(caret), "{}", answer.out);
    assert!(
        answer.out.contains("keld-courier.toml:19\n"),
        "{}",
        answer.out
    );
    assert!(
        answer.out.contains("did you mean `equals`?"),
        "{}",
        answer.out
    );
    // The case and the evidence of the rule that is right were run.
    assert!(answer.out.contains("2 passed, 2 failed"), "{}", answer.out);
    let mut check = clean();
    check.current_dir(folder.path());
    let check = run(check.args(["profile", "check", "keld-courier"]));
    assert_eq!(check.code, Some(1));
    assert!(
        check.out.contains("share/this") && check.out.contains("share/that"),
        "{}",
        check.out
    );
}

#[test]
fn a_profile_that_cannot_be_read_does_not_hide_the_others() {
    let folder = folder();
    write(
        &folder.path().join("config/profiles/odd.toml"),
        "schema = 1\nname = \n",
    );
    write(&folder.path().join("tests/cases/odd/a/input.txt"), STORY);
    let answer = test(folder.path(), &["odd", "keld-courier"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer.out.contains("config/profiles/odd.toml:2"),
        "{}",
        answer.out
    );
    assert!(answer.out.contains("FAILED odd/a"), "{}", answer.out);
    assert!(answer.out.contains("3 passed, 2 failed"), "{}", answer.out);
}

#[test]
fn an_expectation_of_another_text_says_so() {
    let folder = folder();
    let edited = STORY.replace("Get the Courier app", "Get the new app");
    write(&folder.path().join(case("app/input.txt")), edited);
    let answer = test(folder.path(), &["keld-courier"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let expected = "expected.diff: line 5: line 2 of the source is `Get the new app`";
    assert!(answer.out.contains(expected), "{}", answer.out);
}

#[test]
fn settings_of_a_case_are_checked() {
    let folder = folder();
    let file = folder.path().join(case("app/case.toml"));
    write(&file, "[set.strip-baners]\nx = 1\n");
    let wrong = test(folder.path(), &["keld-courier", "--filter", "app"]);
    assert_eq!(wrong.code, Some(1), "{}", wrong.err);
    let expected = "app/case.toml: profile `keld-courier` has no step `strip-baners`; did you mean";
    assert!(wrong.out.contains(expected), "{}", wrong.out);
    write(&file, "[set.strip-banners]\nx = 1\n");
    let wrong = test(folder.path(), &["keld-courier", "--filter", "app"]);
    assert!(wrong.out.contains("unknown key `x`"), "{}", wrong.out);
}

#[test]
fn cases_are_found_beside_the_profiles_too() {
    let folder = folder();
    let elsewhere = scratch();
    for config in ["config", "mine"] {
        let config = folder.path().join(config);
        write(&config.join("profiles/keld-courier.toml"), PROFILE);
        let mut command = clean();
        command
            .current_dir(elsewhere.path())
            .arg("--config")
            .arg(&config);
        let answer = run(command.args(["test", "keld-courier"]));
        assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
        assert!(answer.out.contains(" 1 case, "), "{}", answer.out);
    }
}

#[test]
fn the_nearest_config_needs_no_naming() {
    let folder = folder();
    let inner = folder.path().join("tests/cases/keld-courier");
    for here in [folder.path(), &folder.path().join("config"), &inner] {
        let run_here = |args: &[&str]| run(bare().current_dir(here).args(args));
        let answer = run_here(&["test", "keld-courier"]);
        assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
        assert!(answer.out.contains(" 1 case, "), "{}", answer.out);
        let shown = run_here(&["profile", "show", "keld-courier"]);
        assert_eq!(shown.code, Some(0), "{}", shown.err);
        // Whoever names a folder gets that one, and what was shipped.
        let mut elsewhere = bare();
        elsewhere
            .current_dir(here)
            .arg("--config")
            .arg(scratch().path());
        let answer = run(elsewhere.args(["test", "keld-courier"]));
        assert_eq!(answer.code, Some(2), "{}{}", answer.out, answer.err);
        assert!(answer.err.contains("no profile"), "{}", answer.err);
    }
}

#[test]
fn a_profile_in_another_encoding_is_told_with_its_place() {
    let folder = folder();
    let profile = b"schema = 1\nname = \"latin\"\ntitle = \"Caf\xe9\"\n";
    write(&folder.path().join("config/profiles/latin.toml"), profile);
    let answer = test(folder.path(), &["latin"]);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    let expected = "latin.toml:3:13: this is not UTF-8";
    assert!(answer.err.contains(expected), "{}", answer.err);
}

#[test]
fn a_profile_without_a_case_is_told_where_one_goes() {
    let folder = folder();
    std::fs::remove_dir_all(folder.path().join("tests")).unwrap();
    let answer = test(folder.path(), &["keld-courier"]);
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    let expected = "put one in tests/cases/keld-courier/NAME/input.txt";
    assert!(answer.err.contains(expected), "{}", answer.err);
}

#[test]
fn junit_is_well_formed_and_names_the_places() {
    let folder = folder();
    write(&folder.path().join(case("app/expected.diff")), "");
    let answer = test(folder.path(), &["keld-courier", "--junit", "out/junit.xml"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let xml = std::fs::read_to_string(folder.path().join("out/junit.xml")).unwrap();
    for expected in [
        "<testsuites name=\"clean test\" tests=\"3\" failures=\"1\"",
        "<testsuite name=\"keld-courier\" tests=\"3\"",
        "classname=\"keld-courier.cases\" name=\"app\" file=\"tests/cases/keld-courier/app/input.txt\" line=\"2\"",
        "classname=\"keld-courier.rules\" name=\"app-promo/keld-courier\"",
        "<failure type=\"difference\"",
        "-Get the Courier app  ← app-promo/keld-courier",
    ] {
        assert!(xml.contains(expected), "{expected}: {xml}");
    }
    let mut reader = quick_xml::Reader::from_str(&xml);
    while reader.read_event().expect("well-formed") != quick_xml::events::Event::Eof {}
}
