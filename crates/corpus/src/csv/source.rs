//! Reading CSV: batches of whole rows.

use std::borrow::Cow;
use std::io::{self, Chain, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cleancopy_read::{Encoding, Expect};
use csv::ByteRecord;

use super::head::{Head, MARK, Style};
use crate::container::{
    BATCH, Batch, Body, Broken, Fault, FieldNames, Fields, Position, Record, Source,
};
use crate::packing::{Packing, Unpacked};

/// How much is read to see how a file is written, in bytes.
const BEGINNING: u64 = 1 << 16;

/// A file of CSV.
pub struct CsvSource {
    path: PathBuf,
    packing: Packing,
    longest: usize,
    reader: csv::Reader<Guard>,
    head: Arc<Head>,
    /// How many bytes of the file lie before what the reader reads.
    offset: u64,
    /// The place before the row ahead.
    at: Position,
    /// A row that was read to see whether it is the last.
    ahead: Option<ByteRecord>,
    /// Whether the row with the names was handed out.
    begun: bool,
    /// What ends the file, told when the rows before it are on their way.
    broken: Option<Broken>,
}

/// Lets through no more bytes between two rows than a row may have: a quotation
/// mark that is never closed makes one row of all the rest.
struct Guard {
    inner: Chain<Cursor<Vec<u8>>, Unpacked>,
    passed: usize,
    longest: usize,
    /// How many quotation marks there were, and the last byte.
    marks: usize,
    last: u8,
}

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.passed > self.longest + BEGINNING as usize {
            return Err(io::Error::other(format!(
                "a row is longer than {} bytes, which is what fits into --memory; \
                 is a quotation mark never closed?",
                self.longest
            )));
        }
        let read = self.inner.read(buffer)?;
        self.passed += read;
        self.marks += memchr::memchr_iter(b'"', &buffer[..read]).count();
        self.last = buffer[..read].last().copied().unwrap_or(self.last);
        Ok(read)
    }
}

impl CsvSource {
    /// Opens a file. One with a row of more than `longest` bytes is refused
    /// there.
    ///
    /// # Errors
    /// [`Broken`] when it cannot be opened or has no column to be cleaned.
    pub fn open(
        path: &Path,
        packing: Packing,
        names: &FieldNames,
        longest: usize,
    ) -> Result<Self, Broken> {
        let broken = |reason: String| Broken::after(0, reason);
        let unreadable = |error: io::Error| broken(because(&error));
        let mut file = Unpacked::open(path, packing).map_err(unreadable)?;
        let mut beginning = Vec::new();
        let read = (&mut file).take(BEGINNING).read_to_end(&mut beginning);
        read.map_err(unreadable)?;
        let style = Style::of(&beginning);
        let offset = if style.mark { MARK.len() } else { 0 };
        beginning.drain(..offset);
        let mut reader = reader(beginning, file, style, longest);
        let mut row = ByteRecord::new();
        let read = reader.read_byte_record(&mut row);
        if !read.map_err(|error| broken(because_csv(&error)))? {
            return Err(broken(
                "it is empty, without even the names of columns".to_owned(),
            ));
        }
        let head = Head::read(&row, style, names).map_err(broken)?;
        let mut source = Self {
            path: path.to_owned(),
            packing,
            longest,
            reader,
            head: Arc::new(head),
            offset: offset as u64,
            at: Position::default(),
            ahead: None,
            begun: false,
            broken: None,
        };
        source.look_ahead(0);
        Ok(source)
    }

    /// Reads the row behind the one that was handed out, of which so many were.
    fn look_ahead(&mut self, records: u64) {
        self.at = Position {
            records,
            bytes: self.offset + self.reader.position().byte(),
        };
        let mut row = ByteRecord::new();
        self.reader.get_mut().passed = 0;
        match self.reader.read_byte_record(&mut row) {
            Ok(there) => self.ahead = there.then_some(row),
            Err(error) => {
                let broken = Broken::after(records, because_csv(&error));
                self.broken = Some(match error.kind() {
                    csv::ErrorKind::Io(error) => broken.by(error),
                    _ => broken,
                });
            }
        }
    }

    /// Whether the file seems to end inside of quotation marks, with this row.
    fn ends_quoted(&self, row: &ByteRecord) -> bool {
        let guard = self.reader.get_ref();
        let is_quoted = || {
            row.get(row.len().saturating_sub(1))
                .is_some_and(|value| value.contains(&b'\n'))
        };
        let is_last = self.ahead.is_none() && self.broken.is_none();
        is_last && guard.marks % 2 == 1 && (guard.last != b'\n' || is_quoted())
    }
}

fn reader(beginning: Vec<u8>, file: Unpacked, style: Style, longest: usize) -> csv::Reader<Guard> {
    let guard = Guard {
        inner: Cursor::new(beginning).chain(file),
        passed: 0,
        longest,
        marks: 0,
        last: b'\n',
    };
    // A row with too few or too many values costs that row, not the file.
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true);
    builder
        .delimiter(style.delimiter)
        .buffer_capacity(BEGINNING as usize);
    builder.from_reader(guard)
}

