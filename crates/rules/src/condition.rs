//! A rule that was checked and compiled, and whether a line meets it.

use cleancopy_text::Day;

use crate::fold::Fold;
use crate::glued::second_half;
use crate::lazy::LazyRegex;
use crate::memory::{Asked, Verdict};
use crate::needs::Needs;
use crate::page::Surroundings;
use crate::period::Period;
use crate::runs::Stretch;
use crate::view::View;

/// Where a line stands: its 0-based index and how many lines there are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) index: usize,
    pub(crate) count: usize,
}

/// Which lines can be ruled out by place and length alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gate {
    /// How many of the first lines are let through.
    pub(crate) head: usize,
    /// How many of the last lines are let through.
    pub(crate) tail: usize,
    /// The most characters a line that is let through has.
    pub(crate) max_chars: usize,
}

impl Gate {
    /// Whether a line of so many bytes may be let through, as far as that can
    /// be told without counting its characters.
    pub(crate) fn admits(&self, spot: Spot, bytes: usize) -> bool {
        bytes <= self.max_chars.saturating_mul(4) && self.admits_spot(spot)
    }

    /// How many lines of a long text are let through, at most.
    pub(crate) fn lines(&self) -> usize {
        self.head.saturating_add(self.tail)
    }

    pub(crate) fn admits_spot(&self, spot: Spot) -> bool {
        spot.index < self.head || spot.count - spot.index <= self.tail
    }
}

/// The patterns of a rule, folded as the rule says.
#[derive(Debug, Default)]
pub(crate) struct Literals {
    pub(crate) equals: Vec<String>,
    pub(crate) starts: Vec<String>,
    pub(crate) ends: Vec<String>,
    pub(crate) contains: Vec<String>,
    pub(crate) after: Vec<String>,
    pub(crate) through: Vec<String>,
    pub(crate) except: Vec<String>,
}

/// Which part of a line leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// The literal it starts with.
    Start,
    /// The literal it ends with.
    End,
    /// Every occurrence of the one literal it contains.
    Inside,
    /// Every match of the regexes.
    Regex,
    /// The second half.
    Half,
}

/// A compiled rule.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) fold: Fold,
    pub(crate) gate: Gate,
    pub(crate) min_chars: Option<usize>,
    pub(crate) max_chars: Option<usize>,
    pub(crate) literals: Literals,
    pub(crate) glued: bool,
    pub(crate) regexes: Vec<LazyRegex>,
    /// What a line needs before any of them can match, one for each.
    pub(crate) needs: Vec<Needs>,
    /// What the lines after it must match, one each, if it takes them too.
    pub(crate) then: Vec<LazyRegex>,
    pub(crate) part: Part,
    /// The most lines of a span; only used if `literals.through` is given.
    pub(crate) max_blocks: usize,
    /// How lines stand together, if that is what the rule asks for. The lines
    /// themselves are `literals.equals`.
    pub(crate) run: Option<Stretch>,
    /// Whose articles it is for; `None` if it is for all.
    pub(crate) period: Option<Period>,
    /// What of the page must hold; `None` if it may act on plain text.
    pub(crate) surroundings: Option<Surroundings>,
}

impl Condition {
    /// Whether the rule takes spans of lines.
    pub(crate) fn is_span(&self) -> bool {
        !self.literals.through.is_empty() || self.run.is_some() || !self.then.is_empty()
    }

    /// Whether the lines after the 0-based line `first` are those that must
    /// follow; the last of them.
    pub(crate) fn followed(&self, first: usize, lines: &[&str]) -> Option<usize> {
        let after = lines.get(first + 1..)?;
        let fold = self.regex_fold();
        let enough = after.len() >= self.then.len();
        let mut pairs = self.then.iter().zip(after);
        let all = pairs.all(|(regex, line)| regex.is_match(View::new(line).folded(fold)));
        (enough && all).then_some(first + self.then.len())
    }

    /// Whether the rule is for articles of this day.
    pub(crate) fn applies_on(&self, day: Day) -> bool {
        self.period.is_none_or(|period| period.covers(day))
    }

    /// The fold of what the regex sees: its own flag folds case.
    pub(crate) fn regex_fold(&self) -> Fold {
        Fold {
            case: false,
            ..self.fold
        }
    }

    /// The fold under which the halves of a glued line are the same: spaces
    /// between them never count.
    pub(crate) fn glued_fold(&self) -> Fold {
        Fold {
            spaces: true,
            ..self.fold
        }
    }

    /// Whether the line before is what the rule asks for.
    pub(crate) fn follows(&self, before: Option<&str>) -> bool {
        any_or_none(&self.literals.after, |text| {
            before.is_some_and(|line| self.equals(line, text))
        })
    }

