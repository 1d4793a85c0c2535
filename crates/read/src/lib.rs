//! From bytes to documents: plain text, HTML pages, RSS and Atom feeds.
//!
//! ```
//! use cleancopy_read::{Expect, read};
//!
//! let text = b"\xff\xfeA\0\n\0B\0".to_vec();
//! let document = read("harbour", text, None, Expect::Anything)?;
//! assert_eq!(document.encoding, "UTF-16LE");
//! assert_eq!(document.blocks().len(), 2);
//!
//! let feed = b"<rss version='2.0'><channel><item><title>Pier sold</title>\
//!     <description>To the &lt;b&gt;town&lt;/b&gt;.</description></item></channel></rss>";
//! let document = read("feed", feed.to_vec(), None, Expect::Anything)?;
//! assert_eq!(document.source(), "Pier sold\n\nTo the town.\n");
//! # Ok::<(), cleancopy_read::ReadError>(())
//! ```
#![forbid(unsafe_code)]

mod encoding;
mod error;
mod feed;
mod foreign;
mod html;
mod packed;

use std::path::Path;

use cleancopy_model::Document;

pub use encoding::{Encoding, decode, encode};
pub use error::{Place, ReadError};
pub use feed::{looks_like_feed, read_feed};
pub use html::{looks_like_html, read_html};
pub use packed::unpack;

/// What somebody who names a document says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expect {
    /// Nothing: the content tells a feed from plain text.
    #[default]
    Anything,
    /// A feed; anything else is refused.
    Feed,
    /// An HTML page, even if it does not begin like one.
    Html,
}

/// File name extensions of feeds. What has one and is no feed is refused;
/// without one, the content tells a feed from text.
pub const FEED_EXTENSIONS: &[&str] = &["xml", "rss", "atom"];

/// File name extensions of HTML pages.
pub const HTML_EXTENSIONS: &[&str] = &["html", "htm", "xhtml"];

/// The extension of a packed file; the one before it says what is inside.
pub const PACKED: &str = "gz";

impl Expect {
    /// What a file's name says about it.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let extension = |path: &Path| {
            let extension = path.extension().and_then(|e| e.to_str());
            extension.map(str::to_ascii_lowercase).unwrap_or_default()
        };
        let found = match extension(path) {
            packed if packed == PACKED => extension(&path.with_extension("")),
            found => found,
        };
        match found.as_str() {
            feed if FEED_EXTENSIONS.contains(&feed) => Self::Feed,
            page if HTML_EXTENSIONS.contains(&page) => Self::Html,
            _ => Self::Anything,
        }
    }
}

/// Reads a document: a feed or a page if the content shows that it is one or
/// one is expected, else plain text.
///
/// # Errors
/// [`ReadError::Foreign`] for what is no text; what [`read_feed`],
/// [`read_html`] and [`read_text`] answer.
pub fn read(
    id: &str,
    bytes: Vec<u8>,
    given: Option<Encoding>,
    expect: Expect,
) -> Result<Document, ReadError> {
    foreign::refuse(&bytes, given.is_some())?;
    match expect {
        Expect::Feed => read_feed(id, bytes, given),
        Expect::Html => read_html(id, bytes, given),
        Expect::Anything if looks_like_feed(&bytes) => read_feed(id, bytes, given),
        Expect::Anything if looks_like_html(&bytes) => read_html(id, bytes, given),
        Expect::Anything => read_text(id, bytes, given),
    }
}

/// Reads plain text into a document.
///
/// The encoding is the one given, else the one a byte-order mark names, else
/// UTF-8. A byte-order mark stays in the source as layout.
///
/// # Errors
/// [`ReadError`] with the position of the first byte that is not text in that
/// encoding.
pub fn read_text(id: &str, bytes: Vec<u8>, given: Option<Encoding>) -> Result<Document, ReadError> {
    let (text, encoding) = decode(bytes, given)?;
    let mut document = Document::from_text(id, text);
    document.encoding = encoding.name().to_owned();
    Ok(document)
}
