//! Lines that are one text twice: `XX`.

use cleancopy_text::{double, words};

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
        let spaced = seam.first_end < seam.second_start;
        let sentence = first.ends_with(['.', '!', '?', '”', '"', '’']);
        if words(first).nth(WORDS - 1).is_some() && !(spaced && sentence) {
            page.cut(block, seam.first_end..line.len(), "drop-repeats/glued");
        }
    }
}

/// A cheap test that every double passes: the first letters of the line stand
/// again near its middle. The copies may differ in quotes and spaces.
fn may_double(line: &str) -> bool {
    let bytes = line.as_bytes();
    let Some(first) = bytes
        .iter()
        .position(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
    else {
        return false;
    };
    if bytes[first] >= 0x80 {
        return true;
    }
    let middle = bytes.len() / 2;
    let slack = bytes.len() / 16 + 12;
    let (from, to) = (
        middle.saturating_sub(slack),
        (middle + slack).min(bytes.len()),
    );
    let letter = bytes[first].to_ascii_lowercase();
    let next = bytes.get(first + 1).map(u8::to_ascii_lowercase);
    bytes[from..to].windows(2).any(|pair| {
        pair[0].to_ascii_lowercase() == letter
            && (Some(pair[1].to_ascii_lowercase()) == next
                || !next.is_some_and(|b| b.is_ascii_alphanumeric()))
    })
}
