//! HTML pages through the program: files, folders, captions and headlines, and
//! the selectors of a profile.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::Write;
use std::path::Path;

use support::{clean, feed, profile, root, run, scratch, write};

fn case(name: &str) -> std::path::PathBuf {
    root()
        .join("tests/cases/english")
        .join(name)
        .join("input.html")
}

fn packed(path: &Path, text: &[u8]) {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text).unwrap();
    write(path, packer.finish().unwrap());
}

#[test]
fn a_page_is_known_by_its_content_and_its_article_printed() {
    let page = std::fs::read(case("page-story")).unwrap();
    let answer = feed(clean().args(["--profile", "english", "-"]), &page);
    assert!(
        answer.out.starts_with("Pier sold for one crown\n"),
        "{}",
        answer.out
    );
    assert!(!answer.out.contains("Most read"), "{}", answer.out);
    let body = feed(
        clean().args(["-p", "english", "--headline", "drop", "-"]),
        &page,
    );
    assert!(body.out.starts_with("The old pier"), "{}", body.out);
}

#[test]
fn captions_are_kept_lifted_or_dropped() {
    let printed = |captions: &str| {
        let mut command = clean();
        command.args([
            "--profile",
            "english",
            "--format",
            "json",
            "--captions",
            captions,
        ]);
        run(command.arg(case("page-kinds"))).out
    };
    let json = |captions| serde_json::from_str::<serde_json::Value>(&printed(captions)).unwrap();
    let caption = "The quay at low tide, seen from the lighthouse. Photo: Ada Moss";
    let blocks = |json: &serde_json::Value| json["sections"].to_string().contains(caption);
    let (keep, lift, drop) = (json("keep"), json("lift"), json("drop"));
    assert!(blocks(&keep) && !blocks(&lift) && !blocks(&drop));
    assert_eq!(lift["metadata"]["caption"], serde_json::json!([caption]));
    assert!(drop["metadata"].get("caption").is_none());
    assert!(drop["removed"].to_string().contains(caption));
    assert_eq!(lift["metadata"]["headline"], "How to read the tide table");
}

#[test]
fn folders_of_packed_pages_become_folders_of_texts() {
    let folder = scratch();
    let page = std::fs::read(case("page-story")).unwrap();
    packed(&folder.path().join("in/pier.html.gz"), &page);
    write(&folder.path().join("in/plain.htm"), &page);
    write(
        &folder.path().join("in/broken.html.gz"),
        b"\x1f\x8b\x08 no gzip",
    );
    let out = folder.path().join("out");
    let mut command = clean();
    command
        .args(["--profile", "english", "-o"])
        .arg(&out)
        .arg(folder.path().join("in"));
    let answer = run(&mut command);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(
        answer
            .err
            .contains("broken.html.gz: set aside: the gzip data are broken"),
        "{}",
        answer.err
    );
    let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
    assert_eq!(read("pier.txt"), read("plain.txt"));
}

#[test]
fn selectors_come_first_and_stale_ones_change_nothing() {
    let folder = scratch();
    let config = profile(
        folder.path(),
        "[html]\narticle = [\"div.story-body\", \".gone-since-spring\"]\nremove = [\"blockquote\"]\n\
         [[chain]]\nuse = \"select-content\"\nonce = true\n",
    );
    let mut command = clean();
    command
        .args(["--profile", "test", "--format", "json", "--config"])
        .arg(&config);
    let json = run(command.arg(case("page-story"))).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let kept = json["sections"].to_string();
    assert!(kept.contains("The town bought the pier"), "{kept}");
    assert!(!kept.contains("after a long winter of talks"), "{kept}");
    assert!(!kept.contains("Nobody wanted"), "{kept}");
    let notes = serde_json::json!(["stale-selector: article = .gone-since-spring"]);
    assert_eq!(json["metadata"]["note"], notes);
}

#[test]
fn a_selector_that_makes_no_sense_is_told_with_its_place() {
    let folder = scratch();
    let config = profile(folder.path(), "[html]\nremove = [\"p:hover\"]\n");
    let mut command = clean();
    command.args(["--profile", "test", "--config"]).arg(&config);
    let answer = run(command.arg(case("page-story")));
    assert!(
        answer
            .err
            .contains("test.toml:4:13: selector `p:hover`: `:hover`: this class is not known"),
        "{}",
        answer.err
    );
}

const RULES_FOR_PAGES: &str = r#"
[html.names]
promo = ["aside:has(> ul)"]

[[chain]]
use = "strip-banners"
[[chain.rule]]
id = "read-more/in-a-promo"
category = "read-more"
starts = "More on"
inside = "[html~=promo]"
removes = ["<aside>Mud<ul><li>More on the mud</ul></aside>"]
keeps = ["<aside>More on the mud</aside>", "<p>More on the mud, then, in spring.</p>"]
[[chain.rule]]
id = "share/point"
category = "share"
equals = "Share"
kind = "list-item"
removes = ["<ul><li>Share</ul>"]
keeps = ["<p>Share</p>"]
"#;

