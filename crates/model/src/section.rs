//! Sections: runs of blocks that belong together.

use crate::{Block, BlockKind, Document, Metadata, Scope, SectionKind};

/// The line that text output puts before a section of this kind.
#[must_use]
pub fn section_mark(kind: SectionKind) -> String {
    format!("=== {kind} ===")
}

/// The kind of section a line of text output starts, if it is a mark.
pub(crate) fn parse_section_mark(line: &str) -> Option<SectionKind> {
    line.strip_prefix("=== ")?
        .strip_suffix(" ===")?
        .parse()
        .ok()
}

/// Where a section starts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Start {
    /// Byte offset in the source. It outlives the block that stood there.
    pub(crate) at: usize,
    pub(crate) kind: SectionKind,
    pub(crate) confidence: f64,
    /// Index into the reasons; `None` when the reader found it.
    pub(crate) reason: Option<u32>,
    /// What the reader knows about the section.
    pub(crate) metadata: Metadata,
}

impl Start {
    pub(crate) fn read(at: usize, kind: SectionKind) -> Self {
        Self {
            at,
            kind,
            confidence: 1.0,
            reason: None,
            metadata: Metadata::new(),
        }
    }
}

/// A value that left the body.
#[derive(Debug, Clone)]
pub(crate) struct Lift {
    /// Byte offset in the source of the block it stood in.
    pub(crate) at: usize,
    pub(crate) key: String,
    pub(crate) values: String,
    pub(crate) scope: Scope,
}

impl Lift {
    pub(crate) fn add_to(&self, metadata: &mut Metadata) {
        self.values
            .lines()
            .for_each(|value| metadata.add(&self.key, value));
    }
}

/// A run of blocks that belongs together, with the sections inside it.
#[derive(Debug)]
pub struct Section<'d> {
    /// What it is.
    pub kind: SectionKind,
    /// The block marked as its headline.
    pub headline: Option<&'d Block>,
    /// Its other blocks, up to the first section inside it.
    pub blocks: Vec<&'d Block>,
    /// What the reader knew about it, and what was lifted from it.
    pub metadata: Metadata,
    /// The rule that found its start; `None` for the start of the document.
    pub rule: Option<&'d str>,
    /// How sure that rule was, from 0 to 1.
    pub confidence: f64,
    /// The sections inside it.
    pub sections: Vec<Section<'d>>,
}

impl Section<'_> {
    /// The 1-based source line of the first block of the section or of the
    /// sections inside it.
    #[must_use]
    pub fn first_line(&self) -> Option<u32> {
        let own = self.blocks.iter().chain(&self.headline).map(|b| b.line());
        own.chain(self.sections.iter().filter_map(Self::first_line))
            .min()
    }

    fn new(kind: SectionKind) -> Self {
        Self {
            kind,
            headline: None,
            blocks: Vec::new(),
            metadata: Metadata::new(),
            rule: None,
            confidence: 1.0,
            sections: Vec::new(),
        }
    }
}

impl Document {
    /// The section tree: the article with its entries, or the items of a
    /// digest. Sections without a block are left out.
    #[must_use]
    pub fn sections(&self) -> Vec<Section<'_>> {
        let mut open: Vec<Section<'_>> = Vec::new();
        let mut roots = Vec::new();
        let mut starts = self.starts.iter().peekable();
        let owned = |lift: &&Lift| lift.at >= self.first_owner(lift.scope);
        let mut lifts: Vec<_> = self.lifts.iter().filter(owned).collect();
        lifts.sort_by_key(|lift| lift.at);
        let mut lifts = lifts.into_iter().peekable();
        for block in self.blocks.iter().map(Some).chain([None]) {
            let here = block.map_or(usize::MAX, |b| b.source.start);
            while let Some(start) = starts.next_if(|s| s.at <= here) {
                add_lifts(&mut open, &mut lifts, start.at);
                close(&mut open, &mut roots, start.kind);
                let mut section = Section::new(start.kind);
                section.confidence = start.confidence;
                section.metadata = start.metadata.clone();
                section.rule = start.reason.map(|r| self.reasons[r as usize].rule.as_str());
                open.push(section);
            }
            add_lifts(&mut open, &mut lifts, here);
            let Some(block) = block else { break };
            if open.is_empty() {
                open.push(Section::new(SectionKind::Article));
            } else if open[0].kind == SectionKind::Entry {
                // An entry on the first line still stands in an article.
                open.insert(0, Section::new(SectionKind::Article));
            }
            let Some(section) = open.last_mut() else {
                break;
            };
            match block.kind {
                BlockKind::Headline if section.headline.is_none() => section.headline = Some(block),
                _ => section.blocks.push(block),
            }
        }
        close(&mut open, &mut roots, SectionKind::Article);
        roots
    }

    /// Where the first section starts that could own a value of this scope; a
    /// value lifted before it belongs to the document.
    pub(crate) fn first_owner(&self, scope: Scope) -> usize {
        let owns = |start: &&Start| match scope {
            Scope::Document => start.kind == SectionKind::Item,
            Scope::Section => start.kind > SectionKind::Article,
        };
        self.starts
            .iter()
            .find(owns)
            .map_or(usize::MAX, |start| start.at)
    }
}

