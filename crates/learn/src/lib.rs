//! Proposes a profile from one publisher's documents, and finds rules that
//! went stale.
//!
//! ```text
//! News              News               News
//! Sport             Sport              Sport
//! Ferry sails       Pier not sold      Swans cross bridge
//! …                 …                  …
//! About the Courier About the Courier  About the Courier
//! ```
//! ->
//! ```toml
//! run = ["News", "Sport"]             # where = "head"
//! run = ["About the Courier", …]      # where = "tail"
//! ```
//!
//! [`learn`] looks for lines that stand on several pages ([`Page`]), and for
//! what the page puts between them. It tells the article by its prose, and
//! tries every rule on pages it was not learned from. [`drift`] looks at pages
//! that were cleaned, in the order of their days.
//!
//! The crate is pure: it opens no file, and the same pages give the same
//! answer.
#![forbid(unsafe_code)]

mod beside;
mod candidate;
mod candidates;
mod cards;
mod category;
mod drift;
mod effect;
mod evidence;
mod index;
mod known;
mod lines;
mod looks;
mod matching;
mod page;
mod print;
mod propose;
mod runs;
mod spans;
mod survey;
mod templates;
mod titles;
mod trial;
mod zones;

pub use candidate::Family;
pub use drift::{Cleaned, Drift, NewLine, RuleUse, Unlike, drift};
pub use known::Known;
pub use page::{Line, Page, Removed};
pub use propose::{FEWEST, Proposal, Proposed, TooFew, learn, steps};
pub use trial::Mistake;

#[cfg(test)]
mod tests;
