//! The engine: every core cleans, order is kept, memory is bounded.
//!
//! There are as many threads as workers and no others: whoever is free takes
//! the next batch from the source, cleans it, and hands it over; whoever hands
//! over the batch that is next in order writes it, and those that waited for
//! it. So one worker is one core, and two are twice as fast.

mod reading;
mod work;
mod writing;

use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::container::{Cleaner, Task};
use crate::failed::{Failed, Failure};
use crate::journal::{Journal, State};
use crate::tally::Tally;
use reading::Reading;
use work::Worker;
use writing::Writing;

/// How often the run says how far it is.
const TICK: Duration = Duration::from_millis(100);

/// How many bytes a byte of a batch may come to while it is cleaned: itself,
/// its text, the document, what is written.
const SPREAD: usize = 6;

/// How a run goes about its work.
#[derive(Debug, Clone, Copy)]
pub struct RunOptions {
    /// How many workers there are.
    pub jobs: usize,
    /// How many bytes of memory the records in work may take.
    pub memory: usize,
    /// How many failures end the run.
    pub max_failures: Option<u64>,
}

impl RunOptions {
    /// The longest record that fits into the budget, in bytes.
    #[must_use]
    pub fn longest(&self) -> usize {
        (self.memory / SPREAD).max(1)
    }
}

/// Where a run begins, and what it leaves beside its results.
#[derive(Debug)]
pub struct Plan {
    /// How it goes about its work.
    pub options: RunOptions,
    /// Where failures go.
    pub failed: Failed,
    /// Where it notes how far it is, if a later run shall go on.
    pub journal: Option<Journal>,
    /// How far an earlier run came.
    pub state: State,
}

/// A run that came to its end.
#[derive(Debug)]
pub struct Finished {
    /// What was done, by earlier runs too.
    pub tally: Tally,
    /// To be removed when all that belongs to the run is written.
    pub journal: Option<Journal>,
}

/// What makes a cleaner for a worker.
pub type MakeCleaner<'c> = dyn Fn() -> Result<Box<dyn Cleaner + 'c>, String> + Sync + 'c;

/// Who is told how a run goes.
pub trait Watcher: Sync {
    /// Called every now and then.
    fn tick(&self, progress: &Progress);

    /// Called for every failure.
    fn failed(&self, failure: &Failure);
}

/// How far a run is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Documents that were cleaned.
    pub documents: u64,
    /// Documents and inputs that failed.
    pub failures: u64,
    /// Bytes of the inputs that are done with, packed as they are.
    pub bytes: u64,
}

/// Why a run ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A result could not be written.
    #[error("{name}: the result could not be written: {error}")]
    Write {
        /// The input.
        name: String,
        /// What the file answered.
        #[source]
        error: io::Error,
    },
    /// More failed than may.
    #[error("{0} failures; the run ends here, as --max-failures asks")]
    TooManyFailures(u64),
    /// A worker could not start.
    #[error("{0}")]
    Start(String),
}

/// What the workers share.
struct Shared<'r> {
    tasks: &'r [Box<dyn Task>],
    reading: Mutex<Reading<'r>>,
    writing: Mutex<Writing<'r>>,
    /// How many bytes of records are in work.
    held: Mutex<usize>,
    room: Condvar,
    budget: usize,
    stop: AtomicBool,
    /// How many bytes of the inputs were read.
    consumed: AtomicU64,
}

/// Runs all tasks, from where an earlier run stopped.
///
/// # Errors
/// [`Stopped`] when the run cannot go on. What was finished before stays, and
/// with a journal a later run goes on from there.
pub fn run(
    tasks: &[Box<dyn Task>],
    make: &MakeCleaner<'_>,
    plan: Plan,
    watcher: &dyn Watcher,
) -> Result<Finished, Stopped> {
    let options = plan.options;
    let writing = Writing::new(tasks, plan, watcher)?;
    let shared = Shared {
        tasks,
        reading: Mutex::new(Reading::new(tasks, writing.state())),
        writing: Mutex::new(writing),
        held: Mutex::new(0),
        room: Condvar::new(),
        budget: options.memory / SPREAD,
        stop: AtomicBool::new(false),
        consumed: AtomicU64::new(0),
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..options.jobs.max(1))
            .map(|_| scope.spawn(|| shared.work(make)))
            .collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            std::thread::sleep(TICK.min(Duration::from_millis(10)));
            watcher.tick(&shared.progress());
        }
    });
    let writing = shared.writing.into_inner();
    writing.unwrap_or_else(PoisonError::into_inner).finish()
}

impl Shared<'_> {
    /// What one worker does until there is nothing left.
    fn work(&self, make: &MakeCleaner<'_>) {
        let cleaner = match make() {
            Ok(cleaner) => cleaner,
            Err(error) => return self.stop(Stopped::Start(error)),
        };
        let mut worker = Worker::new(self.tasks, cleaner);
        let mut spare = Vec::new();
        while !self.stop.load(Ordering::Relaxed) {
            let Some((index, event)) = self.next(spare) else {
                return;
            };
            let size = event.size();
            let done = worker.work(event);
            spare = worker.spare();
            let mut writing = lock(&self.writing);
            let free = writing.take(index, size, done);
            if writing.is_stopped() {
                self.stop.store(true, Ordering::Relaxed);
            }
            drop(writing);
            *lock(&self.held) -= free;
            self.room.notify_all();
        }
    }

    /// Waits for room and reads what is next.
    fn next(&self, spare: Vec<u8>) -> Option<(u64, reading::Event)> {
        let mut reading = lock(&self.reading);
        let mut held = lock(&self.held);
        while *held > 0 && *held >= self.budget && !self.stop.load(Ordering::Relaxed) {
            held = self.room.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        drop(held);
        let (index, event) = reading.next(spare)?;
        *lock(&self.held) += event.size();
        self.consumed.store(reading.consumed(), Ordering::Relaxed);
        Some((index, event))
    }

    fn stop(&self, why: Stopped) {
        lock(&self.writing).stop(why);
        self.stop.store(true, Ordering::Relaxed);
        self.room.notify_all();
    }

    fn progress(&self) -> Progress {
        let bytes = self.consumed.load(Ordering::Relaxed);
        lock(&self.writing).progress(bytes)
    }
}

/// A lock, whatever became of who held it before: a worker that panics ends the
/// run anyway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
