//! How strongly lines hang together by the words they share.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::same::words;
use crate::words::{fold_into, is_function_word, stem};

/// The content words of a page, numbered by first appearance.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<u64, u32, FixedState>,
    /// For each word, how many lines hold it.
    lines: Vec<u32>,
    /// The line that held it last, so that a line counts once.
    last: Vec<usize>,
    buffer: String,
}

/// How often a line holds each of its content words, sorted by word.
pub(super) type Counts = Vec<(u32, u32)>;

impl Vocabulary {
    /// Reads the content words of the line with this index. Lines must come
    /// in order.
    pub(super) fn read(&mut self, index: usize, line: &str) -> Counts {
        let mut found: Vec<u32> = words(line).filter_map(|word| self.number(word)).collect();
        found.sort_unstable();
        let run = |run: &[u32]| (run[0], u32::try_from(run.len()).unwrap_or(u32::MAX));
        let counts: Counts = found.chunk_by(|a, b| a == b).map(run).collect();
        for &(word, _) in &counts {
            self.count_line(word as usize, index);
        }
        counts
    }

    fn number(&mut self, word: &str) -> Option<u32> {
        let folded = fold_into(word, &mut self.buffer);
        let stem = stem(folded);
        let trivial = is_function_word(folded) || is_function_word(stem.root);
        if trivial || stem.root.len() + stem.end.len() < 2 {
            return None;
        }
        let hash = stem.hash();
        Some(self.intern(hash))
    }

    /// The number of the word with this hash.
    pub(super) fn intern(&mut self, hash: u64) -> u32 {
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        *self.numbers.entry(hash).or_insert(next)
    }

    /// The number of the word with this hash, if a line was read that has it.
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        self.numbers.get(&hash).copied()
    }

    /// Notes that a line holds a word.
    pub(super) fn count_line(&mut self, word: usize, index: usize) {
        if self.lines.len() <= word {
            self.lines.resize(word + 1, 0);
            self.last.resize(word + 1, usize::MAX);
        }
        if self.last[word] != index {
            self.last[word] = index;
            self.lines[word] += 1;
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// How telling it is that two lines share a word: the logarithm of the
    /// inverse share of lines that hold it (Spärck Jones 1972), never below 0.
    pub(super) fn weight(&self, word: u32, line_count: usize) -> f64 {
        let lines = f64::from(self.lines[word as usize]);
        ((line_count as f64 + 1.0) / (lines + 0.5)).ln().max(0.0)
    }
}

/// A line, or a run of lines, as weights of its words, sorted by word.
#[derive(Debug, Default, Clone)]
pub(super) struct Vector {
    weights: Vec<(u32, f64)>,
    norm: f64,
}

impl Vector {
    /// The words of a line, weighted by count and by how telling they are.
    pub(super) fn new(counts: &Counts, vocabulary: &Vocabulary, line_count: usize) -> Self {
        let weigh = |&(word, count): &(u32, u32)| {
            let weight = vocabulary.weight(word, line_count);
            (word, (1.0 + f64::from(count).ln()) * weight)
        };
        Self::of(counts.iter().map(weigh).collect())
    }

    /// Several lines taken together.
    pub(super) fn sum(parts: &[Self]) -> Self {
        let mut left: Vec<&[(u32, f64)]> = parts.iter().map(|part| &*part.weights).collect();
        let mut all = Vec::with_capacity(left.iter().map(|part| part.len()).sum());
        while let Some(word) = left
            .iter()
            .filter_map(|part| part.first())
            .map(|w| w.0)
            .min()
        {
            let mut sum = 0.0;
            for part in &mut left {
                if let Some(((_, weight), rest)) = part.split_first().filter(|(w, _)| w.0 == word) {
                    sum += weight;
                    *part = rest;
                }
            }
            all.push((word, sum));
        }
        Self::of(all)
    }

    fn of(weights: Vec<(u32, f64)>) -> Self {
        let norm = weights
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f64>()
            .sqrt();
        Self { weights, norm }
    }

    /// The cosine of the angle between two vectors: 0 for nothing in common,
    /// 1 for the same words in the same proportions.
    pub(super) fn cosine(&self, other: &Self) -> f64 {
        let norms = self.norm * other.norm;
        if norms > 0.0 {
            self.dot(other) / norms
        } else {
            0.0
        }
    }

    fn dot(&self, other: &Self) -> f64 {
        let mut others = other.weights.iter().peekable();
        let mut sum = 0.0;
        for &(word, weight) in &self.weights {
            while others.next_if(|&&(o, _)| o < word).is_some() {}
            if let Some(&(_, with)) = others.next_if(|&&(o, _)| o == word) {
                sum += weight * with;
            }
        }
        sum
    }
}
