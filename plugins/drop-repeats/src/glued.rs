//! Lines that are one text twice: `XX`.

use cleancopy_text::{closes_sentence, double, has_words, letters, positions};

use crate::Page;

/// The fewest words of a text whose second copy is cut.
const WORDS: usize = 4;

/// The shortest line that is looked at, in bytes.
const SHORTEST: usize = 30;

/// Finds second copies inside a line.
pub(crate) fn find(page: &mut Page<'_>) {
    for block in 0..page.lines.len() {
        let line = page.lines[block];
        if page.taken[block] || line.len() < SHORTEST || !may_double(line) {
            continue;
        }
        let Some(seam) = double(line) else { continue };
        let first = &line[..seam.first_end];
        // With a space between, two sentences alike may be a speaker's choice.
        // Where no spaces part sentences, a full stop does.
        let stop = ['。', '！', '？', '」', '』'];
        let spaced = seam.first_end < seam.second_start || first.ends_with(stop);
        let sentence = first.ends_with(closes_sentence);
        if has_words(first, WORDS) && !(spaced && sentence) {
            page.cut(block, seam.first_end..line.len(), "drop-repeats/glued");
        }
    }
}

/// How many letters of the line's start must stand again at its middle.
const LETTERS: usize = 10;

/// A cheap test that every double passes: the first letters of the line stand
/// again near its middle. The copies may differ in quotes and spaces, so the
/// seam may be a little off.
fn may_double(line: &str) -> bool {
    let bytes = line.as_bytes();
    let Some(first) = line.find(char::is_alphanumeric) else {
        return false;
    };
    if !bytes[first].is_ascii() {
        // Rare enough to look.
        return true;
    }
    let slack = bytes.len() / 16 + 12;
    let middle = bytes.len() / 2;
    let window = middle.saturating_sub(slack)..(middle + slack).min(bytes.len() - 1);
    // Where a second letter follows at once, it tells most others apart.
    let fold = |byte: u8| byte | 0x20;
    let second = bytes.get(first + 1).copied().unwrap_or(b' ');
    let any_second = !second.is_ascii_alphanumeric();
    let (first, second) = (fold(bytes[first]), fold(second));
    let opens = |before: u8, byte: u8| {
        let goes_on = (fold(byte) == second) | !byte.is_ascii_alphanumeric() | any_second;
        (fold(before) == first) & goes_on
    };
    // A line of fewer letters is too short to be asked about.
    let is_first = |at: usize| {
        letters(&line[window.start + at - 1..])
            .take(LETTERS)
            .eq(letters(line).take(LETTERS))
    };
    positions(&bytes[window.start..=window.end], opens).any(is_first)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_double_is_looked_at(
            text in proptest::string::string_regex("[“(]{0,2}[a-cA-C0-2é][a-c0-2 é’,.]{15,90}").unwrap(),
            seam in proptest::string::string_regex("[ ”.]{0,3}").unwrap(),
        ) {
            let line = format!("{text}{seam}{text}");
            let asked = letters(&text).nth(LETTERS).is_some();
            proptest::prop_assert!(!asked || may_double(&line));
            let quoted = line.replacen('’', "'", 1).to_uppercase();
            proptest::prop_assert!(!asked || may_double(&quoted));
        }
    }
}
