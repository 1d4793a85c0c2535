//! `clean test`: golden cases, the evidence of rules, and what must never
//! happen.
//!
//! What is checked and how is in `cleancopy-cases`; here is what people see of
//! it, and the question whether new output is to be taken.

mod accept;
mod report;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueHint};
use cleancopy_cases::{Check, Filter, Found, Kind, Wanted, find, is_glob, junit};
use cleancopy_host::{ConfigFolders, Profile};

use crate::Outcome;
use crate::args::Shared;
use crate::output::write_file;
use crate::style::say;
use report::Report;

pub(crate) use report::{print, show};

const EXAMPLES: &str = "\
Examples:
  clean test                              every profile with its cases
  clean test keld-courier                 one of them
  clean test --filter login               cases and rules with `login` in their name
  clean test --filter 'keld-*/live-*'     those whose whole name is like this
  clean test --accept keld-courier        look at new output, case by case, and take it
  clean test --accept --yes --filter new  take it unasked
  clean test --config mine --junit out.xml   your own folder, for a CI

A case is a folder PROFILE/CASE/ with input.txt (or .xml, .rss, .atom for a
feed), expected.diff (what `clean --diff` prints; empty if all must be kept),
and, if they matter, expected.json (metadata and sections; begin with an empty
file) and case.toml (url, language, encoding, about, [set.STEP]).

Exit codes: 0 all passed, 1 something failed, 2 nothing could be tested.";

/// Where cases are in a checkout.
const CASES: &str = "tests/cases";

/// What `clean test` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub(crate) struct TestArgs {
    /// The profiles to test, by name or glob; all of them if none is given
    #[arg(value_name = "PROFILE")]
    pub(crate) profiles: Vec<String>,

    /// Only cases whose PROFILE/CASE and rules whose id has TEXT in it, or is
    /// like it if it is a glob: `*`, `?`, `[…]`, `{…,…}`
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,

    /// Take new output as what is expected from now on, case by case; never
    /// that of a case that loses text or changes in a second pass
    #[arg(long)]
    pub(crate) accept: bool,

    /// With --accept: do not ask
    #[arg(long, requires = "accept")]
    pub(crate) yes: bool,

    /// Look for cases in DIR; may be given several times [default: tests/cases,
    /// and cases/ in and beside the --config folders, or the nearest config/]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) cases: Vec<PathBuf>,

    /// Write the results as JUnit XML
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) junit: Option<PathBuf>,
}

pub(crate) fn run(args: &TestArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    accept::refuse(args)?;
    let config = shared.config();
    let folders = case_folders(&args.cases, shared, &config)?;
    let mut found = find(&folders);
    let profiles = profiles(&args.profiles, &found, &config)?;
    if !args.profiles.is_empty() {
        found.limit_to(&profiles);
    }
    let wanted = Wanted {
        profiles,
        filter: args.filter.as_deref().map(filter).transpose()?,
    };
    let mut report = Report::new(args.accept, wanted.profiles.len());
    found.faults.drain(..).for_each(|fault| report.add(fault));
    let plugins = shared.plugins();
    cleancopy_cases::run(&wanted, &found.cases, &config, &plugins, &mut |check| {
        report.add(check);
    });
    let checks = report.finish()?;
    refuse_nothing(args, checks, &folders)?;
    if let Some(path) = &args.junit {
        write_file(path, |out| out.write_all(junit(checks).as_bytes()))?;
    }
    let accepted = match args.accept {
        true => accept::offer(checks, args.yes)?,
        false => 0,
    };
    note_missing_cases(args, &found, &folders);
    report.conclude(accepted)
}

fn filter(text: &str) -> anyhow::Result<Filter> {
    Filter::new(text).with_context(|| format!("--filter `{text}`"))
}

