//! Many documents: containers of records, workers, order, bounded memory.
//!
//! [`run`] takes tasks, mostly files of records, and what cleans a document;
//! every core works, and what is written depends on neither their number nor
//! the size of the machine. `container.rs` says how to add a kind of file.
#![forbid(unsafe_code)]

mod cleaned;
mod container;
mod csv;
mod document;
mod engine;
mod failed;
mod format;
mod journal;
mod jsonl;
mod options;
mod packing;
mod parquet;
mod part;
mod report;
mod share;
mod tally;
mod warc;

pub use cleaned::{About, Cleaned, FIELD};
pub use container::{
    BATCH, Batch, Body, Broken, Chosen, Chunk, Cleaner, Encoder, Fault, FieldNames, Fields, Pair,
    Position, Record, Sink, Source, Task,
};
pub use csv::{CsvEncoder, CsvSource};
pub use document::document_of;
pub use engine::{Finished, MakeCleaner, Plan, Progress, RunOptions, Stopped, Watcher, run};
pub use failed::{Failed, Failure};
pub use format::{Container, ContainerTask, open_records};
pub use journal::{Journal, Mark, State, Within};
pub use jsonl::{JsonLine, JsonLinesEncoder, JsonLinesSource};
pub use options::{RecordOptions, TextFormat};
pub use packing::{Packing, Unpacked};
pub use parquet::{GatheredSink, ParquetEncoder, ParquetSink, ParquetSource};
pub use part::{Appended, Part, Stdout, part_of, publish, sync_files};
pub use report::{FileDigest, InputsDigest, Provenance, digest, digest_of_file};
pub use share::Share;
pub use tally::Tally;
pub use warc::{WarcEncoder, WarcSource};
