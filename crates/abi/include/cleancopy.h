/* The boundary between cleancopy and its plugins; see crates/abi/src/lib.rs for the
 * rules. Generated: `UPDATE_HEADER=1 cargo test -p cleancopy-abi` writes it anew. */

#ifndef CLEANCOPY_H
#define CLEANCOPY_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

// Raised when a plugin built for the old value cannot work with the new.
//
// 1: first version.
#define CLEANCOPY_ABI_MAJOR 1

// Raised when something is added that older plugins may ignore.
//
// 0: first version.
// 1: [`BLOCK_TIME`]; what the markup of a page says: `Block.element`, `level` and `linked`,
//    [`BLOCK_HIDDEN`], and the elements of a document.
// 2: `Descriptor.metadata_keys`.
#define CLEANCOPY_ABI_MINOR 2

// The call did what it should.
#define CLEANCOPY_STATUS_OK 0

// The call failed; the plugin has sent a message of kind [`MESSAGE_ERROR`].
#define CLEANCOPY_STATUS_FAILED 1

// The plugin panicked; the message says where.
#define CLEANCOPY_STATUS_PANICKED 2

// Why a call failed, in one sentence.
#define CLEANCOPY_MESSAGE_ERROR 0

// The JSON Schema of the plugin's settings.
#define CLEANCOPY_MESSAGE_SCHEMA 1

// The target leaves the document.
#define CLEANCOPY_OP_REMOVE 0

// The target leaves and `value` stands in its place.
#define CLEANCOPY_OP_REPLACE 1

// The target leaves the body; `value` becomes metadata under `key`. An empty
// range takes nothing out: the value is known from elsewhere.
#define CLEANCOPY_OP_LIFT 2

// A section of `kind` starts at the block.
#define CLEANCOPY_OP_BEGIN 3

// The block is of `kind`.
#define CLEANCOPY_OP_MARK 4

// As the `end` of an edit: the whole block.
#define CLEANCOPY_WHOLE_BLOCK UINT64_MAX

// A lifted value belongs to the document or the feed item.
#define CLEANCOPY_SCOPE_DOCUMENT 0

// A lifted value belongs to the innermost section.
#define CLEANCOPY_SCOPE_SECTION 1

// Running text.
#define CLEANCOPY_BLOCK_PARAGRAPH 0

// The headline of a section.
#define CLEANCOPY_BLOCK_HEADLINE 1

// A sub-headline.
#define CLEANCOPY_BLOCK_HEADING 2

// One point of a list.
#define CLEANCOPY_BLOCK_LIST_ITEM 3

// A quotation set apart.
#define CLEANCOPY_BLOCK_QUOTE 4

// What stands under a picture.
#define CLEANCOPY_BLOCK_CAPTION 5

// A row of a table.
#define CLEANCOPY_BLOCK_TABLE_ROW 6

// Preformatted text.
#define CLEANCOPY_BLOCK_CODE 7

// The text of something embedded.
#define CLEANCOPY_BLOCK_EMBED 8

// When the section was published, and nothing else. Since 1.1.
#define BLOCK_TIME 9

// As a flag of a block: the page hides it.
#define CLEANCOPY_BLOCK_HIDDEN 1

// As an element's index: none.
#define CLEANCOPY_NO_ELEMENT UINT32_MAX

// A whole article.
#define CLEANCOPY_SECTION_ARTICLE 0

// One item of a feed digest.
#define CLEANCOPY_SECTION_ITEM 1

// One update of a liveblog.
#define CLEANCOPY_SECTION_ENTRY 2

// Borrowed UTF-8 text: a pointer and a length in bytes.
typedef struct cleancopy_str {
  // The first byte; may be null when `len` is 0.
  const uint8_t *data;
  // The length in bytes.
  size_t len;
} cleancopy_str;

// One block of a document.
typedef struct cleancopy_block {
  // First byte of the block's text in `Document.text`.
  uint64_t start;
  // The byte after its last one.
  uint64_t end;
  // 1-based line in the source.
  uint64_t line;
  // One of the `BLOCK_…` kinds; take an unknown one for a paragraph.
  uint32_t kind;
  // [`BLOCK_HIDDEN`] or 0; ignore others.
  uint32_t flags;
  // How many characters of white space stand before it in its line.
  uint32_t indent;
  // 0.
  uint32_t reserved;
  // Since 1.1. The 0-based index of the innermost element that all of the
  // text stands in, or [`NO_ELEMENT`].
  uint32_t element;
  // Since 1.1. How many bytes of the text, as it was read, stand in links.
  uint32_t linked;
  // Since 1.1. The level of a heading, 1 to 6; else 0.
  uint32_t level;
  // 0.
  uint32_t reserved2;
} cleancopy_block;

// An element of a page. Since 1.1.
typedef struct cleancopy_element {
  // The 0-based index of the element around it, which is smaller than its
  // own, or [`NO_ELEMENT`].
  uint32_t parent;
  // Its 1-based place among the elements in the one around it, those
  // included that no text stands in; 0 if that is not known.
  uint32_t nth;
  // Its name in lower case.
  struct cleancopy_str name;
  // Its `id`; empty if it has none.
  struct cleancopy_str id;
  // Its classes, separated by white space.
  struct cleancopy_str classes;
  // Its other attributes, each on a line as `name=value`, as far as they
  // are short.
  struct cleancopy_str attributes;
  // The names of the profile's selectors that it matches, separated by
  // spaces.
  struct cleancopy_str selectors;
  // How many elements stand behind it in the one around it.
  uint32_t behind;
  // 0.
  uint32_t reserved;
} cleancopy_element;

