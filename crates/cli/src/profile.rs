//! `clean profile …`

use std::io::Write;
use std::path::PathBuf;

use cleancopy_detect::{Detector, Verdict};
use cleancopy_host::{ConfigFolders, EvidenceFailure, Plugins, Profile, StartError};

use cleancopy_read::read;

use crate::Outcome;
use crate::args::{ProfileCommand, Shared};
use crate::input::collect;
use crate::new::new_profile;
use crate::style::{FAINT, GONE, NEW, RULE, STRONG, complain, count, paint};

pub(crate) fn run(command: &ProfileCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let config = shared.config();
    match command {
        ProfileCommand::New(args) => new_profile(args, shared),
        ProfileCommand::List => list(&config),
        ProfileCommand::Show { name, origin } => {
            let profile = Profile::load(name, &config)?;
            anstream::stdout()
                .lock()
                .write_all(profile.show(*origin).as_bytes())?;
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
        let network = profile.as_ref().ok().and_then(|p| p.network.as_ref());
        let site = network.map_or(String::new(), |network| format!(", site of {network}"));
        writeln!(
            out,
            "{name}  {title}  {}",
            paint(FAINT, format!("{root}{site}"))
        )?;
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
        let stand_in = detector.stand_in(&document);
        let profile = paint(STRONG, &stand_in.profile);
        writeln!(out, "  without a publisher: {profile} ({stand_in})")?;
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
            Ok(checked) => {
                let name = paint(STRONG, name);
                if checked.findings.is_empty() {
                    writeln!(out, "{} {name}  {}", paint(NEW, "ok"), checked.told)?;
                } else {
                    outcome = Outcome::Findings;
                    writeln!(out, "{} {name}", paint(GONE, "not ok"))?;
                }
                for finding in checked.findings {
                    writeln!(out, "  {finding}")?;
                }
                for warning in checked.warnings {
                    writeln!(out, "  {} {warning}", paint(RULE, "warning:"))?;
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

/// What is to be said of a profile.
struct Checked {
    /// Everything that is wrong with it.
    findings: Vec<String>,
    /// What is not wrong and could be better.
    warnings: Vec<String>,
    /// Its size in words.
    told: String,
}

fn check_one(name: &str, config: &ConfigFolders, plugins: &Plugins) -> Result<Checked, StartError> {
    let (mut plan, mut faults) = Profile::load(name, config)?.plan_sound(plugins, config);
    let (_, refused) = plan.start_sound();
    faults.extend(refused);
    let line = |f: EvidenceFailure| format!("{}: rule `{}` {}", f.place, f.rule, f.problem);
    let failures = plan.check_evidence().into_iter().map(line);
    let findings = faults.iter().map(ToString::to_string).chain(failures);
    let steps = count(plan.plugins().count(), "step", "steps");
    let rules = count(plan.rule_count(), "rule", "rules");
    Ok(Checked {
        findings: findings.collect(),
        warnings: plan.without_evidence().into_iter().map(line).collect(),
        told: format!("{steps}, {rules}"),
    })
}
