//! Spaces that do not break, and characters without width.

/// Whether a space forbids a line break.
pub(crate) fn is_no_break_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Whether a character has no width and does nothing behind `before`, the
/// character on its left.
pub(crate) fn is_idle(c: char, before: Option<char>) -> bool {
    match c {
        // Soft hyphen, word joiner, byte-order mark inside a text.
        '\u{ad}' | '\u{2060}' | '\u{feff}' => true,
        // The zero width space is how some scripts part words.
        '\u{200b}' => !before.is_some_and(writes_without_spaces),
        // Joiner and non-joiner shape Indic and Persian words and bind emoji,
        // always behind a character of those. Behind a letter of a script
        // that does not join they are leftovers.
        '\u{200c}' | '\u{200d}' => before.is_some_and(never_joins),
        _ => false,
    }
}

/// Thai, Lao, Tibetan, Burmese, Khmer and their neighbours.
fn writes_without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19ff}'
        | '\u{1a20}'..='\u{1aaf}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aadf}')
}

/// Latin, Greek and Cyrillic letters, digits and punctuation.
fn never_joins(c: char) -> bool {
    let plain = matches!(c, '\0'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{2027}');
    plain && !c.is_whitespace()
}
