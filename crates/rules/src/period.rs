//! When a wording was in use: `from` and `until` of a rule.
//!
//! Prompts are reworded. The old wording must still leave old articles and has
//! no business in new ones, where its words may be somebody's sentence.

use cleancopy_text::Day;

use crate::compile::{Fault, fault};
use crate::{Problem, Rule, RuleError};

/// The days whose articles a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    /// The first and the last day, in days since 1 January 1970.
    first: i64,
    last: i64,
}

impl Period {
    /// The period of a rule; `None` if it is for all articles.
    pub(crate) fn of(rule: &Rule) -> Result<Option<Self>, Fault> {
        read("seen", rule.seen.as_deref())?;
        let first = read("from", rule.from.as_deref())?.map(|(first, _)| first);
        let last = read("until", rule.until.as_deref())?.map(|(_, last)| last);
        if first.is_none() && last.is_none() {
            return Ok(None);
        }
        let (first, last) = (first.unwrap_or(i64::MIN), last.unwrap_or(i64::MAX));
        if first > last {
            return fault("until", Problem::NoDay);
        }
        Ok(Some(Self { first, last }))
    }

    /// Whether articles of this day are in it.
    pub(crate) fn covers(self, day: Day) -> bool {
        (self.first..=self.last).contains(&day.number())
    }

    fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// The first and the last day that `2025-04-16` or `2025-04` names.
fn read(key: &str, written: Option<&str>) -> Result<Option<(i64, i64)>, Fault> {
    let Some(written) = written else {
        return Ok(None);
    };
    let day = |text: &str| Day::read(text).map(Day::number);
    let digits: Vec<usize> = written.split('-').map(str::len).collect();
    let found = match digits.as_slice() {
        [4, 2, 2] => day(written).map(|day| (day, day)),
        [4, 2] => day(&format!("{written}-01")).and_then(|first| {
            // The 28th stands in every month; four days on is the next one.
            let last = (28..=31).rev().find_map(|n| day(&format!("{written}-{n}")));
            Some((first, last?))
        }),
        _ => None,
    };
    found.map_or_else(|| fault(key, Problem::NoDate), |days| Ok(Some(days)))
}

/// Rules that share an id must be for different days.
pub(crate) fn check_periods(rules: &[Rule]) -> Result<(), RuleError> {
    let dated = rules.iter().enumerate().filter_map(|(index, rule)| {
        let period = Period::of(rule).ok().flatten()?;
        Some((index, rule, period))
    });
    let dated: Vec<_> = dated.collect();
    for (at, (index, rule, period)) in dated.iter().enumerate() {
        let same = |other: &&(usize, &Rule, Period)| other.1.id == rule.id;
        let before = dated[..at].iter().filter(same);
        if before.into_iter().any(|other| other.2.overlaps(*period)) {
            let key = if rule.from.is_some() { "from" } else { "until" };
            return Err(RuleError {
                index: *index,
                id: rule.id.clone(),
                key: key.to_owned(),
                problem: Problem::SameDays,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_model::Category;

    fn rule(from: &str, until: &str) -> Rule {
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut rule = Rule::new("donation/appeal", Category::Donation);
        (rule.from, rule.until) = (given(from), given(until));
        rule
    }

    #[test]
    fn months_are_whole_and_both_ends_count() {
        let period = Period::of(&rule("2024-02", "2024-02")).unwrap().unwrap();
        let covers = |day: &str| period.covers(Day::read(day).unwrap());
        assert!(covers("2024-02-01") && covers("2024-02-29T23:59:00Z"));
        assert!(!covers("2024-01-31") && !covers("2024-03-01"));
        assert_eq!(Period::of(&rule("", "")), Ok(None));
    }

    #[test]
    fn what_is_no_date_is_an_error_at_its_key() {
        for bad in ["2025", "2025-13", "March 2025", "2025-02-30", "2025-1"] {
            let error = Period::of(&rule(bad, "")).unwrap_err();
            assert_eq!(error, ("from".to_owned(), Problem::NoDate), "{bad}");
        }
        let error = Period::of(&rule("2025-04", "2025-03")).unwrap_err();
        assert_eq!(error, ("until".to_owned(), Problem::NoDay));
    }

    #[test]
    fn wordings_of_one_id_take_turns() {
        let turns = [rule("", "2025-03"), rule("2025-04", "")];
        assert_eq!(check_periods(&turns), Ok(()));
        let both = [rule("", "2025-04"), rule("2025-04", "")];
        assert_eq!(check_periods(&both).unwrap_err().path(), "rules[1].from");
    }
}
