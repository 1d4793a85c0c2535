//! From a score for every line to the best set of boundaries on the page.
//!
//! The score of a cut is the sum of the scores of its boundaries; a boundary
//! right after another costs extra, for it leaves a post of one line. The
//! best cut of all is found by dynamic programming over two states (the line
//! starts a post, or it does not), and how sure each boundary is by the
//! forward-backward sums over all cuts (Rabiner 1989).

/// The log-odds of a boundary before each line, and the page's penalty.
pub(super) struct Scores {
    /// One per line; that of the first line is ignored.
    pub(super) lines: Vec<f64>,
    /// Added to a boundary whose line before is one, too.
    pub(super) one_line: f64,
}

/// In each line, the best sum for `[no boundary, boundary]`.
type Pair = [f64; 2];

impl Scores {
    /// The lines of the best cut, ascending. The first line is never one.
    pub(super) fn best(&self) -> Vec<usize> {
        let sums = self.forward(f64::max);
        let mut at = sums.len();
        let mut starts = None;
        let mut found = Vec::new();
        while at > 1 {
            at -= 1;
            let here = starts.unwrap_or(usize::from(sums[at][1] > sums[at][0]));
            if here == 1 {
                found.push(at);
            }
            let from = |before: usize| sums[at - 1][before] + self.step(before, here, at);
            starts = Some(usize::from(from(1) > from(0)));
        }
        found.reverse();
        found
    }

    /// How likely each line starts a post, over all cuts.
    pub(super) fn likelihoods(&self) -> Vec<f64> {
        let forward = self.forward(add_logs);
        let mut after: Pair = [0.0, 0.0];
        let mut likely = vec![0.0; forward.len()];
        for at in (0..forward.len()).rev() {
            let [no, yes] = [0, 1].map(|state| forward[at][state] + after[state]);
            likely[at] = 1.0 / (1.0 + (no - yes).exp());
            after = [0, 1].map(|before| {
                let [no, yes] = [0, 1].map(|here| self.step(before, here, at) + after[here]);
                add_logs(no, yes)
            });
        }
        likely
    }

    /// The first line starts a post, whether the page has a lead or not.
    fn forward(&self, join: fn(f64, f64) -> f64) -> Vec<Pair> {
        let mut sums: Vec<Pair> = Vec::with_capacity(self.lines.len());
        for at in 0..self.lines.len() {
            sums.push(match sums.last() {
                None => [f64::NEG_INFINITY, 0.0],
                Some(last) => [0, 1].map(|here| {
                    join(
                        last[0] + self.step(0, here, at),
                        last[1] + self.step(1, here, at),
                    )
                }),
            });
        }
        sums
    }

    fn step(&self, before: usize, here: usize, at: usize) -> f64 {
        match (before, here) {
            (_, 0) => 0.0,
            (1, _) => self.lines[at] + self.one_line,
            _ => self.lines[at],
        }
    }
}

/// The logarithm of the sum of two numbers given by their logarithms.
fn add_logs(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f64::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_neighbours_the_better_one_stays() {
        let scores = |one_line| Scores {
            lines: vec![9.0, -1.0, 1.0, 1.5, -2.0],
            one_line,
        };
        assert_eq!(scores(0.0).best(), [2, 3]);
        assert_eq!(scores(-2.0).best(), [3]);
        assert!(
            Scores {
                lines: Vec::new(),
                one_line: 0.0
            }
            .best()
            .is_empty()
        );
    }

    #[test]
    fn likelihoods_are_those_of_all_cuts_counted_out() {
        let scores = Scores {
            lines: vec![0.0, 0.7, -0.3, 1.1],
            one_line: -0.8,
        };
        let mut sums = [0.0; 4];
        let mut total = 0.0;
        for cut in 0..8 {
            let starts = |at: usize| at == 0 || cut >> (at - 1) & 1 == 1;
            let step = |at: usize| {
                let penalty = if starts(at - 1) { scores.one_line } else { 0.0 };
                if starts(at) {
                    scores.lines[at] + penalty
                } else {
                    0.0
                }
            };
            let weight = (1..4).map(step).sum::<f64>().exp();
            total += weight;
            (1..4)
                .filter(|&at| starts(at))
                .for_each(|at| sums[at] += weight);
        }
        for (at, likely) in scores.likelihoods().into_iter().enumerate().skip(1) {
            assert!((likely - sums[at] / total).abs() < 1e-9, "line {at}");
        }
    }
}
