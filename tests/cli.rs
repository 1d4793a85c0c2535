//! The command as a user meets it: arguments, output, errors, exit codes.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::Read;
use std::process::Stdio;

use support::{clean, feed, run, scratch, write};

const DIRTY: &str = "Harbour vote delayed\n\nLog in\n\nThe vote was put off on Monday.\n";
const CLEAN: &str = "Harbour vote delayed\n\nThe vote was put off on Monday.\n";

/// Cleans a text with the `english` profile.
fn english(arguments: &[&str], text: &[u8]) -> support::Answer {
    feed(
        clean()
            .args(["--profile", "english"])
            .args(arguments)
            .arg("-"),
        text,
    )
}

#[test]
fn clean_text_goes_to_stdout_and_one_line_to_stderr() {
    let answer = english(&[], DIRTY.as_bytes());
    assert_eq!((answer.code, answer.out.as_str()), (Some(0), CLEAN));
    assert_eq!(answer.err, "removed 1 of 3 lines: login 1\n");
    assert_eq!(english(&["--quiet"], DIRTY.as_bytes()).err, "");
}

#[test]
fn standard_input_is_read_when_nothing_is_named() {
    let answer = feed(clean().args(["--profile", "english"]), DIRTY.as_bytes());
    assert_eq!(answer.out, CLEAN);
}

