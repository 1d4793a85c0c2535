//! From pages to a profile.

use std::collections::BTreeMap;

use cleancopy_model::Category;
use cleancopy_rules::Rule;

use crate::candidate::{Candidate, Family};
use crate::candidates::{Caps, candidates};
use crate::effect::{effects, prune};
use crate::evidence;
use crate::index::Spot;
use crate::known::{Known, known};
use crate::matching::{hosts, month, phrases};
use crate::page::Page;
use crate::survey::Survey;
use crate::trial::{Mistake, folds, trial};

/// The fewest pages from which anything can be learned.
pub const FEWEST: usize = 3;

/// How often a run that reached into an article is tried again with less.
const RETRIES: usize = 3;

/// There are too few documents to tell what repeats from what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "learning needs at least {FEWEST} documents of one publisher, here {}: what one article says \
     twice is not noise yet",
    if *.0 == 1 { "is 1".to_owned() } else { format!("are {}", .0) }
)]
pub struct TooFew(pub usize);

/// A profile that may be used once someone has read it.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The profile's name.
    pub name: String,
    /// The profile it is laid over.
    pub extends: String,
    /// From how many documents it was learned.
    pub pages: usize,
    /// In how many trials the rules were learned without some of them.
    pub folds: usize,
    /// Host names of the documents' addresses.
    pub hosts: Vec<String>,
    /// Lines that name the publisher.
    pub phrases: Vec<String>,
    /// Whether the parent sees items in documents of which each is one story.
    pub splits_cards: bool,
    /// What the parent takes by its look, so that no rule is proposed for it.
    pub known: Vec<Known>,
    /// The rules, in the order in which they apply.
    pub rules: Vec<Proposed>,
}

/// A rule and what speaks for and against it.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// The rule with its evidence.
    pub rule: Rule,
    /// The step it is for.
    pub step: &'static str,
    /// How it was found.
    pub family: Family,
    /// In how many documents it takes something.
    pub support: usize,
    /// How many lines it takes that the parent profile leaves.
    pub fresh: usize,
    /// What it would take from articles it was not learned from. A rule with
    /// mistakes is held back.
    pub mistakes: Vec<Mistake>,
}

/// Proposes a profile from one publisher's documents. `step` is called as the
/// work goes on, [`steps`] times at most.
///
/// # Errors
/// [`TooFew`] documents.
pub fn learn(
    pages: &[Page],
    name: &str,
    extends: &str,
    step: &mut dyn FnMut(),
) -> Result<Proposal, TooFew> {
    let full: Vec<&Page> = pages.iter().filter(|page| !page.lines.is_empty()).collect();
    if full.len() < FEWEST {
        return Err(TooFew(full.len()));
    }
    let survey = Survey::new(full);
    let (caps, mistakes) = tried(&survey, name, step);
    let found = candidates(&survey, name, &caps);
    let rules = settle(&survey, found, mistakes, month(pages));
    Ok(Proposal {
        name: name.to_owned(),
        extends: extends.to_owned(),
        pages: survey.index.pages.len(),
        folds: folds(survey.index.pages.len()),
        phrases: phrases(&survey, &hosts(pages), name),
        hosts: hosts(pages),
        splits_cards: splits_cards(pages),
        known: known(&survey.index.pages),
        rules,
    })
}

fn splits_cards(pages: &[Page]) -> bool {
    let split = pages.iter().any(|page| !page.items.is_empty());
    split && !pages.iter().any(Page::is_digest)
}

/// How often [`learn`] calls `step` for so many documents, at most.
#[must_use]
pub fn steps(pages: usize) -> usize {
    folds(pages) * (RETRIES + 1)
}

/// Tries the rules, and again with shorter gaps where a run took what it
/// should not.
fn tried(survey: &Survey<'_>, name: &str, step: &mut dyn FnMut()) -> (Caps, Vec<Mistake>) {
    let mut caps = Caps::new();
    let mut mistakes = trial(survey, name, &caps, step);
    for _ in 0..RETRIES {
        let gaps: BTreeMap<Family, usize> = candidates(survey, name, &caps)
            .into_iter()
            .filter(|c| c.rule.run.is_some())
            .map(|c| (c.family, c.rule.gap))
            .collect();
        let wide: Vec<Family> = mistakes
            .iter()
            .map(|mistake| mistake.family)
            .filter(|family| gaps.get(family).is_some_and(|gap| *gap > 0))
            .collect();
        if wide.is_empty() {
            break;
        }
        for family in wide {
            caps.insert(family, gaps[&family] / 2);
        }
        mistakes = trial(survey, name, &caps, step);
    }
    (caps, mistakes)
}

