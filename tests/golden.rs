//! Golden cases: `tests/cases/PROFILE/CASE/input.txt` must become what
//! `expected.diff` says, and every case is also held to what must never
//! happen: nothing lost, nothing changed by a second pass.
//!
//! `UPDATE_GOLDEN=1 cargo test -p cleancopy --test golden` writes new diffs;
//! read them before you commit them. Under `CI` nothing is ever written.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::{Path, PathBuf};

use similar::TextDiff;
use support::{clean, feed, root, run};

/// One case.
struct Case {
    profile: String,
    folder: PathBuf,
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).unwrap();
    let mut folders: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for profile in folders(&root().join("tests/cases")) {
        let name = profile.file_name().unwrap().to_string_lossy().into_owned();
        let of_profile = folders(&profile);
        assert!(
            !of_profile.is_empty(),
            "{}: no case in this folder",
            profile.display()
        );
        cases.extend(of_profile.into_iter().map(|folder| Case {
            profile: name.clone(),
            folder,
        }));
    }
    assert!(!cases.is_empty(), "no golden case found");
    cases
}

impl Case {
    fn name(&self) -> String {
        let case = self.folder.file_name().unwrap().to_string_lossy();
        format!("{}/{case}", self.profile)
    }

    fn source(&self) -> Vec<u8> {
        let path = self.folder.join("input.txt");
        std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// Runs `clean` on a text, with more arguments.
    fn clean(&self, text: &[u8], more: &[&str]) -> String {
        let answer = feed(
            clean()
                .args(["-q", "--profile", &self.profile])
                .args(more)
                .arg("-"),
            text,
        );
        assert_eq!(answer.code, Some(0), "{}: {}", self.name(), answer.err);
        answer.out
    }

    /// What differs from the expected diff; nothing if all is well.
    fn mismatch(&self) -> Option<String> {
        let path = self.folder.join("expected.diff");
        let actual = self.clean(&self.source(), &["--diff"]);
        let may_write = std::env::var_os("CI").is_none();
        if may_write && std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &actual).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_else(|_| {
            panic!(
                "{}: no expectation; a must-keep case has an empty file. \
                 UPDATE_GOLDEN=1 writes it",
                path.display()
            )
        });
        (expected != actual).then(|| {
            let diff = TextDiff::from_lines(&expected, &actual);
            let diff = diff
                .unified_diff()
                .header("expected.diff", "now")
                .to_string();
            format!("== {}\n{diff}", self.name())
        })
    }
}

#[test]
fn every_case_comes_out_as_expected() {
    let wrong: Vec<_> = cases().iter().filter_map(Case::mismatch).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn cases_that_must_be_kept_are_kept() {
    let keep = cases()
        .into_iter()
        .filter(|case| case.name().contains("/keep-"));
    let mut count = 0;
    for case in keep {
        let source = String::from_utf8(case.source()).unwrap();
        let out = case.clean(source.as_bytes(), &["--no-marks"]);
        assert_eq!(out, source.replace('\u{a0}', " "), "{}", case.name());
        count += 1;
    }
    assert!(count >= 10, "only {count} must-keep cases");
}

#[test]
fn a_second_pass_changes_nothing() {
    for case in cases() {
        for marks in [&[][..], &["--no-marks"]] {
            let once = case.clean(&case.source(), marks);
            let twice = case.clean(once.as_bytes(), marks);
            assert_eq!(once, twice, "{}", case.name());
        }
    }
}

#[test]
fn every_case_can_be_restored() {
    for case in cases() {
        let source = case.source();
        let json = case.clean(&source, &["--format", "json"]);
        let answer = feed(clean().args(["restore", "-"]), json.as_bytes());
        assert_eq!(answer.out.as_bytes(), source, "{}", case.name());
    }
}

#[test]
fn a_diff_shows_deletions_only_when_nothing_is_marked_or_rewritten() {
    for case in cases() {
        let out = case.clean(&case.source(), &["--no-marks", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        let removed = json["removed"].as_array().unwrap();
        let whole = removed.iter().all(|r| {
            let (start, text) = (r["start"].as_u64().unwrap(), r["text"].as_str().unwrap());
            let source = String::from_utf8(case.source()).unwrap();
            let line = source
                .lines()
                .nth(r["line"].as_u64().unwrap() as usize - 1)
                .unwrap();
            start as usize + text.len() >= line.trim_end().len()
                && line[..start as usize].trim().is_empty()
        });
        if whole {
            let diff = case.clean(&case.source(), &["--no-marks", "--diff"]);
            let added = diff.lines().skip(2).find(|line| line.starts_with('+'));
            assert_eq!(added, None, "{}", case.name());
        }
    }
}

#[test]
fn every_shipped_profile_passes_its_check() {
    let answer = run(clean().args(["profile", "check"]));
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("ok english") && answer.out.contains("ok independent"));
}
