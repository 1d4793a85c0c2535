//! Looking over many bytes at once.

/// How many bytes are looked at at once.
const AT_ONCE: usize = 64;

/// Bytes that are looked at at once, and the byte before the first of them:
/// a space if there is none.
pub(crate) struct Block {
    /// The index of the first byte that is asked about.
    pub(crate) start: usize,
    window: [u8; AT_ONCE + 1],
    /// How many bytes of the window were asked about before.
    before: usize,
    /// How many are behind the last one.
    behind: usize,
}

/// Cuts a text into blocks, each of which starts where the one before ends.
#[inline]
pub(crate) fn blocks(bytes: &[u8]) -> impl Iterator<Item = Block> + '_ {
    (0..bytes.len())
        .step_by(AT_ONCE)
        .map(|start| Block::at(bytes, start))
}

impl Block {
    #[inline]
    fn at(bytes: &[u8], start: usize) -> Self {
        let mut window = [b' '; AT_ONCE + 1];
        let count = bytes.len().min(AT_ONCE);
        // The last window begins earlier, so that it is as long as any.
        let from = start.min(bytes.len() - count);
        match from.checked_sub(1) {
            Some(before) => window.copy_from_slice(&bytes[before..=before + AT_ONCE]),
            None => window[1..=count].copy_from_slice(&bytes[..count]),
        }
        Self {
            start,
            window,
            before: start - from,
            behind: AT_ONCE - count,
        }
    }

    /// The bytes that the test holds for, the first of the block as the lowest
    /// bit; it gets the byte before, too.
    #[inline]
    pub(crate) fn mask(&self, test: impl Fn(u8, u8) -> bool) -> u64 {
        let mut found = [0_u8; AT_ONCE];
        for (at, found) in found.iter_mut().enumerate() {
            *found = u8::from(test(self.window[at], self.window[at + 1]));
        }
        let (words, _) = found.as_chunks::<8>();
        let gather = |all: u64, word: &[u8; 8]| all >> 8 | bits(*word) << 56;
        let mask = words.iter().fold(0, gather);
        mask << self.behind >> self.behind >> self.before
    }
}

/// The indices of the bytes that the test holds for, ascending. It gets the
/// byte before, too: for the first one a space.
///
/// The processor asks it of many bytes at once if it compares and does not
/// branch.
#[inline]
pub fn positions(
    bytes: &[u8],
    test: impl Fn(u8, u8) -> bool + Copy,
) -> impl Iterator<Item = usize> {
    let in_block = move |block: Block| {
        let start = block.start;
        ones(block.mask(test)).map(move |at| start + at)
    };
    blocks(bytes).flat_map(in_block)
}

/// Which bits of a number are set, from the lowest up.
#[inline]
pub(crate) fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(at)
    })
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
