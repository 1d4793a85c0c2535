//! Runs of words as hashes: which texts say the same.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How many words make a run.
const RUN: usize = 4;

/// The runs of a text, each as a hash of the letters and digits of its words.
/// A text of fewer words is one run.
pub(crate) fn runs(text: &str, mut take: impl FnMut(u64)) {
    let mut last = [0_u64; RUN];
    let (mut count, mut word) = (0_usize, 0_u64);
    let mut end = |word: &mut u64, last: &mut [u64; RUN], take: &mut dyn FnMut(u64)| {
        if *word == 0 {
            return;
        }
        last.rotate_left(1);
        last[RUN - 1] = *word;
        *word = 0;
        count += 1;
        if count >= RUN {
            take(mix(last));
        }
    };
    for b in text.bytes() {
        let b = b.to_ascii_lowercase();
        if b.is_ascii_alphanumeric() || b >= 0x80 && !matches!(b, 0xe2 | 0x80 | 0x98..=0x9d | 0xc2)
        {
            word = (word ^ u64::from(b))
                .wrapping_mul(0x0100_0000_01b3)
                .wrapping_add(1);
        } else {
            end(&mut word, &mut last, &mut take);
        }
    }
    end(&mut word, &mut last, &mut take);
    if count > 0 && count < RUN {
        take(mix(&last));
    }
}

fn mix(words: &[u64; RUN]) -> u64 {
    words.iter().fold(0, |hash, word| {
        (hash.rotate_left(17) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

/// Takes a hash for what it is.
#[derive(Debug, Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*b);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// A map from hashes.
pub(crate) type ByHash<T> = HashMap<u64, T, BuildHasherDefault<Same>>;

/// Which blocks of a page have which runs.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    /// The first and the last block of each run.
    seen: ByHash<(u32, u32)>,
}

impl Copies {
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut seen: ByHash<(u32, u32)> = ByHash::default();
        for (at, text) in (0_u32..).zip(texts) {
            runs(text, |run| seen.entry(run).or_insert((at, at)).1 = at);
        }
        Self { seen }
    }

    /// How much of a text stands in blocks before it, and in blocks behind it.
    pub(crate) fn shares(&self, at: usize, text: &str) -> (f32, f32) {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let (mut before, mut behind, mut all) = (0.0_f32, 0.0_f32, 0.0_f32);
        runs(text, |run| {
            all += 1.0;
            if let Some((first, last)) = self.seen.get(&run) {
                before += f32::from(u8::from(*first < at));
                behind += f32::from(u8::from(*last > at));
            }
        });
        (before / all.max(1.0), behind / all.max(1.0))
    }
}

/// The runs of one long text, or of several.
#[derive(Debug, Default)]
pub(crate) struct Runs(ByHash<()>);

impl Runs {
    pub(crate) fn of(text: &str) -> Self {
        let mut all = Self::default();
        all.add(text);
        all
    }

    pub(crate) fn add(&mut self, text: &str) {
        runs(text, |run| {
            self.0.insert(run, ());
        });
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// How much of another text it has.
    pub(crate) fn share(&self, text: &str) -> f32 {
        let (mut hits, mut all) = (0.0_f32, 0.0_f32);
        runs(text, |run| {
            all += 1.0;
            hits += f32::from(u8::from(self.0.contains_key(&run)));
        });
        hits / all.max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_found_whatever_their_quotes_and_case() {
        let texts = [
            "The pier “is” sold today.",
            "No",
            "THE PIER \"is\" sold today",
        ];
        let copies = Copies::of(texts.into_iter());
        assert_eq!(copies.shares(0, texts[0]), (0.0, 1.0));
        assert_eq!(copies.shares(2, texts[2]), (1.0, 0.0));
        assert_eq!(copies.shares(1, texts[1]), (0.0, 0.0));
    }
}
