//! What is known of the whole page before its blocks are looked at.

use cleancopy_plugin::Document;
use cleancopy_text::letters;

use crate::headline::{headline, titles};
use crate::page::{Page, Piece, is_heading};
use crate::shingles::{ByHash, Copies, Runs};

/// Prose that is further off than so many blocks does not count.
const FAR_OFF: f32 = 40.0;

/// A shorter `articleBody` says nothing, in runs of words.
const BODY: usize = 40;

/// What is known of the whole page.
pub(super) struct Whole<'p, 'd> {
    pub(super) page: &'p Page<'d>,
    pub(super) best: Best,
    /// 2 for news, 1 for other articles, 0 for pages of another or no kind.
    pub(super) kind: f32,
    pub(super) h1: Option<usize>,
    /// How many blocks say the same, by what they say.
    pub(super) copies: ByHash<u32>,
    pub(super) titles: Vec<Vec<char>>,
    pub(super) description: Vec<char>,
    /// The article as the page's own data have it.
    pub(super) body: Option<Runs>,
    pub(super) runs: Copies,
    /// Prose characters before each block.
    pub(super) prose_before: Vec<f32>,
    /// How many blocks it is back and on to the next prose, at most [`FAR_OFF`].
    pub(super) prose_back: Vec<f32>,
    pub(super) prose_on: Vec<f32>,
    /// The heading over each block.
    pub(super) under: Vec<Option<usize>>,
}

impl<'p, 'd> Whole<'p, 'd> {
    pub(super) fn new(page: &'p Page<'d>, document: &Document<'d>) -> Self {
        let mut copies: ByHash<u32> = ByHash::default();
        for piece in &page.pieces {
            *copies.entry(piece.key).or_default() += 1;
        }
        let text_of = |key: &str| document.metadata(key).next().unwrap_or_default().to_owned();
        let titles = titles(document);
        let mut prose_on = to_prose(page, page.pieces.iter().rev());
        prose_on.reverse();
        Self {
            best: Best::of(page),
            h1: headline(page, &titles),
            copies,
            description: letters(&text_of("description")).collect(),
            kind: kind(&text_of("_type")),
            body: Some(Runs::of(&text_of("_article_body"))).filter(|runs| runs.len() > BODY),
            runs: Copies::of(page.pieces.iter().map(|p| p.block.text)),
            titles,
            prose_before: prose_before(page),
            under: under(page),
            prose_back: to_prose(page, page.pieces.iter()),
            prose_on,
            page,
        }
    }
}

/// The element with the most prose of its own.
#[derive(Debug)]
pub(super) struct Best {
    pub(super) place: Option<usize>,
    /// How many bytes of prose stand in it.
    pub(super) chars: f32,
    /// The first and the last block of prose in it.
    pub(super) span: Option<(usize, usize)>,
    /// Blocks of prose in it before each block.
    pub(super) before: Vec<f32>,
}

impl Best {
    fn of(page: &Page<'_>) -> Self {
        let own = |at: &usize| page.places[*at].own_prose_chars;
        let place = (0..page.places.len())
            .filter(|at| own(at) > 0.0)
            .max_by(|a, b| own(a).total_cmp(&own(b)));
        let mut best = Self {
            place,
            chars: place.map_or(0.0, |at| page.places[at].prose_chars),
            span: None,
            before: Vec::with_capacity(page.pieces.len()),
        };
        let mut so_far = 0.0;
        for (at, piece) in page.pieces.iter().enumerate() {
            best.before.push(so_far);
            let inside = place
                .zip(page.index(at))
                .is_some_and(|(best, own)| page.is_inside(own, best));
            if piece.is_prose && inside {
                best.span = Some((best.span.map_or(at, |(first, _)| first), at));
                so_far += 1.0;
            }
        }
        best
    }
}

fn kind(kind: &str) -> f32 {
    match kind {
        kind if kind.contains("News") || kind.contains("LiveBlog") => 2.0,
        kind if kind.contains("Article") || kind.contains("Posting") => 1.0,
        _ => 0.0,
    }
}

fn prose_before(page: &Page<'_>) -> Vec<f32> {
    let mut sum = 0.0;
    let before = page.pieces.iter().map(|piece| {
        let before = sum;
        if piece.is_prose {
            sum += piece.chars;
        }
        before
    });
    before.collect()
}

fn under(page: &Page<'_>) -> Vec<Option<usize>> {
    let mut last = None;
    let under = page.pieces.iter().enumerate().map(|(at, piece)| {
        let over = last;
        if is_heading(&piece.block) {
            last = Some(at);
        }
        over
    });
    under.collect()
}

/// How many blocks back the last prose is from each block.
fn to_prose<'p, 'd: 'p>(page: &Page<'d>, pieces: impl Iterator<Item = &'p Piece<'d>>) -> Vec<f32> {
    let mut steps = 0.0;
    let mut out = Vec::with_capacity(page.pieces.len());
    for piece in pieces {
        steps = f32::min(steps + 1.0, FAR_OFF);
        out.push(steps);
        if piece.is_prose {
            steps = 0.0;
        }
    }
    out
}
