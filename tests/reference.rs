//! The reference documents, where they are at hand: real pages with their
//! labels, which belong to their publishers and are not part of the
//! repository. They are looked for in `../shared`, beside the checkout.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic and speak"
)]

mod support;

use std::collections::BTreeMap;
use std::path::PathBuf;

use support::{clean, feed, root, run};

/// Every document and the profile it is to be found out to need.
const DOCUMENTS: &[(&str, &str)] = &[
    ("000", "independent"),
    ("001", "hurriyet"),
    ("002", "independent"),
    ("003", "finance-today"),
    ("004", "kyiv-independent"),
];

fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(folder);
    path.is_dir().then_some(path)
}

fn sources() -> Vec<PathBuf> {
    let Some(folder) = shared("seeds") else {
        println!("no reference documents beside the checkout: nothing to test");
        return Vec::new();
    };
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    assert!(
        !files.is_empty(),
        "the folder is there but holds no document"
    );
    files
}

#[test]
fn every_document_is_restored_byte_for_byte() {
    for path in sources() {
        let json = run(clean()
            .args(["-q", "-p", "independent", "-f", "json"])
            .arg(&path))
        .out;
        let answer = feed(clean().args(["restore", "-"]), json.as_bytes());
        assert_eq!(
            answer.out.as_bytes(),
            std::fs::read(&path).unwrap(),
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_line_has_the_label_that_careful_readers_gave_it() {
    for (key, profile) in DOCUMENTS {
        let Some(path) = sources()
            .into_iter()
            .find(|p| p.to_string_lossy().contains(&format!("/{key}_")))
        else {
            continue;
        };
        let json = run(clean().args(["-q", "-f", "json"]).arg(&path)).out;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json["profile"], *profile, "{key}");
        let mut removed = BTreeMap::new();
        let whole = |r: &&serde_json::Value| r["op"] != "replace";
        for removal in json["removed"].as_array().unwrap().iter().filter(whole) {
            let category = removal["category"].as_str().unwrap().to_owned();
            removed.insert(removal["line"].as_u64().unwrap(), category);
        }
        let labels = shared("gold/seeds").unwrap().join(format!("{key}.tsv"));
        for row in std::fs::read_to_string(labels).unwrap().lines().skip(1) {
            let cells: Vec<_> = row.split('\t').collect();
            let (line, label, category) = (cells[0].parse().unwrap(), cells[1], cells[2]);
            if cells.get(4).is_some_and(|doubt| doubt.contains("label")) {
                continue;
            }
            let left = removed.get(&line).map(String::as_str);
            match label {
                "drop" | "meta" => assert_eq!(left, Some(category), "{key}, line {line}"),
                "caption" => assert!(matches!(left, None | Some("caption")), "{key}, line {line}"),
                _ => assert_eq!(left, None, "{key}, line {line} is lost"),
            }
        }
    }
}

#[test]
fn a_second_pass_over_every_document_changes_nothing() {
    for path in sources() {
        let (_, profile) = DOCUMENTS
            .iter()
            .find(|(key, _)| path.to_string_lossy().contains(&format!("/{key}_")))
            .unwrap();
        for marks in [&[][..], &["--no-marks"]] {
            let once = run(clean().args(["-q", "-p", profile]).args(marks).arg(&path)).out;
            let mut again = clean();
            again.args(["-q", "-p", profile]).args(marks).arg("-");
            assert_eq!(
                feed(&mut again, once.as_bytes()).out,
                once,
                "{}",
                path.display()
            );
        }
    }
}
