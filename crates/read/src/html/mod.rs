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

mod nesting;

use cleancopy_model::BlockKind;
use scraper::{ElementRef, Html, Node};

/// Elements whose text is never shown.
const HIDDEN: &[&str] = &[
    "script", "style", "template", "title", "iframe", "noframes", "audio", "video", "canvas",
    "datalist",
];

/// What parts the cells of a table.
const CELL: &str = " | ";

/// Classes of quotations that stand for an embedded post.
const EMBEDS: &[&str] = &[
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "mastodon-embed",
    "fb-post",
    "reddit-embed-bq",
];

/// A piece of text with what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HtmlBlock {
    pub(crate) kind: BlockKind,
    /// One line, without white space at its ends but for the indent of code.
    pub(crate) text: String,
    /// Whether it follows the one before without a gap: a line of a poem, the
    /// next point of a list.
    pub(crate) close: bool,
}

/// Cuts HTML into blocks, whether it is a whole document, a part of one or
/// plain text; one that is cut off is read as far as it goes.
///
/// Where nothing makes a paragraph, blank lines part them.
pub(crate) fn html_blocks(html: &str) -> Vec<HtmlBlock> {
    let mut walk = Walk::default();
    walk.read(html, false);
    walk.blocks
}

/// The text of HTML on one line, for titles.
pub(crate) fn html_line(html: &str) -> String {
    let texts: Vec<_> = html_blocks(html)
        .into_iter()
        .map(|block| block.text)
        .collect();
    texts.join(" ").trim().to_owned()
}

/// An open element that makes blocks of a kind.
#[derive(Debug)]
struct Maker {
    kind: BlockKind,
    /// Whether it has made one.
    used: bool,
}

/// Goes through a parsed document and writes down what it meets.
#[derive(Debug, Default)]
struct Walk {
    blocks: Vec<HtmlBlock>,
    line: String,
    /// What goes before the next word of the line.
    gap: Option<&'static str>,
    /// Line ends met since the last word.
    newlines: usize,
    /// Whether a line break ended the last block.
    broken: bool,
    makers: Vec<Maker>,
    /// How many elements are open that keep white space.
    verbatim: usize,
    /// Whether blank lines part paragraphs.
    by_blank_lines: bool,
}

