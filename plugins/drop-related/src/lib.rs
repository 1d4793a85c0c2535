//! Drops teaser cards of other stories, and lines that lead to them.
//!
//! ```text
//! Ferry strike enters second week
//! Talks broke down on Sunday.
//! Lighthouse sold for one crown
//! The tower went to its last keeper, who had asked for it in a letter.
//! Ferry strike enters second weekThe Coast LedgerAnn Example
//! ```
//! ->
//! ```text
//! Ferry strike enters second week
//! Talks broke down on Sunday.
//! ```
//!
//! What gives a card away is its last line, in which the headline of the story
//! *around* the card, the name of the site and the author of the story *in*
//! the card are glued together. That author never wrote the story around it.
//! When the card's title is the headline of another item of the same digest,
//! the author is that item's, and becomes its metadata, marked as inferred.
//!
//! Lines such as `Read more: …` are data: rules, as in `strip-banners`.

mod cards;

use std::cell::LazyCell;
use std::collections::BTreeMap;

use cleancopy_plugin::prelude::*;
use cleancopy_rules::{Rule, RuleSet};
use cleancopy_text::{Day, headline, letters};

use cards::{Card, Line, Story, card_above, cards};

/// What a profile may set.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The names of the site as cards print them, such as `The Coast Ledger`.
    /// Without any, the name is whatever stands between headline and author.
    pub sites: Vec<String>,
    /// Rules for lines that lead to other stories.
    pub rules: Vec<Rule>,
    /// Rules for the last line of a card, such as its day: title and teaser
    /// over it leave with it.
    pub card_ends: Vec<Rule>,
}

/// The cleaner.
#[derive(Debug)]
pub struct DropRelated {
    sites: Vec<String>,
    rules: RuleSet,
    card_ends: RuleSet,
}

const RULE: &str = "drop-related/card";

impl Cleaner for DropRelated {
    const DESCRIPTION: &'static str =
        "drops teaser cards of other stories and lines that lead to them";
    const METADATA_KEYS: Option<&'static str> = Some("published");

    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        if let Some(at) = settings
            .sites
            .iter()
            .position(|site| site.trim().is_empty())
        {
            return Err(SetupError::at(
                format!("sites[{at}]"),
                "a site needs a name",
            ));
        }
        let compile = |rules, key: &str| {
            let wrong = |error: cleancopy_rules::RuleError| {
                SetupError::at(format!("{key}{}", error.path()), error.to_string())
            };
            RuleSet::compile(rules).map_err(wrong)
        };
        Ok(Self {
            sites: settings.sites,
            rules: compile(settings.rules, "")?,
            card_ends: compile(settings.card_ends, "card_ends: ")?,
        })
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let lines: Vec<Line<'_>> = document.blocks().map(Line::from).collect();
        let stories = stories(document, &lines);
        let titles = LazyCell::new(|| titles(&stories, &lines));
        let mut taken = vec![false; lines.len()];
        for story in &stories {
            for card in cards(&lines, story, &self.sites) {
                for block in card.lines.clone().filter(|&block| !taken[block]) {
                    edits.remove(Target::block(block), RULE, Category::RelatedCard);
                }
                taken[card.lines.clone()].fill(true);
                credit_author(&card, &lines, &titles, edits);
            }
        }
        self.ended_cards(document, &lines, &mut taken, edits);
        self.strip(document, &lines, &taken, edits);
    }
}

impl DropRelated {
    /// The cards that a rule knows by their last line.
    fn ended_cards(
        &self,
        document: &Document<'_>,
        lines: &[Line<'_>],
        taken: &mut [bool],
        edits: &mut Edits<'_>,
    ) {
        let day = || Day::of_article(document.metadata("published"), document.url());
        let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
        for found in self.card_ends.matches_on(&texts, day, || document.page()) {
            let (rule, category) = self.card_ends.cause(&found);
            let Some(first) = card_above(lines, found.lines.start) else {
                continue;
            };
            let free = (first..found.lines.end).filter(|&block| !taken[block]);
            for block in free {
                edits.remove(Target::block(block), rule, category);
            }
            taken[first..found.lines.end].fill(true);
        }
    }

    /// What the rules say, where no card stands.
    fn strip(
        &self,
        document: &Document<'_>,
        lines: &[Line<'_>],
        taken: &[bool],
        edits: &mut Edits<'_>,
    ) {
        let day = || Day::of_article(document.metadata("published"), document.url());
        let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
        for found in self.rules.matches_on(&texts, day, || document.page()) {
            let (rule, category) = self.rules.cause(&found);
            for block in found.lines.clone().filter(|&block| !taken[block]) {
                let target = Target {
                    block,
                    range: found.part.clone(),
                };
                edits.remove(target, rule, category);
            }
        }
    }
}

/// The stories of the document: its items, or all of it.
fn stories(document: &Document<'_>, lines: &[Line<'_>]) -> Vec<Story> {
    let items = document
        .starts()
        .filter(|(_, kind)| *kind == SectionKind::Item);
    let mut starts: Vec<usize> = items.map(|(block, _)| block).collect();
    if starts.is_empty() {
        starts.push(0);
    }
    let ends = starts[1..].iter().copied().chain([lines.len()]);
    let ranges = starts.iter().copied().zip(ends);
    ranges
        .filter_map(|(start, end)| {
            let is_headline = |&at: &usize| {
                document
                    .get(at)
                    .is_some_and(|b| b.kind == BlockKind::Headline)
            };
            let marked = (start..end).find(is_headline);
            let guess = || headline(lines[start..end].iter().map(|line| line.text));
            let headline = marked.or_else(|| guess().map(|index| start + index))?;
            Some(Story {
                blocks: start..end,
                headline,
            })
        })
        .collect()
}

/// The block of each story's headline, by its letters. Of two stories with one
/// headline it is the first.
fn titles(stories: &[Story], lines: &[Line<'_>]) -> BTreeMap<String, usize> {
    let mut titles = BTreeMap::new();
    for story in stories {
        titles
            .entry(key(lines[story.headline].text))
            .or_insert(story.headline);
    }
    titles
}

fn key(title: &str) -> String {
    letters(title).collect()
}

/// Gives the author named by a card to the item that the card leads to.
fn credit_author(
    card: &Card<'_>,
    lines: &[Line<'_>],
    titles: &BTreeMap<String, usize>,
    edits: &mut Edits<'_>,
) {
    let (Some(title), Some(author)) = (card.title, card.author) else {
        return;
    };
    let Some(&headline) = titles.get(&key(lines[title].text)) else {
        return;
    };
    for value in [("byline", &[author][..]), ("inferred", &["byline"])] {
        let nowhere = Target::range(headline, 0..0);
        edits.lift(nowhere, value, Scope::Document, RULE, Category::Byline);
    }
}

export_cleaner!(DropRelated);

#[cfg(test)]
mod tests;
