//! Where the workers hand over: whatever is next in order is written.

use std::collections::BTreeMap;

use super::work::{Done, Written};
use super::{Progress, Stopped, Watcher};
use crate::container::{Broken, Sink, Task};
use crate::failed::{Failed, Failure};
use crate::tally::Tally;

/// What was written so far, and what waits for its turn.
pub(super) struct Writing<'r> {
    tasks: &'r [Box<dyn Task>],
    watcher: &'r dyn Watcher,
    failed: Failed,
    max_failures: Option<u64>,
    next: u64,
    /// What came before its turn, with the bytes it holds.
    waiting: BTreeMap<u64, (usize, Done)>,
    sink: Option<Box<dyn Sink>>,
    tally: Tally,
    stopped: Option<Stopped>,
}

impl<'r> Writing<'r> {
    pub(super) fn new(
        tasks: &'r [Box<dyn Task>],
        failed: Failed,
        max_failures: Option<u64>,
        watcher: &'r dyn Watcher,
    ) -> Self {
        Self {
            tasks,
            watcher,
            failed,
            max_failures,
            next: 0,
            waiting: BTreeMap::new(),
            sink: None,
            tally: Tally::default(),
            stopped: None,
        }
    }

    /// Takes what a worker has done; answers how many bytes are free again.
    pub(super) fn take(&mut self, index: u64, size: usize, done: Done) -> usize {
        self.waiting.insert(index, (size, done));
        let mut free = 0;
        while let Some((size, done)) = self.waiting.remove(&self.next) {
            self.next += 1;
            free += size;
            if self.stopped.is_none() {
                self.stopped = self.write(done).err();
            }
        }
        free
    }

    /// Ends the run.
    pub(super) fn stop(&mut self, why: Stopped) {
        self.stopped.get_or_insert(why);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.is_some()
    }

    fn write(&mut self, done: Done) -> Result<(), Stopped> {
        match done {
            Done::Begin(task) => {
                let sink = self.tasks[task].sink(None);
                self.sink = Some(sink.map_err(|error| self.unwritten(task, error))?);
                Ok(())
            }
            Done::Batch(task, written) => self.batch(task, *written),
            Done::End(task) => {
                let finished = self.sink.take().map_or(Ok(()), |mut sink| sink.finish());
                finished
                    .and_then(|()| self.tasks[task].publish())
                    .map_err(|error| self.unwritten(task, error))
            }
            Done::Broken(task, broken) => self.broken(task, &broken),
        }
    }

    fn batch(&mut self, task: usize, written: Written) -> Result<(), Stopped> {
        let chunk = written.chunk;
        let sink = self.sink.as_mut();
        let appended = chunk.and_then(|chunk| sink.map_or(Ok(()), |sink| sink.write(chunk)));
        appended.map_err(|error| self.unwritten(task, error))?;
        for failure in written.failures {
            self.set_aside(task, &failure)?;
        }
        self.tally.add(written.tally);
        self.check_failures()
    }

    fn broken(&mut self, task: usize, broken: &Broken) -> Result<(), Stopped> {
        self.sink = None;
        self.tasks[task].discard();
        self.tally.broken += 1;
        let failure = Failure::of_input(&self.tasks[task].name(), broken);
        self.set_aside(task, &failure)?;
        self.check_failures()
    }

    fn set_aside(&mut self, task: usize, failure: &Failure) -> Result<(), Stopped> {
        self.watcher.failed(failure);
        let added = self.failed.add(failure);
        added.map_err(|error| self.unwritten(task, error))
    }

    fn check_failures(&self) -> Result<(), Stopped> {
        let failures = self.tally.failed + self.tally.broken;
        match self.max_failures {
            Some(most) if failures > most => Err(Stopped::TooManyFailures(failures)),
            _ => Ok(()),
        }
    }

    fn unwritten(&self, task: usize, error: std::io::Error) -> Stopped {
        let name = self.tasks[task].name();
        Stopped::Write { name, error }
    }

    pub(super) fn progress(&self, bytes: u64) -> Progress {
        Progress {
            documents: self.tally.documents,
            failures: self.tally.failed + self.tally.broken,
            bytes,
        }
    }

    /// The result of the run.
    pub(super) fn finish(mut self) -> Result<Tally, Stopped> {
        let finished = self.failed.finish();
        match self.stopped {
            Some(stopped) => Err(stopped),
            None => finished
                .map(|()| self.tally)
                .map_err(|error| Stopped::Write {
                    name: "failed.jsonl".to_owned(),
                    error,
                }),
        }
    }
}