/// Leaves out what takes nothing, and gives the rest its evidence. A rule that
/// is held back takes nothing from the others.
fn settle(
    survey: &Survey<'_>,
    found: Vec<Candidate>,
    mistakes: Vec<Mistake>,
    seen: Option<String>,
) -> Vec<Proposed> {
    let mut by_rule: BTreeMap<String, Vec<Mistake>> = BTreeMap::new();
    for mistake in mistakes {
        by_rule
            .entry(mistake.rule.clone())
            .or_default()
            .push(mistake);
    }
    let (held, mut sound): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|candidate| by_rule.contains_key(&candidate.rule.id) && counts(&candidate.rule));
    let (article, mut rules) = (article(survey), Vec::new());
    // On a short page, one run may reach what another is for, and where a line
    // stands among those of a run here, it may stand alone elsewhere: each is
    // told of alone, so that none is missed on other pages.
    let alone = |family: Family, rule: &Rule| {
        rule.run.is_some() || matches!(family, Family::Lines | Family::Dateline)
    };
    for candidate in sound.clone() {
        if alone(candidate.family, &candidate.rule) {
            rules.extend(proposed(survey, &mut vec![candidate], &article));
        }
    }
    let others = proposed(survey, &mut sound, &article).into_iter();
    rules.extend(others.filter(|proposed| !alone(proposed.family, &proposed.rule)));
    rules.sort_by_key(|proposed| place_of(proposed.family));
    for candidate in held {
        rules.extend(proposed(survey, &mut vec![candidate], &article));
    }
    for proposed in &mut rules {
        proposed.rule.seen.clone_from(&seen);
        if counts(&proposed.rule) {
            proposed.mistakes = by_rule.remove(&proposed.rule.id).unwrap_or_default();
        }
    }
    rules
}

/// Where the rules of a family stand in a profile: in the order in which they
/// were tried.
fn place_of(family: Family) -> usize {
    match family {
        Family::Span => 0,
        Family::End => 1,
        Family::Menu | Family::Furniture | Family::Tail => 2,
        Family::Box => 3,
        Family::Title => 4,
        Family::Follower => 5,
        Family::Lines => 6,
        Family::Template => 7,
        Family::Card => 8,
        Family::Shouted => 9,
        Family::Dateline => 10,
    }
}

/// Those rules that take something, each line going to the first.
fn proposed(
    survey: &Survey<'_>,
    candidates: &mut Vec<Candidate>,
    article: &[Spot],
) -> Vec<Proposed> {
    let effects = effects(survey, candidates);
    let wanted = candidates
        .iter_mut()
        .zip(&effects)
        .filter(|(_, effect)| effect.fresh > 0 && effect.pages.len() >= survey.index.enough);
    let proposed = wanted.map(|(candidate, effect)| {
        prune(survey, candidate, effect);
        let mut rule = candidate.rule.clone();
        evidence::add(survey, &mut rule, effect, article);
        Proposed {
            mistakes: Vec::new(),
            rule,
            family: candidate.family,
            step: candidate.step,
            support: effect.pages.len(),
            fresh: effect.fresh,
        }
    });
    proposed.collect()
}

/// What stands under a picture reads like the article, and is not a mistake
/// of a rule that takes what stands under pictures.
fn counts(rule: &Rule) -> bool {
    rule.category != Category::ImageAlt
}

fn article(survey: &Survey<'_>) -> Vec<Spot> {
    let mut article = Vec::new();
    for (page, zones) in survey.zones.iter().enumerate() {
        let lines = zones.body.clone().map(|line| Spot { page, line });
        article.extend(lines.filter(|&spot| survey.is_article(spot)));
    }
    article
}
