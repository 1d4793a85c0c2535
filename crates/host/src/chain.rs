//! Running the cleaners over a document.

use std::time::{Duration, Instant};

use cleancopy_model::{Document, EditList};

use crate::error::CleanError;
use crate::instance::Instance;
use crate::selectors::Marks;
use crate::view::{ElementTable, Known};

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
}

impl Chain {
    pub(crate) fn new(links: Vec<Link>, marks: Marks) -> Self {
        Self {
            links,
            marks,
            last_change: None,
            cleaned: 0,
        }
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
    /// prompt may bring the next one to the head of the page. What the first
    /// round found out about the structure counts; later rounds only add
    /// metadata.
    ///
    /// # Errors
    /// [`CleanError`] when a plugin misbehaves. The document is then of no
    /// use any more; its source is what it was.
    pub fn clean(&mut self, document: &mut Document) -> Result<(), CleanError> {
        let is_timed = self.cleaned.is_multiple_of(TIMED);
        self.cleaned = self.cleaned.wrapping_add(1);
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

    /// Runs every cleaner once; answers whether any text changed.
    fn round(
        &mut self,
        document: &mut Document,
        elements: &ElementTable,
        first: bool,
        is_timed: bool,
    ) -> Result<bool, CleanError> {
        let mut changed = false;
        for link in self.links.iter_mut().filter(|link| first || !link.once) {
            let begun = is_timed.then(Instant::now);
            let (instance, whole) = (&mut link.instance, link.whole);
            let mut edits = EditList::new();
            let known = Known::of(document);
            let all = 0..document.blocks().len();
            let units = if whole && !all.is_empty() {
                vec![all]
            } else {
                document.units()
            };
            for unit in units {
                instance.propose_for((document, &known, elements), unit, &mut edits)?;
            }
            if document.apply(instance.plugin(), &edits)? {
                changed = true;
                let last = edits.edits().iter().rfind(|e| e.action.changes_text());
                let rule = last.map(|e| edits.causes()[e.cause as usize].rule.clone());
                self.last_change = Some((instance.plugin().to_owned(), rule.unwrap_or_default()));
            }
            link.took += begun.map_or(Duration::ZERO, |begun| begun.elapsed());
        }
        Ok(changed)
    }
}
