//! One trigger for each rule, and all triggers as few automata.

use std::collections::BTreeMap;

use regex_syntax::hir::Hir;

use crate::Problem;
use crate::compile::Compiled;
use crate::condition::{Gate, Spot};
use crate::find::{Due, Finder, Keyed, Proposed, Set, Walk};
use crate::fold::{Fold, has_odd_spelling};
use crate::keys::{end_key, inside_keys, start_key};
use crate::lazy::LazyRegex;
use crate::required::{Required, required};
use crate::view::View;

/// What is tested on a line that a trigger proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Test {
    /// Index of the rule.
    pub(crate) rule: usize,
    /// Which of its regexes may match, if it was one that proposed the line;
    /// the others have triggers of their own.
    pub(crate) regex: Option<usize>,
}

/// What the start of a line says: the index of a test.
#[derive(Debug, Clone, Copy)]
enum Target {
    /// It is for this line.
    Here(u32),
    /// It is for the line after.
    Next(u32),
}

/// Lines of more characters are running text, and most rules let only shorter
/// ones through.
const RUNNING_TEXT: usize = 240;

/// How a rule is proposed.
enum Trigger {
    Start(Vec<Vec<u8>>),
    After(Vec<Vec<u8>>),
    End(Vec<Vec<u8>>),
    Inside(Vec<Vec<u8>>),
    /// By one of its regexes, as a part of a set.
    Set(String),
    /// It is tested on every line that its gate admits.
    Each,
}

/// Everything that proposes rules for lines.
#[derive(Debug)]
pub(crate) struct Triggers {
    /// By rule and regex.
    tests: Vec<Test>,
    starts: Option<Walk<Target>>,
    ends: Option<Walk<u32>>,
    finders: Vec<Finder>,
    sets: Vec<Set>,
    each: Vec<(Gate, u32)>,
}

impl Triggers {
    /// # Errors
    /// The rules are too large for one automaton.
    pub(crate) fn new(rules: &[Compiled]) -> Result<Self, Problem> {
        let mut parts = Parts::default();
        for (index, rule) in rules.iter().enumerate() {
            parts.add(index, rule)?;
        }
        parts.build()
    }

    /// What is tested, by its index.
    pub(crate) fn test(&self, index: u32) -> Test {
        self.tests[index as usize]
    }

    /// Whether what the words of a line propose rests on nothing but the line,
    /// and is dear to find.
    pub(crate) fn go_by_lines_alone(&self) -> bool {
        !self.finders.is_empty() && self.finders.iter().all(Finder::is_for_any_place)
    }

    /// The tests of lines for what stands inside them.
    pub(crate) fn inside(&self, lines: &[&str]) -> Proposed {
        let mut proposed = Proposed::default();
        if lines.iter().all(|line| line.is_empty()) {
            return proposed;
        }
        if lines.iter().any(|line| has_odd_spelling(line)) {
            let fold = |line: &&str| match has_odd_spelling(line) {
                true => Fold::FULL.text(line).into_owned(),
                false => (*line).to_owned(),
            };
            let folded: Vec<String> = lines.iter().map(fold).collect();
            let lines: Vec<&str> = folded.iter().map(String::as_str).collect();
            self.find(&lines, &mut proposed);
        } else {
            self.find(lines, &mut proposed);
        }
        proposed
    }

    fn find(&self, lines: &[&str], proposed: &mut Proposed) {
        for finder in &self.finders {
            finder.run(lines, proposed);
        }
    }

    /// Adds the tests of a line for how it begins and ends, and those of the
    /// line after.
    pub(crate) fn at_edges(&self, line: &str, due: &mut Due, next: &mut Due) {
        if let Some(starts) = &self.starts {
            starts.run(line.chars(), |target| match target {
                Target::Here(test) => due.add(test),
                Target::Next(test) => next.add(test),
            });
        }
        if let Some(ends) = &self.ends {
            ends.run(line.chars().rev(), |test| due.add(test));
        }
    }

    /// Adds the tests of a line for what it is as a whole and where it stands.
    pub(crate) fn of_whole(&self, view: &View<'_>, spot: Spot, due: &mut Due) {
        let bytes = view.line.len();
        for set in self.sets.iter().filter(|s| s.gate.admits(spot, bytes)) {
            set.run(view.folded(set.fold), due);
        }
        for (_, test) in self.each.iter().filter(|(g, _)| g.admits(spot, bytes)) {
            due.add(*test);
        }
    }
}

/// Which lines a group of regexes must see. Those that need few lines are not
/// mixed with those that need all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Reach {
    anywhere: bool,
    any_length: bool,
}

impl Reach {
    fn of(gate: Gate) -> Self {
        Self {
            anywhere: gate.head == usize::MAX,
            any_length: gate.max_chars == usize::MAX,
        }
    }
}

/// Regexes that run as one set: those bound to the start of the line end
/// early, which one that is not would spoil.
type SetKey = (Reach, bool, Fold);

/// Triggers by kind, before the automata are built.
#[derive(Default)]
struct Parts {
    tests: Vec<Test>,
    starts: Vec<Keyed<Target>>,
    ends: Vec<Keyed<u32>>,
    inside: Vec<(Gate, Keyed<u32>)>,
    sets: BTreeMap<SetKey, Vec<(Gate, String, u32)>>,
    each: Vec<(Gate, u32)>,
}

