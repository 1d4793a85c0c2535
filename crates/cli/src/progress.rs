//! Progress on long work: a bar on a terminal.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use cleancopy_corpus::{Failure, Progress, State, Task, Watcher};
use indicatif::{ProgressBar, ProgressStyle};

use crate::style::{complain, say};

/// A bar for this many documents; hidden for a single one, in quiet runs and
/// where standard error is no terminal.
pub(crate) fn bar(documents: usize, quiet: bool) -> ProgressBar {
    if quiet || documents < 2 {
        return ProgressBar::hidden();
    }
    let style = "{bar:30} {pos}/{len} documents, {per_sec}, {eta} left  {wide_msg:.dim}";
    let bar = ProgressBar::new(documents as u64);
    match ProgressStyle::with_template(style) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A line for work of which nobody knows how much there is; hidden where
/// standard error is no terminal.
pub(crate) fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    match ProgressStyle::with_template("{spinner} {wide_msg:.dim}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// How often a run says how far it is where standard error is no terminal.
const SPOKEN: Duration = Duration::from_secs(30);

/// How many failures are said one by one; the file of failures has all.
const FAILURES: usize = 20;

/// Shows how far a run is: a bar on a terminal, a line every so often elsewhere.
pub(crate) struct RunProgress {
    bar: ProgressBar,
    /// What is said in place of a bar; nothing in quiet runs.
    spoken: Option<Mutex<Instant>>,
    begun: Instant,
    /// The bytes of all inputs, and of those that were done before.
    total: u64,
    before: u64,
    failures: Mutex<usize>,
}

impl RunProgress {
    /// Shows nothing but failures.
    pub(crate) fn hidden() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            spoken: None,
            begun: Instant::now(),
            total: 0,
            before: 0,
            failures: Mutex::default(),
        }
    }

    /// Shows a run over tasks.
    pub(crate) fn new(tasks: &[Box<dyn Task>], state: &State, quiet: bool) -> Self {
        if quiet {
            return Self::hidden();
        }
        let size = |tasks: &[Box<dyn Task>]| tasks.iter().map(|task| task.size()).sum();
        let total = size(tasks);
        let bar = ProgressBar::new(total);
        let style = "{bar:30} {msg}, {bytes_per_sec}, {eta} left";
        let bar = match ProgressStyle::with_template(style) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        let spoken = bar.is_hidden().then(|| Mutex::new(Instant::now()));
        Self {
            bar,
            spoken,
            total,
            before: size(&tasks[..state.task.min(tasks.len())]),
            ..Self::hidden()
        }
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// `12345 documents, 3 failed`.
    fn so_far(progress: &Progress) -> String {
        let mut text = format!("{} documents", progress.documents);
        if progress.failures > 0 {
            text += &format!(", {} failed", progress.failures);
        }
        text
    }

    fn speak(&self, progress: &Progress) {
        let bytes = progress.bytes.saturating_sub(self.before) as f64;
        let seconds = self.begun.elapsed().as_secs_f64();
        let left = self.total.saturating_sub(progress.bytes) as f64;
        let share = progress.bytes as f64 / self.total.max(1) as f64;
        say(&format!(
            "{}, {:.1} MB/s, {:.0}%, {:.0} s left",
            Self::so_far(progress),
            bytes / seconds / 1e6,
            share * 100.0,
            left * seconds / bytes.max(1.0),
        ));
    }
}

impl Watcher for RunProgress {
    fn tick(&self, progress: &Progress) {
        self.bar.set_position(progress.bytes);
        self.bar.set_message(Self::so_far(progress));
        if let Some(last) = &self.spoken {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if last.elapsed() >= SPOKEN {
                *last = Instant::now();
                self.speak(progress);
            }
        }
    }

    fn failed(&self, failure: &Failure) {
        let mut said = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        *said += 1;
        let line = match *said {
            ..=FAILURES => format!("{}: set aside: {}", failure.place, failure.reason),
            n if n == FAILURES + 1 => "more failed; they are not said one by one".to_owned(),
            _ => return,
        };
        self.bar.suspend(|| complain(&line));
    }
}
