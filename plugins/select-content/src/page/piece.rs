//! The blocks of a page, with what each says by itself.

use cleancopy_plugin::Block;
use cleancopy_plugin::prelude::BlockKind;

use crate::words::{Senses, Words};

/// A block with what its text says by itself.
#[derive(Debug, Clone)]
pub struct Piece<'d> {
    /// The block itself.
    pub block: Block<'d>,
    /// How many words it has.
    pub words: f32,
    /// How many bytes.
    pub chars: f32,
    /// Letters and digits as a hash: equal for equal texts.
    pub key: u64,
    /// What its opening says.
    pub senses: Senses,
    /// The share of its bytes in links, 0 to 1.
    pub link_density: f32,
    /// Whether it reads like a paragraph: long, few links, closed sentences.
    pub is_prose: bool,
}

pub(super) fn piece<'d>(block: Block<'d>, words: &Words) -> Piece<'d> {
    let text = block.text;
    let count = count_words(text);
    let link_density = (block.linked as f32 / text.len().max(1) as f32).min(1.0);
    let closed = text.ends_with(['.', '!', '?', '”', '"', '…', ':', ')', '’', ';', '。', '」']);
    let is_prose = count >= 12
        && link_density < 0.5
        && !block.hidden
        && (closed || count >= 25)
        && text.contains([',', '.', '!', '?', '、', '。']);
    Piece {
        words: count as f32,
        chars: text.len() as f32,
        key: key(text.as_bytes()),
        senses: words.of_text(text),
        link_density,
        is_prose,
        block,
    }
}

/// How many words a text has. Where no spaces part them, as in Japanese, two
/// characters are one.
fn count_words(text: &str) -> usize {
    let spaced = text.split_ascii_whitespace().count();
    if text.len() < spaced * 12 {
        return spaced;
    }
    let is_dense = |c: &char| matches!(u32::from(*c), 0x0e00..=0x0eff | 0x3040..=0xd7ff);
    spaced.max(text.chars().filter(is_dense).count() / 2)
}

/// A hash of the letters and digits of a text (FNV-1a).
#[must_use]
pub fn key(text: &[u8]) -> u64 {
    let mut key = Key::default();
    text.iter().for_each(|b| key.add(*b));
    key.get()
}

/// The same, byte by byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Key {
    /// Adds a byte, if it is of a letter or digit.
    #[inline(always)]
    pub fn add(&mut self, byte: u8) {
        if byte.is_ascii_alphanumeric() || byte >= 0x80 {
            let byte = u64::from(byte.to_ascii_lowercase());
            self.0 = (self.0 ^ byte).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The hash of the bytes so far.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

/// Whether a block is a heading of any level.
#[must_use]
pub fn is_heading(block: &Block<'_>) -> bool {
    matches!(block.kind, BlockKind::Heading | BlockKind::Headline)
}
