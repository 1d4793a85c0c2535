//! Reading Parquet: batches of whole rows, all columns of them.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_json::WriterBuilder;
use arrow_json::writer::LineDelimited;
use arrow_schema::ArrowError;
use cleancopy_read::{Encoding, Expect};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;

use super::table::{Columns, shown, text};
use crate::container::{
    BATCH, Batch, Body, Broken, Fault, FieldNames, Fields, Pair, Position, Record, Source,
};
use crate::jsonl::pairs_of;

/// The most rows that a batch has.
const MOST_ROWS: usize = 1 << 14;

/// A file of Parquet.
pub struct ParquetSource {
    file: File,
    size: u64,
    metadata: ArrowReaderMetadata,
    rows: ParquetRecordBatchReader,
    columns: Arc<Columns>,
    /// How many rows were read.
    records: u64,
    /// Whether a batch could not be read, so that row groups come one by one
    /// now: those before the one that is wrong are good.
    by_group: bool,
}

impl ParquetSource {
    /// Opens a file.
    ///
    /// # Errors
    /// [`Broken`] when it cannot be opened, is cut off, or has no column to be
    /// cleaned.
    pub fn open(path: &Path, names: &FieldNames) -> Result<Self, Broken> {
        let broken = |reason: String| Broken::after(0, reason);
        let file = File::open(path).map_err(|error| broken(error.to_string()))?;
        let size = file.metadata().map_or(0, |file| file.len());
        let metadata = ArrowReaderMetadata::load(&file, Default::default());
        let metadata = metadata.map_err(|error| {
            broken(format!(
                "this is no Parquet file, or it is cut off: {}",
                said(&error)
            ))
        })?;
        let columns = Columns::find(metadata.schema(), names).map_err(broken)?;
        let rows = rows(&file, &metadata, 0, None)?;
        Ok(Self {
            file,
            size,
            metadata,
            rows,
            columns: Arc::new(columns),
            records: 0,
            by_group: false,
        })
    }

    /// The next rows, or why they cannot be read.
    fn read(&mut self) -> Option<Result<RecordBatch, ArrowError>> {
        // The library trusts some of what stands in a file, and panics.
        let next = catch_unwind(AssertUnwindSafe(|| self.rows.next()));
        next.unwrap_or_else(|_| {
            let reason = "they are not what they should be".to_owned();
            Some(Err(ArrowError::ParquetError(reason)))
        })
    }

    /// The rows that are left of the row group that comes next.
    fn read_group(&mut self) -> Result<Option<Result<RecordBatch, ArrowError>>, Broken> {
        let groups = self.metadata.metadata().row_groups().iter();
        let ends = groups.scan(0, |end, group| {
            *end += u64::try_from(group.num_rows()).unwrap_or(0);
            Some(*end)
        });
        let Some(end) = ends.into_iter().find(|end| *end > self.records) else {
            return Ok(None);
        };
        let left = end - self.records;
        self.rows = rows(&self.file, &self.metadata, self.records, Some(left))?;
        Ok(self.read())
    }

    fn all_records(&self) -> u64 {
        let rows = self.metadata.metadata().file_metadata().num_rows();
        u64::try_from(rows).unwrap_or(0)
    }
}

/// What a file says is wrong with it, without the name of the library's error.
pub(super) fn said(error: &ParquetError) -> String {
    let shown = error.to_string();
    let bare = shown.split_once(": ").map(|(_, rest)| rest.to_owned());
    bare.unwrap_or(shown)
}

/// Reads the rows behind a number of them, at most so many. How many make a batch depends on
/// what the file says about its size, so that a batch has about [`BATCH`] bytes.
fn rows(
    file: &File,
    metadata: &ArrowReaderMetadata,
    behind: u64,
    most: Option<u64>,
) -> Result<ParquetRecordBatchReader, Broken> {
    let broken = |error: String| Broken::after(behind, error);
    let file = file
        .try_clone()
        .map_err(|error| broken(error.to_string()))?;
    let groups = metadata.metadata().row_groups().iter();
    let (bytes, all) = groups.fold((0, 0), |(bytes, rows), group| {
        (bytes + group.total_byte_size(), rows + group.num_rows())
    });
    // A dictionary may hide how much there is, and a row has at least a byte.
    let each = usize::try_from(bytes / all.max(1)).unwrap_or(0).max(64);
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.clone())
        .with_batch_size((BATCH / each).clamp(1, MOST_ROWS))
        .with_offset(usize::try_from(behind).unwrap_or(usize::MAX));
    let builder = match most.and_then(|most| usize::try_from(most).ok()) {
        Some(most) => builder.with_limit(most),
        None => builder,
    };
    builder.build().map_err(|error| broken(said(&error)))
}

