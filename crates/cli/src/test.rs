//! `clean test`: golden cases, the evidence of rules, and what must never
//! happen.
//!
//! What is checked and how is in `cleancopy-cases`; here is what people see of
//! it, and the question whether new output is to be taken.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use clap::{Args, ValueHint};
use cleancopy_cases::{Check, Found, Kind, Tone, Wanted, find, junit};
use cleancopy_host::{ConfigFolders, Profile};
use indicatif::ProgressBar;

use crate::Outcome;
use crate::args::Shared;
use crate::output::write_file;
use crate::progress;
use crate::style::{self, FAINT, GONE, NEW, Palette, STRONG, count, say};

const EXAMPLES: &str = "\
Examples:
  clean test                              every profile with its cases
  clean test keld-courier                 one of them
  clean test --filter login               cases and rules with `login` in their name
  clean test --accept keld-courier        look at new output, case by case, and take it
  clean test --accept --yes --filter new  take it unasked
  clean test --config mine --junit out.xml   your own folder, for a CI

A case is a folder PROFILE/CASE/ with input.txt (or .xml, .rss, .atom for a
feed), expected.diff (what `clean --diff` prints; empty if all must be kept),
and, if they matter, expected.json (metadata and sections; begin with an empty
file) and case.toml (url, language, encoding, about).

Exit codes: 0 all passed, 1 something failed, 2 nothing could be tested.";

/// Where cases are in a checkout.
const CASES: &str = "tests/cases";

/// What `clean test` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub(crate) struct TestArgs {
    /// The profiles to test; all of them if none is given
    #[arg(value_name = "PROFILE")]
    pub(crate) profiles: Vec<String>,

    /// Only cases whose PROFILE/CASE and rules whose id has TEXT in it
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
    /// and cases/ in and beside the --config folders]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) cases: Vec<PathBuf>,

    /// Write the results as JUnit XML
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) junit: Option<PathBuf>,
}

pub(crate) fn run(args: &TestArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    refuse_accepting(args)?;
    let started = Instant::now();
    let config = shared.config();
    let folders = case_folders(args, shared, &config)?;
    let found = find(&folders);
    let wanted = Wanted {
        profiles: profiles(&args.profiles, &found, &config)?,
        filter: args.filter.clone(),
    };
    let mut report = Report::new(args.accept);
    let plugins = shared.plugins();
    cleancopy_cases::run(&wanted, &found.cases, &config, &plugins, &mut |check| {
        report.add(check);
    });
    report.bar.finish_and_clear();
    report.error?;
    refuse_nothing(args, &report.checks, &folders)?;
    for fault in &found.faults {
        style::complain(fault);
    }
    let accepted = match args.accept {
        true => accept(&report.checks, args.yes)?,
        false => 0,
    };
    if let Some(path) = &args.junit {
        write_file(path, |out| out.write_all(junit(&report.checks).as_bytes()))?;
    }
    if args.accept {
        note_unacceptable(&report.checks);
    }
    note_missing_cases(args, &found, &folders);
    conclude(&report.checks, found.faults.len(), accepted, started)
}

/// Accepting is for people: it asks them, and a CI is nobody to ask.
fn refuse_accepting(args: &TestArgs) -> anyhow::Result<()> {
    if !args.accept {
        return Ok(());
    }
    if std::env::var_os("CI").is_some_and(|ci| !ci.is_empty() && ci != "false") {
        bail!(
            "--accept is refused where CI is set: there, output is only compared; accept it where \
             somebody can look at it, and commit the files"
        );
    }
    if !args.yes && !std::io::stdin().is_terminal() {
        bail!(
            "--accept asks for every case, but standard input is no terminal; look at what \
             `clean test` shows, then add --yes"
        );
    }
    Ok(())
}

/// Where to look for cases.
fn case_folders(
    args: &TestArgs,
    shared: &Shared,
    config: &ConfigFolders,
) -> anyhow::Result<Vec<PathBuf>> {
    for folder in &args.cases {
        std::fs::read_dir(folder).with_context(|| format!("--cases {}", folder.display()))?;
    }
    if !args.cases.is_empty() {
        return Ok(args.cases.clone());
    }
    let beside = shared.config.iter().flat_map(|folder| {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        let above = real.parent().unwrap_or(Path::new(".")).to_owned();
        ["cases", CASES].map(|name| above.join(name))
    });
    let inside = config.folders().map(|folder| folder.join("cases"));
    let all = std::iter::once(PathBuf::from(CASES))
        .chain(inside)
        .chain(beside);
    Ok(all.filter(|folder| folder.is_dir()).collect())
}

