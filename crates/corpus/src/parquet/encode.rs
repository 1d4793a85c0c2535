//! Writing Parquet from Parquet: the rows as they stood, with other texts.

use std::any::Any;
use std::io;
use std::sync::Arc;

use arrow_array::builder::{LargeStringBuilder, StringBuilder, StringViewBuilder};
use arrow_array::{ArrayRef, RecordBatch, UInt32Array};
use arrow_schema::{DataType, SchemaRef};
use arrow_select::take::take_record_batch;

use super::source::Rows;
use super::table::written;
use crate::cleaned::{Cleaned, FIELD};
use crate::container::{Batch, Chunk, Encoder, Record};
use crate::options::RecordOptions;

/// Writes rows of Parquet; what happened to each is a column of JSON.
pub struct ParquetEncoder {
    options: Arc<RecordOptions>,
    batch: Option<RecordBatch>,
    first: u64,
    /// The rows that were cleaned.
    kept: Vec<u32>,
    texts: Vec<u8>,
    /// Where each text ends, in bytes.
    ends: Vec<usize>,
    abouts: StringBuilder,
}

impl ParquetEncoder {
    /// Begins with nothing.
    #[must_use]
    pub fn new(options: Arc<RecordOptions>) -> Self {
        Self {
            options,
            batch: None,
            first: 0,
            kept: Vec::new(),
            texts: Vec::new(),
            ends: Vec::new(),
            abouts: StringBuilder::new(),
        }
    }

    /// The texts as a column of this type.
    fn column(&mut self, kind: &DataType) -> io::Result<ArrayRef> {
        let all = std::str::from_utf8(&self.texts).map_err(io::Error::other)?;
        let mut start = 0;
        let texts = self.ends.iter().map(|end| {
            let text = all.get(start..*end);
            start = *end;
            text
        });
        Ok(match kind {
            DataType::LargeUtf8 => {
                let mut builder = LargeStringBuilder::with_capacity(self.ends.len(), all.len());
                builder.extend(texts);
                Arc::new(builder.finish())
            }
            DataType::Utf8View => {
                let mut builder = StringViewBuilder::with_capacity(self.ends.len());
                builder.extend(texts);
                Arc::new(builder.finish())
            }
            _ => {
                let mut builder = StringBuilder::with_capacity(self.ends.len(), all.len());
                builder.extend(texts);
                Arc::new(builder.finish())
            }
        })
    }

    fn rows(&mut self, batch: &RecordBatch) -> io::Result<RecordBatch> {
        let names = &self.options.names;
        let schema: SchemaRef = written(batch.schema_ref(), names, self.options.slim);
        let text_at = schema.index_of(&names.text).map_err(io::Error::other)?;
        let about_at = schema.index_of(FIELD).ok().filter(|_| !self.options.slim);
        let kept = match self.kept.len() == batch.num_rows() {
            true => batch.clone(),
            false => {
                let rows = UInt32Array::from(std::mem::take(&mut self.kept));
                take_record_batch(batch, &rows).map_err(io::Error::other)?
            }
        };
        let mut columns = kept.columns().to_vec();
        let text = self.column(schema.field(text_at).data_type())?;
        put(&mut columns, text_at, text);
        if let Some(at) = about_at {
            put(&mut columns, at, Arc::new(self.abouts.finish()));
        }
        RecordBatch::try_new(schema, columns).map_err(io::Error::other)
    }
}

/// Puts a column in the place of another, or behind all of them.
fn put(columns: &mut Vec<ArrayRef>, at: usize, column: ArrayRef) {
    match columns.get_mut(at) {
        Some(there) => *there = column,
        None => columns.push(column),
    }
}

impl Encoder for ParquetEncoder {
    fn begin(&mut self, batch: &dyn Batch) {
        let batch: &dyn Any = batch;
        if let Some(rows) = batch.downcast_ref::<Rows>() {
            self.batch = Some(rows.rows.clone());
            self.first = rows.first;
        }
    }

    fn add(&mut self, record: &Record<'_>, cleaned: &Cleaned<'_>) -> Result<(), String> {
        if self.batch.is_none() {
            return Err("this container cannot become Parquet row by row".to_owned());
        }
        let row = u32::try_from(record.number - self.first - 1).map_err(|e| e.to_string())?;
        let before = self.texts.len();
        let about = match self.options.slim {
            true => String::new(),
            false => serde_json::to_string(&cleaned.about()).map_err(|e| e.to_string())?,
        };
        if let Err(error) = self.options.text(cleaned, &mut self.texts) {
            self.texts.truncate(before);
            return Err(error.to_string());
        }
        self.abouts.append_value(about);
        self.ends.push(self.texts.len());
        self.kept.push(row);
        Ok(())
    }

    fn end(&mut self) -> io::Result<Chunk> {
        let batch = self.batch.take();
        let rows = batch.map(|batch| self.rows(&batch)).transpose();
        self.kept.clear();
        self.texts.clear();
        self.ends.clear();
        self.abouts.finish();
        let rows = rows?.ok_or_else(|| io::Error::other("no batch has begun"))?;
        Ok(Chunk::Rows(Box::new(rows)))
    }
}
