//! From a rule to its compiled condition, with everything checked.

use regex_syntax::hir::Hir;

use crate::choices::{Choice, choices};
use crate::condition::{Condition, Gate, Literals, Part};
use crate::fold::Fold;
use crate::needs::Needs;
use crate::page::Surroundings;
use crate::pattern::{self, Pattern};
use crate::period::Period;
use crate::required::{Required, required};
use crate::runs::Stretch;
use crate::sieve::Sieve;
use crate::{Problem, Rule, RuleError, Take, Texts, Where};

/// A rule that passed.
pub(crate) struct Compiled {
    pub(crate) condition: Condition,
    /// What its regexes say.
    pub(crate) regexes: Vec<Known>,
}

/// What is known of a regex.
pub(crate) struct Known {
    /// Read as if it told case apart.
    pub(crate) parsed: Hir,
    /// What proposes it for a line, if anything can.
    pub(crate) required: Option<Required>,
}

impl Known {
    /// What is known of a regex, and what else a line needs before it can match.
    fn of(parsed: Hir, fold: Fold) -> (Self, Needs) {
        let choices = choices(&parsed, fold);
        let required = required(&parsed, &choices);
        // What proposes a line need not be looked for again.
        let is_new = |choice: &&Choice| match &required {
            Some(Required::Inside(texts)) => choice.texts != *texts || !Sieve::finds_all(texts),
            _ => true,
        };
        let needs = Needs::of(choices.iter().filter(is_new));
        (Self { parsed, required }, needs)
    }
}

/// Checks and compiles a rule; `index` is its place in the list, for errors.
pub(crate) fn compile(index: usize, rule: &Rule) -> Result<Compiled, RuleError> {
    let checked = check(rule).and_then(|()| build(rule));
    checked.map_err(|(key, problem)| RuleError {
        index,
        id: rule.id.clone(),
        key,
        problem,
    })
}

/// The key that is wrong, and what is wrong with it.
pub(crate) type Fault = (String, Problem);

pub(crate) fn fault<T>(key: &str, problem: Problem) -> Result<T, Fault> {
    Err((key.to_owned(), problem))
}

fn check(rule: &Rule) -> Result<(), Fault> {
    if !valid_id(&rule.id) {
        return fault("id", Problem::BadId);
    }
    check_texts(rule)?;
    check_numbers(rule)?;
    check_conditions(rule)?;
    check_take(rule)
}

fn valid_id(id: &str) -> bool {
    let byte = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-./".contains(&b);
    !id.is_empty() && id.bytes().all(byte)
}

fn check_texts(rule: &Rule) -> Result<(), Fault> {
    let lists = [
        ("equals", &rule.equals),
        ("starts", &rule.starts),
        ("ends", &rule.ends),
        ("contains", &rule.contains),
        ("regex", &rule.regex),
        ("after", &rule.after),
        ("through", &rule.through),
        ("then", &rule.then),
        ("run", &rule.run),
        ("except", &rule.except),
        ("inside", &rule.inside),
        ("kind", &rule.kind),
    ];
    for (key, texts) in lists {
        let Some(Texts(texts)) = texts else { continue };
        if texts.is_empty() {
            return fault(key, Problem::EmptyList);
        }
        if let Some(at) = texts.iter().position(|text| text.trim().is_empty()) {
            return Err((element(key, at, texts.len()), Problem::Empty));
        }
    }
    Ok(())
}

fn check_numbers(rule: &Rule) -> Result<(), Fault> {
    let numbers = [
        ("blocks", Some(rule.blocks)),
        ("max_blocks", Some(rule.max_blocks)),
        ("gap_chars", Some(rule.gap_chars)),
        ("least", Some(rule.least)),
        ("max_chars", rule.max_chars),
    ];
    if let Some((key, _)) = numbers.into_iter().find(|(_, n)| *n == Some(0)) {
        return fault(key, Problem::Zero);
    }
    match (rule.min_chars, rule.max_chars) {
        (Some(min), Some(max)) if min > max => fault("min_chars", Problem::Bounds(min, max)),
        _ => Ok(()),
    }
}

fn check_conditions(rule: &Rule) -> Result<(), Fault> {
    if rule.run.is_some() {
        return check_run(rule);
    }
    let has_texts = [&rule.equals, &rule.starts, &rule.ends, &rule.contains]
        .into_iter()
        .any(Option::is_some);
    let has_matcher = has_texts || rule.regex.is_some() || rule.glued;
    match (has_matcher, &rule.after, rule.max_chars) {
        (true, ..) | (false, Some(_), Some(_)) => Ok(()),
        (false, Some(_), None) => fault("after", Problem::OnlyAfter),
        (false, None, _) => fault("id", Problem::NoCondition),
    }
}

