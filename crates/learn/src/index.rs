//! Every different line of the corpus, and where it stands.

use std::collections::HashMap;

use crate::page::{Page, key};

/// Line numbers instead of texts, and on how many pages each line stands.
#[derive(Debug)]
pub(crate) struct Index<'p> {
    /// The pages that were read.
    pub(crate) pages: Vec<&'p Page>,
    /// The number of each line of each page.
    pub(crate) lines: Vec<Vec<usize>>,
    /// By number: the first text that was seen.
    pub(crate) texts: Vec<&'p str>,
    /// By number: on how many pages the line stands.
    pub(crate) pages_with: Vec<usize>,
    /// From how many pages on a line belongs to the publisher and not to an
    /// article.
    pub(crate) enough: usize,
}

/// Where a line stands: page and line, both 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    pub(crate) page: usize,
    pub(crate) line: usize,
}

impl<'p> Index<'p> {
    pub(crate) fn new(pages: Vec<&'p Page>) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let (mut texts, mut pages_with, mut last) = (Vec::new(), Vec::new(), Vec::new());
        let mut lines = Vec::with_capacity(pages.len());
        for (at, page) in pages.iter().enumerate() {
            let mut of_page = Vec::with_capacity(page.lines.len());
            for line in &page.lines {
                let number = *numbers.entry(key(&line.text)).or_insert_with(|| {
                    texts.push(line.text.as_str());
                    pages_with.push(0);
                    last.push(usize::MAX);
                    texts.len() - 1
                });
                if last[number] != at {
                    last[number] = at;
                    pages_with[number] += 1;
                }
                of_page.push(number);
            }
            lines.push(of_page);
        }
        // One line in thirty pages is chance in a large corpus.
        let enough = pages.len().div_ceil(30).max(2);
        Self {
            pages,
            lines,
            texts,
            pages_with,
            enough,
        }
    }

    /// Whether a line belongs to the publisher and not to an article.
    pub(crate) fn is_stable(&self, number: usize) -> bool {
        self.pages_with[number] >= self.enough
    }

    /// Whether the line at a place is one that stands on other pages too.
    pub(crate) fn stable_at(&self, spot: Spot) -> bool {
        self.is_stable(self.lines[spot.page][spot.line])
    }

    /// The text at a place.
    pub(crate) fn text(&self, spot: Spot) -> &'p str {
        &self.pages[spot.page].lines[spot.line].text
    }

    /// Every place of every line that stands on enough pages, by number.
    pub(crate) fn spots(&self) -> Vec<Vec<Spot>> {
        let mut spots = vec![Vec::new(); self.texts.len()];
        for (page, lines) in self.lines.iter().enumerate() {
            for (line, &number) in lines.iter().enumerate() {
                if self.is_stable(number) {
                    spots[number].push(Spot { page, line });
                }
            }
        }
        spots
    }
}
