//! RSS and Atom through the command: what is recognised, what comes out, what
//! is set aside.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use serde_json::Value;
use support::{Answer, clean, feed, run, scratch, write};

const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
  <title>The Keld Courier</title>
  <link>https://keld.example/</link>
  <language>en</language>
  <item>
    <title>Harbour vote delayed for a third time</title>
    <link>https://keld.example/harbour</link>
    <pubDate>Tue, 25 Feb 2025 17:13:51 +0600</pubDate>
    <dc:creator>Ada Moss</dc:creator>
    <description>The sale of the pier is off.</description>
    <content:encoded><![CDATA[
      <p>The harbour board voted on Monday to put off the sale of the old pier for another year.</p>
      <p>Log in</p>
      <p>Its chair told reporters that:</p>
      <ul><li>the price on offer had been far too low for the board;</li>
      <li>the town would be asked first.</li></ul>]]></content:encoded>
  </item>
  <item>
    <title>Mill burns in Upper Keld</title>
    <description>&lt;p&gt;Fire crews were called to a mill in Upper Keld late on Tuesday, the county
      said.&lt;/p&gt;&lt;p&gt;Nobody was hurt.&lt;/p&gt;</description>
  </item>
</channel>
</rss>
"#;

const CLEAN: &str = "\
=== item ===
Harbour vote delayed for a third time

The harbour board voted on Monday to put off the sale of the old pier for another year.

Its chair told reporters that:

• the price on offer had been far too low for the board;
• the town would be asked first.

=== item ===
Mill burns in Upper Keld

Fire crews were called to a mill in Upper Keld late on Tuesday, the county said.

Nobody was hurt.
";

fn english(arguments: &[&str], input: &[u8]) -> Answer {
    let mut command = clean();
    feed(
        command
            .args(["--profile", "english"])
            .args(arguments)
            .arg("-"),
        input,
    )
}

fn json(input: &[u8]) -> Value {
    serde_json::from_str(&english(&["--format", "json"], input).out).unwrap()
}

#[test]
fn a_feed_is_known_by_its_content_and_cleaned_item_by_item() {
    let answer = english(&[], FEED.as_bytes());
    assert_eq!((answer.code, answer.out.as_str()), (Some(0), CLEAN));
    assert_eq!(answer.err, "removed 1 of 9 lines: login 1; 2 items\n");
    let again = english(&["--quiet"], CLEAN.as_bytes());
    assert_eq!(again.out, CLEAN, "a second pass changes nothing");
}

#[test]
fn json_tells_what_the_feed_knows() {
    let json = json(FEED.as_bytes());
    assert_eq!(json["layout"]["of"], "feed");
    assert_eq!(json["url"], "https://keld.example/");
    assert_eq!(json["language"], "en");
    assert_eq!(json["metadata"]["title"], "The Keld Courier");
    let first = &json["sections"][0];
    assert_eq!(first["kind"], "item");
    assert_eq!(
        first["headline"]["text"],
        "Harbour vote delayed for a third time"
    );
    assert_eq!(first["metadata"]["published"], "2025-02-25T17:13:51+06:00");
    assert_eq!(first["metadata"]["byline"], serde_json::json!(["Ada Moss"]));
    assert_eq!(first["metadata"]["url"], "https://keld.example/harbour");
    assert_eq!(first["metadata"]["summary"], "The sale of the pier is off.");
    assert_eq!(first["blocks"][2]["kind"], "list-item");
    assert_eq!(
        first["blocks"][2]["text"],
        "the price on offer had been far too low for the board;"
    );
    let removed = &json["removed"][0];
    assert_eq!(
        (&removed["line"], &removed["text"]),
        (&5.into(), &"Log in".into())
    );
    assert_eq!(self::json(b"Harbour news.\n")["layout"]["of"], "text");
}

#[test]
fn a_feed_is_not_restored_and_the_sentence_says_what_can_be_done() {
    let cleaned = english(&["--format", "json"], FEED.as_bytes()).out;
    let answer = feed(clean().args(["restore", "-"]), cleaned.as_bytes());
    assert_eq!((answer.code, answer.out.as_str()), (Some(2), ""));
    assert!(
        answer
            .err
            .contains("the source was a feed, and only plain text can be restored"),
        "{}",
        answer.err
    );
    // What was written before feeds could be read was made from text.
    let text = english(&["--format", "json"], b"News.\n").out;
    let older = text.replace("\"of\": \"text\",", "");
    assert_ne!(text, older);
    assert_eq!(
        feed(clean().args(["restore", "-"]), older.as_bytes()).out,
        "News.\n"
    );
}

#[test]
fn feeds_are_taken_from_folders_and_what_is_none_is_set_aside() {
    let folder = scratch();
    let put = |name: &str, text: &str| write(&folder.path().join("in").join(name), text);
    put("a.xml", FEED);
    put("b.RSS", FEED);
    put("c.atom", &FEED[..FEED.find("<p>Log in").unwrap()]);
    put(
        "map.xml",
        "<?xml version=\"1.0\"?>\n<urlset><url/></urlset>\n",
    );
    put("story.txt", "<rss is what we call it> Ada Moss explains.\n");
    put("story.xml", FEED);
    put("other.pdf", "%PDF");
    let out = folder.path().join("out");
    let mut command = clean();
    command
        .args(["--profile", "english"])
        .arg(folder.path().join("in"));
    let answer = run(command.arg("-o").arg(&out));
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    for expected in [
        "c.atom: set aside: line 14, column 22: the XML is broken: ",
        "map.xml: set aside: no feed: the document is a `<urlset>`",
        "4 documents: ",
        "6 items",
        "2 documents were set aside",
    ] {
        assert!(
            answer.err.contains(expected),
            "wanted: {expected}\nsaid: {}",
            answer.err
        );
    }
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    assert_eq!(
        (read("a.txt"), read("b.txt")),
        (CLEAN.to_owned(), CLEAN.to_owned())
    );
    assert_eq!(
        read("story.txt"),
        "<rss is what we call it> Ada Moss explains.\n"
    );
    assert_eq!(read("story.xml.txt"), CLEAN);
    // Beside them the failures and the report.
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 6);
}

#[test]
fn the_encoding_is_the_declared_one_or_the_one_named() {
    let declared = FEED
        .replace("UTF-8", "windows-1252")
        .replace("Ada Moss", "Zoë Moss");
    let bytes: Vec<u8> = declared.chars().map(|c| c as u8).collect();
    assert_eq!(
        json(&bytes)["sections"][0]["metadata"]["byline"][0],
        "Zoë Moss"
    );
    let undeclared = declared.replace(" encoding=\"windows-1252\"", "");
    let bytes: Vec<u8> = undeclared.chars().map(|c| c as u8).collect();
    let refused = english(&[], &bytes);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.err.contains("is not UTF-8; if you know"),
        "{}",
        refused.err
    );
    assert_eq!(english(&["--encoding", "latin1"], &bytes).code, Some(0));
}

#[test]
fn a_feed_without_items_is_an_empty_document() {
    let answer = english(
        &[],
        b"<rss version=\"2.0\"><channel><title>Quiet</title></channel></rss>",
    );
    assert_eq!((answer.code, answer.out.as_str()), (Some(0), ""));
    assert_eq!(answer.err, "removed 0 of 0 lines\n");
}
