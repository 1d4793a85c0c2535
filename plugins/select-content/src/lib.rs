//! Finds the article on an HTML page.

pub mod features;
pub mod page;
pub mod words;
