//! The rules of one profile, each by itself and beside the others.

use std::collections::BTreeMap;
use std::rc::Rc;

use cleancopy_host::{Plan, PlannedRule};
use cleancopy_rules::cost::costs;
use cleancopy_rules::{Rule, RuleSet};
use serde_json::Value as Json;

use crate::overlap::{overlaps, preempts};
use crate::{Finding, Severity};

/// A rule that compiles by itself, and where it stands.
pub(crate) struct Known<'p> {
    pub(crate) planned: PlannedRule<'p>,
    pub(crate) rule: Rule,
    /// The rule and no other.
    pub(crate) alone: Rc<RuleSet>,
}

/// Rules that were compiled, each alone, by what they say: those of packs come
/// again with every profile.
#[derive(Default)]
pub(crate) struct Compiled(BTreeMap<String, Option<Rc<RuleSet>>>);

impl Compiled {
    fn alone(&mut self, rule: &Rule) -> Option<Rc<RuleSet>> {
        let compile = || RuleSet::compile(vec![rule.clone()]).ok().map(Rc::new);
        let compiled = self.0.entry(conditions(rule)).or_insert_with(compile);
        compiled.clone()
    }
}

impl Known<'_> {
    /// Whether it stands in a pack rather than in a profile.
    pub(crate) fn in_pack(&self) -> bool {
        self.planned.file().contains("packs/")
    }

    /// `rule `id` (file:line)`
    pub(crate) fn named(&self) -> String {
        let place = self.planned.place("id");
        let line = place.rsplit_once(':').map_or(&*place, |(line, _)| line);
        format!("rule `{}` ({line})", self.rule.id)
    }
}

/// Everything to be said of the rules of a plan.
pub(crate) fn check(
    plan: &Plan,
    titles: &BTreeMap<String, String>,
    compiled: &mut Compiled,
) -> Vec<Finding> {
    let rules = plan.rules();
    let known: Vec<_> = rules.filter_map(|rule| read(rule, compiled)).collect();
    let mut found = Vec::new();
    for rule in &known {
        found.extend(never_matches(rule));
        found.extend(dear(rule));
        found.extend(belongs_to_one(rule, titles));
    }
    found.extend(twice(&known));
    found.extend(same_regex(&known));
    found.extend(overlaps(&known));
    found
}

/// Nothing for rules of plugins that have rules of another kind.
fn read<'p>(planned: PlannedRule<'p>, compiled: &mut Compiled) -> Option<Known<'p>> {
    let rule: Rule = serde_json::from_value(planned.json()).ok()?;
    let alone = compiled.alone(&rule)?;
    Some(Known {
        planned,
        rule,
        alone,
    })
}

/// Texts of `equals` that the rule's own conditions never let through.
fn never_matches(known: &Known<'_>) -> Option<Finding> {
    let rule = &known.rule;
    if rule.after.is_some() {
        return None;
    }
    let texts = rule.equals.iter().flatten();
    let dead: Vec<_> = texts
        .filter(|text| known.alone.holding(&[text.as_str()]).is_empty())
        .map(|text| format!("`{text}`"))
        .collect();
    (!dead.is_empty()).then(|| Finding {
        place: known.planned.place("equals"),
        severity: Severity::Error,
        code: "never-matches",
        message: format!(
            "rule `{}` never takes {}: its other conditions rule it out",
            rule.id,
            dead.join(", ")
        ),
        remedy: "delete the text, or loosen `max_chars`, `except` or what else stands beside it"
            .to_owned(),
    })
}

fn dear(known: &Known<'_>) -> Vec<Finding> {
    let finding = |cost: cleancopy_rules::cost::Cost| Finding {
        place: known.planned.place("regex"),
        severity: Severity::Warning,
        code: "cost",
        message: format!("rule `{}`, `{}`: {}", known.rule.id, cost.key, cost.problem),
        remedy: "a rule that is asked of few lines costs nothing".to_owned(),
    };
    costs(&known.rule).into_iter().map(finding).collect()
}

/// A rule of a pack that names a publisher is for that publisher.
fn belongs_to_one(known: &Known<'_>, titles: &BTreeMap<String, String>) -> Option<Finding> {
    if !known.in_pack() {
        return None;
    }
    let rule = &known.rule;
    let lists = [
        &rule.equals,
        &rule.starts,
        &rule.ends,
        &rule.contains,
        &rule.through,
    ];
    let mut texts = lists.into_iter().flatten().flatten();
    let (title, profile) = texts.find_map(|text| {
        let folded = text.to_lowercase();
        titles
            .iter()
            .find(|(title, _)| folded.contains(title.as_str()))
    })?;
    Some(Finding {
        place: known.planned.place("id"),
        severity: Severity::Warning,
        code: "one-publisher",
        message: format!("rule `{}` of a pack names `{title}`", rule.id),
        remedy: format!("move it to the profile `{profile}`: a pack is for what several print"),
    })
}

/// Rules that say word for word what another of the chain says.
fn twice(known: &[Known<'_>]) -> Vec<Finding> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, rule) in known.iter().enumerate() {
        let key = format!("{}{}", rule.planned.step(), conditions(&rule.rule));
        if let Some(other) = first.get(&key) {
            found.push(Finding {
                place: rule.planned.place("id"),
                severity: Severity::Error,
                code: "duplicate",
                message: format!(
                    "rule `{}` says what {} says",
                    rule.rule.id,
                    known[*other].named()
                ),
                remedy: "delete one of them".to_owned(),
            });
        } else {
            first.insert(key, index);
        }
    }
    found
}

/// Regexes that stand word for word in an earlier rule that goes as far.
fn same_regex(known: &[Known<'_>]) -> Vec<Finding> {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, later) in known.iter().enumerate() {
        for regex in later.rule.regex.iter().flatten() {
            let at = *first.entry(regex.as_str()).or_insert(index);
            let earlier = &known[at];
            if at == index || !reaches(&earlier.rule, &later.rule) {
                continue;
            }
            found.push(Finding {
                place: later.planned.place("regex"),
                severity: Severity::Warning,
                code: "regex-twice",
                message: format!(
                    "rule `{}` has the regex `{regex}`, which {} has as well",
                    later.rule.id,
                    earlier.named()
                ),
                remedy: "leave it to one of them".to_owned(),
            });
        }
    }
    found
}

/// Whether a rule with a regex of another's takes all that the other would.
fn reaches(earlier: &Rule, later: &Rule) -> bool {
    let room = earlier
        .max_chars
        .is_none_or(|most| later.max_chars.is_some_and(|n| n <= most));
    let only_regex = [
        &earlier.equals,
        &earlier.starts,
        &earlier.ends,
        &earlier.contains,
        &earlier.except,
    ]
    .into_iter()
    .all(Option::is_none);
    only_regex && room && conditions(earlier) != conditions(later) && preempts(earlier, later)
}

/// What a rule asks for, without what people and tests want to know.
pub(crate) fn conditions(rule: &Rule) -> String {
    let mut json = serde_json::to_value(rule).unwrap_or_default();
    if let Json::Object(table) = &mut json {
        for key in ["id", "category", "seen", "note", "removes", "keeps"] {
            table.remove(key);
        }
    }
    json.to_string()
}
