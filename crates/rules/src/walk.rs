//! Finds what lines begin and end with.

use std::fmt::Display;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use crate::Problem;

/// A pattern of an automaton and what it is for.
pub(crate) type Keyed<T> = (Vec<u8>, T);

fn too_large(error: impl Display) -> Problem {
    Problem::TooLarge(error.to_string())
}

/// Where a walk stands, and how many bytes of keys it has seen.
struct Position {
    state: StateID,
    length: usize,
}

/// Finds all keys that a stream of characters begins with.
#[derive(Debug)]
pub(crate) struct Walk<T> {
    /// Not a DFA: there are thousands of keys, of which a line passes the first
    /// bytes of a few, and what is small stays in the processor's cache.
    nfa: NFA,
    start: StateID,
    targets: Vec<T>,
}

impl<T: Copy> Walk<T> {
    /// # Errors
    /// The keys need too many states.
    pub(crate) fn new(keys: Vec<Keyed<T>>) -> Result<Option<Self>, Problem> {
        if keys.is_empty() {
            return Ok(None);
        }
        let (keys, targets): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
        let nfa = NFA::builder()
            .match_kind(MatchKind::Standard)
            .prefilter(false)
            .build(keys)
            .map_err(too_large)?;
        let start = nfa.start_state(Anchored::Yes).map_err(too_large)?;
        Ok(Some(Self {
            nfa,
            start,
            targets,
        }))
    }

    /// Steps over the bytes of a folded line until no key can follow: for most
    /// lines after the first few. The bytes come from the start of the line or,
    /// for keys of its end, from there.
    pub(crate) fn run(&self, mut bytes: impl Iterator<Item = u8>, mut found: impl FnMut(T)) {
        let mut at = Position {
            state: self.start,
            length: 0,
        };
        bytes.try_for_each(|byte| self.step(&mut at, byte, &mut found));
    }

    /// None if no key can follow.
    #[inline(always)]
    fn step(&self, at: &mut Position, byte: u8, found: &mut impl FnMut(T)) -> Option<()> {
        at.state = self.nfa.next_state(Anchored::Yes, at.state, byte);
        at.length += 1;
        if self.nfa.is_special(at.state) {
            if self.nfa.is_dead(at.state) {
                return None;
            }
            self.report(at.state, at.length, found);
        }
        Some(())
    }

    /// A state lists keys that end here but start later, too.
    fn report(&self, state: StateID, length: usize, found: &mut impl FnMut(T)) {
        for key in matches(&self.nfa, state) {
            if self.nfa.pattern_len(key) == length {
                found(self.targets[key.as_usize()]);
            }
        }
    }
}

fn matches(dfa: &impl Automaton, state: StateID) -> impl Iterator<Item = aho_corasick::PatternID> {
    let count = if dfa.is_match(state) {
        dfa.match_len(state)
    } else {
        0
    };
    (0..count).map(move |index| dfa.match_pattern(state, index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_finds_what_begins_a_line() {
        let keys = vec![
            (b"it's on".to_vec(), 1),
            (b"it".to_vec(), 2),
            (b"s".to_vec(), 3),
        ];
        let walk = Walk::new(keys).unwrap().unwrap();
        let found = |line: &str| {
            let mut found = Vec::new();
            walk.run(line.bytes(), |key| found.push(key));
            found
        };
        assert_eq!(found("it's on"), [2, 1]);
        assert_eq!(found("i t's on"), [] as [i32; 0]);
    }
}
