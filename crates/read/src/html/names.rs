//! What the names of elements mean to a reader of text.

/// What an element does, as a set of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits(u16);

impl Traits {
    /// It stands on lines of its own.
    pub(crate) const BLOCK: Self = Self(1);
    /// It has no content and no end tag.
    pub(crate) const VOID: Self = Self(1 << 1);
    /// Its text is never shown.
    pub(crate) const UNSEEN: Self = Self(1 << 2);
    /// Nothing in it is markup.
    pub(crate) const RAW: Self = Self(1 << 3);
    /// White space in it counts.
    pub(crate) const VERBATIM: Self = Self(1 << 4);
    /// It ends an open paragraph.
    pub(crate) const ENDS_P: Self = Self(1 << 5);
    /// It only changes how text looks; its end tag may come too late.
    pub(crate) const FORMATTING: Self = Self(1 << 6);
    /// A heading.
    pub(crate) const HEADING: Self = Self(1 << 7);
    /// End tags of what stands around it do nothing inside.
    pub(crate) const SCOPE: Self = Self(1 << 8);
    /// A part of a table: its end tag reaches out of a cell.
    pub(crate) const TABLE: Self = Self(1 << 9);
    /// It may stand in the head of a page.
    pub(crate) const HEAD: Self = Self(1 << 10);
    /// SVG or MathML: the tags in it may close themselves.
    pub(crate) const FOREIGN: Self = Self(1 << 11);
    /// A block as others lay out lines, but without closing a paragraph.
    const LINES: Self = Self::BLOCK;

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The traits of an element, by its name in lower case.
pub(crate) fn traits(name: &str) -> Traits {
    use Traits as T;
    let paragraph = T::BLOCK.and(T::ENDS_P);
    match name {
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike"
        | "strong" | "tt" | "u" => T::FORMATTING,
        "address" | "article" | "aside" | "blockquote" | "center" | "details" | "dialog"
        | "dir" | "div" | "dl" | "dd" | "dt" | "fieldset" | "figcaption" | "figure" | "footer"
        | "form" | "header" | "hgroup" | "li" | "main" | "menu" | "nav" | "ol" | "p" | "search"
        | "section" | "summary" | "ul" => paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => paragraph.and(T::HEADING),
        "pre" | "listing" => paragraph.and(T::VERBATIM),
        "xmp" | "plaintext" => paragraph.and(T::VERBATIM).and(T::RAW),
        "textarea" => T::LINES.and(T::VERBATIM).and(T::RAW),
        "table" => paragraph.and(T::SCOPE).and(T::TABLE),
        "tbody" | "thead" | "tfoot" | "tr" => T::LINES.and(T::TABLE),
        "td" | "th" | "caption" => T::LINES.and(T::TABLE).and(T::SCOPE),
        "button" => T::LINES.and(T::SCOPE),
        "legend" | "optgroup" | "option" | "select" | "body" | "html" => T::LINES,
        "hr" => paragraph.and(T::VOID),
        "area" | "br" | "col" | "embed" | "frame" | "img" | "input" | "param" | "source"
        | "track" | "wbr" => T::VOID,
        "base" | "link" | "meta" => T::VOID.and(T::HEAD),
        "script" | "style" | "title" => T::RAW.and(T::UNSEEN).and(T::HEAD),
        "iframe" | "noembed" | "noframes" => T::RAW.and(T::UNSEEN),
        "template" => T::UNSEEN.and(T::HEAD).and(T::SCOPE),
        "audio" | "video" | "canvas" | "datalist" => T::UNSEEN,
        "noscript" => T::LINES.and(T::HEAD),
        "object" | "marquee" | "applet" => T::SCOPE,
        "svg" | "math" => T::FOREIGN,
        "head" => T::HEAD,
        _ => T::default(),
    }
}
