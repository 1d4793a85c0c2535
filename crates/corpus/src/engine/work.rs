//! What one worker does with what it takes.

use std::borrow::Cow;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::reading::Event;
use crate::cleaned::Cleaned;
use crate::container::{Batch, Broken, Chunk, Cleaner, Encoder, Fault, Position, Record, Task};
use crate::document::document_of;
use crate::failed::Failure;
use crate::tally::Tally;

/// What is handed over, in the order of the events.
pub(super) enum Done {
    Begin(usize),
    Batch(usize, Box<Written>),
    End(usize),
    Broken(usize, Broken),
}

/// A batch that was cleaned.
pub(super) struct Written {
    pub(super) chunk: io::Result<Chunk>,
    pub(super) end: Position,
    pub(super) tally: Tally,
    pub(super) failures: Vec<Failure>,
}

/// Cleans batches.
pub(super) struct Worker<'r, 'c> {
    tasks: &'r [Box<dyn Task>],
    cleaner: Box<dyn Cleaner + 'c>,
    /// What the last batch was written with, and its task.
    encoder: Option<(usize, Box<dyn Encoder>)>,
    spare: Vec<u8>,
}

impl<'r, 'c> Worker<'r, 'c> {
    pub(super) fn new(tasks: &'r [Box<dyn Task>], cleaner: Box<dyn Cleaner + 'c>) -> Self {
        Self {
            tasks,
            cleaner,
            encoder: None,
            spare: Vec::new(),
        }
    }

    /// A buffer that is free again.
    pub(super) fn spare(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.spare)
    }

    pub(super) fn work(&mut self, event: Event) -> Done {
        match event {
            Event::Begin(task) => Done::Begin(task),
            Event::End(task) => Done::End(task),
            Event::Broken(task, broken) => Done::Broken(task, broken),
            Event::Batch(task, batch) => {
                let written = self.batch(task, &*batch);
                self.spare = batch.into_spare();
                Done::Batch(task, Box::new(written))
            }
        }
    }

    fn batch(&mut self, task: usize, batch: &dyn Batch) -> Written {
        let encoder = match &mut self.encoder {
            Some((of, encoder)) if *of == task => encoder,
            other => &mut other.insert((task, self.tasks[task].encoder())).1,
        };
        encoder.begin(batch);
        let task = &*self.tasks[task];
        let (mut tally, mut failures) = (Tally::default(), Vec::new());
        batch.each(&mut |record| {
            let cleaned = record.and_then(|record| {
                clean(record, task, &mut *self.cleaner, &mut **encoder, &mut tally)
            });
            if let Err(fault) = cleaned {
                tally.failed += 1;
                failures.push(Failure::of(task.place(fault.number), fault));
            }
        });
        for (plugin, time) in self.cleaner.take_times() {
            *tally.times.entry(plugin).or_default() += time;
        }
        Written {
            chunk: encoder.end(),
            end: batch.end(),
            tally,
            failures,
        }
    }
}

/// Cleans a record and has it written.
fn clean<'b>(
    mut record: Record<'b>,
    task: &dyn Task,
    cleaner: &mut dyn Cleaner,
    encoder: &mut dyn Encoder,
    tally: &mut Tally,
) -> Result<(), Fault<'b>> {
    let number = record.number;
    let (mut document, original) = match document_of(&mut record, || task.place(number)) {
        Ok(read) => read,
        Err((reason, original)) => return Err(fault(record, reason, original)),
    };
    // What a plugin does wrong is an error already; this is for a fault of the
    // program itself, which shall cost one document as well.
    let cleaned = catch_unwind(AssertUnwindSafe(|| {
        let chosen = cleaner.clean(&mut document)?;
        let cleaned = Cleaned {
            document: &document,
            profile: &chosen.profile,
        };
        encoder.add(&record, &cleaned)?;
        tally.count(&cleaned, &chosen);
        Ok(())
    }));
    let reason = match cleaned {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(reason)) => reason,
        Err(panic) => format!("a fault of the program itself: {}", said(&*panic)),
    };
    let original = original.unwrap_or_else(|| document.source().as_bytes().to_vec().into());
    Err(fault(record, reason, original))
}

fn fault<'b>(record: Record<'b>, reason: String, text: Cow<'b, [u8]>) -> Fault<'b> {
    Fault {
        number: record.number,
        id: record.id,
        reason,
        text,
    }
}

/// What a panic says.
fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("it does not say what")
}
