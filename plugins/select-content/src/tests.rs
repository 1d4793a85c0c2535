//! Pages with invented news.

use super::*;
use cleancopy_testkit::{Kit, Run, page};

const PAGE: &str = include_str!("../tests/pier.html");

fn run(html: &str) -> Run {
    let document = page("page", html.as_bytes().to_vec()).unwrap();
    Kit::new(&PLUGIN).run_on(document).unwrap()
}

#[test]
fn the_article_stays_and_the_page_around_it_leaves() {
    let run = run(&PAGE.replace("KEEP ", "").replace("DROP ", ""));
    let text = run.text();
    for line in PAGE.lines().filter(|line| line.contains("KEEP")) {
        let start = line
            .split("KEEP")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .trim();
        assert!(text.contains(start), "lost: {start}\n{text}");
    }
    for line in PAGE.lines().filter(|line| line.contains("DROP")) {
        let start = line
            .split("DROP")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .trim();
        assert!(!text.contains(start), "left: {start}\n{text}");
    }
}

#[test]
fn text_that_was_no_page_is_left_alone() {
    let run = Kit::new(&PLUGIN).run("Home\nThe pier is sold.\nSubscribe");
    assert_eq!(run.edits(), "");
}
