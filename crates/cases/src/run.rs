//! Running everything that can be checked about profiles.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use cleancopy_host::{Chain, ConfigFolders, Plan, Plugins, Profile, RuleCheck, StartError};
use cleancopy_model::{Document, Section};
use cleancopy_write::{TextOptions, diff};

use crate::case::{Case, DIFF, SHAPE, shown};
use crate::compare::compare;
use crate::fates::Fates;
use crate::filter::Filter;
use crate::invariants::{broken, unified};
use crate::outcome::{Check, Kind, Problem};
use crate::places::places;
use crate::shape::Shape;

/// What to check.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The profiles, with the cases of each.
    pub profiles: Vec<String>,
    /// Only cases by their `PROFILE/CASE`, and rules by their id.
    pub filter: Option<Filter>,
}

impl Wanted {
    fn takes(&self, name: &str) -> bool {
        let filter = self.filter.as_ref();
        filter.is_none_or(|filter| filter.takes(name))
    }
}

/// Checks profiles one after the other: what cannot be used, the evidence of
/// rules, the cases. One that is wrong never hides another. `each` is told of
/// every check as soon as it is done.
pub fn run(
    wanted: &Wanted,
    cases: &[Case],
    config: &ConfigFolders,
    plugins: &Plugins,
    each: &mut dyn FnMut(Check),
) {
    let mut runner = Runner {
        wanted,
        config,
        plugins,
        each,
        rules: BTreeSet::new(),
        faults: BTreeSet::new(),
    };
    for profile in &wanted.profiles {
        let cases = cases.iter().filter(|case| case.profile == *profile);
        let cases: Vec<_> = cases
            .filter(|case| wanted.takes(&case.full_name()))
            .collect();
        runner.profile(profile, &cases);
    }
}

struct Runner<'r> {
    wanted: &'r Wanted,
    config: &'r ConfigFolders,
    plugins: &'r Plugins,
    each: &'r mut dyn FnMut(Check),
    /// The places of rules that were run on their evidence: those of a pack
    /// are run for the first profile that has it.
    rules: BTreeSet<String>,
    /// The faults that were said: those of a parent are said once.
    faults: BTreeSet<String>,
}

impl Runner<'_> {
    fn profile(&mut self, name: &str, cases: &[&Case]) {
        let profile = match Profile::load(name, self.config) {
            Ok(profile) => profile,
            Err(error) => return self.not_run(name, cases, error.into()),
        };
        let (mut plan, mut faults) = profile.plan_sound(self.plugins, self.config);
        let (mut chain, refused) = plan.start_sound();
        faults.extend(refused);
        let sound = faults.is_empty();
        self.faults(name, &faults);
        self.rules(name, &plan);
        for case in cases {
            let mut check = match self.own_chain(case, &profile) {
                Ok(None) => check_case(case, &mut chain),
                Ok(Some(mut own)) => check_case(case, &mut own),
                Err(fault) => failed(case, fault),
            };
            check.rules = places(&check.problems, &plan);
            // What comes out without some of the rules is nothing to accept.
            if !sound && !check.passed() {
                check.wanted.clear();
                let why = "some of the profile cannot be used; mend that first";
                check.problems.push(Problem::Fault(why.to_owned()));
            }
            (self.each)(check);
        }
    }

    /// A profile that cannot be used takes its cases with it.
    fn not_run(&mut self, name: &str, cases: &[&Case], error: StartError) {
        for case in cases {
            let why = format!("not run: the profile `{name}` cannot be used");
            (self.each)(failed(case, why));
        }
        self.faults(name, &[error]);
    }

    /// The chain of a case that changes settings.
    fn own_chain(&self, case: &Case, profile: &Profile) -> Result<Option<Chain>, String> {
        let Some(changed) = case.changed(profile)? else {
            return Ok(None);
        };
        let (mut plan, mut faults) = changed.plan_sound(self.plugins, self.config);
        let (chain, refused) = plan.start_sound();
        faults.extend(refused);
        // What is wrong with the profile itself was said before.
        let faults = faults.iter().map(ToString::to_string);
        let mut own = faults.filter(|fault| !self.faults.contains(fault));
        own.next().map_or(Ok(Some(chain)), Err)
    }

    fn faults(&mut self, name: &str, faults: &[StartError]) {
        for fault in faults {
            if !self.faults.insert(fault.to_string()) {
                continue;
            }
            let (place, message) = match fault {
                StartError::Config(error) => (error.place.as_deref(), error.message.clone()),
                other => (None, other.to_string()),
            };
            let mut check = Check::new(Kind::Profile, name, name, place.unwrap_or_default());
            check.problems.push(Problem::Fault(message));
            (self.each)(check);
        }
        if faults.is_empty() && self.wanted.filter.is_none() {
            (self.each)(Check::new(Kind::Profile, name, name, ""));
        }
    }

    fn rules(&mut self, profile: &str, plan: &Plan) {
        let Self { wanted, rules, .. } = self;
        let started = Instant::now();
        let checks =
            plan.check_rules(|id, place| wanted.takes(id) && rules.insert(place.to_owned()));
        let time = started.elapsed() / u32::try_from(checks.len().max(1)).unwrap_or(1);
        for rule in checks {
            let mut check = rule_check(profile, &rule);
            check.time = time;
            (self.each)(check);
        }
    }
}

