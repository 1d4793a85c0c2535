//! What becomes of a record.

use serde_json::Value;

use crate::support::{clean, run, scratch, write};
use crate::{clean_keld, gzip, keld, news};

const RECORD: &str =
    "{ \"n\": 1.50, \"text\" :\"Log in\\nThe \\u0070ier is sold.\\n\",\"z\":{\"b\":1, \"a\":2} }\n";

/// Cleans a file of records and answers what was written.
fn cleaned(text: &str, more: &[&str]) -> String {
    let folder = scratch();
    let (input, output) = (
        folder.path().join("in.jsonl"),
        folder.path().join("out.jsonl"),
    );
    write(&input, text);
    let mut command = clean_keld(&keld(folder.path()));
    let answer = run(command.args(more).arg(&input).arg("-o").arg(&output));
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    std::fs::read_to_string(output).unwrap()
}

#[test]
fn every_other_field_stays_byte_for_byte() {
    let slim = cleaned(RECORD, &["--slim"]);
    assert_eq!(slim, RECORD.replace("Log in\\nThe \\u0070ier", "The pier"));
    // Where nothing leaves, the text stays byte for byte as well.
    let untouched = RECORD.replace("Log in\\n", "");
    assert_eq!(cleaned(&untouched, &["--slim"]), untouched);
    // A second pass changes nothing.
    assert_eq!(cleaned(&slim, &["--slim"]), slim);
}

#[test]
fn a_record_says_what_left_it() {
    let text = cleaned(RECORD, &[]);
    let record: Value = serde_json::from_str(&text).unwrap();
    let about = &record["cleancopy"];
    assert_eq!(about["profile"], "keld");
    assert_eq!(about["removed"][0]["rule"], "login/log-in");
    assert_eq!(
        about["sections"][0]["blocks"][0]["text"],
        "The pier is sold."
    );
    assert!(about["metadata"].is_object());
    assert!(
        text.starts_with("{ \"n\": 1.50, \"text\" :\"The pier is sold.\\n\",\"z\""),
        "{text}"
    );
    // Of a record that was cleaned before, the field is replaced where it is.
    let again: Value = serde_json::from_str(&cleaned(&text, &[])).unwrap();
    assert_eq!(again["text"], record["text"]);
    assert_eq!(again["cleancopy"]["removed"], Value::Array(Vec::new()));
    assert_eq!(
        again.as_object().unwrap().len(),
        record.as_object().unwrap().len()
    );
}

#[test]
fn a_page_in_a_record_gets_a_text() {
    let page = "<html><body><article><h1>Pier</h1><p>Sold to the town.</p></article></body></html>";
    let record = format!("{{\"page\":\"{page}\",\"body\":null}}\n");
    let fields = ["--html-field", "page", "--text-field", "body", "--slim"];
    let out: Value = serde_json::from_str(&cleaned(&record, &fields)).unwrap();
    assert_eq!(out["page"], page);
    assert_eq!(out["body"], "Pier\n\nSold to the town.\n");
}

#[test]
fn the_address_in_a_record_finds_the_profile() {
    let folder = scratch();
    let (input, output) = (
        folder.path().join("in.jsonl"),
        folder.path().join("out.jsonl"),
    );
    let url = "https://www.independent.co.uk/news/pier-b1.html";
    write(
        &input,
        format!("{{\"link\":\"{url}\",\"text\":\"The pier is sold.\"}}\n"),
    );
    let mut command = clean();
    command.args(["--url-field", "link"]).arg(&input).arg("-o");
    assert_eq!(run(command.arg(&output)).code, Some(0));
    let record: Value = serde_json::from_slice(&std::fs::read(output).unwrap()).unwrap();
    assert_eq!(record["cleancopy"]["profile"], "independent");
}

#[test]
fn workers_make_no_difference_and_packing_neither() {
    let folder = scratch();
    let config = keld(folder.path());
    let plain = news(4_000);
    write(&folder.path().join("in/a.jsonl"), &plain);
    write(&folder.path().join("in/b.jsonl.gz"), gzip(plain.as_bytes()));
    let zstd = zstd::encode_all(plain.as_bytes(), 1).unwrap();
    write(&folder.path().join("in/c.jsonl.zst"), zstd);
    write(
        &folder.path().join("in/d.txt"),
        "Log in\nThe pier is sold.\n",
    );
    let outputs: Vec<_> = ["1", "2", "5"]
        .into_iter()
        .map(|jobs| {
            let out = folder.path().join(jobs);
            let mut command = clean_keld(&config);
            command.args(["--slim", "--jobs", jobs, "--memory", "20M"]);
            let answer = run(command.arg(folder.path().join("in")).arg("-o").arg(&out));
            assert_eq!(answer.code, Some(0), "{}", answer.err);
            crate::tree(&out)
        })
        .collect();
    assert_eq!(outputs[0].len(), 5, "{:?}", outputs[0].keys());
    assert_eq!(outputs[0], outputs[1]);
    assert_eq!(outputs[0], outputs[2]);
    let wanted = plain.replace("\"Log in\\n", "\"");
    assert_eq!(outputs[0]["a.jsonl"], wanted.as_bytes());
    let mut unpacked = String::new();
    let packed = flate2::bufread::MultiGzDecoder::new(outputs[0]["b.jsonl.gz"].as_slice());
    std::io::Read::read_to_string(&mut { packed }, &mut unpacked).unwrap();
    assert_eq!(unpacked, wanted);
    let unpacked = zstd::decode_all(outputs[0]["c.jsonl.zst"].as_slice()).unwrap();
    assert_eq!(unpacked, wanted.as_bytes());
    assert_eq!(outputs[0]["d.txt"], b"The pier is sold.\n");
}

#[test]
fn records_go_to_standard_output_without_a_place() {
    let folder = scratch();
    let input = folder.path().join("in.jsonl");
    write(&input, RECORD);
    let mut command = clean_keld(&keld(folder.path()));
    let answer = run(command.args(["--slim"]).arg(&input));
    assert_eq!(
        answer.out,
        RECORD.replace("Log in\\nThe \\u0070ier", "The pier")
    );
    assert!(
        answer.err.contains("removed 1 of 2 lines"),
        "{}",
        answer.err
    );
}
