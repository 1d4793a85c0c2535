//! Runs that are stopped, and go on.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{run, scratch, write};
use crate::{clean_keld, gzip, keld, news, tree};

/// How often a run is killed.
const KILLS: u32 = 20;

/// Documents and records, some of which fail, and files that end too early.
fn corpus(folder: &Path) {
    let text = news(1_500) + "nonsense\n" + &news(1_500);
    write(&folder.join("a.jsonl"), &text);
    write(&folder.join("b.jsonl.gz"), gzip(news(500).as_bytes()));
    let zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
    write(&folder.join("c.jsonl.zst"), &zstd);
    write(&folder.join("d.jsonl"), "");
    write(&folder.join("torn.jsonl.zst"), &zstd[..zstd.len() * 2 / 3]);
    let gzip = gzip(text.as_bytes());
    write(&folder.join("torn.jsonl.gz"), &gzip[..gzip.len() / 2]);
    for n in 0..40 {
        let text = format!("Log in\nPier {n} is sold.\n");
        write(&folder.join(format!("{n}.txt")), text);
    }
    write(&folder.join("x.txt"), b"caf\xe9");
}

fn command(folder: &Path, out: &Path) -> Command {
    let mut command = clean_keld(&keld(folder));
    command.args(["--resume", "--checkpoint", "0", "--quiet"]);
    command.arg(folder.join("in")).arg("-o").arg(out);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Numbers that look random and are the same in every test run.
fn scatter(n: u32) -> f64 {
    f64::from(n.wrapping_mul(2_654_435_761) >> 8) / f64::from(1 << 24)
}

/// Starts a run and waits until it works: that is when its journal is written.
fn begun(folder: &Path, out: &Path) -> Child {
    let journal = out.join(".clean-journal.json");
    let written = || journal.metadata().and_then(|file| file.modified()).ok();
    let before = written();
    let mut child = command(folder, out).spawn().unwrap();
    while written() == before && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    child
}

#[test]
fn a_run_that_is_killed_twenty_times_ends_like_one_that_is_not() {
    let folder = scratch();
    corpus(&folder.path().join("in"));
    let whole = folder.path().join("whole");
    let mut child = begun(folder.path(), &whole);
    let works = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    let took = works.elapsed();
    let wanted = tree(&whole);
    let (mut kills, mut runs, mut in_the_middle) = (0, 0, 0);
    while kills < KILLS {
        let out = folder.path().join(format!("out{runs}"));
        runs += 1;
        loop {
            let mut child = begun(folder.path(), &out);
            if kills < KILLS {
                std::thread::sleep(took.mul_f64(scatter(kills + 1) / 2.0));
                child.kill().unwrap();
            }
            if child.wait().unwrap().code().is_some() {
                break;
            }
            kills += 1;
            let journal = std::fs::read_to_string(out.join(".clean-journal.json"));
            let noted = journal.is_ok_and(|journal| journal.contains("\"position\""));
            in_the_middle += u32::from(noted);
        }
        assert_eq!(tree(&out), wanted);
        assert!(runs <= 2 * KILLS, "it never works as long as it did");
    }
    assert!(in_the_middle > 0, "no kill came in the middle of a file");
}

#[test]
fn a_run_goes_on_only_with_what_it_began_with() {
    let folder = scratch();
    let config = keld(folder.path());
    write(&folder.path().join("in/a.jsonl"), "nonsense\n");
    write(&folder.path().join("in/b.jsonl"), news(1));
    let out = folder.path().join("out");
    let cleaned = |more: &[&str]| {
        let mut command = clean_keld(&config);
        command.args(more).arg(folder.path().join("in"));
        run(command.arg("-o").arg(&out))
    };
    assert_eq!(cleaned(&["--max-failures", "0"]).code, Some(2));
    let refused = |more: &[&str], said: &str| {
        let answer = cleaned(more);
        assert_eq!(answer.code, Some(2));
        assert!(answer.err.contains(said), "{}", answer.err);
    };
    refused(&[], "a run stopped here; go on with --resume");
    refused(&["--resume", "--slim"], "begin again with --force");
    write(&folder.path().join("in/b.jsonl"), news(2));
    refused(&["--resume"], "are not those of the run that stopped");
    assert_eq!(cleaned(&["--force"]).code, Some(1));
    assert!(out.join("b.jsonl").exists() && !out.join(".clean-journal.json").exists());
}

/// A limit on the size of files stands in for a disk that is full.
#[test]
#[cfg(unix)]
fn a_full_disk_stops_a_run_that_goes_on_when_there_is_room() {
    let folder = scratch();
    write(&folder.path().join("in/a.jsonl"), news(3));
    write(&folder.path().join("in/b.jsonl"), news(6_000));
    let (whole, out) = (folder.path().join("whole"), folder.path().join("out"));
    assert!(command(folder.path(), &whole).status().unwrap().success());
    let full = command(folder.path(), &out);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 2500; exec \"$@\"", "sh"]);
    limited.arg(full.get_program()).args(full.get_args());
    for (key, value) in full.get_envs() {
        match value {
            Some(value) => limited.env(key, value),
            None => limited.env_remove(key),
        };
    }
    limited.current_dir(full.get_current_dir().unwrap());
    let answer = run(&mut limited);
    assert_eq!(answer.code, Some(2), "{}", answer.err);
    assert!(
        answer
            .err
            .contains("b.jsonl: the result could not be written"),
        "{}",
        answer.err
    );
    assert!(answer.err.contains("--resume"), "{}", answer.err);
    assert!(out.join("a.jsonl").exists() && !out.join("b.jsonl").exists());
    assert!(command(folder.path(), &out).status().unwrap().success());
    assert_eq!(tree(&out), tree(&whole));
}

/// A journal is there from the first moment, so that a kill before anything was
/// written can be gone on from.
#[test]
fn a_run_is_gone_on_with_from_its_first_moment() {
    let folder = scratch();
    write(&folder.path().join("in/a.jsonl"), news(1));
    write(&folder.path().join("in/b.jsonl"), "nonsense\n");
    let out = folder.path().join("out");
    let mut first = begun(folder.path(), &out);
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(
        command(folder.path(), &out).status().unwrap().code(),
        Some(1)
    );
    assert_eq!(
        std::fs::read(out.join("a.jsonl"))
            .unwrap()
            .iter()
            .filter(|b| **b == b'\n')
            .count(),
        1
    );
}
