//! Running the cleaners over a document.

use std::sync::Arc;
use std::time::{Duration, Instant};

use cleancopy_model::{Document, EditList};

use crate::captions::Captions;
use crate::error::CleanError;
use crate::instance::Instance;
use crate::selectors::Marks;
use crate::view::{ElementTable, Shown};

/// How often the chain may run over a document before it counts as one that
/// never settles. Each round but the last took something out.
pub const MAX_ROUNDS: usize = 16;

/// One document in so many is timed: asking the clock costs as much as a small
/// cleaner.
const TIMED: u32 = 16;

/// The cleaners of a profile, in order. One per worker thread.
#[derive(Debug)]
pub struct Chain {
    links: Vec<Link>,
    marks: Marks,
    captions: Captions,
    /// Plugin and rule of the last edit that changed text.
    last_change: Option<(String, String)>,
    /// How many documents were cleaned since the times were taken.
    cleaned: u32,
}

/// A cleaner and when it is asked.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) instance: Instance,
    /// Whether it sees a digest whole.
    pub(crate) whole: bool,
    /// Whether it runs in the first round only.
    pub(crate) once: bool,
    /// How long it took for the documents that were timed.
    pub(crate) took: Duration,
    /// What it was shown of this document, and what it answered.
    pub(crate) last: Option<Answer>,
}

/// What a cleaner was shown and what it answered. As cleaners go by nothing
/// but what they are shown, it would answer the same again.
#[derive(Debug)]
pub(crate) struct Answer {
    shown: Arc<Shown>,
    edits: EditList,
}

impl Link {
    /// The plugin's name and what it proposes. It is asked only if it sees anything that it
    /// did not see in the round before: most that runs behind the last change
    /// does not.
    fn answer(
        &mut self,
        document: &Document,
        shown: &Arc<Shown>,
        elements: &ElementTable,
    ) -> Result<(&str, &EditList), CleanError> {
        let keys = self.instance.keys();
        let is_same = |last: &Answer| last.shown.is_same(shown, keys);
        let known = self.last.take().filter(is_same);
        let answer = match known {
            Some(answer) => answer,
            None => Answer {
                shown: Arc::clone(shown),
                edits: self.ask(document, shown, elements)?,
            },
        };
        let edits = &self.last.insert(answer).edits;
        Ok((self.instance.plugin(), edits))
    }

    fn ask(
        &mut self,
        document: &Document,
        shown: &Shown,
        elements: &ElementTable,
    ) -> Result<EditList, CleanError> {
        let mut edits = EditList::new();
        for unit in shown.units(self.whole) {
            let view = (document, shown, elements);
            self.instance.propose_for(view, unit, &mut edits)?;
        }
        Ok(edits)
    }
}

impl Chain {
    pub(crate) fn new(links: Vec<Link>, marks: Marks) -> Self {
        Self {
            links,
            marks,
            captions: Captions::default(),
            last_change: None,
            cleaned: 0,
        }
    }

    /// Says what becomes of captions; they stay unless it is said.
    pub fn set_captions(&mut self, captions: Captions) {
        self.captions = captions;
    }

    /// How long each plugin took, checking and applying its edits included,
    /// since the last time it was asked: measured on some documents, for all.
    pub fn take_times(&mut self) -> Vec<(String, Duration)> {
        let timed = self.cleaned.div_ceil(TIMED).max(1);
        let share = f64::from(self.cleaned) / f64::from(timed);
        self.cleaned = 0;
        let links = self.links.iter_mut();
        links
            .map(|link| {
                let took = std::mem::take(&mut link.took).mul_f64(share);
                (link.instance.plugin().to_owned(), took)
            })
            .collect()
    }

    /// Cleans a document.
    ///
    /// The chain runs until it leaves the text alone, so that a second pass
    /// over clean text changes nothing, whatever the plugins do: taking out a
    /// prompt may bring the next one to the head of the page, or part two posts.
    /// What the first round found out about the kinds of blocks counts; later
    /// rounds only add starts and metadata.
    ///
    /// # Errors
    /// [`CleanError`] when a plugin misbehaves. The document is then of no
    /// use any more; its source is what it was.
    pub fn clean(&mut self, document: &mut Document) -> Result<(), CleanError> {
        let is_timed = self.cleaned.is_multiple_of(TIMED);
        self.cleaned = self.cleaned.wrapping_add(1);
        // What they answered for another document says nothing about this one.
        self.links.iter_mut().for_each(|link| link.last = None);
        self.marks.mark(document);
        let elements = ElementTable::of(document);
        let mut changed = self.round(document, &elements, true, is_timed)?;
        for _ in 1..MAX_ROUNDS {
            if !changed {
                return Ok(());
            }
            let structure = document.forget_structure();
            changed = self.round(document, &elements, false, is_timed)?;
            document.recall_structure(structure);
        }
        if !changed {
            return Ok(());
        }
        let (plugin, rule) = self.last_change.take().unwrap_or_default();
        Err(CleanError::NeverSettles {
            rounds: MAX_ROUNDS,
            plugin,
            rule,
        })
    }

    /// Runs every cleaner once; answers whether any text changed
    /// or a section was found.
    fn round(
        &mut self,
        document: &mut Document,
        elements: &ElementTable,
        first: bool,
        is_timed: bool,
    ) -> Result<bool, CleanError> {
        let (mut changed, starts) = (false, document.starts().count());
        let mut shown = Arc::new(Shown::of(document));
        for link in self.links.iter_mut().filter(|link| first || !link.once) {
            let begun = is_timed.then(Instant::now);
            let (plugin, edits) = link.answer(document, &shown, elements)?;
            if !edits.edits().is_empty() {
                if document.apply(plugin, edits)? {
                    changed = true;
                    let last = edits.edits().iter().rfind(|e| e.action.changes_text());
                    let rule = last.map(|e| edits.causes()[e.cause as usize].rule.clone());
                    self.last_change = Some((plugin.to_owned(), rule.unwrap_or_default()));
                }
                shown = Arc::new(Shown::of(document));
            }
            link.took += begun.map_or(Duration::ZERO, |begun| begun.elapsed());
        }
        changed |= self.captions.take_from(document)?;
        // Where sections start the text has marks.
        Ok(changed || document.starts().count() != starts)
    }
}
