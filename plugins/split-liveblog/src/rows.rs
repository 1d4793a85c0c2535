//! Separators between posts, and bullets that head them.

use crate::page::{Line, Role};
use crate::plan::{Start, View};

/// As few separators may part posts on a page that says it is a liveblog.
const SEPARATORS: usize = 2;

/// As few bullets with text below them make a round-up.
const BULLETS: usize = 3;

/// Posts that are parted by `* * *`. Essays and columns use the same mark for
/// a pause, so the page must be a liveblog by other evidence.
pub(crate) fn after_separators(view: &View<'_, '_>) -> Vec<Start> {
    let lines = view.lines;
    let after = |at: usize| {
        lines
            .get(at + 1)
            .filter(|next| next.role != Role::Separator)
    };
    let is = |at: &usize| lines[*at].role == Role::Separator;
    let starts: Vec<_> = (0..lines.len())
        .filter(is)
        .filter_map(after)
        .map(start_at)
        .collect();
    if view.in_doubt() || starts.len() < SEPARATORS {
        Vec::new()
    } else {
        starts
    }
}

fn start_at(line: &Line<'_>) -> Start {
    Start {
        block: line.block,
        confidence: 0.9,
        rule: "split-liveblog/separator",
    }
}

/// Round-ups: a bullet with the heading of each part and paragraphs below it.
pub(crate) fn at_bullets(view: &View<'_, '_>) -> Vec<Start> {
    let lines = view.lines;
    let bullet = |at: usize| lines.get(at).is_some_and(|line| line.role == Role::Bullet);
    let bullets = (0..lines.len()).filter(|&at| bullet(at)).count();
    let heads = |&at: &usize| {
        bullet(at) && lines.get(at + 1).is_some_and(Line::is_sentence) && !bullet(at + 1)
    };
    let found: Vec<usize> = (0..lines.len()).filter(heads).collect();
    // A list inside a post has its bullets one below the other.
    if view.in_doubt() || found.len() < BULLETS || found.len() * 5 < bullets * 4 {
        return Vec::new();
    }
    let start = |at: usize| Start {
        block: lines[at].block,
        confidence: 0.9,
        rule: "split-liveblog/bullet",
    };
    found.into_iter().map(start).collect()
}
