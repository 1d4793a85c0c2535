//! What stands right before and behind a block.

use cleancopy_plugin::prelude::BlockKind;

use super::row::{Nth, Row};
use super::whole::Whole;
use crate::page::Page;

/// Neighbours that are looked at, and how near those are that are looked at
/// closely.
const OFFSETS: [isize; 6] = [-3, -2, -1, 1, 2, 3];
const CLOSE: usize = 2;

/// More points of a list are not counted.
const LIST: f32 = 60.0;

pub(super) fn neighbour_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let page = whole.page;
    let container = page.container(at);
    for offset in OFFSETS {
        let other = at
            .checked_add_signed(offset)
            .filter(|o| *o < page.pieces.len());
        let piece = other.map(|o| &page.pieces[o]);
        let name = |what| Nth(what, offset);
        row.put(name("words"), piece.map_or(-1.0, |p| (1.0 + p.words).ln()));
        row.put(name("links"), piece.map_or(-1.0, |p| p.link_density));
        if offset.unsigned_abs() <= CLOSE {
            let kind = piece.map_or(-1.0, |p| p.block.kind.code() as f32);
            row.put(name("kind"), kind);
            row.flag(name("prose"), piece.is_some_and(|p| p.is_prose));
            let together = other.is_some_and(|o| page.container(o) == container);
            row.flag(name("together"), together);
        }
    }
    row.put("to prose back", whole.prose_back[at]);
    row.put("to prose on", whole.prose_on[at]);
    let (run, words) = list(page, at);
    row.put("list run", run);
    row.put("list words", if run > 0.0 { words / run } else { 0.0 });
}

/// How many other points the list around a point has, and their words.
fn list(page: &Page<'_>, at: usize) -> (f32, f32) {
    let is_point = |at: &usize| {
        let piece = page.pieces.get(*at);
        piece.is_some_and(|p| p.block.kind == BlockKind::ListItem)
    };
    let (mut run, mut words) = (0.0, 0.0);
    if !is_point(&at) {
        return (run, words);
    }
    for step in [-1, 1] {
        let mut other = at;
        while let Some(next) = other.checked_add_signed(step).filter(is_point) {
            other = next;
            run += 1.0;
            words += page.pieces[other].words;
            if run > LIST {
                break;
            }
        }
    }
    (run, words)
}
