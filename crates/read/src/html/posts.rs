//! The posts of a liveblog: where each one starts, and what is known about it.
//!
//! ```text
//! <li id=block-1><time datetime=2025-02-25T17:13Z>17:13</time><h2>Talks resume</h2>…
//! <li id=block-2><time …
//! -> an entry at each `li`, published 2025-02-25T17:13Z, headline Talks resume
//! ```
//!
//! Elements of one look that stand side by side and each have a time are the
//! posts, if the page says that it is a liveblog, or if what they stand in is
//! called one. Where there are none, the texts that the page's JSON-LD lists are
//! looked for among the visible ones; its own text is never trusted, for words
//! in it may be glued.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_model::{BlockKind, Metadata};
use cleancopy_text::letters;

use super::attributes::attribute;
use super::blocks::{HtmlBlock, Reading};
use super::metadata::{PageFacts, Update};
use super::open::Element;

/// Fewer elements of one look may be anything.
const FEWEST: usize = 3;

/// How far above its time a post may be, in elements.
const ABOVE: usize = 8;

/// How many letters tell where a post starts.
const LETTERS: usize = 40;

/// Among so many of its first blocks a post has its headline.
const HEADING: usize = 4;

/// A shorter text is no paragraph of a post, in bytes.
const PARAGRAPH: usize = 60;

/// Fewer letters could start any text.
const FEW_LETTERS: usize = 12;

/// Posts by the block each starts at.
pub(super) type Posts = BTreeMap<usize, Metadata>;

/// Finds the posts of a page that is a liveblog, and marks their headlines.
pub(super) fn posts(reading: &mut Reading<'_>, facts: &PageFacts) -> Posts {
    let is_live = facts.kind.as_deref() == Some("LiveBlogPosting");
    let updates = facts.live.as_ref().map_or(&[][..], |live| &live.updates);
    let mut posts = by_elements(reading, is_live || !updates.is_empty());
    if posts.len() < FEWEST {
        posts = by_updates(&reading.blocks, updates);
    } else {
        enrich(&mut posts, &reading.blocks, updates);
    }
    headlines(reading, &mut posts);
    posts
}

/// Posts that are elements with a time each. Of a page that does not say that it
/// is a liveblog, those alone that are called so and hold paragraphs.
fn by_elements(reading: &Reading<'_>, is_live: bool) -> Posts {
    let elements = &reading.elements;
    // By parent and look: the elements, each with its time.
    let mut groups: BTreeMap<(u32, &str, &str), BTreeMap<u32, String>> = BTreeMap::new();
    for element in elements.iter().filter(|e| &*e.name == "time") {
        let time = attribute(element.attributes, "datetime").unwrap_or_default();
        let around = std::iter::successors(element.parent, |at| elements[*at as usize].parent);
        for at in around.take(ABOVE) {
            let post = &elements[at as usize];
            let Some(parent) = post.parent else { break };
            let classes = attribute(post.attributes, "class").unwrap_or_default();
            let class = classes.split_ascii_whitespace().next().unwrap_or_default();
            let group = groups.entry((parent, &post.name, class)).or_default();
            group.entry(at).or_insert_with(|| time.to_owned());
        }
    }
    let Some(group) = groups.into_values().max_by_key(BTreeMap::len) else {
        return Posts::new();
    };
    if !(is_live || is_called_live(elements, &group) && hold_paragraphs(reading, &group)) {
        return Posts::new();
    }
    let mut posts = Posts::new();
    let mut last = None;
    for (block, text) in reading.blocks.iter().enumerate() {
        let post = post_of(elements, text, &group);
        if post.is_some() && post != last {
            let mut metadata = Metadata::new();
            if let Some(time) = post
                .and_then(|post| group.get(&post))
                .filter(|t| is_time(t))
            {
                metadata.add("published", time.trim());
            }
            posts.insert(block, metadata);
        }
        last = post.or(last);
    }
    posts
}

