//! How well boundaries were found: exact matches, and Pk (Beeferman, Berger
//! and Lafferty 1999).

/// The figures of one page, or their mean over several.
#[derive(Default)]
pub(crate) struct Score {
    /// Harmonic mean of precision and recall.
    pub(crate) f: f64,
    /// The share of boundaries found that are right.
    pub(crate) precision: f64,
    /// The share of right boundaries that were found.
    pub(crate) recall: f64,
    /// How often two lines half a post apart are wrongly joined or parted.
    pub(crate) pk: f64,
}

impl Score {
    /// Compares boundaries; one at the first line counts neither for nor
    /// against.
    pub(crate) fn of(gold: &[usize], found: &[usize], lines: usize) -> Self {
        let gold: Vec<usize> = gold.iter().copied().filter(|&at| at > 0).collect();
        let hits = found.iter().filter(|at| gold.contains(at)).count() as f64;
        let precision = if found.is_empty() {
            0.0
        } else {
            hits / found.len() as f64
        };
        let recall = if gold.is_empty() {
            1.0
        } else {
            hits / gold.len() as f64
        };
        Self {
            f: if hits > 0.0 {
                2.0 * precision * recall / (precision + recall)
            } else {
                0.0
            },
            precision,
            recall,
            pk: pk(&gold, found, lines),
        }
    }
}

fn pk(gold: &[usize], found: &[usize], lines: usize) -> f64 {
    let half = (lines as f64 / (gold.len() + 1) as f64 / 2.0).round_ties_even() as usize;
    let window = if lines <= half.max(2) {
        (lines - 1).max(1)
    } else {
        half.max(2)
    };
    let parted = |cuts: &[usize], at: usize| cuts.iter().any(|&cut| at < cut && cut <= at + window);
    let places = lines - window;
    let wrong = (0..places)
        .filter(|&at| parted(gold, at) != parted(found, at))
        .count();
    if places == 0 {
        0.0
    } else {
        wrong as f64 / places as f64
    }
}

/// The mean over pages; each page counts the same.
pub(crate) fn mean(scores: &[Score]) -> Score {
    let mean = |part: fn(&Score) -> f64| scores.iter().map(part).sum::<f64>() / scores.len() as f64;
    Score {
        f: mean(|s| s.f),
        precision: mean(|s| s.precision),
        recall: mean(|s| s.recall),
        pk: mean(|s| s.pk),
    }
}
