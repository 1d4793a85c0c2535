//! Which lines of a digest are the titles of its items.

use cleancopy_plugin::Block;
use cleancopy_text::{has_words, looks_like_headline, same};

use crate::lone;

/// Signs that open the title of an item.
const BULLETS: &[char] = &['•', '‣', '▪', '◦', '●', '∙', '*'];

/// Fewer titles that stand twice than this, and no bullet before them, and it
/// is an article whose headline was printed twice.
const LEAST: usize = 2;

/// How many lines of the feed's own may stand before the first title.
pub(crate) const HEADER: usize = 3;

/// A line of the digest.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    pub(crate) text: &'t str,
    pub(crate) indent: u32,
}

impl<'t> From<Block<'t>> for Line<'t> {
    fn from(block: Block<'t>) -> Self {
        Self {
            text: block.text,
            indent: block.indent,
        }
    }
}

impl<'t> Line<'t> {
    /// What follows the bullet, if there is one.
    pub(crate) fn bulleted(self) -> Option<&'t str> {
        let rest = self.text.strip_prefix(BULLETS)?;
        let text = rest.trim_start();
        (text.len() < rest.len() && !text.is_empty()).then_some(text)
    }
}

/// What shows that a line is a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A bullet stands before it.
    Bullet,
    /// It stands twice in a row.
    Twice,
    /// It merely looks like one.
    Line,
}

impl Shape {
    /// How sure that is, from 0 to 1.
    pub(crate) fn confidence(self) -> f64 {
        match self {
            Self::Bullet => 0.99,
            Self::Twice => 0.95,
            Self::Line => 0.6,
        }
    }
}

/// The title of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Title {
    /// 0-based index of the line.
    pub(crate) at: usize,
    pub(crate) shape: Shape,
}

/// Finds the titles; none if this is no digest.
///
/// `known` says that it is one, so that lines which merely look like titles
/// will do where nothing better is there.
pub(crate) fn titles(lines: &[Line<'_>], known: bool) -> Vec<Title> {
    let bulleted = bulleted(lines, known);
    if !bulleted.is_empty() {
        return of_shape(bulleted, Shape::Bullet);
    }
    let twice = twice(lines);
    let lone = if known {
        lone::titles(lines)
    } else {
        Vec::new()
    };
    // Where a summary says no more than its title, one title seems to stand
    // twice among many that do not.
    if twice.len() >= LEAST.max(lone.len() / 2) || known && lone.len() < LEAST && !twice.is_empty()
    {
        of_shape(twice, Shape::Twice)
    } else {
        of_shape(lone, Shape::Line)
    }
}

fn of_shape(at: Vec<usize>, shape: Shape) -> Vec<Title> {
    at.into_iter().map(|at| Title { at, shape }).collect()
}

/// Bulleted lines whose text stands again in the next line. One is enough to
/// show a digest; its indent then tells the bullets of titles, printed once
/// or not, from the bullets of lists inside an item.
fn bulleted(lines: &[Line<'_>], known: bool) -> Vec<usize> {
    let twice = |&at: &usize| {
        let next = lines.get(at + 1);
        lines[at]
            .bulleted()
            .zip(next)
            .is_some_and(|(title, next)| same(title, next.text))
    };
    let sure: Vec<usize> = (0..lines.len()).filter(twice).collect();
    let Some(indent) = sure.first().map(|&at| lines[at].indent) else {
        let outline = outline(lines);
        return if outline.is_empty() && known {
            lone_bullets(lines)
        } else {
            outline
        };
    };
    // Without white space in the source, every bullet has the same indent, and
    // where several titles stand twice, all do.
    let indents_tell = lines.iter().any(|line| line.indent != indent);
    if !indents_tell && sure.len() >= LEAST {
        return sure;
    }
    let mut sure = sure.into_iter().peekable();
    let is_title = |&at: &usize| {
        let is_sure = sure.next_if_eq(&at).is_some();
        is_sure
            || lines[at].bulleted().is_some_and(|title| {
                let alone = if indents_tell {
                    lines[at].indent == indent
                } else {
                    alone(lines, at)
                };
                alone && has_words(title, 3)
            })
    };
    (0..lines.len()).filter(is_title).collect()
}

/// Whether no other bullet stands beside a line, as in a list.
fn alone(lines: &[Line<'_>], at: usize) -> bool {
    let bullet = |at: usize| lines.get(at).is_some_and(|line| line.bulleted().is_some());
    let above = at.checked_sub(1).is_some_and(bullet);
    !above && !bullet(at + 1)
}

/// Bulleted titles over text that is indented further than any of them, as the
/// layout of a digest has it when each title stands once.
fn outline(lines: &[Line<'_>]) -> Vec<usize> {
    let title = |line: &Line<'_>| line.bulleted().is_some_and(looks_like_headline);
    let Some(first) = lines.iter().take(HEADER + 1).position(title) else {
        return Vec::new();
    };
    let indent = lines[first].indent;
    let is_title = |at: &usize| lines[*at].indent == indent && title(&lines[*at]);
    let found: Vec<usize> = (first..lines.len()).filter(is_title).collect();
    let deeper = lines[first..]
        .iter()
        .filter(|line| line.indent > indent)
        .count();
    let all = deeper + found.len() == lines.len() - first;
    if all && deeper >= found.len() {
        found
    } else {
        Vec::new()
    }
}

/// Bulleted titles that stand once each, with text behind every one.
fn lone_bullets(lines: &[Line<'_>]) -> Vec<usize> {
    let found: Vec<usize> = (0..lines.len())
        .filter(|&at| lines[at].bulleted().is_some_and(looks_like_headline) && alone(lines, at))
        .collect();
    if found.len() >= LEAST {
        found
    } else {
        Vec::new()
    }
}

/// Titles without bullets that stand twice in a row.
fn twice(lines: &[Line<'_>]) -> Vec<usize> {
    let mut found = Vec::new();
    for at in 0..lines.len().saturating_sub(1) {
        let (title, next) = (lines[at].text, lines[at + 1].text);
        if !same(title, next) {
            continue;
        }
        // The second copy may have a third behind it.
        let opens = || {
            let before = found.last();
            before.is_none_or(|&before: &usize| !same(lines[before].text, title))
        };
        let text_follows = || {
            let below = lines.get(at + 2);
            below.is_some_and(|line| !same(line.text, title))
        };
        if opens() && text_follows() && looks_like_headline(title) {
            found.push(at);
        }
    }
    found
}
