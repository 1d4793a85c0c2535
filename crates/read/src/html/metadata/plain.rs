//! The text of a value that may be HTML, escaped once or twice.
//!
//! ```text
//! <p>Sold &amp;amp; gone.</p><p>For <b>one</b> crown.</p>
//! -> Sold & gone.
//!    For one crown.
//! ```
//!
//! No document is built for it: a liveblog has hundreds of such values.

use std::borrow::Cow;

use super::super::references::decode;

/// Text on one line.
pub(super) fn line(value: &str) -> String {
    let mut out = String::new();
    for word in decoded(&without_tags(value)).split_whitespace() {
        push(&mut out, word, ' ');
    }
    out
}

/// Text with one line for each paragraph.
///
/// Where no tag parts paragraphs, the ends of lines do.
pub(super) fn lines(value: &str) -> String {
    let mut out = String::new();
    for text in decoded(&without_tags(value)).lines() {
        let text: Vec<&str> = text.split_whitespace().collect();
        if !text.is_empty() {
            push(&mut out, &text.join(" "), '\n');
        }
    }
    out
}

fn push(out: &mut String, text: &str, separator: char) {
    if !out.is_empty() {
        out.push(separator);
    }
    out.extend(text.chars().filter(|c| !c.is_control()));
}

/// Decodes character references, and what that lays bare once more.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return text.into();
    }
    let once = decode(text);
    if once.contains('&') {
        decode(&once).into()
    } else {
        once.into()
    }
}

/// Takes tags out of a text; those of blocks leave the end of a line.
fn without_tags(value: &str) -> Cow<'_, str> {
    let value = match value.contains("&lt;") {
        true => decode(value).into(),
        false => Cow::Borrowed(value),
    };
    if !value.contains('<') {
        return value;
    }
    let has_blocks = tags(&value).any(|tag| breaks(tag.name()));
    let (mut out, mut copied) = (String::with_capacity(value.len()), 0);
    let copy = |out: &mut String, text: &str| match has_blocks {
        true => out.extend(text.chars().map(|c| if c == '\n' { ' ' } else { c })),
        false => out.push_str(text),
    };
    for tag in tags(&value) {
        copy(&mut out, value.get(copied..tag.start).unwrap_or_default());
        if breaks(tag.name()) {
            out.push('\n');
        }
        copied = tag.end.max(copied);
    }
    copy(&mut out, &value[copied..]);
    Cow::Owned(out)
}

struct Tag<'t> {
    /// What stands between the brackets.
    inner: &'t str,
    start: usize,
    end: usize,
}

impl Tag<'_> {
    fn name(&self) -> &str {
        let name = self.inner.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric());
        &name[..end.unwrap_or(name.len())]
    }
}

/// The tags and comments of a text; a bracket before a space opens none.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find('<')?;
            let rest = &text[start + 1..];
            at = start + 1;
            if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
                continue;
            }
            let length = rest.find('>').unwrap_or(rest.len());
            at += length + usize::from(length < rest.len());
            return Some(Tag {
                inner: &rest[..length],
                start,
                end: at,
            });
        }
    })
}

/// Whether an element of this name parts paragraphs.
fn breaks(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "hr",
        "tr",
        "td",
        "th",
        "table",
        "section",
        "article",
        "aside",
        "figure",
        "figcaption",
        "pre",
        "dl",
        "dt",
        "dd",
        "header",
        "footer",
        "iframe",
        "form",
    ];
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_part_paragraphs_and_inline_tags_part_nothing() {
        let html = "<p>The <b>pi</b>er\nis sold.</p><ul><li>one<li>two</ul>";
        assert_eq!(lines(html), "The pier is sold.\none\ntwo");
        assert_eq!(line(html), "The pier is sold. one two");
        assert_eq!(lines("One.\r\n\r\nTwo <i>b</i>."), "One.\nTwo b.");
    }

    #[test]
    fn what_is_escaped_twice_is_read_twice() {
        assert_eq!(line("Fish &amp;amp; chips&nbsp;&#8217;"), "Fish & chips ’");
        assert_eq!(
            lines("&lt;p&gt;a &amp;amp; b&lt;/p&gt;&lt;p&gt;c"),
            "a & b\nc"
        );
    }

    #[test]
    fn brackets_that_open_nothing_stay() {
        assert_eq!(line("a < b and 3 <4"), "a < b and 3 <4");
        assert_eq!(line("cut <a href"), "cut");
        assert_eq!(line("<!-- x -->é<p"), "é");
    }
}
