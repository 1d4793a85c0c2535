//! The golden cases of the shipped profiles, the evidence of their rules, and
//! what must never happen: what `clean test` runs, run inside the test.
//!
//! `cargo run -- test --accept` takes new output, case by case; read it before
//! you commit it. Under `CI` nothing is ever written.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::sync::OnceLock;

use cleancopy_cases::{Check, Kind, Wanted, find, run};
use cleancopy_host::{ConfigFolders, PluginFolders, Plugins, Profile, Root};
use cleancopy_testkit::plugin_folder;
use support::root;

/// Every check there is, run once for all tests.
fn checks() -> &'static [Check] {
    static CHECKS: OnceLock<Vec<Check>> = OnceLock::new();
    CHECKS.get_or_init(|| {
        let found = find(&[root().join("tests/cases")]);
        let config = ConfigFolders::only(vec![Root::Folder(root().join("config"))]);
        let plugins = Plugins::new(PluginFolders::only(&[plugin_folder().to_owned()]), &[]);
        let names = Profile::names(&config).into_iter().map(|(name, _)| name);
        let mut profiles: Vec<_> = names.collect();
        profiles.extend(found.cases.iter().map(|case| case.profile.clone()));
        profiles.sort();
        profiles.dedup();
        let wanted = Wanted {
            profiles,
            filter: None,
        };
        let mut checks = found.faults;
        run(&wanted, &found.cases, &config, &plugins, &mut |check| {
            checks.push(check);
        });
        checks
    })
}

fn of(kind: Kind) -> impl Iterator<Item = &'static Check> {
    checks().iter().filter(move |check| check.kind == kind)
}

#[test]
fn every_check_passes() {
    let failed = checks().iter().filter(|check| !check.passed());
    let shown: Vec<_> = failed
        .map(|check| {
            let lines = check.shown().into_iter().map(|line| format!("  {line}\n"));
            let lines: String = lines.collect();
            format!("{}  {}\n{lines}", check.title(), check.place())
        })
        .collect();
    let hint = "`cargo run -- test --accept` takes new output";
    assert!(shown.is_empty(), "\n{}\n{hint}", shown.join("\n"));
}

#[test]
fn what_must_be_kept_has_its_cases() {
    let keep = of(Kind::Case).filter(|case| case.name.starts_with("keep-"));
    assert!(keep.count() >= 10);
}

#[test]
fn every_shipped_profile_has_cases_and_rules_with_evidence() {
    for profile in of(Kind::Profile) {
        let name = &profile.profile;
        let cases = of(Kind::Case).filter(|case| case.profile == *name);
        assert!(cases.count() > 0, "{name} has no case");
    }
    assert!(of(Kind::Rule).count() > 100);
}
