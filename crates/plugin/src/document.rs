//! The document as a cleaner sees it.
#![allow(unsafe_code, reason = "reads the host's arrays")]

use cleancopy_abi as abi;
use cleancopy_model::{BlockKind, SectionKind};

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
        // SAFETY: `new` requires a good array of `block_count` elements.
        let raw: abi::Block = unsafe {
            element(
                self.raw.blocks,
                self.raw.block_count,
                self.raw.block_size,
                index,
            )?
        };
        let (start, end) = (
            usize::try_from(raw.start).ok()?,
            usize::try_from(raw.end).ok()?,
        );
        Some(Block {
            index,
            line: raw.line,
            kind: BlockKind::from_code(raw.kind).unwrap_or(BlockKind::Paragraph),
            indent: raw.indent,
            text: self.text.get(start..end)?,
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
