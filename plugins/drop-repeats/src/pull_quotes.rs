//! Pull quotes: a line set apart that repeats a sentence of the text beside it.

use std::hash::{BuildHasher, Hash, Hasher};

use cleancopy_plugin::prelude::*;
use cleancopy_text::{closes_sentence, letters, prefix_end, words};
use foldhash::fast::FixedState;

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

/// How many letters tell sentences apart at first sight.
const FIRST_LETTERS: usize = 16;

/// Finds lines that another line nearby has word for word.
///
/// Nothing is lost with them: the sentence stands whole in the other line.
pub(crate) fn find(page: &mut Page<'_>) {
    let sentences = sentences(page);
    for block in SUMMARY..page.lines.len() {
        let line = page.lines[block];
        if page.taken[block] || line.len() > LONGEST || !is_sentence(line) {
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
    let mut hasher = FixedState::default().build_hasher();
    letters(text)
        .take(FIRST_LETTERS)
        .for_each(|letter| letter.hash(&mut hasher));
    hasher.finish()
}

/// The bytes at which a sentence may begin: first letters of the text, behind
/// a full stop or inside a quotation.
fn sentence_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut open = true;
    text.char_indices().filter_map(move |(at, c)| {
        if c.is_alphanumeric() {
            return std::mem::replace(&mut open, false).then_some(at);
        }
        let opens = matches!(
            c,
            '.' | '!' | '?' | '…' | ':' | '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '„'
        );
        // These need no space behind them.
        let spaceless = matches!(c, '。' | '！' | '？' | '：' | '「' | '『' | '」' | '』');
        open = opens || spaceless || open && c.is_whitespace();
        None
    })
}

fn is_sentence(line: &str) -> bool {
    line.ends_with(closes_sentence) && words(line).nth(WORDS - 1).is_some()
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
