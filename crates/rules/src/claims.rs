//! Ranges that must not overlap.

use std::collections::BTreeMap;
use std::ops::Range;

/// Ranges taken so far, from start to end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claims(BTreeMap<usize, usize>);

impl Claims {
    /// Whether no claimed range shares an element with this one.
    pub(crate) fn is_free(&self, range: &Range<usize>) -> bool {
        let before = self.0.range(..range.end).next_back();
        before.is_none_or(|(_, end)| *end <= range.start)
    }

    /// Claims what is still free of a range: whole stretches, in order.
    pub(crate) fn claim_rest(&mut self, range: Range<usize>) -> Vec<Range<usize>> {
        let elements: Vec<usize> = range.filter(|&at| self.is_free(&(at..at + 1))).collect();
        let stretches = elements.chunk_by(|a, b| a + 1 == *b);
        let rest: Vec<_> = stretches.map(|s| s[0]..s[0] + s.len()).collect();
        for range in &rest {
            self.claim(range);
        }
        rest
    }

    /// Claims a range that is not empty; answers whether it was free.
    pub(crate) fn claim(&mut self, range: &Range<usize>) -> bool {
        let free = self.is_free(range);
        if free {
            self.0.insert(range.start, range.end);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_is_free() {
        let mut claims = Claims::default();
        assert!(claims.claim(&(4..6)));
        assert!(claims.claim(&(6..7)) && claims.claim(&(2..4)));
        assert_eq!(claims.clone().claim_rest(0..9), [0..2, 7..9]);
        assert!(!claims.claim(&(5..9)) && !claims.claim(&(0..3)) && !claims.claim(&(0..20)));
    }
}
