//! Writing JSON lines: the record as it stood, with another text.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use crate::cleaned::{Cleaned, FIELD};
use crate::container::{Chunk, Encoder, Fields, Pair, Record};
use crate::jsonl::JsonLine;
use crate::options::RecordOptions;
use crate::packing::Packing;

/// Writes records as JSON lines.
///
/// Of a record that was a JSON object, every byte of the other fields stays, and
/// that of the text as well where nothing left.
pub struct JsonLinesEncoder {
    options: Arc<RecordOptions>,
    packing: Packing,
    lines: Vec<u8>,
    /// The text of one record.
    text: Vec<u8>,
}

impl JsonLinesEncoder {
    /// Begins with nothing.
    #[must_use]
    pub fn new(options: Arc<RecordOptions>, packing: Packing) -> Self {
        Self {
            options,
            packing,
            lines: Vec::new(),
            text: Vec::new(),
        }
    }

    /// The object with new values in the places of old ones, or behind them.
    fn splice(&mut self, line: &JsonLine<'_>, cleaned: &Cleaned<'_>) -> Result<(), String> {
        let source = line.source().as_bytes();
        let unchanged = line.has_text() && self.options.is_unchanged(cleaned);
        let mut places = [
            (!unchanged).then(|| (line.text(), What::Text)),
            (!self.options.slim).then(|| (line.about(), What::About)),
        ];
        // A field that is not there yet goes to the end.
        let place = |place: &Option<(Option<Range<usize>>, What)>| {
            let place = place.as_ref().and_then(|(range, _)| range.as_ref());
            place.map_or(usize::MAX, |range| range.start)
        };
        places.sort_by_key(place);
        let mut done = 0;
        for (range, what) in places.into_iter().flatten() {
            match range {
                Some(range) => {
                    self.lines.extend_from_slice(&source[done..range.start]);
                    done = range.end;
                }
                None => {
                    let end = source.len() - 1;
                    self.lines.extend_from_slice(&source[done..end]);
                    done = end;
                    // What has no field has no text, and is not cleaned.
                    self.lines.push(b',');
                    self.name(what)?;
                }
            }
            self.value(what, cleaned)?;
        }
        self.lines.extend_from_slice(&source[done..]);
        Ok(())
    }

    /// An object of names and values.
    fn object(&mut self, pairs: &[Pair<'_>], cleaned: &Cleaned<'_>) -> Result<(), String> {
        let mut wanted = vec![What::Text];
        wanted.extend((!self.options.slim).then_some(What::About));
        self.lines.push(b'{');
        for (name, value) in pairs {
            let what = wanted.iter().position(|what| name == self.named(*what));
            self.comma();
            json(&mut self.lines, &**name)?;
            self.lines.push(b':');
            match what {
                Some(at) => self.value(wanted.remove(at), cleaned)?,
                None => self.lines.extend_from_slice(value.as_bytes()),
            }
        }
        for what in wanted {
            self.comma();
            self.name(what)?;
            self.value(what, cleaned)?;
        }
        self.lines.push(b'}');
        Ok(())
    }

    fn comma(&mut self) {
        if self.lines.last() != Some(&b'{') {
            self.lines.push(b',');
        }
    }

    fn named(&self, what: What) -> &str {
        match what {
            What::Text => &self.options.names.text,
            What::About => FIELD,
        }
    }

    fn name(&mut self, what: What) -> Result<(), String> {
        let name = match what {
            What::Text => self.options.names.text.as_str(),
            What::About => FIELD,
        };
        json(&mut self.lines, name)?;
        self.lines.push(b':');
        Ok(())
    }

    fn value(&mut self, what: What, cleaned: &Cleaned<'_>) -> Result<(), String> {
        match what {
            What::Text => {
                self.text.clear();
                let written = self.options.text(cleaned, &mut self.text);
                written.map_err(|error| error.to_string())?;
                let text = std::str::from_utf8(&self.text);
                json(&mut self.lines, text.map_err(|error| error.to_string())?)
            }
            What::About => json(&mut self.lines, &cleaned.about()),
        }
    }
}

/// A field that is written anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Text,
    About,
}

fn json(out: &mut Vec<u8>, value: &(impl serde::Serialize + ?Sized)) -> Result<(), String> {
    serde_json::to_writer(out, value).map_err(|error| error.to_string())
}

impl Encoder for JsonLinesEncoder {
    fn add(&mut self, record: &Record<'_>, cleaned: &Cleaned<'_>) -> Result<(), String> {
        let before = self.lines.len();
        let added = match &record.fields {
            Fields::Json(line) => self.splice(line, cleaned),
            Fields::Pairs(pairs) => self.object(pairs, cleaned),
            Fields::Lazy(pairs) => self.object(&pairs(), cleaned),
        };
        match added {
            Ok(()) => self.lines.push(b'\n'),
            Err(_) => self.lines.truncate(before),
        }
        added
    }

    fn end(&mut self) -> io::Result<Chunk> {
        let capacity = self.lines.capacity();
        let lines = std::mem::replace(&mut self.lines, Vec::with_capacity(capacity));
        Ok(Chunk::Bytes(self.packing.pack(lines)?))
    }
}
