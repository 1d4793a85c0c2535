//! Finds what lines begin and end with.

use std::fmt::Display;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};

use crate::Problem;
use crate::sieve::{Hashes, window_of};

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

/// How keys begin, as far as hashes tell: most lines begin with none.
#[derive(Debug)]
struct Begins {
    /// By first byte, whether a key of fewer than four begins with it.
    short: [bool; 256],
    /// The first four bytes of those of fewer than eight, and of the others.
    middling: Hashes,
    long: Hashes,
    /// Both halves of the first eight bytes.
    halves: Hashes,
}

impl Default for Begins {
    fn default() -> Self {
        Self {
            short: [false; 256],
            middling: Hashes::default(),
            long: Hashes::default(),
            halves: Hashes::default(),
        }
    }
}

impl Begins {
    fn add(&mut self, key: &[u8]) {
        match (key.first_chunk(), key.first_chunk(), key.first()) {
            (Some(eight), ..) => {
                let (first, both) = windows_of(eight);
                self.long.add(first);
                self.halves.add(both);
            }
            (None, Some(four), _) => self.middling.add(window_of(four)),
            (None, None, Some(first)) => self.short[usize::from(*first)] = true,
            (None, None, None) => {}
        }
    }

    /// Whether a line that begins with these bytes may begin with a key.
    fn may_be(&self, eight: [u8; 8]) -> bool {
        let (first, both) = windows_of(&eight);
        self.short[usize::from(eight[0].to_ascii_lowercase())]
            || self.middling.has(first)
            || (self.long.has(first) && self.halves.has(both))
    }
}

/// The window of the first four of eight bytes, and one for all.
fn windows_of([a, b, c, d, e, f, g, h]: &[u8; 8]) -> (u32, u32) {
    let first = window_of(&[*a, *b, *c, *d]);
    let second = window_of(&[*e, *f, *g, *h]);
    (first, first.rotate_left(7) ^ second)
}

/// Finds all keys that a stream of characters begins with.
#[derive(Debug)]
pub(crate) struct Walk<T> {
    /// Not a DFA: there are thousands of keys, of which a line passes the first
    /// bytes of a few, and what is small stays in the processor's cache.
    nfa: NFA,
    start: StateID,
    targets: Vec<T>,
    begins: Begins,
}

impl<T: Copy> Walk<T> {
    /// # Errors
    /// The keys need too many states.
    pub(crate) fn new(keys: Vec<Keyed<T>>) -> Result<Option<Self>, Problem> {
        if keys.is_empty() {
            return Ok(None);
        }
        let (keys, targets): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
        let mut begins = Begins::default();
        keys.iter().for_each(|key| begins.add(key));
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
            begins,
        }))
    }

    /// Finds the keys that a line begins with, which is folded but for the case
    /// of ASCII letters.
    pub(crate) fn of_start(&self, line: &str, found: impl FnMut(T)) {
        let first = line.as_bytes().first_chunk().copied();
        if first.is_none_or(|first| self.begins.may_be(first)) {
            self.run(line.bytes(), found);
        }
    }

    /// Finds the keys that its end is, from the last byte on.
    pub(crate) fn of_end(&self, line: &str, found: impl FnMut(T)) {
        let last = line.as_bytes().last_chunk().copied();
        let last = last.map(|last: [u8; 8]| u64::from_ne_bytes(last).swap_bytes().to_ne_bytes());
        if last.is_none_or(|last| self.begins.may_be(last)) {
            self.run(line.bytes().rev(), found);
        }
    }

    /// Steps over bytes until no key can follow: for most lines after the first
    /// few.
    fn run(&self, bytes: impl Iterator<Item = u8>, mut found: impl FnMut(T)) {
        let mut at = Position {
            state: self.start,
            length: 0,
        };
        let mut low = bytes.map(|byte| byte.to_ascii_lowercase());
        low.try_for_each(|byte| self.step(&mut at, byte, &mut found));
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
            (b"it's on aga".to_vec(), 4),
            (b"keys".to_vec(), 5),
        ];
        let walk = Walk::new(keys).unwrap().unwrap();
        let found = |line: &str| {
            let (mut found, mut ends) = (Vec::new(), Vec::new());
            walk.of_start(line, |key| found.push(key));
            walk.of_end(&line.chars().rev().collect::<String>(), |key| {
                ends.push(key)
            });
            assert_eq!(found, ends);
            found
        };
        assert_eq!(found("It's ON"), [2, 1]);
        assert_eq!(found("it"), [2]);
        assert_eq!(found("Switch"), [3]);
        assert_eq!(found("It's on again"), [2, 1, 4]);
        assert_eq!(found("Keys, they say"), [5]);
        for none in ["i t's on", "is on", "", "is on again"] {
            assert!(found(none).is_empty(), "{none}");
        }
    }
}
