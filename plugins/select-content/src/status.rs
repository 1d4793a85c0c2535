//! What a page is if it is no article: `status` in the metadata.

use cleancopy_plugin::prelude::Category;

use crate::page::Page;
use crate::words::{Senses, class, text};

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

/// A page on which nothing is an article.
pub(crate) const NONE: Status = ("no-article", Category::Navigation);
