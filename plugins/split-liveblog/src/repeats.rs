//! Runs of lines that repeat an earlier run.
//!
//! A post that says again what the page's summary says is a post of its own:
//! it starts where the repetition starts, and the next one where it ends.

use std::collections::HashMap;

use cleancopy_text::{containment, letters};

/// A line of fewer bytes may stand twice by chance.
const SHORTEST: usize = 40;

/// A reworded line has at least this share of its words from the earlier one.
const REWORDED: f64 = 0.75;

/// The lines (0-based) at which a repetition of two lines or more starts, and
/// those after its end, ascending.
pub(crate) fn starts(lines: &[&str]) -> Vec<usize> {
    let earlier = earlier_copies(lines);
    let follows = |at: usize| {
        at > 0 && earlier[at].is_some_and(|copy| copy > 0 && earlier[at - 1] == Some(copy - 1))
    };
    let mut found = Vec::new();
    let mut at = 1;
    while at < lines.len() {
        if !follows(at) {
            at += 1;
            continue;
        }
        let end = (at..lines.len())
            .find(|&next| !follows(next))
            .unwrap_or(lines.len());
        found.push(first_of_run(lines, at - 1, earlier[at - 1].unwrap_or(0)));
        found.extend((end < lines.len()).then_some(end));
        at = end;
    }
    found
}

/// Where a repetition really starts: the lines above its first exact copy may
/// be reworded ones.
fn first_of_run(lines: &[&str], at: usize, copy: usize) -> usize {
    let reworded = |back: &usize| containment(lines[at - back], lines[copy - back]) >= REWORDED;
    at - (1..=copy.min(at)).take_while(reworded).count()
}

/// For each line, the first line before it with the same letters.
fn earlier_copies(lines: &[&str]) -> Vec<Option<usize>> {
    let mut first: HashMap<Vec<char>, usize> = HashMap::new();
    let mut copies = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let copy =
            (line.len() >= SHORTEST).then(|| *first.entry(letters(line).collect()).or_insert(at));
        copies.push(copy.filter(|&copy| copy < at));
    }
    copies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_run_is_a_post() {
        let (a, b) = (
            "The harbour board has called a meeting for Friday.",
            "It will hear from the ferry company first of all.",
        );
        let c = "Two boats were towed into the inner harbour overnight.";
        let d = "A lighthouse keeper saw them pass at about midnight.";
        assert_eq!(starts(&[a, b, c, a, b, d]), [3, 5]);
        assert_eq!(starts(&[a, b, c, a, d]), [] as [usize; 0]);
        assert_eq!(starts(&[a, b, a, b]), [2]);
        let reworded = "The harbour board on Monday called a meeting for this Friday.";
        assert_eq!(starts(&[a, b, c, d, reworded, b, c, d]), [4]);
    }
}
