//! Gradient boosting: trees fitted one after the other, each to what those
//! before it got wrong.

#[path = "mean.rs"]
mod mean;

use mean::mean;
use select_content::forest::{Forest, LEAF, Node};

/// How rows are fitted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) trees: usize,
    pub(crate) leaves: usize,
    pub(crate) rate: f32,
    /// The least curvature on either side of a cut; keeps leaves from being
    /// made for a handful of rows.
    pub(crate) least: f32,
    /// Pulls leaves towards nought.
    pub(crate) ridge: f32,
    /// Of a hundred rows and of a hundred columns, how many a tree sees.
    pub(crate) rows: u64,
    pub(crate) columns: u64,
    /// Where the lots begin that draw rows and columns: a forest for each, and
    /// their mean is the forest.
    pub(crate) seeds: &'static [u64],
    /// The score that is clear before all trees are asked.
    pub(crate) clear: f32,
}

/// The numbers of all rows, each column cut into at most 64 bins.
pub(crate) struct Binned {
    /// By column, then by row.
    bins: Vec<Vec<u8>>,
    /// By column: the largest number in each bin but the last.
    bounds: Vec<Vec<f32>>,
}

const BINS: usize = 64;

impl Binned {
    pub(crate) fn of(values: &[f32], width: usize) -> Self {
        let rows = values.len() / width;
        let (mut bins, mut bounds) = (Vec::new(), Vec::new());
        for column in 0..width {
            let mut sample: Vec<f32> = (0..rows).map(|r| values[r * width + column]).collect();
            sample.sort_unstable_by(f32::total_cmp);
            let mut cuts: Vec<f32> = Vec::new();
            let mut distinct = sample.clone();
            distinct.dedup();
            if distinct.len() <= BINS {
                cuts.extend(distinct.windows(2).map(|w| w[0]));
            } else {
                for cut in 1..BINS {
                    let value = sample[cut * rows / BINS];
                    if cuts.last() != Some(&value) {
                        cuts.push(value);
                    }
                }
            }
            let bin = |v: f32| u8::try_from(cuts.partition_point(|c| *c < v)).unwrap_or(u8::MAX);
            bins.push((0..rows).map(|r| bin(values[r * width + column])).collect());
            bounds.push(cuts);
        }
        Self { bins, bounds }
    }
}

/// A small generator of numbers that look random and never differ.
struct Lots(u64);

impl Lots {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn of_hundred(&mut self, share: u64) -> bool {
        self.next() % 100 < share
    }
}

struct Cut {
    column: usize,
    bin: u8,
    gain: f32,
}

struct Part {
    rows: Vec<u32>,
    /// Sums of slopes and curvatures.
    slope: f32,
    curve: f32,
    cut: Option<Cut>,
}

enum Grown {
    Leaf(f32),
    Inner {
        column: usize,
        bin: u8,
        below: usize,
        above: usize,
    },
}

struct Fit<'f> {
    plan: &'f Plan,
    data: &'f Binned,
    slopes: Vec<f32>,
    curves: Vec<f32>,
    columns: Vec<usize>,
}

impl Fit<'_> {
    fn part(&self, rows: Vec<u32>) -> Part {
        let sum = |of: &[f32]| rows.iter().map(|r| of[*r as usize]).sum::<f32>();
        let (slope, curve) = (sum(&self.slopes), sum(&self.curves));
        let cut = self.best(&rows, slope, curve);
        Part {
            rows,
            slope,
            curve,
            cut,
        }
    }

    fn best(&self, rows: &[u32], slope: f32, curve: f32) -> Option<Cut> {
        if curve < 2.0 * self.plan.least {
            return None;
        }
        let worth = |s: f32, c: f32| s * s / (c + self.plan.ridge);
        let mut best: Option<Cut> = None;
        for &column in &self.columns {
            let bins = &self.data.bins[column];
            let mut sums = [(0.0_f32, 0.0_f32); BINS + 1];
            for &row in rows {
                let sum = &mut sums[bins[row as usize] as usize];
                sum.0 += self.slopes[row as usize];
                sum.1 += self.curves[row as usize];
            }
            let (mut s, mut c) = (0.0, 0.0);
            let cuts = self.data.bounds[column].len();
            for (bin, sum) in sums.iter().enumerate().take(cuts) {
                s += sum.0;
                c += sum.1;
                if c < self.plan.least {
                    continue;
                }
                if curve - c < self.plan.least {
                    break;
                }
                let gain = worth(s, c) + worth(slope - s, curve - c) - worth(slope, curve);
                if gain > best.as_ref().map_or(1e-4, |b| b.gain) {
                    let bin = u8::try_from(bin).unwrap_or(u8::MAX);
                    best = Some(Cut { column, bin, gain });
                }
            }
        }
        best
    }

    fn tree(&self, rows: Vec<u32>) -> Vec<Grown> {
        let mut parts = vec![(0, self.part(rows))];
        let mut nodes = vec![Grown::Leaf(0.0)];
        while parts.len() < self.plan.leaves {
            let gain = |p: &Part| p.cut.as_ref().map_or(0.0, |c| c.gain);
            let most =
                (0..parts.len()).max_by(|a, b| gain(&parts[*a].1).total_cmp(&gain(&parts[*b].1)));
            let Some(most) = most.filter(|m| parts[*m].1.cut.is_some()) else {
                break;
            };
            let (node, part) = parts.swap_remove(most);
            let Some(cut) = part.cut else { break };
            let bins = &self.data.bins[cut.column];
            let (below, above): (Vec<u32>, Vec<u32>) = part
                .rows
                .iter()
                .partition(|r| bins[**r as usize] <= cut.bin);
            let (left, right) = (nodes.len(), nodes.len() + 1);
            nodes[node] = Grown::Inner {
                column: cut.column,
                bin: cut.bin,
                below: left,
                above: right,
            };
            nodes.push(Grown::Leaf(0.0));
            nodes.push(Grown::Leaf(0.0));
            parts.push((left, self.part(below)));
            parts.push((right, self.part(above)));
        }
        for (node, part) in parts {
            nodes[node] =
                Grown::Leaf(-self.plan.rate * part.slope / (part.curve + self.plan.ridge));
        }
        nodes
    }
}

