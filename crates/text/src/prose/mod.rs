//! Splitting a liveblog into posts where nothing but the prose is left.
//!
//! A post opens with a lede that stands by itself: it brings people in by full
//! name and office, tells what has just happened, and shares few words with
//! what stood above. Each line gets a score from such cues ([`Model`]), and
//! the boundaries of the page are solved for all together.
//!
//! ```text
//! lines ─▶ cues of every line ─▶ scores ─▶ best cut of the page ─▶ boundaries
//! ```

mod cohesion;
mod cues;
mod evidence;
mod features;
mod model;
mod names;
mod opening;
mod solve;
mod topics;

pub use evidence::Introductions;
pub use model::{Model, ModelError};

use features::{COUNT, NAMES, Page};
use solve::Scores;

/// What is taken off the score of a line whose wording rules a boundary out.
const VETO: f64 = 4.0;

/// A line that starts a post.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boundary {
    /// 0-based index of the line, never 0.
    pub line: usize,
    /// How likely it is, from 0 to 1, over all ways to cut the page.
    pub confidence: f64,
}

/// A page cut into posts.
#[derive(Debug, Clone, Default)]
pub struct Segmentation {
    /// The boundaries, ascending.
    pub boundaries: Vec<Boundary>,
    /// How many lines the page has.
    pub lines: usize,
    /// The mean likelihood of the likeliest sixth of the lines, from 0 to 1.
    pub strongest: f64,
}

/// Cuts a page into posts. `lines` are its paragraphs, without headline, times
/// and blank lines; the first post or the lead starts at the first line, which
/// is not among the boundaries. The work is linear in the number of lines.
#[must_use]
pub fn segment(lines: &[&str], model: &Model) -> Segmentation {
    if lines.len() < 2 {
        return Segmentation::default();
    }
    let page = Page::read(lines, model);
    let scores = model.scores(&page);
    let likely = scores.likelihoods();
    let boundary = |line: usize| Boundary {
        line,
        confidence: likely[line],
    };
    Segmentation {
        boundaries: scores.best().into_iter().map(boundary).collect(),
        lines: lines.len(),
        strongest: evidence::strongest_sixth(&likely[1..]),
    }
}

/// The cues of every line but the first, and whether one rules a boundary out:
/// what the weights are fitted to.
#[must_use]
pub fn cues(lines: &[&str], model: &Model) -> Vec<(Vec<f64>, bool)> {
    let page = Page::read(lines, model);
    let row = |at| (page.features(at).to_vec(), page.is_vetoed(at));
    (1..page.len()).map(row).collect()
}

/// The names of the cues, in the order in which [`cues`] gives them.
#[must_use]
pub fn cue_names() -> &'static [&'static str; COUNT] {
    &NAMES
}

impl Model {
    fn scores(&self, page: &Page) -> Scores {
        let line = |at| if at == 0 { 0.0 } else { self.score(page, at) };
        Scores {
            lines: (0..page.len()).map(line).collect(),
            one_line: if page.len() < model::SHORT_PAGE {
                0.0
            } else {
                self.one_line
            },
        }
    }

    fn score(&self, page: &Page, at: usize) -> f64 {
        let products = self
            .weights
            .iter()
            .zip(page.features(at))
            .map(|(weight, cue)| weight * cue);
        let veto = if page.is_vetoed(at) { VETO } else { 0.0 };
        products.sum::<f64>() + self.intercept + self.threshold - veto
    }
}
