//! Encodings: which one it is, and there and back again.

use encoding_rs::{DecoderResult, UTF_8, UTF_16BE, UTF_16LE};

use crate::ReadError;

/// A character encoding of the WHATWG standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8, which text in memory has whatever a page says of itself.
    pub const UTF_8: Self = Self(UTF_8);

    /// The encoding with this name or label, in any case.
    ///
    /// # Errors
    /// [`ReadError::UnknownEncoding`].
    pub fn named(label: &str) -> Result<Self, ReadError> {
        let found = encoding_rs::Encoding::for_label(label.as_bytes());
        found
            .map(Self)
            .ok_or_else(|| ReadError::UnknownEncoding(label.to_owned()))
    }

    /// The name the standard gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// Decodes bytes; answers the text and the encoding.
///
/// A byte-order mark is kept as a character, so that [`encode`] gives back
/// the bytes.
///
/// # Errors
/// [`ReadError::Malformed`] with the position of the first bad byte.
pub fn decode(bytes: Vec<u8>, given: Option<Encoding>) -> Result<(String, Encoding), ReadError> {
    let by_mark = || encoding_rs::Encoding::for_bom(&bytes).map(|(encoding, _)| Encoding(encoding));
    let encoding = given.or_else(by_mark).unwrap_or(Encoding(UTF_8));
    let malformed = |position| ReadError::Malformed {
        position,
        encoding: encoding.name(),
    };
    if encoding.0 == UTF_8 {
        let text = String::from_utf8(bytes);
        let text = text.map_err(|e| malformed(e.utf8_error().valid_up_to()))?;
        return Ok((text, encoding));
    }
    let mut decoder = encoding.0.new_decoder_without_bom_handling();
    let capacity = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(capacity.unwrap_or(bytes.len()));
    let (result, read) = decoder.decode_to_string_without_replacement(&bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok((text, encoding)),
        DecoderResult::Malformed(bad, after) => Err(malformed(
            read.saturating_sub(usize::from(bad) + usize::from(after)),
        )),
        DecoderResult::OutputFull => Err(malformed(read)),
    }
}

