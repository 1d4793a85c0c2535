//! From chances to a decision for every block.
//!
//! The forest looks at one block at a time. What only the whole page shows is
//! decided here: an article that the forest is not sure of at all, a second
//! copy of it, captions of news, links set as lines of capitals.

use std::collections::BTreeMap;

use cleancopy_plugin::Document;
use cleancopy_plugin::prelude::BlockKind;
use cleancopy_text::closes_sentence;

use crate::features::is_news;
use crate::headline::{LIKE, headline, like_any, titles};
use crate::page::{Page, Piece, Place, is_heading};
use crate::shingles::{Runs, runs};
use crate::words::{Senses, class, text};

/// Above this chance a block is the article's.
const SURE: f32 = 0.45;

/// Of a page on which next to nothing is sure, a block may have a chance as
/// small as this beside the best one.
const BESIDE_BEST: f32 = 0.3;

/// Less of a page's prose is next to nothing, if it has any to speak of, in
/// bytes.
const FEW: f32 = 0.35;
const LEAST: f32 = 300.0;

/// A page with a chance above this has an article, however short.
const CERTAIN: f32 = 0.8;

/// More paragraphs than this are many.
const MANY: f32 = 60.0;

/// Of a page that is nothing but a text no more is links; the fewest words of a
/// sentence that shows that it is one.
const BARE_LINKS: f32 = 0.2;
const SENTENCE: f32 = 5.0;

/// An element is a copy if it has that much of the article and no more than so
/// much that was not said before: a part may be said twice for a reason.
const WHOLE_SHARE: f32 = 0.5;
const FRESH_SHARE: f32 = 0.2;
const COPY_WORDS: f32 = 60.0;

/// Chances above this are believed even where names speak against it.
const BELIEVED: f32 = 0.97;

const COMMENT: usize = class("comment");

/// An element that is further around a block says little about it.
const BESIDE: u8 = 3;

/// An article of fewer words may be what is called a comment, in words.
const UNCOMMENTED: f32 = 100.0;

const NEWSLETTER: usize = class("newsletter");
const SUBSCRIBE: Senses = text("subscribe");

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// A part of the article.
    Article,
    /// Its headline.
    Headline,
    /// A caption in the article.
    Caption,
    /// A copy of what the article says elsewhere.
    Copy,
    /// A link to something else, between paragraphs.
    Link,
    /// What the profile's selectors take out.
    Selector,
    /// Anything else.
    Other,
}

/// Decides about every block of a page, by the chances the forest gives.
#[must_use]
pub fn decide(page: &Page<'_>, document: &Document<'_>, chances: &[f32]) -> Vec<Verdict> {
    let mut verdicts: Vec<Verdict> = chances
        .iter()
        .map(|chance| {
            if *chance > SURE {
                Verdict::Article
            } else {
                Verdict::Other
            }
        })
        .collect();
    rescue(page, chances, &mut verdicts);
    if !verdicts.contains(&Verdict::Article) && is_bare(page) {
        verdicts.fill(Verdict::Article);
    }
    late(page, &mut verdicts);
    captions(page, chances, &mut verdicts, is_news(document));
    links(page, &mut verdicts);
    prompts(page, &mut verdicts);
    asides(page, document, chances, &mut verdicts);
    copies(page, &mut verdicts);
    let titles = titles(document);
    if let Some(at) = headline(page, &titles) {
        // An `h1` that no title is like may be a sub-headline.
        let is_like = like_any(&titles, page.pieces[at].block.text) > LIKE;
        if is_like || verdicts[at] != Verdict::Article {
            verdicts[at] = Verdict::Headline;
        }
    }
    verdicts
}

