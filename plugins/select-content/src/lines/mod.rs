//! Finds the article in a raw dump: a page's text without its tags, with menus,
//! teasers and footers.
//!
//! A text that is no dump is left alone: the question comes first ([`is_dump`])
//! and costs one look at every line. Of a dump every line is measured
//! ([`features`]), and a forest like that for pages says how likely it is the
//! article's.

mod bounds;
pub mod cues;
pub mod decide;
pub mod features;
pub mod line;

use cleancopy_plugin::prelude::Category;

use crate::forest::Forest;
pub use bounds::Bounds;
use cues::Cues;
use features::Text;
use line::bare;

/// The trees, fitted by `examples/train_lines.rs`.
const FOREST: &str = include_str!("../../model/lines.tsv");

/// Before the line where a publisher's article begins, and in brackets under a
/// line that leaves, what is less likely the article's than this leaves: a
/// standfirst may stand there.
const BEFORE: f32 = 0.5;

/// The fewest lines of a dump that menus, prompts and footers are made of,
/// each of another wording.
const FURNITURE: usize = 8;

/// What share of its lines a dump has at least in such and other short lines.
const SHORT_SHARE: f32 = 0.25;

/// The most words of a short line.
const SHORT_WORDS: usize = 6;

/// Finds the article in raw dumps.
#[derive(Debug)]
pub struct Lines {
    /// What short lines say.
    pub cues: Cues,
    forest: Forest,
    bounds: Bounds,
}

impl Lines {
    /// Reads the model; `bounds` are those of the publisher's articles.
    ///
    /// # Errors
    /// What is wrong with its files.
    pub fn load(bounds: Bounds) -> Result<Self, String> {
        let cues = Cues::load().map_err(|problem| format!("cues.tsv: {problem}"))?;
        let forest = Forest::parse(FOREST).map_err(|problem| format!("lines.tsv: {problem}"))?;
        Ok(Self {
            cues,
            forest,
            bounds,
        })
    }

    /// What of a text is not the article's: nothing unless it is a dump.
    #[must_use]
    pub fn find(&self, texts: &[&str]) -> Found {
        let mut found = Found {
            noise: vec![false; texts.len()],
            headline: None,
            is_dump: false,
        };
        // What is left may still look like a dump; then it is one.
        loop {
            let left: Vec<usize> = (0..texts.len()).filter(|at| !found.noise[*at]).collect();
            let lines: Vec<&str> = left.iter().map(|at| texts[*at]).collect();
            if !is_dump(&lines, &self.cues) {
                return found;
            }
            found.is_dump = true;
            let text = Text::of(lines, &self.cues);
            let chances = self.chances(&text);
            let headline = text.headline(&chances);
            if found.headline.is_none() {
                found.headline = headline.map(|at| left[at]);
            }
            let mut changed = false;
            let inside = self.bounds.of(&text, &chances);
            let least = decide::bounds(&text, &chances, self.cues.buttons);
            for (line, (&at, chance)) in left.iter().zip(&chances).enumerate() {
                let leaves = match line {
                    line if line >= inside.end => true,
                    line if line < inside.start => *chance < BEFORE,
                    _ => *chance < least[line],
                };
                // What was under a caption says nothing without it, and would
                // make a caption of the paragraph before.
                let under = line > 0 && found.noise[left[line - 1]] && is_bracketed(texts[at]);
                let leaves = leaves || under && *chance < BEFORE;
                found.noise[at] = leaves && found.headline != Some(at);
                changed |= found.noise[at];
            }
            // A label goes with what it was over, else rules would take what
            // has come to stand under it.
            for (line, pair) in left.windows(2).enumerate() {
                let is_label = text.lines[line].said & self.cues.furniture & !self.cues.buttons;
                let leaves = is_label != 0 && chances[line] < BEFORE;
                found.noise[pair[0]] |= leaves && found.noise[pair[1]];
            }
            // Where nothing is an article, everything stays.
            if found.noise.iter().all(|n| *n) {
                found.noise.fill(false);
                found.headline = None;
                return found;
            }
            if !changed {
                return found;
            }
        }
    }

