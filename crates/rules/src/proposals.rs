//! The tests that the words of lines propose, line by line.

use std::sync::{Mutex, MutexGuard};

use crate::condition::Spot;
use crate::due::Due;
use crate::fold::{Fold, is_plain};
use crate::memory::{Asked, Memory, Source};
use crate::trigger::Triggers;
use crate::view::View;

/// Proposes tests, and remembers what became of them in the text before.
#[derive(Debug, Default)]
pub(crate) struct Proposals(Mutex<Kept>);

/// What is kept from one text to the next.
#[derive(Debug, Default)]
struct Kept {
    /// Of the text before.
    last: Memory,
    /// The rest is of use for its room alone.
    now: Memory,
    known: Vec<Option<usize>>,
    due: Due,
    /// What the line that was asked for last folds to.
    folded: String,
    below: Vec<u32>,
    above: Vec<u32>,
}

impl Proposals {
    /// Those for the lines of a text, which must be asked for one by one.
    pub(crate) fn of<'p>(&'p self, lines: &[&str], triggers: &'p Triggers) -> Ongoing<'p> {
        // Another thread may be at it; this one then begins with nothing.
        let mut home = self.0.try_lock().ok();
        let mut kept = home.as_deref_mut().map(std::mem::take).unwrap_or_default();
        kept.last.recall(lines, &mut kept.known);
        kept.now.renew(lines);
        kept.above.clear();
        kept.below.clear();
        Ongoing {
            triggers,
            home,
            kept,
            line: 0,
        }
    }
}

/// The proposals for a text, as far as they were asked for.
pub(crate) struct Ongoing<'p> {
    triggers: &'p Triggers,
    home: Option<MutexGuard<'p, Kept>>,
    kept: Kept,
    /// The index of the line that comes next.
    line: usize,
}

impl Ongoing<'_> {
    /// The tests for the next line, which comes along, in their order.
    pub(crate) fn next(&mut self, line: &str, spot: Spot, asked: &mut Vec<Asked>) {
        asked.clear();
        let kept = &mut self.kept;
        kept.folded.clear();
        if let Some(at) = kept.known[self.line] {
            let (tests, below) = kept.last.tests(at);
            asked.extend(tests);
            kept.below.extend(below);
        } else {
            let bare = line.trim_ascii();
            let (due, below) = (&mut kept.due, &mut kept.below);
            if is_plain(bare) {
                self.triggers.of_words(bare, bare.len(), due, below);
            } else {
                Fold::FULL.push(line, &mut kept.folded);
                // A character has four bytes at most.
                let chars = bare.len() / 4;
                self.triggers.of_words(&kept.folded, chars, due, below);
            }
            let due = kept.due.drain();
            asked.extend(due.map(|test| Asked::new(test, Source::Line)));
        }
        let above = kept.above.iter();
        asked.extend(above.map(|test| Asked::new(*test, Source::Above)));
        for test in self.triggers.of_each(spot, line.len()) {
            if !asked.iter().any(|asked| asked.test == test) {
                asked.push(Asked::new(test, Source::Place));
            }
        }
        asked.sort_unstable();
        asked.dedup_by_key(|asked| asked.test);
    }

    /// The line that was asked for last, with its folded form if that is at hand.
    pub(crate) fn view<'v>(&'v self, line: &'v str) -> View<'v> {
        if self.kept.folded.is_empty() {
            return View::new(line);
        }
        View::with_full(line, &self.kept.folded)
    }

    /// Remembers what became of the tests of that line.
    pub(crate) fn settle(&mut self, line: &str, asked: &[Asked]) {
        let kept = &mut self.kept;
        kept.now.keep(line, asked, &kept.below);
        std::mem::swap(&mut kept.above, &mut kept.below);
        kept.below.clear();
        self.line += 1;
    }
}

impl Drop for Ongoing<'_> {
    fn drop(&mut self) {
        if let Some(home) = &mut self.home {
            let mut kept = std::mem::take(&mut self.kept);
            std::mem::swap(&mut kept.last, &mut kept.now);
            **home = kept;
        }
    }
}
