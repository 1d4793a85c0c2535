//! The matcher against one that is too simple to be wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

use cleancopy_model::Category;
use cleancopy_rules::{Rule, RuleSet, Take, Texts, Where};
use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;
use regex::RegexBuilder;

/// Text in which everything that folds is frequent.
const TEXT: &str = "[aAbé ÉПп'’\u{a0}\t—-]{0,7}";

/// Regexes of every kind of trigger.
const REGEXES: &[&str] = &[
    "a+b",
    "^A",
    "^(?:a|bé)? ?-",
    "(?<x>b)'?",
    "é$",
    "[ab] ?(?:-|a)$",
    "[^a]a",
    "baa|aab",
    "п(?:аb|ab)",
    "^.?ab",
    "^(?-i:A)b",
    r"\bb",
    "(?:a[ab]a)+",
    "^[^é]+$",
    "bab|aab",
    r"(?:a-b|bba) ?\w$",
];

fn fold(rule: &Rule, case: bool, text: &str) -> String {
    let chars = text.chars().map(|c| match c {
        '\u{a0}' | '\t' if !rule.match_spaces => ' ',
        '’' if !rule.match_quotes => '\'',
        '—' if !rule.match_quotes => '-',
        c if case && !rule.match_case => c.to_lowercase().next().unwrap_or(c),
        c => c,
    });
    let text: String = chars.collect();
    if rule.match_spaces {
        return text;
    }
    text.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A pattern keeps a space at an edge that lies inside the line.
fn pattern(rule: &Rule, text: &str, front: bool, back: bool) -> String {
    let space = |inside: bool, is: bool| {
        if inside && is && !rule.match_spaces {
            " "
        } else {
            ""
        }
    };
    let (starts, ends) = (
        text.starts_with(char::is_whitespace),
        text.ends_with(char::is_whitespace),
    );
    format!(
        "{}{}{}",
        space(front, starts),
        fold(rule, true, text),
        space(back, ends)
    )
}

fn holds(rule: &Rule, lines: &[&str], at: usize) -> bool {
    let line = lines[at];
    let folded = fold(rule, true, line);
    let any = |texts: &Option<Texts>, test: &dyn Fn(&str) -> bool| {
        texts
            .as_ref()
            .is_none_or(|texts| texts.iter().any(|text| test(text)))
    };
    let place = match rule.place {
        Where::Head => at < rule.blocks,
        Where::Tail => at + rule.blocks >= lines.len(),
        Where::Anywhere => true,
    };
    let count = line.chars().count();
    let regex = any(&rule.regex, &|regex| {
        let regex = RegexBuilder::new(regex)
            .case_insensitive(!rule.match_case)
            .build()
            .expect(regex);
        regex.is_match(&fold(rule, false, line))
    });
    place
        && rule.min_chars.is_none_or(|min| count >= min)
        && rule.max_chars.is_none_or(|max| count <= max)
        && any(&rule.equals, &|t| folded == pattern(rule, t, false, false))
        && any(&rule.starts, &|t| {
            folded.starts_with(&pattern(rule, t, false, true))
        })
        && any(&rule.ends, &|t| {
            folded.ends_with(&pattern(rule, t, true, false))
        })
        && any(&rule.after, &|t| {
            at > 0 && fold(rule, true, lines[at - 1]) == pattern(rule, t, false, false)
        })
        && rule
            .contains
            .iter()
            .flatten()
            .all(|t| folded.contains(&pattern(rule, t, true, true)))
        && !rule
            .except
            .iter()
            .flatten()
            .any(|t| folded.contains(&pattern(rule, t, true, true)))
        && (!rule.glued
            || is_double(&fold(
                &Rule {
                    match_spaces: false,
                    ..rule.clone()
                },
                true,
                line,
            )))
        && regex
}

fn is_double(text: &str) -> bool {
    (1..text.len())
        .filter(|at| text.is_char_boundary(*at))
        .any(|at| {
            let (a, b) = text.split_at(at);
            a == b || b.strip_prefix(' ').is_some_and(|b| a == b)
        })
}

/// The whole lines that leave, with the rule that takes each, and whether a
/// part of a line that stays leaves.
fn reference(rules: &[Rule], lines: &[&str]) -> (Vec<Option<usize>>, Vec<bool>) {
    let mut taken = vec![None; lines.len()];
    for (index, rule) in rules.iter().enumerate() {
        for at in 0..lines.len() {
            let Some(through) = &rule.through else {
                continue;
            };
            let within = lines.iter().enumerate().skip(at).take(rule.max_blocks);
            let end = within
                .map(|(end, line)| (end, fold(rule, true, line)))
                .find(|(_, line)| {
                    through
                        .iter()
                        .any(|t| line.ends_with(&pattern(rule, t, true, false)))
                });
            let Some((end, _)) = end else { continue };
            if holds(rule, lines, at) && taken[at..=end].iter().all(Option::is_none) {
                taken[at..=end].fill(Some(index));
            }
        }
    }
    let spans = taken.clone();
    let mut parts = vec![false; lines.len()];
    for at in (0..lines.len()).filter(|at| spans[*at].is_none()) {
        let single = rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.through.is_none());
        let holding: Vec<_> = single.filter(|(_, rule)| holds(rule, lines, at)).collect();
        let whole = holding.iter().find(|(_, rule)| rule.take == Take::Line);
        taken[at] = whole.map(|(index, _)| *index);
        parts[at] = whole.is_none() && !holding.is_empty();
    }
    (taken, parts)
}

