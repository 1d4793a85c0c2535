//! The fitted numbers, read from two tables.

use super::features::{COUNT, NAMES};
use super::opening::Openings;

/// A table of weights that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the model: {problem}")]
pub struct ModelError {
    /// 1-based line in the table; 0 when a row is missing.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// What the splitter learned from liveblogs whose posts are known.
#[derive(Debug, Clone)]
pub struct Model {
    pub(super) openings: Openings,
    pub(super) weights: [f64; COUNT],
    pub(super) intercept: f64,
    /// Added to the score of a boundary that would leave a post of one line,
    /// on a page of at least [`SHORT_PAGE`] lines.
    pub(super) one_line: f64,
    /// Added to every score; above zero for more boundaries.
    pub(super) threshold: f64,
}

/// A page of fewer lines has posts of one line as a rule.
pub(super) const SHORT_PAGE: usize = 20;

impl Model {
    /// Reads the weights of the cues and those of the openings.
    ///
    /// # Errors
    /// [`ModelError`] for a row that is not `name<TAB>number`, a name that is
    /// no cue, or a cue without a weight.
    pub fn parse(weights: &str, openings: &str) -> Result<Self, ModelError> {
        let mut model = Self {
            openings: Openings::parse(openings)?,
            weights: [f64::NAN; COUNT],
            intercept: f64::NAN,
            one_line: f64::NAN,
            threshold: f64::NAN,
        };
        for (index, line) in weights
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.starts_with("# "))
        {
            let (name, weight) = row(index, line)?;
            *model
                .slot(name)
                .ok_or_else(|| bad(index, format!("no cue `{name}`")))? = weight;
        }
        model.complete()
    }

    fn slot(&mut self, name: &str) -> Option<&mut f64> {
        match name {
            "intercept" => Some(&mut self.intercept),
            "one-line" => Some(&mut self.one_line),
            "threshold" => Some(&mut self.threshold),
            _ => NAMES
                .iter()
                .position(|n| *n == name)
                .map(|at| &mut self.weights[at]),
        }
    }

    fn complete(self) -> Result<Self, ModelError> {
        let all = self
            .weights
            .iter()
            .chain([&self.intercept, &self.one_line, &self.threshold]);
        let names = NAMES.iter().chain(&["intercept", "one-line", "threshold"]);
        let missing = all
            .zip(names)
            .find(|(weight, _)| weight.is_nan())
            .map(|(_, name)| *name);
        missing.map_or(Ok(self), |name| {
            Err(ModelError {
                line: 0,
                problem: format!("no weight for `{name}`"),
            })
        })
    }
}

/// A row of a table: a name and a number.
pub(super) fn row(index: usize, line: &str) -> Result<(&str, f64), ModelError> {
    let number = |(name, number): (_, &str)| Some((name, number.parse().ok()?));
    line.split_once('\t')
        .and_then(number)
        .ok_or_else(|| bad(index, "expected a name, a tab and a number".to_owned()))
}

fn bad(index: usize, problem: String) -> ModelError {
    ModelError {
        line: index + 1,
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_must_be_complete() {
        let error = Model::parse("opening\t1\n", "").unwrap_err();
        assert_eq!(error.line, 0);
        let error = Model::parse("opening\t1\nopenning\t1\n", "").unwrap_err();
        assert_eq!(error.to_string(), "line 2 of the model: no cue `openning`");
        let error = Model::parse("", "u=x 1").unwrap_err();
        assert_eq!(error.line, 1);
    }
}