/// Hands the lifts that stood before `here` to the innermost open section
/// they are for.
fn add_lifts<'l>(
    open: &mut [Section<'_>],
    lifts: &mut std::iter::Peekable<impl Iterator<Item = &'l Lift>>,
    here: usize,
) {
    while let Some(lift) = lifts.next_if(|l| l.at < here) {
        let wanted =
            |s: &&mut Section<'_>| lift.scope == Scope::Section || s.kind == SectionKind::Item;
        if let Some(section) = open.iter_mut().rev().find(wanted) {
            lift.add_to(&mut section.metadata);
        }
    }
}

/// Closes every open section that one of `kind` cannot stand in. Items stand
/// in nothing: what comes before the first one is an article of its own.
fn close<'d>(open: &mut Vec<Section<'d>>, roots: &mut Vec<Section<'d>>, kind: SectionKind) {
    let outermost = kind != SectionKind::Entry;
    while open
        .last()
        .is_some_and(|section| outermost || section.kind >= kind)
    {
        let Some(section) = open.pop() else { return };
        if section.first_line().is_none() {
            continue;
        }
        match open.last_mut() {
            Some(outer) => outer.sections.push(section),
            None => roots.push(section),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Action, Category, EditList, Target};

    fn begin(list: &mut EditList, block: usize, kind: SectionKind) {
        let action = Action::Begin {
            kind,
            confidence: 1.0,
        };
        list.push(Target::block(block), "test/begin", None, action);
    }

    fn shape(sections: &[Section<'_>]) -> String {
        let each = |s: &Section<'_>| {
            let lines: Vec<_> = s.blocks.iter().map(|b| b.line().to_string()).collect();
            format!("{}[{}]{}", s.kind, lines.join(" "), shape(&s.sections))
        };
        sections.iter().map(each).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn entries_nest_in_items_and_lifts_find_their_section() {
        let mut document = Document::from_text("d", "feed\na\n12:00\nb\nc\nd\n");
        let mut list = EditList::new();
        begin(&mut list, 1, SectionKind::Item);
        begin(&mut list, 2, SectionKind::Entry);
        begin(&mut list, 4, SectionKind::Item);
        let (key, values, scope) = ("published".into(), "12:00".into(), Scope::Section);
        let lift = Action::Lift { key, values, scope };
        list.push(
            Target::block(2),
            "test/time",
            Some(Category::Timestamp),
            lift,
        );
        document.apply("test", &list).unwrap();
        let sections = document.sections();
        assert_eq!(shape(&sections), "article[1] item[2]entry[4] item[5 6]");
        assert_eq!(sections[1].sections[0].metadata.get("published"), ["12:00"]);
        assert!(document.metadata().is_empty());
        assert_eq!(document.units(), [0..1, 1..3, 3..5]);
    }

    #[test]
    fn marks_in_the_text_start_sections() {
        let text = format!("lead\n{}\npost\n", section_mark(SectionKind::Entry));
        let document = Document::from_text("d", text);
        assert_eq!(shape(&document.sections()), "article[1]entry[3]");
    }
}