#[test]
fn diff_and_explain_name_the_rule() {
    let diff = english(&["--diff"], DIRTY.as_bytes()).out;
    assert!(
        diff.starts_with("--- -\n+++ clean\n@@ -1,5 +1,3 @@\n"),
        "{diff}"
    );
    assert!(
        diff.lines()
            .any(|line| line.starts_with("-Log in  ← login/")),
        "{diff}"
    );
    let explained = english(&["--explain"], DIRTY.as_bytes()).out;
    assert!(explained.starts_with("    3 - login/"), "{explained}");
    assert!(!explained.contains('\u{1b}'), "colour only on a terminal");
    let coloured = english(&["--explain", "--color", "always"], DIRTY.as_bytes()).out;
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn json_holds_text_and_record() {
    let answer = english(&["--format", "json"], DIRTY.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(json["schema"], "cleancopy.document/1");
    assert_eq!(json["profile"], "english");
    assert_eq!(json["metadata"]["headline"], "Harbour vote delayed");
    assert_eq!(json["sections"][0]["headline"]["line"], 1);
    assert_eq!(json["sections"][0]["blocks"][0]["line"], 5);
    let removed = &json["removed"][0];
    assert_eq!(
        (&removed["line"], &removed["start"], &removed["end"]),
        (&3.into(), &0.into(), &6.into())
    );
    assert_eq!(removed["category"], "login");
    assert_eq!(
        english(&["--format", "jsonl"], DIRTY.as_bytes())
            .out
            .lines()
            .count(),
        1
    );
}

const SIGNED: &str = "Harbour vote delayed\nBy Ann Example\nHarbour vote delayed\nThe vote was put off on Monday, said the chair of the board.\n";

#[test]
fn metadata_lines_may_stay() {
    let lifted = english(&["--metadata-lines", "lift"], SIGNED.as_bytes()).out;
    assert!(!lifted.contains("By Ann"), "{lifted}");
    assert_eq!(english(&[], SIGNED.as_bytes()).out, lifted);
    let arguments = ["--metadata-lines", "keep", "--format", "json"];
    let json = english(&arguments, SIGNED.as_bytes()).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["metadata"]["byline"][0], "Ann Example");
    let blocks = json["sections"][0]["blocks"].as_array().unwrap();
    assert!(blocks.iter().any(|block| block["text"] == "By Ann Example"));
}

#[test]
fn repeats_may_stay() {
    let headline = |text: &str| text.matches("Harbour vote delayed").count();
    assert_eq!(headline(&english(&[], SIGNED.as_bytes()).out), 1);
    let all = english(&["--repeats", "keep-all"], SIGNED.as_bytes()).out;
    assert_eq!(headline(&all), 2);
    let first = english(&["--repeats", "keep-first"], SIGNED.as_bytes()).out;
    assert_eq!(headline(&first), 1);
}

const POSTS: &str = "Harbour vote – live\n\n12:04\nTugs sail\nTwo tugs sailed at noon, said the harbour master, and a third waits.\n\n11:40\nGates open\nThe gates of the old lock were opened at last, the engineers said.\n\n11:02\nCrowd gathers\nSome forty people stood on the pier in the rain, a reporter saw.\n";

#[test]
fn headlines_and_captions_leave_plain_text_as_asked() {
    let plain = english(&["--headline", "drop"], DIRTY.as_bytes()).out;
    assert!(
        !plain.contains("delayed") && plain.contains("put off"),
        "{plain}"
    );
    let posts = english(&["--headline", "drop"], POSTS.as_bytes()).out;
    assert!(!posts.contains("– live"), "{posts}");
    assert!(
        posts.contains("Tugs sail") && posts.contains("Gates open"),
        "{posts}"
    );
    let pictured = format!("{CLEAN}The pier on Monday. (Ann Example/AP)\n");
    let lifted = english(&["--captions", "lift"], pictured.as_bytes()).out;
    assert!(!lifted.contains("Ann Example"), "{lifted}");
    let kept = english(&["--captions", "keep"], pictured.as_bytes()).out;
    assert!(kept.contains("Ann Example"), "{kept}");
}

#[test]
fn what_captions_hid_from_the_head_of_a_page_leaves_with_them() {
    let captions = [
        "old pier in the rain",
        "second tug",
        "harbour master last week",
    ];
    let pages = [0, 1, 3].map(|few| {
        let (first, rest) = CLEAN.split_once('\n').unwrap();
        let captions = captions[..few].iter();
        let captions = captions.map(|of| format!("The {of} at Keld. (Ann Example/AP)\n"));
        let more = ["board", "crew", "town"].map(|of| format!("The {of} met and agreed.\n"));
        let (captions, more) = (captions.collect::<String>(), more.concat());
        format!("{first}\n{captions}Share\n{rest}{more}{more}")
    });
    for page in pages {
        for captions in ["lift", "drop", "keep"] {
            let once = english(&["--captions", captions], page.as_bytes()).out;
            let twice = english(&["--captions", captions], once.as_bytes()).out;
            assert_eq!(once, twice, "--captions {captions} of\n{page}");
            assert!(captions == "keep" || !once.contains("Share"), "{once}");
        }
    }
}

#[test]
fn markdown_has_a_heading() {
    let answer = english(&["--format", "markdown"], DIRTY.as_bytes());
    assert_eq!(
        answer.out,
        "# Harbour vote delayed\n\nThe vote was put off on Monday.\n"
    );
}

#[test]
fn an_empty_document_stays_empty() {
    let answer = english(&[], b"");
    assert_eq!((answer.code, answer.out.as_str()), (Some(0), ""));
    assert_eq!(answer.err, "removed 0 of 0 lines\n");
}

#[test]
fn a_document_of_noise_alone_is_said_to_be_empty() {
    let answer = english(&[], b"Log in\n");
    assert_eq!((answer.code, answer.out.as_str()), (Some(0), ""));
    assert!(
        answer.err.contains("nothing of it is an article"),
        "{}",
        answer.err
    );
}

#[test]
fn any_utf8_is_restored_byte_for_byte() {
    let nasty = "\u{feff}Log in\r\n\r\n\tHarbour vote\u{a0}delayed \r\nA\0B e\u{301} &amp;amp; x\n\n\n  Log in";
    for text in [
        nasty,
        "",
        "\n",
        "\r\n",
        "Log in",
        "x\r",
        "=== entry ===\nx\n",
        "\u{2028}a\u{85}b\n",
    ] {
        let json = english(&["--format", "json"], text.as_bytes()).out;
        let answer = feed(clean().args(["restore", "-"]), json.as_bytes());
        assert_eq!(answer.code, Some(0), "{}", answer.err);
        assert_eq!(answer.out, text);
    }
}

#[test]
fn an_edited_file_is_not_restored_in_silence() {
    let json = english(
        &["--format", "json"],
        "Log in &amp; out, she said.\n".as_bytes(),
    )
    .out;
    let edited = json.replace("Log in & out", "Log");
    let answer = feed(clean().args(["restore", "-"]), edited.as_bytes());
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("is not the source"), "{}", answer.err);
    let other = feed(clean().args(["restore", "-"]), b"{\"schema\": 1}");
    assert_eq!(other.code, Some(2));
    assert!(
        other.err.contains("not the JSON of a clean document"),
        "{}",
        other.err
    );
}

