//! The headline of a page, and how alike two texts begin.

use cleancopy_plugin::Document;
use cleancopy_text::letters;

use crate::page::{Page, is_heading};

/// A heading that is less like any title, and no `h1`, is no headline.
pub(crate) const LIKE: f32 = 0.45;

/// What an `h1` has ahead of other headings.
const H1: f32 = 0.5;

/// The wordings of the headline that a page knows, as letters.
#[must_use]
pub fn titles(document: &Document<'_>) -> Vec<Vec<char>> {
    let others = document.metadata("_titles").flat_map(str::lines);
    let all = document.metadata("headline").chain(others);
    all.map(|title| letters(title).collect()).collect()
}

/// How much of the longer of two texts is the beginning of both, from 0 to 1.
#[must_use]
pub fn like(text: &[char], of: &str) -> f32 {
    if text.is_empty() {
        return 0.0;
    }
    let mut same = 0_u32;
    let mut wanted = text.iter();
    // What is several times as long is no copy, and most texts differ at once.
    for c in letters(of).take(4 * text.len() + 20) {
        if wanted.next() != Some(&c) {
            break;
        }
        same += 1;
    }
    if same == 0 {
        return 0.0;
    }
    let count = u32::try_from(letters(of).take(4 * text.len() + 20).count()).unwrap_or(u32::MAX);
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    same as f32 / length.max(count) as f32
}

/// The same for the most alike of several texts.
#[must_use]
pub fn like_any(texts: &[Vec<char>], of: &str) -> f32 {
    texts.iter().map(|text| like(text, of)).fold(0.0, f32::max)
}

/// The headline: the heading most like the title, else the first `h1`.
#[must_use]
pub fn headline(page: &Page<'_>, titles: &[Vec<char>]) -> Option<usize> {
    let mut best: Option<(usize, f32)> = None;
    for (at, piece) in page.pieces.iter().enumerate() {
        if !is_heading(&piece.block) || piece.block.hidden || piece.words < 2.0 {
            continue;
        }
        let ahead = if piece.block.level == 1 { H1 } else { 0.0 };
        let alike = like_any(titles, piece.block.text) + ahead;
        if alike >= LIKE && best.is_none_or(|(_, most)| alike > most) {
            best = Some((at, alike));
        }
    }
    best.map(|(at, _)| at)
}
