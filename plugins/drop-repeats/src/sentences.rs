//! Where sentences begin.

use cleancopy_text::positions;

/// The bytes at which a sentence may begin: first letters of the text, behind
/// a full stop or inside a quotation.
pub(crate) fn sentence_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let marks = positions(text.as_bytes(), |_, byte| may_open(byte));
    let behind_mark = move |at: usize| {
        let c = text[at..].chars().next().filter(|c| opens(*c))?;
        letter_behind(text, at + c.len_utf8())
    };
    let first = letter_behind(text, 0);
    first.into_iter().chain(marks.filter_map(behind_mark))
}

/// The letter or digit from a byte on that nothing but white space is before.
fn letter_behind(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let byte = *text.as_bytes().get(at)?;
        if byte.is_ascii_alphanumeric() {
            return Some(at);
        }
        if byte == b' ' {
            at += 1;
            continue;
        }
        let c = text[at..].chars().next()?;
        // What such a mark opens is found behind it.
        if opens(c) {
            return None;
        }
        if c.is_alphanumeric() {
            return Some(at);
        }
        if !c.is_whitespace() {
            return None;
        }
        at += c.len_utf8();
    }
}

/// Whether a sentence may begin behind this mark.
fn opens(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | ':' | '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '„'
    ) || matches!(c, '。' | '！' | '？' | '：' | '「' | '『' | '」' | '』')
}

/// Whether such a mark may begin with this byte.
fn may_open(byte: u8) -> bool {
    let ends = (byte == b'.') | (byte == b'!') | (byte == b'?') | (byte == b':');
    ends | (byte == b'"') | (byte == b'\'') | (byte >= 0xc0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, character by character.
    fn one_by_one(text: &str) -> Vec<usize> {
        let mut open = true;
        let mut starts = Vec::new();
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() {
                starts.extend(std::mem::take(&mut open).then_some(at));
            } else {
                open = opens(c) || open && c.is_whitespace();
            }
        }
        starts
    }

    proptest::proptest! {
        #[test]
        fn no_start_is_missed(
            text in proptest::string::string_regex("(?:[a-cA-C0-9é]{1,12}|[ .!?:\"'…“”‘’«»„。：「,(–\u{a0}\u{2009}-]){0,40}").unwrap()
        ) {
            proptest::prop_assert_eq!(sentence_starts(&text).collect::<Vec<_>>(), one_by_one(&text));
        }
    }

    #[test]
    fn sentences_begin_behind_marks() {
        let text = "“Yes,” he said. (No.) It’s 3.5 now";
        let starts: Vec<&str> = sentence_starts(text).map(|at| &text[at..at + 1]).collect();
        assert_eq!(starts, ["Y", "h", "s", "5"]);
    }
}
