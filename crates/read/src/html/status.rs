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

#[cfg(test)]
mod tests {
    use crate::read_html;

    #[test]
    fn a_page_without_text_says_what_it_is() {
        let notice = "<noscript>You need to enable JavaScript to run this app.</noscript>";
        let article = format!(
            "<script>x</script><noscript><p>{}</noscript>",
            "Pier sold. ".repeat(60)
        );
        for (html, status) in [
            ("", Some("empty")),
            (
                "<html><title>Keld</title><body><img src=a></body>",
                Some("empty"),
            ),
            ("<script>x</script><style>y</style>", Some("scripts-only")),
            (
                &format!("<div id=root></div><script>x</script>{notice}"),
                Some("scripts-only"),
            ),
            (
                "<frameset><frame src=a><noframes>no</noframes></frameset>",
                Some("frameset"),
            ),
            ("<script>x</script><p>Pier sold", None),
            (&article, None),
        ] {
            let document = read_html("page", html.as_bytes().to_vec(), None).unwrap();
            let known = document.metadata();
            let known = known.get("status").first().map(String::as_str);
            assert_eq!(known, status, "{html}");
        }
    }
}
