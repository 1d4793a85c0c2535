//! What the automata proposed for the lines of the text before.
//!
//! A chain runs until it leaves a text alone, and in a later round nearly all
//! lines are those of the round before: what they propose is known. It rests
//! on nothing but the line, so that remembering it changes no answer.

use crate::find::Due;

/// No larger text is remembered, in bytes.
const MOST_BYTES: usize = 1 << 20;

/// How many lines may have left between two that stay.
const LOOK_ON: usize = 64;

/// Lines, in their order, and the tests that were proposed for each.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    text: String,
    tests: Vec<u32>,
    lines: Vec<Line>,
    /// A number for each line, to tell most others from it at once.
    looks: Vec<u64>,
}

/// Where what is known of a line ends in the lists; it begins where that of
/// the line before ends.
#[derive(Debug, Clone, Copy, Default)]
struct Line {
    text: usize,
    /// The tests of the line itself.
    here: usize,
    /// Those of the line after, which follow.
    next: usize,
}

impl Memory {
    /// Forgets everything, and makes room for these lines: what the text before
    /// took up serves again.
    pub(crate) fn renew(&mut self, lines: &[&str]) {
        self.text.clear();
        self.tests.clear();
        self.lines.clear();
        self.looks.clear();
        let bytes = lines.iter().map(|line| line.len()).sum();
        self.text.reserve(MOST_BYTES.min(bytes));
        self.lines.reserve(lines.len());
        self.looks.reserve(lines.len());
    }

    /// Which of the lines are known: the index that each has here.
    pub(crate) fn recall(&self, lines: &[&str]) -> Vec<Option<usize>> {
        let mut from = 0;
        let mut find = |line: &&str| {
            let ahead = &self.looks[from..self.looks.len().min(from + LOOK_ON)];
            let look = look(line);
            let mut alike = (from..).zip(ahead).filter(|(_, other)| **other == look);
            let (at, _) = alike.find(|(at, _)| self.text(*at) == *line)?;
            from = at + 1;
            Some(at)
        };
        lines.iter().map(&mut find).collect()
    }

    /// The tests that were proposed for a line, and those for the line after.
    pub(crate) fn tests(&self, at: usize) -> (&[u32], &[u32]) {
        let line = self.lines[at];
        let here = self.before(at).next..line.here;
        (&self.tests[here], &self.tests[line.here..line.next])
    }

    /// Remembers what was proposed for the next line, while there is room.
    pub(crate) fn keep(&mut self, line: &str, here: &Due, next: &Due) {
        if self.text.len() + line.len() > MOST_BYTES {
            return;
        }
        self.text.push_str(line);
        self.tests.extend(here.listed());
        let here = self.tests.len();
        self.tests.extend(next.listed());
        self.looks.push(look(line));
        self.lines.push(Line {
            text: self.text.len(),
            here,
            next: self.tests.len(),
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
    let mut start = [0; 8];
    let length = line.len().min(start.len());
    start[..length].copy_from_slice(&line.as_bytes()[..length]);
    u64::from_le_bytes(start).rotate_left(line.len() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_recalled_in_its_order() {
        let mut memory = Memory::default();
        for (number, line) in (0..).zip(["a", "b", "", "a", "c"]) {
            let (mut here, mut next) = (Due::default(), Due::default());
            here.add(number);
            next.add(number + 10);
            memory.keep(line, &here, &next);
        }
        let known = memory.recall(&["b", "x", "", "c", "a"]);
        assert_eq!(known, [Some(1), None, Some(2), Some(4), None]);
        assert_eq!(memory.tests(0), (&[0][..], &[10][..]));
        assert_eq!(memory.tests(4), (&[4][..], &[14][..]));
        assert_eq!(Memory::default().recall(&["a"]), [None]);
    }

    #[test]
    fn a_large_text_is_kept_in_part() {
        let mut memory = Memory::default();
        let (line, none) = ("x".repeat(MOST_BYTES / 2), Due::default());
        for _ in 0..3 {
            memory.keep(&line, &none, &none);
        }
        assert_eq!(
            memory.recall(&[&line, &line, &line]),
            [Some(0), Some(1), None]
        );
    }
}
