//! What rules take out of the pages they were learned from.

use std::collections::BTreeSet;
use std::ops::Range;

use cleancopy_rules::{Rule, RuleSet, Texts};

use crate::candidate::{Candidate, Family, LIFT};
use crate::index::Spot;
use crate::page::key;
use crate::survey::Survey;

/// What one rule takes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effect {
    /// From which pages.
    pub(crate) pages: BTreeSet<usize>,
    /// Each time: the page and the lines.
    pub(crate) stretches: Vec<(usize, Range<usize>)>,
    /// How many of the lines nothing else takes yet.
    pub(crate) fresh: usize,
}

/// A set of those rules that compile; the learner makes no others, but a
/// publisher may print what no automaton holds.
pub(crate) fn compile(rules: Vec<Rule>) -> Option<RuleSet> {
    RuleSet::compile(rules).ok()
}

/// Drops candidates that do not compile, and finds out what the others take,
/// each line going to the rule that gets it first.
pub(crate) fn effects(survey: &Survey<'_>, candidates: &mut Vec<Candidate>) -> Vec<Effect> {
    candidates.retain(|candidate| compile(vec![candidate.rule.clone()]).is_some());
    let mut effects = vec![Effect::default(); candidates.len()];
    let Some(set) = compile(candidates.iter().map(|c| c.rule.clone()).collect()) else {
        return effects;
    };
    // What becomes metadata is looked for once the menu has left.
    let below = candidates.iter().all(|candidate| candidate.step == LIFT);
    for (number, page) in survey.index.pages.iter().enumerate() {
        let headline = survey.zones[number].headline.filter(|_| below);
        let first = headline.unwrap_or(0);
        for found in set.matches(&page.texts()[first..]) {
            let lines = found.lines.start + first..found.lines.end + first;
            let effect = &mut effects[found.rule];
            let taken = page.lines[lines.clone()].iter();
            effect.fresh += taken.filter(|line| !line.taken).count();
            effect.pages.insert(number);
            effect.stretches.push((number, lines));
        }
    }
    effects
}

/// Leaves out the texts of a list that take nothing new: a run takes them
/// already, or the parent does.
pub(crate) fn prune(survey: &Survey<'_>, candidate: &mut Candidate, effect: &Effect) {
    if candidate.family != Family::Lines {
        return;
    }
    let mut needed = BTreeSet::new();
    for (page, lines) in &effect.stretches {
        let line = &survey.index.pages[*page].lines[lines.start];
        if !line.taken {
            needed.insert(key(&line.text));
        }
    }
    if let Some(Texts(texts)) = &mut candidate.rule.equals {
        texts.retain(|text| needed.contains(&key(text)));
    }
}

/// The text of some lines of a page.
pub(crate) fn excerpt(survey: &Survey<'_>, page: usize, lines: Range<usize>) -> String {
    let texts = lines.map(|line| survey.index.text(Spot { page, line }));
    texts.collect::<Vec<_>>().join("\n")
}
