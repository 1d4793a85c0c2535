//! Whole pages, with invented news.

use super::super::blocks::read_blocks;
use super::{PageFacts, page_facts};

fn facts(html: &str) -> PageFacts {
    page_facts(&read_blocks(html))
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

const LINKED: &str = r##"<script type="application/ld+json">{"@graph": [
    {"@type": "WebSite", "name": "Keld Herald"},
    {"@type": "NewsArticle", "headline": "Pier sold for one crown",
     "mainEntityOfPage": "https://keld.example/pier", "author": {"@id": "#ada"},
     "datePublished": "2025-02-25", "articleSection": "Town", "inLanguage": "en-GB",
     "isAccessibleForFree": true, "articleBody": "Sold.\n\nFor one crown."},
    {"@type": "Person", "@id": "#ada", "name": "By Ada Moss, Harbour Correspondent"},
    {"@type": "ItemList", "itemListElement": [
      {"item": {"@type": "NewsArticle", "headline": "Ferry sunk", "author": "Cy Third"}}]}
    ]}</script>"##;

#[test]
fn the_first_source_counts_and_a_more_exact_time() {
    let facts = facts(&format!(
        r#"<html lang=en-us><title>Pier sold | The Keld Herald</title>{LINKED}
        <link rel=canonical href="https://keld.example/pier?page=1">
        <meta property="og:title" content="The pier is gone"><meta property="og:site_name" content="The Keld Herald">
        <meta property="article:published_time" content="2025-02-25T17:13:51+0600">
        <meta property="article:modified_time" content="2025-02-26T08:00:00Z">
        <meta name=author content="Bo Lind"><meta name=description content="One crown.">
        <h1>Pier sold for one crown</h1><p class=byline>By Di Last</p>"#
    ));
    assert_eq!(facts.headline, some("Pier sold for one crown"));
    assert_eq!(facts.titles, ["The pier is gone", "Pier sold"]);
    assert_eq!(facts.byline, ["Ada Moss"]);
    assert_eq!(facts.organisations, [""; 0]);
    assert_eq!(facts.published, some("2025-02-25T17:13:51+06:00"));
    assert_eq!(facts.modified, some("2025-02-26T08:00:00Z"));
    assert_eq!(facts.section, some("Town"));
    assert_eq!(facts.language, some("en-GB"));
    assert_eq!(facts.url, some("https://keld.example/pier?page=1"));
    assert_eq!(facts.site, some("The Keld Herald"));
    assert_eq!(facts.description, some("One crown."));
    assert_eq!(facts.article_body, some("Sold.\nFor one crown."));
    assert_eq!(facts.kind, some("NewsArticle"));
    assert_eq!(facts.is_accessible_for_free, Some(true));
    assert_eq!(facts.live, None);
}

#[test]
fn one_broken_script_hides_no_other() {
    let facts = facts(&format!(
        r#"<script type="application/ld+json">{{"@type": "NewsArticle", "headline": </script>
        <script type="application/ld+json"></script><script>{{"headline": "no"}}</script>{LINKED}
        <link rel=canonical href=https://keld.example/pier>"#
    ));
    assert_eq!(facts.headline, some("Pier sold for one crown"));
}

#[test]
fn microdata_tells_the_article_from_its_comments() {
    let facts = facts(
        r#"<title>Pier sold – Keld Herald</title>
        <article itemscope itemtype="https://schema.org/NewsArticle">
        <h1 itemprop=headline>Pier sold</h1>
        <meta itemprop=datePublished content=2025-02-25T17:13:51Z>
        <div itemprop=author itemscope itemtype=https://schema.org/Person>Written with love by
          <a itemprop=url href=/ada>more</a> <b itemprop=name>Ada Moss</b></div>
        <span itemprop="author creator" itemscope itemtype=https://schema.org/Organization>
          <meta itemprop=name content="Keld Wire"></span>
        <div itemscope itemtype=https://schema.org/Comment><i itemprop=author>Troll</i>
          <time itemprop=datePublished datetime=2025-03-01></time></div></article>"#,
    );
    assert_eq!(facts.headline, some("Pier sold"));
    assert_eq!(facts.byline, ["Ada Moss"]);
    assert_eq!(facts.organisations, ["Keld Wire"]);
    assert_eq!(facts.published, some("2025-02-25T17:13:51Z"));
    assert_eq!(facts.kind, some("NewsArticle"));
}

