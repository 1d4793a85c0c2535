//! Logistic regression with an L2 prior, by Newton's method.

/// A line of a page.
pub(crate) struct Row {
    /// Its cues.
    pub(crate) cues: Vec<f64>,
    /// Whether it starts a post.
    pub(crate) starts: bool,
    /// How much it counts.
    pub(crate) weight: f64,
}

/// Weights for cues as they come.
pub(crate) struct Fit {
    /// One for each cue.
    pub(crate) weights: Vec<f64>,
    /// The score when all cues are nought.
    pub(crate) intercept: f64,
}

impl Fit {
    /// Weights that know nothing.
    pub(crate) fn nought(count: usize) -> Self {
        Self {
            weights: vec![0.0; count],
            intercept: 0.0,
        }
    }
}

/// Fits weights to rows. The prior is on weights of cues scaled to mean 0 and
/// deviation 1; rows are scaled to a mean weight of 1.
pub(crate) fn fit(rows: &[&Row], strength: f64) -> Fit {
    let count = rows[0].cues.len();
    let (mean, deviation): (Vec<f64>, Vec<f64>) = (0..count).map(|at| spread(rows, at)).unzip();
    let scaled: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            (0..count)
                .map(|at| (row.cues[at] - mean[at]) / deviation[at])
                .chain([1.0])
                .collect()
        })
        .collect();
    let total: f64 = rows.iter().map(|row| row.weight).sum();
    let shares: Vec<f64> = rows
        .iter()
        .map(|row| strength * row.weight * rows.len() as f64 / total)
        .collect();
    let mut weights = vec![0.0; count + 1];
    for _ in 0..25 {
        let step = newton_step(rows, &scaled, &shares, &weights);
        weights
            .iter_mut()
            .zip(step)
            .for_each(|(weight, step)| *weight -= step);
    }
    let plain: Vec<f64> = (0..count).map(|at| weights[at] / deviation[at]).collect();
    let shift: f64 = plain
        .iter()
        .zip(&mean)
        .map(|(weight, mean)| weight * mean)
        .sum();
    Fit {
        intercept: weights[count] - shift,
        weights: plain,
    }
}

fn spread(rows: &[&Row], at: usize) -> (f64, f64) {
    let count = rows.len() as f64;
    let mean = rows.iter().map(|row| row.cues[at]).sum::<f64>() / count;
    let variance = rows
        .iter()
        .map(|row| (row.cues[at] - mean).powi(2))
        .sum::<f64>()
        / count;
    (mean, variance.sqrt() + 1e-6)
}

/// Gradient and curvature of the loss, solved for the step.
fn newton_step(rows: &[&Row], scaled: &[Vec<f64>], shares: &[f64], weights: &[f64]) -> Vec<f64> {
    let size = weights.len();
    let mut system = vec![vec![0.0; size + 1]; size];
    for (at, equation) in system.iter_mut().enumerate().take(size - 1) {
        equation[at] = 1.0;
        equation[size] = weights[at];
    }
    for ((row, cues), share) in rows.iter().zip(scaled).zip(shares) {
        let score: f64 = cues
            .iter()
            .zip(weights)
            .map(|(cue, weight)| cue * weight)
            .sum();
        let likely = 1.0 / (1.0 + (-score).exp());
        let curve = share * likely * (1.0 - likely);
        let error = share * (likely - f64::from(u8::from(row.starts)));
        for (equation, cue) in system.iter_mut().zip(cues) {
            equation[size] += error * cue;
            equation
                .iter_mut()
                .zip(cues)
                .for_each(|(cell, other)| *cell += curve * cue * other);
        }
    }
    solve(system)
}

/// Gauss and Jordan, with the largest pivot.
fn solve(mut system: Vec<Vec<f64>>) -> Vec<f64> {
    let size = system.len();
    for column in 0..size {
        let by_size =
            |&a: &usize, &b: &usize| system[a][column].abs().total_cmp(&system[b][column].abs());
        let pivot = (column..size).max_by(by_size).unwrap_or(column);
        system.swap(column, pivot);
        let row = system[column].clone();
        for (index, other) in system.iter_mut().enumerate() {
            let factor = other[column] / row[column];
            if index != column {
                other
                    .iter_mut()
                    .zip(&row)
                    .for_each(|(cell, pivot)| *cell -= factor * pivot);
            }
        }
    }
    (0..size)
        .map(|at| system[at][size] / system[at][at])
        .collect()
}
