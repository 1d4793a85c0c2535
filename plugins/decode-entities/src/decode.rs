//! From a line to the stretches of it that change.

use std::ops::Range;

use memchr::{memchr, memchr3_iter};

use crate::invisible::{is_idle, is_no_break_space};
use crate::reference;
use crate::{NoBreakSpaces, Settings, ZeroWidth};

const ENTITY: &str = "decode-entities/entity";
const NBSP: &str = "decode-entities/nbsp";
const ZERO_WIDTH: &str = "decode-entities/zero-width";

/// The most changes of one line. A line of 200 MB in which every other
/// character changes would otherwise need fifty times its size.
const MOST_STEPS: usize = 1 << 20;

/// A stretch of a line that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Half-open byte range in the line.
    pub range: Range<usize>,
    /// What stands there then; without line breaks, maybe empty.
    pub with: String,
    /// The id of the rule that changes it.
    pub rule: &'static str,
}

/// What changes in a line, in the order of the line, not overlapping. Beyond a
/// million changes, many are given as one.
///
/// Once all of it is applied, nothing changes any more.
#[must_use]
pub fn changes(line: &str, settings: &Settings) -> Vec<Change> {
    if has_reference(line, settings) || has_odd(line, settings) {
        Decoder::new(line, settings).run()
    } else {
        Vec::new()
    }
}

fn has_reference(line: &str, settings: &Settings) -> bool {
    let behind = |at: usize| memchr(b';', &line.as_bytes()[at..]).is_some();
    settings.entities && memchr(b'&', line.as_bytes()).is_some_and(behind)
}

/// Whether an odd space or invisible character may have to go. Looks only at
/// characters that begin with a byte that those begin with.
fn has_odd(line: &str, settings: &Settings) -> bool {
    if settings.nbsp == NoBreakSpaces::Keep && settings.zero_width == ZeroWidth::Keep {
        return false;
    }
    let [a, b, c] = ODD_BYTES;
    let mut odd = memchr3_iter(a, b, c, line.as_bytes());
    odd.any(|at| char_at(line, at).is_some_and(is_odd))
}

/// The first bytes of all odd characters.
const ODD_BYTES: [u8; 3] = [0xc2, 0xe2, 0xef];

fn is_odd(c: char) -> bool {
    is_no_break_space(c)
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

fn char_at(line: &str, at: usize) -> Option<char> {
    line.get(at..)?.chars().next()
}

/// Something that was changed already.
#[derive(Debug)]
struct Step {
    /// Where it stands in the output.
    out: Range<usize>,
    /// What it stands for in the line.
    source: Range<usize>,
    rule: &'static str,
}

/// Writes the line anew from left to right.
///
/// A reference is looked for in the *output* whenever it comes to end in `;`,
/// so that one that only decoding completes, such as the `&lt;` in `&amp;lt;`
/// or the `&amp;` in `&am&#112;;`, is found like any other. What stands on the
/// left of a `;` never changes afterwards but together with it: so when the
/// line ends, no reference is left, and no stretch was read more than a few
/// times.
struct Decoder<'l> {
    line: &'l str,
    settings: &'l Settings,
    out: String,
    steps: Vec<Step>,
    /// How many bytes of the line the output stands for.
    read: usize,
}

impl<'l> Decoder<'l> {
    fn new(line: &'l str, settings: &'l Settings) -> Self {
        Self {
            line,
            settings,
            out: String::with_capacity(line.len()),
            steps: Vec::new(),
            read: 0,
        }
    }

    fn run(mut self) -> Vec<Change> {
        for (at, byte) in self.line.bytes().enumerate() {
            if byte == b';' && self.settings.entities {
                self.copy_to(at + 1);
                self.close();
            } else if ODD_BYTES.contains(&byte) {
                self.odd(at);
            }
        }
        let change = |step: Step| Change {
            range: step.source,
            with: self.out[step.out].to_owned(),
            rule: step.rule,
        };
        self.steps.into_iter().map(change).collect()
    }

