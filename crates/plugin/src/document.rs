//! The document as a cleaner sees it.
#![allow(unsafe_code, reason = "reads the host's arrays")]

use cleancopy_abi as abi;
use cleancopy_model::{BlockKind, Elements, Page, SectionKind};

/// A paragraph-sized piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block<'a> {
    /// 0-based index: what edits refer to.
    pub index: usize,
    /// 1-based line in the source.
    pub line: u64,
    /// What it is.
    pub kind: BlockKind,
    /// How many characters of white space stand before it in its line.
    pub indent: u32,
    /// Its present text, without white space round it as a rule.
    pub text: &'a str,
    /// The innermost element of the page that all of it stands in: what
    /// [`Document::element`] takes. None but in documents that were HTML.
    pub element: Option<u32>,
    /// The level of a heading of a page, 1 to 6; else 0.
    pub level: u8,
    /// How many bytes of it, as it was read, stand in links.
    pub linked: u32,
    /// Whether the page hides it.
    pub hidden: bool,
}

/// An element of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// The element around it; its number is smaller than the element's own.
    pub parent: Option<u32>,
    /// Its name in lower case.
    pub name: &'a str,
    /// Its `id`; empty if it has none.
    pub id: &'a str,
    /// Its classes, separated by white space.
    pub classes: &'a str,
    /// Its other attributes, each on a line as `name=value`, as far as they
    /// are short.
    pub attributes: &'a str,
    /// The names of the profile's selectors that it matches, separated by
    /// spaces.
    pub selectors: &'a str,
    /// Its 1-based place among the elements in the one around it, those
    /// included that no text stands in; 0 if that is not known.
    pub nth: u32,
    /// How many of them stand behind it.
    pub behind: u32,
}

/// A document, or an item of a digest, as it stands when the cleaner runs.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    raw: &'a abi::Document,
    text: &'a str,
}

impl<'a> Document<'a> {
    /// # Safety
    /// `raw` must be a document as `cleancopy_abi` describes it: its pointers
    /// good for `'a`, its texts UTF-8.
    pub(crate) unsafe fn new(raw: &'a abi::Document) -> Self {
        // SAFETY: the caller promises it.
        let text = unsafe { borrow(raw.text) };
        Self { raw, text }
    }

