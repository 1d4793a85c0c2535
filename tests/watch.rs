//! `clean watch`, with real saves.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use support::{clean, run, scratch, write};

/// How long a line may take to come, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

const STORY: &str = "Pier sold to the town\nGet the Courier app\n\
                     The board voted on Monday to sell.\nIt rained all day.\n";

fn profile(rule: &str) -> String {
    format!(
        "schema = 1\nname = \"keld-courier\"\n[[chain]]\nuse = \"strip-banners\"\n\
         [[chain.rule]]\nid = \"app-promo/keld\"\ncategory = \"app-promo\"\n{rule}\n"
    )
}

/// A running `clean watch`, with the lines it prints on either stream.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = clean();
        command
            .current_dir(folder)
            .args(["watch", "keld-courier", "story.txt"])
            .args(arguments);
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        let (send, lines) = channel();
        let out: Box<dyn Read + Send> = Box::new(child.stdout.take().unwrap());
        let err: Box<dyn Read + Send> = Box::new(child.stderr.take().unwrap());
        for stream in [out, err] {
            let send = send.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = send.send(line);
                }
            });
        }
        Self { child, lines }
    }

    /// The lines up to the first that has this in it.
    fn until(&self, text: &str) -> Vec<String> {
        let (mut seen, start) = (Vec::new(), Instant::now());
        while start.elapsed() < PATIENCE {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                break;
            };
            let found = line.contains(text);
            seen.push(line);
            if found {
                return seen;
            }
        }
        panic!("no line with `{text}` in {seen:#?}");
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_save_shows_what_it_changed() {
    let folder = scratch();
    let file = folder.path().join("config/profiles/keld-courier.toml");
    let story = folder.path().join("story.txt");
    write(&file, profile("equals = \"Get the Courier app\""));
    write(&story, STORY);
    let watch = Watch::start(folder.path(), &[]);
    let first = watch.until("watching ");
    let has = |lines: &[String], line: &str| lines.iter().any(|l| l == line);
    assert!(
        has(&first, "-Get the Courier app  ← app-promo/keld"),
        "{first:#?}"
    );

    write(&file, profile("starts = \"It rained\""));
    let edit = watch.until("story.txt: 1 line leaves, 1 comes back");
    assert!(
        has(&edit, "  -It rained all day.  ← app-promo/keld"),
        "{edit:#?}"
    );
    assert!(
        has(&edit, "  +Get the Courier app  (before ← app-promo/keld)"),
        "{edit:#?}"
    );

    write(&file, profile("regex = \"It (rained\""));
    let wrong = watch.until("the last good result stands").join("\n");
    assert!(
        wrong.contains("config/profiles/keld-courier.toml:8:9"),
        "{wrong}"
    );
    assert!(wrong.contains("    It (rained\n       ^"), "{wrong}");

    write(&file, profile("starts = \"It rained\""));
    watch.until("story.txt: no change");

    write(&story, format!("{STORY}The ferry sails again.\n"));
    let document = watch.until("story.txt: the document was edited");
    assert!(has(&document, "  +The ferry sails again."), "{document:#?}");
}

#[test]
fn evidence_and_cases_run_too_and_polling_sees_saves() {
    let folder = scratch();
    let file = folder.path().join("config/profiles/keld-courier.toml");
    let rule = |text: &str| {
        let evidence = "removes = [\"Get the Courier app\"]\nkeeps = [\"Get a ferry.\"]";
        profile(&format!("equals = \"{text}\"\n{evidence}"))
    };
    write(&file, rule("Get the Courier app"));
    write(&folder.path().join("story.txt"), STORY);
    let case = folder.path().join("tests/cases/keld-courier/app");
    write(&case.join("input.txt"), STORY);
    let expected = "--- -\n+++ clean\n@@ -1,4 +1,3 @@\n Pier sold to the town\n-Get the Courier app  ← app-promo/keld\n \
                    The board voted on Monday to sell.\n It rained all day.\n";
    write(&case.join("expected.diff"), expected);
    let watch = Watch::start(folder.path(), &["--poll=0.2"]);
    watch.until("1 case, 1 rule with evidence: all hold");
    watch.until("watching ");

    write(&file, rule("Get our app"));
    let wrong = watch
        .until("1 case, 1 rule with evidence: 2 failed")
        .join("\n");
    assert!(wrong.contains("FAILED rule app-promo/keld"), "{wrong}");
    assert!(wrong.contains("FAILED keld-courier/app"), "{wrong}");

    write(&file, rule("Get the Courier app"));
    let mended = watch
        .until("1 case, 1 rule with evidence: all hold")
        .join("\n");
    assert!(mended.contains("holds again keld-courier/app"), "{mended}");
    assert!(
        mended.contains("holds again rule app-promo/keld"),
        "{mended}"
    );

    write(&case.join("expected.diff"), "");
    watch.until("FAILED keld-courier/app");
}

#[test]
fn what_can_never_be_saved_is_refused() {
    let stdin = run(clean().args(["watch", "english", "-"]));
    assert_eq!(stdin.code, Some(2));
    assert!(stdin.err.contains("standard input"), "{}", stdin.err);
    let name = run(clean().args(["watch", "englsh", "seeds/agency-fisheries-accord.txt"]));
    assert_eq!(name.code, Some(2));
    assert!(name.err.contains("did you mean `english`?"), "{}", name.err);
}
