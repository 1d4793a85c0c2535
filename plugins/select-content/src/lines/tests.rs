//! What is taken for a dump, on invented text.

use super::*;

const STORY: &[&str] = &[
    "The harbour board voted on Monday to put off the sale of the old pier for another year.",
    "Its chair, Ada Moss, told reporters that the price on offer had been far too low for it.",
    "Two bidders, one of them from abroad, said they would come back with more money in spring.",
    "The pier has been closed to the public since a storm took away its last forty metres.",
];

const MENU: &[&str] = &[
    "Skip to content",
    "Menu",
    "Home",
    "News",
    "Sport",
    "Opinion",
    "Culture",
    "Sign in",
    "Subscribe",
];

const FOOT: &[&str] = &[
    "Share",
    "Facebook",
    "Twitter",
    "Most read",
    "Ferry strike enters second week",
    "Lighthouse sold for one crown",
    "About us",
    "Contact us",
    "Privacy policy",
    "Terms of use",
    "© The Keld Courier",
];

fn dump() -> Vec<&'static str> {
    let title = ["Harbour board puts off sale of the old pier"];
    [MENU, &title, STORY, FOOT].concat()
}

#[test]
fn the_rest_of_a_dump_leaves() {
    let lines = Lines::load(Bounds::default()).unwrap();
    let texts = dump();
    let found = lines.find(&texts);
    let kept: Vec<&str> = (0..texts.len())
        .filter(|at| !found.noise[*at])
        .map(|at| texts[at])
        .collect();
    for line in STORY {
        assert!(kept.contains(line), "{line}");
    }
    for line in MENU.iter().chain(&FOOT[6..]) {
        assert!(!kept.contains(line), "{line}");
    }
    let again = lines.find(&kept);
    assert!(again.noise.iter().all(|noise| !noise));
}

#[test]
fn clean_text_is_no_dump() {
    let cues = Cues::load().unwrap();
    assert!(!is_dump(STORY, &cues));
    // A story may well list what stands on a sign.
    let mut signs = STORY.to_vec();
    signs.extend(["Home", "News", "Sport", "Contact"]);
    assert!(!is_dump(&signs, &cues));
    assert!(is_dump(&dump(), &cues));
}

#[test]
fn a_line_leaves_under_what_it_says() {
    let cues = Cues::load().unwrap();
    let category = |text: &str| reason(text, &cues).1;
    assert_eq!(category("* Privacy policy"), Category::Copyright);
    assert_eq!(category("Facebook"), Category::Share);
    assert_eq!(category("Culture"), Category::Navigation);
    let card = "Ferry strike enters second week as talks break down";
    assert_eq!(category(card), Category::RelatedCard);
}

#[test]
fn the_model_is_of_these_numbers() {
    let lines = Lines::load(Bounds::default()).unwrap();
    let text = Text::of(dump(), &lines.cues);
    let (mut row, mut names) = (Vec::new(), Vec::new());
    text.row(3, &mut row, Some(&mut names));
    assert_eq!(lines.forest.columns, names);
}

#[test]
fn marks_of_headings_and_quotations_are_known() {
    fn marked(text: &str) -> &str {
        &text[marks(text)..]
    }
    assert_eq!(marked("### The pier"), "The pier");
    assert_eq!(marked("> “It is sold.”"), "“It is sold.”");
    assert_eq!(marked("#pier"), "#pier");
    assert_eq!(marked("* Tugs"), "* Tugs");
    assert_eq!(marked("# "), "# ");
}

/// What stays of a dump between these starts and ends.
fn between(starts: &[&str], ends: &[&str], texts: &[&'static str]) -> Vec<&'static str> {
    let owned = |lines: &[&str]| {
        lines
            .iter()
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>()
    };
    let bounds = Bounds::new(&owned(starts), &owned(ends)).unwrap();
    let found = Lines::load(bounds).unwrap().find(texts);
    let kept = (0..texts.len()).filter(|at| !found.noise[*at]);
    kept.map(|at| texts[at]).collect()
}

#[test]
fn a_publisher_says_where_its_articles_begin_and_end() {
    let teaser = [
        "* Topics of the Day",
        "The lighthouse keeper’s daughter has told the paper that she will not move out of it.",
    ];
    let texts = [MENU, STORY, &teaser, FOOT].concat();
    let without = between(&[], &[], &texts);
    assert!(
        without.contains(&teaser[1]),
        "this is what the profile is for"
    );
    assert_eq!(between(&[], &["topics of the*"], &texts), STORY);
    assert_eq!(
        between(&["subscribe"], &["topics of the day"], &texts),
        STORY
    );
}

#[test]
fn a_marker_on_the_wrong_side_of_the_article_is_none() {
    let texts = [MENU, STORY, FOOT].concat();
    let kept = between(&["Most read"], &["Menu", "Home"], &texts);
    for line in STORY {
        assert!(kept.contains(line), "{line}");
    }
}

#[test]
fn a_text_that_is_no_dump_has_no_bounds() {
    let texts = [STORY, &["Topics of the Day"], &STORY[..1]].concat();
    assert_eq!(between(&[], &["Topics of the Day"], &texts), texts);
}

#[test]
fn a_marker_says_something() {
    for empty in ["", "*", " — "] {
        let problem = Bounds::new(&[empty.to_owned()], &[]).unwrap_err();
        assert!(problem.contains("no words"), "{problem}");
    }
}

#[test]
fn a_line_leaves_by_what_it_is_and_by_what_stands_around() {
    let cues = Cues::load().unwrap();
    let caption = "The pier on the morning after the storm that took its last forty metres to the bottom of the bay";
    let teaser = ["Ferry strike enters second week"; 10];
    let texts = [
        &STORY[..2],
        &[caption, "Ada Moss", "Sign up"],
        &STORY[2..],
        &STORY[2..],
        &teaser,
    ]
    .concat();
    let chances: Vec<f32> = (0..texts.len())
        .map(|at| f32::from(u8::from(at < 9)))
        .collect();
    let bounds = decide::bounds(&Text::of(texts, &cues), &chances, cues.buttons);
    assert!(
        bounds[0] == decide::LEAST && bounds[8] == decide::LEAST,
        "paragraphs"
    );
    assert!(bounds[2] > decide::LEAST, "a caption");
    assert!(bounds[3] < decide::LEAST, "a name");
    assert!(bounds[4] > bounds[2], "a button");
    assert!(
        bounds[9] == decide::LEAST && bounds[18] > decide::LEAST,
        "near and far"
    );
}

#[test]
fn a_label_leaves_with_what_it_was_over() {
    let lines = Lines::load(Bounds::default()).unwrap();
    let texts = dump();
    let found = lines.find(&texts);
    let at = texts.iter().position(|text| *text == "Most read").unwrap();
    assert!(found.noise[at + 1], "this is what it was over");
    assert!(found.noise[at]);
}