impl Walk {
    /// Reads HTML; `nested` says that it is what was for browsers without
    /// scripts, in which nothing is opened up again.
    fn read(&mut self, html: &str, nested: bool) {
        let html = Html::parse_fragment(&nesting::bounded(html));
        self.by_blank_lines = !html.tree.values().any(makes_lines);
        // Not by recursion: some pages nest deeper than a stack allows.
        let mut node = html.tree.root();
        loop {
            let inside = match node.value() {
                Node::Text(text) => {
                    self.text(text);
                    false
                }
                Node::Element(_) => ElementRef::wrap(node).is_some_and(|e| self.open(e, nested)),
                _ => true,
            };
            let child = node.first_child().filter(|_| inside);
            if let Some(child) = child {
                node = child;
                continue;
            }
            if inside {
                ElementRef::wrap(node)
                    .into_iter()
                    .for_each(|e| self.close(e));
            }
            let next = loop {
                if let Some(next) = node.next_sibling() {
                    break Some(next);
                }
                let Some(parent) = node.parent() else {
                    break None;
                };
                node = parent;
                ElementRef::wrap(node)
                    .into_iter()
                    .for_each(|e| self.close(e));
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        self.end_block();
    }

    /// Meets a start tag; answers whether to go on inside.
    fn open(&mut self, element: ElementRef<'_>, nested: bool) -> bool {
        let name = element.value().name();
        match name {
            _ if HIDDEN.contains(&name) => return false,
            "noscript" => {
                if !nested {
                    self.no_script(&element.text().collect::<String>());
                }
                return false;
            }
            "br" => self.line_break(),
            "q" => self.word('“'),
            "td" | "th" if self.kind() == BlockKind::TableRow => {
                self.gap = (!self.line.is_empty()).then_some(CELL);
            }
            _ if is_block(name) => self.end_block(),
            _ => {}
        }
        if let Some(kind) = made_by(element) {
            self.makers.push(Maker { kind, used: false });
        }
        self.verbatim += usize::from(is_verbatim(name));
        true
    }

    fn close(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        match name {
            "q" => self.line.push('”'),
            "td" | "th" if self.kind() == BlockKind::TableRow => {}
            _ if is_block(name) => self.end_block(),
            _ => {}
        }
        if made_by(element).is_some() {
            self.makers.pop();
        }
        self.verbatim -= usize::from(is_verbatim(name));
    }

    /// What stands in for a script: to the parser it is text, not elements.
    fn no_script(&mut self, html: &str) {
        let mut inner = Self::default();
        inner.read(html, true);
        if !inner.blocks.is_empty() {
            self.end_block();
            self.blocks.append(&mut inner.blocks);
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.verbatim > 0 => self.end_line(),
                _ if self.verbatim > 0 => self.line.push(c),
                _ if c.is_ascii_whitespace() => self.space(c),
                _ => self.word(c),
            }
        }
    }

    fn space(&mut self, c: char) {
        self.newlines += usize::from(c == '\n');
        if self.by_blank_lines && self.newlines > 1 {
            self.end_block();
        } else if !self.line.is_empty() {
            self.gap.get_or_insert(" ");
        }
    }

    fn word(&mut self, c: char) {
        self.line.push_str(self.gap.take().unwrap_or_default());
        self.line.push(c);
        self.newlines = 0;
    }

    /// A break inside a heading or a table is white space: a block is a line,
    /// and there it would part what is one thing.
    fn line_break(&mut self) {
        match self.kind() {
            BlockKind::Heading | BlockKind::ListItem | BlockKind::Caption | BlockKind::TableRow => {
                self.space(' ')
            }
            _ => self.end_line(),
        }
    }

    /// What a block that ends here is.
    fn kind(&self) -> BlockKind {
        match self.makers.last() {
            // Only the first paragraph of a point has its bullet.
            Some(maker) if maker.used && maker.kind == BlockKind::ListItem => BlockKind::Paragraph,
            Some(maker) => maker.kind,
            None => BlockKind::Paragraph,
        }
    }

    fn end_block(&mut self) {
        self.emit();
        self.broken = false;
    }

    fn end_line(&mut self) {
        self.broken = self.emit();
    }

    /// Makes a block of the line so far; answers whether there was anything.
    fn emit(&mut self) -> bool {
        let line = std::mem::take(&mut self.line);
        (self.gap, self.newlines) = (None, 0);
        let text = match self.verbatim {
            0 => line.trim(),
            _ => line.trim_end(),
        };
        if text.is_empty() {
            return false;
        }
        let kind = self.kind();
        let list = matches!(
            kind,
            BlockKind::ListItem | BlockKind::TableRow | BlockKind::Code
        );
        let follows = list && self.blocks.last().is_some_and(|last| last.kind == kind);
        let close = self.broken || follows;
        let text = text.to_owned();
        self.blocks.push(HtmlBlock { kind, text, close });
        if let Some(maker) = self.makers.last_mut() {
            maker.used = true;
        }
        true
    }
}

/// Whether a node makes lines or paragraphs.
fn makes_lines(node: &Node) -> bool {
    node.as_element()
        .is_some_and(|e| e.name() == "br" || is_block(e.name()))
}

/// Whether an element stands on lines of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "textarea"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

fn is_verbatim(name: &str) -> bool {
    matches!(name, "listing" | "plaintext" | "pre" | "textarea" | "xmp")
}

/// The kind of the blocks in an element, if it gives them one.
fn made_by(element: ElementRef<'_>) -> Option<BlockKind> {
    let has_class = |known: &[&str]| element.value().classes().any(|c| known.contains(&c));
    match element.value().name() {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(BlockKind::Heading),
        "li" => Some(BlockKind::ListItem),
        "blockquote" if has_class(EMBEDS) => Some(BlockKind::Embed),
        "blockquote" => Some(BlockKind::Quote),
        "figcaption" | "caption" => Some(BlockKind::Caption),
        "p" if has_class(&["wp-caption-text"]) => Some(BlockKind::Caption),
        "tr" if is_data_row(element) => Some(BlockKind::TableRow),
        name if is_verbatim(name) => Some(BlockKind::Code),
        _ => None,
    }
}

/// Whether a row holds values, not paragraphs: tables also lay out pages.
fn is_data_row(row: ElementRef<'_>) -> bool {
    let is_cell = |name: &str| matches!(name, "td" | "th");
    let cells = row.child_elements().filter(|e| is_cell(e.value().name()));
    cells.count() > 1
        && !row
            .descendent_elements()
            .skip(1)
            .any(|e| is_block(e.value().name()) && !is_cell(e.value().name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks as `kind text`, a `+` before those that follow closely.
    fn shown(html: &str) -> Vec<String> {
        let show = |b: HtmlBlock| {
            let close = if b.close { "+" } else { "" };
            format!("{close}{} {}", b.kind, b.text)
        };
        html_blocks(html).into_iter().map(show).collect()
    }

    #[test]
    fn elements_make_blocks_and_inline_elements_keep_their_spaces() {
        let html = "<h2>The <i>pier</i></h2>\n<p>So<b>ld</b> &amp; <a href=x>gone</a> \n today.</p>tail\
                    <ul><li>a<li><p>b</p><p>c</p></ul><blockquote><p>q1</p><p>q2</p></blockquote>\
                    <figure><img alt=no><figcaption>cap</figcaption></figure>";
        let expected = [
            "heading The pier",
            "paragraph Sold & gone today.",
            "paragraph tail",
            "list-item a",
            "+list-item b",
            "paragraph c",
            "quote q1",
            "quote q2",
            "caption cap",
        ];
        assert_eq!(shown(html), expected);
    }

    #[test]
    fn line_breaks_cut_text_but_no_heading() {
        let html = "<p>one<br>two<br/><br/>three</p><h3>a<br>b</h3><pre>x\n\n  y</pre>";
        let expected = [
            "paragraph one",
            "+paragraph two",
            "paragraph three",
            "heading a b",
            "code x",
            "+code   y",
        ];
        assert_eq!(shown(html), expected);
    }

    #[test]
    fn tables_of_values_are_rows_and_tables_of_paragraphs_are_not() {
        let data = "<table><tr><th>Tide</th><th>m</th></tr><tr><td>High<td>5.1</table>";
        assert_eq!(shown(data), ["table-row Tide | m", "+table-row High | 5.1"]);
        let layout = "<table><tr><td><p>a</p></td><td>b</td></tr></table>";
        assert_eq!(shown(layout), ["paragraph a", "paragraph b"]);
    }

    #[test]
    fn what_nobody_sees_is_dropped_and_what_scripts_hide_is_not() {
        let html = "a<script>x</script><style>y</style><!-- c -->\
                    <noscript><p>poll <noscript>z</p></noscript>b<video>no film</video>";
        assert_eq!(
            shown(html),
            ["paragraph a", "paragraph poll", "paragraph b"]
        );
    }

    #[test]
    fn text_without_paragraphs_is_parted_by_blank_lines() {
        assert_eq!(
            shown("a\nb <b>c</b>\n\n \nd < e && f"),
            ["paragraph a b c", "paragraph d < e && f"]
        );
        assert_eq!(shown("<p>a\n\nb</p>"), ["paragraph a b"]);
        assert_eq!(
            html_line("The <i>Ida\n\n</i>&mdash; <q>sunk</q>"),
            "The Ida — “sunk”"
        );
    }

    #[test]
    fn html_that_is_cut_off_or_broken_is_read_as_far_as_it_goes() {
        assert_eq!(
            shown("<p>one <b>two</p><p>thr<a hr"),
            ["paragraph one two", "paragraph thr"]
        );
        assert_eq!(shown("</p></td>x<td>y"), ["paragraph xy"]);
        assert_eq!(html_blocks(&"<b><div>".repeat(3000)), []);
        for kind in [
            "<blockquote class=twitter-tweet>",
            "<table>",
            "&#0;",
            "<q>",
            "<",
        ] {
            html_blocks(kind);
        }
    }
}
