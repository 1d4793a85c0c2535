//! Where the vocabulary changes, by the method of Utiyama and Isahara ("A
//! statistical model for domain-independent text segmentation", ACL 2001):
//! the cut that lets each segment's words be told in the fewest nats.

use super::cohesion::{Counts, Vocabulary};

/// No segment of prose is longer, in lines: it keeps the work linear.
const LONGEST: usize = 40;

/// What a segment of prose costs beside its words, as a share of the logarithm
/// of the text's length. 0.25 did best on bare liveblogs.
const SEGMENT_COST: f64 = 0.25;

/// Cuts a text where its vocabulary changes, at some of its lines only.
///
/// `costs` says of each line what it costs, in nats, to start a segment there:
/// less than nothing for a line that looks like a start, `None` for one that
/// is none. No segment is longer than `longest` lines unless nothing may start
/// before. Answers the 0-based indices of the starts, ascending, without the
/// first line. A share `per_word` of the logarithm of the text's length comes
/// on top of every cost.
///
/// ```
/// use cleancopy_text::prose::cut_at_topics;
///
/// let lines = ["Harbour", "The harbour and the boats.", "Boats left the harbour.",
///     "Court", "A court heard the judge.", "The judge left the court."];
/// let costs = [None, None, Some(0.0), Some(0.0), None, None];
/// assert_eq!(cut_at_topics(&lines, &costs, 40, 0.1), [3]);
/// ```
#[must_use]
pub fn cut_at_topics(
    lines: &[&str],
    costs: &[Option<f64>],
    longest: usize,
    per_word: f64,
) -> Vec<usize> {
    let mut vocabulary = Vocabulary::default();
    let read = |(index, line): (usize, &&str)| vocabulary.read(index, line);
    let counts: Vec<Counts> = lines.iter().enumerate().map(read).collect();
    let segment = per_word * logarithm_of_length(&counts);
    let costs: Vec<_> = costs.iter().map(|cost| cost.map(|c| c + segment)).collect();
    let starts = cheapest_cut(&counts, vocabulary.len(), &costs, longest);
    (1..lines.len()).filter(|&at| starts[at]).collect()
}

/// Whether each line starts a segment; the first one does not count as one.
pub(super) fn topic_starts(lines: &[Counts], vocabulary: usize) -> Vec<bool> {
    let segment = SEGMENT_COST * logarithm_of_length(lines);
    let costs = vec![Some(segment); lines.len()];
    cheapest_cut(lines, vocabulary, &costs, LONGEST)
}

fn logarithm_of_length(lines: &[Counts]) -> f64 {
    let words: u32 = lines.iter().flatten().map(|(_, count)| count).sum();
    f64::from(words.max(2)).ln()
}

/// The best cut at the lines that have a cost, by dynamic programming.
fn cheapest_cut(
    lines: &[Counts],
    vocabulary: usize,
    costs: &[Option<f64>],
    longest: usize,
) -> Vec<bool> {
    let mut tally = Tally::new(vocabulary);
    let mut best = vec![(f64::INFINITY, 0); lines.len() + 1];
    best[0] = (0.0, 0);
    for start in 0..lines.len() {
        let own = if start == 0 { Some(0.0) } else { costs[start] };
        let Some(own) = own.filter(|_| best[start].0.is_finite()) else {
            continue;
        };
        let before = best[start].0 + own;
        tally.clear();
        for (end, line) in (start + 1..).zip(&lines[start..]) {
            tally.add(line);
            let may_end = end == lines.len() || costs[end].is_some();
            // Of two cuts as good, the one with the later start.
            if may_end && before + tally.cost() <= best[end].0 {
                best[end] = (before + tally.cost(), start);
            }
            if may_end && end - start >= longest {
                break;
            }
        }
    }
    let back: Vec<usize> = best.iter().map(|&(_, start)| start).collect();
    trace(&back)
}

fn trace(back: &[usize]) -> Vec<bool> {
    let mut starts = vec![false; back.len() - 1];
    let mut end = back.len() - 1;
    while end > 0 {
        end = back[end];
        if end > 0 {
            starts[end] = true;
        }
    }
    starts
}

/// The words of a segment that grows line by line.
struct Tally {
    counts: Vec<u32>,
    seen: Vec<u32>,
    words: u32,
    /// Sum over the words of `count · ln(count + 1)`.
    saved: f64,
    /// `count · ln(count + 1)` for small counts.
    table: Vec<f64>,
}

impl Tally {
    fn new(vocabulary: usize) -> Self {
        let entropy = |count: u32| f64::from(count) * f64::from(count + 1).ln();
        Self {
            counts: vec![0; vocabulary],
            seen: Vec::new(),
            words: 0,
            saved: 0.0,
            table: (0..256).map(entropy).collect(),
        }
    }

    fn clear(&mut self) {
        for word in self.seen.drain(..) {
            self.counts[word as usize] = 0;
        }
        (self.words, self.saved) = (0, 0.0);
    }

    fn add(&mut self, line: &Counts) {
        for &(word, count) in line {
            let before = self.counts[word as usize];
            if before == 0 {
                self.seen.push(word);
            }
            self.counts[word as usize] = before + count;
            self.saved += self.entropy(before + count) - self.entropy(before);
            self.words += count;
        }
    }

    fn entropy(&self, count: u32) -> f64 {
        let known = self.table.get(count as usize).copied();
        known.unwrap_or_else(|| f64::from(count) * f64::from(count).ln_1p())
    }

    /// How many nats it takes to tell the words of the segment when each is
    /// as likely as it is frequent there, with one added to every count.
    fn cost(&self) -> f64 {
        let words = f64::from(self.words);
        words * (words + self.counts.len() as f64).ln() - self.saved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_words_is_found() {
        let harbour: Counts = vec![(0, 2), (1, 2), (2, 1)];
        let court: Counts = vec![(3, 2), (4, 2), (5, 1)];
        let lines = [
            harbour.clone(),
            harbour.clone(),
            harbour,
            court.clone(),
            court.clone(),
            court,
        ];
        let starts = topic_starts(&lines, 6);
        assert_eq!(starts, [false, false, false, true, false, false]);
        assert!(topic_starts(&[], 0).is_empty());
    }
}
