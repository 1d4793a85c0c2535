//! The automata and regex sets that propose rules for a line.

use std::fmt::Display;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, MatchKind, StartKind};
use regex::{RegexSet, RegexSetBuilder};

use crate::Problem;
use crate::condition::Gate;
use crate::fold::Fold;

/// A pattern of an automaton and what it is for.
pub(crate) type Keyed<T> = (Vec<u8>, T);

fn too_large(error: impl Display) -> Problem {
    Problem::TooLarge(error.to_string())
}

/// Finds all keys that a stream of characters begins with.
#[derive(Debug)]
pub(crate) struct Walk<T> {
    dfa: DFA,
    start: StateID,
    targets: Vec<T>,
}

impl<T: Copy> Walk<T> {
    /// # Errors
    /// The keys need too many states.
    pub(crate) fn new(keys: Vec<Keyed<T>>) -> Result<Option<Self>, Problem> {
        let Some((dfa, targets)) = automaton(keys, StartKind::Anchored, false)? else {
            return Ok(None);
        };
        let start = dfa.start_state(Anchored::Yes).map_err(too_large)?;
        Ok(Some(Self {
            dfa,
            start,
            targets,
        }))
    }

    /// Steps over the characters until no key can follow: for most lines after
    /// the first few.
    pub(crate) fn run(&self, chars: impl Iterator<Item = char>, mut found: impl FnMut(T)) {
        let mut state = self.start;
        let (mut length, mut bytes) = (0, [0; 4]);
        for c in chars {
            for &byte in c.encode_utf8(&mut bytes).as_bytes() {
                state = self.dfa.next_state(Anchored::Yes, state, byte);
                length += 1;
                if self.dfa.is_special(state) {
                    if self.dfa.is_dead(state) {
                        return;
                    }
                    self.report(state, length, &mut found);
                }
            }
        }
    }

    /// A state lists keys that end here but start later, too.
    fn report(&self, state: StateID, length: usize, found: &mut impl FnMut(T)) {
        for key in matches(&self.dfa, state) {
            if self.dfa.pattern_len(key) == length {
                found(self.targets[key.as_usize()]);
            }
        }
    }
}

/// Finds keys anywhere in the bytes of a line.
#[derive(Debug)]
pub(crate) struct Finder {
    pub(crate) gate: Gate,
    dfa: DFA,
    start: StateID,
    rules: Vec<u32>,
}

impl Finder {
    /// # Errors
    /// The keys need too many states.
    pub(crate) fn new(gate: Gate, keys: Vec<Keyed<u32>>) -> Result<Option<Self>, Problem> {
        let Some((dfa, rules)) = automaton(keys, StartKind::Unanchored, true)? else {
            return Ok(None);
        };
        let start = dfa.start_state(Anchored::No).map_err(too_large)?;
        Ok(Some(Self {
            gate,
            dfa,
            start,
            rules,
        }))
    }

    /// Adds the rules whose keys are found.
    ///
    /// A step has to wait for the one before, which leaves most of the
    /// processor idle: so a line is walked in four places at once. Each lane
    /// goes on into the next one, so far that no key is cut in two.
    pub(crate) fn run(&self, line: &[u8], due: &mut Due) {
        let overlap = self.dfa.max_pattern_len().saturating_sub(1);
        let stride = line.len().saturating_sub(overlap) / 4;
        if stride < 2 * overlap {
            self.walk(self.start, line, due);
            return;
        }
        let lane = |n: usize| &line[n * stride..(n + 1) * stride + overlap];
        let firsts = lane(0).iter().zip(lane(1));
        let lasts = lane(2).iter().zip(lane(3));
        let mut states = [self.start; 4];
        for ((a, b), (c, d)) in firsts.zip(lasts) {
            for (state, byte) in states.iter_mut().zip([a, b, c, d]) {
                *state = self.step(*state, *byte, due);
            }
        }
        self.walk(states[3], &line[4 * stride + overlap..], due);
    }

