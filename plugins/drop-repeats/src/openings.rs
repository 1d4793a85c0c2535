//! What the first letters of texts look like.

use cleancopy_text::letters;

/// How many openings are told apart.
const OPENINGS: usize = 4096;

/// How many letters are looked at.
const LETTERS: usize = 6;

/// Which openings lines have, and which more than one line has.
pub(crate) struct Openings {
    once: [u64; OPENINGS / 64],
    again: [u64; OPENINGS / 64],
    /// The first two letters of the lines, five bits of each.
    pairs: [u64; 1024 / 64],
}

impl Default for Openings {
    fn default() -> Self {
        let none = [0; OPENINGS / 64];
        Self {
            once: none,
            again: none,
            pairs: [0; 1024 / 64],
        }
    }
}

impl Openings {
    /// Adds a line, and answers a number for its opening.
    pub(crate) fn add(&mut self, line: &str) -> u64 {
        let mut first = letters(line).map(u32::from);
        let mut next = || first.next().unwrap_or(0) % 32;
        let (word, bit) = (next(), next());
        self.pairs[word as usize / 2] |= 1 << (word % 2 * 32 + bit);
        let opening = mix(line, LETTERS);
        let (word, bit) = place(opening);
        self.again[word] |= self.once[word] & bit;
        self.once[word] |= bit;
        opening
    }

    /// The number for the opening of a text, if a line may have the same,
    /// besides one that is known to.
    #[inline]
    pub(crate) fn of(&self, text: &str, besides: bool) -> Option<u64> {
        if let [first, second, ..] = *text.as_bytes()
            && first.is_ascii_alphanumeric()
            && second.is_ascii_alphanumeric()
        {
            // As most sentences begin: nothing else needs to be looked at.
            let (word, bit) = (first % 32, second % 32);
            if self.pairs[usize::from(word / 2)] >> (word % 2 * 32 + bit) & 1 == 0 {
                return None;
            }
        }
        let opening = mix(text, LETTERS);
        let (word, bit) = place(opening);
        let lines = if besides { &self.again } else { &self.once };
        (lines[word] & bit != 0).then_some(opening)
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

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_opens_as_a_line_does_is_known(
            lines in proptest::collection::vec("[“(]?[a-cA-C0-2É’ ]{0,9}x", 1..6),
        ) {
            let mut openings = Openings::default();
            let numbers: Vec<u64> = lines.iter().map(|line| openings.add(line)).collect();
            for (line, number) in lines.iter().zip(&numbers) {
                let shouted = format!("{}, he said", line.to_uppercase().replace(' ', "’ "));
                proptest::prop_assert_eq!(openings.of(line, false), Some(*number));
                let alike = letters(line).count() >= LETTERS;
                proptest::prop_assert!(!alike || openings.of(&shouted, false) == Some(*number));
                let again = numbers.iter().filter(|other| *other == number).count() > 1;
                proptest::prop_assert!(!again || openings.of(line, true).is_some());
            }
        }
    }
}
