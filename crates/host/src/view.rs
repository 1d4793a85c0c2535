//! A document as it crosses the boundary.

use std::ops::Range;

use cleancopy_abi as abi;
use cleancopy_model::{Block, Document, Element, Metadata, SectionKind};

/// What cleaners are shown of a document, but for its elements; made anew only
/// when an edit was applied.
#[derive(Debug)]
pub(crate) struct Shown {
    blocks: Vec<abi::Block>,
    /// Where sections start, ascending.
    starts: Vec<abi::Start>,
    units: Vec<Range<usize>>,
    metadata: Metadata,
}

impl Shown {
    pub(crate) fn of(document: &Document) -> Self {
        let start = |(block, kind): (usize, SectionKind)| abi::Start {
            block: block as u64,
            kind: kind.code(),
            flags: 0,
        };
        Self {
            blocks: document
                .blocks()
                .iter()
                .map(|of| block(document, of))
                .collect(),
            starts: document.starts().map(start).collect(),
            units: document.units(),
            metadata: document.metadata(),
        }
    }

    /// The runs of blocks that a cleaner sees one by one: all of them at once
    /// if it wants the document `whole`.
    pub(crate) fn units(&self, whole: bool) -> impl Iterator<Item = Range<usize>> {
        let all = 0..self.blocks.len();
        let whole = whole && !all.is_empty();
        let one = whole.then_some(all);
        let units = self.units.iter().filter(move |_| !whole).cloned();
        one.into_iter().chain(units)
    }

    /// Whether a cleaner that goes by these keys of the metadata sees the same
    /// in both, if they are of one document: texts that lie in the same place
    /// are the same, for a document's buffer only grows.
    pub(crate) fn is_same(&self, other: &Self, keys: Option<&[String]>) -> bool {
        let metadata = |key: &String| self.metadata.get(key) == other.metadata.get(key);
        self.blocks == other.blocks
            && self.starts == other.starts
            && self.units == other.units
            && match keys {
                Some(keys) => keys.iter().all(metadata),
                None => self.metadata == other.metadata,
            }
    }

    /// What the reader knew of the item that a unit is; `None` of a unit that
    /// is no item, or that holds several.
    fn item<'d>(&self, document: &'d Document, unit: &Range<usize>) -> Option<&'d Metadata> {
        let (from, to) = (unit.start as u64, unit.end as u64);
        let inside = self
            .starts
            .iter()
            .filter(|start| (from..to).contains(&start.block));
        let mut items = inside.filter(|start| start.kind == SectionKind::Item.code());
        let (first, none) = (items.next()?, items.next());
        let whole = none.is_none() && first.block == from;
        whole.then(|| document.known_of(unit.start)).flatten()
    }

    /// The starts in a unit, counted from its first block.
    fn starts_in(&self, unit: &Range<usize>) -> Vec<abi::Start> {
        let (from, to) = (unit.start as u64, unit.end as u64);
        let first = self.starts.partition_point(|start| start.block < from);
        let inside = self.starts[first..]
            .iter()
            .take_while(|start| start.block < to);
        let start = |start: &abi::Start| abi::Start {
            block: start.block - from,
            ..*start
        };
        inside.map(start).collect()
    }
}

fn block(document: &Document, block: &Block) -> abi::Block {
    let (text, markup) = (block.text_range(), block.markup());
    abi::Block {
        start: text.start as u64,
        end: text.end as u64,
        line: u64::from(block.line()),
        kind: block.kind().code(),
        flags: u32::from(markup.hidden) * abi::BLOCK_HIDDEN,
        indent: document.indent(block),
        reserved: 0,
        element: markup.element.unwrap_or(abi::NO_ELEMENT),
        linked: markup.linked,
        level: u32::from(markup.level),
        reserved2: 0,
    }
}

/// The elements of a document as they cross the boundary; they stay the same
/// while it is cleaned.
pub(crate) struct ElementTable(Vec<abi::Element>);

impl ElementTable {
    pub(crate) fn of(document: &Document) -> Self {
        Self(document.elements().iter().map(element).collect())
    }
}

