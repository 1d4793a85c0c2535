//! The test kit for plugins: run one on a text and look at its edits.
//!
//! A [`Kit`] drives the plugin through the host's own code and the real C
//! boundary, so what passes here behaves the same in `clean`. Plugins take it
//! as a dev-dependency; see `plugins/example` for its use.
//!
//! For end-to-end tests, [`plugin_folder`] builds the workspace's plugins and
//! answers where the libraries are.
#![forbid(unsafe_code)]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a failing test panics"
)]

mod folder;

use std::fmt::Write;

use cleancopy_abi::Descriptor;
use cleancopy_host::{CleanError, Instance, Plugin, PluginError};
use cleancopy_model::{Action, Document, Edit, EditList};
use cleancopy_read::{ReadError, read_html, unpack};
use cleancopy_write::{TextOptions, text};
use serde_json::Value as Json;

pub use folder::plugin_folder;

/// A plugin with settings, ready to be run on texts.
#[derive(Debug)]
pub struct Kit {
    instance: Instance,
}

impl Kit {
    /// A plugin with its default settings.
    ///
    /// # Panics
    /// If it does not take an empty table of settings.
    #[must_use]
    pub fn new(plugin: &'static Descriptor) -> Self {
        Self::with(plugin, &Json::Object(serde_json::Map::new())).expect("default settings")
    }

    /// A plugin with these settings, as they would stand in a profile.
    ///
    /// # Errors
    /// What the plugin says about settings it does not take.
    pub fn with(plugin: &'static Descriptor, settings: &Json) -> Result<Self, PluginError> {
        Ok(Self {
            instance: Plugin::built_in(plugin)?.create(settings)?,
        })
    }

    /// Runs the plugin once on a plain text.
    ///
    /// # Panics
    /// If the plugin fails, panics or proposes an illegal edit; see
    /// [`Kit::try_run`].
    #[must_use]
    pub fn run(&mut self, source: &str) -> Run {
        self.try_run(source).expect("a plugin that behaves")
    }

    /// Runs the plugin once on a plain text.
    ///
    /// # Errors
    /// What the host would set the document aside for.
    pub fn try_run(&mut self, source: &str) -> Result<Run, CleanError> {
        self.run_on(Document::from_text("test", source))
    }

    /// Runs the plugin once on a document, such as one read from HTML.
    ///
    /// # Errors
    /// What the host would set the document aside for.
    pub fn run_on(&mut self, mut document: Document) -> Result<Run, CleanError> {
        let mut edits = EditList::new();
        let all = 0..document.blocks().len();
        self.instance.propose(&document, all, &mut edits)?;
        let shown = show(&document, &edits);
        document.apply(self.instance.plugin(), &edits)?;
        Ok(Run { document, shown })
    }
}

/// Reads an HTML page, packed with gzip or not.
///
/// # Errors
/// What the reader says of it.
pub fn page(id: &str, bytes: Vec<u8>) -> Result<Document, ReadError> {
    read_html(id, unpack(bytes)?, None)
}

/// What a plugin did to a text.
#[derive(Debug)]
pub struct Run {
    document: Document,
    shown: String,
}

impl Run {
    /// The edits, one a line, in the order the plugin sent them:
    ///
    /// ```text
    /// 1 remove login/prompt [login] "Log in"
    /// 4 begin entry times/clock 0.9
    /// 7 lift byline=Ann Example byline/report [byline] "Ann Example reports."
    /// ```
    ///
    /// A line begins with the 1-based line of the source.
    #[must_use]
    pub fn edits(&self) -> &str {
        &self.shown
    }

    /// The clean text, without marks for sections.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = Vec::new();
        text(&self.document, TextOptions { marks: false }, &mut out).expect("memory");
        String::from_utf8(out).expect("clean text is UTF-8")
    }

    /// The 1-based source lines on which a section of any kind starts.
    #[must_use]
    pub fn starts(&self) -> Vec<u32> {
        self.document
            .starts()
            .map(|(block, _)| self.document.blocks()[block].line())
            .collect()
    }

    /// The document after the edits.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }
}

fn show(document: &Document, edits: &EditList) -> String {
    let mut out = String::new();
    for edit in edits.edits() {
        let cause = &edits.causes()[edit.cause as usize];
        let block = document.blocks().get(edit.target.block);
        let line = block.map_or("?".to_owned(), |block| block.line().to_string());
        let category = cause.category.map_or(String::new(), |c| format!(" [{c}]"));
        let _ = writeln!(
            out,
            "{line} {}{category}{}",
            what(edit, &cause.rule),
            text_of(document, edit)
        );
    }
    out
}

fn what(edit: &Edit, rule: &str) -> String {
    match &edit.action {
        Action::Remove => format!("remove {rule}"),
        Action::Replace(with) => format!("replace with {with:?} {rule}"),
        Action::Lift { key, values, .. } => {
            format!(
                "lift {key}={} {rule}",
                values.lines().collect::<Vec<_>>().join(" | ")
            )
        }
        Action::Begin { kind, confidence } => format!("begin {kind} {rule} {confidence}"),
        Action::Mark(kind) => format!("mark {kind} {rule}"),
    }
}

/// The text an edit takes out, in quotes.
fn text_of(document: &Document, edit: &Edit) -> String {
    let Some(block) = document.blocks().get(edit.target.block) else {
        return String::new();
    };
    if !edit.action.changes_text() {
        return String::new();
    }
    let text = document.block_text(block);
    let range = edit.target.range.clone().unwrap_or(0..text.len());
    text.get(range)
        .map_or(String::new(), |text| format!(" {text:?}"))
}
