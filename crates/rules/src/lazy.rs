//! A regex that is compiled when a line first needs it.
//!
//! Compiling is by far the slowest part of setting up a chain, a tenth of a
//! second for a profile with a few hundred regexes, and most documents need
//! only a handful of them: the automata rule out the others.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::ascii::narrowed;

/// A regex above this estimate may be too large to compile, which must be
/// found out before a document needs it.
const DOUBTFUL: usize = 100_000;

/// A regex that was parsed, and is compiled on first use.
#[derive(Debug)]
pub(crate) struct LazyRegex {
    text: String,
    any_case: bool,
    /// Whether it has groups that capture.
    pub(crate) has_groups: bool,
    /// For lines of ASCII alone; `None` inside if it does not compile.
    narrow: OnceLock<Option<Regex>>,
    full: OnceLock<Option<Regex>>,
}

impl LazyRegex {
    /// # Errors
    /// The regex is too large.
    pub(crate) fn new(text: String, any_case: bool, parsed: &Hir) -> Result<Self, regex::Error> {
        let lazy = Self {
            text,
            any_case,
            has_groups: parsed.properties().explicit_captures_len() > 0,
            narrow: OnceLock::new(),
            full: OnceLock::new(),
        };
        if size(parsed) > DOUBTFUL {
            let regex = lazy.compile()?;
            lazy.full.get_or_init(|| Some(regex));
        }
        Ok(lazy)
    }

    /// The regex for a line; one that is found too large only now matches
    /// nothing.
    pub(crate) fn get(&self, line: &str) -> Option<&Regex> {
        let narrow = || self.narrow.get_or_init(|| self.compile_narrow()).as_ref();
        let narrow = line.is_ascii().then(narrow).flatten();
        narrow.or_else(|| self.full.get_or_init(|| self.compile().ok()).as_ref())
    }

    pub(crate) fn is_match(&self, line: &str) -> bool {
        self.get(line).is_some_and(|regex| regex.is_match(line))
    }

    fn compile_narrow(&self) -> Option<Regex> {
        Regex::new(&narrowed(&self.text, self.any_case)?).ok()
    }

    fn compile(&self) -> Result<Regex, regex::Error> {
        RegexBuilder::new(&self.text)
            .case_insensitive(self.any_case)
            .build()
    }
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
