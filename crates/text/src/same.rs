//! Whether two texts say the same, whatever their quotes, case and spaces.

use std::ops::Range;

/// The letters and digits of a text in lower case: what counts when two texts
/// are compared.
pub fn letters(text: &str) -> impl DoubleEndedIterator<Item = char> + Clone + '_ {
    text.chars().filter_map(letter)
}

/// A letter or digit in lower case; nothing for any other character.
#[inline]
fn letter(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase());
    }
    is_letter(c).then(|| fold(c)).flatten()
}

/// Whether a character is a letter or a digit; quickly so for quotation marks
/// and dashes, by far the most frequent outside of ASCII in English.
#[inline]
fn is_letter(c: char) -> bool {
    !matches!(c, '\u{2000}'..='\u{206f}') && c.is_alphanumeric()
}

/// Lower case, one character for one: longer forms are cut to their first
/// character, which is the same for both sides of a comparison.
fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        Some(c.to_ascii_lowercase())
    } else {
        c.to_lowercase().next()
    }
}

/// Whether two texts have the same letters and digits in the same order, and
/// any at all.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    !differ_at_once(a, b) && letters(a).eq(letters(b)) && letters(a).next().is_some()
}

/// Whether two texts have other letters where their bytes differ first. Most
/// do, and are told apart without a look at what is no letter.
fn differ_at_once(a: &str, b: &str) -> bool {
    let mut pairs = a.bytes().zip(b.bytes());
    let differ = |(a, b): (u8, u8)| {
        a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() && !a.eq_ignore_ascii_case(&b)
    };
    pairs.find(|(a, b)| a != b).is_some_and(differ)
}

/// Where in `line` the letters of `prefix` end, as a byte offset, if the line
/// begins with them.
#[must_use]
pub fn prefix_end(line: &str, prefix: &str) -> Option<usize> {
    if differ_at_once(line, prefix) {
        return None;
    }
    let mut wanted = letters(prefix).peekable();
    wanted.peek()?;
    for (at, c) in line.char_indices().filter(|(_, c)| is_letter(*c)) {
        if fold(c) != wanted.next() {
            return None;
        }
        if wanted.peek().is_none() {
            return Some(at + c.len_utf8());
        }
    }
    None
}

/// Whether the whole text stands in quotation marks.
#[must_use]
pub fn is_quoted(text: &str) -> bool {
    let open = |c: char| matches!(c, '"' | '“' | '„' | '«' | '\'' | '‘' | '「' | '『');
    let close = |c: char| matches!(c, '"' | '”' | '“' | '»' | '\'' | '’' | '」' | '』');
    let mut chars = text.trim().chars();
    chars.next().is_some_and(open) && chars.next_back().is_some_and(close)
}

/// The words of a text that count in a comparison: runs of letters and digits
/// with the apostrophes inside them, as they stand. Where no spaces part them,
/// as in Chinese and Japanese, two characters are one.
pub fn words(text: &str) -> Words<'_> {
    Words { rest: text }
}

/// Whether a text has so many [`words`] or more: much cheaper than counting
/// them where it has many more.
#[must_use]
pub fn has_words(text: &str, count: usize) -> bool {
    // Two words of one letter each have a byte between them, or take three.
    if count == 0 || text.len() + 1 < 2 * count {
        return count == 0;
    }
    let bytes = text.as_bytes();
    // Most lines have a word in less than eight bytes.
    let has_many = match bytes.first_chunk::<{ 8 * FEW + 1 }>() {
        Some(start) if count <= FEW => openings(start) >= count,
        _ => openings(&bytes[..bytes.len().min(8 * count + 16)]) >= count,
    };
    has_many || may_have(bytes, count) && words(text).nth(count - 1).is_some()
}

/// So few words are told from a start of one length, which is quicker.
const FEW: usize = 8;

/// In so many bytes are no more words than a byte can count.
const COUNTED: usize = 256;

/// How many words at least begin behind a space in the first bytes.
#[inline]
fn openings(bytes: &[u8]) -> usize {
    let bytes = &bytes[..bytes.len().min(COUNTED)];
    let opens = |(a, b): (&u8, &u8)| u8::from((*a == b' ') & b.is_ascii_alphabetic());
    usize::from(bytes.iter().zip(&bytes[1..]).map(opens).sum::<u8>())
}

/// Whether a text may have so many words: not if it is short, and too few of
/// its characters can be the first of one.
fn may_have(bytes: &[u8], count: usize) -> bool {
    // Behind a letter of ASCII, a word can begin with a letter of another
    // script only.
    let opens = |(a, b): (&u8, &u8)| {
        u8::from((b.is_ascii_alphanumeric() & !a.is_ascii_alphanumeric()) | (*b >= 0xc0))
    };
    let behind_first = || bytes.iter().zip(&bytes[1..]).map(opens).sum::<u8>();
    bytes.len() >= COUNTED || usize::from(behind_first()) + 1 >= count
}

