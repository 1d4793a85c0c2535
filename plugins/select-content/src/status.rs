//! What a page is if it is no article: `status` in the metadata.

use cleancopy_plugin::Document;
use cleancopy_plugin::prelude::Category;

use crate::decide::Verdict;
use crate::page::Page;
use crate::words::{Senses, Words, class, text};

const CONSENT_CLASS: usize = class("consent");
const CONSENT_TEXT: Senses = text("consent");

/// A page of more words is no consent page.
const WORDS: f32 = 1_500.0;

/// As much of it is about consent.
const SHARE: f32 = 0.5;

/// A status, with the category it is noted under.
pub(crate) type Status = (&'static str, Category);

/// Whether the page asks for consent and has nothing else to say: where the
/// article should be stands the site's question about cookies.
pub(crate) fn consent(page: &Page<'_>) -> Option<Status> {
    let (mut about, mut all) = (0.0, 0.0);
    for (at, piece) in page
        .pieces
        .iter()
        .enumerate()
        .filter(|(_, p)| !p.block.hidden)
    {
        let by_class = page
            .place(at)
            .is_some_and(|p| p.classes[CONSENT_CLASS] < 12);
        let by_text = piece.senses & CONSENT_TEXT != 0;
        all += piece.words;
        about += if by_class || by_text {
            piece.words
        } else {
            0.0
        };
    }
    (all > 0.0 && all < WORDS && about > SHARE * all).then_some(("consent-page", Category::Consent))
}

/// An article of fewer words may be the beginning of one.
const BEGINNING: usize = 350;

/// The page's own data have so much more of the article than the page shows.
const LONGER: f32 = 1.5;

/// A sign alone may be a habit of the site: two have to agree, and what asks
/// readers to pay before they read on counts twice.
const SIGNS: usize = 2;

/// What a page shows of a paywall.
pub(crate) struct Wall<'p, 'd> {
    pub(crate) page: &'p Page<'d>,
    pub(crate) document: &'p Document<'d>,
    pub(crate) words: &'p Words,
    pub(crate) verdicts: &'p [Verdict],
    /// By block, whether it stands in an element of a paywall's.
    pub(crate) in_wall: &'p dyn Fn(usize) -> bool,
}

impl Wall<'_, '_> {
    /// Whether a paywall cut the article off. Many pages hold the whole article
    /// and a prompt for those who came too often: only where the article also
    /// looks as if it went on is it cut.
    pub(crate) fn status(&self) -> Option<Status> {
        let is_article = |verdict: &Verdict| *verdict == Verdict::Article;
        let last = self.verdicts.iter().rposition(is_article)?;
        let cut = (PAYWALL, Category::Subscription);
        (self.goes_on(last) && self.signs(last) >= SIGNS).then_some(cut)
    }

    fn goes_on(&self, last: usize) -> bool {
        let article = self.page.pieces.iter().zip(self.verdicts);
        let article = article.filter(|(_, verdict)| **verdict == Verdict::Article);
        let words: f32 = article.map(|(piece, _)| piece.words).sum();
        let mut bodies = self.document.metadata("_article_body");
        let body = bodies
            .next()
            .map_or(0, |body| body.split_ascii_whitespace().count());
        let text = self.page.pieces[last].block.text;
        words < BEGINNING as f32
            || body as f32 > LONGER * words
            || text.ends_with(['…'])
            || text.ends_with("...")
    }

    fn signs(&self, last: usize) -> usize {
        let mut free = self.document.metadata("_free");
        let is_closed = free.any(|free| free == "false");
        let seen = |at: &usize| !self.page.pieces[*at].block.hidden;
        let mut shown = (0..self.page.pieces.len()).filter(seen);
        let has_wall = shown.clone().any(|at| (self.in_wall)(at));
        // The prompt may read like the article's last paragraph.
        let asks =
            shown.any(|at| at >= last && self.words.is_wall(self.page.pieces[at].block.text));
        usize::from(is_closed) + usize::from(has_wall) + SIGNS * usize::from(asks)
    }
}

const PAYWALL: &str = "paywall";

/// A page on which nothing is an article.
pub(crate) const NONE: Status = ("no-article", Category::Navigation);
