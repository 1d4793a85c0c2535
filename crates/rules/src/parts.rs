//! The part of a line that leaves.

use std::ops::Range;

use regex_automata::PatternID;
use regex_automata::meta::Regex;
use regex_automata::util::captures::Captures;

use crate::condition::{Condition, Part};
use crate::fold::Fold;
use crate::glued::second_half;
use crate::lazy::LazyRegex;
use crate::view::View;

/// The group that says which part of a regex's match leaves.
const TAKE: &str = "take";

/// Named groups and what they captured, as byte ranges of the line.
pub(crate) type Named = Vec<(String, Range<usize>)>;

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Index of the rule.
    pub(crate) rule: usize,
    /// Byte range in the line.
    pub(crate) range: Range<usize>,
    pub(crate) captures: Named,
}

/// What the named groups of the rule's first matching regex capture in a line.
pub(crate) fn captures(condition: &Condition, view: &View<'_>) -> Named {
    if !condition.regexes.iter().any(|regex| regex.has_groups) {
        return Vec::new();
    }
    let regex = condition.matching_regex(view);
    groups(regex, condition.regex_fold(), view)
}

/// What the named groups of the regexes captured that the lines after the
/// first match, line by line.
pub(crate) fn captures_after(condition: &Condition, lines: &[&str]) -> Vec<Named> {
    if !condition.then.iter().any(|regex| regex.has_groups) {
        return Vec::new();
    }
    let fold = condition.regex_fold();
    let pairs = condition.then.iter().zip(lines);
    let named = pairs.map(|(regex, line)| groups(Some(regex), fold, &View::new(line)));
    named.collect()
}

fn groups(regex: Option<&LazyRegex>, fold: Fold, view: &View<'_>) -> Named {
    let found = regex.and_then(|lazy| {
        let line = view.folded(fold);
        let regex = lazy.get(line)?;
        let mut found = regex.create_captures();
        regex.captures(line, &mut found);
        Some(named(regex, &found))
    });
    let mut named = found.unwrap_or_default();
    unfold(
        view,
        fold,
        named.iter_mut().map(|(_, range)| range).collect(),
    );
    named
}

/// The parts that a rule whose condition holds takes out of a line. None is
/// empty; those of different regexes may overlap.
pub(crate) fn pieces(rule: usize, condition: &Condition, view: &View<'_>) -> Vec<Piece> {
    let mut pieces = match condition.part {
        Part::Regex => regex_pieces(rule, condition, view),
        Part::Half => half(rule, condition, view),
        _ => literal_pieces(rule, condition, view),
    };
    pieces.retain(|piece| !piece.range.is_empty());
    pieces
}

fn piece(rule: usize, range: Range<usize>) -> Piece {
    Piece {
        rule,
        range,
        captures: Vec::new(),
    }
}

fn half(rule: usize, condition: &Condition, view: &View<'_>) -> Vec<Piece> {
    let fold = condition.glued_fold();
    let line = view.folded(fold);
    let range = second_half(line).map(|start| start..line.len());
    let mut pieces: Vec<_> = range.into_iter().map(|range| piece(rule, range)).collect();
    unfold_pieces(view, fold, &mut pieces);
    pieces
}

fn literal_pieces(rule: usize, condition: &Condition, view: &View<'_>) -> Vec<Piece> {
    let literals = &condition.literals;
    let line = view.folded(condition.fold);
    let length = |texts: &[String], fits: fn(&str, &str) -> bool| {
        let fitting = texts.iter().filter(|text| fits(line, text));
        fitting.map(String::len).max()
    };
    let ranges: Vec<_> = match condition.part {
        Part::Start => {
            let longest = length(&literals.starts, |line, text| line.starts_with(text));
            longest.map(|length| 0..length).into_iter().collect()
        }
        Part::End => {
            let longest = length(&literals.ends, |line, text| line.ends_with(text));
            longest
                .map(|length| line.len() - length..line.len())
                .into_iter()
                .collect()
        }
        _ => {
            let texts = literals.contains.iter();
            let found = texts.flat_map(|text| line.match_indices(text.as_str()));
            found.map(|(at, text)| at..at + text.len()).collect()
        }
    };
    let mut pieces: Vec<_> = ranges.into_iter().map(|range| piece(rule, range)).collect();
    unfold_pieces(view, condition.fold, &mut pieces);
    pieces
}

fn regex_pieces(rule: usize, condition: &Condition, view: &View<'_>) -> Vec<Piece> {
    let fold = condition.regex_fold();
    let line = view.folded(fold);
    let mut pieces: Vec<Piece> = Vec::new();
    for lazy in &condition.regexes {
        let Some(regex) = lazy.get(line) else {
            continue;
        };
        if lazy.has_groups {
            let found = regex.captures_iter(line);
            pieces.extend(found.filter_map(|found| captured(rule, regex, &found)));
        } else {
            let found = regex.find_iter(line);
            pieces.extend(found.map(|found| piece(rule, found.range())));
        }
    }
    unfold_pieces(view, fold, &mut pieces);
    pieces
}

