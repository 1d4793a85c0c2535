//! Rules that ask where on a page a line stands.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use cleancopy_model::{BlockKind, Element, Elements, Page};
use cleancopy_rules::{Pack, RuleSet};

const LINES: [&str; 3] = [
    "More on this story",
    "More on this story",
    "More on this story",
];

/// A paragraph in `article`, a point of a list in `aside.more`, and a line
/// that stands in no element.
fn page() -> Page {
    let mut elements = Elements::default();
    let article = elements.add(Element {
        name: "article",
        selectors: "article",
        ..Element::default()
    });
    let aside = elements.add(Element {
        name: "aside",
        classes: "more",
        parent: Some(article),
        ..Element::default()
    });
    let item = elements.add(Element {
        name: "li",
        parent: Some(aside),
        ..Element::default()
    });
    let blocks = vec![
        (BlockKind::Paragraph, Some(article)),
        (BlockKind::ListItem, Some(item)),
        (BlockKind::Paragraph, None),
    ];
    Page { blocks, elements }
}

fn rules(keys: &str) -> Result<RuleSet, String> {
    let head =
        "schema = 1\nname = \"x\"\n[[rule]]\nid = \"read-more/x\"\ncategory = \"read-more\"\n";
    let pack: Pack = toml::from_str(&format!("{head}{keys}\n")).unwrap();
    RuleSet::compile(pack.rule).map_err(|error| error.to_string())
}

/// The lines that leave, on the page and as plain text.
fn taken(keys: &str) -> (Vec<usize>, Vec<usize>) {
    let rules = rules(&format!("{keys}\nstarts = \"More on\"")).unwrap();
    let lines = |page: Option<Page>| {
        let found = rules.matches_on(&LINES, || None, || page);
        found.into_iter().map(|found| found.lines.start).collect()
    };
    (lines(Some(page())), lines(None))
}

#[test]
fn a_rule_for_pages_acts_where_it_says_and_never_on_plain_text() {
    let cases: [(&str, &[usize]); 8] = [
        ("inside = \"aside\"", &[1]),
        ("inside = \"article\"", &[0, 1]),
        ("inside = [\"nav\", \"article > .more\"]", &[1]),
        ("inside = \"article:not(:has(li))\"", &[]),
        ("inside = \"[html~=article]\"", &[0, 1]),
        ("kind = \"list-item\"", &[1]),
        ("kind = [\"heading\", \"paragraph\"]", &[0, 2]),
        ("kind = \"paragraph\"\ninside = \"article\"", &[0]),
    ];
    for (keys, lines) in cases {
        assert_eq!(taken(keys), (lines.to_vec(), vec![]), "{keys}");
    }
    assert_eq!(taken(""), (vec![0, 1, 2], vec![0, 1, 2]));
}

#[test]
fn runs_are_counted_where_they_stand() {
    let rules = rules("run = \"More on this story\"\nleast = 2\ninside = \"article\"").unwrap();
    let found = rules.matches_on(&LINES, || None, || Some(page()));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].lines, 0..2);
}

#[test]
fn the_page_is_asked_for_only_when_the_wording_is_met() {
    let rules = rules("equals = \"Share\"\ninside = \"aside\"").unwrap();
    assert!(
        rules
            .matches_on(&LINES, || None, || panic!("asked"))
            .is_empty()
    );
}

#[test]
fn what_makes_no_sense_is_refused() {
    let cases = [
        (
            "starts = \"x\"\ninside = \"p:hover\"",
            "`inside`: selector `p:hover`: `:hover`: ",
        ),
        (
            "starts = \"x\"\ninside = [\"p\", \"a[href]\"]",
            "`inside[1]`: selector `a[href]`: ",
        ),
        ("starts = \"x\"\ninside = []", "`inside`: the list is empty"),
        (
            "starts = \"x\"\nkind = \"list\"",
            "`kind`: unknown block kind `list`; known: ",
        ),
        ("inside = \"aside\"", "no condition is given"),
    ];
    for (keys, problem) in cases {
        let error = rules(keys).expect_err(keys);
        assert!(error.contains(problem), "{keys}: {error}");
    }
}
