//! The JSON shape of a clean document: a public contract.

use std::borrow::Cow;
use std::collections::BTreeMap;

use cleancopy_model::{
    Block, BlockKind, Document, LIST_KEYS, Metadata, Op, Origin, Removal, Section,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name and version of the shape.
///
/// 1: first version.
pub const SCHEMA: &str = "cleancopy.document/1";

/// A clean document with the record of what left.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct DocumentJson<'a> {
    /// `cleancopy.document/1`.
    pub schema: Cow<'a, str>,
    /// The id the document was read with, by default its file name.
    pub id: Cow<'a, str>,
    /// The profile it was cleaned with.
    pub profile: Cow<'a, str>,
    /// Where it was published, if known.
    pub url: Option<Cow<'a, str>>,
    /// BCP 47 tag of its language, if known.
    pub language: Option<Cow<'a, str>>,
    /// What is known about the whole document. `status` says what it is if no whole
    /// article: `consent-page`, `no-article`, `paywall`, and of a page without text
    /// `empty`, `scripts-only` or `frameset`.
    pub metadata: BTreeMap<Cow<'a, str>, MetadataJson<'a>>,
    /// What still stands.
    pub sections: Vec<SectionJson<'a>>,
    /// Everything that left, in the order of the source.
    pub removed: Vec<RemovedJson<'a>>,
    /// What else is needed to rebuild the source, if it was plain text.
    pub layout: LayoutJson<'a>,
}

/// One text, or a list of them for `byline`, `agency`, `caption`, `note` and `inferred`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum MetadataJson<'a> {
    /// A single value.
    Text(Cow<'a, str>),
    /// A list of values.
    List(Vec<Cow<'a, str>>),
}

/// A run of blocks that belongs together.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SectionJson<'a> {
    /// `article`, `item` or `entry`.
    pub kind: Cow<'a, str>,
    /// Its headline, if it has one.
    pub headline: Option<HeadlineJson<'a>>,
    /// What is known about this section.
    pub metadata: BTreeMap<Cow<'a, str>, MetadataJson<'a>>,
    /// The rule that found its start; its last word says what that rests on:
    /// `split-liveblog/time`, `headline`, `bullet`, `separator`, `repeat` or
    /// `prose`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Cow<'a, str>>,
    /// How sure that rule was, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Its blocks without the headline, up to the first section inside it.
    pub blocks: Vec<TextBlockJson<'a>>,
    /// The sections inside it.
    pub sections: Vec<SectionJson<'a>>,
}

/// The headline of a section.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct HeadlineJson<'a> {
    /// 1-based line in the source.
    pub line: u32,
    /// What is left of it.
    pub text: Cow<'a, str>,
}

/// A block that stands.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct TextBlockJson<'a> {
    /// `paragraph`, `heading`, `list-item`, `quote`, `caption`, `time`, …
    pub kind: Cow<'a, str>,
    /// 1-based line in the source.
    pub line: u32,
    /// What is left of it; a line of a page's code with its indent.
    pub text: Cow<'a, str>,
}

/// How something left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OpJson {
    /// It is gone.
    Remove,
    /// Another text stands in its place.
    Replace,
    /// It became metadata.
    Lift,
}

/// One thing that left.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct RemovedJson<'a> {
    /// 1-based line in the source.
    pub line: u32,
    /// First byte in that line.
    pub start: usize,
    /// The byte after the last one: the range is half-open.
    pub end: usize,
    /// The source's own text.
    pub text: Cow<'a, str>,
    /// How it left.
    pub op: OpJson,
    /// What stands there now, for `replace`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<Cow<'a, str>>,
    /// Which plugin took it.
    pub plugin: Cow<'a, str>,
    /// Which of its rules.
    pub rule: Cow<'a, str>,
    /// Why.
    pub category: Cow<'a, str>,
}

/// What a document was read from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OfJson {
    /// Plain text, which can be restored.
    #[default]
    Text,
    /// An RSS or Atom feed. Lines and ranges are those of its text as the
    /// reader put it into lines; the feed itself cannot be restored.
    Feed,
    /// An HTML page. Lines and ranges are those of its text as the reader put
    /// it into lines; the page itself cannot be restored.
    Html,
}

/// What of the source is neither kept nor removed: white space and line ends.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LayoutJson<'a> {
    /// What the source was.
    #[serde(default)]
    pub of: OfJson,
    /// The encoding the source was decoded from.
    pub encoding: Cow<'a, str>,
    /// SHA-256 of the decoded source in UTF-8, in hexadecimal.
    pub sha256: Cow<'a, str>,
    /// How many lines the source has.
    pub lines: u32,
    /// The usual line terminator.
    pub newline: Cow<'a, str>,
    /// Lines that end in something else; the last line is among them when
    /// nothing ends it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub line_ends: Vec<LineEndJson<'a>>,
    /// White space, byte-order marks, section marks and bullets round the
    /// blocks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<SpaceJson<'a>>,
}

