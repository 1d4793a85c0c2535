//! What is known about a corpus before any rule is proposed.

use std::collections::BTreeSet;

use crate::beside::has_title;
use crate::index::{Index, Spot};
use crate::page::{Page, chars, is_capitals, is_fragment, is_prose};
use crate::zones::{Zone, Zones};

/// Where there is more than one piece of a sentence to so many whole ones, the
/// dumps break lines.
const PIECES: usize = 12;

/// The corpus, its zones, and where each repeated line stands.
#[derive(Debug)]
pub(crate) struct Survey<'p> {
    pub(crate) index: Index<'p>,
    pub(crate) zones: Vec<Zones>,
    /// By line number: every place, for lines that stand on enough pages.
    pub(crate) spots: Vec<Vec<Spot>>,
    /// Whether the dumps break lines at links, so that a paragraph is many.
    broken: bool,
}

impl<'p> Survey<'p> {
    pub(crate) fn new(pages: Vec<&'p Page>) -> Self {
        let index = Index::new(pages);
        let zones = (0..index.pages.len()).map(|page| Zones::of(&index, page));
        let zones = zones.collect();
        let spots = index.spots();
        let mut survey = Self {
            index,
            zones,
            spots,
            broken: false,
        };
        survey.broken = survey.breaks_lines();
        survey
    }

    /// Whether pieces of sentences are common in the articles.
    fn breaks_lines(&self) -> bool {
        let (mut pieces, mut sentences) = (0, 0);
        for (page, zones) in self.zones.iter().enumerate() {
            for line in zones.body.clone() {
                let spot = Spot { page, line };
                let text = self.index.text(spot);
                if !self.index.stable_at(spot) {
                    pieces += usize::from(is_fragment(text));
                    sentences += usize::from(is_prose(text));
                }
            }
        }
        pieces * PIECES > sentences
    }

    /// The numbers of the lines that stand on enough pages, in the order in
    /// which they were first seen.
    pub(crate) fn stable(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.index.texts.len()).filter(|&number| self.index.is_stable(number))
    }

    /// The zone of a place.
    pub(crate) fn zone(&self, spot: Spot) -> Zone {
        self.zones[spot.page].zone(spot.line)
    }

    /// Whether a place is after the body, or so near its end that the body may
    /// end before it.
    pub(crate) fn is_late(&self, spot: Spot) -> bool {
        let body = &self.zones[spot.page].body;
        spot.line >= body.end - body.len() / 5
    }

    /// On how many pages a line stands in a zone.
    pub(crate) fn pages_in(&self, number: usize, zone: Zone) -> usize {
        let spots = self.spots[number].iter();
        let pages: BTreeSet<_> = spots
            .filter(|spot| self.zone(**spot) == zone)
            .map(|spot| spot.page)
            .collect();
        pages.len()
    }

    /// The place so many lines on, on the same page.
    pub(crate) fn next(&self, spot: Spot, lines: usize) -> Option<Spot> {
        let line = spot.line + lines;
        (line < self.index.lines[spot.page].len()).then_some(Spot { line, ..spot })
    }

    /// The place one line before, on the same page.
    pub(crate) fn before(&self, spot: Spot) -> Option<Spot> {
        let line = spot.line.checked_sub(1)?;
        Some(Spot { line, ..spot })
    }

    /// The number of the line at a place.
    pub(crate) fn number(&self, spot: Spot) -> usize {
        self.index.lines[spot.page][spot.line]
    }

    /// Whether the line at a place may be a piece of a sentence that a dump
    /// broke at its links: the line before ends in its middle, or the line
    /// after begins there.
    pub(crate) fn is_inline(&self, spot: Spot) -> bool {
        if is_fragment(self.index.text(spot)) {
            return true;
        }
        let own = |spot: &Spot| !self.index.stable_at(*spot);
        if !self.broken {
            let after = self.next(spot, 1).filter(own);
            return after.is_some_and(|spot| is_fragment(self.index.text(spot)));
        }
        let runs_on = |text: &str| {
            let end = text.trim_end().chars().next_back();
            let stops = end.is_some_and(|c| !c.is_alphanumeric() && !",-–—(“".contains(c));
            !stops && (is_fragment(text) || chars(text) >= 60 || text.ends_with(','))
        };
        let before = self.before(spot).filter(own);
        let after = self.next(spot, 1).filter(own);
        before.is_some_and(|spot| runs_on(self.index.text(spot)))
            || after.is_some_and(|spot| is_fragment(self.index.text(spot)))
    }

    /// Whether a line never stands inside a sentence of an article.
    pub(crate) fn stands_apart(&self, number: usize) -> bool {
        let body = |spot: &&Spot| self.zone(**spot) == Zone::Body;
        let mut spots = self.spots[number].iter().filter(body);
        !spots.any(|spot| self.is_inline(*spot))
    }

    /// Whether a place holds the headline, or a line that reads as a part of
    /// the article: in the body, on no other page, and a sentence or a piece of one.
    pub(crate) fn is_article(&self, spot: Spot) -> bool {
        let text = self.index.text(spot);
        if self.is_headline(spot) {
            return true;
        }
        self.index.pages_with[self.number(spot)] < 2
            && self.zone(spot) == Zone::Body
            && spot.line >= self.zones[spot.page].body.start
            && (is_prose(text) || is_fragment(text))
            && !is_capitals(text)
            && self.is_dense(spot)
    }

    /// Whether a place is the headline.
    pub(crate) fn is_headline(&self, spot: Spot) -> bool {
        self.zones[spot.page].headline == Some(spot.line)
    }

    /// Whether a place holds the headline, a copy, or one with something beside
    /// it: of these, some pages have nothing but the one.
    pub(crate) fn says_headline(&self, spot: Spot) -> bool {
        let Some(line) = self.zones[spot.page].headline else {
            return false;
        };
        let own = Spot { line, ..spot };
        self.number(own) == self.number(spot)
            || has_title(self.index.text(spot), self.index.text(own))
    }

    /// Whether half of the lines beside a place read as prose of the page's
    /// own: the summaries of cards stand among titles and dates.
    fn is_dense(&self, spot: Spot) -> bool {
        let count = self.index.lines[spot.page].len();
        let around = spot.line.saturating_sub(2)..(spot.line + 3).min(count);
        let beside = around.filter(|&line| line != spot.line);
        let prose = beside.filter(|&line| {
            let near = Spot { line, ..spot };
            let text = self.index.text(near);
            !self.index.stable_at(near) && (is_prose(text) || is_fragment(text))
        });
        prose.count() >= 2
    }
}
