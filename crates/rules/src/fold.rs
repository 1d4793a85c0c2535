//! Folding: what two texts may differ in and still be the same.

use std::borrow::Cow;
use std::iter::Rev;
use std::ops::Range;
use std::str::CharIndices;

/// Which differences do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fold {
    /// Upper and lower case are the same.
    pub(crate) case: bool,
    /// Turkish writes `İ` above `i` and `I` above `ı`, where others write `I`
    /// above `i`: all four are one letter. Where `case` folds, this does; it is
    /// apart for lines that a regex sees, which folds case by itself.
    pub(crate) dots: bool,
    /// Curly and straight quotes are the same, all dashes, and full-width marks
    /// and digits are what they are in ASCII.
    pub(crate) quotes: bool,
    /// A run of any white space is one space; round the text it is nothing.
    pub(crate) spaces: bool,
}

impl Fold {
    /// Everything folds. Two texts that are the same under any fold are the
    /// same under this one.
    pub(crate) const FULL: Self = Self {
        case: true,
        dots: true,
        quotes: true,
        spaces: true,
    };

    /// How many folds there are.
    pub(crate) const COUNT: usize = 16;

    /// A number below [`Fold::COUNT`].
    pub(crate) fn index(self) -> usize {
        let flags = [self.case, self.quotes, self.spaces, self.dots];
        let bits = flags
            .iter()
            .zip(0..)
            .map(|(flag, bit)| usize::from(*flag) << bit);
        bits.sum()
    }

    /// What a character folds to.
    pub(crate) fn char(self, c: char) -> char {
        match c {
            'A'..='Z' if self.case => c.to_ascii_lowercase(),
            '\t'..='\r' if self.spaces => ' ',
            '`' if self.quotes => '\'',
            _ if c.is_ascii() => c,
            _ => self.wide(c),
        }
    }

    fn wide(self, c: char) -> char {
        if self.quotes
            && let Some(plain) = plain_mark(c)
        {
            return plain;
        }
        if self.spaces && c.is_whitespace() {
            return ' ';
        }
        if self.dots && matches!(c, 'İ' | 'ı') {
            return 'i';
        }
        if self.case { lower(c) } else { c }
    }

    /// The folded characters of a text, each with the bytes it stands for.
    pub(crate) fn chars(self, text: &str) -> Folded<CharIndices<'_>> {
        Folded::new(self, text.char_indices())
    }

    /// The same from the end.
    pub(crate) fn chars_back(self, text: &str) -> Folded<Rev<CharIndices<'_>>> {
        Folded::new(self, text.char_indices().rev())
    }

    /// The folded text: what [`Fold::chars`] gives, but copied in stretches.
    pub(crate) fn text(self, text: &str) -> Cow<'_, str> {
        let text = self.trimmed(text);
        if !self.case && self.next_change(text, 0).is_none() {
            return Cow::Borrowed(text);
        }
        let mut folded = String::with_capacity(text.len());
        self.push(text, &mut folded);
        Cow::Owned(folded)
    }

    /// Appends the folded text.
    pub(crate) fn push(self, text: &str, folded: &mut String) {
        let text = self.trimmed(text);
        let (start, mut copied) = (folded.len(), 0);
        while let Some((range, with)) = self.next_change(text, copied) {
            folded.push_str(&text[copied..range.start]);
            folded.push(with);
            copied = range.end;
        }
        folded.push_str(&text[copied..]);
        if self.case {
            folded[start..].make_ascii_lowercase();
        }
    }

    fn trimmed(self, text: &str) -> &str {
        if self.spaces { text.trim() } else { text }
    }

    /// What folds to another character next, from `at` on, and to which; but
    /// for the case of ASCII letters.
    fn next_change(self, text: &str, mut at: usize) -> Option<(Range<usize>, char)> {
        loop {
            at = changed_from(text.as_bytes(), at);
            if at == text.len() {
                return None;
            }
            let (length, with) = self.odd(&text[at..]);
            if let Some(with) = with {
                return Some((at..at + length, with));
            }
            at += length;
        }
    }

    /// The length in bytes of the character, or run of white space, that the
    /// text starts with, and what it folds to if that differs.
    fn odd(self, text: &str) -> (usize, Option<char>) {
        let Some(c) = text.chars().next() else {
            return (0, None);
        };
        if self.spaces && c.is_whitespace() {
            let run = text.len() - text.trim_start().len();
            return (run, (run > 1 || c != ' ').then_some(' '));
        }
        let with = self.char(c);
        (c.len_utf8(), (with != c).then_some(with))
    }

    /// The folded text of a pattern. White space at an edge that lies inside
    /// the line stays, as one space: `"Share "` is not `"Shared"`.
    pub(crate) fn pattern(self, text: &str, inside_front: bool, inside_back: bool) -> String {
        let body = self.text(text);
        let front = self.spaces && inside_front && text.starts_with(char::is_whitespace);
        let back = self.spaces && inside_back && text.ends_with(char::is_whitespace);
        format!("{}{body}{}", space_if(front), space_if(back))
    }
}

