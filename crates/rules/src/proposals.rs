//! The tests that the words of lines propose, line by line.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard};

use crate::condition::Spot;
use crate::find::{Numbered, Proposed};
use crate::fold::Fold;
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
    /// The lines that are not known, folded, one behind the other.
    folded: String,
    /// By line, where its folded form stands; nowhere if the line is known.
    ranges: Vec<Range<usize>>,
    /// By line, of those that are not known.
    inside: Proposed,
    below: Vec<u32>,
    above: Vec<u32>,
}

impl Proposals {
    /// Those for the lines of a text, which must be asked for one by one.
    pub(crate) fn of<'p>(&'p self, lines: &[&str], triggers: &'p Triggers) -> Ongoing<'p> {
        // Another thread may be at it; this one then begins with nothing.
        let home = self.0.try_lock().ok();
        let mut home = home;
        let mut kept = home.as_deref_mut().map(std::mem::take).unwrap_or_default();
        kept.begin(lines, triggers);
        Ongoing {
            triggers,
            home,
            kept,
            line: 0,
            inside: 0,
        }
    }
}

impl Kept {
    /// Folds the lines that are not known, and finds what stands in them.
    fn begin(&mut self, lines: &[&str], triggers: &Triggers) {
        self.last.recall(lines, &mut self.known);
        self.now.renew(lines);
        self.folded.clear();
        self.ranges.clear();
        for (line, known) in lines.iter().zip(&self.known) {
            let start = self.folded.len();
            if known.is_none() {
                Fold::FULL.push(line, &mut self.folded);
            }
            self.ranges.push(start..self.folded.len());
        }
        let lines = self.ranges.iter().cloned().enumerate();
        let fresh = lines.filter(|(_, range)| !range.is_empty());
        let fresh = fresh.map(|(line, range)| (line, &self.folded[range]));
        let fresh: Vec<Numbered<'_>> = fresh.collect();
        self.inside.clear();
        triggers.inside(&fresh, &mut self.inside);
        self.inside.sort();
        self.above.clear();
        self.below.clear();
    }
}

/// The proposals for a text, as far as they were asked for.
pub(crate) struct Ongoing<'p> {
    triggers: &'p Triggers,
    home: Option<MutexGuard<'p, Kept>>,
    kept: Kept,
    /// The index of the line that comes next.
    line: usize,
    /// Of what stands inside lines, the one that comes next.
    inside: usize,
}

impl Ongoing<'_> {
    /// The tests for the next line, which comes along, in their order.
    pub(crate) fn next(&mut self, line: &str, spot: Spot, asked: &mut Vec<Asked>) {
        asked.clear();
        let kept = &mut self.kept;
        match kept.known[self.line] {
            Some(at) => {
                let (tests, below) = kept.last.tests(at);
                asked.extend(tests);
                kept.below.extend(below);
            }
            None => {
                let folded = &kept.folded[kept.ranges[self.line].clone()];
                let (mut here, below) = (
                    |test| asked.push(Asked::new(test, Source::Line)),
                    &mut kept.below,
                );
                self.triggers
                    .at_edges(folded, &mut here, |test| below.push(test));
                let inside = kept.inside.from(self.inside).iter();
                let inside = inside.take_while(|(at, _)| *at == self.line);
                for (_, test) in inside {
                    here(*test);
                    self.inside += 1;
                }
            }
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

    /// The line that was asked for last, and its folded form if that is at hand.
    pub(crate) fn view<'v>(&'v self, line: &'v str) -> View<'v> {
        match self.kept.known[self.line] {
            Some(_) => View::new(line),
            None => View::with_full(line, &self.kept.folded[self.kept.ranges[self.line].clone()]),
        }
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
