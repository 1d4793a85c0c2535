//! The evidence of a profile's rules and its cases, and what an edit changed
//! about them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use cleancopy_cases::{Check, Kind, Wanted, find, run};
use cleancopy_host::{ConfigFolders, Plugins};

use crate::style::{GONE, NEW, Palette, count};
use crate::test::show;

/// How the checks of a profile ended the last time.
pub(super) struct Checks {
    /// The folders with cases.
    folders: Vec<PathBuf>,
    /// By title: whether it passed. None before the first round.
    last: Option<BTreeMap<String, bool>>,
}

impl Checks {
    pub(super) fn new(folders: Vec<PathBuf>) -> Self {
        Self {
            folders,
            last: None,
        }
    }

    /// The folders of a profile's cases.
    pub(super) fn cases(&self, profile: &str) -> Vec<PathBuf> {
        let cases = find(&self.folders).cases.into_iter();
        let own = cases.filter(|case| case.profile == profile);
        own.map(|case| case.folder).collect()
    }

    /// Runs everything anew; shows what fails now and did not, and names what
    /// holds again.
    pub(super) fn round(
        &mut self,
        profile: &str,
        config: &ConfigFolders,
        plugins: &Plugins,
    ) -> std::io::Result<()> {
        let mut found = find(&self.folders);
        found.limit_to(&[profile.to_owned()]);
        let wanted = Wanted {
            profiles: vec![profile.to_owned()],
            filter: None,
        };
        let mut checks = std::mem::take(&mut found.faults);
        run(&wanted, &found.cases, config, plugins, &mut |check| {
            checks.push(check);
        });
        let checks: Vec<Check> = checks
            .into_iter()
            .filter(|check| check.kind != Kind::Profile || !check.passed())
            .collect();
        let last = self.last.take();
        self.last = Some(checks.iter().map(|c| (c.title(), c.passed())).collect());
        tell(&checks, last.as_ref())
    }
}

fn tell(checks: &[Check], last: Option<&BTreeMap<String, bool>>) -> std::io::Result<()> {
    let palette = Palette::of_stdout();
    let before = |check: &Check| last.and_then(|last| last.get(&check.title()).copied());
    let turned = |check: &&Check| before(check) != Some(check.passed());
    for check in checks.iter().filter(|check| !check.passed()).filter(turned) {
        show(check, palette)?;
    }
    let mut out = std::io::stdout().lock();
    for check in checks.iter().filter(|check| check.passed()) {
        if before(check) == Some(false) {
            writeln!(
                out,
                "{} {}",
                palette.paint(NEW, "holds again"),
                check.title()
            )?;
        }
    }
    let failed = checks.iter().filter(|check| !check.passed()).count();
    let of = |kind| checks.iter().filter(|check| check.kind == kind).count();
    if checks.is_empty() {
        return Ok(());
    }
    let words = format!(
        "{}, {}",
        count(of(Kind::Case), "case", "cases"),
        count(of(Kind::Rule), "rule with evidence", "rules with evidence")
    );
    let end = match failed {
        0 => "all hold".to_owned(),
        failed => palette.paint(GONE, format!("{failed} failed")),
    };
    writeln!(out, "{words}: {end}")?;
    out.flush()
}
