//! Finding teaser cards by their last line.

use std::ops::Range;

use cleancopy_plugin::Block;
use cleancopy_text::{ends_sentence, has_words, looks_like_headline, prefix_end, words};

/// The longest `Site nameAuthor` behind a headline, in bytes.
const CREDIT_BYTES: usize = 120;

/// The most words in it.
const CREDIT_WORDS: usize = 12;

/// The fewest and the most words of a title over a teaser and a day.
const TITLE_LEAST: usize = 4;
const TITLE_MOST: usize = 20;

/// The longest teaser, in bytes: they are cut at a few hundred characters.
const TEASER_BYTES: usize = 1500;

/// A line of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    pub(crate) text: &'t str,
    /// 1-based line of the source.
    pub(crate) number: u64,
}

impl<'t> From<Block<'t>> for Line<'t> {
    fn from(block: Block<'t>) -> Self {
        Self {
            text: block.text,
            number: block.line,
        }
    }
}

/// A story that cards may stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Story {
    /// Its blocks, 0-based, half-open.
    pub(crate) blocks: Range<usize>,
    /// The block of its headline.
    pub(crate) headline: usize,
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card<'t> {
    /// Its blocks, 0-based, half-open.
    pub(crate) lines: Range<usize>,
    /// The block of its title, if it has one.
    pub(crate) title: Option<usize>,
    /// The author of the story it leads to, if one is named.
    pub(crate) author: Option<&'t str>,
}

/// Finds the cards in a story.
pub(crate) fn cards<'t>(lines: &[Line<'t>], story: &Story, sites: &[String]) -> Vec<Card<'t>> {
    let headline = lines[story.headline].text;
    let blanks = has_blank_lines(lines, &story.blocks);
    let first = story.headline + 1;
    let mut found: Vec<Card<'t>> = Vec::new();
    for last in first..story.blocks.end {
        let Some(author) = credit(lines[last].text, headline, sites) else {
            continue;
        };
        let free = found.last().map_or(first, |card| card.lines.end);
        let start = first_line(lines, free..last, blanks);
        let title = (start + 2 == last).then_some(start);
        found.push(Card {
            lines: start..last + 1,
            title,
            author,
        });
    }
    found
}

/// Whether blank lines part the paragraphs, so that lines without one between
/// them hang together.
fn has_blank_lines(lines: &[Line<'_>], blocks: &Range<usize>) -> bool {
    lines[blocks.clone()]
        .windows(2)
        .any(|pair| pair[1].number > pair[0].number + 1)
}

/// The author in a card's last line; an empty answer inside if none is named,
/// nothing if it is no such line.
fn credit<'t>(line: &'t str, headline: &str, sites: &[String]) -> Option<Option<&'t str>> {
    let rest = line[prefix_end(line, headline)?..]
        .trim_start_matches(['\'', '’', '"', '”', '?', '!', '.', '…']);
    let glued = rest.starts_with(char::is_uppercase);
    if !glued || rest.len() > CREDIT_BYTES || has_words(rest, CREDIT_WORDS + 1) {
        return None;
    }
    if let Some(site) = sites.iter().find(|site| rest.starts_with(site.as_str())) {
        return Some(some_name(&rest[site.len()..]));
    }
    // The name of an unknown site ends where the author is glued to it.
    if !sites.is_empty() || rest.ends_with(['.', '!', '?', ',', ':']) {
        return None;
    }
    let seam = seams(rest).last()?;
    Some(some_name(&rest[seam..]))
}

/// The first line of a card whose last line is `last`: a title right over it,
/// or over one teaser. None where no title stands, or no text before it: a
/// page's own headline may have a day below it too.
pub(crate) fn card_above(lines: &[Line<'_>], last: usize) -> Option<usize> {
    let is_title = |&at: &usize| {
        let text = lines[at].text;
        let named = words(text).filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
        let fits = (TITLE_LEAST..=TITLE_MOST).contains(&named.count());
        fits && looks_like_headline(text) && (!ends_sentence(text) || text.ends_with('?'))
    };
    let over = last.checked_sub(1)?;
    let teaser = lines[over].text.len() <= TEASER_BYTES / 3;
    let under = over.checked_sub(1).filter(|_| teaser);
    let title = Some(over)
        .filter(is_title)
        .or_else(|| under.filter(is_title))?;
    let is_text =
        |line: &Line<'_>| ends_sentence(line.text) && has_words(line.text, TITLE_LEAST * 3 + 1);
    lines[..title].iter().any(is_text).then_some(title)
}

fn some_name(name: &str) -> Option<&str> {
    Some(name.trim()).filter(|name| !name.is_empty())
}

/// Where a capital follows a small letter: `LedgerAnn`. Names such as
/// `McAdam` have one inside a word, but not after four letters.
fn seams(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = (0, false);
    text.char_indices().filter_map(move |(at, c)| {
        let (run, small) = before;
        before = if c.is_alphabetic() {
            (run + 1, c.is_lowercase())
        } else {
            (0, false)
        };
        let seam = small && c.is_uppercase() && run > 3;
        if seam {
            before = (1, false);
        }
        seam.then_some(at)
    })
}

/// Where a card begins: two lines above its last one stand title and teaser,
/// if the page's layout or their shape says so. When it does not, only the
/// last line is the card's for certain.
fn first_line(lines: &[Line<'_>], free: Range<usize>, blanks: bool) -> usize {
    let last = free.end;
    let Some(title) = last.checked_sub(2).filter(|title| *title >= free.start) else {
        return last;
    };
    let joined = lines[last].number == lines[title].number + 2;
    let starts_fresh = title == 0 || lines[title].number > lines[title - 1].number + 1;
    let short = !has_words(lines[title].text, 41);
    let shaped = looks_like_headline(lines[title].text);
    let teaser = lines[last - 1].text.len() <= TEASER_BYTES;
    let is_card = if blanks {
        joined && (starts_fresh || shaped) && short
    } else {
        shaped
    };
    if is_card && teaser { title } else { last }
}
