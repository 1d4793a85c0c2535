//! The numbers of all blocks of all pages, and the forests fitted to them.

use select_content::features::WIDTH;
use select_content::forest::Forest;

use crate::FOLDS;
use crate::boost::{Binned, Plan, each_fold, fit};
use crate::sample::Sample;

/// All rows of all pages.
pub(crate) struct Table {
    columns: Vec<String>,
    values: Vec<f32>,
    wanted: Vec<f32>,
    weights: Vec<f32>,
    folds: Vec<usize>,
}

impl Table {
    pub(crate) fn of(samples: &[Sample]) -> Self {
        let named = samples.iter().find(|sample| !sample.columns.is_empty());
        let mut table = Self {
            columns: named.map_or_else(Vec::new, |sample| sample.columns.clone()),
            values: vec![],
            wanted: vec![],
            weights: vec![],
            folds: vec![],
        };
        for sample in samples {
            table.values.extend_from_slice(&sample.features);
            table.wanted.extend_from_slice(&sample.wanted);
            table.weights.extend_from_slice(&sample.weights);
            table
                .folds
                .extend(std::iter::repeat_n(sample.fold, sample.texts.len()));
        }
        let mean = table.weights.iter().sum::<f32>() / table.weights.len() as f32;
        table.weights.iter_mut().for_each(|w| *w /= mean);
        table
    }

    fn row(&self, at: usize) -> &[f32] {
        &self.values[at * WIDTH..][..WIDTH]
    }

    /// The chance of each row, by forests that never saw its site.
    pub(crate) fn unseen(&self, plan: &Plan) -> Vec<f32> {
        let binned = Binned::of(&self.values, WIDTH);
        let mut chances = vec![0.0; self.wanted.len()];
        let forest = |fold: usize| {
            let rows = (0..self.folds.len()).filter(|r| self.folds[*r] != fold);
            let rows: Vec<u32> = rows.filter_map(|r| u32::try_from(r).ok()).collect();
            fit(&binned, &rows, &self.wanted, &self.weights, plan)
        };
        for (fold, forest) in each_fold(FOLDS, forest) {
            for at in (0..chances.len()).filter(|r| self.folds[*r] == fold) {
                chances[at] = forest.chance(self.row(at));
                if self.row(at)[0] < 0.0 {
                    chances[at] = 0.0;
                }
            }
        }
        chances
    }

    /// The forest fitted to all pages.
    pub(crate) fn all(&self, plan: &Plan) -> Forest {
        let rows: Vec<u32> = (0..self.wanted.len())
            .filter_map(|r| u32::try_from(r).ok())
            .collect();
        let binned = Binned::of(&self.values, WIDTH);
        let forest = fit(&binned, &rows, &self.wanted, &self.weights, plan);
        Forest {
            columns: self.columns.clone(),
            ..forest
        }
    }
}