fn rule_check(profile: &str, rule: &RuleCheck) -> Check {
    let first = rule.failures.first();
    let place = first.map_or(&rule.place, |failure| &failure.place);
    let mut check = Check::new(Kind::Rule, profile, &rule.rule, place);
    let faults = rule
        .failures
        .iter()
        .map(|f| format!("{}: {}", f.place, f.problem));
    check.problems.extend(faults.map(Problem::Fault));
    check
}

/// A case that could not be run.
fn failed(case: &Case, why: String) -> Check {
    let folder = shown(&case.folder);
    let mut check = Check::new(Kind::Case, &case.profile, &case.name, &folder);
    check.problems.push(Problem::Fault(why));
    check
}

fn check_case(case: &Case, chain: &mut Chain) -> Check {
    let started = Instant::now();
    let input = case.input().unwrap_or_else(|_| case.folder.clone());
    let mut check = Check::new(Kind::Case, &case.profile, &case.name, &shown(&input));
    if let Err(error) = examine(case, chain, &mut check) {
        check.wanted.clear();
        check.problems.push(Problem::Fault(error));
    }
    let lines = check.problems.iter().find_map(|problem| match problem {
        Problem::Differs { hunks, .. } => hunks.first(),
        _ => None,
    });
    check.line = lines.map(|hunk| hunk.line);
    check.time = started.elapsed();
    check
}

/// Runs a case; an error is what kept it from being run to its end.
fn examine(case: &Case, chain: &mut Chain, check: &mut Check) -> Result<(), String> {
    let mut document = case.document().map_err(text)?;
    chain.clean(&mut document).map_err(text)?;
    check.acted = acted(&document);
    let problems = [
        diff_problem(case, &document),
        shape_problem(case, &document),
    ];
    for problem in problems {
        let Some((problem, wanted)) = problem? else {
            continue;
        };
        check.problems.push(problem);
        check.wanted.push(wanted);
    }
    let broken = broken(&case.name, &document, chain).map_err(text)?;
    check.problems.extend(broken);
    Ok(())
}

/// A problem, and the file that would mend it with its text.
type Mendable = (Problem, (std::path::PathBuf, String));

/// What differs from `expected.diff`.
fn diff_problem(case: &Case, document: &Document) -> Result<Option<Mendable>, String> {
    let file = case.folder.join(DIFF);
    let lines = diff(document, TextOptions { marks: true });
    let now: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let problem = match case.text(DIFF).map_err(text)? {
        None => Problem::Unknown {
            file: file.clone(),
            now: now.clone(),
        },
        Some(expected) if expected == now => return Ok(None),
        Some(expected) => {
            let source = document.source();
            let read = |diff: &str| Fates::read(source, diff);
            match (read(&expected), read(&now)) {
                (Ok(then), Ok(fates)) => {
                    let file = file.clone();
                    match compare(&then, &fates) {
                        hunks if hunks.is_empty() => other(file, "", &expected, &now),
                        hunks => Problem::Differs { file, hunks },
                    }
                }
                (Err(unfit), _) | (_, Err(unfit)) => {
                    other(file.clone(), &unfit.to_string(), &expected, &now)
                }
            }
        }
    };
    Ok(Some((problem, (file, now))))
}

fn other(file: std::path::PathBuf, note: &str, expected: &str, now: &str) -> Problem {
    Problem::Other {
        file,
        note: note.to_owned(),
        diff: unified(expected, now, ("expected", "now")),
    }
}

/// What differs from `expected.json`, if the case has one. An empty one asks
/// for everything.
fn shape_problem(case: &Case, document: &Document) -> Result<Option<Mendable>, String> {
    let Some(written) = case.text(SHAPE).map_err(text)? else {
        return Ok(None);
    };
    let file = case.folder.join(SHAPE);
    let expected: Shape = match written.trim() {
        "" => Shape::default(),
        json => serde_json::from_str(json).map_err(|e| format!("{}: {e}", shown(&file)))?,
    };
    let now = Shape::of(document).limited_to(&expected);
    if now == expected {
        return Ok(None);
    }
    let (then, now) = (expected.json(), now.json());
    let (then, now) = (then.map_err(text)?, now.map_err(text)?);
    let note = match expected == Shape::default() {
        true => "it says nothing yet of `metadata` and `sections`",
        false => "",
    };
    Ok(Some((other(file.clone(), note, &then, &now), (file, now))))
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The rules that did something to a document, and how often, by id.
fn acted(document: &Document) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut add = |rule: &str| *counts.entry(rule.to_owned()).or_default() += 1;
    document
        .record()
        .iter()
        .for_each(|removal| add(removal.rule));
    fn starts(section: &Section<'_>, add: &mut dyn FnMut(&str)) {
        section.rule.iter().for_each(|rule| add(rule));
        section.sections.iter().for_each(|inner| starts(inner, add));
    }
    let sections = document.sections();
    sections
        .iter()
        .for_each(|section| starts(section, &mut add));
    counts.into_iter().collect()
}
