//! Runs of words as hashes: which texts say the same.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

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
    /// The runs of all blocks, and where those of each end.
    all: Vec<u64>,
    ends: Vec<usize>,
}

impl Copies {
    pub(crate) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let (mut all, mut ends) = (Vec::new(), Vec::new());
        for text in texts {
            runs(text, |run| all.push(run));
            ends.push(all.len());
        }
        let mut copies = Self {
            seen: ByHash::with_capacity_and_hasher(all.len(), BuildHasherDefault::default()),
            all,
            ends,
        };
        for (at, block) in (0..copies.ends.len()).zip(0_u32..) {
            for run in copies.range(at) {
                let run = copies.all[run];
                copies.seen.entry(run).or_insert((block, block)).1 = block;
            }
        }
        copies
    }

    /// The runs of a block.
    pub(crate) fn of_text(&self, at: usize) -> &[u64] {
        &self.all[self.range(at)]
    }

    fn range(&self, at: usize) -> Range<usize> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[at]
    }

    /// How much of a block stands in blocks before it, and in blocks behind it.
    pub(crate) fn shares(&self, at: usize) -> (f32, f32) {
        let runs = self.of_text(at);
        let block = u32::try_from(at).unwrap_or(u32::MAX);
        let (mut before, mut behind) = (0_u32, 0_u32);
        for run in runs {
            if let Some((first, last)) = self.seen.get(run) {
                before += u32::from(*first < block);
                behind += u32::from(*last > block);
            }
        }
        let all = (runs.len() as f32).max(1.0);
        (before as f32 / all, behind as f32 / all)
    }
}

/// The runs of one long text, or of several.
#[derive(Debug, Default)]
pub(crate) struct Runs(ByHash<()>);

impl Runs {
    pub(crate) fn of(text: &str) -> Self {
        let mut all = Self::default();
        runs(text, |run| {
            all.0.insert(run, ());
        });
        all
    }

    pub(crate) fn add(&mut self, runs: &[u64]) {
        self.0.extend(runs.iter().map(|run| (*run, ())));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// How much it has of another text with these runs.
    pub(crate) fn share(&self, runs: &[u64]) -> f32 {
        let hits = runs.iter().filter(|run| self.0.contains_key(run)).count();
        hits as f32 / (runs.len() as f32).max(1.0)
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
        assert_eq!(copies.shares(0), (0.0, 1.0));
        assert_eq!(copies.shares(2), (1.0, 0.0));
        assert_eq!(copies.shares(1), (0.0, 0.0));
        assert_eq!(Runs::of(texts[0]).share(copies.of_text(2)), 1.0);
        assert_eq!(Runs::of(texts[1]).share(copies.of_text(2)), 0.0);
    }
}
