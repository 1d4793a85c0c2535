//! The tests that the words of lines propose, line by line.

use std::iter::Peekable;
use std::sync::{Mutex, MutexGuard};
use std::vec::IntoIter;

use crate::find::Due;
use crate::memory::Memory;
use crate::trigger::Triggers;

/// Proposes tests, and remembers what it proposed for the text before.
#[derive(Debug, Default)]
pub(crate) struct Proposals(Mutex<Kept>);

/// What is kept from one text to the next.
#[derive(Debug, Default)]
struct Kept {
    /// Of the text before.
    last: Memory,
    /// Of the one before that: of use for its room alone.
    spare: Memory,
}

impl Proposals {
    /// Those for the lines of a text, which must be asked for one by one.
    pub(crate) fn of<'p>(&'p self, lines: &[&str], triggers: &'p Triggers) -> Ongoing<'p> {
        // Another thread may be at it; this one then does without.
        let kept = triggers.go_by_lines_alone().then(|| self.0.try_lock().ok());
        let mut kept = kept.flatten();
        let Kept {
            last: before,
            spare: mut now,
        } = kept.as_deref_mut().map(std::mem::take).unwrap_or_default();
        let known = before.recall(lines);
        let fresh = lines.iter().zip(&known);
        let fresh = fresh.map(|(line, known)| if known.is_some() { "" } else { *line });
        let inside = triggers.inside(&fresh.collect::<Vec<_>>());
        now.renew(if kept.is_some() { lines } else { &[] });
        Ongoing {
            triggers,
            kept,
            before,
            now,
            known: known.into_iter(),
            line: 0,
            inside: inside.in_order().peekable(),
            from_above: Due::default(),
            for_below: Due::default(),
        }
    }
}

/// The proposals for a text, as far as they were asked for.
pub(crate) struct Ongoing<'p> {
    triggers: &'p Triggers,
    kept: Option<MutexGuard<'p, Kept>>,
    before: Memory,
    now: Memory,
    known: IntoIter<Option<usize>>,
    /// The index of the line that comes next.
    line: usize,
    /// By line, of those that are not known.
    inside: Peekable<IntoIter<(usize, u32)>>,
    /// What the line above proposed for this one.
    from_above: Due,
    for_below: Due,
}

impl Ongoing<'_> {
    /// Adds the tests for the next line, which comes along.
    pub(crate) fn next(&mut self, line: &str, due: &mut Due) {
        let below = &mut self.for_below;
        if let Some(at) = self.known.next().flatten() {
            let (here, next) = self.before.tests(at);
            here.iter().for_each(|test| due.add(*test));
            next.iter().for_each(|test| below.add(*test));
        } else {
            self.triggers.at_edges(line, due, below);
            while let Some((_, test)) = self.inside.next_if(|(at, _)| *at == self.line) {
                due.add(test);
            }
        }
        if self.kept.is_some() {
            self.now.keep(line, due, below);
        }
        self.from_above.drain().for_each(|test| due.add(test));
        std::mem::swap(&mut self.from_above, &mut self.for_below);
        self.line += 1;
    }
}

impl Drop for Ongoing<'_> {
    fn drop(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.last = std::mem::take(&mut self.now);
            kept.spare = std::mem::take(&mut self.before);
        }
    }
}
