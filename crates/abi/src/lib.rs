//! The boundary between the cleancopy host and its plugins: a plain C ABI.
//!
//! A plugin is a shared library that exports one [`Descriptor`] as data,
//! under the symbol [`SYMBOL_PREFIX`] + the library's name. The library
//! `libstrip_banners.so` exports `cleancopy_plugin_strip_banners`. C authors
//! include `cleancopy.h`, which is generated from this crate.
//!
//! # The rules
//! 1. The first 24 bytes of the descriptor, its [`Prefix`], are frozen for
//!    ever. The host reads them before it calls anything, and refuses a
//!    library whose [`ABI_MAJOR`] is not its own.
//! 2. All text is UTF-8, a pointer and a length; there is no closing NUL, and
//!    NUL may occur inside. An empty text may have a null pointer.
//! 3. Everything is borrowed. The host's document lives until `clean`
//!    returns; what a plugin hands to a callback must live until the callback
//!    returns. Nobody frees what the other allocated.
//! 4. Nothing unwinds across the boundary. A plugin answers with a status.
//! 5. Structs grow at the end, and each one that may grow carries its size.
//!    Read a field only when the size says that it is there.
//! 6. An instance is used by one thread at a time and may move between
//!    threads. `clean` depends on nothing it saw before.
//! 7. Libraries are never unloaded.
//!
//! The crate holds types and constants, no logic.

use std::ffi::c_void;

/// The first eight bytes of every descriptor: `cleancpy`.
pub const MAGIC: [u8; 8] = *b"cleancpy";

/// Raised when a plugin built for the old value cannot work with the new.
///
/// 1: first version.
pub const ABI_MAJOR: u32 = 1;

/// Raised when something is added that older plugins may ignore.
///
/// 0: first version.
/// 1: [`BLOCK_TIME`]; what the markup of a page says: `Block.element`, `level` and `linked`,
///    [`BLOCK_HIDDEN`], and the elements of a document.
/// 2: `Descriptor.metadata_keys`.
pub const ABI_MINOR: u32 = 2;

/// What the entry symbol's name starts with; the library's name follows.
pub const SYMBOL_PREFIX: &str = "cleancopy_plugin_";

/// The call did what it should.
pub const STATUS_OK: i32 = 0;
/// The call failed; the plugin has sent a message of kind [`MESSAGE_ERROR`].
pub const STATUS_FAILED: i32 = 1;
/// The plugin panicked; the message says where.
pub const STATUS_PANICKED: i32 = 2;

/// Why a call failed, in one sentence.
pub const MESSAGE_ERROR: u32 = 0;
/// The JSON Schema of the plugin's settings.
pub const MESSAGE_SCHEMA: u32 = 1;

/// The target leaves the document.
pub const OP_REMOVE: u32 = 0;
/// The target leaves and `value` stands in its place.
pub const OP_REPLACE: u32 = 1;
/// The target leaves the body; `value` becomes metadata under `key`. An empty
/// range takes nothing out: the value is known from elsewhere.
pub const OP_LIFT: u32 = 2;
/// A section of `kind` starts at the block.
pub const OP_BEGIN: u32 = 3;
/// The block is of `kind`.
pub const OP_MARK: u32 = 4;

/// As the `end` of an edit: the whole block.
pub const WHOLE_BLOCK: u64 = u64::MAX;

/// A lifted value belongs to the document or the feed item.
pub const SCOPE_DOCUMENT: u32 = 0;
/// A lifted value belongs to the innermost section.
pub const SCOPE_SECTION: u32 = 1;

/// Running text.
pub const BLOCK_PARAGRAPH: u32 = 0;
/// The headline of a section.
pub const BLOCK_HEADLINE: u32 = 1;
/// A sub-headline.
pub const BLOCK_HEADING: u32 = 2;
/// One point of a list.
pub const BLOCK_LIST_ITEM: u32 = 3;
/// A quotation set apart.
pub const BLOCK_QUOTE: u32 = 4;
/// What stands under a picture.
pub const BLOCK_CAPTION: u32 = 5;
/// A row of a table.
pub const BLOCK_TABLE_ROW: u32 = 6;
/// Preformatted text.
pub const BLOCK_CODE: u32 = 7;
/// The text of something embedded.
pub const BLOCK_EMBED: u32 = 8;
/// When the section was published, and nothing else. Since 1.1.
pub const BLOCK_TIME: u32 = 9;

