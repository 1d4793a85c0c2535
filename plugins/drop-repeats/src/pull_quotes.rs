//! Pull quotes: a line set apart that repeats a sentence of the text beside it.

use cleancopy_plugin::prelude::*;
use cleancopy_text::{letters, prefix_end, words};

use crate::Page;

/// How far from a pull quote the text it was taken from may stand, in lines.
const NEAR: usize = 20;

/// The fewest words of a pull quote.
const WORDS: usize = 8;

/// The longest one, in bytes: it is a sentence or two.
const LONGEST: usize = 400;

/// The fewest bytes the text must have besides those of the quote; else the
/// two are copies of each other.
const MORE: usize = 20;

/// No pull quote stands among so many first lines, headline and standfirst:
/// what repeats the text there is its summary.
const SUMMARY: usize = 2;

/// Finds lines that another line nearby has word for word.
///
/// Nothing is lost with them: the sentence stands whole in the other line.
pub(crate) fn find(page: &mut Page<'_>) {
    for block in SUMMARY..page.lines.len() {
        let line = page.lines[block];
        if page.taken[block] || line.len() > LONGEST || !is_sentence(line) {
            continue;
        }
        let near = block - block.min(NEAR)..(block + NEAR + 1).min(page.lines.len());
        let has_it = |&other: &usize| {
            let text = page.lines[other];
            other != block
                && !page.taken[other]
                && text.len() >= line.len() + MORE
                && holds(text, line)
        };
        if near.clone().any(|other| has_it(&other)) {
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

/// Whether `quote` is a sentence of `text`, or several.
fn holds(text: &str, quote: &str) -> bool {
    let Some(first) = letters(quote).next() else {
        return false;
    };
    let starts = text
        .char_indices()
        .filter(|(_, c)| letters_of(*c) == Some(first));
    starts
        .filter(|(at, _)| opens_sentence(&text[..*at]))
        .any(|(at, _)| {
            prefix_end(&text[at..], quote).is_some_and(|end| ends_sentence(&text[at + end..]))
        })
}

fn letters_of(c: char) -> Option<char> {
    letters(c.encode_utf8(&mut [0; 4])).next()
}

/// Whether a sentence may begin behind this text.
fn opens_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', '…', ':', '"', '“', '‘', '\'', '”', '’'])
}

/// Whether the sentence is over where this text begins. Speech ends with a
/// comma: `“…,” she said.`
fn ends_sentence(rest: &str) -> bool {
    let quote = |c: char| matches!(c, '"' | '”' | '’' | '\'');
    rest.is_empty()
        || rest
            .trim_start_matches(quote)
            .starts_with(['.', '!', '?', '…'])
        || rest
            .strip_prefix(',')
            .is_some_and(|rest| rest.starts_with(quote))
}