/// The profiles to test: those named, else those within reach and those that
/// cases name.
fn profiles(
    named: &[String],
    found: &Found,
    config: &ConfigFolders,
) -> anyhow::Result<Vec<String>> {
    let known = Profile::names(config).into_iter().map(|(name, _)| name);
    let mut known: Vec<_> = known.collect();
    for name in named.iter().filter(|name| !known.contains(name)) {
        // Says which name is the nearest, and where profiles were looked for.
        Profile::load(name, config)?;
    }
    if !named.is_empty() {
        return Ok(named.to_vec());
    }
    for case in &found.cases {
        if !known.contains(&case.profile) {
            known.push(case.profile.clone());
        }
    }
    Ok(known)
}

/// A run that checked nothing must not look like one that passed.
fn refuse_nothing(args: &TestArgs, checks: &[Check], folders: &[PathBuf]) -> anyhow::Result<()> {
    let looked = |what: &str| match folders {
        [] => format!("{what}; there is no folder with cases ({CASES}, --cases DIR)"),
        folders => {
            let folders = folders.iter().map(|folder| folder.display().to_string());
            let folders = folders.collect::<Vec<_>>().join(", ");
            format!("{what}; looked for cases in {folders}")
        }
    };
    let is_real = |check: &Check| check.kind != Kind::Profile || !check.passed();
    match &args.filter {
        Some(filter) if !checks.iter().any(|check| check.kind != Kind::Profile) => {
            bail!(looked(&format!(
                "--filter `{filter}` matches no case and no rule with evidence"
            )))
        }
        None if !checks.iter().any(is_real) => {
            bail!(looked(
                "nothing to test: no case, and no rule with evidence"
            ))
        }
        _ if !args.cases.is_empty() && !checks.iter().any(|c| c.kind == Kind::Case) => {
            bail!(looked("no case to run"))
        }
        _ => Ok(()),
    }
}

/// What has been checked so far.
struct Report {
    checks: Vec<Check>,
    bar: ProgressBar,
    palette: Palette,
    /// Whether what can be accepted is shown later, when it is asked for.
    accept: bool,
    failed: usize,
    /// The first thing that went wrong with printing.
    error: std::io::Result<()>,
}

impl Report {
    fn new(accept: bool) -> Self {
        Self {
            checks: Vec::new(),
            bar: progress::spinner(),
            palette: Palette::of_stdout(),
            accept,
            failed: 0,
            error: Ok(()),
        }
    }

    fn add(&mut self, check: Check) {
        self.failed += usize::from(!check.passed());
        let passed = self.checks.len() + 1 - self.failed;
        let so_far = format!("{passed} passed, {} failed  {}", self.failed, check.title());
        self.bar.set_message(so_far);
        self.bar.tick();
        let later = self.accept && check.is_acceptable();
        if !check.passed() && !later && self.error.is_ok() {
            let palette = self.palette;
            self.error = self.bar.suspend(|| show(&check, palette));
        }
        self.checks.push(check);
    }
}

/// Prints what is wrong with a check.
fn show(check: &Check, palette: Palette) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let failed = palette.paint(GONE, "FAILED");
    let title = palette.paint(STRONG, check.title());
    let place = palette.paint(style::PLACE, check.place());
    writeln!(out, "{failed} {title}  {place}")?;
    print(&check.shown(), palette, &mut out)?;
    writeln!(out)
}

/// Prints lines in their colours, a little to the right.
pub(crate) fn print(
    lines: &[cleancopy_cases::Shown],
    palette: Palette,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for line in lines {
        let style = match line.tone {
            Tone::Plain | Tone::Same => None,
            Tone::File => Some(STRONG),
            Tone::Place => Some(style::PLACE),
            Tone::Gone => Some(GONE),
            Tone::New => Some(NEW),
            Tone::Changed => Some(style::RULE),
        };
        let text = match style {
            Some(style) => palette.paint(style, &line.text),
            None => line.text.clone(),
        };
        let rules = match line.rules.as_str() {
            "" => String::new(),
            rules => palette.paint(style::RULE, rules),
        };
        writeln!(out, "  {text}{rules}")?;
    }
    Ok(())
}

