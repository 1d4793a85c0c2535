//! Looks for many texts at once, anywhere in lines.
//!
//! An automaton steps from byte to byte, and each step waits for the one before.
//! Here only every fourth byte is looked at, with the three behind it: a text of
//! seven bytes has such a *window* wherever it stands. Windows that no text has,
//! nearly all, are told by one bit of a table, as Wu and Manber do in "A fast
//! algorithm for multi-pattern searching" (1994).

use crate::rarity::bits;

/// The bytes of a window.
const WINDOW: usize = 4;

/// The most bytes from one window to the next.
const LONGEST_STRIDE: usize = 4;

/// How many bits of a hash tell windows apart.
const HASH_BITS: u32 = 16;

/// How many of them choose a bucket.
const BUCKET_BITS: u32 = 12;

/// Texts, and what each stands for.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// The bytes from one window to the next.
    stride: usize,
    /// A bit for each hash that a window of a text has.
    bits: Vec<u64>,
    /// Where the marks of each bucket begin, and where the last ends.
    buckets: Vec<u32>,
    marks: Vec<Mark>,
    texts: Vec<(Vec<u8>, u32)>,
}

/// A window of a text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    window: u32,
    text: u32,
    /// Where in the text it stands.
    offset: u32,
}

impl Sieve {
    /// The fewest bytes of a text.
    pub(crate) const SHORTEST: usize = WINDOW;

    /// For folded texts of at least [`Sieve::SHORTEST`] bytes, each with what
    /// to report where it is found.
    pub(crate) fn new(texts: Vec<(String, u32)>) -> Self {
        let shortest = texts.iter().map(|(text, _)| text.len()).min();
        let stride = (shortest.unwrap_or(WINDOW) + 1 - WINDOW).min(LONGEST_STRIDE);
        let mut marks: Vec<Mark> = Vec::with_capacity(texts.len() * stride);
        for ((text, _), number) in texts.iter().zip(0..) {
            let at = rarest(text, stride + WINDOW - 1);
            let windows = text.as_bytes()[at..].windows(WINDOW).take(stride);
            marks.extend((at as u32..).zip(windows).map(|(offset, window)| Mark {
                window: window_of(window),
                text: number,
                offset,
            }));
        }
        marks.sort_by_key(|mark| bucket(hash(mark.window)));
        let mut table = vec![0; 1 << (HASH_BITS - u64::BITS.ilog2())];
        for mark in &marks {
            let hash = hash(mark.window);
            table[hash / 64] |= 1 << (hash % 64);
        }
        let ends = |number| marks.partition_point(|mark| bucket(hash(mark.window)) < number) as u32;
        Self {
            stride,
            bits: table,
            buckets: (0..=1 << BUCKET_BITS).map(ends).collect(),
            marks,
            texts: texts
                .into_iter()
                .map(|(text, of)| (text.into_bytes(), of))
                .collect(),
        }
    }

    /// Reports what stands in a line; ASCII letters of either case are the same.
    /// What stands there often is reported as often.
    pub(crate) fn run(&self, line: &str, mut found: impl FnMut(u32)) {
        let line = line.as_bytes();
        if self.stride == LONGEST_STRIDE {
            let windows = line.chunks_exact(WINDOW).enumerate();
            self.look(
                line,
                windows.map(|(number, window)| (number * WINDOW, window)),
                &mut found,
            );
        } else {
            let windows = line.windows(WINDOW).enumerate();
            self.look(line, windows.step_by(self.stride), &mut found);
        }
    }

    #[inline(always)]
    fn look<'l>(
        &self,
        line: &[u8],
        windows: impl Iterator<Item = (usize, &'l [u8])>,
        found: &mut impl FnMut(u32),
    ) {
        for (at, bytes) in windows {
            let window = window_of(bytes);
            let hash = hash(window);
            if self.bits[hash / 64] >> (hash % 64) & 1 == 1 {
                self.compare(line, at, window, found);
            }
        }
    }

    /// Reports the texts that have this window at this place.
    #[cold]
    #[inline(never)]
    fn compare(&self, line: &[u8], at: usize, window: u32, found: &mut impl FnMut(u32)) {
        let bucket = bucket(hash(window));
        let marks = self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize;
        for mark in self.marks[marks]
            .iter()
            .filter(|mark| mark.window == window)
        {
            let (text, of) = &self.texts[mark.text as usize];
            let start = at.checked_sub(mark.offset as usize);
            let there = start.and_then(|start| line.get(start..start + text.len()));
            if there.is_some_and(|there| there.eq_ignore_ascii_case(text)) {
                found(*of);
            }
        }
    }
}

/// The bytes of a window as a number, letters in lower case. (Other bytes may
/// become each other, which costs a comparison.)
fn window_of(bytes: &[u8]) -> u32 {
    let bytes = bytes.try_into().unwrap_or([0; WINDOW]);
    u32::from_le_bytes(bytes) | 0x2020_2020
}

/// Fewer than [`HASH_BITS`] bits, by Knuth's multiplication.
fn hash(window: u32) -> usize {
    (window.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH_BITS)) as usize
}

fn bucket(hash: usize) -> usize {
    hash >> (HASH_BITS - BUCKET_BITS)
}

/// Where the rarest stretch of so many bytes begins.
fn rarest(text: &str, length: usize) -> usize {
    let starts = (0..=text.len() - length).rev();
    let worth = |at: &usize| bits(&String::from_utf8_lossy(&text.as_bytes()[*at..at + length]));
    let best = starts.max_by(|a, b| worth(a).total_cmp(&worth(b)));
    best.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(texts: &[String], line: &str) -> Vec<u32> {
        let sieve = Sieve::new(texts.iter().cloned().zip(0..).collect());
        let mut found = Vec::new();
        sieve.run(line, |text| found.push(text));
        found.sort_unstable();
        found.dedup();
        found
    }

    #[test]
    fn a_text_is_found_at_every_place() {
        for text in ["abcd", "abcde", "abc ef", "a-b—defgh", "abababababababab"] {
            for at in 0..9 {
                let line = format!("{}{}", "a".repeat(at), text.to_uppercase());
                assert_eq!(found(&[text.to_owned()], &line), [0], "{line}");
                assert_eq!(
                    found(&[text.to_owned()], &line[..line.len() - 1]),
                    [] as [u32; 0]
                );
            }
        }
        assert!(found(&[], "abcd").is_empty());
    }

    proptest! {
        #[test]
        fn it_finds_what_a_line_contains(
            texts in prop::collection::vec("[abé ]{4,9}", 1..9),
            line in "[aAbBé @]{0,60}",
        ) {
            let low = line.to_ascii_lowercase();
            let wanted: Vec<u32> = (0..).zip(&texts)
                .filter(|(_, text)| low.contains(text.as_str()))
                .map(|(number, _)| number)
                .collect();
            prop_assert_eq!(found(&texts, &line), wanted);
        }
    }
}