/// The arrays behind an [`abi::Document`]; it borrows them.
pub(crate) struct View<'d> {
    document: &'d Document,
    blocks: &'d [abi::Block],
    starts: Vec<abi::Start>,
    pairs: Vec<abi::Pair>,
    elements: &'d ElementTable,
    /// What the reader knew of the unit, if it is one item: its own day and
    /// address stand for those of the document.
    item: Option<&'d Metadata>,
}

impl<'d> View<'d> {
    /// Shows the blocks `unit` of a document, and of the metadata those keys
    /// that the cleaner goes by. Nothing of the text is copied.
    pub(crate) fn new(
        (document, shown, elements): (&'d Document, &'d Shown, &'d ElementTable),
        unit: &Range<usize>,
        keys: Option<&[String]>,
    ) -> Self {
        let item = shown.item(document, unit);
        let own = |key: &str| item.is_some_and(|item| !item.get(key).is_empty());
        let whole = shown.metadata.iter().filter(|(key, _)| !own(key));
        let metadata = whole.chain(item.into_iter().flat_map(Metadata::iter));
        let goes_by = |key: &str| keys.is_none_or(|keys| keys.iter().any(|known| known == key));
        let pairs = metadata
            .filter(|(key, _)| goes_by(key))
            .flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
        let pair = |(key, value): (&str, &String)| abi::Pair {
            key: abi::Str::new(key),
            value: abi::Str::new(value),
        };
        Self {
            document,
            blocks: &shown.blocks[unit.clone()],
            item,
            starts: shown.starts_in(unit),
            pairs: pairs.map(pair).collect(),
            elements,
        }
    }

    /// The struct a plugin gets, good for as long as `self` lives.
    pub(crate) fn raw(&self) -> abi::Document {
        let optional = |text: Option<&String>| abi::Str::new(text.map_or("", String::as_str));
        let address = self.item.and_then(|item| item.get("url").first());
        abi::Document {
            size: size_of::<abi::Document>(),
            id: abi::Str::new(self.document.id()),
            url: optional(address.or(self.document.url.as_ref())),
            language: optional(self.document.language.as_ref()),
            text: abi::Str::new(self.document.buffer()),
            blocks: self.blocks.as_ptr(),
            block_count: self.blocks.len(),
            block_size: size_of::<abi::Block>(),
            starts: self.starts.as_ptr(),
            start_count: self.starts.len(),
            start_size: size_of::<abi::Start>(),
            metadata: self.pairs.as_ptr(),
            metadata_count: self.pairs.len(),
            metadata_size: size_of::<abi::Pair>(),
            elements: self.elements.0.as_ptr(),
            element_count: self.elements.0.len(),
            element_size: size_of::<abi::Element>(),
        }
    }
}

fn element(of: Element<'_>) -> abi::Element {
    abi::Element {
        parent: of.parent.unwrap_or(abi::NO_ELEMENT),
        nth: of.nth,
        name: abi::Str::new(of.name),
        id: abi::Str::new(of.id),
        classes: abi::Str::new(of.classes),
        attributes: abi::Str::new(of.attributes),
        selectors: abi::Str::new(of.selectors),
        behind: of.behind,
        reserved: 0,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use cleancopy_model::{BlockKind, Category, EditList, Target};

    #[test]
    fn what_a_cleaner_goes_by_decides_whether_it_sees_the_same() {
        let mut document = Document::from_text("d", "Log in\nThe ferry sailed.\n");
        let before = Shown::of(&document);
        document.know("published", "2024-03-02");
        let dated = Shown::of(&document);
        let same = |keys: &[&str]| {
            let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
            dated.is_same(&before, Some(&keys))
        };
        assert!(same(&[]) && same(&["byline"]));
        assert!(!same(&["byline", "published"]) && !dated.is_same(&before, None));

        let mut edits = EditList::new();
        edits.remove(Target::block(0), "login/prompt", Category::Login);
        document.apply("strip-banners", &edits).unwrap();
        let shorter = Shown::of(&document);
        assert!(!shorter.is_same(&dated, Some(&[])));

        let mut marks = EditList::new();
        let mark = cleancopy_model::Action::Mark(BlockKind::Headline);
        marks.push(Target::block(0), "lift-metadata/headline", None, mark);
        document.apply("lift-metadata", &marks).unwrap();
        assert!(!Shown::of(&document).is_same(&shorter, Some(&[])));
    }
}
