//! Files of records: what becomes of each, and the run over all of them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::bail;
use cleancopy_corpus::{
    Chosen, Cleaner, Container, ContainerTask, Failed, Failure, FieldNames, Packing, Progress,
    RecordOptions, RunOptions, Tally, Task, TextFormat, Watcher, run as run_tasks,
};
use cleancopy_model::Document;

use crate::Outcome;
use crate::args::{CleanArgs, Format, RecordArgs, To};
use crate::body::shape;
use crate::choose::Chains;
use crate::input::RecordFile;
use crate::style::{FAINT, complain, count, paint, say};

/// How many failures are said one by one; the file has all of them.
const SAID: usize = 20;

impl RecordArgs {
    /// The names of the fields.
    pub(crate) fn names(&self) -> FieldNames {
        FieldNames {
            id: self.id_field.clone(),
            text: self.text_field.clone(),
            url: self.url_field.clone(),
            html: self.html_field.clone(),
        }
    }

    fn run_options(&self) -> RunOptions {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        RunOptions {
            jobs: self.jobs.map_or(cores, usize::from),
            memory: self.memory,
            max_failures: self.max_failures,
        }
    }
}

/// Where failures of a run go: into the folder, or beside the file.
fn failed_file(output: &Path, is_folder: bool) -> PathBuf {
    if is_folder {
        return output.join("failed.jsonl");
    }
    let (_, name) = Packing::of(output);
    name.with_extension("failed.jsonl")
}

/// Cleans the records of files.
pub(crate) fn run(
    args: &CleanArgs,
    files: &[RecordFile],
    has_folder: bool,
    chains: Chains,
) -> anyhow::Result<Outcome> {
    let Some(output) = &args.output else {
        bail!("records need a place to go: name a file or a folder with -o");
    };
    let looks_like_folder = output.is_dir() || output.as_os_str().to_string_lossy().ends_with('/');
    let is_folder = has_folder || files.len() > 1 || looks_like_folder;
    let options = Arc::new(record_options(args)?);
    let run_options = args.records.run_options();
    let mut tasks: Vec<Box<dyn Task>> = Vec::new();
    for file in files {
        let output = match args.records.to {
            Some(to) if is_folder => output.join(to.container().name(&file.name)),
            _ if is_folder => output.join(&file.name),
            _ => output.clone(),
        };
        let to = become_of(file, &output, args.records.to)?;
        tasks.push(Box::new(ContainerTask {
            input: file.path.clone(),
            from: file.container,
            output,
            to,
            options: Arc::clone(&options),
            longest: run_options.longest(),
        }));
    }
    let ready = Mutex::new(Some(chains.another()));
    let first = Mutex::new(Some(chains));
    let make = || -> Result<Box<dyn Cleaner + '_>, String> {
        let mine = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let ready = ready.lock().unwrap_or_else(PoisonError::into_inner);
        let chains = mine.or_else(|| ready.as_ref().map(Chains::another));
        let chains = chains.ok_or("no chain")?;
        Ok(Box::new(ChainCleaner { chains, args }))
    };
    let failed = failed_file(output, is_folder);
    let watcher = Said::default();
    let tally = run_tasks(
        &tasks,
        &make,
        &run_options,
        Failed::new(Some(failed.clone())),
        &watcher,
    )?;
    Ok(tell(&tally, args, &failed))
}

/// The container and packing of what a file becomes.
fn become_of(
    file: &RecordFile,
    output: &Path,
    to: Option<To>,
) -> anyhow::Result<(Container, Packing)> {
    let named = Container::of(output).unwrap_or(file.container);
    let becomes = to.map_or(named, |to| match to.container() {
        container if container == named.0 => named,
        container => (container, Packing::of(output).0),
    });
    if !file.container.0.becomes(becomes.0) {
        bail!(
            "{}: cannot become {}; name a .jsonl or .parquet file, or a folder, which keeps the \
             containers",
            file.path.display(),
            output.display()
        );
    }
    Ok(becomes)
}

fn record_options(args: &CleanArgs) -> anyhow::Result<RecordOptions> {
    let format = match args.wanted() {
        Format::Text => TextFormat::Text {
            marks: !args.no_marks,
        },
        Format::Markdown => TextFormat::Markdown,
        _ => bail!("records hold text or Markdown; their field `cleancopy` says what left and why"),
    };
    Ok(RecordOptions {
        names: args.records.names(),
        format,
        slim: args.records.slim,
    })
}

/// The summary for people.
fn tell(tally: &Tally, args: &CleanArgs, failed: &Path) -> Outcome {
    if !args.quiet {
        let documents = count(
            usize::try_from(tally.documents).unwrap_or(usize::MAX),
            "document",
            "documents",
        );
        say(&format!("{documents}: {}", tally.summary));
        for note in &tally.summary.notes {
            say(&paint(FAINT, format!("note: {note}")));
        }
    }
    if tally.failed + tally.broken == 0 {
        return Outcome::Fine;
    }
    complain(&format!(
        "{} set aside, see {}",
        tally.failed + tally.broken,
        failed.display()
    ));
    Outcome::Findings
}

/// Says failures, but not all of many.
#[derive(Default)]
struct Said {
    failures: Mutex<usize>,
}

impl Watcher for Said {
    fn tick(&self, _: &Progress) {}

    fn failed(&self, failure: &Failure) {
        let mut said = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        *said += 1;
        match *said {
            ..=SAID => complain(&format!("{}: set aside: {}", failure.place, failure.reason)),
            n if n == SAID + 1 => complain("more were set aside, which are not said one by one"),
            _ => {}
        }
    }
}

/// The chains of one worker.
struct ChainCleaner<'a> {
    chains: Chains,
    args: &'a CleanArgs,
}

impl Cleaner for ChainCleaner<'_> {
    fn clean(&mut self, document: &mut Document) -> Result<Chosen, String> {
        if self.args.url.is_some() {
            document.url.clone_from(&self.args.url);
        }
        let chosen = self.chains.choose(document);
        let language = chosen.language.as_deref();
        let cleaned = self.chains.clean(document, &chosen.profile, language);
        cleaned.map_err(|error| format!("{error:#}"))?;
        shape(document, self.args).map_err(|error| error.to_string())?;
        Ok(chosen)
    }
}
