//! What the cleaners share: comparing texts, headlines, names, times, and
//! cutting prose into the posts it was made of.
//!
//! The crate is pure: it works on `&str` and knows no document and no file.
#![forbid(unsafe_code)]

mod bytes;
mod headline;
mod language;
mod people;
pub mod prose;
mod same;
mod sentences;
mod times;
mod words;

pub use bytes::positions;
pub use headline::{could_be_title, headline, looks_like_headline};
pub use language::{Language, small_letters};
pub use people::{split_names, split_names_in};
pub use same::{
    Double, Words, containment, double, has_words, is_quoted, letters, prefix_end, same, words,
};
pub use sentences::{
    closes_sentence, ends_sentence, first_sentence, leaves_quote_open, starts_with_quote,
};
pub use times::{Day, TimeForm, TimeLine, parse_time_line};
