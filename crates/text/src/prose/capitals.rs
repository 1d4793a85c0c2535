//! Words with a capital, and those that stand side by side.

use crate::bytes::{Block, blocks, ones};

/// The bytes of a line that may be a capital with which a word begins, in
/// their order, and whether another such word may stand beside it, so that
/// both could be of one name.
///
/// Nothing is missed: every such capital is among them, and of two words that
/// belong together both are said to.
pub(super) fn capitals(line: &str, mut found: impl FnMut(usize, bool)) {
    let mut flow = false;
    // The last one, unless another was before it.
    let mut last: Option<usize> = None;
    for block in blocks(line.as_bytes()) {
        let (capitals, behind) = in_block(&block, &mut flow);
        for bit in ones(capitals) {
            let is_behind = behind >> bit & 1 == 1;
            if let Some(last) = last.take() {
                found(last, is_behind);
            }
            let at = block.start + bit;
            if is_behind {
                found(at, true);
            } else {
                last = Some(at);
            }
        }
    }
    if let Some(last) = last {
        found(last, false);
    }
}

/// The capitals of a block, and those behind another; `flow` says whether one
/// in a block before may have its next one here.
fn in_block(block: &Block, flow: &mut bool) -> (u64, u64) {
    let capitals = block.mask(may_be_capital);
    let between = !(capitals | block.mask(parts));
    // A bit that is added right behind a capital runs through all that may
    // stand between two, and stops at the bit that follows.
    let (sum, over) = (capitals << 1 | u64::from(*flow)).overflowing_add(between);
    *flow = over || capitals >> 63 == 1;
    (capitals, sum & capitals)
}

/// Whether a byte may be the first letter of a word, and a capital.
#[inline]
fn may_be_capital(before: u8, byte: u8) -> bool {
    (byte.is_ascii_uppercase() & !before.is_ascii_alphabetic()) | (byte >= 0xc0)
}

/// Whether a word begins here without a capital, so that what stands before it
/// and what stands behind are of no one name.
#[inline]
fn parts(before: u8, byte: u8) -> bool {
    (before == b' ') & byte.is_ascii_lowercase()
}
