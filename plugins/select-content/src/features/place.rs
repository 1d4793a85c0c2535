//! What stands around a block: elements, what their names say, what else they
//! hold.

use super::row::{Nth, Row};
use super::whole::Whole;
use crate::page::{FAR, Page, Place, TAGS};
use crate::words::CLASSES;

/// Elements that are further out count as far.
const OUT: u8 = 19;

/// How many of the elements around a block are measured, from the one that
/// lays it out on.
const AROUND: isize = 3;

pub(super) fn place_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let page = whole.page;
    let place = page.place(at);
    row.put("depth", place.map_or(0.0, |p| f32::from(p.depth)));
    row.put("tag", place.map_or(99.0, |p| f32::from(p.tag.min(99))));
    let none = f32::from(OUT + 1);
    for (index, name) in TAGS.iter().enumerate() {
        row.put(
            format_args!("in {name}"),
            place.map_or(none, |p| near(p.tags[index])),
        );
    }
    for (sense, name) in CLASSES.iter().enumerate() {
        row.put(
            format_args!("class {name}"),
            place.map_or(none, |p| near(p.classes[sense])),
        );
    }
    let shape = place.map(|p| page.shapes[p.shape as usize]);
    row.put("same shape", shape.map_or(0.0, f32::ln));
    let mut around = page.container(at);
    for level in 0..AROUND {
        let found = around.map(|index| &page.places[index]);
        around_features(page, found, level, row);
        around = found.and_then(|place| larger(page, place));
    }
}

fn near(distance: u8) -> f32 {
    match distance {
        FAR => f32::from(OUT + 1),
        _ => f32::from(distance.min(OUT)),
    }
}

/// What an element around a block holds.
fn around_features(page: &Page<'_>, found: Option<&Place>, level: isize, row: &mut Row<'_>) {
    let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
    let mut put =
        |what, of: &dyn Fn(&Place) -> f32| row.put(Nth(what, level), found.map_or(0.0, of));
    put("around chars", &|p| (1.0 + p.chars).ln());
    put("around links", &|p| share(p.linked, p.chars));
    put("around blocks", &|p| (1.0 + p.blocks).ln());
    put("around prose", &|p| share(p.prose_chars, p.chars));
    put("around share", &|p| share(p.prose_chars, page.prose_chars));
}

/// The next element around one that holds more blocks than it.
fn larger(page: &Page<'_>, place: &Place) -> Option<usize> {
    let mut next = place.parent?;
    while page.places[next].blocks <= place.blocks {
        next = page.places[next].parent?;
    }
    Some(next)
}
