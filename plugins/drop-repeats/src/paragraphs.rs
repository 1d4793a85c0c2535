//! Further copies of paragraphs, alone and in runs.

use std::collections::HashMap;
use std::ops::Range;

use cleancopy_plugin::prelude::*;
use cleancopy_text::{closes_sentence, containment, has_words, is_quoted, same};
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

/// A run of so many copies is a copy of the page's text whatever else repeats.
const LONG_RUN: usize = 3;

/// More copies than this that stand alone, and the text repeats by nature: a
/// training plan, a list of recipes, the dates of a tour.
const ALONE: usize = 2;

/// Finds paragraphs that stand again.
pub(crate) fn find(page: &mut Page<'_>, settings: &Settings) {
    if may_have_copies(page, settings) {
        copies(page, settings);
    }
    adjacent(page);
}

fn copies(page: &mut Page<'_>, settings: &Settings) {
    let Copies { of, often } = exact_copies(page, settings);
    let runs = runs(&of);
    let alone = runs.iter().filter(|run| run.len() == 1).count();
    for run in &runs {
        let once = run.clone().all(|block| !often[block]);
        let is_copy = match run.len() {
            1 => once && alone <= ALONE && is_near(run.start, of[run.start]),
            length => once || length >= LONG_RUN,
        };
        if is_copy {
            run.clone().for_each(|block| {
                page.drop(block, "drop-repeats/paragraph", Category::RepeatedParagraph);
            });
            if run.len() >= RUN {
                extend(page, run.clone(), of[run.start].unwrap_or(run.start));
            }
        }
    }
}

/// Whether two lines that are long enough have the same length, the same first
/// bytes and the same last ones: on most pages no two have.
fn may_have_copies(page: &Page<'_>, settings: &Settings) -> bool {
    let is_long = |line: &&&str| line.len() >= settings.min_bytes;
    let edges = |line: &&str| {
        let bytes = line.as_bytes();
        let first = bytes.first_chunk().copied().map_or(0, u64::from_le_bytes);
        let last = bytes.last_chunk().copied().map_or(0, u64::from_le_bytes);
        (bytes.len(), first, last)
    };
    let mut edges: Vec<_> = page.lines.iter().filter(is_long).map(edges).collect();
    edges.sort_unstable();
    edges.windows(2).any(|pair| pair[0] == pair[1])
}

/// Whether a copy that stands alone is near its original, or that of a line at
/// the head of the page, as summaries are. What a long text says again much
/// later, it may mean to say again.
fn is_near(copy: usize, original: Option<usize>) -> bool {
    const NEAR: usize = 20;
    const HEAD: usize = 6;
    original.is_some_and(|original| original < HEAD || copy - original <= NEAR)
}

/// What is known about lines that stand again to the letter.
struct Copies {
    /// For every line, the index of the earlier one it is a copy of.
    of: Vec<Option<usize>>,
    /// Whether the line stands more than twice.
    often: Vec<bool>,
}

fn exact_copies(page: &Page<'_>, settings: &Settings) -> Copies {
    let mut seen: HashMap<&str, (usize, usize), FixedState> = HashMap::default();
    let mut of = vec![None; page.lines.len()];
    let is_text = |line: &str| line.len() >= settings.min_bytes && is_prose(line);
    for (block, &line) in page.lines.iter().enumerate() {
        if page.taken[block] || !is_text(line) {
            continue;
        }
        let (earlier, count) = seen.entry(line).or_insert((block, 0));
        *count += 1;
        if block - *earlier > settings.max_distance {
            *earlier = block;
        } else if *earlier != block {
            of[block] = Some(*earlier);
        }
    }
    let often = |line: &&str| seen.get(line).is_some_and(|(_, count)| *count > 2);
    let often = page.lines.iter().map(often).collect();
    Copies { of, often }
}

/// Whether a line is running text: sentences, not a row of a table or an entry
/// of a list, which may well stand again.
fn is_prose(line: &str) -> bool {
    let opens = |c: char| c.is_alphanumeric() || "\"“‘'«(¿¡„「『《".contains(c);
    line.starts_with(opens) && line.ends_with(closes_sentence) && has_words(line, WORDS + 3)
}

/// The runs of copies that follow one another as their originals do.
fn runs(of: &[Option<usize>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for block in (0..of.len()).filter(|&block| of[block].is_some()) {
        match runs.last_mut() {
            Some(run) if run.end == block && follows(of[block - 1], of[block]) => run.end += 1,
            _ => runs.push(block..block + 1),
        }
    }
    runs
}

/// A whole post that repeats the page's summary has lines that were touched
/// up: they count as copies when the lines beside them are.
fn extend(page: &mut Page<'_>, run: Range<usize>, original: usize) {
    let steps = run.start - original;
    let up = (1..=original).map(|step| (original - step, run.start - step));
    grow(page, up);
    let down = (run.len()..steps).map(|step| (original + step, run.start + step));
    grow(page, down);
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
        let long = |line| has_words(line, WORDS + 1);
        if original >= copy || page.taken[copy] || !(long(a) && long(b)) {
            break;
        }
        if containment(a, b) < ALIKE {
            break;
        }
        page.drop(copy, "drop-repeats/run", Category::RepeatedParagraph);
    }
}

/// A line printed twice or more in a row. All copies go at once: were each one
/// compared with the line right before it, every other would stay for the next
/// round of the chain.
fn adjacent(page: &mut Page<'_>) {
    let mut last = 0;
    for block in 1..page.lines.len() {
        let (before, line) = (page.lines[last], page.lines[block]);
        let alike = before.len().abs_diff(line.len()) <= 8 && same(before, line);
        let untouched = !page.taken[block] && !page.taken[last];
        // A refrain and a speaker's echo are short or in quotes; two pictures
        // may have the same credit.
        let may_repeat = || is_quoted(line) || page.captions[block] || line.contains('/');
        if alike && untouched && !may_repeat() && has_words(line, WORDS + 1) {
            page.drop(block, "drop-repeats/adjacent", Category::RepeatedParagraph);
        } else {
            last = block;
        }
    }
}
