//! A bound on how deep elements nest.
//!
//! The time and the memory an HTML parser takes grow with the depth of what
//! is open times the length of the rest: a few kilobytes of `<font><p>` can
//! become gigabytes. Browsers stop nesting at some depth, and so does this.

use std::borrow::Cow;

use super::is_block;

/// How deep elements may nest.
const DEPTH: usize = 400;

/// How deep elements may nest that the parser opens again in each paragraph.
const FORMATTING_DEPTH: usize = 16;

/// Bounds the depth of HTML. Start tags that go too deep become line breaks,
/// or nothing that shows if they are inline; no text is lost.
pub(super) fn bounded(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut copied, mut depth, mut formatting) = (0, 0_usize, 0_usize);
    for (at, _) in html.match_indices('<') {
        let closes = html[at + 1..].starts_with('/');
        let start = at + 1 + usize::from(closes);
        let name = &html[start..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric());
        let name = name[..end.unwrap_or(name.len())].to_ascii_lowercase();
        if !nests(&name) {
            continue;
        }
        let is_formatting = formats(&name);
        if closes {
            depth = depth.saturating_sub(1);
            formatting = formatting.saturating_sub(usize::from(is_formatting));
        } else if depth >= DEPTH || is_formatting && formatting >= FORMATTING_DEPTH {
            out.push_str(&html[copied..start]);
            out.push_str(if is_block(&name) { "br" } else { "wbr" });
            copied = start + name.len();
        } else {
            depth += 1;
            formatting += usize::from(is_formatting);
        }
    }
    if copied == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[copied..]);
    Cow::Owned(out)
}

/// Whether an element can nest without end: some have no end, and others end
/// where the next of them begins.
fn nests(name: &str) -> bool {
    let ends_itself = matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "dd"
            | "dt"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "li"
            | "link"
            | "meta"
            | "option"
            | "p"
            | "param"
            | "script"
            | "source"
            | "style"
            | "td"
            | "th"
            | "tr"
            | "track"
            | "wbr"
    );
    !name.is_empty() && !ends_itself
}

fn formats(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "nobr"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_like_a_page_is_left_alone() {
        let page = "<div><p>a<p>b <img><b>c</b></div>".repeat(1000);
        assert!(matches!(bounded(&page), Cow::Borrowed(_)));
    }

    #[test]
    fn what_goes_too_deep_loses_its_tags_and_no_text() {
        let deep = format!("{}x{}", "<DIV class=a>".repeat(500), "<b>y".repeat(20));
        let bounded = bounded(&deep);
        assert_eq!(bounded.matches("<DIV").count(), DEPTH);
        assert_eq!(bounded.matches("<br class=a>").count(), 500 - DEPTH);
        assert_eq!(bounded.matches('y').count(), 20);
        assert!(bounded.ends_with("<wbr>y"), "{bounded}");
    }
}
