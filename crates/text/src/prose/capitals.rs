//! Words with a capital, and those that stand side by side.

use crate::bytes::{Block, blocks, ones};
use crate::words::is_space_byte;

/// Where the tokens of a line start whose first letter or digit is a capital,
/// in their order, and whether another such token may stand beside one, so
/// that both could be of one name: whatever belongs together is said to.
pub(super) fn capitals(line: &str, mut found: impl FnMut(usize, bool)) {
    // Up to here, no capital is the first letter of a token.
    let mut inside = 0;
    let mut tell = |at: usize, beside: bool| {
        if at < inside || !is_capital(line, at) {
            return;
        }
        match starts_token(line, at) {
            Some(start) => found(start, beside),
            None => inside = token_end(line, at),
        }
    };
    let mut flow = false;
    // The last one, unless another was before it.
    let mut last: Option<usize> = None;
    for block in blocks(line.as_bytes()) {
        let (capitals, behind) = in_block(&block, &mut flow);
        for bit in ones(capitals) {
            let is_behind = behind >> bit & 1 == 1;
            if let Some(last) = last.take() {
                tell(last, is_behind);
            }
            let at = block.start + bit;
            if is_behind {
                tell(at, true);
            } else {
                last = Some(at);
            }
        }
    }
    if let Some(last) = last {
        tell(last, false);
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

/// Whether a byte that may be a capital is one.
fn is_capital(line: &str, at: usize) -> bool {
    let bytes = &line.as_bytes()[at..];
    bytes[0].is_ascii()
        || !bytes.starts_with(GENERAL_PUNCTUATION) && line[at..].starts_with(char::is_uppercase)
}

/// How quotation marks and dashes begin, by far the most frequent characters
/// outside of ASCII in English: none of those is a letter.
const GENERAL_PUNCTUATION: &[u8] = &[0xe2, 0x80];

/// Where the token starts of which the letter at byte `at` is the first; none
/// if it is not the first, as in `iPad`.
fn starts_token(line: &str, at: usize) -> Option<usize> {
    let start = token_start(line, at);
    let is_first = start == at || !line[start..at].contains(char::is_alphanumeric);
    is_first.then_some(start)
}

/// Where the token that holds the byte `at` begins; tokens are parted by white space.
pub(super) fn token_start(line: &str, at: usize) -> usize {
    if line[..at].ends_with(' ') {
        return at;
    }
    let before = line[..at].char_indices().rev();
    let space = before.into_iter().find(|(_, c)| c.is_whitespace());
    space.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Where it ends.
pub(super) fn token_end(line: &str, mut at: usize) -> usize {
    loop {
        let rest = &line.as_bytes()[at..];
        let may_end = |byte: &u8| is_space_byte(*byte) || !byte.is_ascii();
        let Some(length) = rest.iter().position(may_end) else {
            return line.len();
        };
        at += length;
        match line[at..].chars().next() {
            Some(c) if !c.is_whitespace() => at += c.len_utf8(),
            _ => return at,
        }
    }
}
