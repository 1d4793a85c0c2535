//! Pull quotes: a line set apart that repeats a sentence of the text beside it.

use cleancopy_plugin::prelude::*;
use cleancopy_text::{closes_sentence, has_words, letters, prefix_end};

use crate::Page;
use crate::openings::{Openings, mix};
use crate::sentences::sentence_starts;

/// How far from a pull quote the text it was taken from may stand, in lines.
const NEAR: usize = 20;

/// The fewest words of a pull quote.
const WORDS: usize = 8;

/// The longest one, in bytes: it is a sentence or two.
const LONGEST: usize = 400;

/// The fewest bytes the text must have besides those of the quote; else the
/// two are copies of each other.
const MORE: usize = 20;

/// No pull quote stands among so many first lines, headline and standfirst, nor
/// is the first sentence of a page one: what repeats the text there is its
/// summary.
const SUMMARY: usize = 2;

/// How many letters tell sentences apart at first sight.
const FIRST_LETTERS: usize = 16;

/// Finds lines that another line nearby has word for word.
///
/// Nothing is lost with them: the sentence stands whole in the other line.
pub(crate) fn find(page: &mut Page<'_>) {
    if !any_repeats(page) {
        return;
    }
    let sentences = sentences(page);
    let first = page.lines.iter().position(|line| is_sentence(line));
    let first = first.map_or(0, |first| first + 1).max(SUMMARY);
    for block in first..page.lines.len() {
        let line = page.lines[block];
        if !may_be_quote(page, block) || !is_sentence(line) {
            continue;
        }
        let (look, near) = (look_of(line), block.saturating_sub(NEAR)..=block + NEAR);
        let first = sentences.partition_point(|s| (s.look, s.line) < (look, *near.start()));
        let alike = sentences[first..]
            .iter()
            .take_while(|s| s.look == look && near.contains(&s.line));
        let has_it = |sentence: &Sentence| {
            let text = page.lines[sentence.line];
            sentence.line != block
                && !page.taken[sentence.line]
                // A caption leaves the body, and the sentence with it.
                && !page.captions[sentence.line]
                && text.len() >= line.len() + MORE
                && opens_with(&text[sentence.at..], line)
        };
        if alike.clone().any(has_it) {
            page.drop(
                block,
                "drop-repeats/pull-quote",
                Category::RepeatedParagraph,
            );
        }
    }
}

/// Whether a line is free and short enough for a pull quote.
fn may_be_quote(page: &Page<'_>, block: usize) -> bool {
    let line = page.lines[block];
    // With its speaker's name under it, it is the author's, not the editor's.
    let next = page.lines.get(block + 1);
    let is_signed = next.is_some_and(|next| next.starts_with(['—', '–']));
    !page.taken[block] && line.len() <= LONGEST && closes(line) && !is_signed
}

/// Whether any line has a sentence that a line nearby consists of: not so on
/// most pages, and quicker to tell than which.
fn any_repeats(page: &Page<'_>) -> bool {
    let may_be_quote = |block: &usize| may_be_quote(page, *block);
    let mut openings = Openings::default();
    let mut quotes: Vec<(u64, usize)> = Vec::with_capacity(page.lines.len());
    for block in (SUMMARY..page.lines.len()).filter(may_be_quote) {
        quotes.push((openings.add(page.lines[block]), block));
    }
    if quotes.is_empty() {
        return false;
    }
    quotes.sort_unstable();
    let mut lines = page.lines.iter().enumerate();
    lines.any(|(line, text)| {
        let mut own = line >= SUMMARY && may_be_quote(&line);
        sentence_starts(text).any(|at| {
            // The first sentence of a line has the opening of that line.
            let is_first = std::mem::take(&mut own) && letters(&text[..at]).next().is_none();
            let opening = openings.of(&text[at..], is_first);
            opening.is_some_and(|opening| repeats(page, &quotes, (line, at), opening))
        })
    })
}

/// Whether the sentence at a byte of a line, of which the opening comes along,
/// begins with one of the quotes nearby; they are sorted by their openings.
fn repeats(
    page: &Page<'_>,
    quotes: &[(u64, usize)],
    (line, at): (usize, usize),
    opening: u64,
) -> bool {
    let text = page.lines[line];
    let first = quotes.partition_point(|quote| *quote < (opening, line.saturating_sub(NEAR)));
    let alike = quotes[first..].iter();
    let near = alike.take_while(|quote| **quote <= (opening, line + NEAR));
    let longer = |block: usize| text.len() >= page.lines[block].len() + MORE;
    let mut quotes = near.filter(|&&(_, block)| block != line && longer(block));
    quotes.any(|&(_, block)| opens_with(&text[at..], page.lines[block]))
}

/// Where a sentence begins.
struct Sentence {
    /// What its first letters look like.
    look: u64,
    /// 0-based index of the line.
    line: usize,
    /// Byte in the line.
    at: usize,
}

/// All sentences of a page in the order of their looks, so that those like a
/// given one are found without going through its neighbours.
fn sentences(page: &Page<'_>) -> Vec<Sentence> {
    let lines = page.lines.iter().enumerate();
    let mut sentences: Vec<Sentence> = lines
        .flat_map(|(line, text)| {
            let start = move |at| Sentence {
                look: look_of(&text[at..]),
                line,
                at,
            };
            sentence_starts(text).map(start)
        })
        .collect();
    sentences.sort_unstable_by_key(|s| (s.look, s.line, s.at));
    sentences
}

fn look_of(text: &str) -> u64 {
    mix(text, FIRST_LETTERS)
}

fn is_sentence(line: &str) -> bool {
    closes(line) && has_words(line, WORDS)
}

fn closes(line: &str) -> bool {
    line.ends_with(closes_sentence)
}

/// Whether a text opens with this sentence, or with these.
fn opens_with(text: &str, quote: &str) -> bool {
    prefix_end(text, quote).is_some_and(|end| ends_sentence(&text[end..]))
}

/// Whether the sentence is over where this text begins. Speech ends with a
/// comma: `“…,” she said.`
fn ends_sentence(rest: &str) -> bool {
    let quote = |c: char| matches!(c, '"' | '”' | '’' | '\'' | '“' | '»' | '」' | '』');
    rest.is_empty()
        || rest
            .trim_start_matches(quote)
            .starts_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔'])
        || rest
            .strip_prefix(',')
            .is_some_and(|rest| rest.starts_with(quote))
}
