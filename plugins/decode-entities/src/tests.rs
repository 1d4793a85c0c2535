use proptest::prelude::*;

use super::*;

fn settings(json: &str) -> Settings {
    serde_json::from_str(json).unwrap()
}

fn apply(line: &str, changes: &[Change]) -> String {
    let (mut text, mut done) = (String::new(), 0);
    for change in changes {
        text.push_str(&line[done..change.range.start]);
        text.push_str(&change.with);
        done = change.range.end;
    }
    text + &line[done..]
}

fn check(json: &str, cases: &[(&str, &str)]) {
    let settings = settings(json);
    for (line, wanted) in cases {
        let decoded = apply(line, &changes(line, &settings));
        assert_eq!(decoded, *wanted, "{line} with {json}");
        assert_eq!(
            changes(&decoded, &settings),
            [],
            "a second pass over {decoded}"
        );
    }
}

#[test]
fn references_of_every_kind_decode() {
    check(
        "{}",
        &[
            ("Fish &amp; Chips", "Fish & Chips"),
            (
                "&lt;b&gt; &quot;x&quot; &#39;y&#x27; &#X2019;",
                "<b> \"x\" 'y' ’",
            ),
            ("caf&eacute; &CounterClockwiseContourIntegral;", "café ∳"),
            ("&#146;&#150;&#133;&#128;", "’–…€"),
            ("&#x1F600;", "😀"),
            ("5&nbsp;pm", "5 pm"),
            ("a&Tab;b&#10;c&#13;&NewLine;d&#x2028;e&#11;", "a b c  d e "),
        ],
    );
}

#[test]
fn what_is_no_reference_stays() {
    let lines = [
        "AT&T;",
        "AT&T",
        "a & b;",
        "&;",
        "&#;",
        "&#x;",
        "&amp",
        "&nosuch;",
        "&#+65;",
        "&#xD800;",
        "&#1114112;",
        "&#0;",
        "&#1;",
        "&#127;",
        "&#129;",
        "&#xFFFF;",
        "&#99999999999;",
        "& amp;",
        "&#x20ac",
        ";;;",
        "&&&",
    ];
    for line in lines {
        assert_eq!(changes(line, &Settings::default()), [], "{line}");
    }
}

#[test]
fn what_decoding_lays_bare_decodes_too() {
    check(
        "{}",
        &[
            ("&amp;amp;amp;lt;", "<"),
            ("&am&#112;;", "&"),
            ("&am&#112;lt;;", "&amplt;;"),
            ("&&#97;mp;lt&#59;", "<"),
            ("&#38;&#35;54;5;", "65;"),
            ("&amp;nbsp;x", " x"),
        ],
    );
}

#[test]
fn without_double_escaped_what_would_decode_again_stays() {
    check(
        r#"{"double_escaped": false}"#,
        &[
            ("Fish &amp; Chips &lt;", "Fish & Chips <"),
            ("&amp;lt; &lt;", "&amp;lt; <"),
            ("&amp;amp;amp; &amp;", "&amp;amp;amp; &"),
            ("&am&#112;; &#112;", "&am&#112;; p"),
            ("&amp;nosuch;", "&nosuch;"),
        ],
    );
}

