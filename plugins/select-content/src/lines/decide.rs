//! Which lines of a dump leave, by how likely they and those around them are
//! the article's.
//!
//! One bound for all would take names and items of lists where it takes the
//! captions that stand between two paragraphs.

use super::cues::Said;
use super::features::Text;

/// A line that is less likely the article's leaves.
pub const LEAST: f32 = 0.05;

/// One of fewer words than this leaves below [`SHORT_LEAST`]: names in lists
/// look like menus.
const SHORT: f32 = 4.0;
const SHORT_LEAST: f32 = 0.03;

/// A line that as a whole is one of menus and prompts, or stands over the
/// headline, leaves below this. A label of teasers does not: rules find by it
/// what stands below.
const SURE_LEAST: f32 = 0.5;

/// How many lines to either side are asked, and the most characters of one
/// that count.
const AROUND: usize = 8;
const MOST: f32 = 400.0;

/// Where those around are less likely than this, no article is near, and a
/// line leaves below [`FAR_LEAST`].
const FAR: f32 = 0.05;
const FAR_LEAST: f32 = 0.3;

/// Where those around are likelier than this, a line of so many words that
/// ends as no sentence does leaves below [`CAPTION_LEAST`]: most are captions
/// and titles of other stories. Items of a list stand among others.
const INSIDE: f32 = 0.85;
const CAPTION_WORDS: f32 = 15.0;
const CAPTION_LEAST: f32 = 0.2;

/// For every line, below which chance it leaves; `buttons` is what lines of
/// menus and prompts say that no teaser follows.
pub(super) fn bounds(text: &Text<'_>, chances: &[f32], buttons: Said) -> Vec<f32> {
    let mut sums = vec![(0.0, 0.0)];
    for (line, chance) in text.lines.iter().zip(chances) {
        let chars = line.chars.min(MOST);
        let (likely, all) = sums[sums.len() - 1];
        sums.push((likely + chance * chars, all + chars));
    }
    let count = text.lines.len();
    let headline = text.known_headline().unwrap_or(0);
    let bound = |at: usize| {
        let line = &text.lines[at];
        let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(count));
        let beside = |of: fn((f32, f32)) -> f32| {
            of(sums[to]) - of(sums[from]) - (of(sums[at + 1]) - of(sums[at]))
        };
        let around = beside(|sum| sum.0) / beside(|sum| sum.1).max(1.0);
        let is_open = line.end != 1.0;
        match () {
            () if line.said & buttons != 0 || at < headline => SURE_LEAST,
            () if line.words < SHORT && around < FAR => LEAST,
            () if line.words < SHORT => SHORT_LEAST,
            () if around < FAR => FAR_LEAST,
            () if is_open && line.words >= CAPTION_WORDS && around > INSIDE => CAPTION_LEAST,
            () => LEAST,
        }
    };
    (0..count).map(bound).collect()
}
