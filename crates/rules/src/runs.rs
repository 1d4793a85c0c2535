//! Lines that stand together, such as those of a menu.

use std::ops::Range;

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
}

impl Stretch {
    /// The stretches among the lines of the run, which are given by their
    /// 0-based indices in rising order: half-open ranges of lines.
    pub(crate) fn among(
        self,
        hits: impl Iterator<Item = usize>,
        lines: &[&str],
    ) -> Vec<Range<usize>> {
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

    fn bridges(self, between: &[&str]) -> bool {
        let short = |line: &&str| !has_chars(line, self.gap_chars.saturating_add(1));
        between.len() <= self.gap && between.iter().all(short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_too_far_apart_is_no_stretch() {
        let lines = ["a", "x", "b", "x", "x", "a", "b", "long line", "c"];
        let stretch = Stretch {
            gap: 1,
            gap_chars: 3,
            least: 2,
        };
        let hits = [0, 2, 5, 6, 8];
        assert_eq!(stretch.among(hits.into_iter(), &lines), [0..3, 5..7]);
        let most = Stretch {
            gap: 2,
            gap_chars: 9,
            least: 5,
        };
        assert_eq!(most.among(hits.into_iter(), &lines), [0..9]);
    }
}
