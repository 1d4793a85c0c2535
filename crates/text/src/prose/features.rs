//! The cues of every line of a page, as numbers.

use std::borrow::Cow;

use super::Model;
use super::cohesion::{Counts, Vector, Vocabulary};
use super::cues::Cues;
use super::names::{NameFinder, Names, meet};
use super::opening::Scratch;
use super::topics::topic_starts;
use crate::headline::looks_like_headline;
use crate::same::words;
use crate::sentences::ends_sentence;
use crate::words::{fold_into, stem};

/// How many cues there are.
pub(super) const COUNT: usize = 32;

/// The names of the cues, in the order of their weights.
pub(super) const NAMES: [&str; COUNT] = [
    "opening",
    "next-opening",
    "window-cosine",
    "line-cosine",
    "shared-names",
    "topic",
    "length",
    "previous-length",
    "short",
    "previous-short",
    "pronoun",
    "connective",
    "opener",
    "quote",
    "previous-quote",
    "both-quotes",
    "previous-unfinished",
    "unfinished",
    "previous-colon",
    "colon",
    "quote-open",
    "attributed",
    "perfect",
    "introduced",
    "introduced-again",
    "surname",
    "definite-known",
    "definite",
    "page-length",
    "habitual",
    "headline",
    "under-headline",
];

/// A line of fewer words is short.
const SHORT: usize = 8;

/// How many lines above still count as just read.
const NEAR: usize = 6;

/// How many lines make a window to compare.
const WINDOW: usize = 3;

/// Everything that is known about the lines of a page.
pub(super) struct Page {
    cues: Vec<Cues>,
    names: Vec<Names>,
    openings: Vec<f64>,
    counts: Vec<Counts>,
    vectors: Vec<Vector>,
    /// For each line, it and the next ones, as many as make a window.
    windows: Vec<Vector>,
    /// For each line, the words of names in it, numbered and sorted.
    shown: Vec<Vec<u32>>,
    name_words: Vocabulary,
    topics: Vec<bool>,
    /// Whether an early word of the line stands in the lines just above.
    known: Vec<bool>,
    /// Whether the line is a headline over a post, on a page that has them
    /// throughout.
    headed: Vec<bool>,
}

impl Page {
    pub(super) fn read(lines: &[&str], model: &Model) -> Self {
        let (mut buffer, mut scratch) = (String::new(), Scratch::default());
        let (mut finder, mut vocabulary) = (NameFinder::default(), Vocabulary::default());
        let names: Vec<_> = lines.iter().map(|line| finder.find(line)).collect();
        let numbered = lines.iter().enumerate();
        let counts: Vec<_> = numbered
            .map(|(at, line)| vocabulary.read(at, line))
            .collect();
        let known = |(at, line): (usize, &&str)| {
            let above = &counts[at.saturating_sub(2)..at];
            is_known(line, above, &vocabulary, &mut buffer)
        };
        let known = lines.iter().enumerate().map(known).collect();
        let vector = |counts| Vector::new(counts, &vocabulary, lines.len());
        let opening = |line: &&str| model.openings.score(line, &mut scratch);
        let (shown, name_words) = number_names(&names);
        let vectors: Vec<Vector> = counts.iter().map(vector).collect();
        let window = |at: usize| Vector::sum(&vectors[at..lines.len().min(at + WINDOW)]);
        Self {
            openings: lines.iter().map(opening).collect(),
            windows: (0..lines.len()).map(window).collect(),
            vectors,
            topics: topic_starts(&counts, vocabulary.len()),
            cues: lines
                .iter()
                .map(|line| Cues::of(line, &mut buffer))
                .collect(),
            known,
            headed: headed(lines),
            names,
            counts,
            shown,
            name_words,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.counts.len()
    }

    /// The cues of the line with this index, which is not the first one.
    pub(super) fn features(&self, at: usize) -> [f64; COUNT] {
        let (line, previous) = (&self.cues[at], &self.cues[at - 1]);
        let flag = |on: bool| f64::from(u8::from(on));
        [
            self.openings[at],
            self.openings.get(at + 1).copied().unwrap_or(-2.0),
            self.windows[at].cosine(&self.window_above(at)),
            self.vectors[at].cosine(&self.vectors[at - 1]),
            self.shared_names(at),
            flag(self.topics[at]),
            (line.words as f64).ln_1p(),
            (previous.words as f64).ln_1p(),
            flag(line.words < SHORT),
            flag(previous.words < SHORT),
            flag(line.pronoun),
            flag(line.connective),
            flag(line.opener),
            flag(line.quote),
            flag(previous.quote),
            flag(line.quote && previous.quote),
            flag(previous.unfinished),
            flag(line.unfinished),
            flag(previous.colon),
            flag(line.colon),
            flag(previous.open_quote),
            flag(line.attributed),
            flag(line.perfect),
            flag(self.is_introduced(at)),
            flag(
                self.near(at)
                    .any(|above| meet(&self.names[at].full, &above.single)),
            ),
            flag(
                self.near(at)
                    .any(|above| meet(&self.names[at].single, &above.full)),
            ),
            flag(line.definite && self.known[at]),
            flag(line.definite),
            (self.len() as f64).ln().min(30_f64.ln()),
            flag(line.habitual),
            flag(self.headed[at]),
            flag(self.headed[at - 1]),
        ]
    }

    /// The window that ends above a line: at the head of a page it is shorter.
    fn window_above(&self, at: usize) -> Cow<'_, Vector> {
        match at.checked_sub(WINDOW) {
            Some(start) => Cow::Borrowed(&self.windows[start]),
            None => Cow::Owned(Vector::sum(&self.vectors[..at])),
        }
    }

