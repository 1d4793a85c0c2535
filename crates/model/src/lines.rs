//! Cutting a text into lines without losing a byte.

use std::ops::Range;

/// One line of a text. All ranges are byte ranges in that text, half-open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 1-based number.
    pub number: u32,
    /// The line without its terminator.
    pub text: Range<usize>,
    /// The terminator: `\n`, `\r\n`, or empty at the end of the text.
    pub end: Range<usize>,
}

/// Cuts `text` into lines at `\n` and `\r\n`.
///
/// The ranges of all lines put together are the text, and an empty text has
/// no line. Unlike [`str::lines`] the terminators are kept.
pub fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut start = 0;
    let mut number = 0;
    std::iter::from_fn(move || {
        if start == text.len() {
            return None;
        }
        number += 1;
        let rest = &text.as_bytes()[start..];
        let (body, next) = match memchr::memchr(b'\n', rest) {
            Some(at) if at > 0 && rest[at - 1] == b'\r' => (start + at - 1, start + at + 1),
            Some(at) => (start + at, start + at + 1),
            None => (text.len(), text.len()),
        };
        let line = Line {
            number,
            text: start..body,
            end: body..next,
        };
        start = next;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, &str)> {
        lines(text).map(|l| (&text[l.text], &text[l.end])).collect()
    }

    #[test]
    fn terminators_are_kept_apart() {
        assert_eq!(
            cut("a\r\n\nb\rc"),
            [("a", "\r\n"), ("", "\n"), ("b\rc", "")]
        );
        assert_eq!(cut(""), []);
        assert_eq!(cut("\n"), [("", "\n")]);
    }
}
