//! Words: folding them, telling them apart cheaply.
//!
//! Nothing here keeps text: a word is a slice of its line, or a 64-bit hash of
//! its folded form, so that a long document costs no allocation per word.

use memchr::{memchr, memchr3_iter};

/// How many stretches of a text white space parts: as many as
/// [`str::split_whitespace`] gives.
#[must_use]
pub(crate) fn count_tokens(text: &str) -> usize {
    let mut wide = memchr3_iter(
        WIDE_SPACES[0],
        WIDE_SPACES[1],
        WIDE_SPACES[2],
        text.as_bytes(),
    );
    let is_space = |at| text[at..].starts_with(char::is_whitespace);
    if memchr(WIDE_SPACES[3], text.as_bytes()).is_some() || wide.any(is_space) {
        return text.split_whitespace().count();
    }
    let bytes = text.as_bytes();
    let first = bytes.first().is_some_and(|byte| !is_space_byte(*byte));
    let pairs = bytes
        .chunks(CHUNK)
        .zip(bytes.get(1..).unwrap_or(&[]).chunks(CHUNK));
    let starts = pairs.map(|(before, after)| {
        // In bytes, so that the processor counts many at once.
        let starts = |(a, b): (&u8, &u8)| u8::from(is_space_byte(*a) & !is_space_byte(*b));
        usize::from(before.iter().zip(after).map(starts).sum::<u8>())
    });
    usize::from(first) + starts.sum::<usize>()
}

/// No count in so many bytes is too large for a byte.
const CHUNK: usize = 128;

/// The first bytes of white space that is not in ASCII.
const WIDE_SPACES: [u8; 4] = [0xc2, 0xe2, 0xe3, 0xe1];

/// Whether a byte is white space in ASCII.
pub(crate) fn is_space_byte(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// Whether the character opens or closes a quotation or is an apostrophe.
#[must_use]
pub(crate) fn is_quote_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»')
}

/// The word without a possessive `’s`.
#[must_use]
pub(crate) fn without_possessive(word: &str) -> &str {
    ["'s", "’s", "‘s"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word)
}

/// Puts the lower-case form of `word`, with straight apostrophes, into
/// `buffer` and answers it. The buffer is reused from word to word.
pub(crate) fn fold_into<'b>(word: &str, buffer: &'b mut String) -> &'b str {
    buffer.clear();
    if word.is_ascii() {
        buffer.push_str(word);
        buffer.make_ascii_lowercase();
        return buffer;
    }
    for c in word.chars() {
        match c {
            '’' | '‘' => buffer.push('\''),
            c if c.is_ascii() => buffer.push(c.to_ascii_lowercase()),
            c => buffer.extend(c.to_lowercase()),
        }
    }
    buffer
}

/// A stem of a folded English word, good enough to see that two words are
/// forms of one: `ministers` and `minister`, `countries` and `country`.
#[must_use]
pub(crate) fn stem(folded: &str) -> Stem<'_> {
    let word = folded.strip_suffix("'s").unwrap_or(folded);
    let cut = |end: &str, least: usize| (word.len() > least).then(|| word.strip_suffix(end))?;
    if let Some(root) = cut("ies", 4) {
        return Stem { root, end: "y" };
    }
    let plural = || cut("s", 3).filter(|root| !root.ends_with('s'));
    let root = cut("ing", 5).or_else(|| cut("ed", 4)).or_else(plural);
    Stem {
        root: root.unwrap_or(word),
        end: "",
    }
}

/// A stem as a slice of its word and a changed ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stem<'w> {
    /// The part of the word that stays.
    pub(crate) root: &'w str,
    /// What stands in place of the ending that was cut.
    pub(crate) end: &'static str,
}

impl Stem<'_> {
    /// The hash that stands for the stem.
    #[must_use]
    pub(crate) fn hash(self) -> u64 {
        Fnv::new().add(self.root).add(self.end).get()
    }
}

/// Hashes text piece by piece (64-bit FNV-1a, Fowler, Noll and Vo 1991). The
/// result is the same on every machine and in every run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fnv(u64);

impl Fnv {
    /// The hash of no text.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// The hash of the text so far followed by `text`.
    #[must_use]
    pub(crate) fn add(self, text: &str) -> Self {
        let step = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(text.as_bytes().iter().fold(self.0, step))
    }

    /// The number.
    #[must_use]
    pub(crate) fn get(self) -> u64 {
        self.0
    }
}

