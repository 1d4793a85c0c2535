//! What can keep a document from being read.

use std::fmt;

/// Bytes or text that cannot be read, or not be written again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It is no text, in whatever encoding, or none to be cleaned.
    #[error("it is {what}; {advice}")]
    Foreign {
        /// What it is, with its article.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// The bytes are not text in this encoding.
    #[error("byte {position} is not {encoding}; if you know the encoding, name it with --encoding")]
    Malformed {
        /// 0-based offset of the first byte that does not fit.
        position: usize,
        /// The encoding it was read in.
        encoding: &'static str,
    },
    /// No encoding has this name.
    #[error("no encoding is called `{0}`; names are those of the web, such as `windows-1252`")]
    UnknownEncoding(String),
    /// The text has a character that the encoding lacks.
    #[error("{encoding} has no `{character}` (byte {position} of the text)")]
    Unmappable {
        /// The encoding it was to be written in.
        encoding: &'static str,
        /// The character.
        character: char,
        /// 0-based byte offset in the text.
        position: usize,
    },
    /// The file says that it is packed, but cannot be unpacked.
    #[error("the gzip data are broken: {0}; fetch the file again")]
    BrokenGzip(String),
    /// The XML of a feed is broken.
    #[error("{place}: the XML is broken: {problem}; fetch the feed again, or mend it there")]
    BrokenXml {
        /// Where the parser gave up.
        place: Place,
        /// What is wrong there.
        problem: String,
    },
    /// It is XML of another kind, or no XML at all.
    #[error(
        "no feed: {found}, where `<rss>`, `<rdf:RDF>` or an Atom `<feed>` was expected; \
         of XML only feeds are read, so give it as a text file"
    )]
    NoFeed {
        /// What stands in its place.
        found: String,
    },
    /// It is a feed, but not all of it can be read.
    #[error("the feed cannot be read: {0}")]
    UnreadableFeed(String),
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// 1-based line.
    pub line: usize,
    /// 1-based column in that line, in characters.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset; one inside a character is that character's.
    pub(crate) fn of(text: &str, at: usize) -> Self {
        let at = text.floor_char_boundary(at);
        let before = &text[..at];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}
