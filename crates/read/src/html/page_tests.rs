//! Whole pages, sound and broken.

use std::time::{Duration, Instant};

use cleancopy_model::{BlockKind, Document};
use proptest::prelude::*;

use super::*;

fn page(html: &str) -> Document {
    read_html("page", html.as_bytes().to_vec(), None).unwrap()
}

fn texts(document: &Document) -> Vec<&str> {
    let blocks = document.blocks().iter();
    blocks.map(|block| document.block_text(block)).collect()
}

#[test]
fn blocks_know_their_elements_links_and_visibility() {
    let document = page(
        "<body><div id=main class='post wide'><h2>Pier</h2><p>Sold to <a href=x>the town</a>.</p>\
         <p hidden>Not yet</p></div>",
    );
    assert_eq!(texts(&document), ["Pier", "Sold to the town.", "Not yet"]);
    let [heading, sold, hidden] = document.blocks() else {
        panic!("three blocks");
    };
    assert_eq!(
        (heading.kind(), heading.markup().level),
        (BlockKind::Heading, 2)
    );
    assert_eq!(sold.markup().linked, 7);
    assert!(hidden.markup().hidden && !sold.markup().hidden);
    let elements = document.elements();
    let own = elements.get(sold.markup().element.unwrap()).unwrap();
    let around = elements.get(own.parent.unwrap()).unwrap();
    assert_eq!(
        (own.name, around.id, around.classes),
        ("p", "main", "post wide")
    );
}

#[test]
fn what_is_no_page_at_all_is_read_as_far_as_it_goes() {
    for (html, expected) in [
        ("", &[][..]),
        ("<script>x</script><style>y</style>", &[]),
        (
            "<frameset><frame src=a><noframes>no</noframes></frameset>",
            &[],
        ),
        ("just text\n\nmore", &["just text", "more"]),
        ("<html><p>cut <b>off</b> here<a hre", &["cut off here"]),
        ("%PDF-1.4 \u{0}\u{1}", &["%PDF-1.4 \u{0}\u{1}"]),
        ("<p>a<!-- never closed <p>b", &["a"]),
        (
            "<svg><title>t</title><text>Map</text><path/></svg>x",
            &["Mapx"],
        ),
    ] {
        assert_eq!(texts(&page(html)), expected, "{html}");
    }
}

#[test]
fn pages_are_known_by_how_they_begin() {
    for yes in [
        "<!DOCTYPE html>",
        " \n<html lang=en>",
        "<!-- x --><HEAD>",
        "\u{feff}<body>",
    ] {
        assert!(looks_like_html(yes.as_bytes()), "{yes}");
    }
    for no in [
        "<p>Ada Moss explains",
        "<htmlx>",
        "text <html>",
        "",
        "<",
        "<!-- x",
    ] {
        assert!(!looks_like_html(no.as_bytes()), "{no}");
    }
}

#[test]
fn the_encoding_is_the_declared_one_unless_the_bytes_say_otherwise() {
    let read = |bytes: &[u8]| {
        let document = read_html("page", bytes.to_vec(), None).unwrap();
        (document.encoding.clone(), texts(&document).join("|"))
    };
    let declared = b"<meta charset=windows-1251><p>\xcf\xe8\xf0\xf1";
    assert_eq!(read(declared), ("windows-1251".into(), "Пирс".into()));
    let wrong = "<meta charset=iso-8859-1><p>Café";
    assert_eq!(read(wrong.as_bytes()), ("UTF-8".into(), "Café".into()));
    let not_utf8 = b"<meta charset=utf-8><p>Caf\xe9 au lait, d\xe9j\xe0 vu, l'\xe9t\xe9";
    assert_eq!(read(not_utf8).1, "Café au lait, déjà vu, l'été");
    let broken_place = "<meta charset=utf-8><p>Café, déjà vu, l'été à Keld".as_bytes();
    let broken_place = [broken_place, b"\xff"].concat();
    assert_eq!(read(&broken_place).1, "Café, déjà vu, l'été à Keld\u{fffd}");
}

