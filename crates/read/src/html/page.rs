//! A page to a document: its blocks, the elements they stand in, and what the
//! page says about itself.

use std::borrow::Cow;

use cleancopy_model::{Document, Draft, Element, Markup, Origin, SectionKind, is_told};

use super::attributes::{attribute, attributes};
use super::blocks::{HtmlBlock, Reading, read_blocks};
use super::metadata::{PageFacts, page_facts};
use super::open;
use super::posts::posts;
use super::references::decode;
use super::status::status;
use crate::encoding::decode_html;
use crate::{Encoding, ReadError};

/// The longest value of an attribute that cleaners get to see, in bytes.
const VALUE_BYTES: usize = 80;

/// The longest list of classes, in bytes; some pages style with hundreds.
const CLASS_BYTES: usize = 400;

/// How far into a file the first tag of a page is looked for, in bytes.
const HEAD: usize = 1024;

/// Reads an HTML page into a document.
///
/// Every text that a browser could show is a block. The encoding is the one
/// given, else the one a byte-order mark names, else the one that the page
/// declares unless its bytes say otherwise, else the one its bytes look like.
/// What is no text in that encoding becomes U+FFFD: much of the web is broken
/// in a place or two. A page without text has a `status` that says why:
/// `frameset`, `scripts-only` or `empty`.
///
/// # Errors
/// None today; a page is read as far as it goes.
pub fn read_html(id: &str, bytes: Vec<u8>, given: Option<Encoding>) -> Result<Document, ReadError> {
    let (text, encoding) = decode_html(bytes, given);
    let mut reading = read_blocks(text.trim_start_matches('\u{feff}'));
    let mut draft = Draft::new();
    let indexes = add_elements(&reading, &mut draft);
    let facts = page_facts(&reading);
    let status = status(&reading);
    let mut posts = posts(&mut reading, &facts);
    for (at, block) in reading.blocks.iter().enumerate() {
        if let Some(metadata) = posts.remove(&at) {
            draft.begin(SectionKind::Entry, metadata);
        }
        add_block(block, &indexes, &mut draft);
    }
    know(&facts, &mut draft);
    if let Some(status) = status {
        draft.know("status", status);
    }
    let mut document = draft.finish(id, Origin::Html);
    (document.url, document.language) = (facts.url, facts.language);
    document.encoding = encoding.name().to_owned();
    Ok(document)
}

/// Tells a document what its page says of itself.
fn know(facts: &PageFacts, draft: &mut Draft) {
    let texts = [
        ("headline", &facts.headline),
        ("published", &facts.published),
        ("modified", &facts.modified),
        ("section", &facts.section),
        ("site", &facts.site),
        ("description", &facts.description),
        ("_type", &facts.kind),
        ("_article_body", &facts.article_body),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            draft.know(key, text);
        }
    }
    // A hint: of a page that can be read once a month it is true, too.
    if let Some(free) = facts.is_accessible_for_free {
        draft.know("_free", if free { "true" } else { "false" });
    }
    facts
        .byline
        .iter()
        .for_each(|name| draft.know("byline", name));
    // A key that is no list takes one value only.
    if !facts.titles.is_empty() {
        draft.know("_titles", &facts.titles.join("\n"));
    }
}

/// Whether bytes are an HTML page, judged by how they begin. A text that only
/// has some tags in it is none.
#[must_use]
pub fn looks_like_html(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let (head, _, _) = match encoding_rs::Encoding::for_bom(head) {
        Some((encoding, _)) => encoding.decode(head),
        None => encoding_rs::WINDOWS_1252.decode(head),
    };
    let mut head = head.trim_start();
    while let Some(comment) = head.strip_prefix("<!--") {
        let Some((_, rest)) = comment.split_once("-->") else {
            return false;
        };
        head = rest.trim_start();
    }
    let opens = |tag: &str| {
        let start = head.get(..tag.len());
        let next = head.as_bytes().get(tag.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(tag))
            && next.is_none_or(|b| b.is_ascii_whitespace() || *b == b'>')
    };
    ["<!doctype html", "<html", "<head", "<body"]
        .into_iter()
        .any(opens)
}

/// Adds the elements that text stands in; answers where each one went.
fn add_elements(reading: &Reading<'_>, draft: &mut Draft) -> Vec<Option<u32>> {
    let mut used = vec![false; reading.elements.len()];
    for block in &reading.blocks {
        let mut next = block.element;
        while let Some(index) = next.filter(|index| !used[*index as usize]) {
            used[index as usize] = true;
            next = reading.elements[index as usize].parent;
        }
    }
    let mut indexes = vec![None; used.len()];
    for (index, element) in reading.elements.iter().enumerate() {
        if used[index] {
            let parent = element.parent.and_then(|parent| indexes[parent as usize]);
            let around = element
                .parent
                .map(|parent| &reading.elements[parent as usize]);
            let siblings = around.map_or(reading.outermost, |around| around.children);
            let behind = siblings.saturating_sub(element.nth);
            indexes[index] = Some(add_element(element, parent, behind, draft));
        }
    }
    indexes
}

fn add_element(
    element: &open::Element<'_>,
    parent: Option<u32>,
    behind: u32,
    draft: &mut Draft,
) -> u32 {
    let value = |name| attribute(element.attributes, name).map_or(Cow::Borrowed(""), text_of);
    let (id, classes) = (value("id"), value("class"));
    let others: Vec<String> = attributes(element.attributes)
        .filter(|(name, value)| is_told(name) && value.len() <= VALUE_BYTES)
        .map(|(name, value)| format!("{}={}", name.to_ascii_lowercase(), text_of(value)))
        .map(|line| line.replace(['\n', '\r'], " "))
        .collect();
    draft.element(Element {
        parent,
        name: &element.name,
        id: cut(&id, VALUE_BYTES),
        classes: cut(&classes, CLASS_BYTES),
        attributes: &others.join("\n"),
        selectors: "",
        nth: element.nth,
        behind,
    })
}

fn text_of(value: &str) -> Cow<'_, str> {
    match value.contains('&') {
        true => decode(value).into(),
        false => value.into(),
    }
}

fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

fn add_block(block: &HtmlBlock, indexes: &[Option<u32>], draft: &mut Draft) {
    draft.markup(Markup {
        element: block.element.and_then(|index| indexes[index as usize]),
        level: block.level,
        linked: u32::try_from(block.linked).unwrap_or(u32::MAX),
        hidden: block.hidden,
    });
    match block.close {
        true => draft.line(block.kind, &block.text),
        false => draft.block(block.kind, &block.text),
    }
}
