//! The C header is what this crate says, and the layout is what was promised.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::HashMap;
use std::mem::{offset_of, size_of};
use std::path::Path;

use cleancopy_abi::{Block, Descriptor, Document, Edit, Element, Pair, Prefix, Sink, Start, Str};

fn generate() -> String {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let types = [
        ("Str", "cleancopy_str"),
        ("Block", "cleancopy_block"),
        ("Element", "cleancopy_element"),
        ("Start", "cleancopy_start"),
        ("Pair", "cleancopy_pair"),
        ("Document", "cleancopy_document"),
        ("Edit", "cleancopy_edit"),
        ("Sink", "cleancopy_sink"),
        ("Prefix", "cleancopy_prefix"),
        ("Descriptor", "cleancopy_descriptor"),
    ];
    let constants = [
        "STATUS_OK",
        "STATUS_FAILED",
        "STATUS_PANICKED",
        "MESSAGE_ERROR",
        "MESSAGE_SCHEMA",
        "OP_REMOVE",
        "OP_REPLACE",
        "OP_LIFT",
        "OP_BEGIN",
        "OP_MARK",
        "WHOLE_BLOCK",
        "SCOPE_DOCUMENT",
        "SCOPE_SECTION",
        "BLOCK_PARAGRAPH",
        "BLOCK_HEADLINE",
        "BLOCK_HEADING",
        "BLOCK_LIST_ITEM",
        "BLOCK_QUOTE",
        "BLOCK_CAPTION",
        "BLOCK_TABLE_ROW",
        "BLOCK_CODE",
        "BLOCK_EMBED",
        "BLOCK_HIDDEN",
        "NO_ELEMENT",
        "SECTION_ARTICLE",
        "SECTION_ITEM",
        "SECTION_ENTRY",
        "ABI_MAJOR",
        "ABI_MINOR",
    ];
    let mut rename: HashMap<String, String> = types
        .iter()
        .map(|(rust, c)| ((*rust).to_owned(), (*c).to_owned()))
        .collect();
    rename.extend(
        constants
            .iter()
            .map(|c| ((*c).to_owned(), format!("CLEANCOPY_{c}"))),
    );
    let include = types.iter().map(|(rust, _)| (*rust).to_owned());
    let config = cbindgen::Config {
        language: cbindgen::Language::C,
        style: cbindgen::Style::Both,
        include_guard: Some("CLEANCOPY_H".to_owned()),
        header: Some(
            "/* The boundary between cleancopy and its plugins; see crates/abi/src/lib.rs for the\n \
             * rules. Generated: `UPDATE_HEADER=1 cargo test -p cleancopy-abi` writes it anew. */"
                .to_owned(),
        ),
        trailer: Some(
            "/* The first eight bytes of a descriptor. */\n\
             #define CLEANCOPY_MAGIC {'c', 'l', 'e', 'a', 'n', 'c', 'p', 'y'}\n\n\
             /* Makes a cleancopy_str of a string literal. */\n\
             #define CLEANCOPY_STR(literal) {(const uint8_t *)(literal), sizeof(literal) - 1}"
                .to_owned(),
        ),
        cpp_compat: true,
        usize_is_size_t: true,
        documentation_style: cbindgen::DocumentationStyle::C99,
        export: cbindgen::ExportConfig {
            include: include.collect(),
            exclude: vec!["MAGIC".to_owned(), "SYMBOL_PREFIX".to_owned()],
            rename,
            ..Default::default()
        },
        ..Default::default()
    };
    let bindings = cbindgen::Builder::new()
        .with_src(crate_dir.join("src/lib.rs"))
        .with_config(config)
        .generate()
        .unwrap();
    let mut header = Vec::new();
    bindings.write(&mut header);
    String::from_utf8(header).unwrap()
}

#[test]
fn the_committed_header_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("include/cleancopy.h");
    let generated = generate();
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::write(&path, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap();
    assert!(
        committed == generated,
        "crates/abi/include/cleancopy.h is stale: UPDATE_HEADER=1 cargo test -p cleancopy-abi"
    );
}

#[test]
fn the_prefix_is_frozen() {
    assert_eq!(size_of::<Prefix>(), 24);
    assert_eq!(offset_of!(Prefix, abi_major), 8);
    assert_eq!(offset_of!(Prefix, abi_minor), 12);
    assert_eq!(offset_of!(Prefix, size), 16);
    assert_eq!(offset_of!(Descriptor, prefix), 0);
}

/// What version 1.0 looked like on a 64-bit machine. Fields are added behind
/// these; none of these lines ever changes.
#[test]
#[cfg(target_pointer_width = "64")]
fn version_1_0_keeps_its_layout() {
    assert_eq!((offset_of!(Str, data), offset_of!(Str, len)), (0, 8));
    assert_eq!(
        [
            offset_of!(Block, start),
            offset_of!(Block, end),
            offset_of!(Block, line)
        ],
        [0, 8, 16]
    );
    assert_eq!(
        (offset_of!(Block, kind), offset_of!(Block, flags)),
        (24, 28)
    );
    assert_eq!((offset_of!(Start, block), offset_of!(Start, kind)), (0, 8));
    assert_eq!((offset_of!(Pair, key), offset_of!(Pair, value)), (0, 16));
    assert_eq!(
        [
            offset_of!(Document, id),
            offset_of!(Document, text),
            offset_of!(Document, blocks),
            offset_of!(Document, starts),
            offset_of!(Document, metadata),
            offset_of!(Document, metadata_size),
        ],
        [8, 56, 72, 96, 120, 136]
    );
    assert_eq!(
        [
            offset_of!(Edit, op),
            offset_of!(Edit, block),
            offset_of!(Edit, end),
            offset_of!(Edit, rule),
            offset_of!(Edit, value),
            offset_of!(Edit, confidence),
            offset_of!(Edit, scope),
        ],
        [8, 16, 32, 40, 88, 104, 112]
    );
    assert_eq!(
        [
            offset_of!(Sink, context),
            offset_of!(Sink, edit),
            offset_of!(Sink, message)
        ],
        [8, 16, 24]
    );
    assert_eq!(
        [
            offset_of!(Descriptor, name),
            offset_of!(Descriptor, schema),
            offset_of!(Descriptor, create),
            offset_of!(Descriptor, clean),
            offset_of!(Descriptor, destroy),
        ],
        [24, 72, 80, 88, 96]
    );
}

/// What version 1.1 added.
#[test]
#[cfg(target_pointer_width = "64")]
fn version_1_1_keeps_its_layout() {
    assert_eq!(
        [
            offset_of!(Block, element),
            offset_of!(Block, linked),
            offset_of!(Block, level),
        ],
        [40, 44, 48]
    );
    assert_eq!(
        [
            offset_of!(Document, elements),
            offset_of!(Document, element_count),
            offset_of!(Document, element_size),
        ],
        [144, 152, 160]
    );
    assert_eq!(
        [
            offset_of!(Element, parent),
            offset_of!(Element, name),
            offset_of!(Element, id),
            offset_of!(Element, classes),
            offset_of!(Element, attributes),
            offset_of!(Element, selectors),
            offset_of!(Element, nth),
            offset_of!(Element, behind),
        ],
        [0, 8, 24, 40, 56, 72, 4, 88]
    );
}

/// What version 1.2 added.
#[test]
#[cfg(target_pointer_width = "64")]
fn version_1_2_keeps_its_layout() {
    assert_eq!(offset_of!(Descriptor, metadata_keys), 104);
}
