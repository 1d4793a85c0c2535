//! The first row, and what else holds for a whole file.

use csv::{ByteRecord, Terminator};

use crate::container::FieldNames;

/// What a UTF-8 file may begin with.
pub(super) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Delimiters that are looked for, the usual one first.
const DELIMITERS: &[u8] = b",;\t|";

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// What stands between two values.
    pub(super) delimiter: u8,
    /// Whether rows end with a carriage return as well.
    pub(super) returns: bool,
    /// Whether a byte-order mark opens it.
    pub(super) mark: bool,
}

impl Style {
    /// What the beginning of a file shows: the delimiter that stands most often
    /// in its first line, and how that line ends.
    pub(super) fn of(beginning: &[u8]) -> Self {
        let mark = beginning.starts_with(MARK);
        let end = memchr::memchr(b'\n', beginning).unwrap_or(beginning.len());
        let line = &beginning[..end];
        let times = |delimiter: u8| memchr::memchr_iter(delimiter, line).count();
        // Of several that stand there equally often, the first.
        let most = DELIMITERS.iter().rev().copied();
        Self {
            delimiter: most.max_by_key(|d| times(*d)).unwrap_or(b','),
            returns: line.ends_with(b"\r"),
            mark,
        }
    }

    pub(super) fn writer(self) -> csv::Writer<Vec<u8>> {
        let terminator = match self.returns {
            true => Terminator::CRLF,
            false => Terminator::Any(b'\n'),
        };
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(self.delimiter).terminator(terminator);
        builder.from_writer(Vec::new())
    }
}

/// The names of the columns, and which of them mean something.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) style: Style,
    pub(super) names: Vec<String>,
    pub(super) id: Option<usize>,
    pub(super) text: Option<usize>,
    pub(super) url: Option<usize>,
    pub(super) html: Option<usize>,
}

impl Head {
    /// Reads the first row.
    ///
    /// # Errors
    /// That it is not UTF-8 or names no column to be cleaned.
    pub(super) fn read(
        row: &ByteRecord,
        style: Style,
        wanted: &FieldNames,
    ) -> Result<Self, String> {
        let names: Result<Vec<String>, _> = row
            .iter()
            .map(|name| std::str::from_utf8(name).map(str::to_owned))
            .collect();
        let names = names.map_err(|_| {
            "the names of the columns are not UTF-8; convert the file, as with iconv".to_owned()
        })?;
        let find = |wanted: &str| names.iter().position(|name| name == wanted);
        let [id, text, url, html] =
            [&wanted.id, &wanted.text, &wanted.url, &wanted.html].map(|name| find(name));
        if text.or(html).is_none() {
            return Err(lacks(wanted, &names));
        }
        Ok(Self {
            style,
            id,
            text,
            url,
            html,
            names,
        })
    }
}

/// That no column of a table is the text.
pub(crate) fn lacks(wanted: &FieldNames, names: &[String]) -> String {
    format!(
        "no column `{}` and none `{}`; name the column with --text-field or --html-field \
         (here are: {})",
        wanted.text,
        wanted.html,
        names.join(", ")
    )
}
