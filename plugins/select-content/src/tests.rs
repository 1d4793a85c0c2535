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

/// A page with so many paragraphs, the last one with an end of its own, and
/// what stands behind the article.
fn story(paragraphs: usize, end: &str, data: &str, behind: &str) -> String {
    let sentence = "The harbour board met on Monday in the old customs house and heard, as it does \
        every spring, what the pier would cost the town if nobody bought it. ";
    let body: String = (0..paragraphs)
        .map(|number| format!("<p>On day {number} it rained. {}</p>", sentence.repeat(2)))
        .collect();
    format!(
        "<!doctype html><title>Pier sold</title>\
         <script type=application/ld+json>{{\"@type\": \"NewsArticle\", {data} \
         \"headline\": \"Pier sold\"}}</script><nav><a href=/>Home</a> <a href=/s>Sport</a></nav>\
         <main><article><h1>Pier sold</h1>{body}<p>The board {end}</p></article>{behind}</main>\
         <footer>© The Keld Courier</footer>"
    )
}

fn status(html: &str) -> Option<String> {
    let rules = serde_json::json!({"rules": [{
        "id": "subscription/piano", "category": "subscription", "inside": [".tp-container-inner"],
    }]});
    let document = page("page", html.as_bytes().to_vec()).unwrap();
    let run = Kit::with(&PLUGIN, &rules)
        .unwrap()
        .run_on(document)
        .unwrap();
    let known = run.document().metadata();
    known.get("status").first().cloned()
}

const FREE: &str = "\"isAccessibleForFree\": true,";
const CLOSED: &str = "\"isAccessibleForFree\": \"False\",";
const ASKS: &str = "<div><p>Subscribe to continue reading.</p></div>";
const WALL: &str = "<div class=tp-container-inner><p>Choose what suits you.</p></div>";
const OFFER: &str = "<div><p>Subscribe to our newsletter.</p></div>\
    <aside><h3>More</h3><p><a href=/a>Subscriber only: the ferry that never came</a></p></aside>";

#[test]
fn an_article_that_a_paywall_cut_says_so() {
    let went = "went on to";
    for (paragraphs, end, data, behind) in [
        (2, went, "", ASKS),
        (2, went, CLOSED, WALL),
        (8, "went on to…", FREE, ASKS),
        (8, "went on to ...", CLOSED, WALL),
    ] {
        let html = story(paragraphs, end, data, behind);
        assert_eq!(
            status(&html).as_deref(),
            Some("paywall"),
            "{end} {data} {behind}"
        );
    }
    let body = "The board went on to hear what the pier would cost. ".repeat(200);
    let html = story(8, went, &format!("\"articleBody\": \"{body}\","), ASKS);
    assert_eq!(status(&html).as_deref(), Some("paywall"));
}

#[test]
fn a_free_article_is_not_taken_for_one() {
    let hidden = format!("<div hidden>{ASKS}{WALL}</div>");
    for (paragraphs, end, data, behind) in [
        (2, "went home.", FREE, OFFER),
        (2, "went home.", CLOSED, OFFER),
        (2, "went home…", CLOSED, ""),
        (2, "went home.", "", WALL),
        (2, "went home.", CLOSED, &*hidden),
        // The whole article, and a prompt for those who came too often.
        (8, "went home.", CLOSED, ASKS),
        (8, "went home.", FREE, WALL),
    ] {
        let html = story(paragraphs, end, data, behind);
        assert_eq!(status(&html), None, "{paragraphs} {end} {data} {behind}");
    }
}

#[test]
fn what_reads_like_the_article_beside_it_leaves() {
    let long = "The pier should never have been sold, and certainly not for one crown, which is \
        less than the paint on it cost the town in the year of the great storm.";
    let comments = format!(
        "<ol><li class=comment><div class=comment-block><p class=comment-content>{long}</p></div>\
         </ol><div><textarea>&lt;p&gt;Copy: {long}&lt;/p&gt;</textarea></div>"
    );
    let run = run(&story(6, "went home.", "", &comments));
    assert!(run.text().contains("went home"), "{}", run.text());
    assert!(
        !run.text().contains("never have been sold"),
        "{}",
        run.text()
    );
    // An opinion piece that its site calls a comment is the article.
    let story = story(3, "went home.", "", "").replace("<p>", "<p class=comment>");
    let text = self::run(&story).text();
    assert!(
        text.contains("On day 0") && text.contains("On day 2"),
        "{text}"
    );
}

#[test]
fn a_short_page_is_an_article_and_a_list_of_links_is_none() {
    for html in [
        "<title>Ferry late</title><h1>Ferry late</h1><p>The ferry was two hours late on Monday.",
        "<p>The ferry was two hours late on Monday.",
        "<title>渡船</title><p>渡船は月曜日に二時間遅れて到着した。",
    ] {
        assert_eq!(status(html), None, "{html}");
    }
    for html in [
        "<title>Ferries</title><p>Ferry late.",
        "<ul><li><a href=/a>The ferry was two hours late on Monday.</a><li>Older news here</ul>",
    ] {
        assert_eq!(status(html).as_deref(), Some("no-article"), "{html}");
    }
    let short = "<title>Ferry late</title><h1>Ferry late</h1><p>The ferry was two hours late.";
    assert_eq!(
        run(short).edits(),
        "1 mark headline select-content/headline\n"
    );
}

#[test]
fn what_says_itself_again_among_its_own_paragraphs_is_no_copy() {
    let terms = |offer: &str| {
        let sentence = "Take one crown off the price of a ticket to the pier, once a day and once \
            a person, while there are tickets, and not on days of storm or of the regatta. ";
        format!(
            "<h2>{offer}</h2><p>{}It ends with the month of {offer}.",
            sentence.repeat(3)
        )
    };
    let page = ["May", "June", "July", "August"].map(terms).concat();
    let page =
        format!("<title>Terms of our offers</title><main><div class=rte>{page}</div></main>");
    let text = run(&page).text();
    for month in ["May", "June", "July", "August"] {
        assert!(
            text.contains(&format!("It ends with the month of {month}")),
            "{text}"
        );
    }
}

#[test]
fn a_long_text_is_an_article_to_its_end() {
    let html = story(1500, "went home.", "", "");
    let text = run(&html).text();
    for day in [0, 200, 400, 800, 1499] {
        assert!(text.contains(&format!("On day {day} it rained")), "{day}");
    }
}
