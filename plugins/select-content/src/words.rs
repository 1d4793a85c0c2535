//! What the names of classes and the openings of texts tell: word lists that
//! are data, `model/words.tsv`.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::page::{Key, key};
use crate::shingles::ByHash;

const WORDS: &str = include_str!("../model/words.tsv");

/// How much of a text is looked at, in bytes.
const OPENING: usize = 100;

/// What is told, one bit a sense.
pub type Senses = u32;

/// The senses of class names, by name, in the order of their lines.
pub const CLASSES: &[&str] = CLASS_LINES.0.split_at(CLASS_LINES.1).0;
const CLASS_LINES: Lines = senses("class");

/// The senses of texts.
pub const TEXTS: &[&str] = TEXT_LINES.0.split_at(TEXT_LINES.1).0;
const TEXT_LINES: Lines = senses("text");

/// The names of the senses of a kind, and how many they are.
type Lines = ([&'static str; Senses::BITS as usize], usize);

/// The number of a sense of class names. In a constant, a name that the lists
/// do not have does not compile.
#[must_use]
pub const fn class(name: &str) -> usize {
    find(CLASSES, name)
}

/// The bit of a sense of texts; the same holds.
#[must_use]
pub const fn text(name: &str) -> Senses {
    1 << find(TEXTS, name)
}

const fn find(names: &[&str], name: &str) -> usize {
    let mut at = 0;
    while !is_same(names[at], name) {
        at += 1;
        assert!(at < names.len(), "words.tsv has no such sense");
    }
    at
}

const fn senses(kind: &str) -> Lines {
    let mut found = [""; Senses::BITS as usize];
    let (mut count, mut rest) = (0, WORDS);
    while !rest.is_empty() {
        let (line, behind) = part(rest, b'\n');
        let (own, fields) = part(line, b'\t');
        if is_same(own, kind) {
            found[count] = part(fields, b'\t').0;
            count += 1;
        }
        rest = behind;
    }
    (found, count)
}

/// What stands before and behind the first of a sign.
const fn part(text: &str, sign: u8) -> (&str, &str) {
    let mut at = 0;
    while at < text.len() && text.as_bytes()[at] != sign {
        at += 1;
    }
    let (before, rest) = text.split_at(at);
    let sign_length = if rest.is_empty() { 0 } else { 1 };
    (before, rest.split_at(sign_length).1)
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The word lists, ready to be looked up in.
#[derive(Debug)]
pub struct Words {
    /// By the hash of a word.
    classes: ByHash<Senses>,
    texts: AhoCorasick,
    /// The sense of each text.
    senses: Vec<usize>,
    /// What asks for money before it goes on.
    walls: AhoCorasick,
}

impl Words {
    /// Reads the lists.
    ///
    /// # Errors
    /// A sentence if the texts make no automaton.
    pub fn load() -> Result<Self, String> {
        let mut classes: ByHash<Senses> = ByHash::default();
        let (mut patterns, mut senses, mut walls) = (Vec::new(), Vec::new(), Vec::new());
        let (mut class_count, mut text_count) = (0, 0);
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (kind, _, words) = (fields.next(), fields.next(), fields.next().unwrap_or(""));
            if kind == Some("class") {
                for word in words.split(' ') {
                    *classes.entry(key(word.as_bytes())).or_default() |= 1 << class_count;
                }
                class_count += 1;
            } else if kind == Some("wall") {
                walls.extend(words.split('|'));
            } else {
                for text in words.split('|') {
                    patterns.push(text);
                    senses.push(text_count);
                }
                text_count += 1;
            }
        }
        Ok(Self {
            classes,
            texts: automaton(&patterns)?,
            senses,
            walls: automaton(&walls)?,
        })
    }

    /// Whether a text asks readers to pay or to register before they read on.
    #[must_use]
    pub fn is_wall(&self, text: &str) -> bool {
        self.walls.is_match(&*text.replace('’', "'"))
    }

    /// What the words of a class list or an id say. Words are parted where
    /// their authors part them: `postBody`, `post-body`, `post_body`.
    #[must_use]
    pub fn of_class(&self, names: &str) -> Senses {
        let mut found = 0;
        for name in names.split_ascii_whitespace() {
            let (mut whole, mut word, mut before) = (Key::default(), Key::default(), b' ');
            for b in name.bytes() {
                let in_word = b.is_ascii_alphanumeric();
                if !in_word || b.is_ascii_uppercase() && before.is_ascii_lowercase() {
                    found |= self.lookup(std::mem::take(&mut word));
                }
                if in_word {
                    word.add(b);
                }
                whole.add(b);
                before = b;
            }
            found |= self.lookup(word) | self.lookup(whole);
        }
        found
    }

    fn lookup(&self, word: Key) -> Senses {
        match word == Key::default() {
            true => 0,
            false => self.classes.get(&word.get()).copied().unwrap_or(0),
        }
    }

    /// What the opening of a text says; only whole words count.
    #[must_use]
    pub fn of_text(&self, text: &str) -> Senses {
        let head = &text[..text.floor_char_boundary(OPENING)];
        self.in_part(head)
    }

    fn in_part(&self, text: &str) -> Senses {
        let bytes = text.as_bytes();
        let inside = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let mut found = 0;
        for hit in self.texts.find_overlapping_iter(text) {
            let starts = hit.start() == 0 || !inside(hit.start() - 1) || !inside(hit.start());
            let open = self.senses[hit.pattern().as_usize()];
            let ends = !inside(hit.end()) || !inside(hit.end() - 1) || hit.end() - hit.start() > 6;
            if starts && ends {
                found |= 1 << open;
            }
        }
        found
    }
}

/// Finds texts in any case.
fn automaton(texts: &[&str]) -> Result<AhoCorasick, String> {
    let mut builder = AhoCorasick::builder();
    builder
        .ascii_case_insensitive(true)
        // Chosen by itself only for few patterns, and several times as fast.
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::Standard);
    builder.build(texts).map_err(|error| error.to_string())
}