/// Takes the likeliest blocks of a page that has an article for certain, if
/// hardly any is sure.
fn rescue(page: &Page<'_>, chances: &[f32], verdicts: &mut [Verdict]) {
    let is_taken = |at: &usize| verdicts[*at] == Verdict::Article;
    let taken = (0..verdicts.len()).filter(is_taken);
    let taken: f32 = taken.map(|at| page.pieces[at].chars).sum();
    let surest = chances.iter().copied().fold(0.0, f32::max);
    if taken > FEW * page.prose_chars || page.prose_chars < LEAST || surest > CERTAIN {
        return;
    }
    let prose = || (0..verdicts.len()).filter(|at| page.pieces[*at].is_prose);
    let Some(best) = prose().max_by(|a, b| chances[*a].total_cmp(&chances[*b])) else {
        return;
    };
    let container = page.container(best);
    let near = |at: &usize| {
        let outer = container.and_then(|c| page.places[c].parent).or(container);
        let inside = outer
            .zip(page.index(*at))
            .is_some_and(|(o, i)| page.is_inside(i, o));
        page.pieces[*at].is_prose && (inside || chances[*at] > BESIDE_BEST * chances[best])
    };
    for at in prose().filter(near).collect::<Vec<_>>() {
        verdicts[at] = Verdict::Article;
    }
}

/// What stands among the many paragraphs that are most of the article, in one
/// element and of one look, and reads like them, is the article's however late
/// it comes: the forest saw hardly any transcript or book.
fn late(page: &Page<'_>, verdicts: &mut [Verdict]) {
    let home = |at: usize| Some((page.container(at)?, page.place(at)?.shape));
    let mut homes: BTreeMap<(usize, u32), f32> = BTreeMap::new();
    let mut paragraphs = 0.0;
    for at in (0..verdicts.len()).filter(|at| verdicts[*at] == Verdict::Article) {
        if page.pieces[at].is_prose {
            *homes.entry(home(at).unwrap_or_default()).or_default() += 1.0;
            paragraphs += 1.0;
        }
    }
    let most = homes.iter().max_by(|a, b| a.1.total_cmp(b.1));
    let Some((most, _)) = most.filter(|(_, own)| **own > MANY.max(WHOLE_SHARE * paragraphs)) else {
        return;
    };
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        if *verdict == Verdict::Other && page.pieces[at].is_prose && home(at) == Some(*most) {
            *verdict = Verdict::Article;
        }
    }
}

/// Whether a page is nothing but a text, if a short one: a sentence, and next to
/// no links.
fn is_bare(page: &Page<'_>) -> bool {
    let shown = || page.pieces.iter().filter(|piece| !piece.block.hidden);
    let linked: f32 = shown().map(|p| p.link_density * p.chars).sum();
    let chars: f32 = shown().map(|p| p.chars).sum();
    let is_sentence =
        |p: &Piece<'_>| p.words >= SENTENCE && p.block.text.ends_with(closes_sentence);
    linked <= BARE_LINKS * chars && shown().any(is_sentence)
}

/// Captions belong to their pictures. In news whatever stands in a figure is
/// one; elsewhere figures hold text, and only what says that it is a caption
/// and stands between paragraphs is one.
fn captions(page: &Page<'_>, chances: &[f32], verdicts: &mut [Verdict], is_news: bool) {
    let is_article = |verdict: &Verdict| *verdict == Verdict::Article;
    let (first, last) = (
        verdicts
            .iter()
            .position(is_article)
            .unwrap_or(verdicts.len()),
        verdicts.iter().rposition(is_article).unwrap_or(0),
    );
    for at in 0..verdicts.len() {
        let piece = &page.pieces[at];
        let says_so = piece.block.kind == BlockKind::Caption;
        let in_figure = page.place(at).is_some_and(Place::is_caption);
        match verdicts[at] {
            Verdict::Article if is_news && (says_so || in_figure) && chances[at] < BELIEVED => {
                verdicts[at] = Verdict::Caption;
            }
            Verdict::Other
                if says_so && !piece.block.hidden && piece.link_density < 0.5
                // The first picture often stands over the first paragraph.
                && (first.saturating_sub(2)..=last).contains(&at) =>
            {
                verdicts[at] = Verdict::Caption;
            }
            _ => {}
        }
    }
}

/// Whether nearly all letters of a text are capitals.
fn shouts(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 12 && capitals * 10 > letters * 8
}

