//! What two runs made of a document, line by line.

use std::ops::Range;

use similar::{DiffOp, capture_diff_slices};

use crate::fates::{Fate, Fates};

/// How many lines of the clean text stand round a difference.
const CONTEXT: usize = 2;

/// How a line fares in the second run, next to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It stands in both.
    Same,
    /// It stands in the first only: it leaves now.
    Leaves,
    /// It stands in the second only: it comes back.
    Returns,
    /// It stands in neither, but by another rule.
    OtherRule,
}

/// A line of either run's clean text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnLine {
    /// How it fares.
    pub turn: Turn,
    /// 1-based line of the source it comes from, in the second run's where
    /// that has it.
    pub line: usize,
    /// Its text.
    pub text: String,
    /// The rules that took of its source line in the first run.
    pub was: Vec<String>,
    /// Those of the second.
    pub now: Vec<String>,
}

/// Lines that differ, with those round them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// 1-based source line of the first difference.
    pub line: usize,
    /// The lines.
    pub lines: Vec<TurnLine>,
}

/// Where two runs differ. The sources may differ, too, when a document was
/// edited between them.
#[must_use]
pub fn compare(before: &Fates, after: &Fates) -> Vec<Hunk> {
    let mut turns = Vec::new();
    for (old, new) in pairs(&before.lines, &after.lines) {
        let line = new.or(old).unwrap_or(0) + 1;
        let old = old.map(|index| &before.lines[index]);
        let new = new.map(|index| &after.lines[index]);
        turns_of(line, old, new, &mut turns);
    }
    hunks(&turns)
}

/// Lines of the two sources that belong together, as indices.
fn pairs(before: &[Fate], after: &[Fate]) -> Vec<(Option<usize>, Option<usize>)> {
    let sources = |fates: &[Fate]| fates.iter().map(|f| f.source.clone()).collect::<Vec<_>>();
    let (old, new) = (sources(before), sources(after));
    if old == new {
        return (0..old.len()).map(|i| (Some(i), Some(i))).collect();
    }
    let mut pairs = Vec::new();
    for op in capture_diff_slices(similar::Algorithm::Myers, &old, &new) {
        let (old, new) = (op.old_range(), op.new_range());
        match op {
            DiffOp::Equal { .. } => pairs.extend(old.zip(new).map(|(a, b)| (Some(a), Some(b)))),
            _ => {
                pairs.extend(old.map(|index| (Some(index), None)));
                pairs.extend(new.map(|index| (None, Some(index))));
            }
        }
    }
    pairs
}

fn turns_of(line: usize, old: Option<&Fate>, new: Option<&Fate>, turns: &mut Vec<TurnLine>) {
    let output = |fate: Option<&Fate>| -> Vec<String> {
        let lines = fate.into_iter().flat_map(Fate::output);
        lines.map(str::to_owned).collect()
    };
    let rules = |fate: Option<&Fate>| fate.map(|f| f.rules.clone()).unwrap_or_default();
    let (was, now) = (rules(old), rules(new));
    let turn = |turn, text: &str| TurnLine {
        turn,
        line,
        text: text.to_owned(),
        was: was.clone(),
        now: now.clone(),
    };
    let (standing, stands) = (output(old), output(new));
    for text in &standing {
        let kept = stands.contains(text);
        turns.push(turn(if kept { Turn::Same } else { Turn::Leaves }, text));
    }
    let back = stands.iter().filter(|text| !standing.contains(text));
    turns.extend(back.map(|text| turn(Turn::Returns, text)));
    if standing == stands && was != now {
        let source = new.or(old).map_or("", |fate| &fate.source);
        turns.push(turn(Turn::OtherRule, source));
    }
}

fn hunks(turns: &[TurnLine]) -> Vec<Hunk> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for index in (0..turns.len()).filter(|&i| turns[i].turn != Turn::Same) {
        let end = (index + 1 + CONTEXT).min(turns.len());
        match ranges.last_mut() {
            Some(last) if last.end + CONTEXT >= index => last.end = end,
            _ => ranges.push(index.saturating_sub(CONTEXT)..end),
        }
    }
    let hunk = |range: Range<usize>| {
        let lines = turns[range].to_vec();
        let first = lines.iter().find(|line| line.turn != Turn::Same);
        Hunk {
            line: first.map_or(0, |line| line.line),
            lines,
        }
    };
    ranges.into_iter().map(hunk).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    const SOURCE: &str = "Log in\nThe ferry sailed.\nGet the app\nIt rained.\n";

    fn shown(before: &Fates, after: &Fates) -> Vec<String> {
        let hunks = compare(before, after);
        let lines = hunks.iter().flat_map(|hunk| &hunk.lines);
        lines
            .filter(|line| line.turn != Turn::Same)
            .map(|l| format!("{:?} {} {} {:?} {:?}", l.turn, l.line, l.text, l.was, l.now))
            .collect()
    }

    #[test]
    fn lines_that_leave_come_back_or_change_hands() {
        let before =
            "@@ -1,3 +1,1 @@\n-Log in  ← login/a\n The ferry sailed.\n-Get the app  ← app/a\n";
        let after = "@@ -1,4 +1,2 @@\n-Log in  ← login/b\n The ferry sailed.\n Get the app\n-It rained.  ← weather/rain\n";
        let before = Fates::read(SOURCE, before).unwrap();
        let after = Fates::read(SOURCE, after).unwrap();
        assert_eq!(
            shown(&before, &after),
            [
                r#"OtherRule 1 Log in ["login/a"] ["login/b"]"#,
                r#"Returns 3 Get the app ["app/a"] []"#,
                r#"Leaves 4 It rained. [] ["weather/rain"]"#,
            ]
        );
        assert_eq!(compare(&before, &before), []);
    }

    #[test]
    fn lines_of_an_edited_document_keep_their_partners() {
        let before = Fates::read(SOURCE, "").unwrap();
        let source = "A new head\nLog in\nThe ferry sailed.\nGet the app\nIt rained.\n";
        let after = "@@ -2,1 +1,0 @@\n-Log in  ← login/a\n";
        let after = Fates::read(source, after).unwrap();
        assert_eq!(
            shown(&before, &after),
            [
                "Returns 1 A new head [] []",
                r#"Leaves 2 Log in [] ["login/a"]"#
            ]
        );
    }
}
