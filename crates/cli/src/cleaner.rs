//! What a worker cleans documents with: the chains of their profiles.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cleancopy_corpus::{Chosen, Cleaner};
use cleancopy_model::Document;

use crate::args::{CleanArgs, Headline};
use crate::body::drop_headlines;
use crate::choose::Chains;

/// Makes the cleaners of all workers.
pub(crate) struct Cleaners<'a> {
    args: &'a CleanArgs,
    /// The chains that were started to see that they start, for whoever cleans
    /// first, and what others are made of.
    chains: Mutex<(Option<Chains>, Chains)>,
}

impl<'a> Cleaners<'a> {
    pub(crate) fn new(chains: Chains, args: &'a CleanArgs) -> Self {
        let more = chains.another();
        let chains = Mutex::new((Some(chains), more));
        Self { args, chains }
    }

    /// A cleaner for another worker.
    pub(crate) fn make(&self) -> Box<dyn Cleaner + '_> {
        Box::new(ChainCleaner {
            cleaners: self,
            chains: None,
        })
    }

    fn take(&self) -> Chains {
        let mut chains = self.chains.lock().unwrap_or_else(PoisonError::into_inner);
        chains.0.take().unwrap_or_else(|| chains.1.another())
    }
}

/// The chains of one worker, once it has something to clean.
struct ChainCleaner<'a> {
    cleaners: &'a Cleaners<'a>,
    chains: Option<Chains>,
}

impl Cleaner for ChainCleaner<'_> {
    fn clean(&mut self, document: &mut Document) -> Result<Chosen, String> {
        let args = self.cleaners.args;
        if args.url.is_some() {
            document.url.clone_from(&args.url);
        }
        let chains = self.chains.get_or_insert_with(|| self.cleaners.take());
        let chosen = chains.choose(document);
        let language = chosen.language.as_deref();
        let cleaned = chains.clean(document, &chosen.profile, language);
        cleaned.map_err(|error| format!("{error:#}"))?;
        if args.headline == Headline::Drop {
            drop_headlines(document).map_err(|error| error.to_string())?;
        }
        Ok(chosen)
    }

    fn take_times(&mut self) -> Vec<(String, Duration)> {
        let chains = self.chains.as_mut();
        chains.map_or_else(Vec::new, Chains::take_times)
    }
}
