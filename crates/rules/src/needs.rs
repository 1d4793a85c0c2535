//! What a line needs before a regex can match.
//!
//! Running a regex on a line costs many times what looking for a text does,
//! and compiling it a thousand times. Most lines that one word of a regex
//! proposes lack another that it needs as well.

use crate::choices::{Choice, cut};
use crate::rarity::bits_of_any;

/// The choices that must all have a text in the line, as [`Fold::FULL`](crate::fold::Fold::FULL) folds
/// it, before a regex can match.
#[derive(Debug, Default)]
pub(crate) struct Needs(Vec<Vec<String>>);

impl Needs {
    /// The most choices that are looked for: the first rules out most lines.
    const CHOICES: usize = 3;

    /// Fewer bits say next to nothing about a line.
    const LEAST_BITS: f32 = 6.0;

    /// What the lines need that a regex matches, of its [`choices`](crate::choices::choices).
    pub(crate) fn of<'c>(choices: impl Iterator<Item = &'c Choice>) -> Self {
        let mut rarest: Vec<&Choice> = choices.collect();
        rarest.sort_by(|a, b| b.bits.total_cmp(&a.bits));
        let cheap = rarest.into_iter().take(Self::CHOICES).map(cheapest);
        let mut cheap: Vec<_> = cheap.filter(|c| c.bits >= Self::LEAST_BITS).collect();
        cheap.sort_by(|a, b| cost(a).total_cmp(&cost(b)));
        Self(cheap.into_iter().map(|choice| choice.texts).collect())
    }

    /// Whether nothing is known that a line needs.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a line, folded by [`Fold::FULL`](crate::fold::Fold::FULL), has all that is needed.
    pub(crate) fn are_met(&self, folded: &str) -> bool {
        let stands = |texts: &Vec<String>| texts.iter().any(|text| folded.contains(text.as_str()));
        self.0.iter().all(stands)
    }
}

/// A choice cut short: so that it has few texts to look for, and still says
/// something.
fn cheapest(choice: &Choice) -> Choice {
    let cut = |length: usize| {
        let texts = cut(&choice.texts, length);
        let bits = bits_of_any(&texts);
        Choice { texts, bits }
    };
    let all = [5, 8, 12, 20].map(cut).into_iter();
    let cheapest = all.min_by(|a, b| cost(a).total_cmp(&cost(b)));
    cheapest
        .filter(|cheapest| cost(cheapest) < cost(choice))
        .unwrap_or_else(|| choice.clone())
}

/// What it costs to ask for a choice, and for what comes after it where it is
/// met, of a line of usual length: in nanoseconds, roughly.
fn cost(choice: &Choice) -> f32 {
    const TEXT: f32 = 15.0;
    const REGEX: f32 = 400.0;
    const PLACES: f32 = 200.0;
    let met = (PLACES * (-choice.bits).exp2()).min(1.0);
    TEXT * choice.texts.len() as f32 + REGEX * met
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(texts: &[&str]) -> Choice {
        let texts: Vec<_> = texts.iter().map(|text| (*text).to_owned()).collect();
        let bits = bits_of_any(&texts);
        Choice { texts, bits }
    }

    #[test]
    fn a_line_needs_a_text_of_each_choice() {
        let choices = [choice(&["newsletter", "briefing"]), choice(&["sign up"])];
        let needs = Needs::of(choices.iter());
        assert!(!needs.is_empty());
        assert!(needs.are_met("sign up for the briefing"));
        assert!(!needs.are_met("sign up here") && !needs.are_met("the newsletter"));
    }

    #[test]
    fn texts_are_cut_short_and_frequent_ones_left_out() {
        let many = [
            "subscribe now",
            "subscribe today",
            "subscribe here",
            "subscribe to us",
        ];
        assert_eq!(cheapest(&choice(&many)).texts.len(), 1);
        assert!(Needs::of([choice(&["e"]), choice(&["a", "o"])].iter()).is_empty());
    }
}