// The start of a section that is known already.
typedef struct cleancopy_start {
  // 0-based index of the section's first block.
  uint64_t block;
  // One of the `SECTION_…` kinds.
  uint32_t kind;
  // No flag is defined yet: 0.
  uint32_t flags;
} cleancopy_start;

// One value of the metadata.
typedef struct cleancopy_pair {
  // Lower-case letters and `_`. Keys that hold lists come several times.
  struct cleancopy_str key;
  // The value.
  struct cleancopy_str value;
} cleancopy_pair;

// A document as a plugin sees it. Walk the arrays by their `…_size`, the
// size in bytes of one element, for elements may grow.
typedef struct cleancopy_document {
  // `sizeof` of this struct in the host.
  size_t size;
  // The document's id.
  struct cleancopy_str id;
  // Where it was published; empty if unknown.
  struct cleancopy_str url;
  // BCP 47 tag of its language; empty if unknown.
  struct cleancopy_str language;
  // The bytes that the blocks point into, in any order. Bytes outside of
  // the blocks are not part of the document.
  struct cleancopy_str text;
  // The blocks, in the order of the source.
  const struct cleancopy_block *blocks;
  // How many blocks.
  size_t block_count;
  // The size of one block.
  size_t block_size;
  // The sections that are known already, in the order of the source.
  const struct cleancopy_start *starts;
  // How many.
  size_t start_count;
  // The size of one start.
  size_t start_size;
  // What is known about the document. A key that begins with `_` is a hint
  // for plugins, which is never written.
  const struct cleancopy_pair *metadata;
  // How many values.
  size_t metadata_count;
  // The size of one value.
  size_t metadata_size;
  // Since 1.1. The elements that blocks stand in; none unless the document
  // is a page.
  const struct cleancopy_element *elements;
  // How many.
  size_t element_count;
  // The size of one element.
  size_t element_size;
} cleancopy_document;

// One proposed edit.
typedef struct cleancopy_edit {
  // `sizeof` of this struct in the plugin.
  size_t size;
  // One of the `OP_…` operations.
  uint32_t op;
  // For begin a `SECTION_…` kind, for mark a `BLOCK_…` kind, else 0.
  uint32_t kind;
  // 0-based index of the block.
  uint64_t block;
  // First byte in the block's text.
  uint64_t start;
  // The byte after the last one, or [`WHOLE_BLOCK`].
  uint64_t end;
  // The rule's stable id, such as `donation/appeal`.
  struct cleancopy_str rule;
  // The name of the category; empty for begin and mark.
  struct cleancopy_str category;
  // For lift: the key of the metadata.
  struct cleancopy_str key;
  // For replace: the new text, without line break. For lift: the values,
  // one a line.
  struct cleancopy_str value;
  // For begin: how sure the plugin is, from 0 to 1.
  double confidence;
  // For lift: one of the `SCOPE_…` values.
  uint32_t scope;
  // 0.
  uint32_t reserved;
} cleancopy_edit;

// The callbacks of the host. Pass `context` on as it is.
typedef struct cleancopy_sink {
  // `sizeof` of this struct in the host.
  size_t size;
  // The host's own.
  void *context;
  // Takes an edit; only during `clean`.
  void (*edit)(void *context, const struct cleancopy_edit *edit);
  // Takes a message of one of the `MESSAGE_…` kinds.
  void (*message)(void *context, uint32_t kind, struct cleancopy_str text);
} cleancopy_sink;

// The part of a descriptor that never changes: 24 bytes.
typedef struct cleancopy_prefix {
  // [`MAGIC`].
  uint8_t magic[8];
  // The [`ABI_MAJOR`] the plugin was built with.
  uint32_t abi_major;
  // The [`ABI_MINOR`] the plugin was built with.
  uint32_t abi_minor;
  // `sizeof` of the plugin's [`Descriptor`].
  uint64_t size;
} cleancopy_prefix;

// What a plugin exports.
typedef struct cleancopy_descriptor {
  // Read this first.
  struct cleancopy_prefix prefix;
  // The name profiles use: the library's name with `-` for `_`.
  struct cleancopy_str name;
  // The plugin's own version.
  struct cleancopy_str version;
  // What it does, in one line.
  struct cleancopy_str description;
  // Sends the JSON Schema of the settings as [`MESSAGE_SCHEMA`]. May be
  // null: then the host checks no setting itself.
  int32_t (*schema)(const struct cleancopy_sink *sink);
  // Makes an instance from settings in JSON and stores it in `instance`.
  // Everything that can be compiled is compiled here.
  int32_t (*create)(struct cleancopy_str settings,
                    const struct cleancopy_sink *sink,
                    void **instance);
  // Looks at a document and sends edits.
  int32_t (*clean)(void *instance,
                   const struct cleancopy_document *document,
                   const struct cleancopy_sink *sink);
  // Ends an instance.
  void (*destroy)(void *instance);
  // Since 1.2. The keys of the metadata that `clean` goes by, parted by
  // spaces; it is shown no others. A null pointer if it may look at all:
  // then it is asked again whenever any of them has changed.
  struct cleancopy_str metadata_keys;
} cleancopy_descriptor;

#endif  /* CLEANCOPY_H */

/* The first eight bytes of a descriptor. */
#define CLEANCOPY_MAGIC {'c', 'l', 'e', 'a', 'n', 'c', 'p', 'y'}

/* Makes a cleancopy_str of a string literal. */
#define CLEANCOPY_STR(literal) {(const uint8_t *)(literal), sizeof(literal) - 1}
