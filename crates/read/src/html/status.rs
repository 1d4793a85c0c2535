//! What a page is that has no text to read.
//!
//! ```text
//! <frameset><frame src=news.html></frameset>       -> frameset
//! <div id=root></div><script src=app.js></script>  -> scripts-only
//! <body></body>                                    -> empty
//! ```

use super::blocks::{HtmlBlock, Reading};

/// What stands in `noscript` on a page that needs scripts is shorter, in words;
/// some pages keep their article there for those who run none.
const NOTICE: usize = 60;

/// What a page is if all it says is that it needs frames or scripts, or nothing
/// at all.
pub(super) fn status(reading: &Reading<'_>) -> Option<&'static str> {
    if reading
        .blocks
        .iter()
        .any(|block| !is_notice(reading, block))
    {
        return None;
    }
    let words = reading
        .blocks
        .iter()
        .flat_map(|block| block.text.split_whitespace());
    if words.count() > NOTICE {
        return None;
    }
    let mut elements = reading.elements.iter();
    let has_frames = elements.any(|element| element.name == "frameset");
    match (has_frames, reading.has_script) {
        (true, _) => Some("frameset"),
        (_, true) => Some("scripts-only"),
        _ if reading.blocks.is_empty() => Some("empty"),
        _ => None,
    }
}

/// Whether a block is for browsers that run no scripts.
fn is_notice(reading: &Reading<'_>, block: &HtmlBlock) -> bool {
    let element = |index: u32| &reading.elements[index as usize];
    let mut around = std::iter::successors(block.element, |index| element(*index).parent);
    around.any(|index| element(index).name == "noscript")
}
