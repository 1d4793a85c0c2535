//! Languages: what is clean stays whole, whichever base profile cleans it, the
//! right one is found, and those of others cost nothing.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::PathBuf;
use std::process::Command;

use cleancopy_host::{ConfigFolders, Profile, Root};
use cleancopy_model::Document;
use cleancopy_testkit::plugin_folder;
use serde_json::Value as Json;
use support::{chains, clean, feed, root, run, scratch, write};

/// The profiles that stand in for publishers, each with its language.
fn base_profiles() -> Vec<(String, String)> {
    let config = ConfigFolders::only(vec![Root::Folder(root().join("config"))]);
    let names = Profile::names(&config).into_iter();
    let language = |name: &str| {
        let languages = Profile::load(name, &config).unwrap().matching.languages;
        languages.into_iter().next()
    };
    names
        .filter_map(|(name, _)| language(&name).map(|language| (name, language)))
        .collect()
}

/// Clean news in the language of a profile.
fn article(profile: &str) -> Option<PathBuf> {
    let case = match profile {
        "any-language" => "keep-swedish",
        _ => "keep-pier",
    };
    let file = root().join(format!("tests/cases/{profile}/{case}/input.txt"));
    file.exists().then_some(file)
}

#[test]
fn clean_news_stays_whole_under_every_base_profile() {
    let mut profiles: Vec<String> = base_profiles().into_iter().map(|(name, _)| name).collect();
    profiles.push("any-language".to_owned());
    let mut read = 0;
    for written in &profiles {
        let Some(file) = article(written) else {
            continue;
        };
        let text = std::fs::read_to_string(file).unwrap();
        read += 1;
        for profile in &profiles {
            let mut document = Document::from_text("d", text.as_str());
            chains::clean(profile, &mut document);
            let kept = chains::text(&document, false);
            assert_eq!(kept, text, "{written} cleaned as {profile}");
        }
    }
    assert!(read >= 14, "{read}");
}

#[test]
fn auto_finds_the_language_and_writes_it() {
    for (profile, language) in base_profiles() {
        let Some(file) = article(&profile) else {
            continue;
        };
        let answer = run(clean().args(["--format", "json", "-q"]).arg(file));
        let json: Json = serde_json::from_str(&answer.out).unwrap();
        assert_eq!(json["profile"], profile, "{}", answer.err);
        assert_eq!(json["language"], language);
    }
    let swedish = article("any-language").unwrap();
    let answer = run(clean().args(["--format", "json"]).arg(swedish));
    let json: Json = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(
        (&json["profile"], &json["language"]),
        (&"any-language".into(), &"sv".into())
    );
    let why = "profile: any-language (no publisher recognised, language sv)\n";
    assert!(answer.err.starts_with(why), "{}", answer.err);
}

#[test]
fn a_page_says_its_language_itself() {
    let page = "<html lang=\"de-AT\"><body><article><h1>Kurz und gut</h1>\
        <p>Mehr nicht, sagte er am Montag in der Stadt, und ging.</p></article></body></html>";
    let json = |arguments: &[&str]| -> Json {
        let answer = feed(
            clean().args(arguments).args(["--format", "json", "-"]),
            page.as_bytes(),
        );
        serde_json::from_str(&answer.out).unwrap()
    };
    let found = json(&[]);
    assert_eq!(
        (&found["profile"], &found["language"]),
        (&"german".into(), &"de-AT".into())
    );
    let named = json(&["-p", "french"]);
    assert_eq!(named["language"], "de-AT");
    let text = feed(
        clean().args(["-p", "french", "--format", "json", "-"]),
        b"Un mot.\n",
    );
    let json: Json = serde_json::from_str(&text.out).unwrap();
    assert_eq!(json["language"], "fr");
}

#[test]
fn detect_names_the_profile_without_a_publisher() {
    let text = std::fs::read(article("ukrainian").unwrap()).unwrap();
    let answer = feed(clean().args(["profile", "detect", "-"]), &text);
    let wanted = "without a publisher: ukrainian (language uk)";
    assert!(answer.out.contains(wanted), "{}", answer.out);
    let shown = run(clean().args(["profile", "show", "turkish"])).out;
    assert!(shown.contains("languages = [\"tr\"]"), "{shown}");
    let listed = run(clean().args(["profile", "list"])).out;
    for (profile, _) in base_profiles() {
        assert!(listed.contains(&profile), "{profile}");
    }
}

#[test]
fn packs_of_other_languages_are_not_read() {
    let folder = scratch();
    write(
        &folder.path().join("packs/consent.de.toml"),
        "this is no TOML",
    );
    let with = |profile: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clean"));
        command.env("CLEAN_PLUGIN_PATH", plugin_folder());
        command.arg("--config").arg(folder.path());
        feed(command.args(["-q", "-p", profile, "-"]), b"Some news.\n")
    };
    for profile in ["english", "french", "any-language"] {
        assert_eq!(with(profile).code, Some(0), "{}", with(profile).err);
    }
    let broken = with("german");
    assert!(
        broken.code == Some(2) && broken.err.contains("consent.de"),
        "{}",
        broken.err
    );
}

#[test]
fn a_language_of_ones_own_is_a_profile() {
    let folder = scratch();
    let profile = "schema = 1\nname = \"svenska\"\nlanguage = \"sv\"\nextends = \"any-language\"\n\
        [match]\nlanguages = [\"sv\"]\n[[chain]]\nuse = \"strip-banners\"\n[[chain.rule]]\n\
        id = \"share/dela\"\ncategory = \"share\"\nequals = \"Dela artikeln\"\n";
    write(&folder.path().join("profiles/svenska.toml"), profile);
    let text = std::fs::read_to_string(article("any-language").unwrap()).unwrap();
    let dirty = format!("{text}Dela artikeln\n");
    let config = ["--config", folder.path().to_str().unwrap(), "-"];
    let answer = feed(clean().args(config), dirty.as_bytes());
    assert_eq!(answer.out, text, "{}", answer.err);
    assert!(
        answer.err.starts_with("profile: svenska ("),
        "{}",
        answer.err
    );
}

#[test]
fn every_language_shows_what_must_go_and_what_must_stay() {
    for (profile, language) in base_profiles() {
        let (mut goes, mut stays) = (0, 0);
        for entry in std::fs::read_dir(root().join("config/packs")).unwrap() {
            let path = entry.unwrap().path();
            let of_language = format!(".{language}.toml");
            if !path.to_string_lossy().ends_with(&of_language) {
                continue;
            }
            let pack: toml::Value =
                toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            for rule in pack["rule"].as_array().unwrap() {
                let count = |key| rule.get(key).and_then(|l| l.as_array()).map_or(0, Vec::len);
                let marks_only = rule["category"].as_str() == Some("caption");
                assert!(
                    count("keeps") > 0 && (count("removes") > 0 || marks_only),
                    "{rule}"
                );
                (goes, stays) = (goes + count("removes"), stays + count("keeps"));
            }
        }
        assert!(
            goes >= 10 && stays >= 10,
            "{profile}: {goes} must go, {stays} must stay"
        );
    }
}
