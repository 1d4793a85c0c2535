//! HTML to tags and text.
//!
//! ```text
//! <p class=a>Sold &amp; gone.</p><!-- x -->
//! -> start `p` ` class=a` · text `Sold &amp; gone.` · end `p`
//! ```
//!
//! The rules are those of the HTML standard's tokenizer, and nothing is
//! copied: attributes are found when somebody asks for one, for hardly any of
//! a page's thousands of tags are ever asked.

use memchr::memmem;
use memchr::{memchr, memchr2};

use super::attributes::end_of_tag;

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'h> {
    /// Text as it stands, character references and all.
    Text(&'h str),
    /// A start tag.
    Start(Tag<'h>),
    /// An end tag: its name, in the letters of the source.
    End(&'h str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'h> {
    /// In the letters of the source.
    pub(crate) name: &'h str,
    /// Everything between the name and the `>`.
    pub(crate) attributes: &'h str,
}

impl Tag<'_> {
    /// Whether it ends in `/>`, which means something in SVG and MathML only.
    pub(crate) fn closes_itself(&self) -> bool {
        self.attributes.ends_with('/')
    }
}

/// Cuts HTML into tokens; comments and declarations are left out.
#[derive(Debug)]
pub(crate) struct Tokens<'h> {
    html: &'h str,
    at: usize,
}

impl<'h> Tokens<'h> {
    pub(crate) fn new(html: &'h str) -> Self {
        Self { html, at: 0 }
    }

    /// The text up to the end tag of an element in which nothing is markup,
    /// such as a script. The end tag is the next token; without one, the
    /// element goes on to the end.
    pub(crate) fn raw_text(&mut self, name: &str) -> &'h str {
        let rest = &self.html.as_bytes()[self.at..];
        let end = match name {
            "script" => end_of_script(rest),
            _ => end_of_raw(rest, name),
        };
        let text = &self.html[self.at..self.at + end];
        self.at += end;
        text
    }

    /// Everything that is left, as text.
    pub(crate) fn rest(&mut self) -> &'h str {
        let rest = &self.html[self.at..];
        self.at = self.html.len();
        rest
    }

    /// The tag that starts at `open`, or nothing for a comment, and the byte
    /// behind it. A tag that is cut off is nothing, as in a browser.
    fn tag(&self, open: usize) -> (Option<Token<'h>>, usize) {
        let bytes = self.html.as_bytes();
        let is_end = bytes[open + 1] == b'/';
        let start = open + 1 + usize::from(is_end);
        match bytes[start] {
            b if b.is_ascii_alphabetic() => {}
            b'!' if !is_end => return (None, self.declaration(start)),
            // `</3>` and `<?x>` are comments.
            _ => return (None, self.after_bracket(start)),
        }
        let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
        let length = bytes[start..].iter().position(ends);
        let name_end = length.map_or(bytes.len(), |length| start + length);
        let Some(end) = end_of_tag(bytes, name_end) else {
            return (None, bytes.len());
        };
        let name = &self.html[start..name_end];
        let attributes = &self.html[name_end..end];
        let token = match is_end {
            true => Token::End(name),
            false => Token::Start(Tag { name, attributes }),
        };
        (Some(token), end + 1)
    }

    /// The byte behind `<!…`, where `start` is the `!`.
    fn declaration(&self, start: usize) -> usize {
        let rest = &self.html.as_bytes()[start + 1..];
        if rest.starts_with(b"[CDATA[") {
            // Its text is read as text; the end `]]>` shows, which is rare.
            return start + 1 + b"[CDATA[".len();
        }
        if !rest.starts_with(b"--") {
            return self.after_bracket(start);
        }
        for short in [&b"-->"[..], b"--->"] {
            if rest.starts_with(short) {
                return start + 1 + short.len();
            }
        }
        match memmem::find(&rest[2..], b"-->") {
            Some(end) => start + 1 + 2 + end + 3,
            None => self.html.len(),
        }
    }

    fn after_bracket(&self, start: usize) -> usize {
        let rest = &self.html.as_bytes()[start..];
        memchr(b'>', rest).map_or(self.html.len(), |end| start + end + 1)
    }
}

impl<'h> Iterator for Tokens<'h> {
    type Item = Token<'h>;

    fn next(&mut self) -> Option<Token<'h>> {
        let bytes = self.html.as_bytes();
        let (mut start, mut from) = (self.at, self.at);
        while let Some(found) = memchr(b'<', &bytes[from..]) {
            let open = from + found;
            if !may_open(bytes, open) {
                from = open + 1;
                continue;
            }
            if open > start {
                self.at = open;
                return Some(Token::Text(&self.html[start..open]));
            }
            let (token, behind) = self.tag(open);
            self.at = behind;
            if token.is_some() {
                return token;
            }
            (start, from) = (behind, behind);
        }
        self.at = bytes.len();
        (start < bytes.len()).then(|| Token::Text(&self.html[start..]))
    }
}

