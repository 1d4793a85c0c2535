//! A network of ten sites in one file: every site is a profile.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::process::Command;

use support::{clean, feed, root, run, scratch, write};

const SITES: &[&str] = &[
    "keld-courier",
    "hale-observer",
    "sandwick-echo",
    "marr-gazette",
    "north-pier-post",
    "skerry-times",
    "dunes-daily",
    "ferry-news",
    "estuary-mail",
    "lighthouse-star",
];

const STORY: &str = "Harbour board puts off the sale\n\
    The board voted on Monday to put off the sale for a year.\n\
    If you value the Skerry Times (est. 1901), give what you can.\n\
    Get the Coast Press app\n\
    Tides at the Dunes\n\
    © 2026 Skerry Times (est. 1901), a Coast Press paper\n";

fn network() -> Command {
    let mut command = clean();
    command.args(["--config", "tests/networks"]);
    command
}

/// What a profile makes of the story, line by line.
fn kept(profile: &str) -> Vec<String> {
    let answer = feed(network().args(["-q", "-p", profile, "-"]), STORY.as_bytes());
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    answer.out.lines().map(str::to_owned).collect()
}

#[test]
fn ten_sites_take_less_than_sixty_lines() {
    let file = root().join("tests/networks/profiles/coast-press.toml");
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.lines().count() < 60);
    let listed = run(network().args(["profile", "list"])).out;
    for site in SITES.iter().chain(&["coast-press"]) {
        let mut lines = listed.lines();
        assert!(lines.any(|line| line.starts_with(site)), "{site}: {listed}");
    }
    let answer = run(network().args(["profile", "check"]).args(SITES));
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    let warned = "donation/coast-press-appeal` carries no evidence";
    assert!(answer.out.contains(warned), "{}", answer.out);
}

#[test]
fn a_rule_of_the_network_knows_the_name_of_the_site() {
    assert_eq!(kept("skerry-times").len(), 3, "{:?}", kept("skerry-times"));
    let other = kept("keld-courier");
    assert!(
        other.contains(&"If you value the Skerry Times (est. 1901), give what you can.".to_owned())
    );
}

#[test]
fn a_site_has_golden_cases_as_a_profile_has() {
    let answer = run(network().args(["test", "skerry-times"]));
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(
        answer.out.contains(" 1 case,") || answer.err.contains(" 1 case,"),
        "{}",
        answer.err
    );
}

#[test]
fn a_site_adds_changes_and_switches_off() {
    let dunes = kept("dunes-daily");
    assert!(
        dunes.contains(&"Get the Coast Press app".to_owned()),
        "{dunes:?}"
    );
    assert!(
        !dunes.contains(&"Tides at the Dunes".to_owned()),
        "{dunes:?}"
    );
    let shown = run(network().args(["profile", "show", "ferry-news"])).out;
    assert!(!shown.contains("drop-repeats"), "{shown}");
}

#[test]
fn a_site_is_found_by_its_address_its_name_and_else_the_network_is() {
    let verdict = |text: &str, url: Option<&str>| {
        let mut command = network();
        command.args(["profile", "detect", "-"]);
        command.args(url.iter().flat_map(|url| ["--url", url]));
        let answer = feed(&mut command, text.as_bytes());
        answer.out.lines().next().unwrap().to_owned()
    };
    assert_eq!(
        verdict("x\n", Some("https://www.keld.example/1")),
        "-: keld-courier"
    );
    let by_name = "News.\nThe Marr Gazette is part of Coast Press.\n";
    assert_eq!(verdict(by_name, None), "-: marr-gazette");
    assert_eq!(
        verdict("News.\nThis is a Coast Press paper.\n", None),
        "-: coast-press"
    );
}

#[test]
fn what_is_shown_can_be_saved_and_does_the_same() {
    for name in ["skerry-times", "dunes-daily", "independent"] {
        let shown = run(network().args(["profile", "show", name]));
        assert_eq!(shown.code, Some(0), "{}", shown.err);
        let folder = scratch();
        write(
            &folder.path().join(format!("profiles/{name}.toml")),
            &shown.out,
        );
        let mut again = clean();
        again.arg("--config").arg(folder.path());
        let again = run(again.args(["profile", "show", name]));
        assert_eq!(again.out, shown.out, "{}", again.err);
    }
}