fn texts() -> impl Strategy<Value = Texts> {
    let text = "[aAbéП'’\u{a0} —-]{1,4}".prop_filter("blank", |text| !text.trim().is_empty());
    vec(text, 1..3).prop_map(Texts)
}

fn some_texts() -> impl Strategy<Value = Option<Texts>> {
    weighted(0.2, texts())
}

prop_compose! {
    fn rule()(
        (equals, starts, ends, contains, after) in
            (some_texts(), some_texts(), some_texts(), some_texts(), some_texts()),
        (through, except) in (some_texts(), some_texts()),
        regex in weighted(0.3, vec(prop::sample::select(REGEXES), 1..3)),
        glued in prop::bool::weighted(0.1),
        (match_case, match_quotes, match_spaces) in any::<(bool, bool, bool)>(),
        (blocks, max_blocks) in (1..4_usize, 1..4_usize),
        place in prop::sample::select(vec![Where::Head, Where::Tail, Where::Anywhere, Where::Anywhere]),
        (min_chars, max_chars) in (of(0..4_usize), of(4..7_usize)),
        take_match in any::<bool>(),
    ) -> Rule {
        let mut rule = Rule {
            equals, starts, ends, contains, after, through, except, glued,
            regex: regex.map(|regex| Texts(regex.into_iter().map(str::to_owned).collect())),
            match_case, match_quotes, match_spaces, blocks, max_blocks, place, min_chars, max_chars,
            ..Rule::new("t/r", Category::Login)
        };
        if take_match {
            rule.take = Take::Match;
        }
        rule
    }
}

/// Rules that are not accepted are made acceptable, or dropped.
fn accepted(mut rule: Rule) -> Option<Rule> {
    let compiles = |rule: &Rule| RuleSet::compile(vec![rule.clone()]).is_ok();
    if !compiles(&rule) {
        rule.take = Take::Line;
    }
    compiles(&rule).then_some(rule)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_matcher_agrees_with_the_reference(
        rules in vec(rule(), 1..6),
        lines in vec(prop_oneof![TEXT, "[abA' -]{0,9}"], 0..9),
    ) {
        let rules: Vec<_> = rules.into_iter().filter_map(accepted).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let matches = RuleSet::compile(rules.clone()).unwrap().matches(&lines);
        let (mut taken, mut parts) = (vec![None; lines.len()], vec![false; lines.len()]);
        for found in matches {
            match found.part {
                None => taken[found.lines].fill(Some(found.rule)),
                Some(_) => parts[found.lines.start] = true,
            }
        }
        prop_assert_eq!((taken, parts), reference(&rules, &lines));
    }

    #[test]
    fn no_trigger_rules_out_what_a_regex_matches(
        regex in prop::sample::select(REGEXES),
        lines in vec("[abA' -]{3,14}", 12),
    ) {
        let rule = Rule { regex: Some(regex.into()), ..Rule::new("t/r", Category::Login) };
        let rules = RuleSet::compile(vec![rule.clone()]).unwrap();
        for line in &lines {
            let found = !rules.matches(&[line]).is_empty();
            prop_assert_eq!(found, holds(&rule, &[line], 0), "{:?}", line);
        }
    }

    #[test]
    fn ranges_are_legal_on_any_text(
        rules in vec(rule(), 1..6),
        lines in vec(prop_oneof![TEXT, any::<String>(), "(ab|[aé]’ ){0,9}"], 0..6),
    ) {
        let rules: Vec<_> = rules.into_iter().filter_map(accepted).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut before = (0, 0);
        for found in RuleSet::compile(rules).unwrap().matches(&lines) {
            prop_assert!(!found.lines.is_empty() && found.lines.end <= lines.len());
            let line = lines[found.lines.start];
            for range in found.part.iter().chain(found.captures.iter().map(|(_, range)| range)) {
                prop_assert!(line.get(range.clone()).is_some());
            }
            let (start, end) = match &found.part {
                Some(part) => ((found.lines.start, part.start), (found.lines.start, part.end)),
                None => ((found.lines.start, 0), (found.lines.end, 0)),
            };
            prop_assert!(before <= start && start < end);
            before = end;
        }
    }
}
