//! What a line looks like, whatever it says.

use std::sync::OnceLock;

use cleancopy_model::Category;
use cleancopy_rules::{Rule, RuleSet};

use crate::index::Spot;
use crate::page::{chars, is_prose};
use crate::survey::Survey;

/// A day, with the time of day if there is one, as rules write it.
pub(crate) const DATE: &str = r"{date}(?:,? (?:at |[-|•·] ?)?{time}(?:,? ?\(?{zone}\)?)?)?";

/// Names of people, as rules write it.
pub(crate) const NAMES: &str = "{names}";

/// A heading as Markdown marks it, but for the first.
pub(crate) const HEADING: &str = "^#{2,6} ";

/// A line of capitals that no sentence ends.
pub(crate) const SHOUTED: &str = r"^[^\p{Ll}]{46,}[^\p{Ll}.]$";

/// The longest title of a card, in characters.
const TITLE: usize = 200;

/// The longest summary of a card, in characters.
const SUMMARY: usize = 320;

/// The longest label of a card, in characters.
const LABEL: usize = 40;

/// How many looks are told apart by regex, in the order of [`Looks::new`].
const COUNT: usize = 4;

/// Tells looks apart.
#[derive(Debug)]
pub(crate) struct Looks(Option<RuleSet>);

/// What one line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Look {
    pub(crate) date: bool,
    pub(crate) names: bool,
    pub(crate) heading: bool,
    pub(crate) shouted: bool,
}

impl Looks {
    /// The one there is: its regexes are the same for every corpus.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Looks> = OnceLock::new();
        SHARED.get_or_init(Self::new)
    }

    fn new() -> Self {
        let regexes: [String; COUNT] = [
            format!("^{DATE}$"),
            format!("^{NAMES}$"),
            HEADING.to_owned(),
            SHOUTED.to_owned(),
        ];
        let rules = regexes.into_iter().map(|regex| Rule {
            regex: Some(regex.as_str().into()),
            match_case: regex == SHOUTED,
            max_chars: Some(TITLE + 60),
            ..Rule::new("look", Category::Navigation)
        });
        Self(RuleSet::compile(rules.collect()).ok())
    }

    pub(crate) fn of(&self, text: &str) -> Look {
        let mut found = [false; COUNT];
        for (_, rule) in self.0.iter().flat_map(|set| set.holding(&[text])) {
            found[rule] = true;
        }
        let [date, names, heading, shouted] = found;
        Look {
            date,
            names,
            heading,
            shouted,
        }
    }
}

/// Whether a place holds what may be the title of a card: the page's own, and
/// no sentence.
pub(crate) fn is_title(survey: &Survey<'_>, spot: Spot) -> bool {
    let text = survey.index.text(spot);
    let long = (12..=TITLE).contains(&chars(text));
    long && !survey.index.stable_at(spot) && !is_prose(text)
}

/// Whether a place holds what may be the summary of a card.
pub(crate) fn is_summary(survey: &Survey<'_>, spot: Spot) -> bool {
    let text = survey.index.text(spot);
    !survey.index.stable_at(spot) && is_prose(text) && chars(text) <= SUMMARY
}

/// Whether a place holds a short line that other pages have, too.
pub(crate) fn is_label(survey: &Survey<'_>, spot: Spot) -> bool {
    let text = survey.index.text(spot);
    survey.index.stable_at(spot) && chars(text) <= LABEL && !is_prose(text)
}
