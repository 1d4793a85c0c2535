//! Detection with invented publishers.

use cleancopy_host::{ConfigError, ConfigFolders, Root};
use cleancopy_model::Document;

use super::*;

fn detector(profiles: &[(&str, &str)]) -> (Detector, Vec<ConfigError>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("profiles")).unwrap();
    for (name, text) in profiles {
        let text = format!("schema = 1\nname = \"{name}\"\n{text}");
        std::fs::write(folder.path().join(format!("profiles/{name}.toml")), text).unwrap();
    }
    Detector::load(&ConfigFolders::only(vec![Root::Folder(
        folder.path().to_owned(),
    )]))
}

const KELD: &str = "[match]\nhosts = [\"keld.example\"]\nphrases = [\"support your Keld Courier\"]\n\
    [[match.rule]]\nid = \"sign/tide\"\nstarts = \"High \"\nmax_chars = 30\n\
    [[match.rule]]\nid = \"sign/initials\"\nregex = '^[a-z]{2}/[a-z]{2}$'\n\
    [[match.rule]]\nid = \"sign/capitals\"\nequals = \"KELD\"\nmatch_case = true\n";
const HALE: &str = "[match]\nphrases = [\"the Hale Observer app\"]\n";
const PLAIN: &str = "title = \"Plain\"\n";

fn verdict(text: &str, url: Option<&str>) -> String {
    let (detector, errors) = detector(&[("keld", KELD), ("hale", HALE), ("plain", PLAIN)]);
    assert_eq!(errors, []);
    let mut document = Document::from_text("d", text);
    document.url = url.map(str::to_owned);
    match detector.detect(&document) {
        Verdict::Known(score) => format!("{} ({score})", score.profile),
        Verdict::Close(a, b) => format!("{} or {}", a.profile, b.profile),
        Verdict::Unknown => "unknown".to_owned(),
    }
}

#[test]
fn a_phrase_decides_and_is_folded() {
    assert_eq!(
        verdict("News.\nPlease SUPPORT your Keld  Courier.\n", None),
        "keld (1 phrase)"
    );
    assert_eq!(verdict("News.\n", None), "unknown");
    assert_eq!(verdict("", None), "unknown");
}

#[test]
fn weak_signs_decide_together_only() {
    assert_eq!(
        verdict("KELD\nHigh 04:12\nNews.\nab/cd\n", None),
        "keld (3 signs)"
    );
    assert_eq!(verdict("KELD\nNews.\nab/cd\n", None), "unknown");
}

#[test]
fn the_host_comes_first() {
    let text = "Get the Hale Observer app.\n";
    assert_eq!(
        verdict(text, Some("https://live.keld.example/x")),
        "keld (host keld.example)"
    );
    assert_eq!(
        verdict(text, Some("https://elsewhere.example/x")),
        "hale (1 phrase)"
    );
}

#[test]
fn between_two_that_are_close_nothing_is_guessed() {
    let both = "Support your Keld Courier.\nGet the Hale Observer app.\n";
    assert_eq!(verdict(both, None), "hale or keld");
}

#[test]
fn a_broken_profile_does_not_hide_the_others() {
    let (detector, errors) = detector(&[("keld", KELD), ("bad", "[match]\nphrases = [\"\"]\n")]);
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].to_string().contains("bad.toml:4:12"),
        "{}",
        errors[0]
    );
    let document = Document::from_text("d", "Support your Keld Courier.\n");
    assert_eq!(detector.scores(&document).len(), 1);
}

#[test]
fn a_broken_sign_is_told_with_its_place() {
    let bad = "[match]\n[[match.rule]]\nid = \"sign/x\"\nstart = \"x\"\n";
    let (_, errors) = detector(&[("bad", bad)]);
    assert!(
        errors[0]
            .to_string()
            .contains("bad.toml:4:1: unknown field `start`"),
        "{}",
        errors[0]
    );
}