/// What somebody says to new output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Quit,
}

/// Offers the new output of every case that may have it; answers how much was
/// taken.
fn accept(checks: &[Check], unasked: bool) -> anyhow::Result<usize> {
    let palette = Palette::of_stdout();
    let mut accepted = 0;
    for check in checks.iter().filter(|check| check.is_acceptable()) {
        show(check, palette)?;
        let answer = match unasked {
            true => Answer::Yes,
            false => ask(&check.title(), &mut std::io::stdin().lock())?,
        };
        match answer {
            Answer::Yes => {
                let taken = check.accept();
                taken.map_err(|(file, error)| anyhow::anyhow!("{}: {error}", file.display()))?;
                say(&format!("accepted {}", check.title()));
                accepted += 1;
            }
            Answer::No => {}
            Answer::Quit => break,
        }
    }
    Ok(accepted)
}

/// Asks until the answer is one; the end of the input is no.
fn ask(case: &str, input: &mut dyn BufRead) -> std::io::Result<Answer> {
    loop {
        let mut err = anstream::stderr().lock();
        write!(err, "accept {case}? [y]es, [n]o, [q]uit: ")?;
        err.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(Answer::Quit);
        }
        match line.trim() {
            "y" | "yes" => return Ok(Answer::Yes),
            "n" | "no" | "" => return Ok(Answer::No),
            "q" | "quit" => return Ok(Answer::Quit),
            _ => {}
        }
    }
}

/// Says what was left out, or somebody would look for it among the files.
fn note_unacceptable(checks: &[Check]) {
    let cases = checks.iter().filter(|check| check.kind == Kind::Case);
    let left = cases.filter(|check| !check.passed() && !check.is_acceptable());
    match left.count() {
        0 => {}
        left => say(&format!(
            "note: {} cannot be accepted: no file can make it right",
            count(left, "case", "cases")
        )),
    }
}

/// Says which of the profiles named have no case: nobody notices otherwise.
fn note_missing_cases(args: &TestArgs, found: &Found, folders: &[PathBuf]) {
    if args.filter.is_some() {
        return;
    }
    let folder = folders.first().map_or(Path::new(CASES), PathBuf::as_path);
    for profile in &args.profiles {
        if !found.cases.iter().any(|case| case.profile == *profile) {
            let folder = folder.join(profile);
            let hint = format!("put one in {}/NAME/input.txt", folder.display());
            say(&format!("note: no case for `{profile}`; {hint}"));
        }
    }
}

/// The closing line, and how the run ended.
fn conclude(
    checks: &[Check],
    faults: usize,
    accepted: usize,
    started: Instant,
) -> anyhow::Result<Outcome> {
    let passed = checks.iter().filter(|check| check.passed()).count();
    let failed = checks.len() - passed - accepted + faults;
    let of = |kind| checks.iter().filter(|check| check.kind == kind).count();
    let kinds = format!(
        "({}, {}, {:.1} s)",
        count(of(Kind::Case), "case", "cases"),
        count(of(Kind::Rule), "rule with evidence", "rules with evidence"),
        started.elapsed().as_secs_f64()
    );
    let palette = Palette::of_stdout();
    let mut words = vec![palette.paint(NEW, format!("{passed} passed"))];
    if accepted > 0 {
        words.push(palette.paint(NEW, format!("{accepted} accepted")));
    }
    words.push(match failed {
        0 => "0 failed".to_owned(),
        failed => palette.paint(GONE, format!("{failed} failed")),
    });
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} {}", words.join(", "), palette.paint(FAINT, kinds))?;
    Ok(match failed {
        0 => Outcome::Fine,
        _ => Outcome::Findings,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_counts() {
        let answer = |text: &str| ask("a/b", &mut text.as_bytes()).unwrap();
        assert_eq!(answer("y\n"), Answer::Yes);
        assert_eq!(answer("\n"), Answer::No);
        assert_eq!(answer("what?\nno\n"), Answer::No);
        assert_eq!(answer("q\n"), Answer::Quit);
        assert_eq!(answer(""), Answer::Quit);
    }
}