#[test]
fn what_readers_see_counts_near_the_headline_only() {
    let teaser = "<aside><a rel=author>Cy Third</a><time datetime=2024-01-01>then</time></aside>";
    let facts = facts(&format!(
        "<html lang=de><title>Pier sold</title>{teaser}<h1>Pier sold</h1>
         <p class='article__byline'>By Ada Moss and Bo Lind<br>25 Feb 2025</p>
         <time datetime='2025-02-25T17:13+01:00'>Tuesday</time><time class=updated datetime=2025-02-26>Wed</time>
         {}<time datetime=2023-01-01>then</time><a rel=author>Di Last</a>",
        "<p>text</p>".repeat(200)
    ));
    assert_eq!(facts.byline, ["Ada Moss", "Bo Lind"]);
    assert_eq!(facts.published, some("2025-02-25T17:13:00+01:00"));
    assert_eq!(facts.modified, some("2025-02-26"));
    assert_eq!((facts.language, facts.kind), (some("de"), None));
}

#[test]
fn other_meta_elements_count_where_nothing_better_is() {
    let facts = facts(
        r#"<meta name="DC.title" content="Pier sold - Keld Herald"><meta name=parsely-author content="Ada Moss">
        <meta name=application-name content="Keld Herald"><meta name="sailthru.date" content="Tue, 25 Feb 2025 17:13:51 GMT">
        <meta name=parsely-section content="Town &amp;amp; sea"><meta property="og:locale" content="sv_SE">
        <meta property="og:url" content="//keld.example/pier"><meta property=article:content_tier content=metered>"#,
    );
    assert_eq!(facts.headline, some("Pier sold"));
    assert_eq!(facts.byline, ["Ada Moss"]);
    assert_eq!(facts.published, some("2025-02-25T17:13:51Z"));
    assert_eq!(facts.section, some("Town & sea"));
    assert_eq!(facts.language, some("sv-SE"));
    assert_eq!(facts.url, some("https://keld.example/pier"));
    assert_eq!(facts.is_accessible_for_free, Some(false));
}

#[test]
fn a_card_names_the_author_in_a_row_of_its_own() {
    let facts = facts(
        "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content='Ada Moss'>
         <meta name=twitter:label2 content='Reading time'><meta name=twitter:data2 content='3 minutes'>",
    );
    assert_eq!(facts.byline, ["Ada Moss"]);
}

#[test]
fn a_liveblog_is_one_even_where_it_is_an_article_too() {
    let facts = facts(
        r#"<title>Storm: latest</title><h1>Storm: latest</h1><script type="application/ld+json">[
        {"@type": "NewsArticle", "headline": "Storm: latest", "author": "Ada Moss"},
        {"@type": "LiveBlogPosting", "headline": "Storm: latest", "coverageEndTime": "2025-02-25T20:00:00Z",
         "liveBlogUpdate": [{"headline": "Roof gone", "articleBody": "<p>Off</p><p>it went.</p>"}]}]</script>"#,
    );
    let live = facts.live.unwrap();
    assert_eq!(facts.kind, some("LiveBlogPosting"));
    assert_eq!(facts.byline, ["Ada Moss"]);
    assert_eq!(
        (live.end, live.updates[0].body.as_str()),
        (some("2025-02-25T20:00:00Z"), "Off\nit went.")
    );
}

#[test]
fn a_page_that_says_nothing_has_no_facts() {
    for html in [
        "",
        "<p>Only text.",
        "\0",
        "<svg><title>Logo</title></svg>",
        "<title></title><h1></h1><time></time>",
    ] {
        assert_eq!(facts(html), PageFacts::default(), "{html}");
    }
}

/// Repeats of everything that is collected; ten times as much would take a
/// hundred times as long if each were compared with each.
#[test]
fn much_of_everything_takes_no_longer_than_its_length() {
    let many = |part: &str| part.repeat(20_000);
    for part in [
        "<b itemscope><i itemprop=author>A</i>",
        "<h1>Pier sold now</h1>",
        "<a rel=author class=byline>Ada Moss</a>",
        "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"A b c\"}</script>",
        "<meta name=author content='Ada Moss, Bo'>",
        "<time datetime=2025-02-25>x</time>",
    ] {
        facts(&many(part));
    }
    let one = |json: &str| facts(&format!("<script type=application/ld+json>{json}</script>"));
    one(&many(
        "{\"@type\":\"Article\",\"headline\":\"A b c\",\"author\":[",
    ));
    one(&many(
        "{\"@type\":\"Article\",\"author\":{\"@id\":\"x\"},\"@id\":\"x\"}",
    ));
    one(&format!(
        "{{\"@type\":\"Article\",\"author\":\"{}\"}}",
        many("A b, and C - ")
    ));
    one(&format!(
        "{{\"@type\":\"Article\",\"articleBody\":\"{}\"}}",
        many("<p>a < b &amp;lt; \\\"")
    ));
}
