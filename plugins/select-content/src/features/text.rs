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

/// What is counted of single signs.
fn signs(text: &str, chars: f32, row: &mut Row<'_>) {
    let (mut commas, mut stops, mut upper, mut digits, mut odd) = (0.0, 0.0, 0.0, 0.0, 0.0_f32);
    for b in text.bytes() {
        match b {
            b',' => commas += 1.0,
            b'.' | b'!' | b'?' => stops += 1.0,
            b'A'..=b'Z' => upper += 1.0,
            b'0'..=b'9' => digits += 1.0,
            b'|' | b'/' | b'>' | b'@' | b'#' | b'$' | b'+' | b'_' => odd += 1.0,
            _ => {}
        }
    }
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
    let (before, behind) = whole.runs.shares(at, text);
    row.put("said before", before);
    row.put("said again", behind);
    let in_body = whole.body.as_ref().map_or(-1.0, |body| body.share(text));
    row.put("in body", in_body);
}

/// The share of words that only hold sentences together.
fn function_words(text: &str) -> f32 {
    const WORDS: &[&str] = &[
        "the", "of", "and", "to", "a", "in", "is", "that", "for", "it", "was", "on", "with", "as",
        "be", "at", "by", "this", "have", "from", "or", "are", "an", "but", "not", "which", "he",
        "his", "had", "has", "their", "they", "we", "you", "your", "can", "will", "were", "who",
    ];
    let (mut hits, mut all) = (0.0, 0.0);
    for word in text.split_ascii_whitespace().take(40) {
        all += 1.0;
        if word.len() <= 5 && WORDS.iter().any(|w| word.eq_ignore_ascii_case(w)) {
            hits += 1.0;
        }
    }
    if all == 0.0 { 0.0 } else { hits / all }
}
