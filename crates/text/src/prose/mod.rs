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

mod capitals;
mod cohesion;
mod cues;
mod evidence;
mod features;
mod model;
mod names;
mod opening;
mod solve;
mod topics;

pub use evidence::{are_paragraphs, introduce_again};
pub use model::{Model, ModelError};
pub use topics::cut_at_topics;

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

#[cfg(test)]
mod tests {
    use super::*;

    /// A model that goes by one cue alone.
    fn model(cue: &str, weight: f64) -> Model {
        let row = |name: &&str| format!("{name}\t{}\n", if *name == cue { weight } else { 0.0 });
        let rest = "intercept\t-1\nthreshold\t0\none-line\t-1\n";
        let weights: String = NAMES.iter().map(row).chain([rest.to_owned()]).collect();
        Model::parse(&weights, "").unwrap()
    }

    #[test]
    fn cues_decide_and_vetoes_hold() {
        let lines = [
            "The harbour was quiet all day long.",
            "Two ferries have left Ryde.",
            "They were full.",
            "Three people saw them go:",
            "Five boats lay at anchor.",
        ];
        let cut = segment(&lines, &model("opener", 3.0));
        let found: Vec<usize> = cut.boundaries.iter().map(|b| b.line).collect();
        assert_eq!(found, [1, 3]);
        assert!(
            cut.boundaries
                .iter()
                .all(|b| b.confidence > 0.5 && b.confidence < 1.0)
        );
        assert_eq!(cut.lines, 5);
    }

    #[test]
    fn pages_without_a_second_line_have_no_boundary() {
        let model = model("opener", 3.0);
        assert!(segment(&[], &model).boundaries.is_empty());
        assert!(segment(&["One line."], &model).boundaries.is_empty());
        assert_eq!(segment(&["", "\u{0}", "’", "日本"], &model).boundaries, []);
    }

    #[test]
    fn every_cue_has_a_name_and_is_a_number() {
        let lines = [
            "A Mr. Ito said “yes",
            "HE HAS SAID:",
            "“no” — he said",
            "The x",
            "",
        ];
        for (row, _) in cues(&lines, &model("opener", 3.0)) {
            assert_eq!(row.len(), cue_names().len());
            assert!(row.iter().all(|cue| cue.is_finite()));
        }
    }
}
