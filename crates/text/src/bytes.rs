//! Looking over many bytes at once.

/// How many bytes are looked at at once.
const AT_ONCE: usize = 64;

/// The indices of the bytes that the test holds for, ascending. It gets the
/// byte before, too: for the first one a space.
///
/// The processor asks it of many bytes at once if it compares and does not
/// branch.
#[inline]
pub fn positions<F: Fn(u8, u8) -> bool>(bytes: &[u8], test: F) -> Positions<'_, F> {
    Positions {
        bytes,
        test,
        start: 0,
        found: 0,
        next: 0,
    }
}

/// See [`positions`].
#[derive(Debug, Clone)]
pub struct Positions<'b, F> {
    bytes: &'b [u8],
    test: F,
    /// The index of the byte that the lowest bit of `found` stands for.
    start: usize,
    /// The bytes that were found and not given yet.
    found: u64,
    /// The index of the first byte that was not looked at.
    next: usize,
}

impl<F: Fn(u8, u8) -> bool> Iterator for Positions<'_, F> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            if self.next >= self.bytes.len() {
                return None;
            }
            self.look_on();
        }
        let at = self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some(self.start + at)
    }
}

impl<F: Fn(u8, u8) -> bool> Positions<'_, F> {
    /// Looks at the next bytes.
    #[inline]
    fn look_on(&mut self) {
        let count = self.bytes.len().min(AT_ONCE);
        // Of the last ones some may have been looked at before.
        self.start = self.next.min(self.bytes.len() - count);
        let again = self.next - self.start;
        self.found = self.look_at(self.start, count) >> again << again;
        self.next = self.start + count;
    }

    #[inline]
    fn look_at(&self, start: usize, count: usize) -> u64 {
        let (mut window, mut found) = ([b' '; AT_ONCE + 1], [0_u8; AT_ONCE]);
        match start.checked_sub(1) {
            Some(before) => window.copy_from_slice(&self.bytes[before..=before + AT_ONCE]),
            None => window[1..=count].copy_from_slice(&self.bytes[..count]),
        }
        for (at, found) in found.iter_mut().enumerate() {
            *found = u8::from((self.test)(window[at], window[at + 1]));
        }
        let (words, _) = found.as_chunks::<8>();
        let gather = |all: u64, word: &[u8; 8]| all >> 8 | bits(*word) << 56;
        let beyond = AT_ONCE - count;
        words.iter().fold(0, gather) << beyond >> beyond
    }
}

/// Makes a byte of eight that are 0 or 1, the first of them the lowest bit.
#[inline]
fn bits(bytes: [u8; 8]) -> u64 {
    u64::from_le_bytes(bytes).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_position_is_found_once(bytes in proptest::collection::vec(0_u8..4, 0..200)) {
            let test = |before: u8, byte: u8| (byte == 1) | ((before == 2) & (byte == 3));
            let is_found = |at: &usize| {
                test(at.checked_sub(1).map_or(b' ', |before| bytes[before]), bytes[*at])
            };
            let wanted: Vec<usize> = (0..bytes.len()).filter(is_found).collect();
            proptest::prop_assert_eq!(positions(&bytes, test).collect::<Vec<_>>(), wanted);
        }
    }

    #[test]
    fn a_space_stands_before_the_first_byte() {
        for text in ["a", "a long one, of more bytes", ""] {
            let found: Vec<usize> =
                positions(text.as_bytes(), |before, _| before == b' ').collect();
            assert_eq!(found.first().copied(), (!text.is_empty()).then_some(0));
        }
    }
}
