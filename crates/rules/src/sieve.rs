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

/// How many words hold a bit for each hash.
const WORDS: usize = (1 << HASH_BITS) / 64;

/// How many bits of a hash choose a bucket.
const BUCKET_BITS: u32 = 12;

/// Windows that stand in nearly every line of English.
const FREQUENT: &[&str] = &[
    " the", "the ", "ing ", "ent ", "ment", "tion", "ion ", " and", "and ", " for", "for ", "port",
    "repo", "epor", "ers ", "n th", "t th", "d th", "f th", "o th", ", th", "s th", "e th", "ther",
    "that", " tha", "hat ", "with", " wit", "ith ", " of ", "ther", "here", "ould", " was", "was ",
    " wil", "will", "ill ", "over", "publ", "dent", "ents", "ite ", "ated", "ted ", "said", " sai",
    "aid ", " con", " com", "comm", " pro", "ing,", "nce ", "comp", "this", "his ", " thi", "ter ",
    "hing", "ring", "king", "stor", "ight", "ally", " sta", " hav", "have", "ave ", " he ", " she",
    "she ", "thei", "heir", "from", " fro", "rom ", "been", "crit", "riti", "itio", "atio", "ning",
    "ders", "cons",
];

/// Texts, and what each stands for.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// The bytes from one window to the next.
    stride: usize,
    /// A bit for each hash that a window of a text has.
    bits: Box<[u64; WORDS]>,
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

    /// How many bytes a text lacks of those that slow nothing down; none if it is
    /// too short to be looked for here.
    pub(crate) fn lacking(text: &str) -> usize {
        match text.len() {
            ..Self::SHORTEST => 0,
            bytes => (WINDOW + LONGEST_STRIDE - 1).saturating_sub(bytes),
        }
    }

    /// For folded texts of at least [`Sieve::SHORTEST`] bytes, each with what
    /// to report where it is found.
    pub(crate) fn new(texts: Vec<(String, u32)>) -> Self {
        let shortest = texts.iter().map(|(text, _)| text.len()).min();
        let stride = (shortest.unwrap_or(WINDOW) + 1 - WINDOW).min(LONGEST_STRIDE);
        let mut marks: Vec<Mark> = Vec::with_capacity(texts.len() * stride);
        for ((text, _), number) in texts.iter().zip(0..) {
            let at = rarest(text, stride);
            let windows = text.as_bytes()[at..].windows(WINDOW).take(stride);
            let windows = windows.filter_map(<[u8]>::first_chunk).map(window_of);
            marks.extend((at as u32..).zip(windows).map(|(offset, window)| Mark {
                window,
                text: number,
                offset,
            }));
        }
        marks.sort_by_key(|mark| bucket(hash(mark.window)));
        let mut table = Box::new([0; WORDS]);
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
        match self.stride {
            4 => self.look::<4>(line, &mut found),
            3 => self.look::<3>(line, &mut found),
            2 => self.look::<2>(line, &mut found),
            _ => self.look::<1>(line, &mut found),
        }
    }

    /// With windows so many bytes apart.
    fn look<const STRIDE: usize>(&self, line: &[u8], found: &mut impl FnMut(u32)) {
        let mut rest = line;
        while let Some(bytes) = rest.first_chunk() {
            let window = window_of(bytes);
            let hash = hash(window);
            if self.bits[hash / 64 % WORDS] >> (hash % 64) & 1 == 1 {
                self.compare(line, line.len() - rest.len(), window, found);
            }
            rest = rest.get(STRIDE..).unwrap_or_default();
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
fn window_of(bytes: &[u8; WINDOW]) -> u32 {
    u32::from_le_bytes(*bytes) | 0x2020_2020
}

/// Fewer than [`HASH_BITS`] bits, by Knuth's multiplication.
fn hash(window: u32) -> usize {
    (window.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH_BITS)) as usize
}

fn bucket(hash: usize) -> usize {
    hash >> (HASH_BITS - BUCKET_BITS)
}

/// Where the stretch of so many windows begins that are the rarest.
fn rarest(text: &str, windows: usize) -> usize {
    let often: Vec<f32> = text.as_bytes().windows(WINDOW).map(how_often).collect();
    let stretches = often
        .windows(windows)
        .map(|often| often.iter().sum::<f32>());
    let best = stretches.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
    best.map_or(0, |(at, _)| at)
}

/// In how many places a window stands, roughly.
fn how_often(window: &[u8]) -> f32 {
    let text = String::from_utf8_lossy(window);
    let often = (-bits(&text)).exp2();
    match FREQUENT.contains(&&*text) {
        true => often.max(0.01),
        false => often,
    }
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