#[test]
fn rules_can_ask_where_on_a_page_a_line_stands() {
    let folder = scratch();
    let config = profile(folder.path(), RULES_FOR_PAGES);
    let page = "<!doctype html><article><p>Share<p>More on the mud<ul><li>Share</ul>\
        <aside><p>Tide<ul><li>More on the mud</ul></aside></article>";
    let with_config = |args: &[&str]| {
        let mut command = clean();
        command.arg("--config").arg(&config).args(args);
        command
    };
    let page = feed(&mut with_config(&["-p", "test", "-"]), page.as_bytes());
    assert_eq!(
        page.out, "Share\n\nMore on the mud\n\nTide\n",
        "{}",
        page.err
    );
    let text = "Share\nMore on the mud\n";
    let plain = feed(&mut with_config(&["-p", "test", "-"]), text.as_bytes());
    assert_eq!(plain.out, text);
    for check in [["profile", "check"], ["lint", ""]] {
        let args = check.iter().copied().filter(|arg| !arg.is_empty());
        let args: Vec<&str> = args.chain(["test"]).collect();
        let answer = run(&mut with_config(&args));
        assert_eq!(answer.code, Some(0), "{}{}", answer.out, answer.err);
    }
    let shown = run(&mut with_config(&["profile", "show", "test"])).out;
    assert!(shown.contains("html.names.promo = ["), "{shown}");
}

#[test]
fn the_evidence_of_rules_for_pages_is_read_as_html() {
    let folder = scratch();
    let wrong = RULES_FOR_PAGES.replace("<p>Share</p>", "<ol><li>Share</ol>");
    let config = profile(folder.path(), &wrong);
    let mut command = clean();
    command.arg("--config").arg(&config);
    let answer = run(command.args(["profile", "check", "test"]));
    assert_eq!(answer.code, Some(1), "{}", answer.out);
    let said = format!("{}{}", answer.out, answer.err);
    assert!(
        said.contains("share/point") && said.contains("takes `Share`"),
        "{said}"
    );
}

#[test]
fn a_consent_page_says_that_it_is_one() {
    let mut command = clean();
    command.args(["--profile", "english", "--format", "json"]);
    let json = run(command.arg(case("page-consent"))).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["metadata"]["status"], "consent-page");
    let said = run(clean().args(["-p", "english"]).arg(case("page-consent"))).err;
    assert!(said.contains("; consent-page 1"), "{said}");
}

#[test]
fn what_is_no_page_says_so() {
    let frames = b"<html><frameset cols=50%><frame src=a><frame src=b></frameset></html>";
    let said = feed(clean().args(["-p", "english", "-"]), frames).err;
    assert!(said.contains("; frameset 1"), "{said}");
    let folder = scratch();
    let path = folder.path().join("pier.html");
    write(&path, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    let answer = run(clean().args(["-p", "english"]).arg(&path));
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.err.contains("it is a PDF"), "{}", answer.err);
}

const KINDS: &str = "<!doctype html><title>Pier sold</title><article><h1>Pier sold</h1>\
    <p>The town bought the pier on Monday, the council said, for one crown.</p>\
    <h2>What changes</h2><h3>Tolls</h3>\
    <ul><li>The toll falls.</li><li>Dogs may walk:<ul><li>in winter</li></ul></li><li>Ice.</li></ul>\
    <ol><li>First the boards.</li><li>Then the posts.</li></ol>\
    <blockquote><p>We will not sell again.</p><p>Not for two crowns.</p></blockquote>\
    <table><tr><th>Year</th><th>Toll</th></tr><tr><td>1874</td><td>1 penny</td></tr></table>\
    <pre>let pier = 1;\n\nif pier {\n    sell();\n}</pre>\
    <p>Work on the boards begins in spring, the mayor told the board.</p></article>";

const KINDS_AS_MARKDOWN: &str = "## What changes

### Tolls

- The toll falls.
- Dogs may walk:
    - in winter
- Ice.
1. First the boards.
2. Then the posts.

> We will not sell again.
>
> Not for two crowns.

| Year | Toll |
| --- | --- |
| 1874 | 1 penny |

```
let pier = 1;

if pier {
    sell();
}
```

Work on the boards begins";

#[test]
fn lists_tables_code_and_quotations_survive() {
    let mut command = clean();
    command.args(["-p", "english", "--format", "markdown", "-"]);
    let markdown = feed(&mut command, KINDS.as_bytes()).out;
    assert!(markdown.contains(KINDS_AS_MARKDOWN), "{markdown}");
    let mut command = clean();
    command.args(["-p", "english", "--format", "json", "-"]);
    let json = feed(&mut command, KINDS.as_bytes()).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let blocks = json["sections"][0]["blocks"].as_array().unwrap();
    let code = blocks.iter().filter(|block| block["kind"] == "code");
    let code: Vec<_> = code.map(|block| block["text"].as_str().unwrap()).collect();
    assert_eq!(code, ["let pier = 1;", "if pier {", "    sell();", "}"]);
}
