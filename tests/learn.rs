//! `clean learn` on an invented newspaper.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use support::stories::STORIES;
use support::{Answer, clean, run, scratch, write};

/// A page as a dump of the whole page gives it.
fn page(at: usize) -> String {
    let (title, first, second) = STORIES[at];
    let mut page = String::new();
    for line in [
        "Keld Courier",
        "News",
        "Sport",
        "Tides",
        "Culture",
        "Puzzles",
        "Log in",
    ] {
        writeln!(page, "{line}").unwrap();
    }
    writeln!(page, "{title}\n{first}").unwrap();
    writeln!(
        page,
        "Enjoying the Keld Courier every day?\nTake it with you on the ferry"
    )
    .unwrap();
    writeln!(page, "{second}").unwrap();
    writeln!(page, "Most read on this coast").unwrap();
    for card in [(at + 1) % 5, (at + 3) % 5] {
        writeln!(page, "Archive number {card}{at}").unwrap();
    }
    for line in [
        "About the Keld Courier",
        "Contact the newsroom",
        "Work at the harbour desk",
        "House rules",
    ] {
        writeln!(page, "{line}").unwrap();
    }
    page
}

fn stories(folder: &Path, which: std::ops::Range<usize>) {
    for at in which {
        write(&folder.join(format!("{at}.txt")), page(at));
    }
}

/// Learns a profile from a corpus into a folder of profiles: where it stands, and
/// what was said.
fn learn(corpus: &Path, config: &Path) -> (PathBuf, Answer) {
    let profile = config.join("profiles/keld-courier.toml");
    std::fs::create_dir_all(profile.parent().unwrap()).unwrap();
    let mut command = clean();
    command.args(["learn", "--name", "keld-courier", "-o"]);
    let learned = run(command.args([profile.as_path(), corpus]));
    assert_eq!(learned.code, Some(0), "{}", learned.err);
    (profile, learned)
}

#[test]
fn what_is_learned_passes_its_check_and_cleans_a_page_not_seen() {
    let folder = scratch();
    let (corpus, config) = (folder.path().join("corpus"), folder.path().join("config"));
    stories(&corpus, 0..4);
    let (_, learned) = learn(&corpus, &config);
    assert!(
        learned.err.contains("from 4 documents, 4 trials"),
        "{}",
        learned.err
    );
    let checked =
        run(clean()
            .arg("--config")
            .arg(&config)
            .args(["profile", "check", "keld-courier"]));
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    let new = folder.path().join("new.txt");
    write(&new, page(4));
    let cleaned = run(clean()
        .arg("--config")
        .arg(&config)
        .args(["-q", "--profile", "keld-courier"])
        .arg(&new));
    let (title, first, second) = STORIES[4];
    assert_eq!(cleaned.out, format!("{title}\n{first}\n{second}\n"));
}

#[test]
fn the_same_corpus_gives_the_same_profile_on_standard_output() {
    let folder = scratch();
    stories(folder.path(), 0..4);
    let learn = || {
        run(clean()
            .args(["learn", "--name", "keld", "-q"])
            .arg(folder.path()))
    };
    let (first, second) = (learn(), learn());
    assert_eq!(first.out, second.out);
    assert!(first.out.contains("extends = \"english\""), "{}", first.out);
    assert_eq!(first.err, "");
}

#[test]
fn json_lines_name_hosts_and_months() {
    let folder = scratch();
    let lines: Vec<String> = (0..4)
        .map(|at| {
            let url = format!("https://www.keldcourier.example/2026/10/0{}/story", at + 1);
            let text = page(at);
            format!(
                "{{\"key\":{at},\"body\":{},\"url\":\"{url}\"}}\n",
                serde_json::json!(text)
            )
        })
        .collect();
    let file = folder.path().join("dump.jsonl");
    write(&file, lines.concat());
    let names = ["--id-field", "key", "--text-field", "body"];
    let learned = run(clean()
        .args(["learn", "--name", "keld"])
        .args(names)
        .arg(&file));
    assert!(
        learned.out.contains("hosts = [\"keldcourier.example\"]"),
        "{}",
        learned.out
    );
    assert!(
        learned.out.contains("\"About the Keld Courier\""),
        "{}",
        learned.out
    );
    assert!(
        learned.out.contains("seen = \"2026-10\""),
        "{}",
        learned.out
    );
    let wrong = run(clean().args(["learn", "--name", "keld"]).arg(&file));
    assert_eq!(wrong.code, Some(2));
    assert!(
        wrong
            .err
            .contains("dump.jsonl:1: passed over: no text in `text`"),
        "{}",
        wrong.err
    );
    assert!(
        wrong.err.contains("--text-field (here are: "),
        "{}",
        wrong.err
    );
}

#[test]
fn what_is_glued_to_a_title_is_cut_and_doubles_need_no_rule() {
    let folder = scratch();
    let (corpus, config) = (folder.path().join("corpus"), folder.path().join("config"));
    let authors = ["Ann Example", "Bo Sample", "Cy Ray", "Di Fox", "Ed Low"];
    let glued = |at: usize| {
        let title = STORIES[at].0;
        let lines = format!(
            "{title} | Keld Courier\n{title}By {}\n{title}{title}",
            authors[at]
        );
        page(at).replacen(title, &lines, 1)
    };
    for at in 0..4 {
        write(&corpus.join(format!("{at}.txt")), glued(at));
    }
    let (profile, learned) = learn(&corpus, &config);
    let toml = std::fs::read_to_string(&profile).unwrap();
    assert!(toml.contains("ends = \"| Keld Courier\""), "{toml}");
    assert!(toml.contains("glued-double: 4 by drop-repeats/"), "{toml}");
    assert!(learned.err.contains("need no rule"), "{}", learned.err);
    let run_in = |args: &[&str]| run(clean().current_dir(folder.path()).args(args));
    let tested = run_in(&["test", "keld-courier"]);
    assert_eq!(tested.code, Some(0), "{}", tested.out);
    let new = folder.path().join("new.txt");
    write(&new, glued(4));
    let cleaned = run_in(&["-p", "keld-courier", "new.txt"]);
    let (title, first, second) = STORIES[4];
    assert_eq!(cleaned.out, format!("{title}\n{first}\n{second}\n"));
}

#[test]
fn two_documents_are_too_few() {
    let folder = scratch();
    stories(folder.path(), 0..2);
    let learned = run(clean().args(["learn", "--name", "keld"]).arg(folder.path()));
    assert_eq!((learned.code, learned.out.as_str()), (Some(2), ""));
    assert!(
        learned
            .err
            .contains("at least 3 documents of one publisher, here are 2"),
        "{}",
        learned.err
    );
}

#[test]
fn a_quoted_glob_names_a_corpus_and_one_without_files_is_an_error() {
    let folder = scratch();
    stories(folder.path(), 0..4);
    write(&folder.path().join("readme.text"), "No story.\n");
    let learn = |glob: &str| {
        let mut command = clean();
        command.args(["learn", "--name", "keld"]);
        run(command.arg(folder.path().join(glob)))
    };
    let some = learn("[0-3].txt");
    assert!(some.err.contains("from 4 documents"), "{}", some.err);
    let none = learn("*.htm");
    assert_eq!(none.code, Some(2), "{}", none.err);
    assert!(
        none.err.contains("*.htm` matches no file and no folder"),
        "{}",
        none.err
    );
}
