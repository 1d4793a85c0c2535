//! Round-ups: a list of contents at the top, and a heading from it over each
//! part.

use cleancopy_text::same;

use crate::page::{Line, Role};
use crate::plan::Start;

/// As few bullets make a list of contents.
const BULLETS: usize = 3;

/// As few of them must come back as headings.
const HEADINGS: usize = 2;

/// How far down the list may begin, in lines.
const HEAD: usize = 8;

const RULE: &str = "split-liveblog/bullet";

/// The parts of a round-up. The list says that it is one; nothing else must.
pub(crate) fn starts(lines: &[Line<'_>]) -> Vec<Start> {
    let bullet = |line: &Line<'_>| line.role == Role::Bullet;
    let Some(first) = lines.iter().take(HEAD).position(bullet) else {
        return Vec::new();
    };
    let list = first
        + lines[first..]
            .iter()
            .take_while(|line| bullet(line))
            .count();
    let headings = headings(&lines[first..list], lines, list);
    if list - first < BULLETS || headings.len() < HEADINGS || headings.len() * 2 < list - first {
        return Vec::new();
    }
    // The first part often goes without a heading: it is that of the page.
    let opening = (list..headings[0]).find(|&at| lines[at].is_sentence());
    let opening = opening.map(|at| Start {
        block: lines[at].block,
        confidence: 0.8,
        rule: RULE,
    });
    let parts = headings.iter().map(|&at| Start {
        block: lines[at].block,
        confidence: 0.97,
        rule: RULE,
    });
    opening.into_iter().chain(parts).collect()
}

/// The lines behind the list that stand in it too, in the order of the page.
fn headings(list: &[Line<'_>], lines: &[Line<'_>], from: usize) -> Vec<usize> {
    let in_list = |&at: &usize| {
        let line = &lines[at];
        line.role != Role::Bullet && list.iter().any(|bullet| same(bullet.text, line.text))
    };
    let mut found: Vec<usize> = (from..lines.len()).filter(in_list).collect();
    // A heading that was printed again below itself starts nothing.
    found.dedup_by(|later, earlier| same(lines[*later].text, lines[*earlier].text));
    found
}
