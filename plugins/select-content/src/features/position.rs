//! Where a block stands: on the page, beside its headline, its best element
//! and the heading over it.

use super::row::Row;
use super::whole::Whole;
use crate::page::Page;
use crate::words::TEXTS;

/// What is further off, in blocks, or has more paragraphs before it, is just
/// late: hardly a page among those that the forest was fitted to is so long, and
/// what it saw of them says nothing about transcripts and books.
const LATE: f32 = 80.0;
const MANY: f32 = 40.0;

/// As steps: there is nothing to go to.
const NO_STEPS: f32 = 30.0;

pub(super) fn position_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let page = whole.page;
    let total = page.pieces.len() as f32;
    row.put("at", at as f32 / total);
    row.put("blocks", total.ln());
    row.put("prose", (1.0 + page.prose_chars).ln());
    let prose = page.prose_chars.max(1.0);
    row.put("prose before", whole.prose_before[at] / prose);
    let behind = |mark: Option<usize>| mark.map_or(-999.0, |m| at as f32 - m as f32);
    row.put("behind h1", behind(whole.h1).clamp(-LATE, LATE));
    row.flag("is h1", whole.h1 == Some(at));
    best_features(whole, at, row);
    let h1_place = whole.h1.and_then(|h| page.index(h));
    row.put("steps to h1", steps(page, page.index(at), h1_place));
    under_features(whole, at, row);
}

/// Where it stands beside the element with the most prose.
fn best_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let (page, best) = (whole.page, &whole.best);
    let own = page.index(at);
    let inside = best.place.zip(own);
    let inside = inside.is_some_and(|(best, own)| page.is_inside(own, best));
    row.flag("in best", inside);
    row.put("best share", best.chars / page.prose_chars.max(1.0));
    row.put("page kind", whole.kind);
    let from = |mark: usize| at as f32 - mark as f32;
    let first = best.span.map_or(0.0, |(first, _)| from(first));
    let last = best.span.map_or(0.0, |(_, last)| from(last));
    row.put("behind first", first.clamp(-LATE, LATE));
    row.put("behind last", last.clamp(-LATE, LATE));
    let all = best.before.last().copied().unwrap_or(0.0).max(1.0);
    row.put("best prose before", best.before[at].min(MANY));
    row.put("best prose after", (all - best.before[at]).min(MANY));
    row.put("steps to best", steps(page, own, best.place));
}

/// What the heading over it says.
fn under_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let under = whole.under[at];
    let heading = under.map(|over| &whole.page.pieces[over]);
    let far = under.map_or(99.0, |over| (at - over) as f32);
    row.put("under", far.min(99.0));
    let level = heading.map_or(0, |piece| piece.block.level);
    row.put("under level", f32::from(level));
    let senses = heading.map_or(0, |piece| piece.senses);
    for (sense, name) in TEXTS.iter().enumerate() {
        row.flag(
            format_args!("under text {name}"),
            senses & (1 << sense) != 0,
        );
    }
    row.flag("under h1", under.is_some() && under == whole.h1);
}

/// How many elements up from one place the other one's branch is reached.
fn steps(page: &Page<'_>, from: Option<usize>, to: Option<usize>) -> f32 {
    let (Some(mut from), Some(to)) = (from, to) else {
        return NO_STEPS;
    };
    let mut steps = 0.0_f32;
    while !page.is_inside(to, from) {
        let Some(parent) = page.places[from].parent else {
            break;
        };
        from = parent;
        steps += 1.0;
    }
    steps.min(NO_STEPS)
}
