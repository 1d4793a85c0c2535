//! JSON lines in and out.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use cleancopy_corpus::Packing;
use serde_json::{Value, json};
use support::{Run, article, clean_article, reads_on_from_every_batch};

fn line(number: usize) -> String {
    json!({"id": number, "text": article(number), "note": "kept"}).to_string() + "\n"
}

#[test]
fn every_record_comes_once_and_in_order() {
    let mut run = Run::new();
    let lines: String = (0..3000).map(line).collect();
    for name in ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"] {
        let input = run.file(name, lines.as_bytes());
        let ran = run.clean_by_several(&input, "a.jsonl");
        let out = String::from_utf8(ran.output.unwrap()).unwrap();
        assert_eq!(out.lines().count(), 3000);
        for (number, line) in out.lines().enumerate() {
            let wanted = json!({"id": number, "text": clean_article(number), "note": "kept"});
            assert_eq!(serde_json::from_str::<Value>(line).unwrap(), wanted);
        }
        assert!(ran.failures.is_empty() && ran.litter.is_empty());
    }
}

#[test]
fn a_run_reads_on_from_every_batch() {
    let run = Run::new();
    let mut lines: String = (0..3000).map(line).collect();
    // Longer than a batch, longer than what is read at all, and cut off.
    for length in [3 << 20, 9 << 20] {
        lines += &format!("{{\"text\":\"{}\"}}\n", "x".repeat(length));
        lines += &(0..2000).map(line).collect::<String>();
    }
    lines += "{\"text\":\"no end";
    for name in ["a.jsonl", "a.jsonl.zst"] {
        let input = run.file(name, lines.as_bytes());
        reads_on_from_every_batch(&run.task(&input, "a.jsonl"));
    }
}

#[test]
fn a_file_without_records_stays_one() {
    let run = Run::new();
    for name in ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"] {
        let input = run.file("in", b"").with_file_name(name);
        let nothing = Packing::of(&input).0.pack_nothing().unwrap();
        std::fs::write(&input, &nothing).unwrap();
        let ran = run.clean(&input, name);
        assert_eq!((ran.tally.documents, ran.tally.broken), (0, 0), "{name}");
        assert_eq!(ran.output, Some(nothing));
    }
}