impl Default for Fnv {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a folded word says little about the subject of a text: articles,
/// pronouns, auxiliaries, days of the week, verbs of speech.
pub(crate) fn is_function_word(folded: &str) -> bool {
    folded.len() <= LONGEST_FUNCTION_WORD && is_among(folded, &FUNCTION_WORDS)
}

/// The length of the longest one, in bytes.
const LONGEST_FUNCTION_WORD: usize = 9;

/// Lists of words by their first letter, from a to z.
pub(crate) type ByLetter = [&'static [&'static str]; 26];

/// Whether a folded word is in one of the lists.
pub(crate) fn is_among(folded: &str, words: &ByLetter) -> bool {
    let letter = folded.bytes().next().unwrap_or(0).wrapping_sub(b'a');
    let words = words.get(usize::from(letter));
    words.is_some_and(|words| words.contains(&folded))
}

/// By first letter: nearly every word of a page is looked up.
#[rustfmt::skip]
const FUNCTION_WORDS: ByLetter = [
    &["a", "about", "above", "added", "after", "again", "against", "all", "also", "am", "an",
        "and", "any", "are", "as", "at"],
    &["be", "because", "been", "before", "being", "below", "between", "both", "but", "by"],
    &["can", "could"],
    &["d", "day", "did", "do", "does", "doing", "down", "dr", "during"],
    &["each"],
    &["few", "for", "friday", "from", "further"],
    &[],
    &["had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how"],
    &["i", "if", "in", "into", "is", "it", "its", "itself"],
    &["just"],
    &[],
    &["like", "ll"],
    &["m", "made", "make", "many", "may", "me", "might", "monday", "more", "most", "mr", "mrs",
        "ms", "much", "must", "my"],
    &["no", "nor", "not", "now"],
    &["of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own"],
    &["per"],
    &[],
    &["re"],
    &["s", "said", "same", "saturday", "say", "says", "she", "should", "so", "some", "such",
        "sunday"],
    &["t", "tell", "than", "that", "the", "their", "them", "then", "there", "these", "they",
        "this", "those", "through", "thursday", "to", "today", "told", "too", "tuesday", "two"],
    &["under", "until", "up", "upon", "us"],
    &["ve", "very"],
    &["was", "we", "wednesday", "week", "were", "what", "when", "where", "which", "while",
        "who", "whom", "why", "will", "with", "would"],
    &[],
    &["year", "years", "yesterday", "you", "your"],
    &[],
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::same::words;

    #[test]
    fn tokens_are_counted_as_white_space_parts_them() {
        let mut lines: Vec<String> = [
            "",
            " ",
            "a",
            " a",
            "a ",
            "a  b",
            "a\u{85}b",
            "a\u{a0}b",
            "a\u{1680}b",
            "a\u{2009}b",
            "a\u{3000}b",
            "“a” – b",
            "a\u{1c}b",
            "a\u{b}b",
            "é ê",
            "\u{1681} x",
        ]
        .map(str::to_owned)
        .into();
        lines.extend((0..9).map(|more| "word ".repeat(200 + more)));
        lines.extend((0..9).map(|more| "a ".repeat(120 + more)));
        for line in lines {
            assert_eq!(
                count_tokens(&line),
                line.split_whitespace().count(),
                "{line:?}"
            );
        }
    }

    #[test]
    fn function_words_are_found_by_their_first_letter() {
        for (letter, words) in (b'a'..=b'z').zip(FUNCTION_WORDS) {
            assert!(words.iter().all(|word| word.as_bytes()[0] == letter));
            assert!(words.iter().all(|word| is_function_word(word)));
        }
        assert!(!is_function_word("ferry") && !is_function_word("") && !is_function_word("é"));
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        let mut buffer = String::new();
        let mut hash = |word| stem(fold_into(word, &mut buffer)).hash();
        assert_eq!(hash("Countries"), hash("country’s"));
        assert_eq!(hash("Harbours"), hash("harbour"));
        assert_ne!(hash("glass"), hash("gla"));
    }

    #[test]
    fn odd_characters_are_no_trouble() {
        let mut buffer = String::new();
        for line in [
            "",
            "’",
            "--'",
            "İstanbul’s",
            "e\u{301}t\u{e9}",
            "\u{0}\u{feff}日本",
        ] {
            for word in words(line) {
                let _ = stem(fold_into(without_possessive(word), &mut buffer)).hash();
            }
        }
    }
}
