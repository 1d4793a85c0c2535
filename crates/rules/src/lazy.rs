//! A regex that is compiled when a line first needs it.
//!
//! Compiling is by far the slowest part of setting up a chain, a tenth of a
//! second for a profile with a few hundred regexes, and most documents need
//! only a handful of them: the words of a line rule out the others. Of those that are
//! needed, most are needed a few times in thousands of documents. So a regex is
//! first compiled as simply as can be, and as a lazy DFA, which takes more than
//! twice as long and some of the memory for good, once it has proved to be needed
//! often. Which of them answers makes no difference but in time.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex::RegexBuilder;
use regex_automata::meta::{Config, Regex};
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::alphabet::{Alphabet, narrowed};

/// A regex above this estimate may be too large to compile, which must be
/// found out before a document needs it.
const DOUBTFUL: usize = 100_000;

/// How many bytes the lines had that any rules were asked about.
static SEEN: AtomicUsize = AtomicUsize::new(0);

/// Notes that rules are asked about lines.
pub(crate) fn see(lines: &[&str]) {
    let bytes = lines.iter().map(|line| line.len()).sum();
    SEEN.fetch_add(bytes, Ordering::Relaxed);
}

/// A regex that was parsed, and is compiled on first use.
#[derive(Debug)]
pub(crate) struct LazyRegex {
    text: String,
    any_case: bool,
    /// Whether it has groups that capture.
    pub(crate) has_groups: bool,
    ascii: Engine,
    latin: Engine,
    any: Engine,
}

/// The same regex, for lines of one alphabet.
#[derive(Debug, Default)]
struct Engine {
    /// `None` inside if it does not compile.
    simple: OnceLock<Option<(Hir, Regex)>>,
    quick: OnceLock<Option<Regex>>,
    /// In lines of how many bytes it was looked for.
    bytes: AtomicUsize,
}

impl LazyRegex {
    /// # Errors
    /// The regex is too large.
    pub(crate) fn new(text: String, any_case: bool, parsed: &Hir) -> Result<Self, regex::Error> {
        if size(parsed) > DOUBTFUL {
            let mut whole = RegexBuilder::new(&text);
            whole.case_insensitive(any_case).build()?;
        }
        Ok(Self {
            text,
            any_case,
            has_groups: parsed.properties().explicit_captures_len() > 0,
            ascii: Engine::default(),
            latin: Engine::default(),
            any: Engine::default(),
        })
    }

    /// The regex for a line; one that is found too large only now matches
    /// nothing.
    pub(crate) fn get(&self, line: &str) -> Option<&Regex> {
        let alphabet = Alphabet::of(line);
        let engine = match alphabet {
            Alphabet::Ascii => &self.ascii,
            Alphabet::Latin => &self.latin,
            Alphabet::Any => &self.any,
        };
        engine.get(line.len(), || narrowed(&self.text, self.any_case, alphabet))
    }

    /// The regex for any line, as the crate `regex` has it.
    #[cfg(test)]
    pub(crate) fn plain(&self) -> regex::Regex {
        let mut whole = RegexBuilder::new(&self.text);
        whole.case_insensitive(self.any_case).build().unwrap()
    }

    pub(crate) fn is_match(&self, line: &str) -> bool {
        self.get(line).is_some_and(|regex| regex.is_match(line))
    }
}

impl Engine {
    /// Looking through so many bytes takes no longer than compiling once more.
    const MANY: usize = 20_000;

    /// A regex that is looked for in one of so many bytes may stay as it is: else
    /// the longer a run, the more of them would be compiled again.
    const RARE: usize = 5_000;

    /// The regex for a line of so many bytes.
    fn get(&self, bytes: usize, parse: impl FnOnce() -> Option<Hir>) -> Option<&Regex> {
        if let Some(quick) = self.quick.get() {
            return quick.as_ref();
        }
        let simple = self.simple.get_or_init(|| {
            let parsed = parse()?;
            let regex = build(&parsed, false)?;
            Some((parsed, regex))
        });
        let (parsed, simple) = simple.as_ref()?;
        let sum = self.bytes.load(Ordering::Relaxed).saturating_add(bytes);
        let often = Self::MANY.max(SEEN.load(Ordering::Relaxed) / Self::RARE);
        if sum < often && bytes < Self::MANY {
            // Of two that count at once one may be lost.
            self.bytes.store(sum, Ordering::Relaxed);
            return Some(simple);
        }
        self.quick.get_or_init(|| build(parsed, true)).as_ref()
    }
}

fn build(parsed: &Hir, quick: bool) -> Option<Regex> {
    // The limits are those of the crate `regex`.
    let config = Config::new()
        .nfa_size_limit(Some(10 << 20))
        .hybrid_cache_capacity(2 << 20)
        .hybrid(quick)
        .onepass(quick);
    Regex::builder()
        .configure(config)
        .build_from_hir(parsed)
        .ok()
}

/// A rough number of states.
pub(crate) fn size(regex: &Hir) -> usize {
    match regex.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len(),
        HirKind::Class(Class::Unicode(class)) => class.ranges().len(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len(),
        HirKind::Repetition(repeat) => {
            let times = repeat.max.unwrap_or(repeat.min.saturating_add(1));
            size(&repeat.sub).saturating_mul(times.try_into().unwrap_or(usize::MAX))
        }
        HirKind::Capture(group) => size(&group.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(size).fold(1, usize::saturating_add)
        }
    }
}
