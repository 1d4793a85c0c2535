//! WARC and WET in and out.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use cleancopy_corpus::Packing;
use rust_warc::{WarcReader, WarcRecord};
use support::{Run, article, clean_article, reads_on_from_every_batch};

fn record(kind: &str, number: usize, media: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n\
         WARC-Date: 2025-02-03T04:05:06Z\r\nWARC-Target-URI: https://keld.example/{number}\r\n\
         WARC-Block-Digest: sha1:ABC\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn wet(records: usize) -> Vec<u8> {
    let info = record(
        "warcinfo",
        0,
        "application/warc-fields",
        b"software: a crawler\r\n",
    );
    let texts =
        (1..=records).flat_map(|n| record("conversion", n, "text/plain", article(n).as_bytes()));
    info.into_iter().chain(texts).collect()
}

fn page(text: &str) -> Vec<u8> {
    let paragraphs: String = text
        .lines()
        .map(|line| format!("<p>{line}</p>\n"))
        .collect();
    format!(
        "<html><head><title>Keld</title></head><body><article>{paragraphs}</article></body></html>"
    )
    .into_bytes()
}

fn response(number: usize, head: &str, body: &[u8]) -> Vec<u8> {
    let content = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record(
        "response",
        number,
        "application/http; msgtype=response",
        &content,
    )
}

fn read(bytes: &[u8]) -> Vec<WarcRecord> {
    WarcReader::new(bytes).map(Result::unwrap).collect()
}

fn field<'r>(record: &'r WarcRecord, name: &str) -> &'r str {
    record.header.get(&name.into()).map_or("", String::as_str)
}

#[test]
fn texts_stay_texts_and_their_heads_stay() {
    let mut run = Run::new();
    let input = run.file("a.warc.wet", &wet(2000));
    let ran = run.clean_by_several(&input, "a.warc.wet");
    let records = read(&ran.output.unwrap());
    assert_eq!(field(&records[0], "warc-type"), "warcinfo");
    assert_eq!(records.len(), 2001);
    for (number, record) in records.iter().enumerate().skip(1) {
        assert_eq!(
            String::from_utf8_lossy(&record.content),
            clean_article(number)
        );
        assert_eq!(field(record, "warc-type"), "conversion");
        assert_eq!(
            field(record, "warc-target-uri"),
            format!("https://keld.example/{number}")
        );
        assert_eq!(
            field(record, "warc-refers-to"),
            format!("<urn:uuid:{number}>")
        );
        assert_eq!(field(record, "warc-block-digest"), "", "of another content");
    }
    assert!(ran.failures.is_empty() && ran.litter.is_empty());
}

#[test]
fn every_record_is_packed_for_itself() {
    let run = Run::new();
    let input = run.file("a.wet.gz", &wet(3));
    let ran = run.clean(&input, "a.wet.gz");
    let bytes = ran.output.unwrap();
    let members = bytes.windows(3).filter(|w| *w == b"\x1f\x8b\x08").count();
    assert_eq!(members, 4);
}

