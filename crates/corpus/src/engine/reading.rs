//! Where the workers get their batches from: all tasks, one after the other.

use crate::container::{Batch, Broken, Position, Source, Task};
use crate::journal::State;

/// What comes next, in the order in which it is written.
pub(super) enum Event {
    /// A task begins.
    Begin(usize),
    /// Records of a task.
    Batch(usize, Box<dyn Batch>),
    /// A task was read to its end.
    End(usize),
    /// A task cannot be read on.
    Broken(usize, Broken),
}

impl Event {
    /// How many bytes it holds.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Batch(_, batch) => batch.size(),
            _ => 0,
        }
    }
}

/// The task that is being read.
pub(super) struct Reading<'r> {
    tasks: &'r [Box<dyn Task>],
    task: usize,
    source: Option<Box<dyn Source>>,
    index: u64,
    /// Bytes of the tasks that are done.
    done: u64,
    /// Where to go on in the first task.
    skip: Option<Position>,
}

impl<'r> Reading<'r> {
    /// Begins where a run stands.
    pub(super) fn new(tasks: &'r [Box<dyn Task>], state: &State) -> Self {
        Self {
            tasks,
            task: state.task,
            source: None,
            index: 0,
            done: tasks.iter().take(state.task).map(|task| task.size()).sum(),
            skip: state.within.as_ref().map(|within| within.position),
        }
    }

    /// The next event and its number in their order; nothing at the end.
    pub(super) fn next(&mut self, spare: Vec<u8>) -> Option<(u64, Event)> {
        let task = self.tasks.get(self.task)?;
        let event = match &mut self.source {
            None => match open(&**task, self.skip.take()) {
                Ok(source) => {
                    self.source = Some(source);
                    Event::Begin(self.task)
                }
                Err(broken) => self.close(Some(broken)),
            },
            Some(source) => match source.next(spare) {
                Ok(Some(batch)) => Event::Batch(self.task, batch),
                Ok(None) => self.close(None),
                Err(broken) => self.close(Some(broken)),
            },
        };
        self.index += 1;
        Some((self.index - 1, event))
    }

    fn close(&mut self, broken: Option<Broken>) -> Event {
        let task = self.task;
        self.done += self.tasks[task].size();
        self.source = None;
        self.task += 1;
        broken.map_or(Event::End(task), |broken| Event::Broken(task, broken))
    }

    /// How many bytes of all inputs were read.
    pub(super) fn consumed(&self) -> u64 {
        self.done + self.source.as_ref().map_or(0, |source| source.consumed())
    }
}

/// Opens a task, and goes to the place where an earlier run stopped.
fn open(task: &dyn Task, skip: Option<Position>) -> Result<Box<dyn Source>, Broken> {
    let mut source = task.open()?;
    if let Some(position) = skip {
        source.skip_to(position)?;
    }
    Ok(source)
}
