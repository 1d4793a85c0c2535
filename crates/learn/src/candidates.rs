//! All rules that may be proposed, in the order in which they apply.

use std::collections::BTreeMap;

use cleancopy_rules::Rule;
use cleancopy_text::{letters, words};

use crate::candidate::{Candidate, Family};
use crate::survey::Survey;
use crate::{cards, lines, runs, spans, templates, titles};

/// How far the runs of a family may reach at most; those that reached into an
/// article are given less.
pub(crate) type Caps = BTreeMap<Family, usize>;

/// Every candidate with its id.
pub(crate) fn candidates(survey: &Survey<'_>, name: &str, caps: &Caps) -> Vec<Candidate> {
    // A run may have the ends of a span among its lines, and would leave what
    // stands between them.
    let mut all = spans::spans(survey);
    let runs = runs::at_the_ends(survey);
    let listed = runs::listed(&runs);
    all.extend(runs);
    all.extend(runs::boxes(survey, &listed));
    all.extend(titles::titles(survey, name));
    all.extend(lines::followers(survey));
    all.extend(lines::lines(survey, &runs::listed(&all)));
    all.extend(templates::templates(survey));
    all.extend(cards::shapes(survey));
    let mut used = BTreeMap::new();
    for candidate in &mut all {
        if let Some(&cap) = caps.get(&candidate.family) {
            candidate.rule.gap = candidate.rule.gap.min(cap);
        }
        let id = id(candidate, name);
        let count = used.entry(id.clone()).or_insert(0_usize);
        *count += 1;
        candidate.rule.id = if *count == 1 {
            id
        } else {
            format!("{id}-{count}")
        };
    }
    all
}

/// `category/name-what`: by what the rule looks for where there may be many.
fn id(candidate: &Candidate, name: &str) -> String {
    let rule = &candidate.rule;
    let what = match candidate.family {
        Family::Span => slug(first(&rule.equals)),
        Family::Template => {
            let front = slug(first(&rule.starts));
            if front.is_empty() {
                slug(first(&rule.ends))
            } else {
                front
            }
        }
        family => family.name().to_owned(),
    };
    let name = slug(name);
    let parts = [name.as_str(), what.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty());
    let id = parts.collect::<Vec<_>>().join("-");
    format!("{}/{id}", rule.category.name())
}

fn first(texts: &Option<cleancopy_rules::Texts>) -> &str {
    texts.iter().flatten().next().map_or("", String::as_str)
}

/// The first four words, as an id may have them.
fn slug(text: &str) -> String {
    let words = words(text).take(4).map(|word| {
        let ascii = letters(word).filter(char::is_ascii_alphanumeric);
        ascii.collect::<String>()
    });
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The rules alone.
pub(crate) fn rules(candidates: &[Candidate]) -> Vec<Rule> {
    candidates
        .iter()
        .map(|candidate| candidate.rule.clone())
        .collect()
}
