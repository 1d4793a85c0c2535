//! A document as it crosses the boundary.

use std::ops::Range;

use cleancopy_abi as abi;
use cleancopy_model::{Document, Element, Metadata, SectionKind};

/// What is known about a document as a whole; found once for all its units.
pub(crate) struct Known {
    /// Where sections start, ascending.
    starts: Vec<(usize, SectionKind)>,
    metadata: Metadata,
}

impl Known {
    pub(crate) fn of(document: &Document) -> Self {
        Self {
            starts: document.starts().collect(),
            metadata: document.metadata(),
        }
    }

    /// The starts in a unit, counted from its first block.
    fn starts_in(&self, unit: &Range<usize>) -> Vec<abi::Start> {
        let from = self
            .starts
            .partition_point(|(block, _)| *block < unit.start);
        let inside = self.starts[from..]
            .iter()
            .take_while(|(block, _)| *block < unit.end);
        let start = |(block, kind): &(usize, SectionKind)| abi::Start {
            block: (block - unit.start) as u64,
            kind: kind.code(),
            flags: 0,
        };
        inside.map(start).collect()
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
    known: &'d Known,
    blocks: Vec<abi::Block>,
    starts: Vec<abi::Start>,
    pairs: Vec<abi::Pair>,
    elements: &'d ElementTable,
}

impl<'d> View<'d> {
    /// Shows the blocks `unit` of a document. Nothing of the text is copied.
    pub(crate) fn new(
        document: &'d Document,
        known: &'d Known,
        elements: &'d ElementTable,
        unit: &Range<usize>,
    ) -> Self {
        let shown = &document.blocks()[unit.clone()];
        let blocks = shown
            .iter()
            .map(|block| abi::Block {
                start: block.text_range().start as u64,
                end: block.text_range().end as u64,
                line: u64::from(block.line()),
                kind: block.kind().code(),
                flags: u32::from(block.markup().hidden) * abi::BLOCK_HIDDEN,
                indent: document.indent(block),
                reserved: 0,
                element: block.markup().element.unwrap_or(abi::NO_ELEMENT),
                linked: block.markup().linked,
                level: u32::from(block.markup().level),
                reserved2: 0,
            })
            .collect();
        Self {
            document,
            known,
            blocks,
            starts: known.starts_in(unit),
            pairs: Vec::new(),
            elements,
        }
    }

    /// The struct a plugin gets, good for as long as `self` stays untouched.
    pub(crate) fn raw(&mut self) -> abi::Document {
        let values = self
            .known
            .metadata
            .iter()
            .flat_map(|(k, vs)| vs.iter().map(move |v| (k, v)));
        self.pairs = values
            .map(|(key, value)| abi::Pair {
                key: abi::Str::new(key),
                value: abi::Str::new(value),
            })
            .collect();
        let optional = |text: &Option<String>| abi::Str::new(text.as_deref().unwrap_or(""));
        abi::Document {
            size: size_of::<abi::Document>(),
            id: abi::Str::new(self.document.id()),
            url: optional(&self.document.url),
            language: optional(&self.document.language),
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
