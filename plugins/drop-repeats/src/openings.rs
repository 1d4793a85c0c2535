//! What the first letters of texts look like.

use cleancopy_text::letters;

/// How many openings are told apart.
const OPENINGS: usize = 4096;

/// Which openings lines have, and which more than one line has.
pub(crate) struct Openings {
    once: [u64; OPENINGS / 64],
    again: [u64; OPENINGS / 64],
}

impl Default for Openings {
    fn default() -> Self {
        let none = [0; OPENINGS / 64];
        Self {
            once: none,
            again: none,
        }
    }
}

impl Openings {
    /// Adds what [`mix`] says of the first letters of a line.
    pub(crate) fn add(&mut self, opening: u64) {
        let (word, bit) = place(opening);
        self.again[word] |= self.once[word] & bit;
        self.once[word] |= bit;
    }

    /// Whether a line may have this opening, besides one that is known to.
    pub(crate) fn have(&self, opening: u64, besides: bool) -> bool {
        let lines = if besides { &self.again } else { &self.once };
        let (word, bit) = place(opening);
        lines[word] & bit != 0
    }
}

/// A word of the list, and a bit of it.
fn place(opening: u64) -> (usize, u64) {
    // From the upper half, where every letter leaves a trace.
    let number = usize::try_from(opening >> 32).unwrap_or(0) % OPENINGS;
    (number / 64, 1 << (number % 64))
}

/// A number for the first letters of a text; of texts that differ in them it
/// is seldom the same.
pub(crate) fn mix(text: &str, first: usize) -> u64 {
    // Seven bits tell ASCII letters apart.
    let step = |sum: u64, letter: u32| sum.rotate_left(7) ^ u64::from(letter);
    let (mut sum, mut left) = (0, first);
    for (at, byte) in text.bytes().enumerate() {
        match ASCII_LETTERS.get(usize::from(byte)) {
            Some(0) => continue,
            Some(letter) => sum = step(sum, u32::from(*letter)),
            None => {
                let rest = letters(&text[at..]).take(left);
                sum = rest.map(u32::from).fold(sum, step);
                break;
            }
        }
        left -= 1;
        if left == 0 {
            break;
        }
    }
    // Spreads it over all bits, by the golden ratio.
    sum.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The letters and digits of ASCII in lower case, 0 for all else.
const ASCII_LETTERS: [u8; 128] = {
    let (mut letters, mut byte) = ([0; 128], 0);
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};
