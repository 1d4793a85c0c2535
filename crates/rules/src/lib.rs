//! Rules and packs as data, compiled into one matcher.
//!
//! A [`Rule`] says in data what a piece of noise looks like; a [`Pack`] is a
//! TOML file of rules. [`RuleSet::compile`] checks rules and builds everything
//! that can be built once; [`RuleSet::matches`] finds what they take out of a
//! document, given as its lines.
//!
//! ```
//! use cleancopy_rules::{Pack, RuleSet};
//!
//! let pack: Pack = toml::from_str(
//!     r#"
//!     schema = 1
//!     name = "login.en"
//!     [[rule]]
//!     id = "login/refresh"
//!     category = "login"
//!     starts = "Please refresh"
//!     ends = "logged in"
//!     "#,
//! )?;
//! let rules = RuleSet::compile(pack.rule)?;
//! let found = rules.matches(&["Ferry sails", "Please refresh to be logged in"]);
//! assert_eq!(found[0].lines, 1..2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # How it stays fast
//! Every rule has one *trigger*, the cheapest of its conditions that must hold:
//! the start of a line, its end, the line before, or a stretch inside it; a regex
//! has the rarest of the texts that must stand in what it matches. Most lines
//! begin and end with no trigger, which four bytes tell; those inside are looked
//! for all at once. A trigger only proposes a rule for a line; whether all
//! conditions hold is then decided by plain comparisons, a regex coming last and
//! only if the line has the other texts that it needs. What became of a proposal
//! is remembered for the next round of the chain.
//!
//! The crate is pure: it opens no file.
#![forbid(unsafe_code)]

mod alphabet;
mod choices;
mod claims;
mod compile;
mod condition;
pub mod cost;
mod due;
mod error;
mod fold;
mod fragments;
mod glued;
mod hits;
mod keys;
mod lazy;
mod marks;
mod memory;
mod needs;
mod pack;
mod page;
mod parts;
mod pattern;
mod period;
mod proposals;
mod rarity;
mod required;
mod rule;
mod runs;
mod set;
mod shared;
mod sieve;
mod spans;
mod texts;
mod trigger;
mod view;
mod walk;

pub use error::{Problem, RuleError};
pub use pack::{Pack, SCHEMA};
pub use rule::{Rule, Take, Where};
pub use set::{Match, RuleSet};
pub use texts::Texts;
