//! Learning without some pages, and looking at what the rules take from them.

use std::ops::Range;

use cleancopy_rules::RuleSet;
use cleancopy_text::words;

use crate::beside::WORDS;
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

/// Runs the rules over a page as a chain would, until they take nothing, and
/// notes what they should have left.
fn judge(
    survey: &Survey<'_>,
    page: usize,
    set: &RuleSet,
    families: &[Family],
    mistakes: &mut Vec<Mistake>,
) {
    let mut left: Vec<usize> = (0..survey.index.lines[page].len()).collect();
    let mut taken = Vec::new();
    for round in 0..ROUNDS {
        let at = |&line: &usize| survey.index.text(Spot { page, line });
        let texts: Vec<&str> = left.iter().map(at).collect();
        let found = set.matches(&texts);
        let mut gone = vec![false; left.len()];
        for found in &found {
            if let Some(part) = &found.part {
                let line = left[found.lines.start];
                let spot = Spot { page, line };
                // A part is cut once; the line stays.
                if round == 0 && cuts_too_much(survey, spot, part) {
                    taken.push((found.rule, spot));
                }
                continue;
            }
            gone[found.lines.clone()].fill(true);
            let lines = left[found.lines.clone()].iter();
            taken.extend(lines.map(|&line| (found.rule, Spot { page, line })));
        }
        if !gone.contains(&true) {
            break;
        }
        let mut gone = gone.into_iter();
        left.retain(|_| !gone.next().unwrap_or(false));
    }
    // One of several copies of a headline may go.
    let copies = |spot: Spot| {
        let number = survey.number(spot);
        left.iter()
            .any(|&line| survey.number(Spot { page, line }) == number)
    };
    let wrong = taken.into_iter().filter(|&(_, spot)| {
        survey.is_article(spot) && !(survey.is_headline(spot) && copies(spot))
    });
    mistakes.extend(wrong.map(|(rule, spot)| Mistake {
        rule: set.rules()[rule].id.clone(),
        family: families[rule],
        page: survey.index.pages[page].id.clone(),
        text: survey.index.text(spot).to_owned(),
    }));
}

/// Whether a part of a line is a part of the article, and not just what stands
/// beside its title.
fn cuts_too_much(survey: &Survey<'_>, spot: Spot, part: &Range<usize>) -> bool {
    let text = survey.index.text(spot);
    let rest = format!("{} {}", &text[..part.start], &text[part.end..]);
    let titled = survey.says_headline(spot) && words(&rest).nth(WORDS - 1).is_some();
    survey.is_article(spot) && !titled
}
