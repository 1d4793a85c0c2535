//! Rules whose lines an earlier rule takes.
//!
//! Whether one pattern holds of all that another holds of cannot be told in
//! general. It can be tried: a rule that holds of a text, of the text with more
//! behind it, before it and round it, holds of what begins, ends or goes with
//! that text. And a rule's own evidence says which lines it is there for.

use cleancopy_rules::{Rule, RuleSet, Take, Where};

use crate::rules::{Known, conditions};
use crate::{Finding, Severity};

/// The longest line that is tried.
const LONGEST: usize = 2000;

/// Stands for text that a pattern leaves open.
const FILLER: &str = "quince Bexhill, 42 zebras ";

/// What earlier rules take of later ones, and what profiles repeat of packs.
pub(crate) fn overlaps(known: &[Known<'_>]) -> Vec<Finding> {
    // Rules of one id that took turns cannot stand in one set if one of them
    // is of another step; then nothing is compared.
    let Ok(all) = RuleSet::compile(known.iter().map(|k| k.rule.clone()).collect()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for index in 0..known.len() {
        let finding = by_pattern(known, index, &all).or_else(|| by_evidence(known, index, &all));
        let twin = |other: &Known<'_>| conditions(&other.rule) == conditions(&known[index].rule);
        if !known[..index].iter().any(twin) {
            found.extend(finding);
        }
        found.extend(said_by_a_pack(known, index, &all));
    }
    found
}

/// Whether every line that an earlier rule lets through by its place the later
/// one would have got; and it takes them whole, at any time.
pub(crate) fn preempts(earlier: &Rule, later: &Rule) -> bool {
    let whole = earlier.take == Take::Line && earlier.through.is_none() && earlier.run.is_none();
    let free = earlier.after.is_none()
        && earlier.from.is_none()
        && earlier.until.is_none()
        && !earlier.is_for_pages()
        && earlier.category.name() != "caption";
    let place = match (earlier.place, later.place) {
        (Where::Anywhere, _) => true,
        (a, b) => a == b && earlier.blocks >= later.blocks,
    };
    whole && free && place
}

/// Whether the lines of the rule are decided one by one.
fn is_single(rule: &Rule) -> bool {
    rule.through.is_none() && rule.run.is_none()
}

/// Each text that a rule names, with the lines that stand for it.
fn probes(rule: &Rule) -> Vec<(String, Vec<String>)> {
    let others = [rule.regex.is_some(), rule.glued, rule.after.is_some()];
    let given = [
        (&rule.equals, false, false),
        (&rule.starts, false, true),
        (&rule.ends, true, false),
        (&rule.contains, true, true),
    ];
    let mut given = given
        .into_iter()
        .filter_map(|(texts, front, back)| Some((texts.as_ref()?, front, back)));
    let (Some((texts, front, back)), None) = (given.next(), given.next()) else {
        return Vec::new();
    };
    if others.contains(&true) || (front && back && texts.iter().count() != 1) {
        return Vec::new();
    }
    let lines = |text: &String| (text.clone(), lines(text, front, back, rule.max_chars));
    texts.iter().map(lines).collect()
}

/// The text alone, and with a little and with much where the pattern is open.
fn lines(text: &str, front: bool, back: bool, most: Option<usize>) -> Vec<String> {
    let room = most
        .unwrap_or(LONGEST)
        .min(LONGEST)
        .saturating_sub(text.chars().count() + 2);
    let long: String = FILLER.chars().cycle().take(room / 2).collect();
    let mut lines = vec![text.to_owned()];
    if room < 2 * FILLER.len() || !(front || back) {
        return lines;
    }
    for filler in [FILLER.trim(), long.trim()] {
        let before = if front {
            format!("{filler} ")
        } else {
            String::new()
        };
        let behind = if back {
            format!(" {filler}")
        } else {
            String::new()
        };
        lines.push(format!("{before}{text}{behind}"));
    }
    lines
}

/// The rule before `index` that holds of all lines and would take them.
fn taker(known: &[Known<'_>], index: usize, lines: &[String], all: &RuleSet) -> Option<usize> {
    let rule = &known[index].rule;
    // What a profile says first is for that profile; the pack is for all.
    let fair = |other: usize| known[other].in_pack() || !known[index].in_pack();
    let candidate = |&other: &usize| fair(other) && preempts(&known[other].rule, rule);
    let holding = |line: &String| -> Vec<usize> {
        let found = all
            .holding(&[line.as_str()])
            .into_iter()
            .map(|(_, rule)| rule);
        found
            .filter(|other| *other < index)
            .filter(candidate)
            .collect()
    };
    let mut lines = lines.iter();
    let first = holding(lines.next()?);
    let common = lines.fold(first, |common, line| {
        let here = holding(line);
        common
            .into_iter()
            .filter(|rule| here.contains(rule))
            .collect()
    });
    common.first().copied()
}

fn by_pattern(known: &[Known<'_>], index: usize, all: &RuleSet) -> Option<Finding> {
    let rule = &known[index];
    if !is_single(&rule.rule) {
        return None;
    }
    let probes = probes(&rule.rule);
    let taken: Vec<_> = probes
        .iter()
        .filter_map(|(text, lines)| Some((text, taker(known, index, lines, all)?)))
        .collect();
    let (text, other) = *taken.first()?;
    let whole = taken.len() == probes.len();
    let other = known[other].named();
    let id = &rule.rule.id;
    let texts: Vec<_> = taken.iter().map(|(text, _)| format!("`{text}`")).collect();
    Some(Finding {
        place: rule.planned.place(key_of(&rule.rule)),
        severity: if whole {
            Severity::Error
        } else {
            Severity::Warning
        },
        code: if whole { "shadowed" } else { "shadowed-text" },
        message: if whole {
            format!("rule `{id}` never acts: {other} takes `{text}` first")
        } else {
            format!(
                "rule `{id}` never gets {}: {other} takes it first",
                texts.join(", ")
            )
        },
        remedy: "delete what is taken already, or bind the earlier rule to a place".to_owned(),
    })
}

fn key_of(rule: &Rule) -> &'static str {
    match rule {
        Rule {
            equals: Some(_), ..
        } => "equals",
        Rule {
            starts: Some(_), ..
        } => "starts",
        Rule { ends: Some(_), .. } => "ends",
        Rule {
            contains: Some(_), ..
        } => "contains",
        _ => "id",
    }
}

/// A rule that gets nothing of all the texts it names as its evidence.
fn by_evidence(known: &[Known<'_>], index: usize, all: &RuleSet) -> Option<Finding> {
    let rule = &known[index];
    // What shows that a rule for pages acts is a page, and no lines.
    if !is_single(&rule.rule) || rule.rule.removes.is_empty() || rule.rule.is_for_pages() {
        return None;
    }
    let mut by = None;
    for text in &rule.rule.removes {
        let lines: Vec<&str> = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .collect();
        let own = rule.alone.holding(&lines).into_iter().map(|(line, _)| line);
        for line in own {
            by = Some(taker_of_line(known, index, &lines, line, all)?);
        }
    }
    let other = known
        .get(by?)
        .filter(|other| other.in_pack() || !rule.in_pack())?;
    Some(Finding {
        place: rule.planned.place("removes"),
        severity: Severity::Warning,
        code: "shadowed-evidence",
        message: format!(
            "rule `{}` takes nothing of its own evidence: {} takes it first",
            rule.rule.id,
            other.named()
        ),
        remedy: "delete the rule, or show with `removes` what it alone takes".to_owned(),
    })
}

fn taker_of_line(
    known: &[Known<'_>],
    index: usize,
    lines: &[&str],
    line: usize,
    all: &RuleSet,
) -> Option<usize> {
    let found = all.holding(lines).into_iter();
    let mut others = found.filter(|(at, other)| *at == line && *other < index);
    let taker = others.find(|(_, other)| preempts(&known[*other].rule, &known[index].rule));
    taker.map(|(_, other)| other)
}

/// A rule of a profile that a pack of its chain makes needless.
fn said_by_a_pack(known: &[Known<'_>], index: usize, all: &RuleSet) -> Option<Finding> {
    let rule = &known[index];
    let probes = probes(&rule.rule);
    if rule.in_pack() || probes.is_empty() || !is_single(&rule.rule) {
        return None;
    }
    let fits = |other: &usize| {
        let pack = &known[*other];
        pack.in_pack()
            && pack.planned.step() == rule.planned.step()
            && pack.rule.category == rule.rule.category
            && preempts(&pack.rule, &rule.rule)
            && conditions(&pack.rule) != conditions(&rule.rule)
    };
    let holds = |line: &String| -> Vec<usize> {
        let found = all
            .holding(&[line.as_str()])
            .into_iter()
            .map(|(_, rule)| rule);
        found.filter(|other| *other > index).filter(fits).collect()
    };
    let mut lines = probes.iter().flat_map(|(_, lines)| lines);
    let first = holds(lines.next()?);
    let common = lines.fold(first, |common, line| {
        let here = holds(line);
        common
            .into_iter()
            .filter(|rule| here.contains(rule))
            .collect()
    });
    let pack = known.get(*common.first()?)?;
    Some(Finding {
        place: rule.planned.place("id"),
        severity: Severity::Warning,
        code: "said-by-pack",
        message: format!(
            "rule `{}` says what {} says for all",
            rule.rule.id,
            pack.named()
        ),
        remedy: "delete the profile's own".to_owned(),
    })
}
