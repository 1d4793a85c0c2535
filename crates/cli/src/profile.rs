//! `clean profile …`

use std::io::Write;
use std::path::PathBuf;

use cleancopy_detect::{Detector, Verdict};
use cleancopy_host::{ConfigFolders, Plugins, Profile, StartError};

use cleancopy_read::read;

use crate::Outcome;
use crate::args::{ProfileCommand, Shared};
use crate::input::collect;
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
        ProfileCommand::Detect { files, url } => detect(files, url.as_deref(), &config),
    }
}

fn list(config: &ConfigFolders) -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    let rows: Vec<_> = Profile::names(config)
        .into_iter()
        .map(|(name, root)| (Profile::load(&name, config), name, root))
        .collect();
    let width = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| text.chars().count()).max().unwrap_or(0)
    };
    let title = |profile: &Profile| profile.title.clone().unwrap_or_default();
    let titles: Vec<_> = rows
        .iter()
        .flat_map(|(p, ..)| p.as_ref().ok().map(title))
        .collect();
    let names = width(&mut rows.iter().map(|(_, name, _)| name.as_str()));
    let titles = width(&mut titles.iter().map(String::as_str));
    for (profile, name, root) in &rows {
        let title = match profile {
            Ok(profile) => format!("{:titles$}", title(profile)),
            Err(error) => paint(GONE, error),
        };
        let name = paint(STRONG, format!("{name:names$}"));
        writeln!(out, "{name}  {title}  {}", paint(FAINT, root))?;
    }
    Ok(Outcome::Fine)
}

/// Shows the scores of every profile that anything speaks for, the one that
/// `--profile auto` takes in bold.
fn detect(files: &[PathBuf], url: Option<&str>, config: &ConfigFolders) -> anyhow::Result<Outcome> {
    let (detector, errors) = Detector::load(config);
    errors
        .iter()
        .for_each(|error| complain(&format!("profile passed over: {error}")));
    let mut outcome = if errors.is_empty() {
        Outcome::Fine
    } else {
        Outcome::Findings
    };
    let mut out = anstream::stdout().lock();
    for input in collect(files)?.documents {
        let parse = |bytes| Ok(read(&input.id(), bytes, None, input.expect())?);
        let mut document = match input.read().and_then(parse) {
            Ok(document) => document,
            Err(error) => {
                outcome = Outcome::Findings;
                complain(&format!("{}: {error:#}", input.id()));
                continue;
            }
        };
        if let Some(url) = url {
            document.url = Some(url.to_owned());
        }
        let verdict = match detector.detect(&document) {
            Verdict::Known(score) => paint(STRONG, score.profile),
            Verdict::Close(a, b) => format!("undecided between {} and {}", a.profile, b.profile),
            Verdict::Unknown => "no publisher recognised".to_owned(),
        };
        writeln!(out, "{}: {verdict}", input.id())?;
        for score in detector.scores(&document) {
            let found = score.phrases.iter().map(|phrase| format!("“{phrase}”"));
            let found = found
                .chain(score.signs.iter().cloned())
                .collect::<Vec<_>>()
                .join(", ");
            let points = count(score.points() as usize, "point", "points");
            writeln!(
                out,
                "  {:20} {points}, {score}: {}",
                score.profile,
                paint(FAINT, found)
            )?;
        }
    }
    Ok(outcome)
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
