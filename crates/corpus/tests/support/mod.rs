//! A cleaner that takes every line `Advertisement`, and runs over one file.
#![allow(
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "tests may panic, and each uses what it needs"
)]

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use cleancopy_corpus::{
    Chosen, Cleaner, Container, ContainerTask, Failed, Failure, FieldNames, Packing, Plan,
    Progress, RecordOptions, RunOptions, State, Tally, Task, TextFormat, Watcher, run,
};
use cleancopy_model::{Category, Document, EditList, Target};

struct Takes;

impl Cleaner for Takes {
    fn clean(&mut self, document: &mut Document) -> Result<Chosen, String> {
        let mut list = EditList::new();
        for at in 0..document.blocks().len() {
            match document.block_text(&document.blocks()[at]) {
                "Advertisement" => list.remove(Target::block(at), "ad/label", Category::Share),
                "Refused" => return Err("this one is refused".to_owned()),
                _ => {}
            }
        }
        document.apply("test", &list).map_err(|e| e.to_string())?;
        let (profile, why) = ("test".to_owned(), String::new());
        let language = None;
        Ok(Chosen {
            profile,
            language,
            why,
        })
    }
}

struct Silent;

impl Watcher for Silent {
    fn tick(&self, _: &Progress) {}
    fn failed(&self, _: &Failure) {}
}

/// A run over one file.
pub struct Run {
    pub folder: tempfile::TempDir,
    pub slim: bool,
    pub jobs: usize,
    pub names: FieldNames,
}

pub struct Ran {
    pub tally: Tally,
    /// Nothing if the input broke.
    pub output: Option<Vec<u8>>,
    pub path: PathBuf,
    pub failures: Vec<serde_json::Value>,
    /// Files that should not be there.
    pub litter: Vec<String>,
}

impl Run {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            slim: true,
            jobs: 1,
            names: FieldNames::default(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A file of these bytes, packed as its name says.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        let (packing, _) = Packing::of(&path);
        std::fs::write(&path, packing.pack(bytes.to_vec()).unwrap()).unwrap();
        path
    }

    pub fn task(&self, input: &Path, output: &str) -> ContainerTask {
        let out = self.path("out");
        ContainerTask {
            input: input.to_owned(),
            from: Container::of(input).unwrap(),
            to: Container::of(Path::new(output)).unwrap(),
            output: Some(out.join(output)),
            share: None,
            options: Arc::new(RecordOptions {
                digest: None,
                names: self.names.clone(),
                format: TextFormat::Text { marks: true },
                slim: self.slim,
            }),
            longest: 1 << 22,
        }
    }

    /// Cleans a file into another one.
    pub fn clean(&self, input: &Path, output: &str) -> Ran {
        let task = self.task(input, output);
        let (path, out) = (task.output.clone().unwrap(), self.path("out"));
        let _ = std::fs::remove_dir_all(&out);
        let options = RunOptions {
            jobs: self.jobs,
            memory: 1 << 26,
            max_failures: None,
        };
        let make = || -> Result<Box<dyn Cleaner>, String> { Ok(Box::new(Takes)) };
        let failed = out.join("failed.jsonl");
        let tasks: Vec<Box<dyn Task>> = vec![Box::new(task)];
        let plan = Plan {
            options,
            failed: Failed::new(Some(failed.clone())),
            journal: None,
            state: State::new("a run"),
        };
        let finished = run(&tasks, &make, plan, &Silent);
        let lines = std::fs::read_to_string(&failed).unwrap_or_default();
        let failures = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        let known = [path.clone(), failed];
        let entries = std::fs::read_dir(&out).into_iter().flatten();
        let others = entries
            .map(|e| e.unwrap().path())
            .filter(|p| !known.contains(p));
        Ran {
            tally: finished.unwrap().tally,
            output: std::fs::read(&path).ok(),
            failures: failures.collect(),
            litter: others.map(|path| path.display().to_string()).collect(),
            path,
        }
    }

    /// The same with one worker and with several; they must agree.
    pub fn clean_by_several(&mut self, input: &Path, output: &str) -> Ran {
        let several = [1, 2, 5].map(|jobs| {
            self.jobs = jobs;
            self.clean(input, output)
        });
        let [one, others @ ..] = several;
        for other in others {
            assert!(
                other.output == one.output,
                "depends on the number of workers"
            );
            assert_eq!(other.failures, one.failures);
        }
        one
    }
}

/// An invented article, noise in its middle, the longer the greater the number.
pub fn article(number: usize) -> String {
    let more = "The ferry to Lowfield waits for the tide.\n".repeat(number % 60);
    format!(
        "Pier {number} sold\nAdvertisement\nThe board of Keld sold “pier {number}”.\n{more}End."
    )
}

/// The same as it should be.
pub fn clean_article(number: usize) -> String {
    article(number).replace("Advertisement\n", "")
}

/// A source and its batches, all of them and from each place on: what is read
/// from there must not depend on having read what is before.
pub fn reads_on_from_every_batch(task: &dyn Task) {
    let mut source = task.open().unwrap();
    let (mut all, mut ends) = (Vec::new(), Vec::new());
    while let Some(batch) = source.next(Vec::new()).unwrap() {
        all.push(seen(&*batch));
        ends.push(batch.end());
    }
    assert!(
        all.len() > 2,
        "too little for several batches: {}",
        all.len()
    );
    for (at, end) in ends.into_iter().enumerate() {
        let mut source = task.open().unwrap();
        source.skip_to(end).unwrap();
        let mut rest = Vec::new();
        while let Some(batch) = source.next(Vec::new()).unwrap() {
            rest.push(seen(&*batch));
        }
        assert!(rest == all[at + 1..], "another rest behind batch {at}");
    }
}

fn seen(batch: &dyn cleancopy_corpus::Batch) -> Vec<String> {
    let seen = Mutex::new(Vec::new());
    batch.each(&mut |record| {
        let line = match record {
            Ok(record) => format!("{} {:?} {:?}", record.number, record.id, record.body),
            Err(fault) => format!("{} {}", fault.number, fault.reason),
        };
        seen.lock().unwrap().push(line);
    });
    seen.into_inner().unwrap()
}
