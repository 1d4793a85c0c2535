//! Pull quotes: a line set apart that repeats a sentence of the text beside it.

use cleancopy_plugin::prelude::*;
use cleancopy_text::{letters, words};

use crate::Page;

/// How far from a pull quote the text it was taken from may stand, in lines.
const NEAR: usize = 20;

/// The fewest words of a pull quote.
const WORDS: usize = 8;

/// The longest one, in bytes: it is a sentence or two.
const LONGEST: usize = 400;

/// The fewest letters the text must have besides those of the quote; else the
/// two are copies of each other.
const MORE: usize = 20;

/// Finds lines that another line nearby has word for word.
///
/// Nothing is lost with them. A line in the middle of a story is a pull quote;
/// a first line is its summary and stays.
pub(crate) fn find(page: &mut Page<'_>) {
    for block in 1..page.lines.len() {
        let line = page.lines[block];
        if page.taken[block] || line.len() > LONGEST || !is_sentence(line) {
            continue;
        }
        let quote: String = letters(line).collect();
        let near = block.saturating_sub(NEAR)..(block + NEAR + 1).min(page.lines.len());
        let has_it = |&other: &usize| {
            let text = page.lines[other];
            other != block && text.len() > line.len() && holds(text, &quote)
        };
        if near
            .clone()
            .find(has_it)
            .is_some_and(|other| !page.taken[other])
        {
            page.drop(
                block,
                "drop-repeats/pull-quote",
                Category::RepeatedParagraph,
            );
        }
    }
}

fn is_sentence(line: &str) -> bool {
    let closed = line.ends_with(['.', '!', '?', '…', '”', '"', '’', '\'']);
    closed && words(line).nth(WORDS - 1).is_some()
}

fn holds(text: &str, quote: &str) -> bool {
    let text: String = letters(text).collect();
    text.len() >= quote.len() + MORE && text.contains(quote)
}