    /// The document's id.
    #[must_use]
    pub fn id(&self) -> &'a str {
        // SAFETY: `new` requires it.
        unsafe { borrow(self.raw.id) }
    }

    /// Where it was published, if known.
    #[must_use]
    pub fn url(&self) -> Option<&'a str> {
        // SAFETY: `new` requires it.
        Some(unsafe { borrow(self.raw.url) }).filter(|url| !url.is_empty())
    }

    /// BCP 47 tag of its language, if known.
    #[must_use]
    pub fn language(&self) -> Option<&'a str> {
        // SAFETY: `new` requires it.
        Some(unsafe { borrow(self.raw.language) }).filter(|tag| !tag.is_empty())
    }

    /// How many blocks stand.
    #[must_use]
    pub fn len(&self) -> usize {
        self.raw.block_count
    }

    /// Whether no block stands.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The block with this 0-based index.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Block<'a>> {
        let raw = self.raw;
        // SAFETY: `new` requires a good array of `block_count` elements.
        let block = unsafe { block(raw, index)? };
        let (start, end) = (
            usize::try_from(block.start).ok()?,
            usize::try_from(block.end).ok()?,
        );
        Some(Block {
            index,
            line: block.line,
            kind: BlockKind::from_code(block.kind).unwrap_or(BlockKind::Paragraph),
            indent: block.indent,
            text: self.text.get(start..end)?,
            element: Some(block.element).filter(|&index| index != abi::NO_ELEMENT),
            level: u8::try_from(block.level).unwrap_or(0),
            linked: block.linked,
            hidden: block.flags & abi::BLOCK_HIDDEN != 0,
        })
    }

    /// How many elements blocks stand in; none unless the document is a page.
    #[must_use]
    pub fn element_count(&self) -> usize {
        match self.raw.size >= size_of::<abi::Document>() {
            true => self.raw.element_count,
            // A host of version 1.0 knows no pages.
            false => 0,
        }
    }

    /// An element of the page, by its number.
    #[must_use]
    pub fn element(&self, number: u32) -> Option<Element<'a>> {
        let (raw, count) = (self.raw, self.element_count());
        if count == 0 {
            return None;
        }
        // SAFETY: `new` requires a good array of good texts.
        unsafe {
            let found: abi::Element =
                element(raw.elements, count, raw.element_size, number as usize)?;
            Some(Element {
                parent: Some(found.parent).filter(|&index| index < number),
                name: borrow(found.name),
                id: borrow(found.id),
                classes: borrow(found.classes),
                attributes: borrow(found.attributes),
                selectors: borrow(found.selectors),
                nth: found.nth,
                behind: found.behind,
            })
        }
    }

    /// The page that the blocks stand on, for rules to look at; none unless the
    /// document is one. A copy: ask only when something needs it.
    #[must_use]
    pub fn page(&self) -> Option<Page> {
        let count = u32::try_from(self.element_count()).ok()?;
        let mut elements = Elements::default();
        for element in (0..count).map_while(|number| self.element(number)) {
            elements.add(cleancopy_model::Element {
                parent: element.parent,
                name: element.name,
                id: element.id,
                classes: element.classes,
                attributes: element.attributes,
                selectors: element.selectors,
                nth: element.nth,
                behind: element.behind,
            });
        }
        (!elements.is_empty()).then(|| Page {
            blocks: self.blocks().map(|b| (b.kind, b.element)).collect(),
            elements,
        })
    }

    /// The elements that a block stands in, the innermost first.
    pub fn around(&self, block: &Block<'_>) -> impl Iterator<Item = Element<'a>> + use<'a> {
        let document = *self;
        let mut next = block.element;
        std::iter::from_fn(move || {
            let found = document.element(next?)?;
            next = found.parent;
            Some(found)
        })
    }

    /// The blocks in the order of the source.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = Block<'a>> + ExactSizeIterator + 'a {
        let document = *self;
        (0..self.len()).map(move |index| {
            let missing = Block {
                index,
                line: 0,
                kind: BlockKind::Paragraph,
                indent: 0,
                text: "",
                element: None,
                level: 0,
                linked: 0,
                hidden: false,
            };
            document.get(index).unwrap_or(missing)
        })
    }

    /// The sections known already: the index of the first block, and the kind.
    pub fn starts(&self) -> impl Iterator<Item = (usize, SectionKind)> + 'a {
        let raw = self.raw;
        (0..raw.start_count).filter_map(move |index| {
            // SAFETY: `new` requires a good array of `start_count` elements.
            let start: abi::Start =
                unsafe { element(raw.starts, raw.start_count, raw.start_size, index)? };
            Some((
                usize::try_from(start.block).ok()?,
                SectionKind::from_code(start.kind)?,
            ))
        })
    }

    /// The values of a key of the metadata.
    pub fn metadata(&self, key: &str) -> impl Iterator<Item = &'a str> {
        let raw = self.raw;
        (0..raw.metadata_count).filter_map(move |index| {
            // SAFETY: `new` requires a good array of `metadata_count` pairs of
            // good texts.
            unsafe {
                let pair: abi::Pair =
                    element(raw.metadata, raw.metadata_count, raw.metadata_size, index)?;
                (borrow(pair.key) == key).then(|| borrow(pair.value))
            }
        })
    }
}

/// What a block of version 1.0 holds, in bytes.
const BLOCK_1_0: usize = std::mem::offset_of!(abi::Block, element);

/// Reads a block, also one of a host that knows no pages.
///
/// # Safety
/// The document must be good.
unsafe fn block(raw: &abi::Document, index: usize) -> Option<abi::Block> {
    if raw.block_size >= size_of::<abi::Block>() {
        // SAFETY: the caller promises a good array.
        return unsafe { element(raw.blocks, raw.block_count, raw.block_size, index) };
    }
    // SAFETY: as above; a block of 1.0 is the first part of ours.
    let old: [u8; BLOCK_1_0] =
        unsafe { element(raw.blocks.cast(), raw.block_count, raw.block_size, index)? };
    let mut block = abi::Block {
        start: 0,
        end: 0,
        line: 0,
        kind: 0,
        flags: 0,
        indent: 0,
        reserved: 0,
        element: abi::NO_ELEMENT,
        linked: 0,
        level: 0,
        reserved2: 0,
    };
    // SAFETY: both are at least so long, and all of it is plain numbers.
    unsafe {
        std::ptr::copy_nonoverlapping(old.as_ptr(), (&raw mut block).cast::<u8>(), BLOCK_1_0);
    }
    Some(block)
}

/// Borrows a text that crossed the boundary.
///
/// # Safety
/// The text must be good for `'a` and UTF-8.
pub(crate) unsafe fn borrow<'a>(text: abi::Str) -> &'a str {
    if text.data.is_null() {
        return "";
    }
    // SAFETY: not null, and the caller promises the rest.
    unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(text.data, text.len)) }
}

/// Reads an element of an array whose elements may be larger than ours.
///
/// # Safety
/// `first` must point to `count` elements of `size` bytes each.
unsafe fn element<T: Copy>(first: *const T, count: usize, size: usize, index: usize) -> Option<T> {
    if index >= count || first.is_null() || size < size_of::<T>() {
        return None;
    }
    // SAFETY: the index is inside the array, and an element begins with a `T`.
    Some(unsafe { first.byte_add(index * size).read() })
}
