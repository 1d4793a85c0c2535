//! Documents, the edits that cleaners propose, and the record of what left.
//!
//! A [`Document`] is a source text and the [`Block`]s that still stand in it.
//! Cleaners never change text: they fill an [`EditList`], and
//! [`Document::apply`] checks every edit, applies it and remembers why. From
//! that one list follows everything the rest of the program shows: the
//! [`Document::record`], the sections ([`Document::sections`]) and the
//! [`Layout`] that makes a document restorable byte for byte.
//!
//! ```
//! use cleancopy_model::{Category, Document, EditList, Target};
//!
//! let mut document = Document::from_text("harbour", "Log in\nThe ferry sailed.\n");
//! let mut edits = EditList::new();
//! edits.remove(Target::block(0), "login/prompt", Category::Login);
//! document.apply("strip-banners", &edits)?;
//!
//! assert_eq!(document.block_text(&document.blocks()[0]), "The ferry sailed.");
//! assert_eq!(document.record()[0].text, "Log in");
//! # Ok::<(), cleancopy_model::IllegalEdit>(())
//! ```
//!
//! The crate is pure: it opens no file and knows no plugin.
#![forbid(unsafe_code)]

mod apply;
mod changes;
mod document;
mod draft;
mod edit;
mod kinds;
mod layout;
mod lines;
mod markup;
mod metadata;
mod record;
mod restore;
mod section;

pub use apply::{IllegalEdit, Problem};
pub use document::{Block, Document, Structure};
pub use draft::{Draft, Origin};
pub use edit::{Action, Cause, Edit, EditList, Scope, Target};
pub use kinds::{BlockKind, Category, SectionKind, UnknownName};
pub use layout::{Layout, Space};
pub use lines::{Line, lines};
pub use markup::{Element, Elements, Markup, Page, is_told};
pub use metadata::{HINT, LIST_KEYS, Metadata};
pub use record::{Op, Removal};
pub use restore::{Missing, RestoreError, restore_line};
pub use section::{Section, section_mark};
