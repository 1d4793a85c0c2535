//! How much a line reads like the opening of a post.
//!
//! A linear model over the first words of the line: single words and pairs
//! anywhere in the opening, and the first three words by position. Newcomers
//! to a subject are introduced (`A man has`, `Police in`), what follows refers
//! back (`He said`, `But the`).

use std::ops::Range;

use super::ModelError;
use crate::sentences::first_sentence;
use crate::words::Fnv;

/// How many words and marks of a line count as its opening.
const OPENING: usize = 30;

/// How many bits of a hash follow the leading ones by which it is looked up:
/// 4,096 groups of two or three.
const LEAD: u32 = 52;

/// The weights of words and word pairs in openings.
#[derive(Debug, Clone, Default)]
pub(super) struct Openings {
    /// Hash of a feature's name and its weight, sorted by hash.
    weights: Vec<(u64, f32)>,
    /// Where the hashes with each value of the leading bits start.
    starts: Vec<usize>,
    intercept: f64,
}

impl Openings {
    /// Reads lines of `feature<TAB>weight`; the feature `intercept` is the
    /// score of a line without any known feature. `u=` is a word anywhere in
    /// the opening, `b=` a pair, `a1=`, `a2=`, `a3=` the first words, `s2=`,
    /// `s3=`, `s23=` the second and third, `ns=` the number of sentences up to
    /// four. Digits are written `0`, pairs are joined by `_`.
    ///
    /// # Errors
    /// [`ModelError`] with the line that is not of this form.
    pub(super) fn parse(table: &str) -> Result<Self, ModelError> {
        let mut openings = Self::default();
        for (index, line) in table
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.starts_with("# "))
        {
            let (name, weight) = super::model::row(index, line)?;
            match name {
                "intercept" => openings.intercept = weight,
                _ => openings
                    .weights
                    .push((Fnv::new().add(name).get(), weight as f32)),
            }
        }
        openings.weights.sort_unstable_by_key(|&(hash, _)| hash);
        let start = |lead: u64| openings.weights.partition_point(|&(h, _)| h >> LEAD < lead);
        openings.starts = (0..=u64::MAX >> LEAD)
            .map(start)
            .chain([openings.weights.len()])
            .collect();
        Ok(openings)
    }

    /// The score of a line: log-odds that it opens a post, before anything
    /// else is known.
    pub(super) fn score(&self, line: &str, scratch: &mut Scratch) -> f64 {
        scratch.tokenise(line);
        scratch.collect_features();
        scratch.add("ns", &[["1", "2", "3", "4"][sentences(line) - 1]]);
        let features = &mut scratch.features;
        let weigh = |&hash: &u64| Some((hash, self.weight(hash)?));
        let known = &mut scratch.known;
        known.clear();
        known.extend(features.iter().filter_map(weigh));
        // Each counts once, and in an order that does not rest on the line's.
        known.sort_unstable_by_key(|(hash, _)| *hash);
        known.dedup_by_key(|(hash, _)| *hash);
        let weights = known.iter().map(|(_, weight)| f64::from(*weight));
        self.intercept + weights.sum::<f64>()
    }

    fn weight(&self, hash: u64) -> Option<f32> {
        let lead = usize::try_from(hash >> LEAD).ok()?;
        let (start, end) = (*self.starts.get(lead)?, *self.starts.get(lead + 1)?);
        let found = self.weights[start..end].iter().find(|(h, _)| *h == hash);
        found.map(|(_, weight)| *weight)
    }
}

/// The number of sentences of a line, from one to four.
fn sentences(line: &str) -> usize {
    let mut rest = line;
    for count in 1..4 {
        rest = rest[first_sentence(rest).len()..].trim_start();
        if rest.is_empty() {
            return count;
        }
    }
    4
}

/// Memory that is reused from line to line.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    text: String,
    tokens: Vec<Range<usize>>,
    features: Vec<u64>,
    /// Those that have a weight.
    known: Vec<(u64, f32)>,
}

impl Scratch {
    /// Cuts the opening of a line into folded words and marks. A run of digits
    /// becomes `0`; a contraction such as `’s` is a token of its own.
    fn tokenise(&mut self, line: &str) {
        self.text.clear();
        self.tokens.clear();
        let mut chars = line.chars().map(plain_mark).peekable();
        while let Some(first) = chars.next() {
            if self.tokens.len() >= OPENING {
                break;
            }
            if first.is_whitespace() {
                continue;
            }
            let start = self.text.len();
            self.push(first, start);
            if first.is_alphanumeric() {
                let joins = |c: char, text: &str| c.is_alphanumeric() || joins_word(c, text);
                while let Some(c) = chars.next_if(|&c| joins(c, &self.text[start..])) {
                    self.push(c, start);
                }
            }
            let ending = contraction(first, &self.text[start..], chars.clone());
            for c in chars.by_ref().take(ending) {
                self.push(c, start);
            }
            self.tokens.push(start..self.text.len());
            self.part_trailing_marks(start);
        }
    }

