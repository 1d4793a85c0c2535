//! Which containers there are, and a file of one as a task.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::container::{Broken, Encoder, FieldNames, Sink, Source, Task};
use crate::csv::{CsvEncoder, CsvSource};
use crate::jsonl::{JsonLinesEncoder, JsonLinesSource};
use crate::options::RecordOptions;
use crate::packing::Packing;
use crate::parquet::{
    GatheredSink, PACKING as GATHERED, ParquetEncoder, ParquetSink, ParquetSource, lines_of,
};
use crate::part::{Appended, Part, Stdout, part_of, publish};
use crate::share::{Share, Shared};
use crate::warc::{WarcEncoder, WarcSource};

/// A kind of file with many records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// A JSON object on each line.
    JsonLines,
    /// A table of texts, its columns named in the first row.
    Csv,
    /// A table in columns.
    Parquet,
    /// What a crawler fetched, or the texts of it.
    Warc,
}

impl Container {
    /// All of them, with their file name extensions.
    pub const ALL: &[(Self, &[&str])] = &[
        (Self::JsonLines, &["jsonl", "ndjson"]),
        (Self::Csv, &["csv", "tsv"]),
        (Self::Parquet, &["parquet"]),
        (Self::Warc, &["warc", "wet"]),
    ];

    /// Whether records of this container can be written as those of another.
    #[must_use]
    pub fn becomes(self, other: Self) -> bool {
        self == other || matches!(other, Self::JsonLines | Self::Parquet)
    }

    /// The name of a file that is to be written as this container, packed as it
    /// was: `a.jsonl.gz` of `a.csv.gz`. What has the right name keeps it.
    #[must_use]
    pub fn name(self, of: &Path) -> PathBuf {
        let (packing, bare) = Packing::of(of);
        if Self::of(of).is_some_and(|(container, _)| container == self) {
            return of.to_owned();
        }
        let known = Self::ALL.iter().find(|(container, _)| *container == self);
        let extension = known.and_then(|(_, extensions)| extensions.first());
        let bare = bare.with_extension(extension.unwrap_or(&""));
        match (self, of.extension()) {
            // A table is packed inside.
            (Self::Parquet, _) | (_, None) => bare,
            _ if packing == Packing::None => bare,
            (_, Some(packed)) => {
                let mut name = bare.into_os_string();
                name.push(".");
                name.push(packed);
                name.into()
            }
        }
    }

    /// The container that a file name names, and how it is packed.
    #[must_use]
    pub fn of(path: &Path) -> Option<(Self, Packing)> {
        let (packing, name) = Packing::of(path);
        let extension = name.extension()?.to_str()?.to_ascii_lowercase();
        let known = Self::ALL.iter();
        let found = known
            .clone()
            .find(|(_, known)| known.contains(&extension.as_str()))?;
        Some((found.0, packing))
    }
}

/// Opens a file of records. Those longer than `longest` bytes are set aside.
///
/// # Errors
/// [`Broken`] when it cannot be opened or is not what its name says.
pub fn open_records(
    path: &Path,
    (container, packing): (Container, Packing),
    names: Arc<FieldNames>,
    longest: usize,
) -> Result<Box<dyn Source>, Broken> {
    Ok(match container {
        Container::JsonLines => Box::new(JsonLinesSource::open(path, packing, names, longest)?),
        Container::Csv => Box::new(CsvSource::open(path, packing, &names, longest)?),
        Container::Warc => Box::new(WarcSource::open(path, packing, names, longest)?),
        Container::Parquet if packing == Packing::None => {
            Box::new(ParquetSource::open(path, &names)?)
        }
        Container::Parquet => {
            let reason = "Parquet is packed inside; unpack the file and try again";
            return Err(Broken::after(0, reason));
        }
    })
}

/// A file of records that becomes another one.
#[derive(Debug)]
pub struct ContainerTask {
    /// The file to read.
    pub input: PathBuf,
    /// Its kind and packing.
    pub from: (Container, Packing),
    /// The file to write; standard output if there is none.
    pub output: Option<PathBuf>,
    /// Its kind and packing.
    pub to: (Container, Packing),
    /// What records look like.
    pub options: Arc<RecordOptions>,
    /// The longest record that is read, in bytes.
    pub longest: usize,
    /// Which of its records are read; all if none is said.
    pub share: Option<Share>,
}

impl ContainerTask {
    /// Whether the records of another container become a table.
    fn is_gathered(&self) -> bool {
        self.to.0 == Container::Parquet && self.from.0 != Container::Parquet
    }

    /// Removes what a table was gathered in.
    fn remove_lines(&self) {
        if let Some(output) = self.output.as_deref().filter(|_| self.is_gathered()) {
            // It is in nobody's way.
            let _ = std::fs::remove_file(part_of(&lines_of(output)));
        }
    }
}

impl Task for ContainerTask {
    fn name(&self) -> String {
        self.input.display().to_string()
    }

    fn size(&self) -> u64 {
        std::fs::metadata(&self.input).map_or(0, |file| file.len())
    }

    fn open(&self) -> Result<Box<dyn Source>, Broken> {
        let names = Arc::new(self.options.names.clone());
        let source = open_records(&self.input, self.from, names, self.longest)?;
        Ok(match self.share {
            Some(share) => Box::new(Shared::new(source, share)),
            None => source,
        })
    }

    fn encoder(&self) -> Box<dyn Encoder> {
        let (container, packing) = self.to;
        let options = Arc::clone(&self.options);
        match container {
            Container::JsonLines => Box::new(JsonLinesEncoder::new(options, packing)),
            Container::Csv => Box::new(CsvEncoder::new(options, packing)),
            Container::Warc => Box::new(WarcEncoder::new(options, packing)),
            Container::Parquet if self.is_gathered() => {
                Box::new(JsonLinesEncoder::new(options, GATHERED))
            }
            Container::Parquet => Box::new(ParquetEncoder::new(options)),
        }
    }

    fn sink(&self, from: Option<u64>) -> io::Result<Box<dyn Sink>> {
        let Some(output) = &self.output else {
            return Ok(Box::new(Stdout::default()));
        };
        if self.is_gathered() {
            return Ok(Box::new(GatheredSink::new(output, from, &self.options)?));
        }
        let part = from.map_or_else(|| Part::begin(output), |from| Part::go_on(output, from))?;
        let (container, packing) = self.to;
        Ok(match container {
            Container::Parquet => Box::new(ParquetSink::like(part, &self.input, &self.options)?),
            _ => Box::new(Appended::new(part, packing.pack_nothing()?)),
        })
    }

    fn publish(&self) -> io::Result<()> {
        self.output.as_deref().map_or(Ok(()), publish)?;
        self.remove_lines();
        Ok(())
    }

    fn discard(&self) {
        if let Some(output) = &self.output {
            // It is in nobody's way.
            let _ = std::fs::remove_file(part_of(output));
        }
        self.remove_lines();
    }
}
