//! What a container of records is to the engine: five traits, one file.
//!
//! A container is a file of records, such as JSON lines or a table. To read one
//! is to implement [`Source`] and [`Batch`]; to write one, [`Encoder`] and
//! [`Sink`]. The engine does the rest: workers, order, budget, journal.
//!
//! ```text
//! file ──Source──▶ Batch ──each──▶ Record ──cleaner──▶ Cleaned ──Encoder──▶ Chunk ──Sink──▶ part of a file
//!      one at a time          in a worker, all cores                     one at a time, in order
//! ```
//!
//! What [`Source`] and [`Sink`] do happens one batch at a time, so it should be
//! little: find where records end, append bytes. Parsing, decoding and packing
//! belong into [`Batch::each`] and [`Encoder`], which run in every worker.
//!
//! Where batches end must depend on nothing but the file: neither on the number
//! of workers nor on how much a read happened to answer. A run that goes on from
//! a [`Position`] then writes what one without a stop writes, byte for byte.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;
use std::io;
use std::time::Duration;

use cleancopy_model::Document;
use cleancopy_read::{Encoding, Expect};
use serde::{Deserialize, Serialize};

use crate::cleaned::Cleaned;
use crate::jsonl::JsonLine;

/// About how many bytes of records make a batch. What is packed batch by batch
/// depends on it, so no option changes it.
pub const BATCH: usize = 1 << 20;

/// The names of the fields, or columns, that mean something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNames {
    /// Names the document.
    pub id: String,
    /// Holds the text, and takes the clean one.
    pub text: String,
    /// Says where the document was published.
    pub url: String,
    /// Holds the page; read where a record has no text.
    pub html: String,
}

impl Default for FieldNames {
    fn default() -> Self {
        let [id, text, url, html] = ["id", "text", "url", "html"].map(str::to_owned);
        Self {
            id,
            text,
            url,
            html,
        }
    }
}

/// A place between two records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// How many records, or lines, lie before it.
    pub records: u64,
    /// How many unpacked bytes lie before it, if the container counts them.
    pub bytes: u64,
}

/// A container that cannot be read on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{reason}", record.map(|n| format!("after record {n}: ")).unwrap_or_default())]
pub struct Broken {
    /// The last record that could be read, 1-based.
    pub record: Option<u64>,
    /// What is wrong, and what to do.
    pub reason: String,
    /// Whether what was read before may be wrong as well: damaged packing says
    /// so late. Of one that merely ends too early, that is good.
    pub is_damaged: bool,
}

impl Broken {
    /// A container that breaks behind a number of records.
    #[must_use]
    pub fn after(record: u64, reason: impl Into<String>) -> Self {
        Self {
            record: (record > 0).then_some(record),
            reason: reason.into(),
            is_damaged: false,
        }
    }

    /// The same of one whose bytes cannot be read, which are damaged unless
    /// they just end.
    #[must_use]
    pub(crate) fn by(self, error: &io::Error) -> Self {
        Self {
            is_damaged: error.kind() != io::ErrorKind::UnexpectedEof,
            ..self
        }
    }

    /// Whether the records before the break are good, and some are there.
    #[must_use]
    pub fn leaves_records(&self) -> bool {
        self.record.is_some() && !self.is_damaged
    }
}

/// A container being read.
pub trait Source: Send {
    /// Reads the next batch: whole records, about [`BATCH`] bytes; nothing at
    /// the end. `spare` is a buffer that was used before, to be used again.
    ///
    /// # Errors
    /// [`Broken`] when the container ends in the middle of a record, or its
    /// packing does. All whole records before come first.
    fn next(&mut self, spare: Vec<u8>) -> Result<Option<Box<dyn Batch>>, Broken>;

    /// Goes to a place that [`Batch::end`] of an earlier run told.
    ///
    /// # Errors
    /// [`Broken`] when the container ends before.
    fn skip_to(&mut self, position: Position) -> Result<(), Broken>;

    /// How many bytes of the file were read, packed as they are: for progress.
    fn consumed(&self) -> u64;
}

/// Whole records as they came, on their way to a worker.
pub trait Batch: Any + Send {
    /// How many bytes of memory it holds.
    fn size(&self) -> usize;

    /// The place behind it.
    fn end(&self) -> Position;

    /// Shows every record in order; one that cannot be read is a [`Fault`].
    fn each(&self, visit: &mut dyn FnMut(Result<Record<'_>, Fault<'_>>));

    /// Its buffer, to be used again.
    fn into_spare(self: Box<Self>) -> Vec<u8> {
        Vec::new()
    }
}

/// One document of a container.
#[derive(Debug)]
pub struct Record<'b> {
    /// Its 1-based number in the container; of lines, that of the line.
    pub number: u64,
    /// What names it, if anything does.
    pub id: Option<Cow<'b, str>>,
    /// Where it was published, if known.
    pub url: Option<Cow<'b, str>>,
    /// What is to be cleaned.
    pub body: Body<'b>,
    /// All its fields, the body's too.
    pub fields: Fields<'b>,
}

