//! Feeds of every format, broken ones, and what must hold for all of them.

use cleancopy_model::{BlockKind, Section, SectionKind};
use proptest::prelude::*;

use super::*;
use crate::{Expect, read};

fn feed(xml: impl AsRef<[u8]>) -> Document {
    read("feed", xml.as_ref().to_vec(), None, Expect::Feed).unwrap()
}

fn refusal(xml: impl AsRef<[u8]>) -> String {
    let refused = read("feed", xml.as_ref().to_vec(), None, Expect::Feed);
    refused.unwrap_err().to_string()
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\">\n<channel>\n{items}\n</channel></rss>\n"
    )
}

fn value(section: &Section<'_>, key: &str) -> String {
    section.metadata.get(key).join("; ")
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>The Keld Courier</title>
    <atom:link href="https://keld.example/feed" rel="self"/>
    <link>https://keld.example/</link>
    <description>News from the &lt;i&gt;dale&lt;/i&gt;</description>
    <language>en-GB</language>
    <item>
      <title>Pier &amp; lighthouse sold &lt;em&gt;twice&lt;/em&gt;</title>
      <link>https://keld.example/pier</link>
      <guid isPermaLink="false">keld-1</guid>
      <pubDate>Tue, 25 Feb 2025 17:13:51 +0600</pubDate>
      <dc:creator><![CDATA[Ada Moss]]></dc:creator>
      <description><![CDATA[<p>Two buyers hold the deeds […]</p>]]></description>
      <content:encoded><![CDATA[<p>Two buyers hold the deeds to the pier.</p>
        <ul><li>One paid a crown.</li><li>One paid <b>nothing</b>.</li></ul>]]></content:encoded>
    </item>
    <item>
      <description>Ferries sail again. &lt;br/&gt;&lt;br/&gt; Fog permitting.</description>
      <guid>https://keld.example/ferries</guid>
      <author>desk@keld.example (Bo Sample)</author>
    </item>
    <item><link>https://keld.example/nothing</link></item>
  </channel>
</rss>
"#;

#[test]
fn rss_items_become_sections_with_what_is_known_about_them() {
    let document = feed(RSS);
    assert_eq!(document.origin(), Origin::Feed);
    assert_eq!(document.url.as_deref(), Some("https://keld.example/"));
    assert_eq!(document.language.as_deref(), Some("en-gb"));
    assert_eq!(document.metadata().get("title"), ["The Keld Courier"]);
    assert_eq!(
        document.metadata().get("description"),
        ["News from the dale"]
    );
    assert_eq!(
        document.source(),
        "Pier & lighthouse sold twice\n\nTwo buyers hold the deeds to the pier.\n\n\
         • One paid a crown.\n• One paid nothing.\n\nFerries sail again.\n\nFog permitting.\n"
    );
    let sections = document.sections();
    assert_eq!(
        sections.len(),
        2,
        "an item without title and text is left out"
    );
    let first = &sections[0];
    assert_eq!(first.kind, SectionKind::Item);
    assert_eq!(
        first.headline.map(|b| (b.line(), b.kind())),
        Some((1, BlockKind::Headline))
    );
    assert_eq!(value(first, "published"), "2025-02-25T17:13:51+06:00");
    assert_eq!(value(first, "byline"), "Ada Moss");
    assert_eq!(value(first, "url"), "https://keld.example/pier");
    assert_eq!(value(first, "id"), "keld-1");
    assert_eq!(value(first, "summary"), "", "the text says it too");
    assert_eq!(value(first, "modified"), "");
    let second = &sections[1];
    assert!(second.headline.is_none());
    assert_eq!(value(second, "url"), "https://keld.example/ferries");
    assert_eq!(value(second, "byline"), "Bo Sample");
    assert_eq!(document.units(), [0..4, 4..6]);
}

#[test]
fn atom_entries_are_read_with_every_type_of_content() {
    let xml = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de">
      <title>Dale notes</title><link href="https://dale.example/"/><id>dale</id>
      <link rel="self" href="https://dale.example/atom"/><updated>2025-03-01T10:00:00Z</updated>
      <entry><id>a</id><title type="html">Fog &amp;amp; &lt;b&gt;rain&lt;/b&gt;</title>
        <link rel="enclosure" href="https://dale.example/a.mp3"/>
        <link rel="alternate" href="https://dale.example/a"/>
        <published>2025-02-28T08:00:00+01:00</published><updated>2025-03-01T10:00:00Z</updated>
        <author><name>Ann Example</name></author><author><name>Cy Third</name></author>
        <summary>The short of it.</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Fog</h2>
          <p>It is <em>thick</em> today.</p></div></content></entry>
      <entry><id>b</id><title>Plain <i>markup</i></title>
        <content type="text">One line
          wrapped.

          Another.</content></entry>
      <entry><id>c</id><title/><content type="image/png">iVBORw0KGgo=</content>
        <summary type="html">&lt;p&gt;Only this.&lt;/p&gt;</summary></entry>
    </feed>"#;
    let document = feed(xml);
    assert_eq!(
        document.source(),
        "Fog & rain\n\nFog\n\nIt is thick today.\n\nPlain markup\n\nOne line wrapped.\n\nAnother.\n\n\
         Only this.\n"
    );
    assert_eq!(document.url.as_deref(), Some("https://dale.example/"));
    let sections = document.sections();
    let first = &sections[0];
    assert_eq!(value(first, "published"), "2025-02-28T08:00:00+01:00");
    assert_eq!(value(first, "modified"), "2025-03-01T10:00:00Z");
    assert_eq!(value(first, "byline"), "Ann Example; Cy Third");
    assert_eq!(value(first, "url"), "https://dale.example/a");
    assert_eq!(value(first, "summary"), "The short of it.");
    assert_eq!(first.blocks[0].kind(), BlockKind::Heading);
}

#[test]
fn rss_1_and_odd_versions_of_rss_are_read() {
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="x"><title>T</title><link>https://x.example/</link></channel>
      <item rdf:about="i"><title>Seals return</title><link>https://x.example/i</link>
        <description>To the bay.</description><dc:date>2025-02-25T17:13:51+06:00</dc:date></item>
    </rdf:RDF>"#;
    let document = feed(rdf);
    assert_eq!(document.source(), "Seals return\n\nTo the bay.\n");
    assert_eq!(
        value(&document.sections()[0], "published"),
        "2025-02-25T17:13:51+06:00"
    );
    let item =
        "<channel><item><title>A</title><content:encoded>B</content:encoded></item></channel>";
    for root in [
        "<rss>",
        "<rss version=\"0.94\">",
        "<rss xmlns=\"http://x.example/rss2\">",
    ] {
        let document = feed(format!("{root}{item}</rss>"));
        assert_eq!(document.source(), "A\n\nB\n", "{root}");
    }
    let no_link = rdf.replace("<link>https://x.example/i</link>", "");
    assert!(refusal(no_link).contains("only 0 of its 1 items"));
}

#[test]
fn what_stands_beside_a_film_or_picture_is_not_lost() {
    let item = "<item><title>T</title>{}<media:group><media:content url='https://x.example/v'/>\
                <media:description>Line one.\n\nLine two.</media:description></media:group></item>";
    let alone = feed(rss(&item.replace("{}", "")));
    assert_eq!(alone.source(), "T\n\nLine one.\n\nLine two.\n");
    let beside = feed(rss(&item.replace("{}", "<description>Text.</description>")));
    assert_eq!(beside.source(), "T\n\nText.\n");
    assert_eq!(
        value(&beside.sections()[0], "caption"),
        "Line one. Line two."
    );
}

#[test]
fn a_feed_without_items_is_an_empty_document() {
    let document = feed(rss("<title>Quiet</title>"));
    assert!(document.is_empty());
    assert_eq!(document.source(), "");
    assert_eq!(document.metadata().get("title"), ["Quiet"]);
    assert!(feed("<feed xmlns=\"http://www.w3.org/2005/Atom\"/>").is_empty());
}

#[test]
fn encodings_are_those_declared_unless_the_bytes_say_otherwise() {
    let declared = |name: &str, title: &[u8]| {
        let head =
            format!("<?xml version=\"1.0\" encoding=\"{name}\"?><rss><channel><item><title>");
        [head.as_bytes(), title, b"</title></item></channel></rss>"].concat()
    };
    let windows = feed(declared("windows-1251", b"\xd4\xe5\xf0\xe8"));
    assert_eq!(
        (windows.source(), windows.encoding.as_str()),
        ("Фери\n", "windows-1251")
    );
    assert_eq!(
        feed(declared("iso-8859-1", "Café".as_bytes())).source(),
        "Café\n"
    );
    assert_eq!(
        feed(declared("utf-16", "Café".as_bytes())).source(),
        "Café\n"
    );
    let wide: Vec<u8> = format!("\u{feff}{}", rss("<item><title>Café</title></item>"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(looks_like_feed(&wide));
    assert_eq!(feed(&wide).source(), "Café\n");
    assert_eq!(feed(&wide[2..]).source(), "Café\n");
    assert!(refusal(declared("utf-8", b"Caf\xe9")).starts_with("byte 68 is not UTF-8"));
}

#[test]
fn entities_are_never_expanded_beyond_those_of_html() {
    let mut xml = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..40 {
        let before = format!("&a{};", level - 1).repeat(10);
        xml.push_str(&format!("<!ENTITY a{level} \"{before}\">"));
    }
    xml.push_str(
        "<!ENTITY file SYSTEM \"file:///etc/hostname\">]><rss><channel><item><title>&a39;</title>\
         <description>&file; caf&eacute; &#x2014; &#0; R&D</description></item></channel></rss>",
    );
    assert_eq!(feed(xml).source(), "&a39;\n\n&file; café — \u{fffd} R&D\n");
}

#[test]
fn broken_feeds_are_refused_with_the_place() {
    let cut = &RSS[..RSS.find("Two buyers hold the deeds to").unwrap()];
    let said = refusal(cut);
    assert!(
        said.starts_with("line 18, column 24: the XML is broken: "),
        "{said}"
    );
    assert!(refusal(rss("<item><title>x</item>")).starts_with("line 4, column 15: "));
    assert!(refusal("<rss version='2.0'></rss>").contains("no `<channel>`"));
    assert!(refusal("Harbour news").contains("no element at all"));
    let map = refusal("<?xml version='1.0'?><urlset><url/></urlset>");
    assert!(
        map.starts_with("no feed: the document is a `<urlset>`"),
        "{map}"
    );
}

#[test]
fn text_that_merely_begins_with_a_tag_is_no_feed() {
    for text in [
        "<rss is what we call it>",
        "<feed the cats>, she said",
        "<?xml version=\"1.0\"?> is how a file begins",
        "<p>x</p>",
        "<",
        "",
        "\u{feff}News",
        "<!-- <rss version=\"2.0\"> -->\nNews",
    ] {
        assert!(!looks_like_feed(text.as_bytes()), "{text}");
    }
    assert!(looks_like_feed(RSS.as_bytes()));
    assert!(looks_like_feed(b"\n<rss>\n<channel>"));
    assert!(looks_like_feed(
        b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>"
    ));
}

#[test]
fn ten_thousand_items_are_ten_thousand_sections() {
    let item = "<item><title>Tide table</title><description>&lt;p&gt;High.&lt;/p&gt;</description></item>\n";
    let document = feed(rss(&item.repeat(10_000)));
    assert_eq!(document.sections().len(), 10_000);
    assert_eq!(document.blocks().len(), 20_000);
}

/// Words with what HTML and XML take for their own.
fn words() -> impl Strategy<Value = String> {
    prop::collection::vec("[a-zA-Zé&<>\"';\\]]{1,6}|&amp;|]]>", 1..6).prop_map(|w| w.join(" "))
}

/// Escapes for HTML, as a newsroom's system does.
fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

/// A title, and texts with the elements they stand in.
type Made = (String, Vec<(String, &'static str)>);

fn made() -> impl Strategy<Value = Made> {
    let tag = prop::sample::select(vec!["p", "div", "h2", "b", "li", "blockquote", "td"]);
    (words(), prop::collection::vec((words(), tag), 1..4))
}

/// A feed of these items, in one of the ways to write one.
fn written(items: &[Made], atom: bool, cdata: bool) -> String {
    let item = |(title, texts): &Made| {
        let text = |(text, tag): &(String, &str)| format!("<{tag}>{}</{tag}> ", escaped(text));
        let html: String = texts.iter().map(text).collect();
        let content = match cdata {
            true => format!("<![CDATA[{html}]]>"),
            false => escaped(&html),
        };
        let title = escaped(title);
        match atom {
            true => format!(
                "<entry><title type='html'>{}</title><content type='html'>{content}</content></entry>",
                escaped(&title)
            ),
            false => format!(
                "<item><title>{title}</title><content:encoded>{content}</content:encoded></item>"
            ),
        }
    };
    let items: String = items.iter().map(item).collect();
    match atom {
        true => format!("<feed xmlns=\"http://www.w3.org/2005/Atom\">{items}</feed>"),
        false => rss(&items),
    }
}

proptest! {
    #[test]
    fn every_text_of_a_feed_is_in_some_block(
        items in prop::collection::vec(made(), 1..5),
        atom in any::<bool>(),
        cdata in any::<bool>(),
    ) {
        let document = feed(written(&items, atom, cdata));
        let sections = document.sections();
        prop_assert_eq!(sections.len(), items.len());
        for (section, (title, texts)) in sections.iter().zip(&items) {
            let headline = section.headline.map(|b| document.block_text(b));
            prop_assert_eq!(headline, Some(title.as_str()));
            for (text, _) in texts {
                let has = |b: &&cleancopy_model::Block| document.block_text(b).contains(text.as_str());
                prop_assert!(section.blocks.iter().any(has), "{text}: {}", document.source());
            }
        }
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for expect in [Expect::Feed, Expect::Anything] {
            let _ = read("d", bytes.clone(), None, expect);
        }
    }

    #[test]
    fn no_damage_to_a_feed_makes_reading_panic(
        at in 0..RSS.len(),
        len in 0..80_usize,
        with in prop_oneof![
            Just(Vec::new()),
            prop::collection::vec(any::<u8>(), 0..8),
            prop::sample::select(vec!["<", "]]>", "<!--", "&#xD800;", "</item>", "<title>", "<br/>", "xmlns=''"])
                .prop_map(|s| s.as_bytes().to_vec()),
        ],
    ) {
        let mut bytes = RSS.as_bytes().to_vec();
        bytes.splice(at..(at + len).min(RSS.len()), with);
        if let Ok(document) = read("d", bytes, None, Expect::Feed) {
            for block in document.blocks() {
                prop_assert!(!document.block_text(block).trim().is_empty());
            }
        }
    }

    #[test]
    fn no_html_makes_reading_panic(parts in prop::collection::vec(
        prop::sample::select(vec!["<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "<li>", "<b>", "</b>", "<br>",
            "<pre>", "</pre>", "\n\n", "<noscript>", "</noscript>", "<q>", "</q>", "<svg>", "<script>", "x", "&#13;",
            "<template>", "<select><option>", "<blockquote>", "</blockquote>", "<math>", "<!--", "<textarea>"]), 0..30)) {
        let html = parts.concat();
        for block in crate::html::html_blocks(&html) {
            prop_assert!(!block.text.trim().is_empty());
        }
    }
}
