//! What a run over many documents leaves beside its results, and where it
//! begins: failures, the report, the journal of a run that stopped.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use cleancopy_corpus::{
    Failed, Finished, Journal, Packing, Plan, Provenance, RunOptions, State, Tally, digest,
};
use serde_json::Value;

use crate::input::Inputs;
use crate::output::{OURS, Target, write_file};
use crate::record_args::{RecordArgs, Shard};

/// The files beside the results.
#[derive(Debug)]
pub(crate) struct Beside {
    failed: PathBuf,
    report: PathBuf,
    journal: PathBuf,
    /// The folder of the results, if it must be empty.
    folder: Option<PathBuf>,
}

impl Beside {
    /// The files of a run; none if it is too small for any.
    pub(crate) fn of(target: &Target, inputs: &Inputs, shard: Option<Shard>) -> Option<Self> {
        let share = shard.map(|s| format!("-{}-of-{}", s.number, s.of));
        let share = share.unwrap_or_default();
        match target {
            Target::Folder(folder) if inputs.are_several() || !inputs.containers.is_empty() => {
                let [failed, report] = OURS.map(|name| {
                    let (stem, extension) = name.split_once('.').unwrap_or((name, ""));
                    folder.join(format!("{stem}{share}.{extension}"))
                });
                Some(Self {
                    failed,
                    report,
                    journal: folder.join(format!(".clean-journal{share}.json")),
                    folder: shard.is_none().then(|| folder.clone()),
                })
            }
            Target::File(file) if inputs.are_several() || !inputs.containers.is_empty() => {
                let (_, name) = Packing::of(file);
                let journal = name.file_name().unwrap_or_default().to_string_lossy();
                Some(Self {
                    failed: name.with_extension("failed.jsonl"),
                    report: name.with_extension("report.json"),
                    journal: name.with_file_name(format!(".{journal}.journal.json")),
                    folder: None,
                })
            }
            _ => None,
        }
    }

    /// Where failures go.
    pub(crate) fn failed(&self) -> &Path {
        &self.failed
    }

    /// Decides where to begin, and refuses to write over what nobody said may
    /// be written over. `run` says which run it is. Nothing is left to do where an
    /// earlier run did all of it.
    pub(crate) fn start(&self, run: &str, records: &RecordArgs) -> anyhow::Result<Option<State>> {
        let shown = self.journal.display();
        let state = Journal::read(&self.journal).with_context(|| shown.to_string());
        match state {
            _ if records.force => Ok(Some(State::new(run))),
            Ok(Some(state)) if records.resume && state.run == run => Ok(Some(state)),
            Ok(Some(_)) if records.resume => bail!(
                "{shown}: the inputs, the options or the rules are not those of the run that \
                 stopped; begin again with --force"
            ),
            Ok(Some(_)) => bail!(
                "{shown}: a run stopped here; go on with --resume, or begin again with --force"
            ),
            Err(error) => Err(error.context("begin again with --force")),
            Ok(None) if records.resume && self.is_report_of(run) => Ok(None),
            Ok(None) => {
                self.refuse_full_folder()?;
                Ok(Some(State::new(run)))
            }
        }
    }

    fn is_report_of(&self, run: &str) -> bool {
        let report = std::fs::read(&self.report).ok();
        let report = report.and_then(|report| serde_json::from_slice::<Value>(&report).ok());
        report.is_some_and(|report| report["run"] == run)
    }

    fn refuse_full_folder(&self) -> anyhow::Result<()> {
        let Some(folder) = self.folder.as_ref().filter(|folder| folder.exists()) else {
            return Ok(());
        };
        let mut entries =
            std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
        if entries.next().is_some() {
            bail!(
                "{}: the folder is not empty; name another one, or write into it with --force",
                folder.display()
            );
        }
        Ok(())
    }

    /// Writes the report and ends the journal.
    pub(crate) fn finish(
        &self,
        finished: Finished,
        run: &str,
        provenance: &Provenance,
        took: Duration,
    ) -> anyhow::Result<Tally> {
        let mut report = provenance.report(&finished.tally, took);
        report["run"] = run.into();
        write_file(&self.report, |out| {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            std::io::Write::write_all(out, b"\n")
        })?;
        if let Some(journal) = finished.journal {
            let shown = || self.journal.display().to_string();
            journal.remove().with_context(shown)?;
        }
        Ok(finished.tally)
    }
}

/// Says which run it is: the same things done with the same files.
pub(crate) fn identity(provenance: &Provenance, inputs: &Inputs) -> String {
    let mut text = provenance.digest();
    for path in inputs.paths() {
        let changed = std::fs::metadata(path).and_then(|file| file.modified());
        let since = changed
            .ok()
            .and_then(|t| t.duration_since(SystemTime::UNIX_EPOCH).ok());
        text += &format!(" {}", since.unwrap_or_default().as_nanos());
    }
    digest(text.as_bytes())
}

/// The plan of a run that leaves files beside its results, or none.
pub(crate) fn plan(beside: Option<&Beside>, state: State, records: &RecordArgs) -> Plan {
    let journal = beside.map(|b| Journal::new(b.journal.clone(), records.checkpoint));
    Plan {
        options: options(records),
        failed: Failed::new(beside.map(|b| b.failed.clone())),
        journal,
        state,
    }
}

/// How a run goes about its work.
pub(crate) fn options(records: &RecordArgs) -> RunOptions {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    RunOptions {
        jobs: records.jobs.map_or(cores, usize::from),
        memory: records.memory,
        max_failures: records.max_failures,
    }
}