/// See [`words`].
#[derive(Debug, Clone)]
pub struct Words<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let rest = self.rest;
        let bytes = rest.as_bytes();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric();
        let start = bytes
            .iter()
            .position(|byte| is_plain(*byte) || !byte.is_ascii())?;
        let after = bytes[start..].iter().position(|byte| !is_plain(*byte));
        let end = after.map_or(bytes.len(), |length| start + length);
        // A word of plain letters alone, as nearly all are in English.
        let is_over = bytes
            .get(end)
            .is_none_or(|byte| byte.is_ascii() && *byte != b'\'');
        if start < end && is_over {
            self.rest = &rest[end..];
            return Some(&rest[start..end]);
        }
        self.next_from(start)
    }
}

impl<'t> Words<'t> {
    /// The first word from byte `at` on.
    fn next_from(&mut self, mut at: usize) -> Option<&'t str> {
        let rest = self.rest;
        let start = loop {
            let (sort, length) = sort_at(rest, at)?;
            at += length;
            match sort {
                Sort::Letter => break at - length,
                Sort::Dense => return Some(self.pair(at - length, at)),
                Sort::Apostrophe | Sort::Other => {}
            }
        };
        // An apostrophe belongs to the word only if a letter follows.
        let mut end = at;
        loop {
            match sort_at(rest, at) {
                Some((Sort::Letter, length)) => {
                    at += length;
                    end = at;
                }
                Some((Sort::Apostrophe, length)) => at += length,
                Some((Sort::Dense | Sort::Other, _)) | None => break,
            }
        }
        self.rest = &rest[at..];
        Some(&rest[start..end])
    }

    /// The word of a character that ends at `end`, and the next one if that is
    /// of such a script, too.
    fn pair(&mut self, start: usize, end: usize) -> &'t str {
        let rest = self.rest;
        let end = match sort_at(rest, end) {
            Some((Sort::Dense, length)) => end + length,
            _ => end,
        };
        self.rest = &rest[end..];
        &rest[start..end]
    }
}

/// Whether a character is of a script that sets no spaces between words.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
        || matches!(c, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What a character is to [`words`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    /// A letter of a script that sets no spaces between words.
    Dense,
    Apostrophe,
    Other,
}

/// What the ASCII characters are.
const SORTS: [Sort; 128] = {
    let mut sorts = [Sort::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            sorts[byte] = Sort::Letter;
        }
        byte += 1;
    }
    sorts[b'\'' as usize] = Sort::Apostrophe;
    sorts
};

/// What the character at a byte is, and its length; none at the end.
#[inline(always)]
fn sort_at(text: &str, at: usize) -> Option<(Sort, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if let Some(sort) = SORTS.get(usize::from(byte)) {
        return Some((*sort, 1));
    }
    let c = text[at..].chars().next()?;
    let sort = match c {
        '’' => Sort::Apostrophe,
        c if !is_letter(c) => Sort::Other,
        c if is_dense(c) => Sort::Dense,
        _ => Sort::Letter,
    };
    Some((sort, c.len_utf8()))
}

/// Whether a range of the text, which holds letters and digits alone, is one
/// of its [`words`].
#[must_use]
pub(crate) fn is_word(text: &str, range: Range<usize>) -> bool {
    let apostrophe = ['\'', '’'];
    let before = text[..range.start].trim_end_matches(apostrophe);
    let after = text[range.end..].trim_start_matches(apostrophe);
    !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
}

/// How much of the shorter text's words the longer one has too, from 0 to 1;
/// every word counts as often as it occurs.
///
/// A summary and the longer post it was made from come out high, which they
/// would not by a measure that counts both ways.
#[must_use]
pub fn containment(a: &str, b: &str) -> f64 {
    let sorted = |text: &str| {
        let mut words: Vec<String> = words(text).map(|w| letters(w).collect()).collect();
        words.sort_unstable();
        words
    };
    let (a, b) = (sorted(a), sorted(b));
    let least = a.len().min(b.len());
    if least == 0 {
        return 0.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0_u32);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    f64::from(shared) / f64::from(u32::try_from(least).unwrap_or(u32::MAX))
}

/// A text that stands twice in one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Double {
    /// Byte offset where the first copy ends.
    pub first_end: usize,
    /// Byte offset where the second copy begins.
    pub second_start: usize,
}

