//! Choosing the profile of a document, and keeping one chain per profile.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cleancopy_corpus::Chosen;
use cleancopy_detect::{Detector, Verdict};
use cleancopy_host::{Chain, ConfigFolders, Plan, Plugins, Profile, StartError};
use cleancopy_model::Document;

use crate::args::{Setting, Shared};
use crate::style::complain;

/// The profile that stands in when no publisher is known.
const FALLBACK: &str = "english";

/// What `--profile auto` is called.
const AUTO: &str = "auto";

/// The chains of one worker, started when a document first needs them.
pub(crate) struct Chains {
    profiles: Arc<Profiles>,
    started: BTreeMap<String, Chain>,
}

/// What all workers share: where profiles and plugins are, and the plans made
/// of them so far.
struct Profiles {
    config: ConfigFolders,
    plugins: Plugins,
    plans: Mutex<BTreeMap<String, Plan>>,
    /// The profile for all documents, or how to find that of each.
    choice: Choice,
    /// What the command line changes in every profile.
    settings: Vec<Setting>,
}

enum Choice {
    Named(String),
    Found(Detector),
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
        let plans = Mutex::default();
        let profiles = Arc::new(Profiles {
            config,
            plugins,
            plans,
            choice,
            settings,
        });
        let mut chains = Self {
            profiles,
            started: BTreeMap::new(),
        };
        chains.start(if wanted == AUTO { FALLBACK } else { wanted })?;
        Ok(chains)
    }

    /// Chains of the same run for another worker.
    pub(crate) fn another(&self) -> Self {
        Self {
            profiles: Arc::clone(&self.profiles),
            started: BTreeMap::new(),
        }
    }

    /// The profile of a document.
    pub(crate) fn choose(&self, document: &Document) -> Chosen {
        let fallback = |why| Chosen {
            profile: FALLBACK.to_owned(),
            why,
        };
        match &self.profiles.choice {
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

    /// How long each plugin took since the last time it was asked.
    pub(crate) fn take_times(&mut self) -> Vec<(String, Duration)> {
        let chains = self.started.values_mut();
        chains.flat_map(Chain::take_times).collect()
    }

    /// The chain of a profile, started on first use.
    pub(crate) fn start(&mut self, profile: &str) -> Result<&mut Chain, StartError> {
        match self.started.entry(profile.to_owned()) {
            Entry::Occupied(started) => Ok(started.into_mut()),
            Entry::Vacant(free) => Ok(free.insert(self.profiles.plan(profile)?.start()?)),
        }
    }
}

impl Profiles {
    /// The plan of a profile, made once for all workers.
    fn plan(&self, profile: &str) -> Result<Plan, StartError> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.get(profile) {
            return Ok(plan.clone());
        }
        let mut loaded = Profile::load(profile, &self.config)?;
        for set in &self.settings {
            if loaded.has_step(&set.step) || !set.optional {
                loaded.set(&set.step, &set.key, &set.value, &set.origin)?;
            }
        }
        let plan = loaded.plan(&self.plugins, &self.config)?;
        plans.insert(profile.to_owned(), plan.clone());
        Ok(plan)
    }
}