    fn chances(&self, text: &Text<'_>) -> Vec<f32> {
        let mut row = Vec::new();
        let chance = |at| {
            text.row(at, &mut row, None);
            self.forest.chance(&row)
        };
        (0..text.lines.len()).map(chance).collect()
    }
}

/// What a dump holds besides its article.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// Which lines are not the article's.
    pub noise: Vec<bool>,
    /// The line that is the headline, which is no noise.
    pub headline: Option<usize>,
    /// Whether the text is a dump.
    pub is_dump: bool,
}

/// Whether a line is nothing but a note in brackets: `(Ann Example/Keld Press)`.
fn is_bracketed(line: &str) -> bool {
    let inner = line
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    inner.is_some_and(|inner| !inner.contains(['(', ')']))
}

/// How many bytes of Markdown's marks open a line: those of headings and
/// quotations, which mean nothing in a text that was no Markdown.
#[must_use]
pub fn marks(text: &str) -> usize {
    let rest = text.trim_start_matches(['#', '>', ' ']);
    let marks = &text[..text.len() - rest.len()];
    let is_mark = marks.ends_with(' ') && marks.contains(['#', '>']) && !rest.is_empty();
    if is_mark { marks.len() } else { 0 }
}

/// Whether a text is a raw dump: it has many lines that menus, prompts and
/// footers are made of, and is short-lined.
#[must_use]
pub fn is_dump(texts: &[&str], cues: &Cues) -> bool {
    // Few texts have so many, which is quicker to tell than what is short.
    let may_be_furniture = |text: &&&str| Cues::may_be_whole(bare(text).0);
    let furniture = texts.iter().filter(may_be_furniture);
    if furniture.clone().nth(FURNITURE - 1).is_none() || !has_furniture(furniture, cues) {
        return false;
    }
    let is_short = |text: &&&str| {
        let (body, _, _) = bare(text);
        is_short(body) && !body.ends_with(['.', '!', '?', '”', '"'])
    };
    let short = texts.iter().filter(is_short).count();
    short as f32 >= SHORT_SHARE * texts.len() as f32
}

/// Whether enough of the lines are furniture, each of another wording.
fn has_furniture<'t>(texts: impl Iterator<Item = &'t &'t str>, cues: &Cues) -> bool {
    let mut furniture: Vec<&str> = Vec::new();
    for text in texts {
        let (body, _, _) = bare(text);
        let said = cues.whole(body) & cues.furniture != 0;
        if said && is_short(body) && !furniture.contains(&body) {
            furniture.push(body);
        }
    }
    furniture.len() >= FURNITURE
}

fn is_short(body: &str) -> bool {
    !cleancopy_text::has_words(body, SHORT_WORDS + 1)
}

/// The rule and the category under which a line of a dump leaves.
#[must_use]
pub fn reason(text: &str, cues: &Cues) -> (&'static str, Category) {
    const REASONS: &[(&str, &str, Category)] = &[
        ("rights", "select-content/dump-rights", Category::Copyright),
        ("share", "select-content/dump-share", Category::Share),
        ("ad", "select-content/dump-ad", Category::Advertisement),
        ("promo", "select-content/dump-prompt", Category::Newsletter),
        ("credit", "select-content/dump-credit", Category::Caption),
        ("bio", "select-content/dump-author", Category::AuthorNote),
        ("byline", "select-content/dump-author", Category::AuthorNote),
        ("date", "select-content/dump-time", Category::Timestamp),
        ("card", "select-content/dump-card", Category::RelatedCard),
    ];
    let (body, _, _) = bare(text);
    let said = cues.said(body);
    let says = |sense: &str| {
        cues.senses
            .iter()
            .any(|(of, bit)| of == &sense && said & bit != 0)
    };
    REASONS
        .iter()
        .find(|(sense, _, _)| says(sense))
        .map(|(_, rule, category)| (*rule, *category))
        .unwrap_or(match is_short(body) {
            true => ("select-content/dump-menu", Category::Navigation),
            false => ("select-content/dump-card", Category::RelatedCard),
        })
}

#[cfg(test)]
mod tests;
