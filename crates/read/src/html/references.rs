//! Character references in HTML: `&amp;`, `&eacute`, `&#8217;`.

use memchr::memchr;
use web_atoms::NAMED_ENTITIES;

/// What the numbers from 0x80 on mean in pages that took Windows-1252 for
/// Latin-1, and in every browser since.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The longest name, with its `;`, in bytes.
const LONGEST: usize = 33;

/// Calls `piece` with the parts of a text, references decoded.
pub(crate) fn decoded(text: &str, mut piece: impl FnMut(&str)) {
    let mut rest = text;
    let mut copied = 0;
    let mut at = 0;
    while let Some(found) = memchr(b'&', &rest.as_bytes()[at..]) {
        at += found;
        let Some((chars, length)) = reference(&rest[at..]) else {
            at += 1;
            continue;
        };
        if at > copied {
            piece(&rest[copied..at]);
        }
        for c in chars.into_iter().filter(|c| *c != '\0') {
            piece(c.encode_utf8(&mut [0; 4]));
        }
        rest = &rest[at + length..];
        (at, copied) = (0, 0);
    }
    if copied < rest.len() {
        piece(&rest[copied..]);
    }
}

/// A text with its references decoded.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    decoded(text, |piece| out.push_str(piece));
    out
}

/// What the reference at the start of a text stands for, one or two
/// characters, and its length in bytes.
fn reference(text: &str) -> Option<([char; 2], usize)> {
    let inner = &text[1..];
    if let Some(number) = inner.strip_prefix('#') {
        return numeric(number).map(|(c, length)| ([c, '\0'], length + 2));
    }
    let is_name = |b: &u8| b.is_ascii_alphanumeric();
    let bytes = inner.as_bytes();
    let letters = bytes
        .iter()
        .take(LONGEST)
        .take_while(|b| is_name(b))
        .count();
    let closed = usize::from(bytes.get(letters) == Some(&b';'));
    // The longest name counts: `&notit;` is `¬it;`.
    (2..=letters + closed).rev().find_map(|length| {
        let (a, b) = *NAMED_ENTITIES.get(&inner[..length])?;
        let chars = [char::from_u32(a)?, char::from_u32(b)?];
        (chars[0] != '\0').then_some((chars, length + 1))
    })
}

/// The character of `8217;` or `x2019;`, and how many bytes say so.
fn numeric(text: &str) -> Option<(char, usize)> {
    let (prefix, radix) = match text.strip_prefix(['x', 'X']) {
        Some(_) => (1, 16),
        None => (0, 10),
    };
    let digits = &text.as_bytes()[prefix..];
    let is_digit = |b: &&u8| char::from(**b).is_digit(radix);
    let count = digits.iter().take_while(is_digit).count();
    if count == 0 {
        return None;
    }
    let number = digits[..count].iter().fold(0_u32, |number, digit| {
        let value = char::from(*digit).to_digit(radix).unwrap_or(0);
        number.saturating_mul(radix).saturating_add(value)
    });
    let closed = usize::from(digits.get(count) == Some(&b';'));
    let c = match number {
        0x80..=0x9f => WINDOWS_1252[number as usize - 0x80],
        0 => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some((c, prefix + count + closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_as_in_a_browser() {
        for (text, expected) in [
            ("a &amp; b &lt;p&gt;", "a & b <p>"),
            ("caf&eacute;s &eacute &hellip;", "cafés é …"),
            ("&#8217;&#x2019;&#146;&#0;", "’’’\u{fffd}"),
            ("&notit; &nosuch; & &# &#x;", "¬it; &nosuch; & &# &#x;"),
            ("AT&T &", "AT&T &"),
        ] {
            assert_eq!(decode(text), expected);
        }
    }
}
