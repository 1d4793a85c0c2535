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

/// Refuses what is no text whatever encoding it is read in.
///
/// JSON is text, but cleaning would break it: what is JSON from end to end is
/// refused, too.
///
/// # Errors
/// [`ReadError::Foreign`].
pub(crate) fn refuse(bytes: &[u8]) -> Result<(), ReadError> {
    let known = KINDS.iter().find(|(start, ..)| bytes.starts_with(start));
    let (what, advice) = match known {
        Some((_, what, advice)) => (*what, *advice),
        None if is_json(bytes) => ("JSON", RECORDS),
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