fn space_if(wanted: bool) -> &'static str {
    if wanted { " " } else { "" }
}

/// Whether no fold changes more of a text than the case of its ASCII letters,
/// and the white space round it: true for most lines, and told for many bytes
/// at once.
pub(crate) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    are_unchanged(bytes) && !bytes.last().is_some_and(|last| is_odd(*last))
}

/// Where the first byte stands, from `at` on, that is not [`is_unchanged`]; the
/// length of the text if there is none. Eight bytes are told at once.
fn changed_from(text: &[u8], mut at: usize) -> usize {
    while let Some((eight, rest)) = text.get(at..).and_then(<[u8]>::split_first_chunk)
        && let Some(next) = rest.first()
    {
        let eight = u64::from_le_bytes(*eight);
        let (odd, spaces) = (odd_of(eight), equal_to(eight, b' '));
        let last = u64::from(is_odd(*next) || *next == b' ') << 63;
        let changed = odd | (spaces & (((odd | spaces) >> 8) | last));
        if changed != 0 {
            return at + (changed.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let mut last = at..text.len();
    last.find(|at| !is_unchanged(text, *at))
        .unwrap_or(text.len())
}

/// A byte in each byte of a number.
const EACH: u64 = u64::from_le_bytes([1; 8]);

/// Which of eight bytes are [`is_odd`]: the highest bit of each says so.
fn odd_of(eight: u64) -> u64 {
    let printable = (eight & (0x7f * EACH)) + (0x60 * EACH);
    (eight | !printable | equal_to(eight, b'`')) & (0x80 * EACH)
}

/// Which of eight bytes are this one.
fn equal_to(eight: u64, byte: u8) -> u64 {
    let differs = eight ^ (u64::from(byte) * EACH);
    !(((differs & (0x7f * EACH)) + (0x7f * EACH)) | differs) & (0x80 * EACH)
}

/// Whether all bytes but the last are [`is_unchanged`]: told for many at once.
fn are_unchanged(text: &[u8]) -> bool {
    let is_run = |byte: u8, next: u8| (byte | next) == b' ';
    let pairs = text.iter().zip(text.get(1..).unwrap_or_default());
    !pairs.fold(false, |any, (byte, next)| {
        any | is_odd(*byte) | is_odd(*next) | is_run(*byte, *next)
    })
}

/// Whether a byte is none of printable ASCII, or a grave accent. (That which
/// deletes is let through; no fold changes it.)
fn is_odd(byte: u8) -> bool {
    // Read with a sign, all bytes of other characters are below those of controls.
    ((byte as i8) < b' ' as i8) | (byte == b'`')
}

/// Whether no fold changes the character at `at`, or only its case: true for
/// nearly all, and quick to tell.
fn is_unchanged(text: &[u8], at: usize) -> bool {
    let plain = |byte: u8| byte != b' ' && !is_odd(byte);
    plain(text[at]) || (text[at] == b' ' && text.get(at + 1).is_some_and(|next| plain(*next)))
}

/// Whether a text has one of the letters that [`Fold::dots`] is about.
pub(crate) fn has_odd_dots(text: &str) -> bool {
    // Both begin with this byte, which is rare elsewhere.
    let mut starts = memchr::memchr_iter(0xc4, text.as_bytes());
    starts.any(|at| text[at..].starts_with(['İ', 'ı']))
}

/// The full-width form of a mark that Chinese and Japanese write so.
fn wide_form(c: char) -> Option<char> {
    let wide = matches!(c, '!' | '(' | ')' | ',' | '.' | '/' | ':' | ';' | '?' | '|');
    let code = u32::from(c) + 0xfee0;
    wide.then(|| char::from_u32(code)).flatten()
}

/// The ASCII form of a full-width mark or digit.
fn narrow_form(c: char) -> Option<char> {
    let narrow = u32::from(c).checked_sub(0xfee0).and_then(char::from_u32)?;
    (narrow.is_ascii_digit() || wide_form(narrow) == Some(c)).then_some(narrow)
}

/// The ASCII form of a quote, an apostrophe, a dash, or a full-width mark.
pub(crate) fn plain_mark(c: char) -> Option<char> {
    Some(match c {
        '\u{b4}' | '\u{2bc}' | '\u{2018}'..='\u{201b}' | '\u{2032}' => '\'',
        '\u{2039}' | '\u{203a}' | '\u{ff07}' => '\'',
        '\u{ab}' | '\u{bb}' | '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ff02}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        _ => return narrow_form(c),
    })
}

/// Lower case, of letters whose case pairs one to one. `ẞ` has no partner that
/// leads back and stays.
fn lower(c: char) -> char {
    match single(c.to_lowercase()) {
        Some(low) if low != c && single(low.to_uppercase()) == Some(c) => low,
        _ => c,
    }
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    chars.next().filter(|_| chars.next().is_none())
}

/// Iterates over folded characters, each with its byte range in the text.
///
/// A space for a run of white space comes only when more text follows it, so
/// that white space round the text folds to nothing from either direction.
#[derive(Debug, Clone)]
pub(crate) struct Folded<I> {
    fold: Fold,
    inner: I,
    /// The character behind a space that was just given out.
    held: Option<(Range<usize>, char)>,
    started: bool,
}

impl<I> Folded<I> {
    fn new(fold: Fold, inner: I) -> Self {
        Self {
            fold,
            inner,
            held: None,
            started: false,
        }
    }
}

impl<I: Iterator<Item = (usize, char)>> Iterator for Folded<I> {
    type Item = (Range<usize>, char);

    fn next(&mut self) -> Option<Self::Item> {
        if self.held.is_some() {
            return self.held.take();
        }
        let mut run: Option<Range<usize>> = None;
        loop {
            let (at, c) = self.inner.next()?;
            let (range, c) = (at..at + c.len_utf8(), self.fold.char(c));
            if self.fold.spaces && c == ' ' {
                run = Some(run.map_or(range.clone(), |run| join(&run, &range)));
                continue;
            }
            return match run.filter(|_| self.started) {
                Some(run) => {
                    self.held = Some((range, c));
                    Some((run, ' '))
                }
                None => {
                    self.started = true;
                    Some((range, c))
                }
            };
        }
    }
}

fn join(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    a.start.min(b.start)..a.end.max(b.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_spaces_and_case_fold() {
        let cases = [
            ("  It\u{2019}s \u{a0}\t HERE ", "it's here"),
            ("\u{ab}Caf\u{c9}\u{bb} \u{2013} x", "\"caf\u{e9}\" - x"),
            ("\u{1e9e}\u{212a}", "\u{1e9e}\u{212a}"),
            ("İLGİLİ ışık ISI", "ilgili işik isi"),
            ("ПІДПИСКА з’їзд зʼїзд", "підписка з'їзд з'їзд"),
            ("来源：新华社（２０２５）！", "来源:新华社(2025)!"),
            ("Straße ÀÉ ŁÓDŹ", "straße àé łódź"),
            ("إعلان", "إعلان"),
            (" \u{3000}", ""),
        ];
        for (text, folded) in cases {
            assert_eq!(Fold::FULL.text(text), folded);
            let chars: String = Fold::FULL.chars(text).map(|(_, c)| c).collect();
            assert_eq!(chars, folded);
            let back: String = Fold::FULL.chars_back(text).map(|(_, c)| c).collect();
            assert_eq!(back.chars().rev().collect::<String>(), folded);
        }
    }

    #[test]
    fn a_fold_does_no_more_than_it_says() {
        let exact = Fold {
            case: false,
            dots: false,
            quotes: false,
            spaces: false,
        };
        assert_eq!(exact.text("İı：１"), "İı：１");
        assert_eq!(exact.text(" A \u{2019}  b`\t"), " A \u{2019}  b`\t");
        let quotes = Fold {
            quotes: true,
            ..exact
        };
        assert_eq!(quotes.text("A \u{2014}  \u{201c}"), "A -  \"");
    }

    #[test]
    fn most_lines_are_plain() {
        assert!(is_plain("It rained, said \"Ann\": 3 ~ 4.") && is_plain("x") && is_plain(""));
        for odd in [
            "a  b",
            "a\tb",
            "`",
            "a`",
            "`a",
            "é",
            "a\u{a0}b",
            "it\u{2019}s",
        ] {
            assert!(!is_plain(odd), "{odd:?}");
        }
    }

    #[test]
    fn the_space_of_a_run_stands_for_all_of_it() {
        let ranges: Vec<_> = Fold::FULL
            .chars("a \u{a0}b ")
            .map(|(range, _)| range)
            .collect();
        assert_eq!(ranges, [0..1, 1..4, 4..5]);
    }

    proptest! {
        #[test]
        fn a_text_folds_as_its_characters_do(
            text in "(?:[a-zA-Z.]{0,40}|[ -~]{0,70}|[`  \u{a0}\t\u{2019}\u{e9}\u{130}ж]{1,3}){0,6}",
            flags: [bool; 4],
        ) {
            let [case, dots, quotes, spaces] = flags;
            let fold = Fold { case, dots, quotes, spaces };
            let chars: String = fold.chars(&text).map(|(_, c)| c).collect();
            prop_assert_eq!(fold.text(&text), chars.as_str());
            if is_plain(text.trim_ascii()) {
                let low = text.trim_ascii().to_ascii_lowercase();
                prop_assert_eq!(&low, &Fold::FULL.text(&text));
            }
            let mut all = "Ä".to_owned();
            fold.push(&text, &mut all);
            prop_assert_eq!(all, format!("Ä{chars}"));
        }
    }
}
