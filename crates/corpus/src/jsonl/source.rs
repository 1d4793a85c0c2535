//! Reading JSON lines: batches of whole lines, parsed in the workers.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};

use crate::container::{BATCH, Batch, Broken, Fault, FieldNames, Position, Record, Source};
use crate::jsonl::JsonLine;
use crate::packing::{Packing, Unpacked};

/// How much of a line that is too long is shown as its text, in bytes.
const SHOWN: usize = 200;

/// A file of JSON lines.
pub struct JsonLinesSource {
    file: Unpacked,
    names: Arc<FieldNames>,
    /// The longest line that is read, in bytes.
    longest: usize,
    at: Position,
    /// What was read behind the last batch: the beginning of a line.
    ahead: Vec<u8>,
    ended: bool,
    /// What is wrong behind the last batch.
    broken: Option<Broken>,
}

impl JsonLinesSource {
    /// Opens a file. Lines longer than `longest` bytes are set aside.
    ///
    /// # Errors
    /// [`Broken`] when it cannot be opened.
    pub fn open(
        path: &Path,
        packing: Packing,
        names: Arc<FieldNames>,
        longest: usize,
    ) -> Result<Self, Broken> {
        let file = Unpacked::open(path, packing).map_err(|e| Broken::after(0, e.to_string()))?;
        Ok(Self {
            file,
            names,
            longest,
            at: Position::default(),
            ahead: Vec::new(),
            ended: false,
            broken: None,
        })
    }

    /// Reads until the buffer holds so many bytes or the file ends.
    fn fill(&mut self, buffer: &mut Vec<u8>, wanted: usize) -> Result<(), Broken> {
        let missing = wanted.saturating_sub(buffer.len());
        buffer.reserve(missing);
        let read = (&mut self.file).take(missing as u64).read_to_end(buffer);
        match read {
            Ok(read) => self.ended = read < missing,
            Err(error) => {
                let lines = memchr_iter(b'\n', buffer).count() as u64;
                return Err(self.broken(lines, &error));
            }
        }
        Ok(())
    }

    fn broken(&self, more: u64, error: &io::Error) -> Broken {
        let reason = match error.kind() {
            io::ErrorKind::UnexpectedEof => "the packed data end too early".to_owned(),
            _ => format!("it cannot be read: {error}"),
        };
        Broken::after(
            self.at.records + more,
            format!("{reason}; fetch the file again"),
        )
        .by(error)
    }

    /// Passes over the rest of a line that is too long; answers its length.
    fn pass_over(&mut self, begun: usize) -> Result<u64, Broken> {
        let mut length = begun as u64;
        let mut piece = Vec::new();
        loop {
            piece.clear();
            self.fill(&mut piece, BATCH)?;
            if let Some(end) = memchr(b'\n', &piece) {
                self.ahead.extend_from_slice(&piece[end + 1..]);
                return Ok(length + end as u64 + 1);
            }
            length += piece.len() as u64;
            if self.ended {
                return Ok(length);
            }
        }
    }
}

impl Source for JsonLinesSource {
    fn next(&mut self, spare: Vec<u8>) -> Result<Option<Box<dyn Batch>>, Broken> {
        if let Some(broken) = self.broken.take() {
            return Err(broken);
        }
        let mut bytes = spare;
        bytes.clear();
        bytes.append(&mut self.ahead);
        let mut wanted = BATCH;
        let mut too_long = None;
        loop {
            if !self.ended
                && let Err(broken) = self.fill(&mut bytes, wanted)
            {
                // The whole lines before the break come first.
                let Some(end) = memrchr(b'\n', &bytes) else {
                    return Err(broken);
                };
                bytes.truncate(end + 1);
                self.broken = Some(broken);
                break;
            }
            if let Some(end) = memrchr(b'\n', &bytes) {
                self.ahead.extend_from_slice(&bytes[end + 1..]);
                bytes.truncate(end + 1);
                break;
            }
            if self.ended {
                break;
            }
            if bytes.len() >= self.longest {
                too_long = Some(self.pass_over(bytes.len())?);
                bytes.truncate(SHOWN);
                break;
            }
            wanted = bytes.len() + BATCH;
        }
        if bytes.is_empty() {
            return Ok(None);
        }
        let first = self.at.records;
        self.at.records += match too_long {
            Some(_) => 1,
            None => {
                let open = u64::from(bytes.last() != Some(&b'\n'));
                memchr_iter(b'\n', &bytes).count() as u64 + open
            }
        };
        self.at.bytes += too_long.unwrap_or(bytes.len() as u64);
        Ok(Some(Box::new(Lines {
            bytes,
            first,
            too_long,
            longest: self.longest,
            end: self.at,
            names: Arc::clone(&self.names),
        })))
    }

    fn skip_to(&mut self, position: Position) -> Result<(), Broken> {
        let mut rest = (&mut self.file).take(position.bytes);
        let skipped = io::copy(&mut rest, &mut io::sink()).map_err(|e| self.broken(0, &e))?;
        if skipped < position.bytes {
            let reason = "it is shorter than when the run began; begin again with --force";
            return Err(Broken::after(0, reason));
        }
        self.at = position;
        Ok(())
    }

    fn consumed(&self) -> u64 {
        self.file.consumed()
    }
}

/// Whole lines.
struct Lines {
    bytes: Vec<u8>,
    /// How many lines lie before.
    first: u64,
    /// The length of the only line, if it is too long to be read.
    too_long: Option<u64>,
    longest: usize,
    end: Position,
    names: Arc<FieldNames>,
}

impl Batch for Lines {
    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn end(&self) -> Position {
        self.end
    }

    fn each(&self, visit: &mut dyn FnMut(Result<Record<'_>, Fault<'_>>)) {
        if let Some(length) = self.too_long {
            return visit(Err(self.long_line(length)));
        }
        let mut rest = self.bytes.as_slice();
        let mut number = self.first;
        while !rest.is_empty() {
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            let line = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            number += 1;
            if !line.trim_ascii().is_empty() {
                visit(record(line, number, &self.names));
            }
        }
    }

    fn into_spare(self: Box<Self>) -> Vec<u8> {
        self.bytes
    }
}

impl Lines {
    fn long_line(&self, length: u64) -> Fault<'_> {
        Fault {
            number: self.first + 1,
            id: None,
            reason: format!(
                "the line is {length} bytes long, and the longest that fit into --memory have {}: \
                 raise it to clean this one; only its beginning is here",
                self.longest
            ),
            text: Cow::Borrowed(&self.bytes),
        }
    }
}

/// Reads one line.
fn record<'b>(line: &'b [u8], number: u64, names: &FieldNames) -> Result<Record<'b>, Fault<'b>> {
    let fault = |id, reason| Fault {
        number,
        id,
        reason,
        text: Cow::Borrowed(line),
    };
    let text = std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to();
        fault(None, format!("byte {at} of the line is not UTF-8"))
    })?;
    JsonLine::read(text.trim(), names)
        .and_then(|line| line.record(number, names))
        .map_err(|(id, reason)| fault(id, reason))
}
