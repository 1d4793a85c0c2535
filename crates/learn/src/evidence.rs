//! Texts that show what a rule takes and what it leaves alone.

use cleancopy_rules::{Rule, RuleSet, Texts};
use cleancopy_text::words;

use crate::effect::{Effect, compile, excerpt};
use crate::index::Spot;
use crate::page::{chars, key};
use crate::survey::Survey;

/// The most lines of a piece of evidence, but for a span.
const LINES: usize = 14;

/// The longest line of an article that is shown, in characters.
const LONGEST: usize = 240;

/// Gives a rule its evidence, checked against the rule itself.
pub(crate) fn add(survey: &Survey<'_>, rule: &mut Rule, effect: &Effect, article: &[Spot]) {
    let Some(alone) = compile(vec![rule.clone()]) else {
        return;
    };
    let mut pages = Vec::new();
    for (page, lines) in &effect.stretches {
        if rule.removes.len() == 2 || pages.contains(page) {
            continue;
        }
        let first = if rule.after.is_some() {
            lines.start.saturating_sub(1)
        } else {
            lines.start
        };
        // A span shows nothing before its end.
        let span = rule.through.as_ref().map(|_| rule.max_blocks);
        let most = span.unwrap_or(LINES);
        let last = lines.end.min(first + most);
        // A run needs only as many lines as show it.
        let shortest = (first + 1..=last)
            .map(|end| excerpt(survey, *page, first..end))
            .find(|text| takes(&alone, text));
        let shown = shortest.filter(|text| !rule.removes.contains(text));
        if let Some(text) = shown {
            rule.removes.push(text);
            pages.push(*page);
        }
    }
    rule.keeps = near_miss(survey, rule, &alone, article)
        .into_iter()
        .collect();
}

fn takes(alone: &RuleSet, text: &str) -> bool {
    let lines: Vec<&str> = text.lines().collect();
    !alone.matches(&lines).is_empty()
}

/// What looks like the rule's prey and is not: a line of an article with the
/// same first words, or too few lines of a run.
fn near_miss(
    survey: &Survey<'_>,
    rule: &Rule,
    alone: &RuleSet,
    article: &[Spot],
) -> Option<String> {
    if let Some(Texts(texts)) = &rule.run {
        let alone = texts.first().filter(|text| !takes(alone, text));
        return alone.cloned();
    }
    let looked_for = [&rule.equals, &rule.starts, &rule.after, &rule.ends];
    let texts: Vec<&String> = looked_for.into_iter().flatten().flatten().collect();
    for count in [3, 2, 1] {
        for text in &texts {
            let Some(start) = opening(text, count) else {
                continue;
            };
            let miss = article
                .iter()
                .map(|&spot| survey.index.text(spot))
                .find(|line| {
                    chars(line) <= LONGEST && key(line).contains(&start) && !takes(alone, line)
                });
            if let Some(line) = miss {
                return Some(line.to_owned());
            }
        }
    }
    None
}

/// The first words of a text, folded; none if it has fewer or they are short.
fn opening(text: &str, count: usize) -> Option<String> {
    let opening: Vec<&str> = words(text).take(count).collect();
    let opening = (opening.len() == count).then(|| key(&opening.join(" ")))?;
    (chars(&opening) >= 4).then_some(opening)
}
