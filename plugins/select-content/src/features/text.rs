//! What a block's own text shows.

use super::row::Row;
use super::whole::Whole;
use crate::headline::{like, like_any};
use crate::words::TEXTS;

pub(super) fn text_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let piece = &whole.page.pieces[at];
    row.put("words", (1.0 + piece.words).ln());
    row.put("chars", (1.0 + piece.chars).ln());
    row.put("word length", piece.chars / piece.words.max(1.0));
    row.put("link density", piece.link_density);
    row.flag("prose", piece.is_prose);
    row.flag("hidden", piece.block.hidden);
    row.put("level", f32::from(piece.block.level));
    row.put("kind", piece.block.kind.code() as f32);
    signs(piece.block.text, piece.chars.max(1.0), row);
    row.put("function words", function_words(piece.block.text));
    let copies = whole.copies.get(&piece.key);
    row.put("copies", copies.map_or(1.0, |count| *count as f32));
    for (sense, name) in TEXTS.iter().enumerate() {
        row.flag(
            format_args!("text {name}"),
            piece.senses & (1 << sense) != 0,
        );
    }
    said_elsewhere(whole, at, row);
}

/// How many sorts of signs there are, rounded up so that none is out of bounds.
const SORTS: usize = 8;

/// The sort of each byte; 0 is any other.
const SORT_OF: [u8; 256] = {
    let sorts: [&[u8]; 5] = [
        b",",
        b".!?",
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        b"0123456789",
        b"|/>@#$+_",
    ];
    let (mut of, mut sort) = ([0; 256], 0);
    while sort < sorts.len() {
        let mut at = 0;
        while at < sorts[sort].len() {
            of[sorts[sort][at] as usize] = sort as u8 + 1;
            at += 1;
        }
        sort += 1;
    }
    of
};

/// What is counted of single signs.
fn signs(text: &str, chars: f32, row: &mut Row<'_>) {
    let mut counts = [0_u32; SORTS];
    for b in text.bytes() {
        counts[usize::from(SORT_OF[usize::from(b)])] += 1;
    }
    let [_, commas, stops, upper, digits, odd, ..] = counts.map(|count| count as f32);
    row.put("commas", commas);
    row.put("stops", stops);
    row.put("upper", upper / chars);
    row.put("digits", digits / chars);
    row.put("odd", odd / chars);
    let ends = match text.chars().next_back().unwrap_or(' ') {
        '.' | '!' | '?' | '。' => 3.0,
        '”' | '"' | '…' | '’' | ')' => 2.0,
        ':' => 1.0,
        _ => 0.0,
    };
    row.put("ends", ends);
    let begins = match text.chars().next().unwrap_or(' ') {
        c if c.is_uppercase() => 2.0,
        c if c.is_alphabetic() => 1.0,
        c if c.is_ascii_digit() => 3.0,
        '"' | '“' | '‘' | '\'' => 4.0,
        _ => 0.0,
    };
    row.put("begins", begins);
}

/// How much of the text the page says in other places.
fn said_elsewhere(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let text = whole.page.pieces[at].block.text;
    row.put("like title", like_any(&whole.titles, text));
    row.put("like description", like(&whole.description, text));
    let (before, behind) = whole.runs.shares(at);
    row.put("said before", before);
    row.put("said again", behind);
    let in_body = whole
        .body
        .as_ref()
        .map_or(-1.0, |body| body.share(whole.runs.of_text(at)));
    row.put("in body", in_body);
}

/// The words that only hold sentences together, as numbers.
const FUNCTION_WORDS: [u64; 39] = {
    let words = [
        "the", "of", "and", "to", "a", "in", "is", "that", "for", "it", "was", "on", "with", "as",
        "be", "at", "by", "this", "have", "from", "or", "are", "an", "but", "not", "which", "he",
        "his", "had", "has", "their", "they", "we", "you", "your", "can", "will", "were", "who",
    ];
    let (mut numbers, mut at) = ([0; 39], 0);
    while at < words.len() {
        numbers[at] = number(words[at].as_bytes());
        at += 1;
    }
    numbers
};

/// A number for a word of up to seven bytes, in any case: another for each.
const fn number(word: &[u8]) -> u64 {
    let (mut number, mut at) = (word.len() as u64, 0);
    while at < word.len() {
        number = number << 8 | word[at].to_ascii_lowercase() as u64;
        at += 1;
    }
    number
}

/// The share of words that only hold sentences together.
fn function_words(text: &str) -> f32 {
    let (mut hits, mut all) = (0.0, 0.0);
    for word in text.split_ascii_whitespace().take(40) {
        all += 1.0;
        if word.len() <= 5 && FUNCTION_WORDS.contains(&number(word.as_bytes())) {
            hits += 1.0;
        }
    }
    if all == 0.0 { 0.0 } else { hits / all }
}
