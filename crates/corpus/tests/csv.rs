//! CSV in and out.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use support::{Run, article, clean_article, reads_on_from_every_batch};

fn table(rows: usize) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["id", "text", "note"]).unwrap();
    for row in 0..rows {
        out.write_record([format!("n{row}"), article(row), format!("\"{row}\", or so")])
            .unwrap();
    }
    out.into_inner().unwrap()
}

fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn every_other_column_stays() {
    let mut run = Run::new();
    let input = run.file("a.csv", &table(3000));
    let ran = run.clean_by_several(&input, "a.csv");
    let rows = read(&ran.output.unwrap());
    assert_eq!(rows[0], ["id", "text", "note"]);
    assert_eq!(rows.len(), 3001);
    for (number, row) in rows[1..].iter().enumerate() {
        assert_eq!(
            *row,
            [
                format!("n{number}"),
                clean_article(number),
                format!("\"{number}\", or so")
            ]
        );
    }
    assert!(ran.failures.is_empty() && ran.litter.is_empty());
}

#[test]
fn what_happened_is_a_column_of_json() {
    let mut run = Run::new();
    run.slim = false;
    let input = run.file("a.csv.gz", &table(3));
    let ran = run.clean(&input, "a.csv");
    let rows = read(&ran.output.unwrap());
    assert_eq!(rows[0], ["id", "text", "note", "cleancopy"]);
    let about: serde_json::Value = serde_json::from_str(&rows[2][3]).unwrap();
    assert_eq!(about["removed"][0]["rule"], "ad/label");
    let again = run.file("b.csv", &std::fs::read(&ran.path).unwrap());
    let twice = read(&run.clean(&again, "b.csv").output.unwrap());
    assert_eq!(
        twice[0], rows[0],
        "the column is written anew, not added again"
    );
}

#[test]
fn a_file_is_written_the_way_it_was() {
    let run = Run::new();
    let text = "\u{feff}id;text\r\n1;\"Keld\nAdvertisement\nA pier, sold\"\r\n";
    let input = run.file("a.csv", text.as_bytes());
    let ran = run.clean(&input, "a.csv");
    let wanted = "\u{feff}id;text\r\n1;\"Keld\nA pier, sold\"\r\n";
    assert_eq!(String::from_utf8(ran.output.unwrap()).unwrap(), wanted);
    let nothing = run.file("b.csv", b"id\ttext\n");
    assert_eq!(run.clean(&nothing, "b.csv").output.unwrap(), b"id\ttext\n");
}

#[test]
fn a_column_may_have_any_name_and_hold_pages() {
    let mut run = Run::new();
    run.names.html = "page".to_owned();
    let input = run.file(
        "a.csv",
        b"nr,page\n7,<html><body><p>The pier is sold.</p>\n",
    );
    let rows = read(&run.clean(&input, "a.csv").output.unwrap());
    assert_eq!(rows[0], ["nr", "page", "text"]);
    assert!(rows[1][2].contains("The pier is sold."), "{rows:?}");
}

#[test]
fn bad_rows_cost_themselves() {
    let run = Run::new();
    let input = run.file(
        "a.csv",
        b"id,text\n1,Keld\n2\n3,P\xf6rt\n4,Refused\n5,Pier\n",
    );
    let ran = run.clean(&input, "a.csv");
    assert_eq!(ran.output.unwrap(), b"id,text\n1,Keld\n5,Pier\n");
    let reasons: Vec<&str> = ran
        .failures
        .iter()
        .map(|f| f["reason"].as_str().unwrap())
        .collect();
    assert!(
        reasons[0].contains("1 values, but there are 2 columns"),
        "{reasons:?}"
    );
    assert!(
        reasons[1].contains("byte 1 of the value in column `text`"),
        "{reasons:?}"
    );
    assert_eq!(reasons[2], "this one is refused");
    assert!(
        ran.failures[1]["place"]
            .as_str()
            .unwrap()
            .ends_with("a.csv:3")
    );
}

#[test]
fn a_file_that_is_cut_off_says_so() {
    let run = Run::new();
    let input = run.file("a.csv", b"id,text\n1,Keld\n2,\"The pier is so");
    let ran = run.clean(&input, "a.csv");
    assert_eq!(ran.output.unwrap(), b"id,text\n1,Keld\n");
    assert!(
        ran.failures[0]["reason"]
            .as_str()
            .unwrap()
            .contains("never closed")
    );
    // A row that swallows all that follows.
    let input = run.file("b.csv", b"id,text\n1,Keld\n2,\"The pier\n3,Port\n4,Bay\n");
    let ran = run.clean(&input, "b.csv");
    assert_eq!(ran.output.unwrap(), b"id,text\n1,Keld\n");
    // A mark inside a value is none.
    let input = run.file("c.csv", b"id,text\n1,a 5\" pipe\n");
    assert!(run.clean(&input, "c.csv").failures.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_on_leaves_the_rows_before() {
    let run = Run::new();
    let plain = run.file("a.csv", &table(3000));
    let whole = run.clean(&plain, "a.csv").output.unwrap();
    let packed = run.file("a.csv.gz", &table(3000));
    let bytes = std::fs::read(&packed).unwrap();
    std::fs::write(&packed, &bytes[..bytes.len() / 2]).unwrap();
    let ran = run.clean(&packed, "a.csv");
    assert_eq!(ran.tally.broken, 1);
    let output = ran.output.unwrap();
    assert!(output.len() * 4 > whole.len() && whole.starts_with(&output));
    assert!(output.ends_with(b"\n"));
    let failure = &ran.failures[0];
    assert!(
        failure["reason"]
            .as_str()
            .unwrap()
            .contains("end too early"),
        "{failure}"
    );
    assert!(ran.litter.is_empty(), "{:?}", ran.litter);
    let input = run.file("b.csv", b"id,body\n1,Keld\n");
    let failure = &run.clean(&input, "b.csv").failures[0];
    assert!(
        failure["reason"]
            .as_str()
            .unwrap()
            .contains("(here are: id, body)"),
        "{failure}"
    );
    let endless = [b"id,text\n1,\"".to_vec(), vec![b'a'; 6 << 20]].concat();
    let input = run.file("c.csv", &endless);
    let failure = &run.clean(&input, "c.csv").failures[0];
    assert!(
        failure["reason"].as_str().unwrap().contains("never closed"),
        "{failure}"
    );
}

#[test]
fn a_run_can_go_on_behind_every_batch() {
    let run = Run::new();
    let input = run.file("a.csv.zst", &table(4000));
    reads_on_from_every_batch(&run.task(&input, "a.csv.zst"));
}

#[test]
fn rows_become_json_lines() {
    let run = Run::new();
    let input = run.file("a.csv", &table(2));
    let lines = String::from_utf8(run.clean(&input, "a.jsonl").output.unwrap()).unwrap();
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let wanted = serde_json::json!({"id": "n0", "text": clean_article(0), "note": "\"0\", or so"});
    assert_eq!(first, wanted);
}
