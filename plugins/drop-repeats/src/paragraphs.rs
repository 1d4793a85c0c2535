//! Further copies of paragraphs, alone and in runs.

use std::collections::HashMap;

use cleancopy_plugin::prelude::*;
use cleancopy_text::{containment, is_quoted, same, words};
use foldhash::fast::FixedState;

use crate::{Page, Settings};

/// How many copies must follow one another before a line beside them that is
/// only like its counterpart counts as a copy too.
const RUN: usize = 2;

/// What share of the shorter line's words the other must have then.
const ALIKE: f64 = 0.7;

/// The fewest words of a line that is compared by its words, or dropped for
/// standing twice in a row.
const WORDS: usize = 5;

/// Finds paragraphs that stand again.
pub(crate) fn find(page: &mut Page<'_>, settings: &Settings) {
    let copies = exact_copies(page, settings);
    for (block, original) in copies.iter().enumerate() {
        if original.is_some() {
            page.drop(block, "drop-repeats/paragraph", Category::RepeatedParagraph);
        }
    }
    extend_runs(page, &copies);
    adjacent(page);
}

/// For every line, the index of the earlier one it is a copy of.
fn exact_copies(page: &Page<'_>, settings: &Settings) -> Vec<Option<usize>> {
    let mut last: HashMap<&str, usize, FixedState> = HashMap::default();
    let mut copies = vec![None; page.lines.len()];
    for (block, &line) in page.lines.iter().enumerate() {
        if line.len() < settings.min_bytes || page.taken[block] {
            continue;
        }
        match last.get_mut(line) {
            Some(earlier) if block - *earlier <= settings.max_distance => {
                copies[block] = Some(*earlier);
            }
            Some(earlier) => *earlier = block,
            None => {
                last.insert(line, block);
            }
        }
    }
    copies
}

/// A whole post that repeats the page's summary has lines that were touched
/// up: they count as copies when the lines beside them are.
fn extend_runs(page: &mut Page<'_>, copies: &[Option<usize>]) {
    let mut start = 0;
    while start < copies.len() {
        let mut end = start + 1;
        while end < copies.len() && follows(copies[end - 1], copies[end]) {
            end += 1;
        }
        if let (true, Some(original)) = (end - start >= RUN, copies[start]) {
            let up = (1..=original).map(|step| (original - step, start.wrapping_sub(step)));
            grow(page, up);
            let length = end - start;
            let down = (length..start - original).map(|step| (original + step, start + step));
            grow(page, down);
        }
        start = end;
    }
}

fn follows(before: Option<usize>, after: Option<usize>) -> bool {
    matches!((before, after), (Some(a), Some(b)) if b == a + 1)
}

/// Drops the second of each pair for as long as the two are alike.
fn grow(page: &mut Page<'_>, pairs: impl Iterator<Item = (usize, usize)>) {
    for (original, copy) in pairs {
        let (Some(&a), Some(&b)) = (page.lines.get(original), page.lines.get(copy)) else {
            break;
        };
        let long = |line| words(line).nth(WORDS).is_some();
        if original >= copy || page.taken[copy] || !(long(a) && long(b)) {
            break;
        }
        if containment(a, b) < ALIKE {
            break;
        }
        page.drop(copy, "drop-repeats/run", Category::RepeatedParagraph);
    }
}

/// A line printed twice in a row.
fn adjacent(page: &mut Page<'_>) {
    for block in 1..page.lines.len() {
        let (before, line) = (page.lines[block - 1], page.lines[block]);
        let alike = before.len().abs_diff(line.len()) <= 8 && same(before, line);
        let untouched = !page.taken[block] && !page.taken[block - 1];
        // A refrain and a speaker's echo are short or in quotes.
        if alike && untouched && !is_quoted(line) && words(line).nth(WORDS).is_some() {
            page.drop(block, "drop-repeats/adjacent", Category::RepeatedParagraph);
        }
    }
}