/// A run is a condition of its own.
fn check_run(rule: &Rule) -> Result<(), Fault> {
    let others = [
        ("equals", rule.equals.is_some()),
        ("starts", rule.starts.is_some()),
        ("ends", rule.ends.is_some()),
        ("contains", rule.contains.is_some()),
        ("regex", rule.regex.is_some()),
        ("glued", rule.glued),
        ("after", rule.after.is_some()),
        ("through", rule.through.is_some()),
        ("then", rule.then.is_some()),
        ("except", rule.except.is_some()),
        ("take", rule.take != Take::Line),
        ("min_chars", rule.min_chars.is_some()),
        ("max_chars", rule.max_chars.is_some()),
    ];
    if rule.to_edge && rule.place == Where::Anywhere {
        return fault("to_edge", Problem::WhichEdge);
    }
    match others.into_iter().find(|(_, given)| *given) {
        Some((key, _)) => fault("run", Problem::RunWith(key)),
        None => Ok(()),
    }
}

fn check_take(rule: &Rule) -> Result<(), Fault> {
    match part(rule) {
        None => fault("take", Problem::WhichPart),
        Some(part) if part != Part::Whole && rule.through.is_some() => {
            fault("take", Problem::PartOfSpan("through"))
        }
        Some(part) if part != Part::Whole && rule.then.is_some() => {
            fault("take", Problem::PartOfSpan("then"))
        }
        Some(_) if rule.through.is_some() && rule.then.is_some() => fault("then", Problem::TwoEnds),
        Some(_) => Ok(()),
    }
}

/// The part that leaves; `None` if the rule does not say which.
fn part(rule: &Rule) -> Option<Part> {
    if rule.take == Take::Line {
        return Some(Part::Whole);
    }
    if rule.regex.is_some() {
        return Some(Part::Regex);
    }
    let contains = rule.contains.as_ref().map_or(0, |texts| texts.0.len());
    match (
        rule.starts.is_some(),
        rule.ends.is_some(),
        contains,
        rule.glued,
    ) {
        (true, false, 0, false) => Some(Part::Start),
        (false, true, 0, false) => Some(Part::End),
        (false, false, 1, false) => Some(Part::Inside),
        (false, false, 0, true) => Some(Part::Half),
        _ => None,
    }
}

fn build(rule: &Rule) -> Result<Compiled, Fault> {
    let fold = Fold {
        case: !rule.match_case,
        dots: !rule.match_case,
        quotes: !rule.match_quotes,
        spaces: !rule.match_spaces,
    };
    let matching = patterns("regex", &rule.regex, fold)?.into_iter();
    let matching = matching.map(|p| (p.regex, Known::of(p.parsed, fold)));
    let (regexes, known): (Vec<_>, Vec<_>) = matching.unzip();
    let (known, needs) = known.into_iter().unzip();
    let then = patterns("then", &rule.then, fold)?.into_iter();
    let condition = Condition {
        fold,
        period: Period::of(rule)?,
        surroundings: Surroundings::of(rule)?,
        gate: gate(rule),
        min_chars: rule.min_chars,
        max_chars: rule.max_chars,
        literals: literals(rule, fold),
        glued: rule.glued,
        needs,
        regexes,
        then: then.map(|pattern| pattern.regex).collect(),
        part: part(rule).unwrap_or(Part::Whole),
        max_blocks: rule.max_blocks,
        run: rule.run.is_some().then_some(Stretch {
            gap: rule.gap,
            gap_chars: rule.gap_chars,
            least: rule.least,
            edge: rule.to_edge.then_some(rule.place),
        }),
    };
    Ok(Compiled {
        condition,
        regexes: known,
    })
}

fn patterns(key: &str, texts: &Option<Texts>, fold: Fold) -> Result<Vec<Pattern>, Fault> {
    let texts = texts.as_ref().map_or(&[][..], |texts| &texts.0);
    let compiled = texts.iter().enumerate().map(|(at, text)| {
        let key = element(key, at, texts.len());
        pattern::compile(text, fold).map_err(|problem| (key, problem))
    });
    compiled.collect()
}

/// The key of an element; a list of one may have been written as a text.
pub(crate) fn element(key: &str, at: usize, count: usize) -> String {
    if count == 1 {
        key.to_owned()
    } else {
        format!("{key}[{at}]")
    }
}

fn gate(rule: &Rule) -> Gate {
    let (head, tail) = match rule.place {
        Where::Head => (rule.blocks, 0),
        Where::Tail => (0, rule.blocks),
        Where::Anywhere => (usize::MAX, 0),
    };
    Gate {
        head,
        tail,
        max_chars: rule.max_chars.unwrap_or(usize::MAX),
    }
}

fn literals(rule: &Rule, fold: Fold) -> Literals {
    let folded = |texts: &Option<Texts>, front, back| -> Vec<String> {
        let texts = texts.iter().flatten();
        texts.map(|text| fold.pattern(text, front, back)).collect()
    };
    Literals {
        equals: folded(
            rule.run.as_ref().map_or(&rule.equals, |_| &rule.run),
            false,
            false,
        ),
        starts: folded(&rule.starts, false, true),
        ends: folded(&rule.ends, true, false),
        contains: folded(&rule.contains, true, true),
        after: folded(&rule.after, false, false),
        through: folded(&rule.through, true, false),
        except: folded(&rule.except, true, true),
    }
}
