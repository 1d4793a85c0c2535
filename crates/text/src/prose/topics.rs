//! Where the vocabulary changes, by the method of Utiyama and Isahara ("A
//! statistical model for domain-independent text segmentation", ACL 2001):
//! the cut that lets each segment's words be told in the fewest nats.

use super::cohesion::Counts;

/// No segment is longer, which keeps the work linear in the lines.
const LONGEST: usize = 40;

/// What a segment costs beside its words, as a share of the logarithm of the
/// text's length. 0.25 did best on bare liveblogs.
const SEGMENT_COST: f64 = 0.25;

/// Whether each line starts a segment; the first one does not count as one.
pub(super) fn topic_starts(lines: &[Counts], vocabulary: usize) -> Vec<bool> {
    let total: u32 = lines.iter().flatten().map(|(_, count)| count).sum();
    let segment_cost = SEGMENT_COST * f64::from(total.max(2)).ln();
    let mut tally = Tally::new(vocabulary);
    let mut best = vec![0.0];
    let mut back = vec![0];
    for end in 1..=lines.len() {
        tally.clear();
        let mut cheapest = (f64::INFINITY, 0);
        for start in (end.saturating_sub(LONGEST)..end).rev() {
            tally.add(&lines[start]);
            let cost = best[start] + tally.cost() + segment_cost;
            if cost < cheapest.0 {
                cheapest = (cost, start);
            }
        }
        best.push(cheapest.0);
        back.push(cheapest.1);
    }
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
