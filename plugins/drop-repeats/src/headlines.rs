//! Further copies of the headline.

use cleancopy_plugin::prelude::*;
use cleancopy_text::{
    containment, double, has_words, is_quoted, looks_like_headline, prefix_end, same, words,
};

use crate::Page;

/// How far below the headline a copy may differ in a word, in lines.
const NEAR: usize = 5;

/// What share of the words a copy near the headline must have.
const ALIKE: f64 = 0.9;

/// The fewest words of a headline that may be cut off the text glued to it.
const WORDS: usize = 4;

/// Finds copies of the headline, which stands at `index`.
pub(crate) fn find(page: &mut Page<'_>, index: usize) {
    let lines = page.lines;
    let headline = lines[index];
    for block in (0..lines.len()).filter(|&b| b != index) {
        let line = lines[block];
        // Copies have about the same length, doubles twice that; comparing
        // nothing else keeps long pages fast.
        let fits = |times: usize| {
            let slack = headline.len() / 2 + 8;
            line.len().abs_diff(headline.len() * times) <= slack
        };
        let rule = if fits(1) && is_copy(line, headline) {
            Some(("drop-repeats/headline", Category::RepeatedHeadline))
        } else if fits(2) && is_double_of(line, headline) {
            Some(("drop-repeats/headline-glued", Category::GluedDouble))
        } else if fits(1) && block > index && block - index <= NEAR && is_near(line, headline) {
            Some(("drop-repeats/headline-near", Category::RepeatedHeadline))
        } else {
            None
        };
        if let Some((rule, category)) = rule {
            page.drop(block, rule, category);
        } else if let Some(end) = glued_before_text(line, headline) {
            page.cut(block, 0..end, "drop-repeats/headline-before-text");
        }
    }
}

/// Somebody quoted saying what the headline says is no copy of it.
fn is_copy(line: &str, headline: &str) -> bool {
    same(line, headline) && (is_quoted(headline) || !is_quoted(line))
}

fn is_double_of(line: &str, headline: &str) -> bool {
    // The cheap question first: most lines of this length begin otherwise.
    prefix_end(line, headline).is_some()
        && double(line).is_some_and(|seam| same(&line[..seam.first_end], headline))
}

/// A copy that differs in a word or two, such as an earlier wording.
fn is_near(line: &str, headline: &str) -> bool {
    // Words are counted last: most lines are sentences.
    if !looks_like_headline(line) || is_quoted(line) {
        return false;
    }
    let (a, b) = (words(line).count(), words(headline).count());
    a.min(b) > WORDS && a.abs_diff(b) * 5 <= a.max(b) && containment(line, headline) >= ALIKE
}

/// Where the text begins that follows the headline without a space.
fn glued_before_text(line: &str, headline: &str) -> Option<usize> {
    let starts_alike = line.bytes().next().map(|b| b.to_ascii_lowercase())
        == headline.bytes().next().map(|b| b.to_ascii_lowercase());
    if !starts_alike || line.len() <= headline.len() {
        return None;
    }
    let letters_end = prefix_end(line, headline).filter(|_| has_words(headline, WORDS))?;
    // The headline may close with a quotation mark or a question mark.
    let rest = &line[letters_end..];
    let closing = rest.len()
        - rest
            .trim_start_matches(['?', '!', '\'', '’', '"', '”'])
            .len();
    let text = &rest[closing..];
    let glued = text.starts_with(|c: char| c.is_uppercase() || "\"“‘".contains(c));
    // `Harbour vote` before `Harbour voters angry` is no seam: a word goes on.
    (glued && has_words(text, WORDS + 1)).then_some(letters_end + closing)
}
