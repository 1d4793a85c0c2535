//! Why a block is not the article's: the category and the rule of its removal.

use cleancopy_plugin::prelude::Category;

use crate::page::{Page, TAGS};
use crate::words::class;

/// Senses of classes, with what they are the reason for; the first that stands close around a block counts.
const BY_CLASS: &[(usize, &str, Category)] = &[
    (
        class("consent"),
        "select-content/consent",
        Category::Consent,
    ),
    (
        class("comment"),
        "select-content/comments",
        Category::CommentsCta,
    ),
    (
        class("newsletter"),
        "select-content/newsletter",
        Category::Newsletter,
    ),
    (class("share"), "select-content/share", Category::Share),
    (
        class("ad"),
        "select-content/advertisement",
        Category::Advertisement,
    ),
    (
        class("caption"),
        "select-content/picture",
        Category::Caption,
    ),
    (
        class("author"),
        "select-content/author",
        Category::AuthorNote,
    ),
    (class("legal"), "select-content/legal", Category::Copyright),
    (
        class("related"),
        "select-content/related",
        Category::RelatedCard,
    ),
    (class("account"), "select-content/account", Category::Login),
    (class("meta"), "select-content/times", Category::Timestamp),
    (
        class("cta"),
        "select-content/prompt",
        Category::Advertisement,
    ),
    (class("nav"), "select-content/menu", Category::Navigation),
    (class("foot"), "select-content/footer", Category::Navigation),
    (class("tag"), "select-content/tags", Category::Navigation),
];

/// The same for elements by their name.
const BY_TAG: &[(&str, &str, Category)] = &[
    ("figure", "select-content/picture", Category::Caption),
    ("nav", "select-content/menu", Category::Navigation),
    ("footer", "select-content/footer", Category::Navigation),
    ("form", "select-content/form", Category::Navigation),
    ("aside", "select-content/aside", Category::RelatedCard),
    ("header", "select-content/header", Category::Navigation),
];

/// How far around a block a class is its reason, in elements.
const CLOSE: u8 = 8;

/// How much of a block must be links to make it one of a list of links.
const LINKS: f32 = 0.6;

/// Why a block leaves.
#[must_use]
pub fn reason(page: &Page<'_>, at: usize) -> (&'static str, Category) {
    let piece = &page.pieces[at];
    if piece.block.hidden {
        return ("select-content/hidden", Category::Navigation);
    }
    let Some(place) = page.place(at) else {
        return ("select-content/outside", Category::Navigation);
    };
    let by_class = BY_CLASS
        .iter()
        .filter(|(sense, ..)| place.classes[*sense] <= CLOSE);
    let nearest = by_class.min_by_key(|(sense, ..)| place.classes[*sense]);
    if let Some((_, rule, category)) = nearest {
        return (rule, *category);
    }
    let distance = |name: &str| {
        TAGS.iter()
            .position(|tag| *tag == name)
            .map(|tag| place.tags[tag])
    };
    let by_tag = BY_TAG
        .iter()
        .filter_map(|entry| Some((distance(entry.0)?, entry)));
    let nearest = by_tag
        .filter(|(far, _)| *far <= CLOSE)
        .min_by_key(|(far, _)| *far);
    match nearest {
        Some((_, (_, rule, category))) => (rule, *category),
        None if piece.link_density > LINKS => ("select-content/link-list", Category::Navigation),
        None => ("select-content/outside", Category::Navigation),
    }
}
