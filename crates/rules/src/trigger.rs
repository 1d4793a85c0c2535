//! One trigger for each rule, and all triggers of a kind in one.

use crate::Problem;
use crate::compile::{Compiled, Known};
use crate::condition::{Gate, Spot};
use crate::due::Due;
use crate::fold::Fold;
use crate::keys::{end_key, inside_key, start_key};
use crate::marks::Marks;
use crate::rarity::bits;
use crate::required::Required;
use crate::sieve::Sieve;
use crate::walk::{Keyed, Walk};

/// What is tested on a line that a trigger proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Test {
    /// Index of the rule.
    pub(crate) rule: usize,
    /// Which of its regexes may match, if it was one that proposed the line;
    /// the others have triggers of their own.
    pub(crate) regex: Option<usize>,
    /// What lines the rule lets through.
    pub(crate) gate: Gate,
}

/// What the start of a line says: the index of a test.
#[derive(Debug, Clone, Copy)]
enum Target {
    /// It is for this line.
    Here(u32),
    /// It is for the line after.
    Next(u32),
}

/// Lines of at most so many characters are so few that rules for them look at
/// each.
const FEW_CHARS: usize = 32;

/// Of so many lines of a text a rule looks at each.
const FEW_LINES: usize = 2;

/// How a rule is proposed.
enum Trigger {
    Start(Vec<Vec<u8>>),
    After(Vec<Vec<u8>>),
    End(Vec<Vec<u8>>),
    /// Folded texts.
    Inside(Vec<String>),
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
    inside: Sieve,
    marks: Marks,
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
    pub(crate) fn test(&self, index: u32) -> &Test {
        &self.tests[index as usize]
    }

    /// Adds the tests of a line for its words, and those of the line after. The
    /// line has at least so many characters, and is folded but for the case of
    /// ASCII letters.
    pub(crate) fn of_words(&self, line: &str, chars: usize, due: &mut Due, below: &mut Vec<u32>) {
        let mut due = |test: u32| {
            if chars <= self.test(test).gate.max_chars {
                due.add(test);
            }
        };
        if let Some(starts) = &self.starts {
            starts.of_start(line, |target| match target {
                Target::Here(test) => due(test),
                Target::Next(test) => below.push(test),
            });
        }
        if let Some(ends) = &self.ends {
            ends.of_end(line, &mut due);
        }
        self.inside.run(line, &mut due);
        self.marks.run(line, &mut due);
    }

    /// The tests of a line of so many bytes for where it stands alone.
    pub(crate) fn of_each(&self, spot: Spot, bytes: usize) -> impl Iterator<Item = u32> {
        let admitted = self.each.iter().filter(move |(g, _)| g.admits(spot, bytes));
        admitted.map(|(_, test)| *test)
    }
}

/// Triggers by kind, before what finds them is built.
#[derive(Default)]
struct Parts {
    tests: Vec<Test>,
    starts: Vec<Keyed<Target>>,
    ends: Vec<Keyed<u32>>,
    inside: Vec<(String, u32)>,
    marks: Vec<(u8, u32)>,
    each: Vec<(Gate, u32)>,
}

impl Parts {
    fn add(&mut self, rule: usize, compiled: &Compiled) -> Result<(), Problem> {
        let gate = compiled.condition.gate;
        for (regex, trigger) in triggers(compiled) {
            let test = u32::try_from(self.tests.len())
                .map_err(|_| Problem::TooLarge(format!("{rule} rules")))?;
            self.tests.push(Test { rule, regex, gate });
            match trigger {
                Trigger::Start(keys) => add_keys(&mut self.starts, keys, Target::Here(test)),
                Trigger::After(keys) => add_keys(&mut self.starts, keys, Target::Next(test)),
                Trigger::End(keys) => add_keys(&mut self.ends, keys, test),
                Trigger::Inside(texts) => self.add_inside(&texts, gate, test),
                Trigger::Each => self.each.push((gate, test)),
            }
        }
        Ok(())
    }

    /// Texts that are too short are looked for by their marks.
    fn add_inside(&mut self, texts: &[String], gate: Gate, test: u32) {
        let slow = texts.iter().any(|text| Sieve::lacking(text) > 0);
        if gate.lines() <= FEW_LINES || (slow && gate.max_chars <= FEW_CHARS) {
            return self.each.push((gate, test));
        }
        let (long, short): (Vec<_>, Vec<_>) =
            texts.iter().partition(|text| text.len() >= Sieve::SHORTEST);
        let marks: Option<Vec<u8>> = short.into_iter().map(|text| Marks::of(text)).collect();
        let Some(marks) = marks else {
            return self.each.push((gate, test));
        };
        self.marks
            .extend(marks.into_iter().map(|mark| (mark, test)));
        self.inside
            .extend(long.into_iter().map(|text| (inside_key(text), test)));
    }

    fn build(self) -> Result<Triggers, Problem> {
        Ok(Triggers {
            tests: self.tests,
            starts: Walk::new(self.starts)?,
            ends: Walk::new(self.ends)?,
            inside: Sieve::new(self.inside),
            marks: Marks::new(self.marks),
            each: self.each,
        })
    }
}

fn add_keys<T: Copy>(to: &mut Vec<Keyed<T>>, keys: Vec<Vec<u8>>, target: T) {
    to.extend(keys.into_iter().map(|key| (key, target)));
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
    } else if let Some(text) = rarest(&literals.contains, compiled.condition.fold) {
        Trigger::Inside(vec![text])
    } else if compiled.regexes.is_empty() {
        Trigger::Each
    } else {
        let triggers = compiled.regexes.iter().map(regex_trigger);
        return (0..).map(Some).zip(triggers).collect();
    };
    vec![(None, one)]
}

/// The rarest of texts that must all stand in a line, folded as the line is for
/// its words.
fn rarest(texts: &[String], fold: Fold) -> Option<String> {
    let texts = texts
        .iter()
        .map(|text| Fold::FULL.pattern(text, fold.spaces, fold.spaces));
    texts
        .filter(|text| !text.trim().is_empty())
        .max_by(|a, b| bits(a).total_cmp(&bits(b)))
}

fn regex_trigger(regex: &Known) -> Trigger {
    match regex.required.clone() {
        Some(Required::Start(keys)) => Trigger::Start(keys),
        Some(Required::End(keys)) => Trigger::End(keys),
        Some(Required::Inside(texts)) => Trigger::Inside(texts),
        None => Trigger::Each,
    }
}
