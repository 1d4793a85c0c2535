//! From bytes to documents.
//!
//! ```
//! use cleancopy_read::read_text;
//!
//! let document = read_text("harbour", b"\xff\xfeA\0\n\0B\0".to_vec(), None)?;
//! assert_eq!(document.encoding, "UTF-16LE");
//! assert_eq!(document.blocks().len(), 2);
//! # Ok::<(), cleancopy_read::ReadError>(())
//! ```
#![forbid(unsafe_code)]

mod encoding;

use cleancopy_model::Document;

pub use encoding::{Encoding, ReadError, decode, encode};

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