impl Parts {
    fn add(&mut self, rule: usize, compiled: &Compiled) -> Result<(), Problem> {
        let (gate, fold) = (compiled.condition.gate, compiled.condition.regex_fold());
        for (regex, trigger) in triggers(compiled) {
            let test = u32::try_from(self.tests.len())
                .map_err(|_| Problem::TooLarge(format!("{rule} rules")))?;
            self.tests.push(Test { rule, regex });
            match trigger {
                Trigger::Start(keys) => add_keys(&mut self.starts, keys, Target::Here(test)),
                Trigger::After(keys) => add_keys(&mut self.starts, keys, Target::Next(test)),
                Trigger::End(keys) => add_keys(&mut self.ends, keys, test),
                Trigger::Inside(keys) => {
                    let keys = keys.into_iter().map(|key| (gate, (key, test)));
                    self.inside.extend(keys);
                }
                Trigger::Set(regex) => {
                    let anchored = regex.trim_start_matches("(?i)").starts_with('^');
                    let key = (Reach::of(gate), anchored, fold);
                    self.sets.entry(key).or_default().push((gate, regex, test));
                }
                Trigger::Each => self.each.push((gate, test)),
            }
        }
        Ok(())
    }

    fn build(mut self) -> Result<Triggers, Problem> {
        let finders = self.build_finders()?;
        let sets = self.build_sets();
        Ok(Triggers {
            tests: self.tests,
            starts: Walk::new(self.starts)?,
            ends: Walk::new(self.ends)?,
            finders,
            sets,
            each: self.each,
        })
    }

    /// One for running text and one for the other lines, so that none is walked
    /// twice. Head and tail make no difference: most documents are short.
    fn build_finders(&mut self) -> Result<Vec<Finder>, Problem> {
        let inside = std::mem::take(&mut self.inside);
        let long = inside
            .iter()
            .filter(|(gate, _)| gate.max_chars > RUNNING_TEXT);
        let long: Vec<_> = long.cloned().collect();
        let mut finders = Vec::new();
        for (least, most, group) in [
            (0, RUNNING_TEXT, inside),
            (RUNNING_TEXT + 1, usize::MAX, long),
        ] {
            let gate = union(group.iter().map(|(gate, _)| *gate));
            let gate = Gate {
                max_chars: gate.max_chars.min(most),
                ..gate
            };
            let keys = group.into_iter().map(|(_, key)| key).collect();
            finders.extend(Finder::new(gate, least, keys)?);
        }
        Ok(finders)
    }

    /// Regexes too large for one set are asked one by one.
    fn build_sets(&mut self) -> Vec<Set> {
        let mut sets = Vec::new();
        for ((_, _, fold), group) in std::mem::take(&mut self.sets) {
            let gate = union(group.iter().map(|(gate, ..)| *gate));
            let regexes: Vec<_> = group
                .iter()
                .map(|(_, text, rule)| (text.clone(), *rule))
                .collect();
            match Set::new(gate, fold, &regexes) {
                Some(set) => sets.push(set),
                None => self
                    .each
                    .extend(group.iter().map(|(gate, _, rule)| (*gate, *rule))),
            }
        }
        sets
    }
}

fn add_keys<T: Copy>(to: &mut Vec<Keyed<T>>, keys: Vec<Vec<u8>>, target: T) {
    to.extend(keys.into_iter().map(|key| (key, target)));
}

fn union(gates: impl Iterator<Item = Gate>) -> Gate {
    gates.fold(Gate::SHUT, Gate::or)
}

/// The cheapest condition that must hold; for a choice of regexes one trigger
/// for each, with the index of the regex.
fn triggers(compiled: &Compiled) -> Vec<(Option<usize>, Trigger)> {
    let literals = &compiled.condition.literals;
    let keys = |texts: &[String], key: fn(&str) -> Vec<u8>| texts.iter().map(|t| key(t)).collect();
    let one = if !literals.equals.is_empty() {
        Trigger::Start(keys(&literals.equals, start_key))
    } else if !literals.starts.is_empty() {
        Trigger::Start(keys(&literals.starts, start_key))
    } else if !literals.after.is_empty() {
        Trigger::After(keys(&literals.after, start_key))
    } else if !literals.ends.is_empty() {
        Trigger::End(keys(&literals.ends, end_key))
    } else if let Some(keys) = inside_keys(&literals.contains) {
        Trigger::Inside(keys)
    } else if compiled.parsed.is_empty() {
        Trigger::Each
    } else {
        let regexes = compiled.condition.regexes.iter().zip(&compiled.parsed);
        let triggers = regexes.map(|(regex, parsed)| regex_trigger(regex, parsed));
        return (0..).map(Some).zip(triggers).collect();
    };
    vec![(None, one)]
}

fn regex_trigger(regex: &LazyRegex, parsed: &Hir) -> Trigger {
    match required(parsed) {
        Some(Required::Start(keys)) => Trigger::Start(keys),
        Some(Required::End(keys)) => Trigger::End(keys),
        Some(Required::Inside(keys)) => Trigger::Inside(keys),
        None => Trigger::Set(regex.text()),
    }
}
