//! What short lines say: lists that are data, `model/cues.tsv`.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

const CUES: &str = include_str!("../../model/cues.tsv");

/// How much of a line is looked through, in bytes.
const OPENING: usize = 400;

/// The longest line that can be one of the menu's, in bytes.
const WHOLE: usize = 60;

/// What a line says, one bit a list, in the order of the file.
pub type Said = u32;

/// The lists, ready to be looked up in.
#[derive(Debug)]
pub struct Cues {
    whole: HashMap<&'static str, Said>,
    open: AhoCorasick,
    open_lists: Vec<usize>,
    hold: AhoCorasick,
    hold_lists: Vec<usize>,
    /// How many lists there are.
    pub count: usize,
    /// The lists of whole lines: what menus, prompts and footers are made of.
    pub furniture: Said,
    /// Those of them that lead to nothing below them, as labels of teasers do.
    pub buttons: Said,
    /// What each list is about, and its bit.
    pub senses: Vec<(&'static str, Said)>,
}

impl Cues {
    /// Reads the lists.
    ///
    /// # Errors
    /// A sentence if a line is malformed or the texts make no automaton.
    pub fn load() -> Result<Self, String> {
        let mut whole: HashMap<&'static str, Said> = HashMap::new();
        let (mut open, mut hold) = (Vec::new(), Vec::new());
        let (mut open_lists, mut hold_lists) = (Vec::new(), Vec::new());
        let (mut count, mut furniture, mut buttons) = (0, 0, 0);
        let mut senses = Vec::new();
        for line in CUES.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (kind, sense, texts) = (fields.next(), fields.next(), fields.next());
            senses.push((sense.unwrap_or_default(), 1 << count));
            let texts = texts.ok_or_else(|| format!("`{line}` has no texts"))?;
            for text in texts.split('|') {
                match kind {
                    Some("whole") => *whole.entry(text).or_default() |= 1 << count,
                    Some("open") => {
                        open.push(text);
                        open_lists.push(count);
                    }
                    _ => {
                        hold.push(text);
                        hold_lists.push(count);
                    }
                }
            }
            if kind == Some("whole") {
                furniture |= 1 << count;
                buttons |= if sense == Some("card") { 0 } else { 1 << count };
            }
            count += 1;
        }
        Ok(Self {
            whole,
            open: automaton(&open, StartKind::Anchored)?,
            open_lists,
            hold: automaton(&hold, StartKind::Unanchored)?,
            hold_lists,
            count,
            furniture,
            buttons,
            senses,
        })
    }

    /// Whether a line is so short that a list may have it as a whole.
    #[must_use]
    pub fn may_be_whole(line: &str) -> bool {
        (1..=WHOLE).contains(&unmarked(line).len())
    }

    /// The lists that have this line, without its bullet, as a whole.
    #[must_use]
    pub fn whole(&self, line: &str) -> Said {
        if !Self::may_be_whole(line) {
            return 0;
        }
        self.whole
            .get(unmarked(line).to_lowercase().as_str())
            .copied()
            .unwrap_or(0)
    }

    /// All that a line says.
    #[must_use]
    pub fn said(&self, line: &str) -> Said {
        let head = &line[..line.floor_char_boundary(OPENING)];
        let bytes = head.as_bytes();
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let mut said = self.whole(line);
        let from_start = Input::new(head).anchored(Anchored::Yes);
        if let Ok(hits) = self.open.try_find_overlapping_iter(from_start) {
            for hit in hits {
                if !letter(hit.end()) || !letter(hit.end() - 1) {
                    said |= 1 << self.open_lists[hit.pattern().as_usize()];
                }
            }
        }
        for hit in self.hold.find_overlapping_iter(head) {
            let starts = hit.start() == 0 || !letter(hit.start() - 1) || !letter(hit.start());
            if starts && (!letter(hit.end()) || !letter(hit.end() - 1)) {
                said |= 1 << self.hold_lists[hit.pattern().as_usize()];
            }
        }
        said
    }
}

/// A line without the marks that end buttons.
fn unmarked(line: &str) -> &str {
    line.trim_end_matches([':', '›', '»', '>', '→', ' ', '▾', '▼'])
}

fn automaton(texts: &[&str], start: StartKind) -> Result<AhoCorasick, String> {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .start_kind(start)
        .build(texts)
        .map_err(|error| error.to_string())
}
