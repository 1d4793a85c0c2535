//! What a record of WARC holds: a page or a text, or nothing to be cleaned.

use std::borrow::Cow;
use std::io::Read;

use cleancopy_read::{Encoding, Expect, looks_like_feed, looks_like_html};
use rust_warc::WarcRecord;

use super::source::field;
use crate::container::Body;

/// How many lines the head of an answer may have.
const MOST_HEADERS: usize = 256;

/// What a record comes to.
pub(super) enum Answer<'r> {
    /// A page, a feed or a text.
    Document(Body<'r>),
    /// Nothing that is cleaned: a request, a picture, a page that was not found.
    PassedOver,
    /// Something that should be cleaned and cannot be read.
    Fault(String),
}

/// What there is to clean in a record.
pub(super) fn payload(record: &WarcRecord) -> Answer<'_> {
    let kind = field(record, "warc-type").unwrap_or_default();
    let media = field(record, "content-type").unwrap_or_default();
    match kind {
        "conversion" if media.starts_with("text/plain") => text(&record.content),
        "resource" => document(Cow::Borrowed(&record.content), media),
        "response" if media.starts_with("application/http") => response(&record.content),
        _ => Answer::PassedOver,
    }
}

fn text(content: &[u8]) -> Answer<'_> {
    Answer::Document(match std::str::from_utf8(content) {
        Ok(text) => Body::Text(text.into()),
        // The reader says where it is not.
        Err(_) => Body::Bytes(content.into(), Expect::Anything, None),
    })
}

/// The answer of a server: a head, and behind it what was asked for.
fn response(content: &[u8]) -> Answer<'_> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Response::new(&mut headers);
    let length = match head.parse(content) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => {
            return Answer::Fault("the head of the HTTP response is cut off".to_owned());
        }
        Err(error) => return Answer::Fault(format!("the HTTP response has no head: {error}")),
    };
    if !matches!(head.code, Some(200..=299)) {
        return Answer::PassedOver;
    }
    let value = |name: &str| {
        let found = head
            .headers
            .iter()
            .find(|h| h.name.eq_ignore_ascii_case(name));
        found.map_or(Cow::Borrowed(""), |h| String::from_utf8_lossy(h.value))
    };
    let mut body = Cow::Borrowed(&content[length..]);
    // Crawlers that have unpacked the body left these fields as they were, so
    // what is not packed as they say stands as it is.
    if value("transfer-encoding").eq_ignore_ascii_case("chunked")
        && let Some(whole) = joined(&body)
    {
        body = Cow::Owned(whole);
    }
    match unpacked(body, &value("content-encoding")) {
        Ok(body) => document(body, &value("content-type")),
        Err(reason) => Answer::Fault(reason),
    }
}

/// A page, a feed or a text of this media type.
fn document<'r>(content: Cow<'r, [u8]>, media: &str) -> Answer<'r> {
    let mut parts = media.split(';');
    let kind = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
    let expect = match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Expect::Html,
        "application/rss+xml" | "application/atom+xml" => Expect::Feed,
        "application/xml" | "text/xml" if looks_like_feed(&content) => Expect::Feed,
        "text/plain" => Expect::Anything,
        "" if looks_like_html(&content) => Expect::Html,
        _ => return Answer::PassedOver,
    };
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    });
    let encoding = charset.and_then(|name| Encoding::named(name).ok());
    Answer::Document(Body::Bytes(content, expect, encoding))
}

/// The parts of a chunked body as one (RFC 9112, 7.1); nothing if it is none.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut whole) = (body, Vec::new());
    loop {
        let (start, length) = match httparse::parse_chunk_size(rest).ok()? {
            httparse::Status::Complete(found) => found,
            httparse::Status::Partial => return None,
        };
        let length = usize::try_from(length).ok()?;
        rest = &rest[start..];
        if length == 0 {
            return Some(whole);
        }
        whole.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length..)?.strip_prefix(b"\r\n")?;
    }
}

/// The most that a page may come to when it is unpacked, in bytes.
const MOST_UNPACKED: u64 = 1 << 28;

fn unpacked<'r>(body: Cow<'r, [u8]>, coding: &str) -> Result<Cow<'r, [u8]>, String> {
    let mut whole = Vec::new();
    let read = match coding.trim().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
            let unpack = flate2::read::MultiGzDecoder::new(&*body);
            unpack.take(MOST_UNPACKED).read_to_end(&mut whole)
        }
        "br" | "zstd" if std::str::from_utf8(&body).is_err() => {
            return Err(format!(
                "the page is packed with {coding}, which is not unpacked here; \
                 have the crawler store pages unpacked"
            ));
        }
        _ => return Ok(body),
    };
    match read {
        Ok(_) => Ok(Cow::Owned(whole)),
        Err(error) => Err(format!("the packed page cannot be unpacked: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &str, body: &[u8]) -> Option<(String, Expect, Option<Encoding>)> {
        let mut content = format!("HTTP/1.1 {head}\r\n\r\n").into_bytes();
        content.extend_from_slice(body);
        match response(&content) {
            Answer::Document(Body::Bytes(bytes, expect, encoding)) => Some((
                String::from_utf8_lossy(&bytes).into_owned(),
                expect,
                encoding,
            )),
            _ => None,
        }
    }

    #[test]
    fn a_page_is_what_its_answer_says() {
        let page = of(
            "200 OK\r\nContent-Type: text/html; charset=\"ISO-8859-2\"",
            b"<p>Keld",
        );
        let (text, expect, encoding) = page.unwrap();
        assert_eq!((text.as_str(), expect), ("<p>Keld", Expect::Html));
        assert_eq!(encoding.unwrap().name(), "ISO-8859-2");
        assert!(of("404 Not Found\r\nContent-Type: text/html", b"<p>Keld").is_none());
        assert!(of("200 OK\r\nContent-Type: image/png", b"PNG").is_none());
    }

    #[test]
    fn chunks_are_joined_and_packed_pages_unpacked() {
        let html = "200 OK\r\nContent-Type: text/html\r\n";
        let chunked = of(
            &format!("{html}Transfer-Encoding: chunked"),
            b"3\r\n<p>\r\n4\r\nKeld\r\n0\r\n\r\n",
        );
        assert_eq!(chunked.unwrap().0, "<p>Keld");
        let stored_whole = of(&format!("{html}Transfer-Encoding: chunked"), b"<p>Keld");
        assert_eq!(stored_whole.unwrap().0, "<p>Keld");
        let packed = crate::Packing::Gzip.pack(b"<p>Keld".to_vec()).unwrap();
        let unpacked = of(&format!("{html}Content-Encoding: gzip"), &packed);
        assert_eq!(unpacked.unwrap().0, "<p>Keld");
        assert!(of(&format!("{html}Content-Encoding: br"), b"\x8b\xff\xfe").is_none());
    }
}
