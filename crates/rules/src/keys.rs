//! What the automata look for: the key of each literal.
//!
//! A key is a stretch of a literal that must stand in every line the literal
//! matches. Keys are short, which keeps the automata small; what a key finds
//! is compared in full afterwards.

use crate::fold::Fold;
use crate::rarity::bits;

/// The most bytes of a key. Two texts that agree so far are rare.
const LONGEST: usize = 32;

/// The most bytes of a key inside a line.
const LONGEST_INSIDE: usize = 16;

/// The key of a literal that stands at the start of a line, or of the line
/// itself: the first bytes of its folded form.
pub(crate) fn start_key(text: &str) -> Vec<u8> {
    let folded = Fold::FULL.text(text);
    folded.bytes().take(LONGEST).collect()
}

/// The key of a literal that stands at the end of a line: the bytes of its
/// folded form from the last one on.
pub(crate) fn end_key(text: &str) -> Vec<u8> {
    let folded = Fold::FULL.text(text);
    folded.bytes().rev().take(LONGEST).collect()
}

/// The key of a folded text that stands anywhere in a line: its rarest stretch,
/// for the sake of those that are long.
pub(crate) fn inside_key(folded: &str) -> Vec<u8> {
    let starts = folded.char_indices().map(|(at, _)| at);
    let stretches = starts.map(|at| {
        let rest = &folded[at..];
        &rest[..rest.floor_char_boundary(LONGEST_INSIDE)]
    });
    // The first of those that are alike, and of the full length.
    let rarest = stretches.rev().max_by(|a, b| bits(a).total_cmp(&bits(b)));
    rarest.unwrap_or_default().as_bytes().to_vec()
}

/// Whether a regex knows more forms of a letter than its two cases.
pub(crate) fn has_more_forms(c: char) -> bool {
    matches!(c, '\u{b5}' | '\u{df}' | '\u{17f}' | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short() {
        assert_eq!(inside_key("share this"), b"share this");
        assert_eq!(inside_key("and then the newsletter"), b"d then the newsl");
        assert_eq!(inside_key("শেয়ার করুন").len(), 16);
    }

    #[test]
    fn edge_keys_fold() {
        assert_eq!(start_key(" It\u{2019}s \u{a0}on"), b"it's on");
        assert_eq!(end_key("AB\u{2019} "), b"'ba");
    }
}