fn captured(rule: usize, regex: &Regex, found: &Captures) -> Option<Piece> {
    let take = names(regex).find(|(_, name)| *name == TAKE);
    let taken = found.get_group(take.map_or(0, |(group, _)| group));
    Some(Piece {
        rule,
        range: taken?.range(),
        captures: named(regex, found),
    })
}

fn named(regex: &Regex, found: &Captures) -> Named {
    let names = names(regex).filter(|(_, name)| *name != TAKE);
    names
        .filter_map(|(group, name)| Some((name.to_owned(), found.get_group(group)?.range())))
        .collect()
}

/// The groups that have a name, by index.
fn names(regex: &Regex) -> impl Iterator<Item = (usize, &str)> {
    let names = regex.group_info().pattern_names(PatternID::ZERO);
    names
        .enumerate()
        .filter_map(|(group, name)| Some((group, name?)))
}

fn unfold_pieces(view: &View<'_>, fold: Fold, pieces: &mut [Piece]) {
    let ranges = pieces.iter_mut().flat_map(|piece| {
        let captures = piece.captures.iter_mut().map(|(_, range)| range);
        captures.chain([&mut piece.range])
    });
    unfold(view, fold, ranges.collect());
}

fn unfold(view: &View<'_>, fold: Fold, ranges: Vec<&mut Range<usize>>) {
    let mut plain: Vec<_> = ranges.iter().map(|range| (**range).clone()).collect();
    view.unfold(fold, &mut plain);
    for (range, plain) in ranges.into_iter().zip(plain) {
        *range = plain;
    }
}

/// Takes white space beside the parts along, so that what stays has no space
/// at an edge and none too many inside, and no words are glued together.
///
/// The parts must be in their order and not overlap.
pub(crate) fn take_spaces(line: &str, pieces: &mut [Piece]) {
    for index in 1..pieces.len() {
        let (end, start) = (pieces[index - 1].range.end, pieces[index].range.start);
        if line[end..start].trim().is_empty() {
            pieces[index - 1].range.end = start;
        }
    }
    for run in pieces.chunk_by_mut(|a, b| a.range.end == b.range.start) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        let (left, right) = spaces_beside(&line[..first.range.start], &line[last.range.end..]);
        if let Some(first) = run.first_mut() {
            first.range.start -= left;
        }
        if let Some(last) = run.last_mut() {
            last.range.end += right;
        }
    }
}

/// How many bytes of white space leave before and behind a part, given what
/// stands on its left and on its right.
fn spaces_beside(left: &str, right: &str) -> (usize, usize) {
    let (before, behind) = (left.trim_end(), right.trim_start());
    let (gap_left, gap_right) = (left.len() - before.len(), right.len() - behind.len());
    let closes = |c: char| ".,;:!?)]}%…”’".contains(c);
    let opens = |c: char| "([{“‘«".contains(c);
    match (before.chars().next_back(), behind.chars().next()) {
        (None, _) | (_, None) => (gap_left, gap_right),
        _ if gap_left > 0 && gap_right > 0 => (0, gap_right),
        (_, Some(next)) if closes(next) => (gap_left, 0),
        (Some(previous), _) if opens(previous) => (0, gap_right),
        _ => (0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stays of a line when everything in angle brackets leaves.
    fn rest(line: &str) -> String {
        let starts = line.match_indices('<').map(|(at, _)| at);
        let ends = line.match_indices('>').map(|(at, _)| at + 1);
        let mut pieces: Vec<_> = starts.zip(ends).map(|(s, e)| piece(0, s..e)).collect();
        take_spaces(line, &mut pieces);
        let mut rest = line.to_owned();
        for piece in pieces.iter().rev() {
            rest.replace_range(piece.range.clone(), "");
        }
        rest
    }

    #[test]
    fn spaces_beside_a_part_leave_with_it() {
        let cases = [
            ("<a> b", "b"),
            ("a <b>", "a"),
            ("a <b> c", "a c"),
            ("a <b>, c", "a, c"),
            ("(<a> b)", "(b)"),
            ("a<b>c", "ac"),
            ("a <b>c", "a c"),
            ("a <b> <c> d", "a d"),
            ("a <b> <c>", "a"),
            ("<a> <b>", ""),
            ("<a> b <c>", "b"),
            ("a <b>", "a"),
        ];
        for (line, wanted) in cases {
            assert_eq!(rest(line), wanted, "{line}");
        }
    }
}