/// Fits a forest to rows that are (1) or are not (0) what is looked for.
pub(crate) fn fit(
    data: &Binned,
    rows: &[u32],
    wanted: &[f32],
    weights: &[f32],
    plan: &Plan,
) -> Forest {
    let fit = |seed: &u64| fit_one(data, rows, wanted, weights, plan, *seed);
    let mean = mean(&plan.seeds.iter().map(fit).collect::<Vec<_>>());
    Forest {
        clear: plan.clear,
        ..mean
    }
}

fn fit_one(
    data: &Binned,
    rows: &[u32],
    wanted: &[f32],
    weights: &[f32],
    plan: &Plan,
    seed: u64,
) -> Forest {
    let count = wanted.len();
    let mean = {
        let all: f32 = rows.iter().map(|r| weights[*r as usize]).sum();
        rows.iter()
            .map(|r| weights[*r as usize] * wanted[*r as usize])
            .sum::<f32>()
            / all
    };
    let base = (mean / (1.0 - mean)).ln();
    let mut scores = vec![base; count];
    let mut lots = Lots(seed);
    let mut forest = Forest {
        base,
        ..Forest::default()
    };
    for _ in 0..plan.trees {
        let (mut slopes, mut curves) = (vec![0.0; count], vec![0.0; count]);
        for &row in rows {
            let at = row as usize;
            let chance = 1.0 / (1.0 + (-scores[at]).exp());
            slopes[at] = weights[at] * (chance - wanted[at]);
            curves[at] = weights[at] * chance * (1.0 - chance);
        }
        let seen: Vec<u32> = rows
            .iter()
            .copied()
            .filter(|_| lots.of_hundred(plan.rows))
            .collect();
        let columns = (0..data.bins.len())
            .filter(|_| lots.of_hundred(plan.columns))
            .collect();
        let fit = Fit {
            plan,
            data,
            slopes,
            curves,
            columns,
        };
        let tree = fit.tree(seen);
        for &row in rows {
            scores[row as usize] += leaf(&tree, data, row as usize);
        }
        add(&mut forest, &tree, data);
    }
    forest
}

fn leaf(tree: &[Grown], data: &Binned, row: usize) -> f32 {
    let mut at = 0;
    loop {
        match &tree[at] {
            Grown::Leaf(value) => return *value,
            Grown::Inner {
                column,
                bin,
                below,
                above,
            } => {
                at = if data.bins[*column][row] <= *bin {
                    *below
                } else {
                    *above
                };
            }
        }
    }
}

fn add(forest: &mut Forest, tree: &[Grown], data: &Binned) {
    forest
        .roots
        .push(u32::try_from(forest.nodes.len()).unwrap_or(u32::MAX));
    write(forest, tree, data, 0);
}

fn write(forest: &mut Forest, tree: &[Grown], data: &Binned, at: usize) {
    match &tree[at] {
        Grown::Leaf(value) => forest.nodes.push(Node {
            column: LEAF,
            above: 0,
            value: *value,
        }),
        Grown::Inner {
            column,
            bin,
            below,
            above,
        } => {
            let here = forest.nodes.len();
            forest.nodes.push(Node {
                column: u16::try_from(*column).unwrap_or(LEAF),
                above: 0,
                value: data.bounds[*column][*bin as usize],
            });
            write(forest, tree, data, *below);
            forest.nodes[here].above = u32::try_from(forest.nodes.len()).unwrap_or(u32::MAX);
            write(forest, tree, data, *above);
        }
    }
}

/// One forest for each of so many folds, as `forest` fits it to what is not of
/// the fold; two at a time.
pub(crate) fn each_fold(
    folds: usize,
    forest: impl Fn(usize) -> Forest + Sync,
) -> Vec<(usize, Forest)> {
    std::thread::scope(|scope| {
        let forest = &forest;
        let half = |from: usize| {
            let fold = move |fold| (fold, forest(fold));
            scope.spawn(move || (from..folds).step_by(2).map(fold).collect::<Vec<_>>())
        };
        let threads = [half(0), half(1)];
        threads
            .into_iter()
            .filter_map(|t| t.join().ok())
            .flatten()
            .collect()
    })
}
