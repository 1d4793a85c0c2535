//! Matches told minute by minute, or over by over.
//!
//! Their posts are a line or two, on which the prose model does harm; but many
//! start with the count.

use crate::page::Line;
use crate::plan::{Start, View};

/// As few counts make a match.
const FEWEST: usize = 3;

/// Whether a tenth of the lines or more start with a count.
pub(crate) fn is_match(lines: &[Line<'_>]) -> bool {
    let counts = lines
        .iter()
        .filter(|line| starts_with_count(line.text))
        .count();
    counts >= FEWEST && counts * 10 >= lines.len()
}

/// The lines that start with a count, on a page that is a match.
pub(crate) fn starts(view: &View<'_, '_>) -> Vec<Start> {
    if view.in_doubt() || !is_match(view.lines) {
        return Vec::new();
    }
    let start = |line: &Line<'_>| Start {
        block: line.block,
        confidence: 0.85,
        rule: "split-liveblog/time",
    };
    view.lines
        .iter()
        .filter(|line| starts_with_count(line.text))
        .map(start)
        .collect()
}

/// `63 min:`, `90+2 mins:`, `12th over:`.
fn starts_with_count(text: &str) -> bool {
    const UNITS: &[&str] = &["min", "mins", "minute", "minutes", "over"];
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '+');
    let rest_of_ordinal = ["st ", "nd ", "rd ", "th "]
        .iter()
        .find_map(|end| rest.strip_prefix(end));
    let unit = rest_of_ordinal.unwrap_or(rest).trim_start();
    let word = unit
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or("");
    rest.len() < text.len() && UNITS.contains(&word) && unit[word.len()..].starts_with([':', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_from_other_numbers() {
        for text in [
            "63 min: A corner.",
            "90+2 mins: Another.",
            "12th over: Four runs.",
            "1 minute: Off.",
        ] {
            assert!(starts_with_count(text), "{text}");
        }
        for text in [
            "63 people came.",
            "min: x",
            "12 minutesold",
            "",
            "3rd place",
        ] {
            assert!(!starts_with_count(text), "{text}");
        }
    }
}
