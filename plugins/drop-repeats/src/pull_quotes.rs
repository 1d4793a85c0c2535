//! Pull quotes: a line set apart that repeats a sentence of the text beside it.

use cleancopy_plugin::prelude::*;
use cleancopy_text::{closes_sentence, has_words, letters, position, prefix_end};

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
    let mut openings = Openings::default();
    let mut looks: Vec<(u64, usize)> = Vec::with_capacity(page.lines.len());
    for block in (SUMMARY..page.lines.len()).filter(|&block| may_be_quote(page, block)) {
        let text = page.lines[block];
        openings.add(opening(text));
        looks.push((look_of(text), block));
    }
    if looks.is_empty() {
        return false;
    }
    looks.sort_unstable();
    page.lines.iter().enumerate().any(|(line, text)| {
        let mut own = line >= SUMMARY && may_be_quote(page, line);
        sentence_starts(text).any(|at| {
            // The first sentence of a line has the opening of that line.
            let is_first = std::mem::take(&mut own) && letters(&text[..at]).next().is_none();
            let others = openings.have(opening(&text[at..]), is_first);
            others && repeats(page, &looks, line, at)
        })
    })
}

/// Whether the sentence at a byte of a line opens with one of the quotes
/// nearby, which are sorted by their looks.
fn repeats(page: &Page<'_>, quotes: &[(u64, usize)], line: usize, at: usize) -> bool {
    let text = page.lines[line];
    let look = look_of(&text[at..]);
    let alike = &quotes[quotes.partition_point(|quote| *quote < (look, 0))..];
    let alike = alike.iter().take_while(|(other, _)| *other == look);
    let near = |block: usize| block != line && block.abs_diff(line) <= NEAR;
    let longer = |block: usize| text.len() >= page.lines[block].len() + MORE;
    let quotes = alike.map(|&(_, block)| block);
    let mut quotes = quotes.filter(|&block| near(block) && longer(block));
    quotes.any(|block| opens_with(&text[at..], page.lines[block]))
}

/// How many openings are told apart.
const OPENINGS: usize = 4096;

/// Which openings lines have, and which more than one line has.
struct Openings {
    once: [u64; OPENINGS / 64],
    again: [u64; OPENINGS / 64],
}

impl Default for Openings {
    fn default() -> Self {
        let none = [0; OPENINGS / 64];
        Self {
            once: none,
            again: none,
        }
    }
}

impl Openings {
    fn add(&mut self, opening: usize) {
        let (word, bit) = (opening / 64, 1 << (opening % 64));
        self.again[word] |= self.once[word] & bit;
        self.once[word] |= bit;
    }

    /// Whether a line has this opening, besides one that is known to.
    fn have(&self, opening: usize, besides: bool) -> bool {
        let lines = if besides { &self.again } else { &self.once };
        lines[opening / 64] >> (opening % 64) & 1 == 1
    }
}

/// A number below [`OPENINGS`] for the first letters of a text.
fn opening(text: &str) -> usize {
    // The upper half, where every letter leaves a trace.
    usize::try_from(mix(text, 4) >> 32).unwrap_or(0) % OPENINGS
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

/// A number for the first letters of a text; of texts that differ in them it
/// is seldom the same.
fn mix(text: &str, first: usize) -> u64 {
    // Seven bits tell ASCII letters apart.
    let step = |sum: u64, letter: u32| sum.rotate_left(7) ^ u64::from(letter);
    let (mut sum, mut left) = (0, first);
    for (at, byte) in text.bytes().enumerate() {
        match ASCII_LETTERS.get(usize::from(byte)) {
            Some(0) => continue,
            Some(letter) => sum = step(sum, u32::from(*letter)),
            None => {
                let rest = letters(&text[at..]).take(left);
                sum = rest.map(u32::from).fold(sum, step);
                break;
            }
        }
        left -= 1;
        if left == 0 {
            break;
        }
    }
    // Spreads it over all bits, by the golden ratio.
    sum.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The letters and digits of ASCII in lower case, 0 for all else.
const ASCII_LETTERS: [u8; 128] = {
    let (mut letters, mut byte) = ([0; 128], 0);
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

/// The bytes at which a sentence may begin: first letters of the text, behind
/// a full stop or inside a quotation.
fn sentence_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let (mut open, mut at) = (true, 0);
    std::iter::from_fn(move || {
        loop {
            if !open {
                // Nothing begins before the next mark that opens.
                at += position(&text.as_bytes()[at..], may_open)?;
            }
            let here = at;
            let c = text[at..].chars().next()?;
            at += c.len_utf8();
            if c.is_alphanumeric() {
                if std::mem::replace(&mut open, false) {
                    return Some(here);
                }
                continue;
            }
            open = opens(c) || open && c.is_whitespace();
        }
    })
}

/// Whether a sentence may begin behind this mark.
fn opens(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | ':' | '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '„'
    ) || matches!(c, '。' | '！' | '？' | '：' | '「' | '『' | '」' | '』')
}

/// Whether such a mark may begin with this byte: no letter does, nor a space.
fn may_open(byte: u8) -> bool {
    (byte < b'@') & (byte != b' ') | !byte.is_ascii()
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
