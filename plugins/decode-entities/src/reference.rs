//! One character reference: `&amp;`, `&#8217;`, `&#x2019;`.

use std::borrow::Cow;

/// The most bytes of a reference that is looked at, from `&` to `;`. The
/// longest name has 31.
pub(crate) const LONGEST: usize = 40;

/// What the numbers from 0x80 on mean in pages that took Windows-1252 for
/// Latin-1, and in every browser since. `\0` is none.
const WINDOWS_1252: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘',
    '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// Where the reference that ends the text starts, in bytes, as far as its
/// characters tell: from the last `&` on nothing but letters, digits and `#`.
pub(crate) fn start(text: &str) -> Option<usize> {
    let body = text.strip_suffix(';')?;
    let tail = body.bytes().enumerate().rev().take(LONGEST - 1);
    let mut before = tail.skip_while(|(_, b)| b.is_ascii_alphanumeric() || *b == b'#');
    before.next().filter(|(_, b)| *b == b'&').map(|(at, _)| at)
}

/// What a reference, from `&` to `;`, stands for; `None` if for nothing that
/// may stand in a text.
pub(crate) fn decode(reference: &str) -> Option<Cow<'_, str>> {
    let inner = reference.strip_prefix('&')?.strip_suffix(';')?;
    if let Some(number) = inner.strip_prefix('#') {
        return decode_number(number).map(|c| c.to_string().into());
    }
    let decoded = html_escape::decode_html_entities(reference);
    (decoded != reference).then_some(decoded)
}

fn decode_number(number: &str) -> Option<char> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    // The parser would take a sign.
    if digits.starts_with('+') {
        return None;
    }
    let number = u32::from_str_radix(digits, radix).ok()?;
    match number {
        0x80..=0x9f => Some(WINDOWS_1252[number as usize - 0x80]).filter(|c| *c != '\0'),
        _ => char::from_u32(number).filter(|c| is_text(*c)),
    }
}

/// Control characters and code points that are no characters stay encoded,
/// where a reader sees them: nobody knows what they were meant to be.
fn is_text(c: char) -> bool {
    let nothing = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    !nothing && (!c.is_control() || matches!(c, '\t'..='\r'))
}
