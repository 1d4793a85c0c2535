//! Writing CSV: the row as it stood, with another text.

use std::any::Any;
use std::io;
use std::sync::Arc;

use csv::{ByteRecord, Writer};

use super::head::{Head, MARK};
use super::source::Rows;
use crate::cleaned::{Cleaned, FIELD};
use crate::container::{Batch, Chunk, Encoder, Record};
use crate::options::RecordOptions;
use crate::packing::Packing;

/// Writes rows of CSV; what happened to each is a column of JSON.
pub struct CsvEncoder {
    options: Arc<RecordOptions>,
    packing: Packing,
    batch: Option<Open>,
    text: Vec<u8>,
}

/// The batch that is being written.
struct Open {
    rows: Arc<Vec<ByteRecord>>,
    head: Arc<Head>,
    first: u64,
    out: Writer<Vec<u8>>,
}

impl CsvEncoder {
    /// Begins with nothing.
    #[must_use]
    pub fn new(options: Arc<RecordOptions>, packing: Packing) -> Self {
        Self {
            options,
            packing,
            batch: None,
            text: Vec::new(),
        }
    }

    /// Where the clean text and what happened go, behind the columns there are
    /// if they have none yet.
    fn columns(&self, head: &Head) -> (usize, Option<usize>) {
        let mut next = head.names.len();
        let text = head.text.unwrap_or_else(|| {
            next += 1;
            next - 1
        });
        let about = head.names.iter().position(|name| name == FIELD);
        (text, (!self.options.slim).then(|| about.unwrap_or(next)))
    }

    fn open(&self, rows: &Rows) -> Result<Open, csv::Error> {
        let mut out = rows.head.style.writer();
        if rows.begins {
            let (text, about) = self.columns(&rows.head);
            let given = self.options.names.text.as_str();
            let names = rows.head.names.iter().map(String::as_str);
            let added = (text == rows.head.names.len()).then_some(given);
            let about = about.filter(|at| *at >= rows.head.names.len());
            out.write_record(names.chain(added).chain(about.map(|_| FIELD)))?;
        }
        Ok(Open {
            rows: Arc::clone(&rows.rows),
            head: Arc::clone(&rows.head),
            first: rows.first,
            out,
        })
    }
}

impl Encoder for CsvEncoder {
    fn begin(&mut self, batch: &dyn Batch) {
        let batch: &dyn Any = batch;
        let rows = batch.downcast_ref::<Rows>();
        self.batch = rows.and_then(|rows| self.open(rows).ok());
    }

    fn add(&mut self, record: &Record<'_>, cleaned: &Cleaned<'_>) -> Result<(), String> {
        self.text.clear();
        let written = self.options.text(cleaned, &mut self.text);
        written.map_err(|error| error.to_string())?;
        let about = match self.options.slim {
            true => String::new(),
            false => serde_json::to_string(&cleaned.about()).map_err(|e| e.to_string())?,
        };
        let Some(head) = self.batch.as_ref().map(|open| Arc::clone(&open.head)) else {
            return Err("this container cannot become CSV".to_owned());
        };
        let (at, about_at) = self.columns(&head);
        let open = self.batch.as_mut().ok_or("no batch has begun")?;
        let place = usize::try_from(record.number - open.first - 1).unwrap_or(usize::MAX);
        let row = open.rows.get(place).ok_or("a row of another batch")?;
        let width = row.len().max(at + 1).max(about_at.map_or(0, |at| at + 1));
        let values = (0..width).map(|column| match column {
            column if column == at => self.text.as_slice(),
            column if Some(column) == about_at => about.as_bytes(),
            column => row.get(column).unwrap_or_default(),
        });
        open.out.write_record(values).map_err(|e| e.to_string())
    }

    fn end(&mut self) -> io::Result<Chunk> {
        let Some(open) = self.batch.take() else {
            return Ok(Chunk::Bytes(Vec::new()));
        };
        let begins = open.first == 0 && open.head.style.mark;
        let rows = open.out.into_inner().map_err(|error| error.into_error())?;
        let bytes = match begins {
            true => [MARK, &rows].concat(),
            false => rows,
        };
        Ok(Chunk::Bytes(self.packing.pack(bytes)?))
    }
}
