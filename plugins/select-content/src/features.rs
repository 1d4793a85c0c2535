//! What is measured of every block, as numbers.

mod neighbours;
mod place;
mod position;
mod row;
mod text;
mod whole;

use cleancopy_plugin::Document;

use crate::page::{Page, is_heading};
use neighbours::neighbour_features;
use place::place_features;
use position::position_features;
use row::Row;
use text::text_features;
use whole::Whole;

/// How many numbers a row has.
pub const WIDTH: usize = 176;

/// In the first column: nothing was measured.
pub const HOPELESS: f32 = -1.0;

/// Whether a block needs no measuring: a short link far from any paragraph.
/// Half the blocks of a page are.
fn is_hopeless(whole: &Whole<'_, '_>, at: usize) -> bool {
    let piece = &whole.page.pieces[at];
    let far = whole.prose_back[at].min(whole.prose_on[at]);
    let short = piece.words <= 8.0 && far > 3.0 || piece.words <= 14.0 && far > 6.0;
    short && piece.link_density > 0.98 && !is_heading(&piece.block)
}

/// Measures the blocks of a page one after the other: calls `each` with the
/// numbers of a block, or with nothing for one that needs no measuring and is
/// not the article's. All numbers of a large page at once would fill memory.
pub fn measure(page: &Page<'_>, document: &Document<'_>, mut each: impl FnMut(Option<&[f32]>)) {
    let whole = Whole::new(page, document);
    let mut values = Vec::with_capacity(WIDTH);
    for at in 0..page.pieces.len() {
        if is_hopeless(&whole, at) {
            each(None);
            continue;
        }
        values.clear();
        whole.put(at, &mut Row::new(&mut values, None));
        each(Some(&values));
    }
}

/// The numbers of every block of a page, row after row; those of a block that
/// needs no measuring begin with [`HOPELESS`].
#[must_use]
pub fn features(page: &Page<'_>, document: &Document<'_>) -> Vec<f32> {
    let mut values = Vec::with_capacity(page.pieces.len() * WIDTH);
    measure(page, document, |row| match row {
        Some(row) => values.extend_from_slice(row),
        None => values.resize(values.len() + WIDTH, HOPELESS),
    });
    values
}

/// What the numbers are, for a page with blocks.
#[must_use]
pub fn columns(page: &Page<'_>, document: &Document<'_>) -> Vec<String> {
    let (mut values, mut names) = (Vec::new(), Vec::new());
    if !page.pieces.is_empty() {
        let row = &mut Row::new(&mut values, Some(&mut names));
        Whole::new(page, document).put(0, row);
    }
    names
}

impl Whole<'_, '_> {
    /// Puts the numbers of a block.
    fn put(&self, at: usize, row: &mut Row<'_>) {
        text_features(self, at, row);
        place_features(self, at, row);
        position_features(self, at, row);
        neighbour_features(self, at, row);
    }
}

/// Whether a page says that it is news.
#[must_use]
pub fn is_news(document: &Document<'_>) -> bool {
    let mut kinds = document.metadata("_type");
    kinds.any(|kind| kind.contains("News") || kind.contains("LiveBlog"))
}