/// What is to be cleaned.
#[derive(Debug)]
pub enum Body<'b> {
    /// Plain text.
    Text(Cow<'b, str>),
    /// A page, a feed or a text, in this encoding if one is given.
    Bytes(Cow<'b, [u8]>, Expect, Option<Encoding>),
}

/// A name, and a value as JSON.
pub type Pair<'b> = (Cow<'b, str>, Cow<'b, str>);

/// The fields of a record.
pub enum Fields<'b> {
    /// A JSON object as it stands.
    Json(JsonLine<'b>),
    /// Names and values, the values as JSON.
    Pairs(Vec<Pair<'b>>),
    /// The same, made only where somebody asks.
    Lazy(&'b dyn Fn() -> Vec<Pair<'b>>),
}

impl fmt::Debug for Fields<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(line) => line.fmt(f),
            Self::Pairs(pairs) => pairs.fmt(f),
            Self::Lazy(pairs) => pairs().fmt(f),
        }
    }
}

/// A record that cannot be read or cleaned. It is set aside, the others go on.
#[derive(Debug)]
pub struct Fault<'b> {
    /// Its number; see [`Record::number`].
    pub number: u64,
    /// What names it, if anything does.
    pub id: Option<Cow<'b, str>>,
    /// What is wrong, and what to do.
    pub reason: String,
    /// What could not be read, untouched.
    pub text: Cow<'b, [u8]>,
}

/// Writes clean records of one batch after the other; one per worker.
pub trait Encoder: Send {
    /// A batch begins: a container that is written as it was read can keep what
    /// it needs of it. Downcast it by way of [`Any`].
    fn begin(&mut self, batch: &dyn Batch) {
        let _ = batch;
    }

    /// Adds a record with its clean document.
    ///
    /// # Errors
    /// Why this record cannot be written; it is set aside.
    fn add(&mut self, record: &Record<'_>, cleaned: &Cleaned<'_>) -> Result<(), String>;

    /// Everything that was added since the last time, packed.
    ///
    /// # Errors
    /// What the packing answers; the run ends.
    fn end(&mut self) -> io::Result<Chunk>;
}

/// A batch on its way from a worker to the file.
pub enum Chunk {
    /// To be appended as it is.
    Bytes(Vec<u8>),
    /// What only the container's own [`Sink`] knows.
    Rows(Box<dyn Any + Send>),
}

/// A file being written, under a temporary name: see [`Part`](crate::Part).
pub trait Sink: Send {
    /// Appends a batch. Chunks come in the order of the source.
    ///
    /// # Errors
    /// What the file answers; the run ends, and can go on later.
    fn write(&mut self, chunk: Chunk) -> io::Result<()>;

    /// How many bytes were written so far.
    fn written(&self) -> u64;

    /// Brings everything to the disk and answers the length from which a later
    /// run may go on; `None` if this container has to begin again.
    ///
    /// # Errors
    /// What the file answers.
    fn checkpoint(&mut self) -> io::Result<Option<u64>>;

    /// Completes the file and brings it to the disk.
    ///
    /// # Errors
    /// What the file answers.
    fn finish(&mut self) -> io::Result<()>;
}

/// Something to be read, cleaned and written: mostly a file.
pub trait Task: Sync {
    /// Its name for people.
    fn name(&self) -> String;

    /// What a record of it is called, for people: by its 1-based number.
    fn place(&self, record: u64) -> String {
        format!("{}:{record}", self.name())
    }

    /// How many bytes it has on the disk: for progress.
    fn size(&self) -> u64;

    /// Opens it.
    ///
    /// # Errors
    /// [`Broken`] when it cannot be opened or is not what its name says.
    fn open(&self) -> Result<Box<dyn Source>, Broken>;

    /// What a worker writes its records with.
    fn encoder(&self) -> Box<dyn Encoder>;

    /// Where the records go; `from` is the length that a
    /// [`Sink::checkpoint`] answered, nothing to begin.
    ///
    /// # Errors
    /// What the file answers.
    fn sink(&self, from: Option<u64>) -> io::Result<Box<dyn Sink>>;

    /// Gives what [`Sink::finish`] completed its final name. Doing it twice
    /// does no harm.
    ///
    /// # Errors
    /// What the file system answers.
    fn publish(&self) -> io::Result<()>;

    /// Throws away what was written of an input of which nothing may stay.
    fn discard(&self);
}

/// Cleans documents; one per worker.
pub trait Cleaner: Send {
    /// Cleans a document and answers the profile it was cleaned with.
    ///
    /// # Errors
    /// Why it is set aside.
    fn clean(&mut self, document: &mut Document) -> Result<Chosen, String>;

    /// How long each plugin took since the last time it was asked.
    fn take_times(&mut self) -> Vec<(String, Duration)> {
        Vec::new()
    }
}

/// A profile and the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The profile.
    pub profile: String,
    /// BCP 47 tag of the document's language, if that was looked for.
    pub language: Option<String>,
    /// Such as `3 phrases`; empty if it was named.
    pub why: String,
}
