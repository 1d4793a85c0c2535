//! Many documents: containers of records, workers, order, bounded memory.
//!
//! [`run`] takes tasks, mostly files of records, and what cleans a document;
//! every core works, and what is written depends on neither their number nor
//! the size of the machine. `container.rs` says how to add a kind of file.
#![forbid(unsafe_code)]

mod cleaned;
mod container;
mod engine;
mod failed;
mod format;
mod jsonl;
mod options;
mod packing;
mod part;
mod tally;

pub use cleaned::{About, Cleaned, FIELD};
pub use container::{
    BATCH, Batch, Body, Broken, Chosen, Chunk, Cleaner, Encoder, Fault, FieldNames, Fields,
    Position, Record, Sink, Source, Task,
};
pub use engine::{MakeCleaner, Progress, RunOptions, Stopped, Watcher, run};
pub use failed::{Failed, Failure};
pub use format::{Container, ContainerTask};
pub use jsonl::{JsonLine, JsonLinesEncoder, JsonLinesSource};
pub use options::{RecordOptions, TextFormat};
pub use packing::{Packing, Unpacked};
pub use part::{Appended, Part, part_of, publish};
pub use tally::Tally;
