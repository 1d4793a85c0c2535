//! Where the workers hand over: whatever is next in order is written.

use std::collections::BTreeMap;
use std::io;
use std::time::Instant;

use super::work::{Done, Written};
use super::{Finished, Plan, Progress, Stopped, Watcher};
use crate::container::{Position, Sink, Task};
use crate::failed::{Failed, Failure};
use crate::journal::{Journal, Mark, State, Within};
use crate::tally::Tally;

/// What was written so far, and what waits for its turn.
pub(super) struct Writing<'r> {
    tasks: &'r [Box<dyn Task>],
    watcher: &'r dyn Watcher,
    failed: Failed,
    max_failures: Option<u64>,
    journal: Option<Journal>,
    state: State,
    next: u64,
    /// What came before its turn, with the bytes it holds.
    waiting: BTreeMap<u64, (usize, Done)>,
    sink: Option<Box<dyn Sink>>,
    tally: Tally,
    stopped: Option<Stopped>,
}

impl<'r> Writing<'r> {
    /// Begins where a run stands. What cannot be gone on with in the middle
    /// begins again: the state says so then.
    pub(super) fn new(
        tasks: &'r [Box<dyn Task>],
        plan: Plan,
        watcher: &'r dyn Watcher,
    ) -> Result<Self, Stopped> {
        let Plan {
            options,
            mut failed,
            mut journal,
            mut state,
        } = plan;
        let mut sink = None;
        if let Some(within) = &state.within {
            sink = tasks[state.task].sink(Some(within.written)).ok();
            if sink.is_none() {
                state.within = None;
            }
        }
        let mark = state.within.as_ref().map_or(&state.before, |w| &w.mark);
        let tally = mark.tally.clone();
        let begun = failed.go_on(mark.failed);
        let begun = begun.and_then(|()| journal.as_mut().map_or(Ok(()), |j| j.write(&state)));
        begun.map_err(|error| Stopped::Write {
            name: "the journal".to_owned(),
            error,
        })?;
        Ok(Self {
            tasks,
            watcher,
            failed,
            max_failures: options.max_failures,
            journal,
            state,
            next: 0,
            waiting: BTreeMap::new(),
            sink,
            tally,
            stopped: None,
        })
    }

    /// How far the run is.
    pub(super) fn state(&self) -> &State {
        &self.state
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
        let (task, written) = match done {
            Done::Begin(task) => (task, self.begin(task)),
            Done::Batch(task, written) => {
                for failure in &written.failures {
                    self.set_aside(task, failure)?;
                }
                (task, self.batch(*written))
            }
            Done::End(task) => (task, self.end(task)),
            Done::Broken(task, broken) => {
                self.tally.broken += 1;
                // What could be read is a file of its own; the rest is told of.
                let stays = self.sink.is_some() && broken.leaves_records();
                let failure = Failure::of_input(&self.tasks[task].name(), &broken, stays);
                self.set_aside(task, &failure)?;
                if stays {
                    (task, self.end(task))
                } else {
                    self.sink = None;
                    self.tasks[task].discard();
                    (task, self.leave(task))
                }
            }
        };
        written.map_err(|error| self.unwritten(task, error))?;
        self.check_failures()
    }

    fn begin(&mut self, task: usize) -> io::Result<()> {
        // One that goes on has its sink already.
        if self.sink.is_none() {
            self.sink = Some(self.tasks[task].sink(None)?);
        }
        Ok(())
    }

    fn batch(&mut self, batch: Written) -> io::Result<()> {
        let Some(sink) = self.sink.as_mut() else {
            return Ok(());
        };
        let before = sink.written();
        sink.write(batch.chunk?)?;
        self.tally.written += sink.written() - before;
        self.tally.add(batch.tally);
        if self.journal.as_ref().is_some_and(Journal::is_due) {
            self.checkpoint(batch.end)?;
        }
        Ok(())
    }

    /// Notes how far the task is, if it can be left here.
    fn checkpoint(&mut self, position: Position) -> io::Result<()> {
        let begun = Instant::now();
        let at = self.sink.as_mut().map(|sink| sink.checkpoint());
        let Some(written) = at.transpose()?.flatten() else {
            return Ok(());
        };
        let mark = self.mark();
        self.state.within = Some(Within {
            position,
            written,
            mark,
        });
        self.note(begun)
    }

    fn end(&mut self, task: usize) -> io::Result<()> {
        if let Some(mut sink) = self.sink.take() {
            let before = sink.written();
            sink.finish()?;
            self.tally.written += sink.written() - before;
        }
        self.tasks[task].publish()?;
        self.leave(task)
    }

    /// Notes that a task is done with.
    fn leave(&mut self, task: usize) -> io::Result<()> {
        self.state.task = task + 1;
        self.state.before = self.mark();
        self.state.within = None;
        match self.journal.as_ref().is_some_and(Journal::is_due) {
            true => self.note(Instant::now()),
            false => Ok(()),
        }
    }

    fn mark(&self) -> Mark {
        Mark {
            failed: self.failed.written(),
            tally: self.tally.clone(),
        }
    }

    /// Writes the journal; bringing the rest to the disk began at `begun`.
    fn note(&mut self, begun: Instant) -> io::Result<()> {
        self.failed.sync()?;
        if let Some(journal) = &mut self.journal {
            journal.write(&self.state)?;
            journal.rest(begun.elapsed());
        }
        Ok(())
    }

    fn set_aside(&mut self, task: usize, failure: &Failure) -> Result<(), Stopped> {
        self.watcher.failed(failure);
        let added = self.failed.add(failure);
        added.map_err(|error| self.unwritten(task, error))
    }

    fn check_failures(&self) -> Result<(), Stopped> {
        let failures = self.tally.failures();
        match self.max_failures {
            Some(most) if failures > most => Err(Stopped::TooManyFailures(failures)),
            _ => Ok(()),
        }
    }

    fn unwritten(&self, task: usize, error: io::Error) -> Stopped {
        let name = self.tasks[task].name();
        Stopped::Write { name, error }
    }

    pub(super) fn progress(&self, bytes: u64) -> Progress {
        Progress {
            documents: self.tally.documents,
            failures: self.tally.failures(),
            bytes,
        }
    }

    /// The result of the run.
    pub(super) fn finish(mut self) -> Result<Finished, Stopped> {
        let finished = self.failed.finish();
        if let Some(stopped) = self.stopped {
            return Err(stopped);
        }
        finished.map_err(|error| Stopped::Write {
            name: "the failures".to_owned(),
            error,
        })?;
        Ok(Finished {
            tally: self.tally,
            journal: self.journal,
        })
    }
}
