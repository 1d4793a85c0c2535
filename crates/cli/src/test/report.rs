//! What people see of checks: failures as they come, and the closing line.

use std::io::Write;
use std::time::Instant;

use cleancopy_cases::{Check, Kind, Tone};
use indicatif::ProgressBar;

use crate::Outcome;
use crate::progress;
use crate::style::{self, FAINT, GONE, NEW, Palette, STRONG, count};

/// What has been checked so far.
pub(super) struct Report {
    checks: Vec<Check>,
    bar: ProgressBar,
    palette: Palette,
    /// Whether what can be accepted is shown later, when it is asked for.
    accept: bool,
    failed: usize,
    profiles: usize,
    started: Instant,
    /// The first thing that went wrong with printing.
    error: std::io::Result<()>,
}

impl Report {
    pub(super) fn new(accept: bool, profiles: usize) -> Self {
        Self {
            checks: Vec::new(),
            bar: progress::spinner(),
            palette: Palette::of_stdout(),
            accept,
            failed: 0,
            profiles,
            started: Instant::now(),
            error: Ok(()),
        }
    }

    pub(super) fn add(&mut self, check: Check) {
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

    /// The checks, when all are done.
    pub(super) fn finish(&mut self) -> std::io::Result<&[Check]> {
        self.bar.finish_and_clear();
        std::mem::replace(&mut self.error, Ok(()))?;
        Ok(&self.checks)
    }

    /// The closing line, and how the run ended.
    pub(super) fn conclude(&self, accepted: usize) -> anyhow::Result<Outcome> {
        let passed = self.checks.len() - self.failed;
        let failed = self.failed - accepted;
        let palette = self.palette;
        let mut words = vec![palette.paint(NEW, format!("{passed} passed"))];
        if accepted > 0 {
            words.push(palette.paint(NEW, format!("{accepted} accepted")));
        }
        words.push(match failed {
            0 => "0 failed".to_owned(),
            failed => palette.paint(GONE, format!("{failed} failed")),
        });
        let mut out = std::io::stdout().lock();
        let kinds = palette.paint(FAINT, self.kinds());
        writeln!(out, "{} {kinds}", words.join(", "))?;
        Ok(match failed {
            0 => Outcome::Fine,
            _ => Outcome::Findings,
        })
    }

    /// What was checked, and how long it took.
    fn kinds(&self) -> String {
        let of = |kind| {
            self.checks
                .iter()
                .filter(|check| check.kind == kind)
                .count()
        };
        format!(
            "({}, {}, {}, {:.1} s)",
            count(self.profiles, "profile", "profiles"),
            count(of(Kind::Case), "case", "cases"),
            count(of(Kind::Rule), "rule with evidence", "rules with evidence"),
            self.started.elapsed().as_secs_f64()
        )
    }
}

/// Prints what is wrong with a check.
pub(crate) fn show(check: &Check, palette: Palette) -> std::io::Result<()> {
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