#[test]
fn spaces_and_marks_do_as_the_settings_say() {
    check(
        r#"{"nbsp": "keep"}"#,
        &[("5&nbsp;pm 5\u{a0}pm", "5\u{a0}pm 5\u{a0}pm")],
    );
    check(
        "{}",
        &[
            ("5\u{a0}pm 1\u{202f}000 “x”", "5 pm 1 000 “x”"),
            ("a\u{200b}b&shy;c", "a\u{200b}b\u{ad}c"),
        ],
    );
    check(
        r#"{"zero_width": "drop"}"#,
        &[
            (
                "a\u{200b}b\u{ad}c\u{2060}d\u{feff}e&shy;f&ZeroWidthSpace;",
                "abcdef",
            ),
            ("Auf\u{200c}lage x\u{200d}", "Auflage x"),
            ("می\u{200c}خواهم क्\u{200d}ष", "می\u{200c}خواهم क्\u{200d}ष"),
            (
                "👩\u{200d}🚀 ❤\u{fe0f}\u{200d}🔥 👩&zwj;🚀",
                "👩\u{200d}🚀 ❤\u{fe0f}\u{200d}🔥 👩\u{200d}🚀",
            ),
            ("ภาษา\u{200b}ไทย", "ภาษา\u{200b}ไทย"),
            ("&am\u{200b}p;lt&shy;;", "<"),
        ],
    );
    check(r#"{"entities": false}"#, &[("&amp;\u{a0}", "&amp; ")]);
}

#[test]
fn each_change_is_small_and_names_its_rule() {
    let settings = settings(r#"{"zero_width": "drop"}"#);
    let found = changes("é &lt;\u{a0}\u{ad}&amp;amp;x", &settings);
    let found: Vec<_> = found
        .iter()
        .map(|change| (change.range.clone(), change.with.as_str(), change.rule))
        .collect();
    let wanted = [
        (3..7, "<", "decode-entities/entity"),
        (7..9, " ", "decode-entities/nbsp"),
        (9..11, "", "decode-entities/zero-width"),
        (11..20, "&", "decode-entities/entity"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn long_lines_of_references_take_linear_time() {
    for line in ["&amp;".repeat(300_000), "&".repeat(1_000_000) + ";"] {
        let _ = changes(&line, &Settings::default());
    }
    let nested = format!("&{}lt;", "amp;".repeat(300_000));
    let found = changes(&nested, &Settings::default());
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].range.clone(), found[0].with.as_str()),
        (0..nested.len(), "<")
    );
}

#[test]
fn more_changes_than_memory_should_hold_are_joined() {
    let line = "a\u{a0}".repeat(1_500_000);
    let found = changes(&line, &Settings::default());
    assert!(found.len() <= 1 << 20, "{}", found.len());
    assert_eq!(apply(&line, &found), "a ".repeat(1_500_000));
}

#[test]
fn the_example_of_the_module_is_true() {
    let blocks: Vec<_> = include_str!("lib.rs").split("```").take(4).collect();
    let line = |block: &'static str| block.lines().nth(1).unwrap().trim_start_matches("//! ");
    let (before, after) = (line(blocks[1]), line(blocks[3]));
    assert_eq!(apply(before, &changes(before, &Settings::default())), after);
}

fn any_settings() -> impl Strategy<Value = Settings> {
    any::<[bool; 4]>().prop_map(|[entities, double_escaped, space, drop]| Settings {
        entities,
        double_escaped,
        nbsp: if space {
            NoBreakSpaces::Space
        } else {
            NoBreakSpaces::Keep
        },
        zero_width: if drop {
            ZeroWidth::Drop
        } else {
            ZeroWidth::Keep
        },
    })
}

/// Lines made of pieces that combine into references.
fn line() -> impl Strategy<Value = String> {
    let pieces = vec![
        "&", "amp", ";", "amp;", "#", "38", "&#38;", "&#59;", "&#112;", "lt;", "&lt;", "x26;",
        "&nbsp;", "&shy;", "\u{ad}", "\u{200b}", "\u{200d}", "\u{a0}", "&zwj;", "&Tab;", "a", "é",
        "👩", "क", "&#35;", "&bne;", " ",
    ];
    let dense = proptest::collection::vec(prop::sample::select(pieces), 0..16);
    prop_oneof![dense.prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn edits_are_legal_and_a_second_pass_finds_nothing(line in line(), settings in any_settings()) {
        let found = changes(&line, &settings);
        let mut end = 0;
        for change in &found {
            prop_assert!(end <= change.range.start && change.range.start < change.range.end);
            prop_assert!(line.get(change.range.clone()).is_some_and(|text| text != change.with));
            let breaks = change.with.contains(['\n', '\r', '\t', '\u{85}', '\u{2028}']);
            prop_assert!(!breaks);
            end = change.range.end;
        }
        let decoded = apply(&line, &found);
        prop_assert_eq!(changes(&decoded, &settings), [], "{:?}", decoded);
    }
}
