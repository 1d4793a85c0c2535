//! What a worker cleans documents with: the chains of their profiles.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cleancopy_corpus::{Chosen, Cleaner};
use cleancopy_model::Document;

use crate::args::CleanArgs;
use crate::body::shape;
use crate::choose::Chains;

/// Makes the cleaners of all workers; the first one gets the chains that were
/// started to see that they start.
pub(crate) struct Cleaners<'a> {
    args: &'a CleanArgs,
    chains: Mutex<(Option<Chains>, Chains)>,
}

impl<'a> Cleaners<'a> {
    pub(crate) fn new(chains: Chains, args: &'a CleanArgs) -> Self {
        let more = chains.another();
        let chains = Mutex::new((Some(chains), more));
        Self { args, chains }
    }

    /// A cleaner for another worker.
    pub(crate) fn make(&self) -> Box<dyn Cleaner + 'a> {
        let mut chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner);
        let first = chains.0.take();
        Box::new(ChainCleaner {
            chains: first.unwrap_or_else(|| chains.1.another()),
            args: self.args,
        })
    }
}

/// The chains of one worker.
struct ChainCleaner<'a> {
    chains: Chains,
    args: &'a CleanArgs,
}

impl Cleaner for ChainCleaner<'_> {
    fn clean(&mut self, document: &mut Document) -> Result<Chosen, String> {
        if self.args.url.is_some() {
            document.url.clone_from(&self.args.url);
        }
        let chosen = self.chains.choose(document);
        let language = chosen.language.as_deref();
        let cleaned = self.chains.clean(document, &chosen.profile, language);
        cleaned.map_err(|error| format!("{error:#}"))?;
        shape(document, self.args).map_err(|error| error.to_string())?;
        Ok(chosen)
    }

    fn take_times(&mut self) -> Vec<(String, Duration)> {
        self.chains.take_times()
    }
}
