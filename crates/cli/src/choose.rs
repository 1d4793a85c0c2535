//! Choosing the profile of a document, and keeping one chain per profile.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use cleancopy_corpus::Chosen;
use cleancopy_detect::{Detector, Verdict};
use cleancopy_host::{Captions, Chain, ConfigFolders, Plan, Plugins, Profile, StartError};
use cleancopy_model::Document;

use crate::args::{Setting, Shared};
use crate::style::complain;

/// The profile that all base profiles inherit from: started first, to say
/// early what is wrong with the plugins.
const BASE: &str = "any-language";

/// What `--profile auto` is called.
const AUTO: &str = "auto";

/// The chains of one worker, started when a document first needs them.
pub(crate) struct Chains {
    profiles: Arc<Profiles>,
    started: BTreeMap<String, Started>,
    captions: Captions,
}

/// A profile at work.
struct Started {
    chain: Chain,
    /// BCP 47 tag of the language it is for.
    language: Option<String>,
}

/// What all workers share: where profiles and plugins are, and the plans made
/// of them so far.
struct Profiles {
    config: ConfigFolders,
    plugins: Plugins,
    /// Each with the language of its profile.
    plans: Mutex<BTreeMap<String, (Plan, Option<String>)>>,
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
            captions: Captions::default(),
        };
        chains.start(if wanted == AUTO { BASE } else { wanted })?;
        Ok(chains)
    }

    /// Says what becomes of captions, before anything is cleaned.
    pub(crate) fn with_captions(mut self, captions: Captions) -> Self {
        self.captions = captions;
        let started = self.started.values_mut();
        started.for_each(|started| started.chain.set_captions(captions));
        self
    }

    /// Chains of the same run for another worker.
    pub(crate) fn another(&self) -> Self {
        Self {
            profiles: Arc::clone(&self.profiles),
            started: BTreeMap::new(),
            captions: self.captions,
        }
    }

    /// The profile of a document.
    pub(crate) fn choose(&self, document: &Document) -> Chosen {
        let known = |profile: String, why| Chosen {
            profile,
            language: None,
            why,
        };
        let detector = match &self.profiles.choice {
            Choice::Named(profile) => return known(profile.clone(), String::new()),
            Choice::Found(detector) => detector,
        };
        let why = match detector.detect(document) {
            Verdict::Known(score) => {
                let why = score.to_string();
                return known(score.profile, why);
            }
            Verdict::Close(a, b) => {
                format!("it could be {} ({a}) or {} ({b})", a.profile, b.profile)
            }
            Verdict::Unknown => "no publisher recognised".to_owned(),
        };
        let stand_in = detector.stand_in(document);
        Chosen {
            why: format!("{why}, {stand_in}"),
            profile: stand_in.profile,
            language: stand_in.language,
        }
    }

    /// How long each plugin took since the last time it was asked.
    pub(crate) fn take_times(&mut self) -> Vec<(String, Duration)> {
        let chains = self.started.values_mut();
        let times = chains.map(|started| started.chain.take_times());
        times.flatten().collect()
    }

    /// Cleans a document by a profile, and notes its language: the one that was
    /// found, else its own, else that of the profile.
    pub(crate) fn clean(
        &mut self,
        document: &mut Document,
        profile: &str,
        language: Option<&str>,
    ) -> anyhow::Result<()> {
        let started = self.start(profile)?;
        if let Some(found) = language {
            document.language = Some(found.to_owned());
        } else if document.language.is_none() {
            document.language.clone_from(&started.language);
        }
        started.chain.clean(document)?;
        Ok(())
    }

    /// The chain of a profile, started on first use.
    fn start(&mut self, profile: &str) -> Result<&mut Started, StartError> {
        match self.started.entry(profile.to_owned()) {
            Entry::Occupied(started) => Ok(started.into_mut()),
            Entry::Vacant(free) => {
                let (plan, language) = self.profiles.plan(profile)?;
                let mut chain = plan.start()?;
                chain.set_captions(self.captions);
                Ok(free.insert(Started { chain, language }))
            }
        }
    }
}

impl Profiles {
    /// The plan of a profile and its language, made once for all workers.
    fn plan(&self, profile: &str) -> Result<(Plan, Option<String>), StartError> {
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
        let planned = (plan, loaded.language);
        plans.insert(profile.to_owned(), planned.clone());
        Ok(planned)
    }
}