/// Why a file cannot be read on.
pub(crate) fn because(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            "the packed data end too early; fetch the file again".to_owned()
        }
        _ => format!("it cannot be read: {error}"),
    }
}

fn because_csv(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => because(error),
        _ => format!("it cannot be read: {error}"),
    }
}

impl Source for CsvSource {
    fn next(&mut self, _: Vec<u8>) -> Result<Option<Box<dyn Batch>>, Broken> {
        let start = self.at;
        let mut rows = Vec::new();
        while self.at.bytes - start.bytes < BATCH as u64 {
            let Some(row) = self.ahead.take() else {
                break;
            };
            rows.push(row);
            self.look_ahead(self.at.records + 1);
        }
        if rows.is_empty()
            && let Some(broken) = self.broken.take()
        {
            return Err(broken);
        }
        // A table without rows still has the names of its columns.
        if rows.is_empty() && self.begun {
            return Ok(None);
        }
        Ok(Some(Box::new(Rows {
            ends_quoted: rows.last().is_some_and(|row| self.ends_quoted(row)),
            rows: Arc::new(rows),
            head: Arc::clone(&self.head),
            begins: !std::mem::replace(&mut self.begun, true),
            first: start.records,
            size: (self.at.bytes - start.bytes) as usize,
            end: self.at,
        })))
    }

    fn skip_to(&mut self, position: Position) -> Result<(), Broken> {
        let mut file = Unpacked::open(&self.path, self.packing)
            .map_err(|error| Broken::after(0, because(&error)))?;
        let mut before = (&mut file).take(position.bytes);
        let skipped = io::copy(&mut before, &mut io::sink());
        if skipped.map_err(|error| Broken::after(0, because(&error)))? < position.bytes {
            let reason = "it is shorter than when the run began; begin again with --force";
            return Err(Broken::after(0, reason));
        }
        self.reader = reader(Vec::new(), file, self.head.style, self.longest);
        self.offset = position.bytes;
        self.begun = true;
        self.look_ahead(position.records);
        Ok(())
    }

    fn consumed(&self) -> u64 {
        self.reader.get_ref().inner.get_ref().1.consumed()
    }
}

/// Whole rows.
pub(super) struct Rows {
    pub(super) rows: Arc<Vec<ByteRecord>>,
    pub(super) head: Arc<Head>,
    /// Whether the names of the columns stand before them.
    pub(super) begins: bool,
    /// How many rows lie before.
    pub(super) first: u64,
    /// Whether the last of them seems to be cut off.
    ends_quoted: bool,
    size: usize,
    end: Position,
}

impl Batch for Rows {
    fn size(&self) -> usize {
        self.size
    }

    fn end(&self) -> Position {
        self.end
    }

    fn each(&self, visit: &mut dyn FnMut(Result<Record<'_>, Fault<'_>>)) {
        for (row, number) in self.rows.iter().zip(self.first + 1..) {
            let is_cut = self.ends_quoted && number == self.end.records;
            match values(row, &self.head, is_cut) {
                Ok(values) => visit(Ok(record(&values, number, &self.head))),
                Err(reason) => visit(Err(Fault {
                    number,
                    id: None,
                    reason,
                    text: Cow::Owned(again(row, &self.head)),
                })),
            }
        }
    }
}

/// The values of a row as texts, one for each column.
fn values<'b>(row: &'b ByteRecord, head: &Head, is_cut: bool) -> Result<Vec<&'b str>, String> {
    if is_cut {
        let reason = "a quotation mark is never closed: the file is cut off here, or the mark is \
                      one too many";
        return Err(reason.to_owned());
    }
    if row.len() != head.names.len() {
        return Err(format!(
            "the row has {} values, but there are {} columns; is a quotation mark missing?",
            row.len(),
            head.names.len()
        ));
    }
    let texts = row.iter().zip(&head.names).map(|(value, name)| {
        std::str::from_utf8(value).map_err(|error| {
            let at = error.valid_up_to();
            format!("byte {at} of the value in column `{name}` is not UTF-8")
        })
    });
    texts.collect()
}

fn record<'b>(values: &[&'b str], number: u64, head: &'b Head) -> Record<'b> {
    let value = |column: Option<usize>| column.and_then(|at| values.get(at).copied());
    let given = |column| value(column).filter(|value| !value.is_empty());
    let body = match (given(head.text), given(head.html)) {
        (None, Some(page)) => {
            Body::Bytes(page.as_bytes().into(), Expect::Html, Some(Encoding::UTF_8))
        }
        (text, _) => Body::Text(text.unwrap_or_default().into()),
    };
    let pairs = head.names.iter().zip(values).map(|(name, value)| {
        let value = serde_json::Value::from(*value).to_string();
        (Cow::Borrowed(name.as_str()), Cow::Owned(value))
    });
    Record {
        number,
        id: given(head.id).map(Cow::Borrowed),
        url: given(head.url).map(Cow::Borrowed),
        body,
        fields: Fields::Pairs(pairs.collect()),
    }
}

/// A row as it might have stood in the file.
fn again(row: &ByteRecord, head: &Head) -> Vec<u8> {
    let mut writer = head.style.writer();
    // A vector takes everything.
    let _ = writer.write_byte_record(row);
    writer.into_inner().unwrap_or_default()
}