/// A whole line that is a link in capitals leads to another story.
fn links(page: &Page<'_>, verdicts: &mut [Verdict]) {
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        let piece = &page.pieces[at];
        let is_link = piece.link_density > 0.9 && !is_heading(&piece.block);
        if *verdict == Verdict::Article && is_link && shouts(piece.block.text) {
            *verdict = Verdict::Link;
        }
    }
}

/// What asks readers to subscribe, in an element that is called so, is no part
/// of the article, however it reads.
fn prompts(page: &Page<'_>, verdicts: &mut [Verdict]) {
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        let asks = page.pieces[at].senses & SUBSCRIBE != 0;
        let is_box = |place: &Place| place.classes[NEWSLETTER] <= 3;
        if *verdict == Verdict::Article && asks && page.place(at).is_some_and(is_box) {
            *verdict = Verdict::Other;
        }
    }
}

/// What other people wrote under the article, and its source for others to
/// copy, read like the article, and are not.
fn asides(page: &Page<'_>, document: &Document<'_>, chances: &[f32], verdicts: &mut [Verdict]) {
    let is_near = |place: &Place| place.classes[COMMENT] <= BESIDE;
    let is_comment = |at: usize| page.place(at).is_some_and(is_near);
    let taken = (0..verdicts.len()).filter(|at| verdicts[*at] == Verdict::Article);
    // Some sites call their opinion pieces comments.
    let others = taken.filter(|at| !is_comment(*at));
    let has_other = others.map(|at| page.pieces[at].words).sum::<f32>() > UNCOMMENTED;
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        if *verdict != Verdict::Article {
            continue;
        }
        let block = &page.pieces[at].block;
        let mut around = document.around(block);
        let is_source = block.kind == BlockKind::Code
            && around
                .next()
                .is_some_and(|element| element.name == "textarea");
        if is_source || has_other && is_comment(at) && chances[at] < BELIEVED {
            *verdict = Verdict::Other;
        }
    }
}

/// Drops elements whose text was said before: some pages carry the article
/// again for machines. What says itself again among paragraphs of its own kind,
/// as terms of several offers do, is no copy.
fn copies(page: &Page<'_>, verdicts: &mut [Verdict]) {
    let (mut said, mut words) = (Runs::default(), Vec::new());
    // The words that nothing before them says: of the page, and by container
    // and the shape of what stands in it.
    let mut fresh = 0.0;
    let mut own: BTreeMap<(usize, u32), f32> = BTreeMap::new();
    let home = |at: usize| Some((page.container(at)?, page.place(at)?.shape));
    let mut again = vec![(0.0_f32, 0.0_f32); page.places.len()];
    let taken = (0..verdicts.len()).filter(|at| verdicts[*at] == Verdict::Article);
    for at in taken {
        let piece = &page.pieces[at];
        words.clear();
        runs(piece.block.text, |run| words.push(run));
        let share = said.share(&words);
        said.add(&words);
        fresh += (1.0 - share) * piece.words;
        if let Some(home) = home(at) {
            *own.entry(home).or_default() += (1.0 - share) * piece.words;
        }
        let mut next = page.index(at);
        while let Some(index) = next {
            again[index].0 += share * piece.words;
            again[index].1 += piece.words;
            next = page.places[index].parent;
        }
    }
    let is_copy = |index: usize| {
        let (copied, all) = again[index];
        let has_fresh = all - copied > FRESH_SHARE * all.min(fresh);
        copied > COPY_WORDS && copied > WHOLE_SHARE * fresh && !has_fresh
    };
    for (at, verdict) in verdicts.iter_mut().enumerate() {
        let own = home(at).and_then(|home| own.get(&home));
        if *verdict != Verdict::Article || own.is_some_and(|own| *own > WHOLE_SHARE * fresh) {
            continue;
        }
        let around = std::iter::successors(page.index(at), |index| page.places[*index].parent);
        if around.into_iter().any(is_copy) {
            *verdict = Verdict::Copy;
        }
    }
}
