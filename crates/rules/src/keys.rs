//! What is looked for in lines: the key of each literal.
//!
//! A key is a stretch of a literal that must stand in every line the literal
//! matches. Keys are short, which keeps what is built of them small; what a key finds
//! is compared in full afterwards.

use crate::fold::Fold;

/// The most bytes of a key. Two texts that agree so far are rare.
pub(crate) const LONGEST: usize = 32;

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

/// The key of a folded text that stands anywhere in a line.
pub(crate) fn inside_key(folded: &str) -> String {
    folded[..folded.floor_char_boundary(LONGEST)].to_owned()
}

/// Whether a regex knows more forms of a letter than its two cases.
pub(crate) fn has_more_forms(c: char) -> bool {
    matches!(c, '\u{b5}' | '\u{df}' | '\u{17f}' | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edge_keys_fold() {
        assert_eq!(start_key(" It\u{2019}s \u{a0}on"), b"it's on");
        assert_eq!(end_key("AB\u{2019} "), b"'ba");
    }
}
