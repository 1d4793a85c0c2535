//! `clean lint`: prints what is wrong with rules and profiles that load.

use std::io::Write;

use clap::{Args, ValueEnum};
use cleancopy_host::Profile;
use cleancopy_lint::{Finding, Severity, lint};
use serde_json::json;

use crate::Outcome;
use crate::args::Shared;
use crate::style::{FAINT, GONE, PLACE, RULE, count, paint, say};

const EXAMPLES: &str = "\
Examples:
  clean lint                       everything within reach
  clean lint keld-courier          one profile, and what it shares with others
  clean lint --strict              warnings count as well, for CI
  clean lint --format json         for other programs

Exit codes: 0 nothing is wrong, 1 something is, 2 nothing could be looked at.";

/// What `clean lint` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub(crate) struct LintArgs {
    /// The profiles; all of them if none is given
    #[arg(value_name = "PROFILE")]
    profiles: Vec<String>,

    /// Let warnings count as errors do
    #[arg(long)]
    strict: bool,

    /// How to print what is found
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: LintFormat,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LintFormat {
    /// A line for what is wrong, a line for what to do
    Text,
    /// One array of objects
    Json,
}

pub(crate) fn run(args: &LintArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    let config = shared.config();
    let all = Profile::names(&config).into_iter().map(|(name, _)| name);
    let all: Vec<_> = all.collect();
    for name in args.profiles.iter().filter(|name| !all.contains(name)) {
        // Says which name is the nearest, and where profiles were looked for.
        Profile::load(name, &config)?;
    }
    let names = if args.profiles.is_empty() {
        &all
    } else {
        &args.profiles
    };
    let found = lint(names, &config, &shared.plugins());
    match args.format {
        LintFormat::Text => print_text(&found)?,
        LintFormat::Json => print_json(&found)?,
    }
    let errors = found
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .count();
    if args.format == LintFormat::Text {
        let warnings = count(found.len() - errors, "warning", "warnings");
        say(&format!("{}, {warnings}", count(errors, "error", "errors")));
    }
    let counts = if args.strict { found.len() } else { errors };
    Ok(if counts == 0 {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}

fn print_text(found: &[Finding]) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    for finding in found {
        let style = match finding.severity {
            Severity::Error => GONE,
            Severity::Warning => RULE,
        };
        let (place, kind) = (paint(PLACE, &finding.place), paint(style, finding.severity));
        let code = paint(FAINT, format!("[{}]", finding.code));
        writeln!(out, "{place}: {kind}: {} {code}", finding.message)?;
        writeln!(out, "    {}", finding.remedy)?;
    }
    Ok(())
}

fn print_json(found: &[Finding]) -> anyhow::Result<()> {
    let object = |finding: &Finding| {
        let (file, line, column) = parts(&finding.place);
        json!({
            "file": file,
            "line": line,
            "column": column,
            "severity": finding.severity.to_string(),
            "code": finding.code,
            "message": finding.message,
            "remedy": finding.remedy,
        })
    };
    let all: Vec<_> = found.iter().map(object).collect();
    let text = serde_json::to_string_pretty(&all)?;
    std::io::stdout().write_all(format!("{text}\n").as_bytes())?;
    Ok(())
}

/// `file:line:column` in parts; a file alone has neither.
fn parts(place: &str) -> (&str, Option<u64>, Option<u64>) {
    let mut parts = place.rsplitn(3, ':');
    let column = parts.next().and_then(|column| column.parse().ok());
    let line = parts.next().and_then(|line| line.parse().ok());
    match (parts.next(), line, column) {
        (Some(file), Some(line), Some(column)) => (file, Some(line), Some(column)),
        _ => (place, None, None),
    }
}