#[test]
fn every_line_tells_where_it_comes_from_when_asked() {
    let shown = run(network().args(["profile", "show", "dunes-daily", "--origin"])).out;
    let line = |start: &str| {
        let found = shown.lines().find(|line| line.trim().starts_with(start));
        found
            .unwrap_or_else(|| panic!("{start}: {shown}"))
            .to_owned()
    };
    assert!(
        line("id = \"navigation/dunes-tides\"")
            .ends_with("# tests/networks/profiles/coast-press.toml:16")
    );
    assert!(line("\"login.en\"").contains("config/profiles/english.toml:"));
    assert!(line("hosts = ").contains("coast-press.toml:14"));
}

#[test]
fn a_site_without_a_name_or_with_a_strange_key_is_an_error_with_its_place() {
    let folder = scratch();
    let file = folder.path().join("profiles/nets.toml");
    let check = |site: &str| {
        write(
            &file,
            format!("schema = 1\nname = \"nets\"\n[[site]]\n{site}\n"),
        );
        let mut command = clean();
        command.arg("--config").arg(folder.path());
        run(command.args(["profile", "check", "nets"])).err
    };
    assert!(check("title = \"x\"").contains("nets.toml:3:1: a [[site]] needs `name"));
    let strange = check("name = \"x\"\nhost = [\"x.example\"]");
    assert!(
        strange.contains("nets.toml:5:1: unknown key `host` in [[site]]; did you mean `hosts`?"),
        "{strange}"
    );
}

#[test]
fn a_profile_takes_from_several_parents_and_changes_what_it_likes() {
    let folder = scratch();
    let profile = |name: &str, text: &str| {
        let text = format!("schema = 1\nname = \"{name}\"\n{text}");
        write(&folder.path().join(format!("profiles/{name}.toml")), text);
    };
    let rule = |id: &str| {
        format!("[[chain.rule]]\nid = \"{id}\"\ncategory = \"share\"\nequals = \"{id}\"\n")
    };
    let banners = "[[chain]]\nuse = \"strip-banners\"\n";
    profile(
        "press",
        &format!(
            "{banners}{}{}[[chain]]\nuse = \"drop-repeats\"\n",
            rule("a/one"),
            rule("a/two")
        ),
    );
    profile(
        "coast",
        &format!(
            "language = \"en\"\n{banners}{}[[chain]]\nuse = \"split-feed\"\n",
            rule("b/one")
        ),
    );
    profile(
        "keld",
        &format!(
            "extends = [\"press\", \"coast\"]\n[match]\nhosts = [\"keld.example\", \"keld.test\"]\n\
         {banners}without = [\"a/one\"]\n{}\
         [[chain]]\nuse = \"decode-entities\"\nbefore = \"strip-banners\"\n\
         [[chain]]\nuse = \"split-feed\"\noff = true\n\
         [[chain]]\nuse = \"drop-repeats\"\nmin_bytes = 99\n",
            rule("a/two").replace("equals = \"a/two\"", "equals = \"mine\"")
        ),
    );
    let command = |arguments: &[&str]| {
        let mut command = clean();
        command.arg("--config").arg(folder.path()).args(arguments);
        command
    };
    let shown = run(&mut command(&["profile", "show", "keld"])).out;
    let steps: Vec<_> = shown
        .lines()
        .filter_map(|line| line.strip_prefix("use = "))
        .collect();
    assert_eq!(
        steps,
        [
            "\"decode-entities\"",
            "\"strip-banners\"",
            "\"drop-repeats\""
        ]
    );
    assert!(
        shown.contains("language = \"en\"") && shown.contains("min_bytes = 99"),
        "{shown}"
    );
    let text = "a/one\na/two\nb/one\nmine\n";
    let answer = feed(&mut command(&["-q", "-p", "keld", "-"]), text.as_bytes());
    assert_eq!(answer.out, "a/one\na/two\n", "{}", answer.err);
    for host in ["keld.example", "keld.test"] {
        let url = format!("https://{host}/1");
        let found = feed(
            &mut command(&["profile", "detect", "--url", &url, "-"]),
            b"x\n",
        );
        assert!(found.out.starts_with("-: keld"), "{}", found.out);
    }
}