#[test]
fn other_encodings_are_read_when_they_can_be_told() {
    let utf16: Vec<u8> = "\u{feff}Log in\nCafé\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(english(&[], &utf16).out, "Café\n");
    let json = english(&["--format", "json"], &utf16).out;
    let mut restore = clean();
    let folder = scratch();
    let (cleaned, restored) = (folder.path().join("c.json"), folder.path().join("r.txt"));
    write(&cleaned, json);
    assert_eq!(
        run(restore
            .arg("restore")
            .arg(&cleaned)
            .arg("-o")
            .arg(&restored))
        .code,
        Some(0)
    );
    assert_eq!(std::fs::read(restored).unwrap(), utf16);
    assert_eq!(
        english(&["--encoding", "latin1"], b"caf\xe9\n").out,
        "café\n"
    );
}

#[test]
fn what_is_no_text_is_set_aside_with_the_byte_and_the_rest_goes_on() {
    let folder = scratch();
    write(&folder.path().join("in/a.txt"), DIRTY);
    write(&folder.path().join("in/b.txt"), b"caf\xe9");
    write(&folder.path().join("in/deep/c.txt"), DIRTY);
    let out = folder.path().join("out");
    let mut command = clean();
    let answer = run(command
        .args(["--profile", "english"])
        .arg(folder.path().join("in"))
        .arg("-o")
        .arg(&out));
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.err.contains("b.txt: set aside: byte 3 is not UTF-8"),
        "{}",
        answer.err
    );
    assert!(
        answer
            .err
            .contains("2 documents: removed 2 of 6 lines: login 2"),
        "{}",
        answer.err
    );
    assert!(
        answer.err.contains("1 document was set aside"),
        "{}",
        answer.err
    );
    assert_eq!(std::fs::read_to_string(out.join("a.txt")).unwrap(), CLEAN);
    assert_eq!(
        std::fs::read_to_string(out.join("deep/c.txt")).unwrap(),
        CLEAN
    );
    assert!(!out.join("b.txt").exists());
}

#[test]
fn a_folder_keeps_names_with_the_extension_of_the_format() {
    let folder = scratch();
    write(&folder.path().join("in/a.b.txt"), DIRTY);
    for (format, name) in [
        ("json", "a.b.json"),
        ("markdown", "a.b.md"),
        ("diff", "a.b.diff"),
    ] {
        let out = folder.path().join(format);
        let mut command = clean();
        command.args(["--profile", "english", "--format", format]);
        assert_eq!(
            run(command.arg(folder.path().join("in")).arg("-o").arg(&out)).code,
            Some(0)
        );
        assert!(out.join(name).is_file(), "{name}");
    }
}

#[test]
fn results_that_would_be_lost_are_refused() {
    let folder = scratch();
    let (a, b) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
    write(&a, DIRTY);
    write(&b, DIRTY);
    let answer = run(clean().arg(&a).arg(&b));
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("`-o DIR`"), "{}", answer.err);
    let over = run(clean().arg(&a).arg("-o").arg(&a));
    assert_eq!(over.code, Some(2));
    assert!(
        over.err.contains("would overwrite the source"),
        "{}",
        over.err
    );
    let same = folder.path().join("other/a.text");
    write(&same, DIRTY);
    let clash = run(clean()
        .arg(&a)
        .arg(&same)
        .arg("-o")
        .arg(folder.path().join("out/")));
    assert_eq!(clash.code, Some(2));
    assert!(
        clash.err.contains("would both be written to"),
        "{}",
        clash.err
    );
    assert_eq!(std::fs::read_to_string(&a).unwrap(), DIRTY);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = scratch();
    let file = folder.path().join("long.txt");
    write(&file, "A line of the story that goes on.\n".repeat(200_000));
    let mut child = clean()
        .args(["-q", "-p", "english"])
        .arg(&file)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn completions_and_help_are_there() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            run(clean().args(["completions", shell]))
                .out
                .contains("clean"),
            "{shell}"
        );
    }
    let help = run(clean().arg("--help")).out;
    assert!(
        help.contains("Examples:") && help.contains("clean --profile independent"),
        "{help}"
    );
}

#[test]
fn the_json_schema_is_the_committed_one() {
    let path = support::root().join("crates/write/schema/document.schema.json");
    let schema = run(clean().arg("schema")).out;
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        write(&path, &schema);
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(
        committed == schema,
        "stale: UPDATE_SCHEMA=1 cargo test -p cleancopy --test cli schema"
    );
}