#[test]
fn a_page_that_nests_a_million_deep_takes_no_time_and_loses_nothing() {
    let start = Instant::now();
    for tag in [
        "div",
        "b",
        "font",
        "table",
        "a",
        "ul><li",
        "svg",
        "blockquote",
        "p",
        "button",
    ] {
        let html = format!(
            "{}deep",
            format!("<{tag}>").repeat(if tag == "div" { 1_000_000 } else { 20_000 })
        );
        assert_eq!(texts(&page(&html)), ["deep"], "{tag}");
    }
    let closing = format!(
        "{}text{}",
        "<div><b>".repeat(20_000),
        "</p></i></div>".repeat(50_000)
    );
    assert_eq!(texts(&page(&closing)), ["text"]);
    assert!(
        start.elapsed() < Duration::from_secs(120),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn posts_of_a_liveblog_are_entries_with_their_times() {
    let post = |time: &str, title: &str| {
        format!(
            "<li class=post><time datetime={time}>t</time><h3>{title}</h3><p>So it went.</p></li>"
        )
    };
    let html = format!(
        r#"<script type=application/ld+json>{{"@type": "LiveBlogPosting", "headline": "Storm"}}</script>
        <h1>Storm</h1><ol>{}{}{}</ol>"#,
        post("2026-01-12T09:05:00Z", "Wall holds"),
        post("2026-01-12T08:40:00Z", "Ferries stay"),
        post("2026-01-12T07:15:00Z", "Schools closed"),
    );
    let document = page(&html);
    let sections = document.sections();
    let entries = &sections[0].sections;
    assert_eq!(entries.len(), 3);
    assert_eq!(
        entries[1].metadata.get("published"),
        ["2026-01-12T08:40:00Z"]
    );
    assert_eq!(
        entries[1].headline.map(|b| document.block_text(b)),
        Some("Ferries stay")
    );
}

#[test]
fn posts_that_only_the_data_tell_apart_are_found_by_their_text() {
    let document = page(
        r#"<script type=application/ld+json>{"@type": "LiveBlogPosting", "headline": "Storm",
        "liveBlogUpdate": [{"@type": "BlogPosting", "datePublished": "2026-01-12T08:40:00Z",
        "articleBody": "The ferries will not sail before noon.They said so."}]}</script>
        <h1>Storm</h1><p>It came at dawn.</p><p>The ferries will not sail before noon.</p><p>They said so.</p>"#,
    );
    let sections = document.sections();
    let entries = &sections[0].sections;
    assert_eq!(entries.len(), 1);
    assert_eq!(
        entries[0].metadata.get("published"),
        ["2026-01-12T08:40:00Z"]
    );
    assert_eq!(entries[0].blocks.len(), 2);
}

/// Bits of markup that do odd things to one another.
fn markup() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class='a b'>",
        "</div>",
        "<b>",
        "</b>",
        "<a href=x>",
        "</a>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<h1>",
        "</h2>",
        "<br>",
        "<pre>",
        "</pre>",
        "<svg>",
        "<path/>",
        "</svg>",
        "<select>",
        "<option>",
        "<button>",
        "<body>",
        "</body>",
        "<q>",
        "</q>",
        "<blockquote>",
        "&amp;",
        "&#x",
        "&notin",
        " ",
        "\n",
        "<i",
        "</",
        "<>",
        "< 3",
        "é",
    ]);
    let words = "[a-z]{1,6}".prop_map(|word| format!("{word} "));
    prop::collection::vec(prop_oneof![bits.prop_map(str::to_owned), words], 0..60)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_bytes_make_reading_a_page_panic(bytes: Vec<u8>) {
        read_html("page", bytes, None).unwrap();
    }

    #[test]
    fn every_visible_text_is_in_a_block_once_and_in_order(html in markup()) {
        // Marked words, so that markup that eats text is noticed: an open tag
        // or comment at the very end may.
        let mut number = 0;
        let marked: String = html
            .split_inclusive("<p>")
            .flat_map(|part| {
                number += 1;
                [part.to_owned(), format!("x{number}x ")]
            })
            .collect();
        let swallowed = ["<i", "</", "<path"].iter().any(|open| html.contains(open));
        let document = page(&marked);
        let all = texts(&document).join(" ");
        let mut from = 0;
        for word in (1..=number).map(|n| format!("x{n}x")) {
            match all[from..].find(&word) {
                Some(at) => from += at + word.len(),
                None => prop_assert!(swallowed, "{word} is lost: {marked} -> {all}"),
            }
        }
    }
}

#[test]
fn posts_in_what_is_called_a_liveblog_are_entries() {
    let text = "The ferry turned back in the storm, and so did the tug, the harbour master said.";
    let posts = |class: &str, body: &str| {
        let post = |hour| {
            format!(
                "<div class=post><time datetime=2025-03-01T{hour}:00Z>{hour}</time>{body}</div>"
            )
        };
        let posts = [12, 11, 10].map(post).concat();
        page(&format!(
            "<h1>Storm</h1><p>{text}</p><div class={class}>{posts}</div>"
        ))
    };
    let paragraph = format!("<p>{text}</p>");
    let headline = format!("<p><a href=/a>{text}</a></p>");
    for (class, body, entries) in [
        ("live-blog__posts", &paragraph, 3),
        ("liveUpdates", &paragraph, 3),
        ("live-updates", &headline, 0),
        ("posts", &paragraph, 0),
    ] {
        let document = posts(class, body);
        let sections = document.sections();
        assert_eq!(sections[0].sections.len(), entries, "{class} {body}");
    }
}