/// Finds out whether a line is one text twice: `XX` or `X X`, the copies equal
/// in letters and digits.
#[must_use]
pub fn double(line: &str) -> Option<Double> {
    let total = letters(line).count();
    if total == 0 || !total.is_multiple_of(2) {
        return None;
    }
    let half = total / 2;
    if !letters(line).take(half).eq(letters(line).skip(half)) {
        return None;
    }
    let mut at = line.char_indices().filter(|(_, c)| c.is_alphanumeric());
    let (last, c) = at.nth(half - 1)?;
    let (next, _) = at.next()?;
    // What stands between the copies belongs to the first, up to a space or to
    // what opens the second.
    let between = &line[last + c.len_utf8()..next];
    let opening = |c: char| c.is_whitespace() || "\"“‘«('".contains(c);
    let cut = between.find(opening).unwrap_or(between.len());
    let first_end = last + c.len_utf8() + cut;
    let space = between[cut..].len() - between[cut..].trim_start().len();
    Some(Double {
        first_end,
        second_start: first_end + space,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_are_what_stands_between_everything_else(
            text in proptest::string::string_regex("(?:[a-cÉ0-9]|['’]|[ .“é\u{301}-]|ж){0,24}").unwrap()
        ) {
            let inner = |c: char| c.is_alphanumeric() || c == '\'' || c == '’';
            let wanted: Vec<&str> = text
                .split(|c| !inner(c))
                .map(|word| word.trim_matches(['\'', '’']))
                .filter(|word| !word.is_empty())
                .collect();
            proptest::prop_assert_eq!(words(&text).collect::<Vec<_>>(), wanted.clone());
            for (at, piece) in text.match_indices("a") {
                let whole = wanted.iter().any(|word| word.as_ptr() == piece.as_ptr() && *word == "a");
                proptest::prop_assert_eq!(is_word(&text, at..at + 1), whole);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn as_many_words_are_there_as_are_counted(
            text in proptest::string::string_regex("(?:[a-cÉ0-9]{1,9}|['’]|[ .“é-]{1,3}|ж|技){0,80}").unwrap()
        ) {
            let count = words(&text).count();
            for least in 0..count + 4 {
                proptest::prop_assert_eq!(has_words(&text, least), least <= count);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn what_differs_at_once_has_other_letters(
            pair in proptest::string::string_regex("(?:[abAé’]{0,9}[ab1 .é’]{0,3}\\|){2}").unwrap()
        ) {
            let mut parts = pair.split('|');
            let (a, b) = (parts.next().unwrap(), parts.next().unwrap());
            let are_same = letters(a).eq(letters(b)) && letters(a).next().is_some();
            proptest::prop_assert_eq!(same(a, b), are_same);
            let wanted: Vec<char> = letters(b).collect();
            let opens = letters(a).take(wanted.len()).eq(wanted.iter().copied());
            proptest::prop_assert_eq!(prefix_end(a, b).is_some(), opens && !wanted.is_empty());
        }
    }

    #[test]
    fn many_words_of_a_letter_are_counted() {
        for count in [1, 40, 127, 128, 129, 300] {
            let text = "a ".repeat(count);
            assert!(has_words(&text, count) && !has_words(&text, count + 1));
        }
    }

    #[test]
    fn no_mark_of_general_punctuation_is_a_letter() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn quotes_case_and_spaces_do_not_count() {
        assert!(same("Ferry ‘lost at sea’", "FERRY 'LOST  AT SEA'"));
        assert!(!same("Ferry lost", "Ferry lost again"));
        assert!(!same("—", "…"));
    }

    #[test]
    fn without_spaces_two_characters_are_a_word() {
        let cut = |text: &'static str| words(text).collect::<Vec<_>>();
        assert_eq!(cut("旧码头，AI技术x"), ["旧码", "头", "AI", "技术", "x"]);
        assert_eq!(cut("古い桟橋"), ["古い", "桟橋"]);
        assert_eq!(cut("приват-банк з’їзд"), ["приват", "банк", "з’їзд"]);
        assert_eq!(cut("الميناء القديم"), ["الميناء", "القديم"]);
    }

    #[test]
    fn a_prefix_ends_where_its_letters_do() {
        let line = "Bridge ‘opens’The mayor";
        assert_eq!(
            prefix_end(line, "Bridge opens").map(|at| &line[at..]),
            Some("’The mayor")
        );
        assert_eq!(prefix_end(line, "Bridge closes"), None);
        assert_eq!(prefix_end(line, "…"), None);
    }

    #[test]
    fn a_quote_is_told_from_a_text_with_quotes() {
        assert!(is_quoted("“We will rebuild.”"));
        assert!(!is_quoted("“We will rebuild,” she said"));
    }

    #[test]
    fn a_summary_is_contained_in_the_longer_post() {
        let short = "The mayor opened the bridge on Monday.";
        let long = "The mayor, Ada Moss, opened the new bridge on Monday, two years late.";
        assert!(containment(short, long) > 0.99);
        assert!(containment(short, "Rain fell over the harbour all night.") < 0.2);
        assert!(containment("", long) < 0.01);
    }

    #[test]
    fn doubles_are_found_with_their_seam() {
        let cut = |line: &'static str| {
            double(line).map(|d| (&line[..d.first_end], &line[d.second_start..]))
        };
        assert_eq!(
            cut("Bridge opensBridge opens"),
            Some(("Bridge opens", "Bridge opens"))
        );
        assert_eq!(cut("It works. It works."), Some(("It works.", "It works.")));
        assert_eq!(
            cut("‘Yes’ wins‘Yes’ wins"),
            Some(("‘Yes’ wins", "‘Yes’ wins"))
        );
        assert_eq!(cut("Bridge opens again"), None);
        assert_eq!(cut("…"), None);
    }
}
