//! What selectors match on a small page, and what is refused.

use cleancopy_model::{Element, Elements};
use cleancopy_select::{Selector, Selectors, Tree};

/// ```text
/// 0 body
/// 1   main#top
/// 2     div.story.wide[role=main][data-widget="x y"]
/// -       img
/// 3       p
/// 4       p.lead
/// -       hr
/// 5       ul
/// 6         li
/// 7   footer, of the profile's name `end`
/// ```
fn page() -> Elements {
    let mut elements = Elements::default();
    let mut add = |parent: Option<u32>, (nth, behind): (u32, u32), name, id, classes| {
        elements.add(Element {
            parent,
            name,
            id,
            classes,
            attributes: if classes == "story wide" {
                "role=main\ndata-widget=x y"
            } else {
                ""
            },
            selectors: if name == "footer" { "keep end" } else { "" },
            nth,
            behind,
        })
    };
    add(None, (1, 0), "body", "", "");
    add(Some(0), (1, 1), "main", "top", "");
    add(Some(1), (1, 0), "div", "", "story wide");
    add(Some(2), (2, 3), "p", "", "");
    add(Some(2), (3, 2), "p", "", "lead");
    add(Some(2), (5, 0), "ul", "", "");
    add(Some(5), (1, 0), "li", "", "");
    add(Some(0), (2, 0), "footer", "", "");
    elements
}

fn found(text: &str) -> Vec<u32> {
    let elements = page();
    let tree = Tree::of(&elements);
    let selector = Selector::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let found = (0..8).filter(|at| selector.matches(&tree, *at)).collect();
    let together = Selectors::new(vec![selector]).matches(&tree);
    let together: Vec<u32> = together.into_iter().map(|(at, _)| at).collect();
    assert_eq!(found, together, "{text}");
    found
}

#[test]
fn names_classes_ids_and_attributes_match() {
    assert_eq!(found("div.story.wide"), [2]);
    assert_eq!(found("DIV"), [2]);
    assert_eq!(found("#top p"), [3, 4]);
    assert_eq!(found("#top > p"), [0; 0]);
    assert_eq!(found("main > .story>p"), [3, 4]);
    assert_eq!(found("li, footer"), [6, 7]);
    assert_eq!(found("[role=main]"), [2]);
    assert_eq!(found("[role=\"nav\"]"), [0; 0]);
    assert_eq!(found("[data-widget~=y]"), [2]);
    assert_eq!(found("[class*=tor]"), [2]);
    assert_eq!(found("[id^='to'], [class$=AD i]"), [1, 4]);
    assert_eq!(found("[html~=end]"), [7]);
}

#[test]
fn classes_of_structure_match() {
    assert_eq!(found("p:not(.lead)"), [3]);
    assert_eq!(found(":is(p, ul):not(.lead)"), [3, 5]);
    assert_eq!(found("div:has(> ul)"), [2]);
    assert_eq!(found("main:has(li)"), [1]);
    assert_eq!(found("main:has(> li)"), [0; 0]);
    assert_eq!(found(":root"), [0]);
}

#[test]
fn siblings_without_text_count() {
    // A picture stands before the first paragraph, a line before the list.
    assert_eq!(found("p:first-child"), [0; 0]);
    assert_eq!(found("p:nth-child(2)"), [3]);
    assert_eq!(found("p:nth-child(odd)"), [4]);
    assert_eq!(found("div > :nth-last-child(3)"), [4]);
    assert_eq!(found("ul:last-child"), [5]);
    assert_eq!(found(":only-child"), [0, 2, 6]);
    assert_eq!(found("p + p"), [4]);
    assert_eq!(found("p + ul"), [0; 0]);
    assert_eq!(found("p ~ ul"), [5]);
    assert_eq!(found("* + p"), [3, 4]);
    assert_eq!(found(":nth-child(1 of p)"), [3]);
}

#[test]
fn what_stands_around_is_asked_outwards() {
    let elements = page();
    let tree = Tree::of(&elements);
    let story = Selector::parse(".story").unwrap();
    let around: Vec<u32> = (0..8).filter(|at| story.is_around(&tree, *at)).collect();
    assert_eq!(around, [2, 3, 4, 5, 6]);
}

#[test]
fn what_could_match_nothing_is_refused_with_its_place() {
    let cases = [
        ("", 0, "it names no element"),
        (">", 0, "`>`: "),
        ("a >", 0, ""),
        ("p a:hover", 3, "`:hover`: this class is not known"),
        ("p::before", 1, "`::before`: "),
        ("[x", 0, ""),
        (".", 0, ""),
        ("p..a", 0, "a `.` needs the name"),
        ("a[href]", 0, "do not keep the attribute `href`"),
        ("div:not([style])", 0, "do not keep the attribute `style`"),
        ("div:has([title])", 0, "do not keep the attribute `title`"),
        ("p:first-of-type", 0, "write `:nth-child()`"),
        ("p:empty", 0, "without text"),
        (":is(p, :hover)", 7, "`:hover`"),
    ];
    for (text, at, problem) in cases {
        let error = Selector::parse(text).expect_err(text);
        assert!(error.to_string().contains(problem), "{text}: {error}");
        if at > 0 {
            assert_eq!(error.at, at, "{text}: {error}");
        }
    }
}