/// As a flag of a block: the page hides it.
pub const BLOCK_HIDDEN: u32 = 1;
/// As an element's index: none.
pub const NO_ELEMENT: u32 = u32::MAX;

/// A whole article.
pub const SECTION_ARTICLE: u32 = 0;
/// One item of a feed digest.
pub const SECTION_ITEM: u32 = 1;
/// One update of a liveblog.
pub const SECTION_ENTRY: u32 = 2;

/// Borrowed UTF-8 text: a pointer and a length in bytes.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Str {
    /// The first byte; may be null when `len` is 0.
    pub data: *const u8,
    /// The length in bytes.
    pub len: usize,
}

impl Str {
    /// No text at all, which some fields tell from an empty one.
    pub const NONE: Self = Self {
        data: std::ptr::null(),
        len: 0,
    };

    /// Borrows a Rust text. The pointer is good for as long as the text.
    #[must_use]
    pub const fn new(text: &str) -> Self {
        Self {
            data: text.as_ptr(),
            len: text.len(),
        }
    }
}

/// One block of a document.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// First byte of the block's text in `Document.text`.
    pub start: u64,
    /// The byte after its last one.
    pub end: u64,
    /// 1-based line in the source.
    pub line: u64,
    /// One of the `BLOCK_…` kinds; take an unknown one for a paragraph.
    pub kind: u32,
    /// [`BLOCK_HIDDEN`] or 0; ignore others.
    pub flags: u32,
    /// How many characters of white space stand before it in its line.
    pub indent: u32,
    /// 0.
    pub reserved: u32,
    /// Since 1.1. The 0-based index of the innermost element that all of the
    /// text stands in, or [`NO_ELEMENT`].
    pub element: u32,
    /// Since 1.1. How many bytes of the text, as it was read, stand in links.
    pub linked: u32,
    /// Since 1.1. The level of a heading, 1 to 6; else 0.
    pub level: u32,
    /// 0.
    pub reserved2: u32,
}

/// An element of a page. Since 1.1.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Element {
    /// The 0-based index of the element around it, which is smaller than its
    /// own, or [`NO_ELEMENT`].
    pub parent: u32,
    /// Its 1-based place among the elements in the one around it, those
    /// included that no text stands in; 0 if that is not known.
    pub nth: u32,
    /// Its name in lower case.
    pub name: Str,
    /// Its `id`; empty if it has none.
    pub id: Str,
    /// Its classes, separated by white space.
    pub classes: Str,
    /// Its other attributes, each on a line as `name=value`, as far as they
    /// are short.
    pub attributes: Str,
    /// The names of the profile's selectors that it matches, separated by
    /// spaces.
    pub selectors: Str,
    /// How many elements stand behind it in the one around it.
    pub behind: u32,
    /// 0.
    pub reserved: u32,
}

/// The start of a section that is known already.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// 0-based index of the section's first block.
    pub block: u64,
    /// One of the `SECTION_…` kinds.
    pub kind: u32,
    /// No flag is defined yet: 0.
    pub flags: u32,
}

/// One value of the metadata.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// Lower-case letters and `_`. Keys that hold lists come several times.
    pub key: Str,
    /// The value.
    pub value: Str,
}

/// A document as a plugin sees it. Walk the arrays by their `…_size`, the
/// size in bytes of one element, for elements may grow.
#[repr(C)]
#[derive(Debug)]
pub struct Document {
    /// `sizeof` of this struct in the host.
    pub size: usize,
    /// The document's id.
    pub id: Str,
    /// Where it was published; empty if unknown.
    pub url: Str,
    /// BCP 47 tag of its language; empty if unknown.
    pub language: Str,
    /// The bytes that the blocks point into, in any order. Bytes outside of
    /// the blocks are not part of the document.
    pub text: Str,
    /// The blocks, in the order of the source.
    pub blocks: *const Block,
    /// How many blocks.
    pub block_count: usize,
    /// The size of one block.
    pub block_size: usize,
    /// The sections that are known already, in the order of the source.
    pub starts: *const Start,
    /// How many.
    pub start_count: usize,
    /// The size of one start.
    pub start_size: usize,
    /// What is known about the document. A key that begins with `_` is a hint
    /// for plugins, which is never written.
    pub metadata: *const Pair,
    /// How many values.
    pub metadata_count: usize,
    /// The size of one value.
    pub metadata_size: usize,
    /// Since 1.1. The elements that blocks stand in; none unless the document
    /// is a page.
    pub elements: *const Element,
    /// How many.
    pub element_count: usize,
    /// The size of one element.
    pub element_size: usize,
}

