//! Proposes a profile from one publisher's documents, and finds rules that
//! went stale.
#![forbid(unsafe_code)]

mod candidate;
mod candidates;
mod category;
mod drift;
mod effect;
mod evidence;
mod index;
mod lines;
mod matching;
mod page;
mod print;
mod propose;
mod runs;
mod spans;
mod survey;
mod templates;
mod trial;
mod zones;

pub use candidate::Family;
pub use drift::{Cleaned, Drift, NewLine, RuleUse, Unlike, drift};
pub use page::{Line, Page};
pub use propose::{FEWEST, Proposal, Proposed, TooFew, learn, steps};
pub use trial::Mistake;
