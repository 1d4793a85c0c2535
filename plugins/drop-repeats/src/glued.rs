//! Lines that are one text twice: `XX`.

use cleancopy_text::{closes_sentence, double, has_words, letters};
use memchr::memchr2_iter;

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
    let window = middle.saturating_sub(slack)..(middle + slack).min(bytes.len());
    // Where a second letter follows at once, it tells most others apart.
    let next_to = |at: usize| {
        let next = bytes
            .get(at + 1)
            .filter(|byte| byte.is_ascii_alphanumeric());
        next.map(u8::to_ascii_lowercase)
    };
    let second = next_to(first);
    let (small, large) = (
        bytes[first].to_ascii_lowercase(),
        bytes[first].to_ascii_uppercase(),
    );
    memchr2_iter(small, large, &bytes[window.clone()]).any(|at| {
        let at = window.start + at;
        let differs = |second| next_to(at).is_some_and(|next| next != second);
        // A line of fewer letters is too short to be asked about.
        !second.is_some_and(differs)
            && letters(&line[at..])
                .take(LETTERS)
                .eq(letters(line).take(LETTERS))
    })
}