    /// Whether the wording of the line, or of the one above, rules a boundary
    /// out whatever the rest says.
    pub(super) fn is_vetoed(&self, at: usize) -> bool {
        let (line, previous) = (&self.cues[at], &self.cues[at - 1]);
        let inside_quotation = previous.open_quote || (line.quote && previous.quote);
        line.pronoun || line.lower || previous.colon || inside_quotation
    }

    fn near(&self, at: usize) -> std::slice::Iter<'_, Names> {
        self.names[at.saturating_sub(NEAR)..at].iter()
    }

    /// Whether somebody is named in full for the first time and by surname
    /// alone in the lines after.
    fn is_introduced(&self, at: usize) -> bool {
        let full = &self.names[at].full;
        let after = &self.names[at + 1..self.len().min(at + 3)];
        let known = |last: &u64| self.near(at).any(|above| meet(&[*last], &above.full));
        !full.iter().any(known) && after.iter().any(|below| meet(full, &below.single))
    }

    /// How telling the names are that the line shares with the one above.
    fn shared_names(&self, at: usize) -> f64 {
        let above = &self.shown[at - 1];
        let shared = self.shown[at]
            .iter()
            .filter(|name| above.binary_search(name).is_ok());
        let count = self.len();
        let telling: f64 = shared
            .map(|&name| self.name_words.weight(name, count))
            .sum();
        telling / (count as f64 + 1.0).ln()
    }
}

/// The headlines over posts: each stands above a sentence. On a page that has
/// only a few, or more than sentences, they are something else.
fn headed(lines: &[&str]) -> Vec<bool> {
    let sentence = |at: usize| lines.get(at).is_some_and(|line| ends_sentence(line));
    let heads = |at: usize| at > 0 && looks_like_headline(lines[at]) && sentence(at + 1);
    let mut headed: Vec<bool> = (0..lines.len()).map(heads).collect();
    let count = headed.iter().filter(|&&headed| headed).count();
    if count < 3 || count * 12 < lines.len() || count * 2 > lines.len() {
        headed.fill(false);
    }
    headed
}

fn number_names(names: &[Names]) -> (Vec<Vec<u32>>, Vocabulary) {
    let mut vocabulary = Vocabulary::default();
    let mut shown = Vec::with_capacity(names.len());
    for (index, line) in names.iter().enumerate() {
        let mut words: Vec<_> = line
            .all
            .iter()
            .map(|&hash| vocabulary.intern(hash))
            .collect();
        words
            .iter()
            .for_each(|&word| vocabulary.count_line(word as usize, index));
        words.sort_unstable();
        shown.push(words);
    }
    (shown, vocabulary)
}

/// Whether the second or third word of a line is one that the lines above use:
/// after `The`, it is something that was spoken of.
fn is_known(line: &str, above: &[Counts], vocabulary: &Vocabulary, buffer: &mut String) -> bool {
    words(line).skip(1).take(2).any(|word| {
        let number = vocabulary.find(stem(fold_into(word, buffer)).hash());
        let holds = |counts: &Counts, n| counts.binary_search_by_key(&n, |c| c.0).is_ok();
        number.is_some_and(|n| above.iter().any(|counts| holds(counts, n)))
    })
}