    fn copy_to(&mut self, at: usize) {
        self.out.push_str(&self.line[self.read..at]);
        self.read = at;
    }

    /// Settles an odd character of the line itself.
    fn odd(&mut self, at: usize) {
        let Some(c) = char_at(self.line, at).filter(|c| is_odd(*c)) else {
            return;
        };
        self.copy_to(at);
        let Some((with, rule)) = self.settled(c) else {
            return;
        };
        let start = self.out.len();
        self.out.push_str(with);
        self.read += c.len_utf8();
        self.note(start, at, rule);
    }

    fn note(&mut self, out_start: usize, source_start: usize, rule: &'static str) {
        if self.steps.len() >= MOST_STEPS {
            self.join_steps();
        }
        self.steps.push(Step {
            out: out_start..self.out.len(),
            source: source_start..self.read,
            rule,
        });
    }

    /// Makes one step of all those that no reference can reach any more.
    fn join_steps(&mut self) {
        let done = |step: &Step| step.out.end + reference::LONGEST <= self.out.len();
        let count = self.steps.partition_point(done);
        let [first, .., last] = &self.steps[..count] else {
            return;
        };
        let out = first.out.start..last.out.end;
        // What lies between becomes a part of the replacement, which must not
        // hold a line break.
        if self.out[out.clone()].contains(['\n', '\r']) {
            return;
        }
        let source = first.source.start..last.source.end;
        let rule = ENTITY;
        self.steps.splice(..count, [Step { out, source, rule }]);
    }

    /// What stands for an odd character, if it does not stay.
    fn settled(&self, c: char) -> Option<(&'static str, &'static str)> {
        let before = self.out.chars().next_back();
        if self.settings.nbsp == NoBreakSpaces::Space && is_no_break_space(c) {
            Some((" ", NBSP))
        } else if self.settings.zero_width == ZeroWidth::Drop && is_idle(c, before) {
            Some(("", ZERO_WIDTH))
        } else {
            None
        }
    }

    /// Decodes the reference that ends the output. It may decode to a `;` that
    /// ends another one.
    fn close(&mut self) {
        while let Some(start) = reference::start(&self.out) {
            let Some(decoded) = reference::decode(&self.out[start..]) else {
                return;
            };
            let decoded = decoded.into_owned();
            let source = self.source_of(start);
            let steps = self.steps_from(start);
            let was_laid_bare = steps < self.steps.len();
            self.steps.truncate(steps);
            self.out.truncate(start);
            if was_laid_bare && !self.settings.double_escaped {
                // A second pass would decode it: none of it may change.
                return self.out.push_str(&self.line[source..self.read]);
            }
            decoded.chars().for_each(|c| self.push_decoded(c));
            self.note(start, source, ENTITY);
            if self.out.len() == start {
                return;
            }
        }
    }

    /// Writes a decoded character. A replacement must not start a new line.
    fn push_decoded(&mut self, c: char) {
        match (c, self.settled(c)) {
            (_, Some((with, _))) => self.out.push_str(with),
            ('\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}', None) => self.out.push(' '),
            (c, None) => self.out.push(c),
        }
    }

    /// Index of the first step that wrote any of the output from `start` on.
    /// One that wrote nothing right before it is none.
    fn steps_from(&self, start: usize) -> usize {
        let kept = |step: &Step| step.out.end <= start;
        let behind = self.steps.iter().rev().take_while(|step| !kept(step));
        self.steps.len() - behind.count()
    }

    /// Where in the line the output from `start` on comes from.
    fn source_of(&self, start: usize) -> usize {
        let first = self.steps_from(start);
        if let Some(step) = self.steps.get(first).filter(|step| step.out.start == start) {
            return step.source.start;
        }
        let before = first.checked_sub(1).map(|index| &self.steps[index]);
        before.map_or(start, |step| step.source.end + (start - step.out.end))
    }
}