    /// Whether one of the tests of this rule holds of the line alone. Those that
    /// are open are answered, until one holds; `regex_of` says which regex a test
    /// is for, if it is not for any of them.
    pub(crate) fn holds(
        &self,
        view: &View<'_>,
        asked: &mut [Asked],
        regex_of: impl Fn(&Asked) -> Option<usize>,
    ) -> bool {
        if asked.iter().any(|asked| asked.verdict == Verdict::Holds) {
            return true;
        }
        let mut open = asked.iter_mut().filter(|a| a.verdict == Verdict::Open);
        let Some(first) = open.next() else {
            return false;
        };
        let fits = self.fits(view);
        for asked in std::iter::once(first).chain(open) {
            // What is excepted comes last, for it forbids a line only here and there.
            let holds = fits && self.regex_holds(view, regex_of(asked)) && !self.is_excepted(view);
            asked.verdict = if holds {
                Verdict::Holds
            } else {
                Verdict::Fails
            };
            if holds {
                return true;
            }
        }
        false
    }

    /// Whether the conditions hold that need no regex; cheap ones are asked first.
    fn fits(&self, view: &View<'_>) -> bool {
        let (literals, line) = (&self.literals, view.line);
        self.bounds_hold(line)
            && any_or_none(&literals.equals, |text| view.folded(self.fold) == text)
            && any_or_none(&literals.starts, |text| {
                view.folded(self.fold).starts_with(text)
            })
            && any_or_none(&literals.ends, |text| {
                view.folded(self.fold).ends_with(text)
            })
            && literals
                .contains
                .iter()
                .all(|text| self.contains(view, text))
            && (!self.glued || second_half(view.folded(self.glued_fold())).is_some())
    }

    fn is_excepted(&self, view: &View<'_>) -> bool {
        let mut texts = self.literals.except.iter();
        texts.any(|text| self.contains(view, text))
    }

    fn bounds_hold(&self, line: &str) -> bool {
        self.min_chars.is_none_or(|min| has_chars(line, min))
            && self
                .max_chars
                .is_none_or(|max| !has_chars(line, max.saturating_add(1)))
    }

    fn equals(&self, line: &str, text: &str) -> bool {
        self.fold.chars(line).map(|(_, c)| c).eq(text.chars())
    }

    /// Whether a line ends with the folded text.
    pub(crate) fn ends(&self, line: &str, text: &str) -> bool {
        let line = self.fold.chars_back(line).map(|(_, c)| c);
        begins_with(line, text.chars().rev())
    }

    fn contains(&self, view: &View<'_>, text: &str) -> bool {
        view.folded(self.fold).contains(text)
    }

    /// Whether a regex matches, or any of them.
    fn regex_holds(&self, view: &View<'_>, which: Option<usize>) -> bool {
        match which {
            Some(which) => self.matches(which, view),
            None => self.regexes.is_empty() || self.matching_regex(view).is_some(),
        }
    }

    /// The first regex that matches.
    pub(crate) fn matching_regex(&self, view: &View<'_>) -> Option<&LazyRegex> {
        let first = (0..self.regexes.len()).find(|which| self.matches(*which, view));
        self.regexes.get(first?)
    }

    /// Whether a regex matches: it is asked only if the line has what it needs.
    fn matches(&self, which: usize, view: &View<'_>) -> bool {
        let needs = &self.needs[which];
        (needs.is_empty() || needs.are_met(view.folded(Fold::FULL)))
            && self.regexes[which].is_match(view.folded(self.regex_fold()))
    }
}

/// A key that is not given holds of every line.
fn any_or_none(texts: &[String], test: impl Fn(&str) -> bool) -> bool {
    texts.is_empty() || texts.iter().any(|text| test(text))
}

fn begins_with(mut chars: impl Iterator<Item = char>, text: impl Iterator<Item = char>) -> bool {
    text.into_iter().all(|wanted| chars.next() == Some(wanted))
}

/// Whether a line has at least so many characters. Counts none if its bytes tell.
pub(crate) fn has_chars(line: &str, least: usize) -> bool {
    // A character has one byte to four. Counting all is quicker than stopping
    // in time: there are at most four times as many bytes.
    line.len() >= least
        && (line.len() / 4 >= least || line.is_ascii() || line.chars().count() >= least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        for (line, count) in [("", 0), ("abc", 3), ("äöü", 3), ("👩‍🚀", 3)] {
            assert!(has_chars(line, count), "{line}");
            assert!(!has_chars(line, count + 1), "{line}");
        }
    }

    #[test]
    fn gates_know_head_and_tail() {
        let gate = Gate {
            head: 2,
            tail: 1,
            max_chars: 3,
        };
        let admitted: Vec<_> = (0..5)
            .filter(|&index| gate.admits(Spot { index, count: 5 }, 12))
            .collect();
        assert_eq!(admitted, [0, 1, 4]);
        assert!(!gate.admits(Spot { index: 0, count: 5 }, 13));
    }
}
