//! Choosing the profile of a document, and keeping one chain per profile.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use cleancopy_detect::{Detector, Verdict};
use cleancopy_host::{Chain, ConfigFolders, Plugins, Profile, StartError};
use cleancopy_model::Document;

use crate::args::{Setting, Shared};
use crate::style::complain;

/// The profile that stands in when no publisher is known.
const FALLBACK: &str = "english";

/// What `--profile auto` is called.
const AUTO: &str = "auto";

/// The chains of a run, started when a document first needs them.
pub(crate) struct Chains {
    config: ConfigFolders,
    plugins: Plugins,
    started: BTreeMap<String, Chain>,
    /// The profile for all documents, or how to find that of each.
    choice: Choice,
    /// What the command line changes in every profile.
    settings: Vec<Setting>,
}

enum Choice {
    Named(String),
    Found(Detector),
}

/// A profile and the reason for it.
pub(crate) struct Chosen {
    pub(crate) profile: String,
    /// Such as `3 phrases`; empty if it was named.
    pub(crate) why: String,
}

impl Chains {
    /// Prepares a run with the profile that was asked for. A profile that is
    /// named is started now, so that what is wrong with it is said first.
    pub(crate) fn new(
        wanted: &str,
        settings: Vec<Setting>,
        shared: &Shared,
    ) -> Result<Self, StartError> {
        let (config, plugins) = (shared.config(), shared.plugins());
        let choice = if wanted == AUTO {
            let (detector, errors) = Detector::load(&config);
            errors
                .iter()
                .for_each(|error| complain(&format!("profile passed over: {error}")));
            Choice::Found(detector)
        } else {
            Choice::Named(wanted.to_owned())
        };
        let mut chains = Self {
            config,
            plugins,
            started: BTreeMap::new(),
            choice,
            settings,
        };
        chains.start(if wanted == AUTO { FALLBACK } else { wanted })?;
        Ok(chains)
    }

    /// The profile of a document.
    pub(crate) fn choose(&self, document: &Document) -> Chosen {
        let fallback = |why| Chosen {
            profile: FALLBACK.to_owned(),
            why,
        };
        match &self.choice {
            Choice::Named(profile) => Chosen {
                profile: profile.clone(),
                why: String::new(),
            },
            Choice::Found(detector) => match detector.detect(document) {
                Verdict::Known(score) => Chosen {
                    why: score.to_string(),
                    profile: score.profile,
                },
                Verdict::Close(a, b) => fallback(format!(
                    "it could be {} ({a}) or {} ({b})",
                    a.profile, b.profile
                )),
                Verdict::Unknown => fallback("no publisher recognised".to_owned()),
            },
        }
    }

    /// The chain of a profile, started on first use.
    pub(crate) fn start(&mut self, profile: &str) -> Result<&mut Chain, StartError> {
        match self.started.entry(profile.to_owned()) {
            Entry::Occupied(started) => Ok(started.into_mut()),
            Entry::Vacant(free) => {
                let mut loaded = Profile::load(profile, &self.config)?;
                for set in &self.settings {
                    if loaded.has_step(&set.step) || !set.optional {
                        loaded.set(&set.step, &set.key, &set.value, &set.origin)?;
                    }
                }
                Ok(free.insert(loaded.plan(&self.plugins, &self.config)?.start()?))
            }
        }
    }
}
