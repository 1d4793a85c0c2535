//! Golden cases: `tests/cases/PROFILE/CASE/input.txt`, or `input.html`, must
//! become what `expected.diff` says, and every case is also held to what must
//! never happen: nothing lost, nothing changed by a second pass. The diff of a
//! page is that of its text as the reader put it into lines.
//!
//! `UPDATE_GOLDEN=1 cargo test -p cleancopy --test golden` writes new diffs;
//! read them before you commit them. Under `CI` nothing is ever written.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::{Path, PathBuf};

use cleancopy_model::Document;
use cleancopy_read::{Expect, read};
use cleancopy_write::{DocumentJson, TextOptions, restore};
use similar::TextDiff;
use support::{chains, clean, root, run};

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

    /// Whether it is a page.
    fn is_page(&self) -> bool {
        self.folder.join("input.html").exists()
    }

    fn document(&self) -> Document {
        let name = if self.is_page() {
            "input.html"
        } else {
            "input.txt"
        };
        let path = self.folder.join(name);
        let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let expect = if self.is_page() {
            Expect::Html
        } else {
            Expect::Anything
        };
        read("-", bytes, None, expect).unwrap()
    }

    fn source(&self) -> String {
        self.document().source().to_owned()
    }

    /// Cleans it as `clean --profile …` does.
    fn cleaned(&self) -> Document {
        let mut document = self.document();
        chains::clean(&self.profile, &mut document);
        document
    }

    /// Cleans a text with its profile.
    fn clean(&self, text: &str) -> Document {
        let mut document = Document::from_text("-", text);
        chains::clean(&self.profile, &mut document);
        document
    }

    /// The clean text of a text.
    fn text(&self, text: &str, marks: bool) -> String {
        chains::text(&self.clean(text), marks)
    }

    /// What `clean --diff` prints.
    fn diff(&self, marks: bool) -> String {
        let document = self.cleaned();
        let lines = cleancopy_write::diff(&document, TextOptions { marks });
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// What differs from the expected diff; nothing if all is well.
    fn mismatch(&self) -> Option<String> {
        let path = self.folder.join("expected.diff");
        let actual = self.diff(true);
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
        let source = case.source();
        let out = chains::text(&case.cleaned(), false);
        assert_eq!(out, source.replace('\u{a0}', " "), "{}", case.name());
        count += 1;
    }
    assert!(count >= 10, "only {count} must-keep cases");
}

#[test]
fn a_second_pass_changes_nothing() {
    for case in cases() {
        for marks in [true, false] {
            let once = chains::text(&case.cleaned(), marks);
            assert_eq!(case.text(&once, marks), once, "{}", case.name());
        }
    }
}

#[test]
fn every_case_can_be_restored() {
    for case in cases().iter().filter(|case| !case.is_page()) {
        let document = case.cleaned();
        let json = DocumentJson::new(&document, &case.profile);
        let json = serde_json::to_string(&json).unwrap();
        let json: DocumentJson<'_> = serde_json::from_str(&json).unwrap();
        assert_eq!(restore(&json).unwrap(), case.source(), "{}", case.name());
    }
}

#[test]
fn a_diff_shows_deletions_only_when_nothing_is_marked_or_rewritten() {
    for case in cases() {
        let document = case.cleaned();
        // A line that stands is then one that nothing left.
        let standing = |line| document.blocks().iter().any(|block| block.line() == line);
        if document
            .record()
            .iter()
            .any(|removal| standing(removal.line))
        {
            continue;
        }
        let diff = case.diff(false);
        let added = diff.lines().skip(2).find(|line| line.starts_with('+'));
        assert_eq!(added, None, "{}", case.name());
    }
}

#[test]
fn every_shipped_profile_passes_its_check() {
    let answer = run(clean().args(["profile", "check"]));
    assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains("ok english") && answer.out.contains("ok independent"));
}
