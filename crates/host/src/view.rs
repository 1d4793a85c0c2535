//! A document as it crosses the boundary.

use std::ops::Range;

use cleancopy_abi as abi;
use cleancopy_model::{Document, Metadata, SectionKind};

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

    /// The same, with the time of publication that a cleaner will find, unless
    /// it is known already.
    pub(crate) fn published(mut self, time: Option<&str>) -> Self {
        if let Some(time) = time {
            self.metadata.add("published", time);
        }
        self
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

/// The arrays behind an [`abi::Document`]; it borrows them.
pub(crate) struct View<'d> {
    document: &'d Document,
    known: &'d Known,
    blocks: Vec<abi::Block>,
    starts: Vec<abi::Start>,
    pairs: Vec<abi::Pair>,
}

impl<'d> View<'d> {
    /// Shows the blocks `unit` of a document. Nothing of the text is copied.
    pub(crate) fn new(document: &'d Document, known: &'d Known, unit: &Range<usize>) -> Self {
        let shown = &document.blocks()[unit.clone()];
        let blocks = shown
            .iter()
            .map(|block| abi::Block {
                start: block.text_range().start as u64,
                end: block.text_range().end as u64,
                line: u64::from(block.line()),
                kind: block.kind().code(),
                flags: 0,
                indent: document.indent(block),
                reserved: 0,
            })
            .collect();
        Self {
            document,
            known,
            blocks,
            starts: known.starts_in(unit),
            pairs: Vec::new(),
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
        }
    }
}