/// The post that a block stands in.
fn post_of(
    elements: &[Element<'_>],
    block: &HtmlBlock,
    group: &BTreeMap<u32, String>,
) -> Option<u32> {
    let mut around = std::iter::successors(block.element, |at| elements[*at as usize].parent);
    around.find(|at| group.contains_key(at))
}

/// Whether the class, id or item of what elements stand in, or of their own, is
/// that of a liveblog.
fn is_called_live(elements: &[Element<'_>], group: &BTreeMap<u32, String>) -> bool {
    let first = group.keys().next().copied();
    let mut around = std::iter::successors(first, |at| elements[*at as usize].parent);
    around.any(|at| {
        let own = elements[at as usize].attributes;
        let names = ["class", "id", "itemprop", "itemtype"].map(|name| attribute(own, name));
        names.into_iter().flatten().any(|name| {
            let name = name.replace(['-', '_'], "").to_ascii_lowercase();
            name.contains("liveblog") || name.contains("liveupdate")
        })
    })
}

/// Whether most of the elements have a paragraph: those of a list of headlines
/// have links alone.
fn hold_paragraphs(reading: &Reading<'_>, group: &BTreeMap<u32, String>) -> bool {
    let is_paragraph = |b: &&HtmlBlock| b.text.len() >= PARAGRAPH && b.linked * 2 < b.text.len();
    let paragraphs = reading.blocks.iter().filter(is_paragraph);
    let holding = paragraphs.filter_map(|block| post_of(&reading.elements, block, group));
    let holding: BTreeSet<u32> = holding.collect();
    group.values().filter(|time| is_time(time)).count() * 2 > group.len()
        && holding.len() * 2 > group.len()
}

/// Whether a `datetime` is a point in time, not a duration.
fn is_time(text: &str) -> bool {
    let text = text.trim().as_bytes();
    text.len() >= 16 && text[..4].iter().all(u8::is_ascii_digit) && text[4] == b'-'
}

/// Posts whose text the page's data list.
fn by_updates(blocks: &[HtmlBlock], updates: &[Update]) -> Posts {
    let mut posts = Posts::new();
    for update in updates {
        let headline = update.headline.as_deref().unwrap_or_default();
        let first = update.body.lines().next().unwrap_or_default();
        if let Some(at) = find(blocks, headline).or_else(|| find(blocks, first)) {
            posts.entry(at).or_insert_with(|| known(update));
        }
    }
    posts
}

/// Adds what the data know to posts that have the same headline or text.
fn enrich(posts: &mut Posts, blocks: &[HtmlBlock], updates: &[Update]) {
    let starts: Vec<usize> = posts.keys().copied().collect();
    for update in updates {
        let headline = update.headline.as_deref().unwrap_or_default();
        let first = update.body.lines().next().unwrap_or_default();
        let found = find(blocks, headline).or_else(|| find(blocks, first));
        let start = found.and_then(|at| starts[..starts.partition_point(|s| *s <= at)].last());
        if let Some(metadata) = start.and_then(|start| posts.get_mut(start)) {
            for (key, values) in known(update).iter() {
                values.iter().for_each(|value| metadata.add(key, value));
            }
        }
    }
}

/// The block that begins as a text does. A shorter one may be all of the text's
/// first sentence, to which the data glued the next.
fn find(blocks: &[HtmlBlock], text: &str) -> Option<usize> {
    let wanted: Vec<char> = letters(text).take(LETTERS).collect();
    if wanted.len() < FEW_LETTERS {
        return None;
    }
    let begins = |block: &HtmlBlock| {
        let mut count = 0;
        let mut both = letters(&block.text).zip(&wanted);
        let same = both.all(|(a, b)| {
            count += 1;
            a == *b
        });
        same && count >= FEW_LETTERS
    };
    blocks.iter().position(begins)
}

fn known(update: &Update) -> Metadata {
    let mut metadata = Metadata::new();
    let texts = [
        ("published", &update.published),
        ("modified", &update.modified),
        ("headline", &update.headline),
        ("url", &update.url),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            metadata.add(key, text);
        }
    }
    update
        .byline
        .iter()
        .for_each(|name| metadata.add("byline", name));
    metadata
}

/// The first heading of a post is its headline. One of the first level is that
/// of the page, whose own time stands beside it.
fn headlines(reading: &mut Reading<'_>, posts: &mut Posts) {
    let starts: Vec<usize> = posts.keys().copied().collect();
    for (index, start) in starts.iter().enumerate() {
        let next = starts.get(index + 1).copied().unwrap_or(usize::MAX);
        let end = next.min(start + HEADING).min(reading.blocks.len());
        let heading = (*start..end).find(|at| reading.blocks[*at].kind == BlockKind::Heading);
        let Some(block) = heading.and_then(|at| reading.blocks.get_mut(at)) else {
            continue;
        };
        match block.level {
            1 => drop(posts.remove(start)),
            _ => block.kind = BlockKind::Headline,
        }
    }
}
