//! Writing WARC: the clean text of each page, as WET files have it.
//!
//! WET is WARC with records of the type `conversion`, each the text of a page;
//! so what becomes of a WARC file is a WET file. What left a document goes into
//! a `metadata` record behind it, which refers to it (ISO 28500, 6.7 and 6.4).

use std::any::Any;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use rust_warc::WarcRecord;
use sha2::{Digest, Sha256};

use super::source::{Item, Records, field, id};
use crate::cleaned::Cleaned;
use crate::container::{Batch, Chunk, Encoder, Record};
use crate::options::RecordOptions;
use crate::packing::Packing;

/// Fields that would be wrong with another content.
const OF_THE_CONTENT: &[&str] = &[
    "content-length",
    "content-type",
    "warc-block-digest",
    "warc-identified-payload-type",
    "warc-payload-digest",
    "warc-record-id",
    "warc-refers-to",
    "warc-truncated",
    "warc-type",
];

/// Writes records of WET.
pub struct WarcEncoder {
    options: Arc<RecordOptions>,
    packing: Packing,
    items: Arc<Vec<Item>>,
    first: u64,
    /// How many items of the batch were passed.
    passed: usize,
    out: Vec<u8>,
    text: Vec<u8>,
}

impl WarcEncoder {
    /// Begins with nothing.
    #[must_use]
    pub fn new(options: Arc<RecordOptions>, packing: Packing) -> Self {
        Self {
            options,
            packing,
            items: Arc::default(),
            first: 0,
            passed: 0,
            out: Vec::new(),
            text: Vec::new(),
        }
    }

    /// Copies what describes the file from among the items up to one.
    fn copy_info(&mut self, up_to: usize) -> io::Result<()> {
        let items = Arc::clone(&self.items);
        let passed = std::mem::replace(&mut self.passed, up_to);
        for item in items.get(passed..up_to).unwrap_or_default() {
            if let Item::Whole(record) = item
                && field(record, "warc-type") == Some("warcinfo")
            {
                let fields = record.header.iter();
                let head = fields.map(|(name, value)| (name.as_str(), value.clone()));
                self.put(record, head.collect(), &record.content)?;
            }
        }
        Ok(())
    }

    /// Writes a record, packed for itself, as readers of WARC expect it.
    fn put(
        &mut self,
        like: &WarcRecord,
        head: BTreeMap<&str, String>,
        content: &[u8],
    ) -> io::Result<()> {
        let mut record = Vec::with_capacity(content.len() + 1024);
        write!(record, "{}\r\n", like.version)?;
        for (name, value) in &head {
            // A value in several lines goes on behind white space.
            let value = value.replace('\n', "\r\n ");
            write!(record, "{}: {value}\r\n", spelled(name))?;
        }
        record.extend_from_slice(b"\r\n");
        record.extend_from_slice(content);
        record.extend_from_slice(b"\r\n\r\n");
        self.out.append(&mut self.packing.pack(record)?);
        Ok(())
    }

    /// Writes the text, and behind it what happened to it.
    fn write(
        &mut self,
        source: &WarcRecord,
        cleaned: &Cleaned<'_>,
        about: Option<Vec<u8>>,
    ) -> io::Result<()> {
        let text = std::mem::take(&mut self.text);
        let old = id(source).unwrap_or_default();
        let (name, other) = (
            new_id(old, &text),
            new_id(old, about.as_deref().unwrap_or(b"-")),
        );
        let kept = source
            .header
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()));
        let mut head: BTreeMap<&str, String> = kept
            .filter(|(name, _)| !OF_THE_CONTENT.contains(name))
            .collect();
        head.insert("warc-type", "conversion".to_owned());
        head.insert("warc-record-id", name.clone());
        head.insert("warc-refers-to", format!("<{old}>"));
        head.insert("content-type", "text/plain".to_owned());
        head.insert("content-length", text.len().to_string());
        if let Some(language) = &cleaned.document.language {
            head.entry("warc-identified-content-language")
                .or_insert_with(|| language.clone());
        }
        self.put(source, head.clone(), &text)?;
        if let Some(about) = about {
            head.retain(|name, _| ["warc-date", "warc-target-uri"].contains(name));
            head.insert("warc-type", "metadata".to_owned());
            head.insert("warc-record-id", other);
            head.insert("warc-refers-to", name);
            head.insert("content-type", "application/json".to_owned());
            head.insert("content-length", about.len().to_string());
            self.put(source, head, &about)?;
        }
        self.text = text;
        Ok(())
    }
}

/// A name for a record that is made of another one and its new content, as a
/// version 8 UUID (RFC 9562): the same in every run.
fn new_id(old: &str, content: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(old.as_bytes());
    hash.update([0]);
    hash.update(content);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut name = String::from("<urn:uuid:");
    for (at, byte) in bytes.iter().enumerate() {
        let dash = if [4, 6, 8, 10].contains(&at) { "-" } else { "" };
        name.push_str(&format!("{dash}{byte:02x}"));
    }
    name + ">"
}

/// A field's name as the standard writes it: `WARC-Record-ID` of
/// `warc-record-id`.
fn spelled(name: &str) -> String {
    let parts = name.split('-').map(|part| match part {
        "warc" | "id" | "uri" | "ip" => part.to_ascii_uppercase(),
        _ => {
            let (first, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
            first.to_ascii_uppercase() + rest
        }
    });
    parts.collect::<Vec<_>>().join("-")
}

impl Encoder for WarcEncoder {
    fn begin(&mut self, batch: &dyn Batch) {
        let batch: &dyn Any = batch;
        if let Some(records) = batch.downcast_ref::<Records>() {
            self.items = Arc::clone(&records.items);
            self.first = records.first;
            self.passed = 0;
        }
    }

    fn add(&mut self, record: &Record<'_>, cleaned: &Cleaned<'_>) -> Result<(), String> {
        let at = usize::try_from(record.number - self.first - 1).unwrap_or(usize::MAX);
        let items = Arc::clone(&self.items);
        let Some(Item::Whole(source)) = items.get(at) else {
            return Err("this container cannot become WARC".to_owned());
        };
        self.text.clear();
        let written = self.options.text(cleaned, &mut self.text);
        written.map_err(|error| error.to_string())?;
        let about = (!self.options.slim).then(|| serde_json::to_vec(&cleaned.about()));
        let about = about.transpose().map_err(|error| error.to_string())?;
        let put = self
            .copy_info(at)
            .and_then(|()| self.write(source, cleaned, about));
        put.map_err(|error| error.to_string())
    }

    fn end(&mut self) -> io::Result<Chunk> {
        self.copy_info(self.items.len())?;
        self.items = Arc::default();
        Ok(Chunk::Bytes(std::mem::take(&mut self.out)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_as_in_the_standard() {
        assert_eq!(spelled("warc-record-id"), "WARC-Record-ID");
        assert_eq!(spelled("warc-target-uri"), "WARC-Target-URI");
        assert_eq!(spelled("content-length"), "Content-Length");
    }

    #[test]
    fn a_new_name_depends_on_the_old_one_and_the_content() {
        let name = new_id("urn:uuid:1", b"The pier is sold.");
        assert_eq!(name, new_id("urn:uuid:1", b"The pier is sold."));
        assert_ne!(name, new_id("urn:uuid:2", b"The pier is sold."));
        assert_ne!(name, new_id("urn:uuid:1", b"The pier is not sold."));
        assert_eq!(
            name.len(),
            "<urn:uuid:01234567-89ab-8def-8123-456789abcdef>".len()
        );
    }
}