    fn walk(&self, state: StateID, line: &[u8], due: &mut Due) {
        line.iter()
            .fold(state, |state, byte| self.step(state, *byte, due));
    }

    #[inline(always)]
    fn step(&self, state: StateID, byte: u8, due: &mut Due) -> StateID {
        let state = self.dfa.next_state(Anchored::No, state, byte);
        if self.dfa.is_special(state) {
            self.report(state, due);
        }
        state
    }

    #[cold]
    fn report(&self, state: StateID, due: &mut Due) {
        for key in matches(&self.dfa, state) {
            due.add(self.rules[key.as_usize()]);
        }
    }
}

fn matches(dfa: &DFA, state: StateID) -> impl Iterator<Item = aho_corasick::PatternID> {
    let count = if dfa.is_match(state) {
        dfa.match_len(state)
    } else {
        0
    };
    (0..count).map(move |index| dfa.match_pattern(state, index))
}

/// Always a DFA: with more than a hundred patterns the default would be an
/// automaton that is several times slower.
fn automaton<T>(
    keys: Vec<Keyed<T>>,
    start: StartKind,
    any_case: bool,
) -> Result<Option<(DFA, Vec<T>)>, Problem> {
    if keys.is_empty() {
        return Ok(None);
    }
    let (keys, targets): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
    let dfa = DFA::builder()
        .match_kind(MatchKind::Standard)
        .start_kind(start)
        .ascii_case_insensitive(any_case)
        .prefilter(false)
        .build(keys)
        .map_err(too_large)?;
    Ok(Some((dfa, targets)))
}

/// Regexes that have no other trigger, asked in one go.
#[derive(Debug)]
pub(crate) struct Set {
    pub(crate) gate: Gate,
    /// What of the line is folded before the regexes see it.
    pub(crate) fold: Fold,
    set: RegexSet,
    rules: Vec<u32>,
}

impl Set {
    /// `None` if the regexes together are too large for one set.
    pub(crate) fn new(gate: Gate, fold: Fold, regexes: &[(String, u32)]) -> Option<Self> {
        let texts = regexes.iter().map(|(text, _)| text);
        let set = RegexSetBuilder::new(texts).build().ok()?;
        let rules = regexes.iter().map(|(_, rule)| *rule).collect();
        Some(Self {
            gate,
            fold,
            set,
            rules,
        })
    }

    pub(crate) fn run(&self, folded: &str, due: &mut Due) {
        // Mostly none matches, and asking only that allocates nothing.
        if !self.set.is_match(folded) {
            return;
        }
        for index in self.set.matches(folded) {
            due.add(self.rules[index]);
        }
    }
}

/// The rules to be tested on a line, each once: a frequent key may be found a
/// million times in a long line.
#[derive(Debug, Default)]
pub(crate) struct Due {
    rules: Vec<u32>,
    listed: Vec<bool>,
}

impl Due {
    pub(crate) fn add(&mut self, rule: u32) {
        let index = rule as usize;
        if self.listed.len() <= index {
            self.listed.resize(index + 1, false);
        }
        if !std::mem::replace(&mut self.listed[index], true) {
            self.rules.push(rule);
        }
    }

    /// The rules in their order.
    pub(crate) fn sorted(&mut self) -> &[u32] {
        self.rules.sort_unstable();
        &self.rules
    }

    pub(crate) fn clear(&mut self) {
        for rule in self.rules.drain(..) {
            self.listed[rule as usize] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_wherever_the_lanes_meet() {
        let keys = vec![(b"needle".to_vec(), 7), (b"e".to_vec(), 3)];
        let finder = Finder::new(Gate::SHUT, keys).unwrap().unwrap();
        for length in 6..90 {
            for at in 0..=length - 6 {
                let mut line = vec![b'x'; length];
                line[at..at + 6].copy_from_slice(b"NeedLe");
                let mut due = Due::default();
                finder.run(&line, &mut due);
                assert_eq!(due.sorted(), [3, 7], "{at} of {length}");
            }
        }
    }
}
