//! Which blocks of a page its reference text has.

use std::collections::HashMap;

/// Runs of so many words are looked for.
const RUN: usize = 3;

/// How far back a chain of blocks looks for the block before it.
const REACH: usize = 400;

/// Words: runs of letters, digits and `_`, in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    parts
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

struct Gold<'g> {
    words: &'g [String],
    runs: HashMap<&'g [String], Vec<usize>>,
    covered: Vec<bool>,
}

/// Answers for each block whether the reference has it.
pub(crate) fn labels(texts: &[String], gold: &str) -> Vec<bool> {
    let gold_words = words(gold);
    let blocks: Vec<Vec<String>> = texts.iter().map(|t| words(t)).collect();
    let mut runs: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (at, run) in gold_words.windows(RUN).enumerate() {
        runs.entry(run).or_default().push(at);
    }
    let covered = vec![false; gold_words.len()];
    let mut gold = Gold {
        words: &gold_words,
        runs,
        covered,
    };
    let shares: Vec<f32> = blocks.iter().map(|b| gold.share(b)).collect();
    let chain = chain(&blocks, &shares, &gold);
    let mut wanted = vec![false; blocks.len()];
    for (&block, &at) in &chain {
        wanted[block] = true;
        gold.cover(at, blocks[block].len());
    }
    for block in 0..blocks.len() {
        if shares[block] >= 0.5
            && !wanted[block]
            && let Some(at) = gold.free(&blocks[block])
        {
            wanted[block] = true;
            gold.cover(at, blocks[block].len());
        }
    }
    short(&blocks, &chain, &mut gold, &mut wanted);
    wanted
}

impl Gold<'_> {
    fn share(&self, block: &[String]) -> f32 {
        let all = block.windows(RUN).count();
        let hits = block
            .windows(RUN)
            .filter(|run| self.runs.contains_key(run))
            .count();
        if all == 0 {
            0.0
        } else {
            hits as f32 / all as f32
        }
    }

    fn cover(&mut self, at: usize, len: usize) {
        let end = (at + len).min(self.covered.len());
        self.covered[at.min(end)..end].fill(true);
    }

    /// Where a block would begin, by its first known run.
    fn places(&self, block: &[String]) -> Vec<usize> {
        let found = block
            .windows(RUN)
            .enumerate()
            .find_map(|(at, run)| Some((at, self.runs.get(run)?)));
        found.map_or_else(Vec::new, |(at, places)| {
            places
                .iter()
                .take(6)
                .map(|p| p.saturating_sub(at))
                .collect()
        })
    }

    /// Where a block stands in what no other block covers.
    fn free(&self, block: &[String]) -> Option<usize> {
        let (mut free, mut all) = (0, 0);
        for run in block.windows(RUN) {
            if let Some(places) = self.runs.get(run) {
                all += 1;
                free += usize::from(places.iter().any(|p| !self.covered[*p]));
            }
        }
        let places = self.places(block);
        (free * 10 > all * 6).then(|| {
            places
                .iter()
                .copied()
                .find(|p| !self.covered[*p])
                .or(places.first().copied())
        })?
    }
}

/// The heaviest run of blocks that stand in the reference in the same order.
fn chain(blocks: &[Vec<String>], shares: &[f32], gold: &Gold<'_>) -> HashMap<usize, usize> {
    let mut nodes: Vec<(usize, usize)> = Vec::new();
    for (block, words) in blocks.iter().enumerate() {
        if shares[block] >= 0.5 {
            nodes.extend(gold.places(words).into_iter().map(|at| (block, at)));
        }
    }
    let (mut sums, mut before): (Vec<f32>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
    for (index, &(block, at)) in nodes.iter().enumerate() {
        let (mut best, mut from) = (0.0, None);
        for other in index.saturating_sub(REACH)..index {
            let (b, p) = nodes[other];
            if b < block && p + blocks[b].len() / 2 <= at {
                let close = (p + blocks[b].len()).abs_diff(at) <= 2;
                let sum = sums[other] + if close { 3.0 } else { 0.0 };
                if sum > best {
                    (best, from) = (sum, Some(other));
                }
            }
        }
        sums.push(best + blocks[block].len() as f32 * shares[block]);
        before.push(from);
    }
    let mut next = (0..sums.len()).max_by(|a, b| sums[*a].total_cmp(&sums[*b]));
    let mut found = HashMap::new();
    while let Some(index) = next {
        found.insert(nodes[index].0, nodes[index].1);
        next = before[index];
    }
    found
}

/// Blocks of a word or two: they count where the reference has them between
/// the blocks around them.
fn short(
    blocks: &[Vec<String>],
    chain: &HashMap<usize, usize>,
    gold: &mut Gold<'_>,
    wanted: &mut [bool],
) {
    let mut marks: Vec<(usize, usize)> = chain.iter().map(|(b, at)| (*b, *at)).collect();
    marks.sort_unstable();
    for (block, words) in blocks.iter().enumerate() {
        if words.is_empty() || words.len() >= RUN {
            continue;
        }
        let index = marks.partition_point(|(b, _)| *b < block);
        let last = index.checked_sub(1).map(|i| marks[i]);
        let next = marks.get(index).copied();
        let mut low = last.map_or(0, |(b, at)| (at + blocks[b].len()).saturating_sub(1));
        let mut high = next.map_or(gold.words.len(), |(_, at)| at + 1);
        match (last, next) {
            (Some((b, _)), None) => high = high.min(low + (block - b) * 4 + 6),
            (None, Some((b, _))) => low = low.max(high.saturating_sub((b - block) * 4 + 6)),
            _ => {}
        }
        let fits = |at: &usize| gold.words[*at..].starts_with(words) && !gold.covered[*at];
        if let Some(at) = (low..high.min(gold.words.len())).find(fits) {
            wanted[block] = true;
            gold.cover(at, words.len());
        }
    }
}
