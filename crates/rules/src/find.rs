//! The automata that propose rules for a line.

use std::fmt::Display;

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::dfa::DFA;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind, StartKind};

use crate::Problem;
use crate::condition::has_chars;

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

/// Finds keys anywhere in folded lines.
#[derive(Debug)]
pub(crate) struct Finder {
    /// The most characters of a line that it looks at.
    max_chars: usize,
    dfa: DFA,
    start: StateID,
    rules: Vec<u32>,
}

/// A folded line and its 0-based index.
pub(crate) type Numbered<'l> = (usize, &'l str);

impl Finder {
    /// # Errors
    /// The keys need too many states.
    pub(crate) fn new(max_chars: usize, keys: Vec<Keyed<u32>>) -> Result<Option<Self>, Problem> {
        let Some((dfa, rules)) = automaton(keys)? else {
            return Ok(None);
        };
        let start = dfa.start_state(Anchored::No).map_err(too_large)?;
        Ok(Some(Self {
            max_chars,
            dfa,
            start,
            rules,
        }))
    }

    /// Finds the rules whose keys stand in lines that are not too long.
    ///
    /// A step has to wait for the one before, which leaves most of the
    /// processor idle: so four stretches of text are walked at once, each time
    /// as far as the shortest of them goes.
    pub(crate) fn run(&self, lines: &[Numbered<'_>], proposed: &mut Proposed) {
        let mut stretches = self.stretches(lines);
        let mut lanes: [Lane<'_>; LANES] = std::array::from_fn(|_| Lane::new(self.start));
        for lane in &mut lanes {
            lane.take(stretches.next(), self.start);
        }
        loop {
            let steps = lanes.iter().map(|lane| lane.rest.len()).min().unwrap_or(0);
            if steps == 0 {
                break;
            }
            self.step_all(&mut lanes, steps);
            for lane in lanes.iter_mut().filter(|lane| lane.rest.is_empty()) {
                proposed.drain(lane);
                lane.take(stretches.next(), self.start);
            }
        }
        for lane in &mut lanes {
            self.finish(lane);
            proposed.drain(lane);
        }
    }

    /// The lines that are not too long, cut into stretches that overlap so far
    /// that no key is cut in two.
    fn stretches<'l>(&self, lines: &'l [Numbered<'l>]) -> impl Iterator<Item = (usize, &'l [u8])> {
        let overlap = self.dfa.max_pattern_len().saturating_sub(1);
        let most = self.max_chars;
        let passes = move |(_, line): &&Numbered<'_>| {
            !line.is_empty() && !has_chars(line, most.saturating_add(1))
        };
        lines.iter().filter(passes).flat_map(move |(index, line)| {
            let line = line.as_bytes();
            let starts = (0..line.len().saturating_sub(overlap).max(1)).step_by(STRETCH);
            starts.map(move |at| {
                let end = line.len().min(at + STRETCH + overlap);
                (*index, &line[at..end])
            })
        })
    }

    fn step_all(&self, lanes: &mut [Lane<'_>; LANES], steps: usize) {
        // The states stay in registers.
        let mut states = lanes.each_ref().map(|lane| lane.state);
        let [a, b, c, d] = lanes.each_mut().map(|lane| {
            let (now, rest) = lane.rest.split_at(steps);
            lane.rest = rest;
            now
        });
        let bytes = a.iter().zip(b).zip(c.iter().zip(d));
        for ((&a, &b), (&c, &d)) in bytes {
            for (lane, (state, byte)) in states.iter_mut().zip([a, b, c, d]).enumerate() {
                *state = self.dfa.next_state(Anchored::No, *state, byte);
                if self.dfa.is_special(*state) {
                    self.report(*state, &mut lanes[lane].due);
                }
            }
        }
        for (lane, state) in lanes.iter_mut().zip(states) {
            lane.state = state;
        }
    }

    /// Walks what is left of a stretch.
    fn finish(&self, lane: &mut Lane<'_>) {
        for &byte in std::mem::take(&mut lane.rest) {
            lane.state = self.dfa.next_state(Anchored::No, lane.state, byte);
            if self.dfa.is_special(lane.state) {
                self.report(lane.state, &mut lane.due);
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn report(&self, state: StateID, due: &mut Due) {
        for key in matches(&self.dfa, state) {
            due.add(self.rules[key.as_usize()]);
        }
    }
}

/// How many stretches are walked at once.
const LANES: usize = 4;

/// How long a stretch is, in bytes, but for its overlap: longer than most lines.
const STRETCH: usize = 1024;

/// A stretch of a line that is being walked.
struct Lane<'l> {
    state: StateID,
    rest: &'l [u8],
    /// 0-based.
    line: usize,
    due: Due,
}

impl<'l> Lane<'l> {
    fn new(state: StateID) -> Self {
        Self {
            state,
            rest: &[],
            line: 0,
            due: Due::default(),
        }
    }

    fn take(&mut self, stretch: Option<(usize, &'l [u8])>, start: StateID) {
        if let Some((line, rest)) = stretch {
            (self.line, self.rest, self.state) = (line, rest, start);
        }
    }
}

/// Lines and rules to be tested on them.
#[derive(Debug, Default)]
pub(crate) struct Proposed(Vec<(usize, u32)>);

impl Proposed {
    fn drain(&mut self, lane: &mut Lane<'_>) {
        let line = lane.line;
        self.0.extend(lane.due.drain().map(|rule| (line, rule)));
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Puts them in the order of the lines.
    pub(crate) fn sort(&mut self) {
        self.0.sort_unstable();
        self.0.dedup();
    }

    /// From the one at `from` on, in their order.
    pub(crate) fn from(&self, from: usize) -> &[(usize, u32)] {
        &self.0[from..]
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

/// Always a DFA: with more than a hundred patterns the default would be an
/// automaton that is several times slower.
fn automaton(keys: Vec<Keyed<u32>>) -> Result<Option<(DFA, Vec<u32>)>, Problem> {
    if keys.is_empty() {
        return Ok(None);
    }
    let (keys, targets): (Vec<_>, Vec<_>) = keys.into_iter().unzip();
    let dfa = DFA::builder()
        .match_kind(MatchKind::Standard)
        .start_kind(StartKind::Unanchored)
        .prefilter(false)
        .build(keys)
        .map_err(too_large)?;
    Ok(Some((dfa, targets)))
}

/// The rules to be tested on a line, each once: a frequent key may be found a
/// million times in a long line.
#[derive(Debug, Default)]
pub(crate) struct Due {
    rules: Vec<u32>,
    /// Which are there, once they are [`Due::MANY`]; for most lines they are few,
    /// and no table is needed.
    listed: Vec<bool>,
}

impl Due {
    /// So many are quicker found in a table than one after the other.
    const MANY: usize = 32;

    pub(crate) fn add(&mut self, rule: u32) {
        if self.rules.len() < Self::MANY {
            if !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
            return;
        }
        if self.rules.len() == Self::MANY {
            for rule in &self.rules {
                mark(&mut self.listed, *rule);
            }
        }
        if !mark(&mut self.listed, rule) {
            self.rules.push(rule);
        }
    }

    /// Takes the rules out, in any order.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = u32> {
        let Self { rules, listed } = self;
        rules.drain(..).inspect(|rule| {
            if let Some(listed) = listed.get_mut(*rule as usize) {
                *listed = false;
            }
        })
    }
}

/// Marks a rule; whether it was marked before.
fn mark(listed: &mut Vec<bool>, rule: u32) -> bool {
    let index = rule as usize;
    if listed.len() <= index {
        listed.resize(index + 1, false);
    }
    std::mem::replace(&mut listed[index], true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(finder: &Finder, lines: &[&str]) -> Vec<(usize, u32)> {
        let mut proposed = Proposed::default();
        let lines: Vec<_> = lines.iter().copied().enumerate().collect();
        finder.run(&lines, &mut proposed);
        proposed.sort();
        proposed.from(0).to_vec()
    }

    #[test]
    fn a_key_is_found_wherever_the_stretches_meet() {
        let keys = vec![(b"needle".to_vec(), 7), (b"e".to_vec(), 3)];
        let finder = Finder::new(usize::MAX, keys).unwrap().unwrap();
        for at in (0..90).chain(STRETCH - 8..STRETCH + 8) {
            for behind in 0..8 {
                let line = format!("{}needle{}", "x".repeat(at), "y".repeat(behind));
                assert_eq!(found(&finder, &[&line]), [(0, 3), (0, 7)], "{at}, {behind}");
            }
        }
    }

    #[test]
    fn a_key_is_found_in_its_line_alone() {
        let keys = vec![(b"needle".to_vec(), 7)];
        let finder = Finder::new(12, keys).unwrap().unwrap();
        let lines = [
            "nee",
            "dle",
            "a needle",
            "",
            "x",
            "needle",
            "too long for a needle",
            "needle",
            "häß needle ö",
        ];
        assert_eq!(found(&finder, &lines), [(2, 7), (5, 7), (7, 7), (8, 7)]);
        for count in 0..9 {
            let lines = vec!["needle"; count];
            let wanted: Vec<_> = (0..count).map(|line| (line, 7)).collect();
            assert_eq!(found(&finder, &lines), wanted);
        }
    }

    proptest! {
        #[test]
        fn each_rule_is_due_once(lists in prop::collection::vec(prop::collection::vec(0_u32..90, 0..200), 1..4)) {
            let mut due = Due::default();
            for list in lists {
                list.iter().for_each(|rule| due.add(*rule));
                let wanted: std::collections::BTreeSet<_> = list.into_iter().collect();
                let mut found: Vec<_> = due.drain().collect();
                found.sort_unstable();
                prop_assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
            }
        }
    }

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
