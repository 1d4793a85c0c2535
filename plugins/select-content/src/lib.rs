//! Finds the article on an HTML page.

pub mod features;
pub mod page;
mod shingles;
pub mod words;
