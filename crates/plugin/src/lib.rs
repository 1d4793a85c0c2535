//! The kit for writing cleancopy plugins in Rust.
//!
//! A plugin is a library crate (`crate-type = ["cdylib", "rlib"]`) with a
//! settings struct, a [`Cleaner`] and one export line:
//!
//! ```
//! use cleancopy_plugin::prelude::*;
//!
//! /// What the profile may set.
//! #[derive(Deserialize, JsonSchema)]
//! #[serde(deny_unknown_fields)]
//! pub struct Settings {
//!     /// The word that gives a prompt away.
//!     word: String,
//! }
//!
//! pub struct DropWord(Settings);
//!
//! impl Cleaner for DropWord {
//!     const DESCRIPTION: &'static str = "drops every line that is one given word";
//!     type Settings = Settings;
//!
//!     fn new(settings: Settings) -> Result<Self, SetupError> {
//!         Ok(Self(settings))
//!     }
//!
//!     fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
//!         for block in document.blocks() {
//!             if block.text == self.0.word {
//!                 edits.remove(Target::block(block.index), "drop-word/word", Category::Share);
//!             }
//!         }
//!     }
//! }
//!
//! # // In a plugin of your own this line stands at the end of `lib.rs`.
//! export_cleaner!(DropWord);
//! ```
//!
//! # What happens when
//! 1. The host loads the library and reads the exported descriptor.
//! 2. [`Cleaner::new`] runs once per worker thread with the settings of the
//!    profile. Compile patterns and build tables here.
//! 3. [`Cleaner::clean`] runs for every document. It looks and proposes
//!    edits; the host checks them, applies them and keeps the record. It must
//!    not depend on documents it saw before, start threads or do input and
//!    output.
//!
//! A panic inside a plugin is caught at the boundary: the document is set
//! aside with the message and the place, and the host goes on.

mod cleaner;
mod document;
mod edits;
mod panic;
#[doc(hidden)]
pub mod shim;

pub use cleancopy_abi as abi;
pub use cleaner::{Cleaner, NoSettings, SetupError};
pub use document::{Block, Document, Element};
pub use edits::Edits;

/// Everything a plugin's author needs, in one line.
pub mod prelude {
    pub use crate::{
        Block, Cleaner, Document, Edits, Element, NoSettings, SetupError, export_cleaner,
    };
    pub use cleancopy_model::{BlockKind, Category, Scope, SectionKind, Target};
    pub use schemars::{self, JsonSchema};
    pub use serde::Deserialize;
}

/// Exports a [`Cleaner`] as the plugin of this crate.
///
/// Defines `pub static PLUGIN`, the descriptor that the host looks for under
/// the library's name. The plugin's name is the library's with `-` for `_`,
/// its version that of the crate.
#[macro_export]
macro_rules! export_cleaner {
    ($cleaner:ty) => {
        #[cfg(not(panic = "unwind"))]
        compile_error!(
            "a cleancopy plugin must be built with panic = \"unwind\": with \"abort\" a bug in \
             the plugin would end the host"
        );

        /// The plugin of this crate, as the host finds it.
        #[unsafe(export_name = concat!("cleancopy_plugin_", env!("CARGO_CRATE_NAME")))]
        pub static PLUGIN: $crate::abi::Descriptor = $crate::shim::descriptor::<$cleaner>(
            {
                const NAME: [u8; env!("CARGO_CRATE_NAME").len()] =
                    $crate::shim::dashed(env!("CARGO_CRATE_NAME"));
                match ::core::str::from_utf8(&NAME) {
                    Ok(name) => name,
                    Err(_) => panic!("crate names are UTF-8"),
                }
            },
            env!("CARGO_PKG_VERSION"),
        );
    };
}
