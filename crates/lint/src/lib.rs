//! What is wrong with rules and profiles that load.
//!
//! A rule may be right by itself and still never act: because an earlier one
//! takes its lines, or because no line can be what it asks for. Such rules look
//! like work that is done. [`lint`] finds them, and what profiles claim twice,
//! by trying the rules on the texts that they name themselves.
#![forbid(unsafe_code)]

mod claims;
mod overlap;
mod rules;

use std::collections::BTreeSet;
use std::fmt;

use cleancopy_host::{ConfigFolders, Plugins, Profile};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something does not do what it says.
    Error,
    /// Something could be better.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// `file:line:column`, or only the file.
    pub place: String,
    /// How bad it is.
    pub severity: Severity,
    /// The kind of finding, for filters: `shadowed`, `never-matches`, …
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

/// Looks at profiles, and at what they share with all others within reach.
#[must_use]
pub fn lint(names: &[String], config: &ConfigFolders, plugins: &Plugins) -> Vec<Finding> {
    let all = Profile::names(config).into_iter();
    let loaded: Vec<_> = all
        .filter_map(|(name, _)| Profile::load(&name, config).ok())
        .collect();
    let titles = claims::titles(&loaded);
    let mut compiled = rules::Compiled::default();
    let mut found = BTreeSet::new();
    for name in names {
        match Profile::load(name, config) {
            Ok(profile) => {
                let (plan, faults) = profile.plan_sound(plugins, config);
                found.extend(faults.into_iter().map(|fault| broken(&fault.to_string())));
                found.extend(rules::check(&plan, &titles, &mut compiled));
            }
            Err(error) => {
                found.insert(broken(&error.to_string()));
            }
        }
    }
    found.extend(claims::check(&loaded, names, config));
    found.into_iter().collect()
}

/// What keeps a profile from loading, and its place, which comes first.
fn broken(error: &str) -> Finding {
    let (place, message) = error.split_once(": ").unwrap_or(("", error));
    Finding {
        place: place.to_owned(),
        severity: Severity::Error,
        code: "broken",
        message: message.to_owned(),
        remedy: "mend it first: `clean profile check` says the same".to_owned(),
    }
}
