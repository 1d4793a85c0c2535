//! Sub-headlines: short lines between paragraphs.

use cleancopy_text::{closes_sentence, has_words, looks_like_headline};

/// The most words of a sub-headline.
const WORDS: usize = 14;

/// The most words of one that ends in a colon: `The champion's roots:`.
const LABEL_WORDS: usize = 6;

/// The fewest words of a paragraph beside one.
const PROSE_WORDS: usize = 12;

/// The sub-headlines among the lines not `known` to be something else:
/// lines that look like one and stand between two paragraphs.
pub(crate) fn find<'l>(lines: &'l [&str], known: &'l [bool]) -> impl Iterator<Item = usize> + 'l {
    (1..lines.len().saturating_sub(1)).filter(move |&at| {
        !known[at]
            && looks_like_heading(lines[at])
            && is_prose(lines[at - 1])
            && is_prose(lines[at + 1])
    })
}

fn looks_like_heading(line: &str) -> bool {
    let bullet = line.starts_with(['•', '*', '-', '–', '—']);
    match line.strip_suffix(':') {
        Some(label) => !bullet && !has_words(label, LABEL_WORDS + 1),
        None => {
            let opens = line
                .chars()
                .next()
                // Many scripts have one case.
                .is_some_and(|c| c.is_numeric() || c.is_alphabetic() && !c.is_lowercase());
            // Two words will do between paragraphs, which a headline has not.
            // Its words are counted last: most lines are sentences.
            let shaped = || looks_like_headline(line) || is_label(line);
            opens && shaped() && !has_words(line, WORDS + 1)
        }
    }
}

fn is_label(line: &str) -> bool {
    line.ends_with(char::is_alphanumeric) && !has_words(line, 3)
}

fn is_prose(line: &str) -> bool {
    line.ends_with(closes_sentence) && has_words(line, PROSE_WORDS)
}