impl Source for ParquetSource {
    fn next(&mut self, _: Vec<u8>) -> Result<Option<Box<dyn Batch>>, Broken> {
        let mut next = match self.by_group {
            true => self.read_group()?,
            false => self.read(),
        };
        if matches!(next, Some(Err(_))) && !self.by_group {
            self.by_group = true;
            next = self.read_group()?;
        }
        let rows = match next {
            None => return Ok(None),
            Some(Ok(rows)) => rows,
            Some(Err(error)) => {
                let reason = format!("the next rows cannot be read: {error}; fetch the file again");
                return Err(Broken::after(self.records, reason));
            }
        };
        let first = self.records;
        self.records += rows.num_rows() as u64;
        Ok(Some(Box::new(Rows {
            rows,
            first,
            end: Position {
                records: self.records,
                bytes: 0,
            },
            columns: Arc::clone(&self.columns),
        })))
    }

    fn skip_to(&mut self, position: Position) -> Result<(), Broken> {
        if position.records > self.all_records() {
            let reason = "it is shorter than when the run began; begin again with --force";
            return Err(Broken::after(0, reason));
        }
        self.rows = rows(&self.file, &self.metadata, position.records, None)?;
        self.records = position.records;
        Ok(())
    }

    /// The share of the rows that were read, as bytes of the file.
    fn consumed(&self) -> u64 {
        let share = self.records as f64 / self.all_records().max(1) as f64;
        (self.size as f64 * share) as u64
    }
}

/// Whole rows.
pub(super) struct Rows {
    pub(super) rows: RecordBatch,
    /// How many rows lie before.
    pub(super) first: u64,
    end: Position,
    columns: Arc<Columns>,
}

impl Batch for Rows {
    fn size(&self) -> usize {
        self.rows.get_array_memory_size()
    }

    fn end(&self) -> Position {
        self.end
    }

    fn each(&self, visit: &mut dyn FnMut(Result<Record<'_>, Fault<'_>>)) {
        let lines = OnceCell::new();
        for (row, number) in (0..self.rows.num_rows()).zip(self.first + 1..) {
            let pairs = || {
                let lines = lines.get_or_init(|| lines_of(&self.rows));
                lines
                    .get(row)
                    .map(|line| pairs_of(line))
                    .unwrap_or_default()
            };
            visit(self.record(row, number, &pairs));
        }
    }
}

impl Rows {
    fn record<'b>(
        &'b self,
        row: usize,
        number: u64,
        pairs: &'b dyn Fn() -> Vec<Pair<'b>>,
    ) -> Result<Record<'b>, Fault<'b>> {
        let id = shown(&self.rows, self.columns.id, row).map(Cow::Owned);
        let page = || text(&self.rows, self.columns.html, row);
        let body = match (text(&self.rows, self.columns.text, row), page()) {
            (Some(text), _) => Body::Text(text.into()),
            (None, Some(page)) => {
                Body::Bytes(page.as_bytes().into(), Expect::Html, Some(Encoding::UTF_8))
            }
            (None, None) => {
                return Err(Fault {
                    number,
                    id,
                    reason: "the row has no text".to_owned(),
                    text: Cow::Borrowed(b""),
                });
            }
        };
        Ok(Record {
            number,
            id,
            url: shown(&self.rows, self.columns.url, row).map(Cow::Owned),
            body,
            fields: Fields::Lazy(pairs),
        })
    }
}

/// Every row as a JSON object. Of rows that cannot be one, such as a column of
/// unions, there is nothing.
fn lines_of(rows: &RecordBatch) -> Vec<String> {
    let builder = WriterBuilder::new().with_explicit_nulls(true);
    let mut writer = builder.build::<_, LineDelimited>(Vec::new());
    if writer.write(rows).and_then(|()| writer.finish()).is_err() {
        return Vec::new();
    }
    let lines = String::from_utf8(writer.into_inner()).unwrap_or_default();
    lines.lines().map(str::to_owned).collect()
}