/// The end of a line.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct LineEndJson<'a> {
    /// 1-based line in the source.
    pub line: u32,
    /// What ends it.
    pub text: Cow<'a, str>,
}

/// A stretch of layout.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SpaceJson<'a> {
    /// 1-based line in the source.
    pub line: u32,
    /// First byte in that line.
    pub start: usize,
    /// The source's own text.
    pub text: Cow<'a, str>,
}

/// The JSON Schema of [`DocumentJson`].
#[must_use]
pub fn document_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(DocumentJson<'static>);
    schema.insert("title".to_owned(), SCHEMA.into());
    schema.to_value()
}

impl<'a> DocumentJson<'a> {
    /// The JSON shape of a document cleaned with a profile.
    #[must_use]
    pub fn new(document: &'a Document, profile: &'a str) -> Self {
        let sections: Vec<_> = document
            .sections()
            .iter()
            .map(|s| SectionJson::new(document, s))
            .collect();
        let mut metadata = metadata_json(&document.metadata());
        if let [
            SectionJson {
                headline: Some(headline),
                ..
            },
        ] = sections.as_slice()
        {
            let text = MetadataJson::Text(headline.text.clone());
            metadata.entry("headline".into()).or_insert(text);
        }
        Self {
            schema: SCHEMA.into(),
            id: document.id().into(),
            profile: profile.into(),
            url: document.url.as_deref().map(Cow::from),
            language: document.language.as_deref().map(Cow::from),
            metadata,
            sections,
            removed: document.record().iter().map(RemovedJson::new).collect(),
            layout: LayoutJson::new(document),
        }
    }
}

impl<'a> SectionJson<'a> {
    pub(crate) fn new(document: &'a Document, section: &Section<'a>) -> Self {
        let text = |block: &Block| -> Cow<'a, str> {
            let text = &document.buffer()[block.text_range()];
            // The indent of code is part of it; in plain text it is layout, which is
            // told apart.
            let is_code = block.kind() == BlockKind::Code && document.origin() == Origin::Html;
            match document.indent(block) as usize {
                indent if is_code && indent > 0 => format!("{}{text}", " ".repeat(indent)).into(),
                _ => text.into(),
            }
        };
        let block = |block: &&Block| TextBlockJson {
            kind: block.kind().name().into(),
            line: block.line(),
            text: text(block),
        };
        Self {
            kind: section.kind.name().into(),
            headline: section.headline.map(|b| HeadlineJson {
                line: b.line(),
                text: text(b),
            }),
            metadata: metadata_json(&section.metadata),
            rule: section.rule.map(Cow::from),
            confidence: section.rule.map(|_| section.confidence),
            blocks: section.blocks.iter().map(block).collect(),
            sections: section
                .sections
                .iter()
                .map(|s| Self::new(document, s))
                .collect(),
        }
    }
}

impl<'a> RemovedJson<'a> {
    fn new(removal: &Removal<'a>) -> Self {
        let op = match removal.op {
            Op::Remove => OpJson::Remove,
            Op::Replace => OpJson::Replace,
            Op::Lift => OpJson::Lift,
        };
        Self {
            line: removal.line,
            start: removal.start,
            end: removal.end,
            text: removal.text.into(),
            op,
            replacement: (op == OpJson::Replace).then(|| removal.replacement.into()),
            plugin: removal.plugin.into(),
            rule: removal.rule.into(),
            category: removal.category.name().into(),
        }
    }
}

impl<'a> LayoutJson<'a> {
    fn new(document: &'a Document) -> Self {
        let layout = document.layout();
        let end = |(line, text): (u32, &'a str)| LineEndJson {
            line,
            text: text.into(),
        };
        let space = |s: cleancopy_model::Space<'a>| SpaceJson {
            line: s.line,
            start: s.start,
            text: s.text.into(),
        };
        Self {
            of: match document.origin() {
                Origin::Text => OfJson::Text,
                Origin::Feed => OfJson::Feed,
                Origin::Html => OfJson::Html,
            },
            encoding: document.encoding.as_str().into(),
            sha256: sha256(document.source()).into(),
            lines: layout.lines,
            newline: layout.newline.into(),
            line_ends: layout.other_ends.into_iter().map(end).collect(),
            spaces: layout.spaces.into_iter().map(space).collect(),
        }
    }
}

/// The SHA-256 of a text, in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub(crate) fn metadata_json<'a>(metadata: &Metadata) -> BTreeMap<Cow<'a, str>, MetadataJson<'a>> {
    let value = |key: &str, values: &[String]| {
        let mut values = values.iter().map(|v| Cow::Owned(v.clone()));
        match LIST_KEYS.contains(&key) {
            true => MetadataJson::List(values.collect()),
            false => MetadataJson::Text(values.next().unwrap_or_default()),
        }
    };
    metadata
        .shown()
        .map(|(k, v)| (Cow::Owned(k.to_owned()), value(k, v)))
        .collect()
}