/// Where the end tag of an element stands in which nothing is markup.
fn end_of_raw(text: &[u8], name: &str) -> usize {
    let mut open = memmem::find_iter(text, b"</");
    open.find(|open| is_tag(&text[open + 2..], name))
        .unwrap_or(text.len())
}

/// Whether a tag's name stands here and ends.
fn is_tag(text: &[u8], name: &str) -> bool {
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    let start = text.get(..name.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
        && text.get(name.len()).is_none_or(ends)
}

/// What `<!--` in a script does to the tags behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escape {
    None,
    /// Behind `<!--`: a `<script` is read.
    Once,
    /// Behind that: the next `</script` ends only it.
    Twice,
}

/// The same for a script, where old pages hide their code in comments: in
/// `<!-- <script> … </script> -->` the end tag is part of the script. These are
/// the escaped and double escaped states of the standard's tokenizer.
fn end_of_script(text: &[u8]) -> usize {
    let (mut escape, mut from) = (Escape::None, 0);
    while let Some(found) = memchr2(b'<', b'-', &text[from..]) {
        let at = from + found;
        let rest = &text[at..];
        from = at + 1;
        if rest.starts_with(b"-->") {
            escape = Escape::None;
        } else if rest.starts_with(b"<!--") && escape == Escape::None {
            // The dashes may be those of the end: `<!-->`.
            (escape, from) = (Escape::Once, at + 2);
        } else if rest.starts_with(b"</") && is_tag(&rest[2..], "script") {
            match escape {
                Escape::Twice => escape = Escape::Once,
                _ => return at,
            }
        } else if escape == Escape::Once && rest[0] == b'<' && is_tag(&rest[1..], "script") {
            escape = Escape::Twice;
        }
    }
    text.len()
}

/// Whether what a `<` opens is markup and no text.
fn may_open(bytes: &[u8], open: usize) -> bool {
    match bytes.get(open + 1) {
        Some(b'/') => open + 2 < bytes.len(),
        Some(b) => b.is_ascii_alphabetic() || matches!(b, b'!' | b'?'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        Tokens::new(html)
            .map(|token| match token {
                Token::Text(text) => text.to_owned(),
                Token::Start(tag) => format!("<{}|{}>", tag.name, tag.attributes),
                Token::End(name) => format!("</{name}>"),
            })
            .collect()
    }

    #[test]
    fn tags_end_where_a_browser_ends_them() {
        assert_eq!(
            shown("a<P class='x>y'b>c</P ><br/>d"),
            ["a", "<P| class='x>y'b>", "c", "</P>", "<br|/>", "d"]
        );
        assert_eq!(shown("<a href=x\">y</a>"), ["<a| href=x\">", "y", "</a>"]);
    }

    #[test]
    fn what_is_no_tag_is_text_or_nothing() {
        assert_eq!(shown("1 < 2 <3 a<"), ["1 < 2 <3 a<"]);
        assert_eq!(shown("a<!-- <p> --><!doctype x><?php ?></ 3>b"), ["a", "b"]);
        assert_eq!(shown("a<!-->b<!--->c<!-- never"), ["a", "b", "c"]);
        assert_eq!(shown("a<p class='never"), ["a"]);
    }

    #[test]
    fn comments_in_a_row_need_no_stack() {
        assert_eq!(shown(&"<!-- -->".repeat(200_000)), [""; 0]);
    }

    #[test]
    fn scripts_in_comments_in_scripts_end_only_themselves() {
        let cases = [
            ("a</script>b", "a"),
            ("<!-- a </script>b", "<!-- a "),
            (
                "<!-- <script>a</script> b --> c</script>d",
                "<!-- <script>a</script> b --> c",
            ),
            ("<!-- <script>a --> b</script>c", "<!-- <script>a --> b"),
            ("<!--><script>a</script>b", "<!--><script>a"),
            ("<!---><script>a</script>b", "<!---><script>a"),
            (
                "<!--<SCRIPT/>a</Script\n>b</script>c",
                "<!--<SCRIPT/>a</Script\n>b",
            ),
            ("<!-- <scripts>a</script>b", "<!-- <scripts>a"),
            ("<script>a</script>b", "<script>a"),
            // What a browser reads to the end has no end here either.
            ("<!-- <script>a</script>b", "<!-- <script>a</script>b"),
            ("-- < <! </ <!-", "-- < <! </ <!-"),
        ];
        for (text, wanted) in cases {
            assert_eq!(Tokens::new(text).raw_text("script"), wanted, "{text}");
        }
        let text = "<!-- <script>".repeat(200_000);
        assert_eq!(Tokens::new(&text).raw_text("script"), text);
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag() {
        let mut tokens = Tokens::new("if (a</b/) </scripture> x</SCRIPT >y");
        assert_eq!(tokens.raw_text("script"), "if (a</b/) </scripture> x");
        assert_eq!(tokens.next(), Some(Token::End("SCRIPT")));
        assert_eq!(tokens.raw_text("style"), "y");
    }
}