#[test]
fn pages_become_texts_and_what_left_stands_behind() {
    let mut run = Run::new();
    run.slim = false;
    let html = "200 OK\r\nContent-Type: text/html; charset=windows-1252";
    let found = page("Port sold\nAdvertisement\nThe board of Keld sold it.");
    let latin: Vec<u8> = found
        .iter()
        .map(|b| if *b == b'P' { 0xde } else { *b })
        .collect();
    let file = [
        record(
            "request",
            1,
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response(2, html, &latin),
        response(
            3,
            "404 Not Found\r\nContent-Type: text/html",
            b"<p>Nothing here.",
        ),
        response(4, "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        response(5, "what is this", b""),
    ];
    let input = run.file("a.warc", &file.concat());
    let ran = run.clean(&input, "a.warc");
    let records = read(&ran.output.unwrap());
    let text = String::from_utf8_lossy(&records[0].content);
    assert!(
        text.contains("Þort sold") && !text.contains("Advertisement"),
        "{text}"
    );
    assert_eq!(field(&records[1], "warc-type"), "metadata");
    assert_eq!(
        field(&records[1], "warc-refers-to"),
        field(&records[0], "warc-record-id")
    );
    let about: serde_json::Value = serde_json::from_slice(&records[1].content).unwrap();
    assert_eq!(about["removed"][0]["rule"], "ad/label");
    assert_eq!(records.len(), 2);
    assert_eq!(ran.failures.len(), 1);
    assert_eq!(ran.failures[0]["id"], "urn:uuid:5");
}

#[test]
fn a_file_that_ends_inside_of_a_record_leaves_those_before() {
    let run = Run::new();
    let whole = wet(5);
    let input = run.file("whole.wet", &whole);
    let good = run.clean(&input, "whole.wet").output.unwrap();
    let good = read(&good);
    let is_before = |output: Vec<u8>| {
        let records = read(&output);
        assert!(!records.is_empty() && records.len() < good.len());
        records
            .iter()
            .zip(&good)
            .all(|(a, b)| a.content == b.content)
    };
    for cut in [whole.len() - 2, whole.len() - 20, whole.len() - 100] {
        let input = run.file("a.wet", &whole[..cut]);
        let ran = run.clean(&input, "a.wet");
        assert_eq!(ran.tally.broken, 1, "cut at {cut}");
        assert!(is_before(ran.output.unwrap()));
        let failure = &ran.failures[0];
        assert!(
            failure["place"].as_str().unwrap().ends_with("a.wet:5"),
            "{failure}"
        );
        assert!(
            failure["reason"]
                .as_str()
                .unwrap()
                .contains("ends inside of it"),
            "{failure}"
        );
        assert!(ran.litter.is_empty());
    }
    let packed = Packing::Gzip.pack(whole).unwrap();
    std::fs::write(run.path("b.wet.gz"), &packed[..packed.len() - 20]).unwrap();
    let ran = run.clean(&run.path("b.wet.gz"), "b.wet");
    assert_eq!(ran.tally.broken, 1);
    assert!(is_before(ran.output.unwrap()));
}

#[test]
fn a_record_that_promises_too_much_makes_no_room() {
    let run = Run::new();
    let file = wet(2);
    let lie = String::from_utf8(file).unwrap().replacen(
        "Content-Length: 2",
        "Content-Length: 99999999999992",
        1,
    );
    let input = run.file("a.wet", lie.as_bytes());
    let ran = run.clean(&input, "a.wet");
    assert_eq!(ran.tally.broken, 1);
    let input = run.file("b.wet", b"This is no WARC file\r\n\r\n");
    let failure = &run.clean(&input, "b.wet").failures[0];
    assert!(
        failure["reason"].as_str().unwrap().contains("no WARC file"),
        "{failure}"
    );
    // One that is longer than what fits costs itself alone.
    let long = [
        record("conversion", 1, "text/plain", &vec![b'a'; 5 << 20]),
        wet(1),
    ]
    .concat();
    let input = run.file("c.wet", &long);
    let ran = run.clean(&input, "c.wet");
    assert_eq!((ran.tally.documents, ran.tally.failed), (1, 1));
    assert!(
        ran.failures[0]["reason"]
            .as_str()
            .unwrap()
            .contains("5242880 bytes long")
    );
}

#[test]
fn a_run_can_go_on_behind_every_batch() {
    let run = Run::new();
    let input = run.file("a.wet.gz", &wet(4000));
    reads_on_from_every_batch(&run.task(&input, "a.wet.gz"));
}

#[test]
fn records_become_json_lines() {
    let run = Run::new();
    let input = run.file("a.wet", &wet(1));
    let lines = String::from_utf8(run.clean(&input, "a.jsonl").output.unwrap()).unwrap();
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["id"], "urn:uuid:1");
    assert_eq!(first["url"], "https://keld.example/1");
    assert_eq!(first["text"], clean_article(1));
    assert_eq!(first["warc"]["warc-date"], "2025-02-03T04:05:06Z");
}
