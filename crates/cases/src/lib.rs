//! Golden cases, the evidence of rules, and what must never happen.
//!
//! A case is a folder `PROFILE/CASE/` with a document and what must become of
//! it:
//!
//! | file | what it holds |
//! |---|---|
//! | `input.txt` | the document; `input.xml`, `.rss` or `.atom` for a feed |
//! | `expected.diff` | what `clean --diff` prints; empty if all must be kept |
//! | `expected.json` | metadata and sections, if they matter ([`Shape`]) |
//! | `case.toml` | what is known beside the text, such as the URL ([`About`]) |
//!
//! [`run`] runs the cases of profiles, the evidence their rules carry, and
//! holds every case to the [`invariants`](Problem::Broken). `clean test` and
//! the tests of this repository are the same code: what passes here passes
//! there, for our profiles and for anybody's.
//!
//! Comparing what two runs made of a document is a matter of its own
//! ([`Fates`], [`compare`]), which `clean watch` uses as well.
#![forbid(unsafe_code)]

mod case;
mod compare;
mod fates;
mod filter;
mod find;
mod invariants;
mod junit;
mod outcome;
mod places;
mod run;
mod shape;
mod show;

pub use case::{About, Case, CaseError};
pub use compare::{Hunk, Turn, TurnLine, compare};
pub use fates::{Fate, Fates, Unfit};
pub use filter::{Filter, is_glob};
pub use find::{Found, find};
pub use junit::junit;
pub use outcome::{Check, Kind, Problem};
pub use run::{Wanted, run};
pub use shape::{SectionShape, Shape};
pub use show::{Shown, Tone, show_hunks};
