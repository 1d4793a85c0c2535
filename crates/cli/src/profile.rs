//! `clean profile …`

use std::io::Write;

use cleancopy_host::{ConfigFolders, Plugins, Profile, StartError};

use crate::Outcome;
use crate::args::{ProfileCommand, Shared};
use crate::style::{FAINT, GONE, NEW, STRONG, complain, count, paint};

pub(crate) fn run(command: &ProfileCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let config = shared.config();
    match command {
        ProfileCommand::List => list(&config),
        ProfileCommand::Show { name } => {
            let profile = Profile::load(name, &config)?;
            anstream::stdout()
                .lock()
                .write_all(profile.show().as_bytes())?;
            Ok(Outcome::Fine)
        }
        ProfileCommand::Check { names } => check(names, &config, &shared.plugins()),
    }
}

fn list(config: &ConfigFolders) -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    let names = Profile::names(config);
    let width = names
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    for (name, root) in names {
        let title = match Profile::load(&name, config) {
            Ok(profile) => profile.title.unwrap_or_default(),
            Err(error) => paint(GONE, error),
        };
        let name = paint(STRONG, format!("{name:width$}"));
        writeln!(out, "{name}  {title}  {}", paint(FAINT, root))?;
    }
    Ok(Outcome::Fine)
}

/// Checks every profile named; one that is wrong does not hide the others.
fn check(names: &[String], config: &ConfigFolders, plugins: &Plugins) -> anyhow::Result<Outcome> {
    let all = || {
        Profile::names(config)
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    };
    let names: Vec<String> = if names.is_empty() {
        all()
    } else {
        names.to_vec()
    };
    let mut outcome = Outcome::Fine;
    let mut out = anstream::stdout().lock();
    for name in &names {
        match check_one(name, config, plugins) {
            Ok((findings, told)) if findings.is_empty() => {
                writeln!(out, "{} {}  {told}", paint(NEW, "ok"), paint(STRONG, name))?;
            }
            Ok((findings, _)) => {
                outcome = Outcome::Findings;
                writeln!(out, "{} {}", paint(GONE, "not ok"), paint(STRONG, name))?;
                for finding in findings {
                    writeln!(out, "  {finding}")?;
                }
            }
            Err(error) => {
                outcome = Outcome::Findings;
                complain(&error.to_string());
            }
        }
    }
    Ok(outcome)
}

/// What the rules' evidence says, and the profile's size in words.
fn check_one(
    name: &str,
    config: &ConfigFolders,
    plugins: &Plugins,
) -> Result<(Vec<String>, String), StartError> {
    let plan = Profile::load(name, config)?.plan(plugins, config)?;
    plan.start()?;
    let failures = plan.check_evidence()?;
    let findings = failures
        .iter()
        .map(|f| format!("{}: rule `{}` {}", f.place, f.rule, f.problem));
    let steps = count(plan.plugins().count(), "step", "steps");
    let rules = count(plan.rule_count(), "rule", "rules");
    Ok((findings.collect(), format!("{steps}, {rules}")))
}
