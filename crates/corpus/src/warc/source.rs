//! Reading WARC and WET: batches of whole records.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use rust_warc::{WarcError, WarcRecord};

use super::http::{Answer, payload};
use crate::container::{
    BATCH, Batch, Body, Broken, Fault, FieldNames, Fields, Position, Record, Source,
};
use crate::csv::because;
use crate::packing::{Packing, Unpacked};

/// The longest head of a record, in bytes.
const HEAD: u64 = 1 << 20;

/// What stands behind every record.
const BEHIND: u64 = b"\r\n\r\n".len() as u64;

/// A file of WARC or WET.
pub struct WarcSource {
    file: BufReader<Unpacked>,
    names: Arc<FieldNames>,
    longest: usize,
    at: Position,
    /// What ends the file, told when the records before it are on their way.
    broken: Option<Broken>,
}

/// What was read of one record.
pub(super) enum Item {
    Whole(WarcRecord),
    /// Too long to be held: its head, and the length of its content in bytes.
    Long(Vec<u8>, u64),
}

impl WarcSource {
    /// Opens a file. Records longer than `longest` bytes are set aside.
    ///
    /// # Errors
    /// [`Broken`] when it cannot be opened.
    pub fn open(
        path: &Path,
        packing: Packing,
        names: Arc<FieldNames>,
        longest: usize,
    ) -> Result<Self, Broken> {
        let file = Unpacked::open(path, packing);
        let file = file.map_err(|error| Broken::after(0, because(&error)))?;
        Ok(Self {
            file: BufReader::with_capacity(1 << 16, file),
            names,
            longest,
            at: Position::default(),
            broken: None,
        })
    }

    /// Reads the head of a record with the empty line behind it; nothing at the
    /// end. A record is read only when it is known how much it will hold: the
    /// parser makes room for whatever a head promises.
    fn head(&mut self) -> Result<Option<Vec<u8>>, String> {
        let mut head = Vec::new();
        loop {
            let before = head.len();
            let left = HEAD.saturating_sub(before as u64);
            let read = (&mut self.file).take(left).read_until(b'\n', &mut head);
            let line = read.map_err(|error| because(&error))?;
            match &head[before..] {
                [] if before == 0 => return Ok(None),
                [] if left == 0 => return Err("its head is longer than 1 MB".to_owned()),
                [] => return Err("the file ends inside of it; fetch it again".to_owned()),
                // Some writers leave more empty lines than one should.
                b"\r\n" | b"\n" if before == 0 => {
                    self.at.bytes += line as u64;
                    head.clear();
                }
                b"\r\n" => return Ok(Some(head)),
                _ => {}
            }
        }
    }

    fn item(&mut self) -> Result<Option<Item>, String> {
        let Some(head) = self.head()? else {
            return Ok(None);
        };
        if !head.starts_with(b"WARC/") {
            return Err("it does not begin with `WARC/`: this is no WARC file".to_owned());
        }
        // Where a name or an address is no UTF-8, the page still can be read.
        let head = String::from_utf8_lossy(&head).into_owned().into_bytes();
        let length = content_length(&head).ok_or("its head names no Content-Length")?;
        self.at.bytes += head.len() as u64 + length + BEHIND;
        if length > self.longest as u64 {
            let passed = io::copy(&mut (&mut self.file).take(length + BEHIND), &mut io::sink());
            return match passed.map_err(|error| because(&error))? {
                passed if passed < length => Err("the file ends inside of it".to_owned()),
                _ => Ok(Some(Item::Long(head, length))),
            };
        }
        let read = WarcRecord::parse(head.chain(&mut self.file));
        read.map(Item::Whole)
            .map(Some)
            .map_err(|error| match error {
                WarcError::IO(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    "the file ends inside of it; fetch it again".to_owned()
                }
                WarcError::IO(error) => because(&error),
                WarcError::Malformed(reason) => reason,
                WarcError::EOF => "the file ends before it".to_owned(),
            })
    }
}

fn content_length(head: &[u8]) -> Option<u64> {
    let lines = std::str::from_utf8(head).ok()?.lines();
    let mut fields = lines.filter_map(|line| line.split_once(':'));
    let field = fields.find(|(name, _)| name.trim().eq_ignore_ascii_case("content-length"))?;
    field.1.trim().parse().ok()
}

