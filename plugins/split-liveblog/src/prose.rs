//! Posts by their wording, where no marker is left.

use cleancopy_text::containment;
use cleancopy_text::prose::{Segmentation, are_paragraphs, introduce_again, segment};

use crate::counts::is_match;
use crate::page::{Line, Role};
use crate::plan::{Start, View};
use crate::repeats;
use crate::settings::When;

/// Pages of more lines are no single liveblog.
const MOST_LINES: usize = 5_000;

/// As few boundaries make posts of a page that says it is a liveblog: in its
/// headline, and only somewhere in its text, where the reporters may as well
/// speak of another page.
const FEWEST: usize = 2;
const FEWEST_BY_TEXT: usize = 4;

/// Why the wording of a page says nothing about its posts, for people.
pub(crate) fn silence(view: &View<'_, '_>) -> Option<&'static str> {
    let paragraphs = paragraphs(view.lines);
    let texts = || paragraphs.iter().map(|&at| view.lines[at].text);
    Some(if paragraphs.len() > MOST_LINES {
        "too many paragraphs for one liveblog"
    } else if is_match(view.lines) {
        "only posts that start with a minute or an over can be told"
    } else if has_speakers(view.lines) {
        "its paragraphs are those of speakers"
    } else if !are_paragraphs(&texts().collect::<Vec<_>>()) {
        "posts of a line or two cannot be told by their wording"
    } else {
        return None;
    })
}

/// The lines of text, but no more than one over what is looked at.
fn paragraphs(lines: &[Line<'_>]) -> Vec<usize> {
    let texts = (0..lines.len()).filter(|&at| lines[at].is_text());
    texts.take(MOST_LINES + 1).collect()
}

/// Cuts the paragraphs into posts.
pub(crate) fn starts(view: &View<'_, '_>) -> Vec<Start> {
    let paragraphs = paragraphs(view.lines);
    if paragraphs.len() > MOST_LINES {
        return Vec::new();
    }
    let texts: Vec<&str> = paragraphs.iter().map(|&at| view.lines[at].text).collect();
    let Some(cut) = cut(view, &texts) else {
        return Vec::new();
    };
    let likely = cut
        .boundaries
        .iter()
        .map(|b| (b.line, b.confidence, "split-liveblog/prose"));
    let again = repeats::starts(&texts)
        .into_iter()
        .map(|line| (line, 0.9, "split-liveblog/repeat"));
    let mut found: Vec<_> = likely
        .chain(again)
        .map(|(line, confidence, rule)| start(view.lines, paragraphs[line], confidence, rule))
        .collect();
    found.sort_by(|a, b| {
        a.block
            .cmp(&b.block)
            .then(b.confidence.total_cmp(&a.confidence))
    });
    found.dedup_by_key(|start| start.block);
    found
}

/// The best cut, if the page is one of posts.
fn cut(view: &View<'_, '_>, texts: &[&str]) -> Option<Segmentation> {
    let in_doubt = view.settings.when == When::Auto && !view.live.is_said_in_words();
    // Cheaper than the model, and no to most articles.
    if !are_paragraphs(texts) || in_doubt && !introduce_again(texts) {
        return None;
    }
    if has_speakers(view.lines) || is_match(view.lines) {
        return None;
    }
    let cut = segment(texts, view.model);
    let known = view.settings.when == When::Always || view.live.is_said_in_title();
    let least = if known { FEWEST } else { FEWEST_BY_TEXT };
    let enough = cut.boundaries.len() >= least && (!in_doubt || cut.stands_out());
    enough.then_some(cut)
}

/// A start moves up over the times, names and headlines directly above it.
fn start(lines: &[Line<'_>], at: usize, confidence: f64, rule: &'static str) -> Start {
    let mut top = at;
    while top > 1 && at - top < 4 && stands_over(lines, top - 1, at) {
        top -= 1;
    }
    Start {
        block: lines[top].block,
        confidence,
        rule,
    }
}

/// Whether a line belongs to the post that starts at `at` below it. A line
/// that looks like a headline may be a caption of the post above: it goes with
/// the paragraph it shares more words with.
fn stands_over(lines: &[Line<'_>], line: usize, at: usize) -> bool {
    let shared = |other: usize| containment(lines[line].text, lines[other].text);
    match &lines[line].role {
        // The time of a change stands at the foot of the post above.
        Role::Time(time) => !time.change,
        Role::Name => true,
        Role::Headline => shared(at) > shared(line - 1),
        _ => false,
    }
}

/// A transcript, an interview or a quiz: a fifth of the lines or more say who
/// speaks, or are numbered questions.
fn has_speakers(lines: &[Line<'_>]) -> bool {
    let speaks = lines
        .iter()
        .filter(|line| line.role == Role::Text && names_speaker(line.text))
        .count();
    speaks >= 3 && speaks * 5 >= lines.len()
}

/// `Q:`, `QUIST:`, `Ada Quist:` with speech after it.
fn names_speaker(text: &str) -> bool {
    let Some((label, speech)) = text.split_once(':') else {
        return matches!(text.split(['.', ')']).next(), Some("Q" | "A"));
    };
    let words = label.split_whitespace().count();
    let capitals = label
        .split_whitespace()
        .all(|word| word.starts_with(char::is_uppercase));
    (1..=3).contains(&words) && label.len() <= 40 && capitals && speech.starts_with(' ')
}
