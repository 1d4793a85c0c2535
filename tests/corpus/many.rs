//! Runs over many files: what is refused, shares, the report, memory.

use std::path::Path;

use serde_json::Value;

use crate::support::{run, scratch, write};
use crate::{clean_keld, keld, news, tree};

#[test]
fn a_full_folder_is_written_into_by_force_alone() {
    let folder = scratch();
    let config = keld(folder.path());
    write(&folder.path().join("in/a.jsonl"), news(3));
    write(&folder.path().join("in/b.txt"), "The pier is sold.\n");
    let out = folder.path().join("out");
    write(&out.join("mine.txt"), "not theirs");
    let cleaned = |more: &[&str]| {
        let mut command = clean_keld(&config);
        run(command
            .args(more)
            .arg(folder.path().join("in"))
            .arg("-o")
            .arg(&out))
    };
    for more in [&[][..], &["--resume"]] {
        let answer = cleaned(more);
        assert_eq!(answer.code, Some(2));
        assert!(
            answer.err.contains("the folder is not empty"),
            "{}",
            answer.err
        );
    }
    assert_eq!(cleaned(&["--force"]).code, Some(0));
    assert_eq!(
        std::fs::read_to_string(out.join("mine.txt")).unwrap(),
        "not theirs"
    );
    assert!(out.join("a.jsonl").exists() && out.join("b.txt").exists());
    // There is nothing left to do, and that is no mistake.
    let done = cleaned(&["--resume"]);
    assert_eq!(done.code, Some(0));
    assert!(done.err.contains("has done all of this"), "{}", done.err);
}

#[test]
fn two_inputs_never_share_a_result() {
    let folder = scratch();
    let config = keld(folder.path());
    for name in ["x/a.jsonl", "y/a.jsonl", "z/failed.jsonl"] {
        write(&folder.path().join(name), news(1));
    }
    let refused = |inputs: &[&str], said: &str| {
        let mut command = clean_keld(&config);
        command.args(inputs.iter().map(|name| folder.path().join(name)));
        let answer = run(command.arg("-o").arg(folder.path().join("out/")));
        assert_eq!(answer.code, Some(2));
        assert!(answer.err.contains(said), "{}", answer.err);
        assert!(!folder.path().join("out").exists());
    };
    refused(&["x/a.jsonl", "y/a.jsonl"], "would both be written to");
    refused(&["x/a.jsonl", "z/failed.jsonl"], "would both be written to");
}

#[test]
fn shares_put_together_are_the_whole() {
    let folder = scratch();
    let config = keld(folder.path());
    for n in 0..5 {
        write(&folder.path().join(format!("in/{n}.jsonl")), news(n + 1));
    }
    write(
        &folder.path().join("in/t.txt"),
        "Log in\nThe pier is sold.\n",
    );
    let cleaned = |out: &Path, more: &[&str]| {
        let mut command = clean_keld(&config);
        command.args(more).arg(folder.path().join("in"));
        let answer = run(command.arg("-o").arg(out));
        assert_eq!(answer.code, Some(0), "{}", answer.err);
    };
    let (whole, shares) = (folder.path().join("whole"), folder.path().join("shares"));
    cleaned(&whole, &[]);
    for share in ["1/3", "2/3", "3/3"] {
        cleaned(&shares, &["--shard", share]);
    }
    let (mut whole, mut shares) = (tree(&whole), tree(&shares));
    whole.remove("report.json");
    for number in 1..=3 {
        assert!(
            shares
                .remove(&format!("report-{number}-of-3.json"))
                .is_some()
        );
    }
    assert_eq!(whole, shares);
}

#[test]
fn one_large_input_is_dealt_out_by_its_records() {
    let folder = scratch();
    let config = keld(folder.path());
    write(&folder.path().join("big.jsonl"), news(20_000));
    let cleaned = |out: &str, more: &[&str]| {
        let mut command = clean_keld(&config);
        command.args(more).arg(folder.path().join("big.jsonl"));
        let answer = run(command.arg("-o").arg(folder.path().join(out)));
        assert_eq!(answer.code, Some(0), "{}", answer.err);
    };
    let read = |name: String| std::fs::read_to_string(folder.path().join(name)).unwrap();
    cleaned("whole.jsonl", &[]);
    let (mut all, mut filled) = (Vec::new(), 0);
    for number in 1..=3 {
        let share = format!("{number}/3");
        cleaned("shares/", &["--shard", &share]);
        cleaned("one.jsonl", &["--shard", &share]);
        let text = read(format!("shares/big-{number}-of-3.jsonl"));
        assert_eq!(text, read(format!("one-{number}-of-3.jsonl")));
        filled += usize::from(!text.is_empty());
        all.extend(text.lines().map(str::to_owned));
    }
    assert_eq!(filled, 3);
    let whole = read("whole.jsonl".to_owned());
    let mut whole: Vec<_> = whole.lines().map(str::to_owned).collect();
    all.sort_unstable();
    whole.sort_unstable();
    assert_eq!(all, whole);
}

#[test]
fn the_report_counts_and_names_what_ran() {
    let folder = scratch();
    write(&folder.path().join("a.jsonl"), news(9));
    let out = folder.path().join("out.jsonl");
    let mut command = clean_keld(&keld(folder.path()));
    let answer = run(command
        .arg(folder.path().join("a.jsonl"))
        .arg("-o")
        .arg(&out));
    assert_eq!(answer.code, Some(0), "{}", answer.err);
    let report = std::fs::read(folder.path().join("out.report.json")).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    assert_eq!(report["schema"], "cleancopy.report/1");
    assert_eq!(report["documents"], 9);
    assert_eq!(report["profiles"]["keld"], 9);
    assert_eq!(report["categories"]["login"], 3);
    assert_eq!(report["rules"]["strip-banners"]["login/log-in"], 3);
    assert_eq!(
        report["bytes"]["written"],
        std::fs::metadata(&out).unwrap().len()
    );
    assert!(report["seconds"]["plugins"]["strip-banners"].is_number());
    let provenance = &report["provenance"];
    let sum = |file: &Value| file["sha256"].as_str().unwrap_or_default().len();
    assert_eq!(sum(&provenance["program"]), 64);
    let plugins = provenance["plugins"].as_array().unwrap();
    assert!(
        plugins
            .iter()
            .any(|p| p["name"] == "strip-banners" && sum(p) == 64)
    );
    let config = provenance["config"].as_array().unwrap();
    assert!(
        config
            .iter()
            .any(|file| file["name"] == "profiles/keld.toml" && sum(file) == 64)
    );
    assert!(!folder.path().join("out.failed.jsonl").exists());
}

/// The most memory a run over so many records needed, in kilobytes.
#[cfg(target_os = "linux")]
fn peak(folder: &Path, records: usize) -> u64 {
    let input = folder.join(format!("{records}.jsonl"));
    write(&input, news(records));
    let mut command = clean_keld(&keld(folder));
    command
        .args(["--quiet", "--slim", "--jobs", "2", "--memory", "12M"])
        .arg(&input);
    command
        .arg("-o")
        .arg(folder.join(format!("{records}.out.jsonl")));
    let mut child = command.spawn().unwrap();
    let mut most = 0;
    loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
        let line = status.unwrap_or_default();
        let line = line.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let now = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        most = most.max(now.unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return most;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_corpus() {
    let folder = scratch();
    let (once, many) = (peak(folder.path(), 6_000), peak(folder.path(), 60_000));
    assert!(
        many as f64 <= once as f64 * 1.2,
        "{once} kB, then {many} kB"
    );
}
