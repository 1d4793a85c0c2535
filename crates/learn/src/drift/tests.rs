//! Drift of an invented newspaper.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::*;

/// Forty stories; the prompt's wording changes after the first half, and
/// the rule takes only the old one.
fn stories() -> Vec<Cleaned> {
    let story = |n: usize| {
        let prompt = if n < 20 {
            "Support the Courier"
        } else {
            "Back the Courier"
        };
        let mut page = Page::new(
            format!("s{n}"),
            &format!("Story {n}\nText {n}.\n{prompt}\nShare"),
        );
        page.lines[3].taken = true;
        let mut fired = BTreeMap::from([(("share/button".to_owned(), "share".to_owned()), 1)]);
        if n < 20 {
            page.lines[2].taken = true;
            fired.insert(("donation/support".to_owned(), "donation".to_owned()), 1);
        }
        Cleaned { page, fired }
    };
    (0..40).map(story).collect()
}

#[test]
fn a_changed_wording_is_a_dead_rule_and_a_new_line() {
    let found = drift(stories(), &[]);
    let stale: Vec<_> = found.rules.iter().filter(|rule| rule.stale).collect();
    assert_eq!(stale.len(), 1);
    assert_eq!(
        (stale[0].rule.as_str(), stale[0].since),
        ("donation/support", 20)
    );
    let lines: Vec<_> = found
        .new_lines
        .iter()
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(lines, ["Back the Courier"]);
    assert_eq!(found.unlike, []);
    assert!(found.is_stale());
}

#[test]
fn silence_means_nothing_where_it_may_be_chance() {
    assert!(is_no_chance(10, 20, 8));
    assert!(!is_no_chance(3, 30, 10));
    let quiet = drift(stories().into_iter().take(20).collect(), &[]);
    assert!(!quiet.is_stale(), "{quiet:?}");
    assert_eq!(drift(Vec::new(), &[]).documents, 0);
}

#[test]
fn a_document_that_keeps_what_others_lose_is_unlike_them() {
    let mut stories: Vec<_> = stories().into_iter().take(20).collect();
    stories[7]
        .page
        .lines
        .iter_mut()
        .for_each(|line| line.taken = false);
    let found = drift(stories, &[]);
    let names: Vec<_> = found.unlike.iter().map(|u| u.document.as_str()).collect();
    assert_eq!(names, ["s7"]);
}
