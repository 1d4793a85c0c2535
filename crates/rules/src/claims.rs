//! Ranges that must not overlap.

use std::collections::BTreeMap;
use std::ops::Range;

/// Ranges taken so far, from start to end.
#[derive(Debug, Default)]
pub(crate) struct Claims(BTreeMap<usize, usize>);

impl Claims {
    /// Whether no claimed range shares an element with this one.
    pub(crate) fn is_free(&self, range: &Range<usize>) -> bool {
        let before = self.0.range(..range.end).next_back();
        before.is_none_or(|(_, end)| *end <= range.start)
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
        assert!(!claims.claim(&(5..9)) && !claims.claim(&(0..3)) && !claims.claim(&(0..20)));
    }
}
