//! What is known of the lines of the text before.
//!
//! A chain runs until it leaves a text alone, and in a later round nearly all
//! lines are those of the round before: what they propose is known, and whether
//! it held. Both rest on nothing but the line, so that remembering them changes
//! no answer.

/// No larger text is remembered, in bytes.
const MOST_BYTES: usize = 1 << 20;

/// How many lines may have left between two that stay.
const LOOK_ON: usize = 64;

/// So many lines in a row of which none is known are those of another text.
const FOREIGN: usize = 6;

/// A test of a line, and what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked {
    /// The index of the test.
    pub(crate) test: u32,
    pub(crate) verdict: Verdict,
    /// What proposed it.
    pub(crate) source: Source,
}

/// Whether what a test asks of the line itself holds, wherever that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Nobody had to know so far.
    Open,
    Holds,
    Fails,
}

/// What proposed a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// What stands in the line.
    Line,
    /// The line above.
    Above,
    /// The place of the line.
    Place,
}

impl Asked {
    pub(crate) fn new(test: u32, source: Source) -> Self {
        Self {
            test,
            verdict: Verdict::Open,
            source,
        }
    }

    /// Whether to remember it: what failed need not be asked again, and what the
    /// line alone does not propose is proposed again.
    fn is_of_use(&self) -> bool {
        match self.source {
            Source::Line => self.verdict != Verdict::Fails,
            Source::Above => false,
            Source::Place => self.verdict != Verdict::Open,
        }
    }
}

/// Lines, in their order, and the tests that were proposed for each.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    text: String,
    tests: Vec<Asked>,
    /// Tests that lines propose for the lines after them.
    below: Vec<u32>,
    lines: Vec<Line>,
    /// A number for each line, to tell most others from it at once.
    looks: Vec<u64>,
}

/// Where what is known of a line ends in the lists; it begins where that of
/// the line before ends.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    text: usize,
    tests: usize,
    below: usize,
}

impl Memory {
    /// Forgets everything, and makes room for these lines: what the text before
    /// took up serves again.
    pub(crate) fn renew(&mut self, lines: &[&str]) {
        self.text.clear();
        self.tests.clear();
        self.below.clear();
        self.lines.clear();
        self.looks.clear();
        let bytes = lines.iter().map(|line| line.len()).sum();
        self.text.reserve(MOST_BYTES.min(bytes));
        self.lines.reserve(lines.len());
        self.looks.reserve(lines.len());
    }

    /// Which of the lines are known: the index that each has here.
    pub(crate) fn recall(&self, lines: &[&str], known: &mut Vec<Option<usize>>) {
        known.clear();
        let (mut from, mut foreign) = (0, 0);
        known.extend(lines.iter().map(|line| {
            if foreign == FOREIGN {
                return None;
            }
            let ahead = &self.looks[from..self.looks.len().min(from + LOOK_ON)];
            let look = look(line);
            let mut alike = (from..).zip(ahead).filter(|(_, other)| **other == look);
            let Some((at, _)) = alike.find(|(at, _)| self.text(*at) == *line) else {
                foreign += 1;
                return None;
            };
            (from, foreign) = (at + 1, 0);
            Some(at)
        }));
    }

    /// The tests of a line, and those that it proposes for the line after.
    pub(crate) fn tests(&self, at: usize) -> (&[Asked], &[u32]) {
        let (before, line) = (self.before(at), self.lines[at]);
        (
            &self.tests[before.tests..line.tests],
            &self.below[before.below..line.below],
        )
    }

    /// Remembers the tests of the next line, and those that it proposes for the
    /// line after, while there is room.
    pub(crate) fn keep(&mut self, line: &str, asked: &[Asked], below: &[u32]) {
        if self.text.len() + line.len() > MOST_BYTES {
            return;
        }
        self.text.push_str(line);
        self.tests
            .extend(asked.iter().filter(|asked| asked.is_of_use()));
        self.below.extend(below);
        self.looks.push(look(line));
        self.lines.push(Line {
            text: self.text.len(),
            tests: self.tests.len(),
            below: self.below.len(),
        });
    }

    fn text(&self, at: usize) -> &str {
        &self.text[self.before(at).text..self.lines[at].text]
    }

    fn before(&self, at: usize) -> Line {
        at.checked_sub(1)
            .map_or(Line::default(), |at| self.lines[at])
    }
}

/// Its length and how it begins.
fn look(line: &str) -> u64 {
    let start = match line.as_bytes().first_chunk() {
        Some(start) => u64::from_le_bytes(*start),
        None => 0,
    };
    start.rotate_left(line.len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recalled(memory: &Memory, lines: &[&str]) -> Vec<Option<usize>> {
        let mut known = Vec::new();
        memory.recall(lines, &mut known);
        known
    }

    #[test]
    fn what_was_kept_is_recalled_in_its_order() {
        let mut memory = Memory::default();
        for (number, line) in (0..).zip(["a", "b", "", "a", "c"]) {
            memory.keep(line, &[Asked::new(number, Source::Line)], &[number + 10]);
        }
        let known = recalled(&memory, &["b", "x", "", "c", "a"]);
        assert_eq!(known, [Some(1), None, Some(2), Some(4), None]);
        for at in 0..5 {
            let asked = Asked::new(at, Source::Line);
            let tests = memory.tests(at as usize);
            assert_eq!(tests, (&[asked][..], &[at + 10][..]));
        }
        assert_eq!(recalled(&Memory::default(), &["a"]), [None]);
    }

    #[test]
    fn a_foreign_text_is_told_from_its_first_lines() {
        let mut memory = Memory::default();
        memory.keep("a", &[], &[]);
        let lines = |foreign| [vec!["x"; foreign], vec!["a"]].concat();
        assert_eq!(
            recalled(&memory, &lines(FOREIGN - 1)).last(),
            Some(&Some(0))
        );
        assert_eq!(recalled(&memory, &lines(FOREIGN)).last(), Some(&None));
    }

    #[test]
    fn only_what_is_of_use_is_kept() {
        let all = [Verdict::Open, Verdict::Holds, Verdict::Fails];
        let asked = |source| {
            all.map(|verdict| Asked {
                test: 0,
                verdict,
                source,
            })
        };
        let kept = |source| {
            let mut memory = Memory::default();
            memory.keep("a", &asked(source), &[]);
            let tests = memory.tests(0).0.iter();
            tests.map(|asked| asked.verdict).collect::<Vec<_>>()
        };
        assert_eq!(kept(Source::Line), [Verdict::Open, Verdict::Holds]);
        assert_eq!(kept(Source::Above), []);
        assert_eq!(kept(Source::Place), [Verdict::Holds, Verdict::Fails]);
    }

    #[test]
    fn a_large_text_is_kept_in_part() {
        let mut memory = Memory::default();
        let line = "x".repeat(MOST_BYTES / 2);
        for _ in 0..3 {
            memory.keep(&line, &[], &[]);
        }
        let known = recalled(&memory, &[&line, &line, &line]);
        assert_eq!(known, [Some(0), Some(1), None]);
    }
}
