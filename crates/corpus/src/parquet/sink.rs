//! A file of Parquet being written.

use std::fs::File;
use std::io;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, ParquetMetaData};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};

use super::table::written;
use crate::container::{Chunk, Sink};
use crate::options::RecordOptions;
use crate::part::Part;

/// How many packed bytes of a row group are gathered before it is written, which
/// is about five times as many of text. All of it is held in memory until then.
const GROUP: usize = 1 << 23;

/// What the library itself keeps about types, and writes anew.
const ARROW: &str = "ARROW:schema";

/// Where the metadata of a file say which run wrote it: the `digest` of the
/// run's report.
const RUN: &str = "cleancopy.run";

/// A file of Parquet being written.
pub struct ParquetSink {
    part: Part,
    /// Nothing once the file is complete.
    writer: Option<ArrowWriter<File>>,
    written: u64,
}

impl ParquetSink {
    /// Begins a file that has the columns of another one, its metadata and its
    /// packing.
    ///
    /// # Errors
    /// What the files answer.
    pub fn like(part: Part, input: &Path, options: &RecordOptions) -> io::Result<Self> {
        let file = File::open(input)?;
        let metadata = ArrowReaderMetadata::load(&file, Default::default()).map_err(told)?;
        let schema = written(metadata.schema(), &options.names, options.slim);
        Self::with(part, schema, kept(metadata.metadata(), options))
    }

    /// Begins a file with these columns.
    ///
    /// # Errors
    /// What the file answers.
    pub(super) fn new(part: Part, schema: SchemaRef, options: &RecordOptions) -> io::Result<Self> {
        let properties = named(Vec::new(), options);
        Self::with(part, schema, packed(properties, zstd()))
    }

    fn with(
        mut part: Part,
        schema: SchemaRef,
        properties: WriterPropertiesBuilder,
    ) -> io::Result<Self> {
        let file = part.file().try_clone()?;
        let properties =
            properties.set_created_by(format!("cleancopy {}", env!("CARGO_PKG_VERSION")));
        let writer = ArrowWriter::try_new(file, schema, Some(properties.build()));
        Ok(Self {
            part,
            writer: Some(writer.map_err(told)?),
            written: 0,
        })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// What the file answers.
    pub(super) fn add(&mut self, rows: &RecordBatch) -> io::Result<()> {
        let writer = self.writer.as_mut().ok_or_else(completed)?;
        writer.write(rows).map_err(told)?;
        if writer.in_progress_size() >= GROUP {
            writer.flush().map_err(told)?;
        }
        self.written = writer.bytes_written() as u64;
        Ok(())
    }
}

fn completed() -> io::Error {
    io::Error::other("the file is complete already")
}

/// An error of the library; those of the disk as they are.
fn told(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}

fn zstd() -> Compression {
    Compression::ZSTD(ZstdLevel::default())
}

fn packed(properties: WriterPropertiesBuilder, packing: Compression) -> WriterPropertiesBuilder {
    properties.set_compression(packing)
}

/// The metadata of a file, and the run that writes it.
fn named(given: Vec<KeyValue>, options: &RecordOptions) -> WriterPropertiesBuilder {
    let given = given.into_iter();
    let mut pairs: Vec<KeyValue> = given
        .filter(|pair| pair.key != ARROW && pair.key != RUN)
        .collect();
    let run = options.digest.clone();
    pairs.extend(run.map(|digest| KeyValue::new(RUN.to_owned(), digest)));
    WriterProperties::builder().set_key_value_metadata(Some(pairs))
}

/// The metadata and the packing of a file, for another one.
fn kept(metadata: &ParquetMetaData, options: &RecordOptions) -> WriterPropertiesBuilder {
    let given = metadata.file_metadata().key_value_metadata();
    let given: Vec<KeyValue> = given.cloned().unwrap_or_default();
    let properties = named(given, options);
    let columns = metadata
        .row_groups()
        .iter()
        .flat_map(|group| group.columns());
    let packing = columns.map(|column| column.compression()).next();
    packed(properties, packing.unwrap_or_else(zstd))
}

impl Sink for ParquetSink {
    fn write(&mut self, chunk: Chunk) -> io::Result<()> {
        let wrong = || io::Error::other("something else than rows for a table");
        let Chunk::Rows(rows) = chunk else {
            return Err(wrong());
        };
        self.add(&*rows.downcast::<RecordBatch>().map_err(|_| wrong())?)
    }

    fn written(&self) -> u64 {
        self.written
    }

    /// What says where everything lies is at the end of the file: one without
    /// it is none, and has to begin again.
    fn checkpoint(&mut self) -> io::Result<Option<u64>> {
        Ok(None)
    }

    fn finish(&mut self) -> io::Result<()> {
        let writer = self.writer.take().ok_or_else(completed)?;
        writer.close().map_err(told)?;
        self.written = self.part.file().metadata()?.len();
        self.part.sync()
    }
}
