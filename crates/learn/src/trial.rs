//! Learning without some pages, and looking at what the rules take from them.

use cleancopy_rules::RuleSet;

use crate::candidate::Family;
use crate::candidates::{Caps, candidates, rules};
use crate::effect::compile;
use crate::index::Spot;
use crate::page::Page;
use crate::survey::Survey;

/// Up to so many pages each is left out alone; of more, every eighth.
const FOLDS: usize = 8;

/// How often a chain runs over a page at most.
const ROUNDS: usize = 4;

/// A line of an article that a rule, learned without its page, would take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The id of the rule.
    pub rule: String,
    /// How the rule was found.
    pub family: Family,
    /// The id of the page.
    pub page: String,
    /// The line.
    pub text: String,
}

/// How many trials there are for so many pages.
pub(crate) fn folds(pages: usize) -> usize {
    pages.min(FOLDS)
}

/// What rules learned elsewhere would take from the articles of each page.
pub(crate) fn trial(
    survey: &Survey<'_>,
    name: &str,
    caps: &Caps,
    step: &mut dyn FnMut(),
) -> Vec<Mistake> {
    let count = folds(survey.index.pages.len());
    let mut mistakes = Vec::new();
    for fold in 0..count {
        let others: Vec<&Page> = survey
            .index
            .pages
            .iter()
            .enumerate()
            .filter(|(at, _)| at % count != fold)
            .map(|(_, page)| *page)
            .collect();
        let learned = candidates(&Survey::new(others), name, caps);
        let families: Vec<Family> = learned.iter().map(|candidate| candidate.family).collect();
        if let Some(set) = compile(rules(&learned)) {
            for page in (fold..survey.index.pages.len()).step_by(count) {
                judge(survey, page, &set, &families, &mut mistakes);
            }
        }
        step();
    }
    mistakes
}

/// Runs the rules over a page as a chain would, until they take nothing.
fn judge(
    survey: &Survey<'_>,
    page: usize,
    set: &RuleSet,
    families: &[Family],
    mistakes: &mut Vec<Mistake>,
) {
    let mut left: Vec<usize> = (0..survey.index.lines[page].len()).collect();
    for _ in 0..ROUNDS {
        let texts: Vec<&str> = left
            .iter()
            .map(|&line| survey.index.text(Spot { page, line }))
            .collect();
        let found = set.matches(&texts);
        if found.is_empty() {
            return;
        }
        let mut gone = vec![false; left.len()];
        for taken in &found {
            gone[taken.lines.clone()].fill(true);
            for &line in &left[taken.lines.clone()] {
                let spot = Spot { page, line };
                if survey.is_article(spot) {
                    mistakes.push(Mistake {
                        rule: set.cause(taken).0.to_owned(),
                        family: families[taken.rule],
                        page: survey.index.pages[page].id.clone(),
                        text: survey.index.text(spot).to_owned(),
                    });
                }
            }
        }
        let mut gone = gone.into_iter();
        left.retain(|_| !gone.next().unwrap_or(false));
    }
}
