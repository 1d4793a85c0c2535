//! Files that are neither text nor a page, told by how they begin.

use serde::de::IgnoredAny;

use crate::ReadError;

/// How a kind of file begins, its name, and what to do with it.
const KINDS: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF", "take its text out first"),
    (b"PK\x03\x04", "a ZIP archive or an office document", UNPACK),
    (
        b"\xd0\xcf\x11\xe0",
        "an office document",
        "save it as text first",
    ),
    (b"{\\rtf", "an RTF document", "save it as text first"),
    (b"\xfd7zXZ\0", "packed with xz", UNPACK),
    (b"BZh", "packed with bzip2", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"\x89PNG\r\n", "a PNG image", "give its text"),
    (b"\xff\xd8\xff", "a JPEG image", "give its text"),
];

const UNPACK: &str = "unpack it first, and give what is in it";

const RECORDS: &str = "give records as JSON lines, such as `jq -c '.[]' FILE > FILE.jsonl` \
                       makes of an array";

const ENCODING: &str = "give its text, or name its encoding with --encoding if it is text";

/// How many bytes tell whether a file is binary.
const HEAD: usize = 4096;

/// More control characters than one in so many bytes, and it is. Broken pages
/// have a few.
const RARE: usize = 20;

/// Refuses what is no text whatever encoding it is read in.
///
/// JSON is text, but cleaning would break it: what is JSON from end to end is
/// refused, too. Of a caller that knows the encoding (`is_given`) anything else is
/// taken for text.
///
/// # Errors
/// [`ReadError::Foreign`].
pub(crate) fn refuse(bytes: &[u8], is_given: bool) -> Result<(), ReadError> {
    let known = KINDS.iter().find(|(start, ..)| bytes.starts_with(start));
    let (what, advice) = match known {
        Some((_, what, advice)) => (*what, *advice),
        None if is_json(bytes) => ("JSON", RECORDS),
        None if !is_given && is_binary(bytes) => ("binary data", ENCODING),
        None => return Ok(()),
    };
    Err(ReadError::Foreign { what, advice })
}

/// Whether it is an object, or an array of objects.
fn is_json(bytes: &[u8]) -> bool {
    let mut signs = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    let opens = match signs.next() {
        Some(b'{') => signs.next() == Some(&b'"'),
        Some(b'[') => signs.next() == Some(&b'{'),
        _ => false,
    };
    opens && serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

/// Whether bytes are neither text nor markup. A byte-order mark says that they
/// are, and so does the `<` of a feed or page in UTF-16.
fn is_binary(bytes: &[u8]) -> bool {
    let is_marked = encoding_rs::Encoding::for_bom(bytes).is_some();
    if is_marked || matches!(bytes, [b'<', 0, ..] | [0, b'<', ..]) {
        return false;
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let is_control = |b: &&u8| matches!(**b, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    head.iter().filter(is_control).count() * RARE > head.len()
}

#[cfg(test)]
mod tests {
    use crate::{Expect, read};

    fn refusal(bytes: &[u8]) -> String {
        read("id", bytes.to_vec(), None, Expect::Anything)
            .map_or_else(|e| e.to_string(), |_| String::new())
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(
            refusal(b"%PDF-1.4\n%\xe2"),
            "it is a PDF; take its text out first"
        );
        assert!(refusal(b"PK\x03\x04ab").contains("ZIP"));
        assert!(refusal(b"[\n{\"text\": \"The pier is sold.\"}]").contains("jq -c"));
        assert!(refusal(b"{\"text\": \"The pier is sold.\"}\n").contains("JSON lines"));
    }

    #[test]
    fn binary_data_are_refused_unless_their_encoding_is_known() {
        let bytes = [0, 1, 2, 3, 200, 10];
        assert!(
            refusal(&bytes).contains("binary data"),
            "{}",
            refusal(&bytes)
        );
        let latin = crate::Encoding::named("windows-1252").unwrap();
        assert!(read("id", bytes.to_vec(), Some(latin), Expect::Html).is_ok());
        let wide = "<p>Pier sold".encode_utf16().flat_map(u16::to_le_bytes);
        assert!(!super::is_binary(&wide.collect::<Vec<u8>>()));
        assert!(!super::is_binary(
            b"The pier \x1b[0m was \x00 sold on Monday\t\x0c\r\n"
        ));
    }

    #[test]
    fn text_may_begin_like_something_else() {
        for text in [
            "[{The pier}] is sold.",
            "{\"The pier\" is sold}",
            "PK won.",
            "{}",
            "",
        ] {
            assert_eq!(refusal(text.as_bytes()), "", "{text}");
        }
    }
}
