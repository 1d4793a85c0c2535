//! HTML to blocks: what a browser would show, paragraph by paragraph.
//!
//! ```text
//! <h2>Pier</h2><p>Sold &amp; gone.<br>For one crown.</p><ul><li>a<li>b</ul>
//! -> heading   Pier
//!    paragraph Sold & gone.
//!    paragraph For one crown.
//!    list-item a
//!    list-item b
//! ```
//!
//! Nothing that people see is dropped. What a browser never shows is: scripts,
//! styles, and what stands in for a film where none can be played.
//!
//! One pass makes blocks out of tags and text ([`tokens`]); which elements are
//! open is all that is kept of the tree ([`open`]). It is several times as
//! fast as building one.

mod attributes;
mod blocks;
mod metadata;
mod names;
mod open;
mod page;
mod posts;
mod references;
mod status;
mod tokens;

pub(crate) use blocks::HtmlBlock;
use blocks::read_blocks;
pub use page::{looks_like_html, read_html};

/// Cuts HTML into blocks, whether it is a whole document, a part of one or
/// plain text; one that is cut off is read as far as it goes.
///
/// Where nothing makes a paragraph, blank lines part them.
pub(crate) fn html_blocks(html: &str) -> Vec<HtmlBlock> {
    read_blocks(html).blocks
}

/// The text of HTML on one line, for titles.
pub(crate) fn html_line(html: &str) -> String {
    let texts: Vec<_> = html_blocks(html)
        .into_iter()
        .map(|block| block.text)
        .collect();
    texts.join(" ").trim().to_owned()
}

#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod tests;