/// Encodes a text.
///
/// # Errors
/// [`ReadError::Unmappable`] for the first character that the encoding lacks.
pub fn encode(text: &str, encoding: Encoding) -> Result<Vec<u8>, ReadError> {
    // The standard has no encoders for UTF-16, since browsers never send it.
    if encoding.0 == UTF_16LE {
        return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding.0 == UTF_16BE {
        return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = encoding.0.encode(text);
    if !unmappable {
        return Ok(bytes.into_owned());
    }
    let lacks = |c: &char| encoding.0.encode(c.encode_utf8(&mut [0; 4])).2;
    let (position, character) = text
        .char_indices()
        .find(|(_, c)| lacks(c))
        .unwrap_or((0, '?'));
    Err(ReadError::Unmappable {
        encoding: encoding.name(),
        character,
        position,
    })
}

/// The encoding of an XML document without a byte-order mark: the one it
/// declares, unless the bytes say otherwise. `None` is for [`decode`] to tell.
///
/// Declarations are often wrong in two ways: what says it is `iso-8859-1` is
/// UTF-8, and what says it is UTF-16 is written in single bytes. Text in
/// another encoding is hardly ever well-formed UTF-8 by chance.
///
/// # Errors
/// [`ReadError::UnknownEncoding`] for a name that is needed and unknown.
pub(crate) fn of_xml(bytes: &[u8]) -> Result<Option<Encoding>, ReadError> {
    match bytes {
        _ if encoding_rs::Encoding::for_bom(bytes).is_some() => return Ok(None),
        [b'<', 0, ..] => return Ok(Some(Encoding(UTF_16LE))),
        [0, b'<', ..] => return Ok(Some(Encoding(UTF_16BE))),
        _ => {}
    }
    let Some(label) = declared(bytes) else {
        return Ok(None);
    };
    let is_utf8 = !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok();
    match Encoding::named(&label) {
        Ok(Encoding(found)) if found == UTF_16LE || found == UTF_16BE => Ok(None),
        Ok(Encoding(found)) if is_utf8 && found.is_single_byte() => Ok(None),
        Err(_) if is_utf8 || bytes.is_ascii() => Ok(None),
        named => named.map(Some),
    }
}

/// How far into a page its `<meta charset>` is looked for, in bytes. The
/// standard says 1024; pages that put it later are read by browsers too.
const META: usize = 4096;

/// How many bytes of a page that says nothing are looked at.
const GUESSED: usize = 1 << 16;

/// Decodes a page; what is no text becomes U+FFFD.
///
/// Well-formed UTF-8 is UTF-8 whatever the page declares, for other text hardly
/// ever is by chance.
pub(crate) fn decode_html(bytes: Vec<u8>, given: Option<Encoding>) -> (String, Encoding) {
    let by_mark = encoding_rs::Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let named = given.map(|given| given.0).or(by_mark);
    if named.is_none_or(|named| named == UTF_8) {
        match String::from_utf8(bytes) {
            Ok(text) => return (text, Encoding(UTF_8)),
            Err(error) => {
                let bytes = error.into_bytes();
                let encoding = named.unwrap_or_else(|| of_html(&bytes));
                return (encoding.decode(&bytes).0.into_owned(), Encoding(encoding));
            }
        }
    }
    let encoding = named.unwrap_or(UTF_8);
    (encoding.decode(&bytes).0.into_owned(), Encoding(encoding))
}

/// The encoding of a page that is not UTF-8 from end to end.
fn of_html(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let declared = meta_charset(&bytes[..bytes.len().min(META)]);
    let declared = declared.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    match declared {
        // The page was read as bytes to find this out.
        Some(found) if found == UTF_16LE || found == UTF_16BE => {}
        Some(found) if found == UTF_8 && !is_nearly_utf8(bytes) => {}
        Some(found) => return found,
        None if is_nearly_utf8(bytes) => return UTF_8,
        None => {}
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESSED)], bytes.len() <= GUESSED);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

/// Whether most of what is not ASCII is UTF-8: a page with a few broken places.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

/// The encoding that a `<meta>` names.
fn meta_charset(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut metas = head.match_indices("<meta").map(|(at, _)| &head[at..]);
    metas.find_map(|meta| {
        let (tag, _) = meta.split_once('>')?;
        let (_, value) = tag.split_once("charset")?;
        let value = value.trim_start().strip_prefix('=')?;
        let value = value.trim_start_matches([' ', '"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || "\"';/".contains(c));
        Some(value[..end.unwrap_or(value.len())].to_owned())
    })
}

/// The name after `encoding=` in an XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = bytes.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = start.windows(2).position(|two| two == b"?>")?;
    let declaration = std::str::from_utf8(&start[..end]).ok()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (label, _) = value[1..].split_once(quote)?;
    Some(label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_names_the_encoding_and_comes_back() {
        for bytes in [
            b"\xff\xfeA\0\xe9\0".as_slice(),
            b"\xfe\xff\0A\0\xe9",
            b"\xef\xbb\xbfA\xc3\xa9",
        ] {
            let (text, encoding) = decode(bytes.to_vec(), None).unwrap();
            assert_eq!(text, "\u{feff}Aé");
            assert_eq!(encode(&text, encoding).unwrap(), bytes);
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let error = decode(b"caf\xe9 au lait".to_vec(), None).unwrap_err();
        assert_eq!(
            error.to_string(),
            "byte 3 is not UTF-8; if you know the encoding, name it with --encoding"
        );
        let utf16 = decode(b"\xff\xfeA\0\x00\xd8B\0".to_vec(), None).unwrap_err();
        assert!(
            matches!(utf16, ReadError::Malformed { position: 4, .. }),
            "{utf16:?}"
        );
    }

    #[test]
    fn xml_declares_its_encoding_unless_the_bytes_say_otherwise() {
        let of = |xml: &[u8]| of_xml(xml).map(|found| found.map(Encoding::name));
        let windows = b"<?xml version='1.0' encoding = 'windows-1251'?><a>\xcf</a>";
        assert_eq!(of(windows), Ok(Some("windows-1251")));
        let utf8 = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>";
        assert_eq!(of(utf8.as_bytes()), Ok(None));
        assert_eq!(of(b"<?xml encoding='utf-16'?><a/>"), Ok(None));
        assert_eq!(of(b"<\0?\0x\0"), Ok(Some("UTF-16LE")));
        assert_eq!(of(b"<?xml encoding='klingon'?><a/>"), Ok(None));
        let unknown = of(b"<?xml encoding='klingon'?><a>\xcf</a>");
        assert_eq!(
            unknown,
            Err(ReadError::UnknownEncoding("klingon".to_owned()))
        );
        assert_eq!(of(b"<a encoding='utf-16'/>"), Ok(None));
    }

    #[test]
    fn a_named_encoding_is_used() {
        let latin = Encoding::named("latin1").unwrap();
        assert_eq!(decode(b"caf\xe9".to_vec(), Some(latin)).unwrap().0, "café");
        assert_eq!(encode("café", latin).unwrap(), b"caf\xe9");
        assert!(matches!(
            encode("☃", latin),
            Err(ReadError::Unmappable {
                character: '☃', ..
            })
        ));
        assert!(Encoding::named("klingon").is_err());
    }
}