    fn push(&mut self, c: char, start: usize) {
        match c {
            c if c.is_ascii() && !c.is_ascii_digit() => self.text.push(c.to_ascii_lowercase()),
            c if !c.is_ascii() => self.text.extend(c.to_lowercase()),
            _ if self.text[start..].ends_with('0') => {}
            _ => self.text.push('0'),
        }
    }

    /// `0.` and `re-` end in a mark that is a token of its own.
    fn part_trailing_marks(&mut self, start: usize) {
        let token = &self.text[start..];
        let word = token.trim_end_matches(['.', ',', '-']).len();
        if word > 0 && word < token.len() {
            self.tokens.pop();
            self.tokens.push(start..start + word);
            self.tokens.push(start + word..self.text.len());
        }
    }

    fn collect_features(&mut self) {
        let tokens = std::mem::take(&mut self.tokens);
        let text = std::mem::take(&mut self.text);
        self.features.clear();
        let at = |index: usize| {
            tokens
                .get(index)
                .map_or("</s>", |range| &text[range.clone()])
        };
        for index in 0..tokens.len() {
            self.add("u", &[at(index)]);
            if index + 1 < tokens.len() {
                self.add("b", &[at(index), at(index + 1)]);
            }
        }
        if !tokens.is_empty() {
            let (first, second, third) = (at(0), at(1), at(2));
            self.add("a1", &[first]);
            self.add("a2", &[first, second]);
            self.add("a3", &[first, second, third]);
            self.add("s2", &[second]);
            self.add("s3", &[third]);
            self.add("s23", &[second, third]);
        }
        (self.tokens, self.text) = (tokens, text);
    }

    fn add(&mut self, kind: &str, words: &[&str]) {
        let mut hash = Fnv::new().add(kind).add("=");
        for (index, word) in words.iter().enumerate() {
            hash = hash.add(if index > 0 { "_" } else { "" }).add(word);
        }
        self.features.push(hash.get());
    }
}

/// Whether a mark goes on with the word or number before it: `3.5`, `1,000`,
/// `re-run`.
fn joins_word(mark: char, before: &str) -> bool {
    let number = before.starts_with('0') && before.ends_with('0');
    mark == '-' && !before.ends_with('-') || number && matches!(mark, '.' | ',')
}

/// How many of the characters that follow belong to a contraction: those of
/// the `s` after the mark of `’s`, or of the `’t` after `don`, which stays
/// with its word.
fn contraction(first: char, token: &str, mut next: impl Iterator<Item = char>) -> usize {
    let mark = first == '\'';
    if !mark && (!token.ends_with('n') || next.next() != Some('\'')) {
        return 0;
    }
    let ending: String = next.take_while(|c| c.is_alphabetic()).take(3).collect();
    let known = match ending.to_lowercase().as_str() {
        "s" | "re" | "ve" | "ll" | "d" | "m" => mark,
        "t" => !mark,
        _ => false,
    };
    if known {
        ending.chars().count() + usize::from(!mark)
    } else {
        0
    }
}

fn plain_mark(c: char) -> char {
    match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '–' | '—' => '-',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(line: &str) -> Vec<String> {
        let mut scratch = Scratch::default();
        scratch.tokenise(line);
        scratch
            .tokens
            .iter()
            .map(|t| scratch.text[t.clone()].to_owned())
            .collect()
    }

    #[test]
    fn words_marks_and_contractions_are_tokens() {
        let line = "Mayor’s 17-year-old boat didn’t cost £3,500.20, he said.";
        let expected = [
            "mayor",
            "'s",
            "0-year-old",
            "boat",
            "didn't",
            "cost",
            "£",
            "0,0.0",
            ",",
            "he",
            "said",
            ".",
        ];
        assert_eq!(tokens(line), expected);
        assert_eq!(tokens("“Yes,” 'tis"), ["\"", "yes", ",", "\"", "'", "tis"]);
    }

    #[test]
    fn known_features_add_up_once() {
        let openings =
            Openings::parse("intercept\t-1\na1=a\t0.5\nu=sails\t0.25\nns=2\t-0.125\n").unwrap();
        let mut scratch = Scratch::default();
        assert_eq!(
            openings.score("A ferry sails, sails. It rains.", &mut scratch),
            -0.375
        );
        assert!(Openings::parse("u=x").is_err());
    }

    #[test]
    fn odd_lines_do_not_panic() {
        let openings = Openings::default();
        let mut scratch = Scratch::default();
        for line in [
            "",
            "\u{a0}",
            "n'",
            "İ'S ß",
            "0.",
            "-",
            "can'",
            "日本n’t",
            "n’t’t",
        ] {
            let _ = openings.score(line, &mut scratch);
        }
    }
}
