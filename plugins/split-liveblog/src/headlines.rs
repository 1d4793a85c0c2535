//! A headline over every post.

use crate::evidence::text_is_live;
use crate::page::{Line, Role};
use crate::plan::{Start, View};

/// As few headlines make a page of posts.
const FEWEST: usize = 3;

/// Posts that each have a headline. Articles have sub-headings, so the page
/// must be a liveblog by other evidence.
pub(crate) fn starts(view: &View<'_, '_>) -> Vec<Start> {
    if view.in_doubt() {
        return Vec::new();
    }
    let below_another = |lines: &[Line<'_>], at: usize| {
        let above = &lines[at - 1];
        above.role == Role::Headline || text_is_live(above.text)
    };
    let found = regular(view.lines, below_another);
    found.into_iter().map(|at| start(&view.lines[at])).collect()
}

pub(crate) fn start(line: &Line<'_>) -> Start {
    Start {
        block: line.block,
        confidence: 0.75,
        rule: "split-liveblog/headline",
    }
}

/// The indices of the headlines over posts, if the page has them throughout;
/// ascending. They stand below a whole sentence, or where `may_follow` says
/// that one may.
pub(crate) fn regular(
    lines: &[Line<'_>],
    may_follow: impl Fn(&[Line<'_>], usize) -> bool,
) -> Vec<usize> {
    let follows = |at: usize| {
        let above = &lines[at - 1];
        let ends = above.is_sentence() || !above.is_text();
        ends && !above.text.ends_with(':') || may_follow(lines, at)
    };
    let found: Vec<usize> = (1..lines.len())
        .filter(|&at| heads_a_post(lines, at) && follows(at))
        .collect();
    let often = found.len() * 12 >= lines.len() && found.len() * 2 <= lines.len();
    if found.len() >= FEWEST && often {
        found
    } else {
        Vec::new()
    }
}

/// A headline above a sentence.
fn heads_a_post(lines: &[Line<'_>], at: usize) -> bool {
    let below = lines[at + 1..]
        .iter()
        .find(|line| !matches!(line.role, Role::Name | Role::Time(_)));
    lines[at].role == Role::Headline && below.is_some_and(Line::is_sentence)
}

/// The headline of the post that starts at a line, which is as many blocks down
/// the page: below its time and its author, above a sentence. A bullet that
/// heads its post and is no sentence is one, too.
pub(crate) fn of_post(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let above = |line: &&Line<'_>| matches!(line.role, Role::Name | Role::Time(_));
    let at = start + lines[start..].iter().take_while(above).count();
    let heads = match lines.get(at)?.role {
        Role::Headline => true,
        Role::Bullet => at == start && !lines[at].is_sentence(),
        _ => false,
    };
    (heads && lines.get(at + 1)?.is_sentence()).then_some(at)
}
