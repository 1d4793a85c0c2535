//! Tables and archives of pages through the command.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use support::{Answer, clean, run, scratch, write};

const TABLE: &str = "id,text,desk\n\
    1,\"The harbour board voted to put off the sale of the old pier.\nSign up to our newsletter\",news\n\
    2,A mill burned in Upper Keld.,\"news, local\"\n";

const KEPT: &str = "id,text,desk\n\
    1,\"The harbour board voted to put off the sale of the old pier.\n\",news\n\
    2,A mill burned in Upper Keld.,\"news, local\"\n";

/// A page as a crawler stores it.
fn archive() -> Vec<u8> {
    let page = "<html><head><meta charset=utf-8><title>Pier</title></head><body><nav>Home Sport</nav>\
        <article><h1>The pier is sold</h1><p>The board of Keld sold the old pier to the town for \
        one crown, no more, the chair said on Monday after a vote of the members.</p>\
        <p>The town has looked after it for twenty years, and the repairs begin in May.</p>\
        </article></body></html>";
    let content =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n{page}");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n\
         WARC-Date: 2025-02-03T04:05:06Z\r\nWARC-Target-URI: https://keld.example/pier\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    format!("{head}{content}\r\n\r\n").into_bytes()
}

fn english(input: &Path, output: &Path, more: &[&str]) -> Answer {
    let mut command = clean();
    command.args(["--profile", "english", "--slim"]).args(more);
    run(command.arg(input).arg("-o").arg(output))
}

#[test]
fn a_folder_of_containers_stays_one() {
    let folder = scratch();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    write(&input.join("news/a.csv"), TABLE);
    write(&input.join("crawl.warc"), archive());
    let answer = english(&input, &out, &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    assert_eq!(
        std::fs::read_to_string(out.join("news/a.csv")).unwrap(),
        KEPT
    );
    let texts = std::fs::read_to_string(out.join("crawl.warc")).unwrap();
    assert!(texts.contains("WARC-Type: conversion"), "{texts}");
    assert!(texts.contains("one crown, no more,"), "{texts}");
    assert!(!texts.contains("Home Sport"), "{texts}");
}

#[test]
fn anything_becomes_json_lines_or_a_table() {
    let folder = scratch();
    let (input, out) = (folder.path().join("a.csv"), folder.path().join("out/"));
    write(&input, TABLE);
    std::fs::create_dir(&out).unwrap();
    assert_eq!(english(&input, &out, &["--to", "parquet"]).code, Some(0));
    let lines = folder.path().join("lines.jsonl");
    let answer = english(&out.join("a.parquet"), &lines, &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let lines = std::fs::read_to_string(lines).unwrap();
    let wanted = "{\"id\":\"1\",\"text\":\"The harbour board voted to put off the sale of the old \
                  pier.\\n\",\"desk\":\"news\"}\n";
    assert!(lines.starts_with(wanted), "{lines}");
    assert_eq!(lines.lines().count(), 2);
}

#[test]
fn a_table_becomes_no_archive_and_a_wrong_column_is_named() {
    let folder = scratch();
    let input = folder.path().join("a.csv");
    write(&input, TABLE);
    let answer = english(&input, &folder.path().join("a.warc"), &[]);
    assert_eq!(answer.code, Some(2));
    assert!(
        answer
            .err
            .contains("no name of a file that these records could become"),
        "{}",
        answer.err
    );
    let output = folder.path().join("b.csv");
    let answer = english(&input, &output, &["--text-field", "body"]);
    assert_eq!(answer.code, Some(1));
    let wanted = "no column `body` and none `html`; name the column with --text-field or \
                  --html-field (here are: id, text, desk)";
    assert!(answer.err.contains(wanted), "{}", answer.err);
    assert!(!output.exists());
}
