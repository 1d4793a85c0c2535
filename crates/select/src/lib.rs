//! Selectors of style sheets over the elements of a page.
//!
//! ```
//! use cleancopy_model::{Element, Elements};
//! use cleancopy_select::{Selector, Tree};
//!
//! let mut elements = Elements::default();
//! let main = elements.add(Element { name: "main", ..Element::default() });
//! let promo = Element { parent: Some(main), name: "div", classes: "promo wide", ..Element::default() };
//! let promo = elements.add(promo);
//!
//! let selector = Selector::parse("main > .promo:not(.narrow)")?;
//! assert!(selector.matches(&Tree::of(&elements), promo));
//! # Ok::<(), cleancopy_select::SelectorError>(())
//! ```
//!
//! The crate `selectors`, which browsers use, parses and matches. What is here
//! is the tree it walks: a document keeps only the elements that text stands
//! in, with their places among all their siblings ([`Tree`]), and not all
//! attributes. What can therefore never match is refused when it is read.
#![forbid(unsafe_code)]

mod grammar;
mod index;
mod node;
mod selector;
mod tree;

pub use index::Selectors;
pub use selector::{Selector, SelectorError};
pub use tree::Tree;