/// Where to look for cases: in the folders named, else in the usual ones.
pub(crate) fn case_folders(
    named: &[PathBuf],
    shared: &Shared,
    config: &ConfigFolders,
) -> anyhow::Result<Vec<PathBuf>> {
    for folder in named {
        std::fs::read_dir(folder).with_context(|| format!("--cases {}", folder.display()))?;
    }
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    let nearest = ConfigFolders::nearest().filter(|_| shared.config.is_empty());
    let beside = shared.config.iter().chain(&nearest).flat_map(|folder| {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        let above = real.parent().unwrap_or(Path::new(".")).to_owned();
        ["cases", CASES].map(|name| above.join(name))
    });
    let inside = config.folders().map(|folder| folder.join("cases"));
    let all = std::iter::once(PathBuf::from(CASES))
        .chain(inside)
        .chain(beside);
    let mut seen = BTreeSet::new();
    let new = |folder: &PathBuf| folder.canonicalize().is_ok_and(|real| seen.insert(real));
    Ok(all.filter(|folder| folder.is_dir()).filter(new).collect())
}

/// The profiles to test: those named, else those within reach and those that
/// cases name.
fn profiles(
    named: &[String],
    found: &Found,
    config: &ConfigFolders,
) -> anyhow::Result<Vec<String>> {
    let known = Profile::names(config).into_iter().map(|(name, _)| name);
    let known: Vec<_> = known.collect();
    let own = found.cases.iter().map(|case| case.profile.clone());
    let mut all = Vec::new();
    for name in named {
        if is_glob(name) {
            let wanted = filter(name)?;
            let like: Vec<_> = known.iter().filter(|name| wanted.takes(name)).collect();
            anyhow::ensure!(!like.is_empty(), "`{name}` matches no profile");
            all.extend(like.into_iter().cloned());
            continue;
        }
        if !known.contains(name) {
            // Says which name is the nearest, and where profiles were looked for.
            Profile::load(name, config)?;
        }
        all.push(name.clone());
    }
    if named.is_empty() {
        all.extend(known.into_iter().chain(own));
    }
    let mut seen = BTreeSet::new();
    let once = all.into_iter().filter(|name| seen.insert(name.clone()));
    Ok(once.collect())
}

/// A run that checked nothing must not look like one that passed.
fn refuse_nothing(args: &TestArgs, checks: &[Check], folders: &[PathBuf]) -> anyhow::Result<()> {
    let no = |kind| !checks.iter().any(|check| check.kind == kind);
    let nothing = no(Kind::Case) && no(Kind::Rule);
    let why = match &args.filter {
        Some(filter) if nothing => {
            format!("--filter `{filter}` matches no case and no rule with evidence")
        }
        None if checks.iter().any(|check| !check.passed()) => return Ok(()),
        None if !args.cases.is_empty() && no(Kind::Case) => "no case to run".to_owned(),
        None if nothing => "nothing to test: no case, and no rule with evidence".to_owned(),
        _ => return Ok(()),
    };
    if folders.is_empty() {
        bail!("{why}; there is no folder with cases ({CASES}, --cases DIR)");
    }
    let folders = folders.iter().map(|folder| folder.display().to_string());
    let folders = folders.collect::<Vec<_>>().join(", ");
    bail!("{why}; looked for cases in {folders}")
}

/// Says which of the profiles named have no case: nobody notices otherwise.
fn note_missing_cases(args: &TestArgs, found: &Found, folders: &[PathBuf]) {
    if args.filter.is_some() {
        return;
    }
    let folder = folders.first().map_or(Path::new(CASES), PathBuf::as_path);
    if args.profiles.is_empty() && found.cases.is_empty() {
        let folder = folder.display();
        say(&format!(
            "note: no case at all; one goes into {folder}/PROFILE/NAME/input.txt"
        ));
    }
    for profile in &args.profiles {
        if !found.cases.iter().any(|case| case.profile == *profile) {
            let folder = folder.join(profile);
            let hint = format!("put one in {}/NAME/input.txt", folder.display());
            say(&format!("note: no case for `{profile}`; {hint}"));
        }
    }
}