impl Source for WarcSource {
    fn next(&mut self, _: Vec<u8>) -> Result<Option<Box<dyn Batch>>, Broken> {
        if let Some(broken) = self.broken.take() {
            return Err(broken);
        }
        let start = self.at;
        let (mut items, mut end) = (Vec::new(), start);
        while self.at.bytes - start.bytes < BATCH as u64 {
            match self.item() {
                Ok(Some(item)) => items.push(item),
                Ok(None) => break,
                Err(reason) => {
                    let reason = format!("the next record cannot be read: {reason}");
                    self.broken = Some(Broken::after(self.at.records, reason));
                    break;
                }
            }
            self.at.records += 1;
            end = self.at;
        }
        if items.is_empty() {
            return self.broken.take().map_or(Ok(None), Err);
        }
        Ok(Some(Box::new(Records {
            items: Arc::new(items),
            first: start.records,
            size: (end.bytes - start.bytes) as usize,
            end,
            names: Arc::clone(&self.names),
        })))
    }

    fn skip_to(&mut self, position: Position) -> Result<(), Broken> {
        let mut before = (&mut self.file).take(position.bytes);
        let skipped = io::copy(&mut before, &mut io::sink());
        if skipped.map_err(|error| Broken::after(0, because(&error)))? < position.bytes {
            let reason = "it is shorter than when the run began; begin again with --force";
            return Err(Broken::after(0, reason));
        }
        self.at = position;
        Ok(())
    }

    fn consumed(&self) -> u64 {
        self.file.get_ref().consumed()
    }
}

/// Whole records.
pub(super) struct Records {
    pub(super) items: Arc<Vec<Item>>,
    /// How many records lie before.
    pub(super) first: u64,
    size: usize,
    end: Position,
    names: Arc<FieldNames>,
}

impl Batch for Records {
    fn size(&self) -> usize {
        self.size
    }

    fn end(&self) -> Position {
        self.end
    }

    fn each(&self, visit: &mut dyn FnMut(Result<Record<'_>, Fault<'_>>)) {
        for (item, number) in self.items.iter().zip(self.first + 1..) {
            match item {
                Item::Long(head, length) => visit(Err(Fault {
                    number,
                    id: None,
                    reason: format!(
                        "the record is {length} bytes long, more than fit into --memory: \
                         raise it to clean this one; only its head is here"
                    ),
                    text: Cow::Borrowed(head),
                })),
                Item::Whole(record) => match payload(record) {
                    Answer::PassedOver => {}
                    Answer::Document(body) => visit(Ok(self.record(record, number, body))),
                    Answer::Fault(reason) => visit(Err(Fault {
                        number,
                        id: id(record).map(Cow::Borrowed),
                        reason,
                        text: Cow::Borrowed(&record.content),
                    })),
                },
            }
        }
    }
}

impl Records {
    fn record<'b>(&self, record: &'b WarcRecord, number: u64, body: Body<'b>) -> Record<'b> {
        let url = field(record, "warc-target-uri");
        let json = |text: &str| Cow::Owned(serde_json::Value::from(text).to_string());
        let name = |name: &str| Cow::Owned(name.to_owned());
        let mut pairs = Vec::new();
        pairs.extend(id(record).map(|id| (name(&self.names.id), json(id))));
        pairs.extend(url.map(|url| (name(&self.names.url), json(url))));
        pairs.push((name(&self.names.text), Cow::Borrowed("null")));
        pairs.push((Cow::Borrowed("warc"), Cow::Owned(head_as_json(record))));
        Record {
            number,
            id: id(record).map(Cow::Borrowed),
            url: url.map(Cow::Borrowed),
            body,
            fields: Fields::Pairs(pairs),
        }
    }
}

/// The fields of a head in the order of their names, which are in lower case.
fn head_as_json(record: &WarcRecord) -> String {
    let fields = record.header.iter();
    let fields: BTreeMap<&str, &str> = fields.map(|(k, v)| (k.as_str(), v.as_str())).collect();
    serde_json::to_string(&fields).unwrap_or_else(|_| "{}".to_owned())
}

/// A field of a record's head; the name in lower case.
pub(super) fn field<'r>(record: &'r WarcRecord, name: &str) -> Option<&'r str> {
    record.header.get(&name.into()).map(String::as_str)
}

/// What names a record, without the angle brackets.
pub(super) fn id(record: &WarcRecord) -> Option<&str> {
    let id = field(record, "warc-record-id")?.trim();
    Some(id.trim_start_matches('<').trim_end_matches('>'))
}
