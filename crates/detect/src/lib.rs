//! Which publisher's profile a document is for: `--profile auto`.
//!
//! Every profile says in its `[match]` how it is known. A host name in the
//! document's URL decides alone. Without one, each phrase that only this
//! publisher prints counts [`PHRASE`] points and each weak sign, a rule, one;
//! [`ENOUGH`] points are needed, and a lead of as many over the next profile:
//! between two that are close nothing is guessed. Then the language decides:
//! [`Detector::stand_in`].
#![forbid(unsafe_code)]

mod host;
mod language;
mod score;

pub use language::{Language, language};
pub use score::{Detector, ENOUGH, PHRASE, Score, StandIn, Verdict};

#[cfg(test)]
mod tests;
