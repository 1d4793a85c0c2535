//! How far a run is, so that a later one can go on after any stop.
//!
//! The journal is one small file, replaced as a whole: everything before the
//! place it names is on the disk, and what lies behind is done again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::container::Position;
use crate::part::{Part, publish};
use crate::tally::Tally;

/// How far a run is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What the run is: a digest of inputs and options.
    pub run: String,
    /// Tasks before this one are done.
    pub task: usize,
    /// What was done before it began.
    pub before: Mark,
    /// How far the task is, if it can be left in the middle.
    pub within: Option<Within>,
}

/// What was counted and set aside up to some place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The length of the file of failures, in bytes.
    pub failed: u64,
    /// The counts.
    pub tally: Tally,
}

/// A place in the middle of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Within {
    /// Where in the source.
    pub position: Position,
    /// The length of what was written of it, in bytes.
    pub written: u64,
    /// What was done up to there.
    pub mark: Mark,
}

impl State {
    /// A run that has not begun.
    #[must_use]
    pub fn new(run: &str) -> Self {
        Self {
            run: run.to_owned(),
            task: 0,
            before: Mark::default(),
            within: None,
        }
    }
}

/// Where the state of a run is kept.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    every: Duration,
    due: Instant,
}

/// How many times as long as noting it took a run works before it notes again:
/// where the disk is slow or others write a lot, bringing everything to it may
/// take longer than the usual pause.
const PATIENCE: u32 = 10;

impl Journal {
    /// A journal that is written about every so often.
    #[must_use]
    pub fn new(path: PathBuf, every: Duration) -> Self {
        Self {
            path,
            every,
            due: Instant::now() + every,
        }
    }

    /// Reads a journal; nothing if there is none.
    ///
    /// # Errors
    /// What the file answers; that it is no journal, too.
    pub fn read(path: &Path) -> io::Result<Option<State>> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Whether it is time to write again.
    pub(crate) fn is_due(&self) -> bool {
        Instant::now() >= self.due
    }

    /// Waits before the next time, after it took so long this time.
    pub(crate) fn rest(&mut self, took: Duration) {
        let pause = match self.every {
            Duration::ZERO => Duration::ZERO,
            every => every.max(took.saturating_mul(PATIENCE)),
        };
        self.due = Instant::now() + pause;
    }

    /// Writes the state, and brings it to the disk.
    ///
    /// # Errors
    /// What the file system answers.
    pub fn write(&mut self, state: &State) -> io::Result<()> {
        let mut part = Part::begin(&self.path)?;
        part.append(&serde_json::to_vec(state)?)?;
        part.sync()?;
        publish(&self.path)
    }

    /// Ends a run that is complete.
    ///
    /// # Errors
    /// What the file system answers.
    pub fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }
}
