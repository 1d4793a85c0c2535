//! What a rule's regexes cost, for those who check rules.
//!
//! No regex can take more than linear time here; but one that is compiled to a
//! huge automaton, or asked of every line of every document, is felt in a run
//! over millions.

use regex_syntax::hir::{Hir, HirKind};

use crate::compile::{Known, compile};
use crate::lazy::size;
use crate::{Rule, Take, Where};

/// The most states, by a rough estimate, that a regex should have: three names
/// and a date are below it.
const MOST_STATES: usize = 100_000;

/// Lines that are let through by length alone must not be longer for a regex
/// that is asked of all of them.
const SHORT_LINE: usize = 160;

/// Something about a rule that costs too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The key, with the element if it is a list: `regex`, `regex[1]`.
    pub key: String,
    /// What costs, and what to do.
    pub problem: String,
}

/// What costs too much about a rule; nothing if it does not compile.
#[must_use]
pub fn costs(rule: &Rule) -> Vec<Cost> {
    let Ok(compiled) = compile(0, rule) else {
        return Vec::new();
    };
    let regexes = compiled.regexes.iter().enumerate();
    let single = compiled.regexes.len() == 1;
    let problems = regexes.flat_map(|(at, regex)| {
        let parsed = &regex.parsed;
        let key = if single {
            "regex".to_owned()
        } else {
            format!("regex[{at}]")
        };
        let all = [
            huge(parsed),
            asked_often(rule, regex),
            leading_dots(rule, parsed),
        ];
        all.into_iter().flatten().map(move |problem| Cost {
            key: key.clone(),
            problem,
        })
    });
    problems.collect()
}

fn huge(parsed: &Hir) -> Option<String> {
    let states = size(parsed);
    (states > MOST_STATES).then(|| {
        format!(
            "the regex has about {states} states, and takes that long to compile: write it \
             shorter, with fewer counts such as `{{1,900}}` round long groups"
        )
    })
}

/// A regex that no word rules out runs on every line.
fn asked_often(rule: &Rule, regex: &Known) -> Option<String> {
    let has_literal = [
        &rule.equals,
        &rule.starts,
        &rule.ends,
        &rule.contains,
        &rule.after,
    ]
    .into_iter()
    .any(Option::is_some);
    let few_lines = rule.place != Where::Anywhere;
    let short = rule.max_chars.is_some_and(|most| most <= SHORT_LINE);
    let dear = !has_literal && !few_lines && !short && regex.required.is_none();
    dear.then(|| {
        format!(
            "no word must stand in what the regex matches, so it runs on every line: add \
             `contains`, `where`, or a `max_chars` of {SHORT_LINE} at most"
        )
    })
}

/// `.*` in front says nothing: a match may begin anywhere as it is.
fn leading_dots(rule: &Rule, parsed: &Hir) -> Option<String> {
    let first = match parsed.kind() {
        HirKind::Concat(parts) => parts.first()?,
        _ => parsed,
    };
    let HirKind::Repetition(repeat) = first.kind() else {
        return None;
    };
    let any = matches!(repeat.sub.kind(), HirKind::Class(_))
        && *repeat.sub == Hir::dot(regex_syntax::hir::Dot::AnyCharExceptLF);
    let idle = any && repeat.min == 0 && rule.take == Take::Line;
    idle.then(|| {
        "the regex begins with `.*`, which is tried from every character on and changes \
         nothing: delete it"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_model::Category;

    fn told(regex: &str, max_chars: Option<usize>) -> String {
        let mut rule = Rule::new("a", Category::Share);
        (rule.regex, rule.max_chars) = (Some(regex.into()), max_chars);
        let told = costs(&rule).into_iter().map(|cost| cost.problem);
        told.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_costs_is_said() {
        assert!(told(r"^\d+$", None).contains("every line"));
        assert!(told(".*share this", None).contains("begins with `.*`"));
        assert!(told("^(?:{names} ){1,20}shared", None).contains("states"));
    }

    #[test]
    fn what_does_not_cost_is_not() {
        for (regex, most) in [
            (r"^\d+$", Some(20)),
            ("^share this", None),
            ("^By {names}$", None),
        ] {
            assert_eq!(told(regex, most), "", "{regex}");
        }
    }
}
