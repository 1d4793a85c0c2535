//! What kind of block an element makes.

use cleancopy_model::BlockKind;

use super::super::attributes::attribute;
use super::super::names::{Traits, traits};

/// Classes of quotations that stand for an embedded post.
const EMBEDS: &[&str] = &[
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "mastodon-embed",
    "fb-post",
    "reddit-embed-bq",
];

/// An open element that makes blocks of a kind.
#[derive(Debug)]
pub(super) struct Maker {
    pub(super) kind: BlockKind,
    pub(super) element: u32,
    /// Whether it has made one.
    pub(super) used: bool,
    /// Of a row: how many cells it has.
    pub(super) cells: usize,
}

impl Maker {
    pub(super) fn new(kind: BlockKind, element: u32) -> Self {
        Self {
            kind,
            element,
            used: false,
            cells: 0,
        }
    }
}

/// The level of `h1` to `h6`.
pub(super) fn level(name: &str) -> u8 {
    name.as_bytes()
        .get(1)
        .map_or(0, |digit| digit.wrapping_sub(b'0'))
}

/// The kind of the blocks in an element, if it gives them one.
pub(super) fn made_by(name: &str, attributes: &str) -> Option<BlockKind> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" => Some(BlockKind::ListItem),
        "blockquote" if has_class(attributes, EMBEDS) => Some(BlockKind::Embed),
        "blockquote" => Some(BlockKind::Quote),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        "p" if has_class(attributes, &["wp-caption-text"]) => Some(BlockKind::Caption),
        "tr" => Some(BlockKind::TableRow),
        _ if traits(name).has(Traits::VERBATIM) => Some(BlockKind::Code),
        _ => None,
    }
}

fn has_class(attributes: &str, known: &[&str]) -> bool {
    let classes = attribute(attributes, "class").unwrap_or_default();
    classes.split_ascii_whitespace().any(|c| known.contains(&c))
}
