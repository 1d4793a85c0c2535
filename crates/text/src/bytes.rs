//! Looking over many bytes at once.

/// How many bytes the processor is asked about at once.
const AT_ONCE: usize = 16;

/// The indices of the bytes that the test holds for, ascending. It gets the
/// byte before, too: for the first one a space.
///
/// The processor asks it of sixteen bytes at once if it compares and does not
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
    /// The index of the byte that the lowest bits of `found` stand for.
    start: usize,
    /// Eight bits for each byte, of which the lowest says whether it was found
    /// and not given yet.
    found: u128,
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
        let at = self.found.trailing_zeros() as usize / 8;
        self.found &= self.found - 1;
        Some(self.start + at)
    }
}

impl<F: Fn(u8, u8) -> bool> Positions<'_, F> {
    /// Looks at the next bytes: as many as are asked about at once, or at all
    /// of few.
    #[inline]
    fn look_on(&mut self) {
        let count = self.bytes.len();
        if count < AT_ONCE {
            self.found = self.few();
            self.next = count;
            return;
        }
        // Of the last ones some may have been looked at before.
        self.start = self.next.min(count - AT_ONCE);
        let again = 8 * (self.next - self.start);
        self.found = self.many(self.start) >> again << again;
        self.next = self.start + AT_ONCE;
    }

    #[inline]
    fn many(&self, start: usize) -> u128 {
        let (mut before, mut bytes) = ([b' '; AT_ONCE], [0; AT_ONCE]);
        bytes.copy_from_slice(&self.bytes[start..start + AT_ONCE]);
        match start.checked_sub(1) {
            Some(one) => before.copy_from_slice(&self.bytes[one..one + AT_ONCE]),
            None => before[1..].copy_from_slice(&bytes[..AT_ONCE - 1]),
        }
        let mut found = [0; AT_ONCE];
        for at in 0..AT_ONCE {
            found[at] = u8::from((self.test)(before[at], bytes[at]));
        }
        u128::from_le_bytes(found)
    }

    fn few(&self) -> u128 {
        let (mut before, mut found) = (b' ', 0);
        for (at, &byte) in self.bytes.iter().enumerate() {
            found |= u128::from((self.test)(before, byte)) << (8 * at);
            before = byte;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_position_is_found_once(bytes in proptest::collection::vec(0_u8..4, 0..70)) {
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
