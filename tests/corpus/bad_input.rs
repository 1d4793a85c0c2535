//! Input that is broken: what can be read is, and what cannot is said.

use std::io::Read;
use std::path::Path;

use cleancopy_corpus::{Packing, Unpacked};
use serde_json::Value;

use crate::support::{Answer, run, scratch, write};
use crate::{clean_keld, gzip, keld, news};

fn failed(path: &Path) -> Vec<Value> {
    let lines = std::fs::read_to_string(path).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn cleaned(folder: &Path, more: &[&str]) -> Answer {
    let mut command = clean_keld(&keld(folder));
    command.args(more).arg(folder.join("in"));
    run(command.arg("-o").arg(folder.join("out")))
}

#[test]
fn a_record_that_cannot_be_read_is_set_aside_and_the_others_go_on() {
    let folder = scratch();
    let long = format!("{{\"text\":\"{}\"}}\n", "x".repeat(3 << 20));
    let good = "{\"text\":\"The pier is sold.\"}\n";
    let lines = [
        good.as_bytes(),
        b"nonsense\n",
        good.as_bytes(),
        b"{\"id\":\"k\",\"body\":1}\n",
        b"{\"text\":\"caf\xe9\"}\n",
        long.as_bytes(),
        good.as_bytes(),
        b"{\"text\":\"cut",
    ];
    write(&folder.path().join("in/a.jsonl"), lines.concat());
    // A sixth of this is what one record may have.
    let answer = cleaned(folder.path(), &["--slim", "--memory", "12M"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    let out = folder.path().join("out");
    assert_eq!(
        std::fs::read_to_string(out.join("a.jsonl")).unwrap(),
        good.repeat(3)
    );
    let failed = failed(&out.join("failed.jsonl"));
    let wanted = [
        (2, "no JSON object"),
        (4, "no text in `text`"),
        (5, "byte 12 of the line is not UTF-8"),
        (6, "3145740 bytes long"),
        (8, "no JSON object"),
    ];
    assert_eq!(failed.len(), wanted.len());
    for (failure, (line, reason)) in failed.iter().zip(wanted) {
        let place = failure["place"].as_str().unwrap();
        assert!(place.ends_with(&format!("a.jsonl:{line}")), "{failure}");
        assert!(
            failure["reason"].as_str().unwrap().contains(reason),
            "{failure}"
        );
        assert!(
            answer.err.contains(&format!("a.jsonl:{line}: set aside")),
            "{}",
            answer.err
        );
    }
    assert_eq!(failed[0]["text"], "nonsense");
    assert_eq!(failed[1]["id"], "k");
    assert_eq!(failed[2]["lossy"], true);
}

#[test]
fn of_what_ends_too_early_the_records_before_stay() {
    let folder = scratch();
    let text = news(3_000);
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() * 3 / 4].to_vec();
    write(
        &folder.path().join("in/a.jsonl.gz"),
        cut(gzip(text.as_bytes())),
    );
    let zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
    write(&folder.path().join("in/b.jsonl.zst"), cut(zstd));
    write(&folder.path().join("in/c.jsonl.gz"), "no gzip at all");
    write(&folder.path().join("in/d.jsonl"), news(2));
    let answer = cleaned(folder.path(), &[]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.err.contains("3 inputs are broken"), "{}", answer.err);
    let mut names: Vec<_> = crate::tree(&folder.path().join("out"))
        .into_keys()
        .collect();
    names.sort();
    let there = [
        "a.jsonl.gz",
        "b.jsonl.zst",
        "d.jsonl",
        "failed.jsonl",
        "report.json",
    ];
    assert_eq!(names, there);
    let whole = folder.path().join("whole");
    write(&whole.join("in/a.jsonl"), &text);
    assert_eq!(cleaned(&whole, &[]).code, Some(0));
    let whole = std::fs::read_to_string(whole.join("out/a.jsonl")).unwrap();
    let read = |name: &str| {
        let mut text = String::new();
        let path = folder.path().join("out").join(name);
        let mut file = Unpacked::open(&path, Packing::of(&path).0).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    };
    let failed = failed(&folder.path().join("out/failed.jsonl"));
    for (failure, name) in failed.iter().zip(["a.jsonl.gz", "b.jsonl.zst"]) {
        assert!(failure["id"].as_str().unwrap().ends_with(name), "{failure}");
        assert!(
            failure["reason"]
                .as_str()
                .unwrap()
                .contains("end too early"),
            "{failure}"
        );
        let place = failure["place"].as_str().unwrap();
        let record: u64 = place.rsplit(':').next().unwrap().parse().unwrap();
        assert!((1_000..3_000).contains(&record), "{failure}");
        assert!(
            failure["reason"]
                .as_str()
                .unwrap()
                .contains("is in the result")
        );
        // All whole records, in their order, and nothing of the torn one.
        let before: String = whole.split_inclusive('\n').take(record as usize).collect();
        assert_eq!(read(name), before);
    }
}

#[test]
fn of_damaged_packing_nothing_stays() {
    let folder = scratch();
    let mut packed = gzip(news(3_000).as_bytes());
    let middle = packed.len() / 2;
    packed[middle..middle + 64].fill(0xff);
    write(&folder.path().join("in/a.jsonl.gz"), packed);
    let answer = cleaned(folder.path(), &[]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(!folder.path().join("out/a.jsonl.gz").exists());
    let failed = failed(&folder.path().join("out/failed.jsonl"));
    let reason = failed[0]["reason"].as_str().unwrap();
    assert!(!reason.contains("in the result"), "{reason}");
}

#[test]
fn workers_and_stops_make_no_difference_to_a_torn_input() {
    let folder = scratch();
    let packed = gzip(news(9_000).as_bytes());
    write(
        &folder.path().join("in/a.jsonl.gz"),
        &packed[..packed.len() / 2],
    );
    let out = folder.path().join("out");
    let mut results = Vec::new();
    for jobs in ["1", "4"] {
        assert_eq!(
            cleaned(folder.path(), &["--jobs", jobs, "--force"]).code,
            Some(1)
        );
        results.push(std::fs::read(out.join("a.jsonl.gz")).unwrap());
        std::fs::remove_dir_all(&out).unwrap();
    }
    assert_eq!(results[0], results[1]);
}

#[test]
fn an_empty_packed_file_is_told_of() {
    let folder = scratch();
    for name in ["a.jsonl.gz", "b.jsonl.zst", "c.warc.gz", "d.csv.zst"] {
        write(&folder.path().join("in").join(name), "");
    }
    write(&folder.path().join("in/e.jsonl"), news(2));
    let answer = cleaned(folder.path(), &[]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert!(answer.err.contains("4 inputs are broken"), "{}", answer.err);
    let mut names: Vec<_> = crate::tree(&folder.path().join("out"))
        .into_keys()
        .collect();
    names.sort();
    assert_eq!(names, ["e.jsonl", "failed.jsonl", "report.json"]);
}

#[test]
fn too_many_failures_end_the_run() {
    let folder = scratch();
    write(&folder.path().join("in/a.jsonl"), "nonsense\n".repeat(5));
    write(&folder.path().join("in/b.jsonl"), news(1));
    let answer = cleaned(folder.path(), &["--max-failures", "3"]);
    assert_eq!(answer.code, Some(2));
    assert!(answer.err.contains("--max-failures"), "{}", answer.err);
    assert!(!folder.path().join("out/a.jsonl").exists());
    assert_eq!(failed(&folder.path().join("out/failed.jsonl")).len(), 5);
    let answer = cleaned(folder.path(), &["--resume"]);
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert_eq!(failed(&folder.path().join("out/failed.jsonl")).len(), 5);
    assert!(folder.path().join("out/b.jsonl").exists());
}