/// One proposed edit.
#[repr(C)]
#[derive(Debug)]
pub struct Edit {
    /// `sizeof` of this struct in the plugin.
    pub size: usize,
    /// One of the `OP_…` operations.
    pub op: u32,
    /// For begin a `SECTION_…` kind, for mark a `BLOCK_…` kind, else 0.
    pub kind: u32,
    /// 0-based index of the block.
    pub block: u64,
    /// First byte in the block's text.
    pub start: u64,
    /// The byte after the last one, or [`WHOLE_BLOCK`].
    pub end: u64,
    /// The rule's stable id, such as `donation/appeal`.
    pub rule: Str,
    /// The name of the category; empty for begin and mark.
    pub category: Str,
    /// For lift: the key of the metadata.
    pub key: Str,
    /// For replace: the new text, without line break. For lift: the values,
    /// one a line.
    pub value: Str,
    /// For begin: how sure the plugin is, from 0 to 1.
    pub confidence: f64,
    /// For lift: one of the `SCOPE_…` values.
    pub scope: u32,
    /// 0.
    pub reserved: u32,
}

/// The callbacks of the host. Pass `context` on as it is.
#[repr(C)]
#[derive(Debug)]
pub struct Sink {
    /// `sizeof` of this struct in the host.
    pub size: usize,
    /// The host's own.
    pub context: *mut c_void,
    /// Takes an edit; only during `clean`.
    pub edit: Option<unsafe extern "C" fn(context: *mut c_void, edit: *const Edit)>,
    /// Takes a message of one of the `MESSAGE_…` kinds.
    pub message: Option<unsafe extern "C" fn(context: *mut c_void, kind: u32, text: Str)>,
}

/// The part of a descriptor that never changes: 24 bytes.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Prefix {
    /// [`MAGIC`].
    pub magic: [u8; 8],
    /// The [`ABI_MAJOR`] the plugin was built with.
    pub abi_major: u32,
    /// The [`ABI_MINOR`] the plugin was built with.
    pub abi_minor: u32,
    /// `sizeof` of the plugin's [`Descriptor`].
    pub size: u64,
}

/// What a plugin exports.
#[repr(C)]
#[derive(Debug)]
pub struct Descriptor {
    /// Read this first.
    pub prefix: Prefix,
    /// The name profiles use: the library's name with `-` for `_`.
    pub name: Str,
    /// The plugin's own version.
    pub version: Str,
    /// What it does, in one line.
    pub description: Str,
    /// Sends the JSON Schema of the settings as [`MESSAGE_SCHEMA`]. May be
    /// null: then the host checks no setting itself.
    pub schema: Option<unsafe extern "C" fn(sink: *const Sink) -> i32>,
    /// Makes an instance from settings in JSON and stores it in `instance`.
    /// Everything that can be compiled is compiled here.
    pub create: Option<
        unsafe extern "C" fn(settings: Str, sink: *const Sink, instance: *mut *mut c_void) -> i32,
    >,
    /// Looks at a document and sends edits.
    pub clean: Option<
        unsafe extern "C" fn(
            instance: *mut c_void,
            document: *const Document,
            sink: *const Sink,
        ) -> i32,
    >,
    /// Ends an instance.
    pub destroy: Option<unsafe extern "C" fn(instance: *mut c_void)>,
    /// Since 1.2. The keys of the metadata that `clean` goes by, parted by
    /// spaces; it is shown no others. A null pointer if it may look at all:
    /// then it is asked again whenever any of them has changed.
    pub metadata_keys: Str,
}

// SAFETY: a descriptor is constant data: functions, and pointers to static text.
#[allow(unsafe_code, reason = "raw pointers are not Sync by themselves")]
unsafe impl Sync for Descriptor {}
