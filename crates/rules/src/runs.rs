//! Lines that stand together, such as those of a menu.

use std::ops::Range;

use crate::Where;
use crate::condition::has_chars;

/// How near each other the lines of a run must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// The most other lines between two of the run.
    pub(crate) gap: usize,
    /// The most characters of such a line.
    pub(crate) gap_chars: usize,
    /// The fewest lines of the run in a stretch.
    pub(crate) least: usize,
    /// The end of the document that it reaches, if it does.
    pub(crate) edge: Option<Where>,
}

impl Stretch {
    /// The stretches among the lines of the run, which are given by their
    /// 0-based indices in rising order: half-open ranges of lines.
    pub(crate) fn among(
        self,
        hits: impl Iterator<Item = usize>,
        lines: &[&str],
    ) -> Vec<Range<usize>> {
        if let Some(edge) = self.edge {
            return self.to_edge(edge, &hits.collect::<Vec<_>>(), lines.len());
        }
        let mut stretches: Vec<(Range<usize>, usize)> = Vec::new();
        for hit in hits {
            match stretches.last_mut() {
                Some((range, count)) if self.bridges(&lines[range.end..hit]) => {
                    range.end = hit + 1;
                    *count += 1;
                }
                _ => stretches.push((hit..hit + 1, 1)),
            }
        }
        let long = stretches
            .into_iter()
            .filter(|(_, count)| *count >= self.least);
        long.map(|(range, _)| range).collect()
    }

    /// The stretch at an edge: its lines may stand `gap` lines apart, and what
    /// stands between them and the edge leaves too.
    fn to_edge(self, edge: Where, hits: &[usize], lines: usize) -> Vec<Range<usize>> {
        let near = |a: &usize, b: &usize| b - a <= self.gap.saturating_add(1);
        let mut groups = hits.chunk_by(near);
        let (range, count) = match (edge, groups.next(), groups.next_back()) {
            (_, None, _) => return Vec::new(),
            (Where::Head, Some(first), _) => (0..first[first.len() - 1] + 1, first.len()),
            (_, Some(only), None) => (only[0]..lines, only.len()),
            (_, _, Some(last)) => (last[0]..lines, last.len()),
        };
        (count >= self.least).then_some(range).into_iter().collect()
    }

    fn bridges(self, between: &[&str]) -> bool {
        let short = |line: &&str| !has_chars(line, self.gap_chars.saturating_add(1));
        let goes_on = |line: &&str| line.trim_start().starts_with(char::is_lowercase);
        between.len() <= self.gap && between.iter().all(short) && !between.iter().any(goes_on)
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "one stretch is one range")]
mod tests {
    use super::*;

    #[test]
    fn what_stands_too_far_apart_is_no_stretch() {
        let lines = ["a", "X", "b", "X", "X", "a", "b", "Long line", "c"];
        let stretch = Stretch {
            gap: 1,
            gap_chars: 3,
            least: 2,
            edge: None,
        };
        let hits = [0, 2, 5, 6, 8];
        assert_eq!(stretch.among(hits.into_iter(), &lines), [0..3, 5..7]);
        let most = Stretch {
            gap: 2,
            gap_chars: 9,
            least: 5,
            edge: None,
        };
        assert_eq!(most.among(hits.into_iter(), &lines), vec![0..9]);
        let edge = |edge, least| Stretch {
            edge: Some(edge),
            least,
            ..stretch
        };
        let found = |stretch: Stretch| {
            let stretch = Stretch { gap: 2, ..stretch };
            stretch.among([2, 5].into_iter(), &lines)
        };
        assert_eq!(found(edge(Where::Tail, 2)), vec![2..9]);
        assert_eq!(found(edge(Where::Head, 2)), vec![0..6]);
        assert!(found(edge(Where::Tail, 3)).is_empty());
        let apart = edge(Where::Tail, 1);
        assert_eq!(apart.among([2, 5].into_iter(), &lines), vec![5..9]);
    }
}
