//! Finds the article on an HTML page and takes out the rest.
//!
//! ```text
//! nav       Home | Harbour | Sport
//! heading   Pier sold for one crown
//! paragraph The town bought the pier on Monday, the council said.
//! aside     Most read: Ferry strike enters second week
//! footer    © The Keld Courier
//! ```
//! ->
//! ```text
//! heading   Pier sold for one crown
//! paragraph The town bought the pier on Monday, the council said.
//! ```
//!
//! Every block is measured ([`features`]): its text, its links, the elements
//! around it and what their names say, where it stands, its neighbours, and how
//! much of it the page's own data have. A forest of decision trees, which is
//! data, says how likely it is the article's ([`forest`]); what only the whole
//! page shows is decided by rules ([`decide()`](decide::decide)). What a profile says in `[html]`
//! comes before both ([`selectors`]).
//!
//! Of text without tags, the same is done for raw dumps ([`lines`]); any other
//! text is left alone.

pub mod decide;
pub mod features;
pub mod forest;
mod frameworks;
pub mod headline;
pub mod lines;
pub mod page;
pub mod reason;
pub mod selectors;
mod shingles;
mod status;
pub mod words;

use cleancopy_plugin::prelude::*;

use decide::{Verdict, decide};
use features::{columns, measure};
use forest::Forest;
use frameworks::{Frameworks, Rule};
use lines::{Bounds, Lines};
use page::Page;
use reason::reason;
use status::Wall;
use words::Words;

/// The trees, fitted by `examples/train.rs`.
const FOREST: &str = include_str!("../model/forest.tsv");

/// What a profile may set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Whether only the profile's own selectors decide; where none matches,
    /// everything stays.
    pub selectors_only: bool,
    /// Rules that know a framework by the names of its elements.
    pub rules: Vec<Rule>,
    /// Whether to find the article in raw dumps too: a page's text without its
    /// tags, in English.
    pub dumps: bool,
    /// Lines over the article in this publisher's raw dumps, without bullets;
    /// `…*` stands for all that open so. What stands before the last of them
    /// leaves unless it is likely the article's.
    pub dump_starts: Vec<String>,
    /// Lines behind the article in its raw dumps: the first of them leaves
    /// with all that follows.
    pub dump_ends: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            selectors_only: false,
            rules: Vec::new(),
            dumps: true,
            dump_starts: Vec::new(),
            dump_ends: Vec::new(),
        }
    }
}

/// The cleaner.
#[derive(Debug)]
pub struct SelectContent {
    settings: Settings,
    words: Words,
    forest: Forest,
    frameworks: Frameworks,
    lines: Lines,
}

impl Cleaner for SelectContent {
    const DESCRIPTION: &'static str = "finds the article on an HTML page and takes out the rest";
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        let wrong = |what: &str, problem: String| SetupError::at("", format!("{what}: {problem}"));
        let words = Words::load().map_err(|problem| wrong("words.tsv", problem))?;
        let forest = Forest::parse(FOREST).map_err(|problem| wrong("forest.tsv", problem))?;
        let bounds = Bounds::new(&settings.dump_starts, &settings.dump_ends)
            .map_err(|problem| wrong("dump_starts and dump_ends", problem))?;
        Ok(Self {
            frameworks: Frameworks::new(&settings.rules)?,
            settings,
            words,
            forest,
            lines: Lines::load(bounds).map_err(|problem| wrong("lines", problem))?,
        })
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        if document.element_count() == 0 {
            self.clean_dump(document, edits);
            return;
        }
        let page = Page::of(document, &self.words);
        if page.pieces.is_empty() {
            return;
        }
        if let Some(status) = status::consent(&page) {
            say(status, edits);
            return;
        }
        let verdicts = self.verdicts(&page, document);
        let taken = self.frameworks.takes(&page, document);
        // Where nothing is an article, all but frameworks stays: better than nothing.
        if !verdicts.contains(&Verdict::Article) {
            // The reader may have said why.
            if document.metadata("status").next().is_none() {
                say(status::NONE, edits);
            }
            take(&taken, edits);
            return;
        }
        let wall = Wall {
            page: &page,
            document,
            words: &self.words,
            verdicts: &verdicts,
            in_wall: &|at| taken[at].is_some_and(|(_, why)| why == Category::Subscription),
        };
        if let Some(status) = wall.status() {
            say(status, edits);
        }
        take(&taken, edits);
        let others = verdicts.into_iter().enumerate();
        for (at, verdict) in others.filter(|(at, _)| taken[*at].is_none()) {
            let target = Target::block(at);
            match verdict {
                Verdict::Article => {}
                Verdict::Headline => edits.mark(at, BlockKind::Headline, "select-content/headline"),
                Verdict::Caption => edits.mark(at, BlockKind::Caption, "select-content/caption"),
                Verdict::Copy => {
                    edits.remove(target, "select-content/copy", Category::RepeatedParagraph)
                }
                Verdict::Link => {
                    edits.remove(target, "select-content/link-line", Category::ReadMore)
                }
                Verdict::Selector => {
                    edits.remove(target, "select-content/selector", Category::Navigation)
                }
                Verdict::Other => {
                    let (rule, category) = reason(&page, at);
                    edits.remove(target, rule, category);
                }
            }
        }
    }
}

impl SelectContent {
    /// Takes the rest of a page from its text without tags.
    fn clean_dump(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let is_english = document.language().is_none_or(|tag| tag.starts_with("en"));
        if !self.settings.dumps || !is_english {
            return;
        }
        let texts: Vec<&str> = document.blocks().map(|block| block.text).collect();
        let found = self.lines.find(&texts);
        for (at, text) in texts.iter().enumerate() {
            if found.noise[at] {
                let (rule, category) = lines::reason(text, &self.lines.cues);
                edits.remove(Target::block(at), rule, category);
                continue;
            }
            if found.headline == Some(at) {
                edits.mark(at, BlockKind::Headline, "select-content/dump-headline");
            }
            let marks = lines::marks(text);
            if found.is_dump && marks > 0 {
                let target = Target::range(at, 0..marks);
                edits.remove(target, "select-content/dump-marks", Category::TemplateLeak);
            }
        }
    }

    fn verdicts(&self, page: &Page<'_>, document: &Document<'_>) -> Vec<Verdict> {
        if self.settings.selectors_only {
            let mut verdicts = vec![Verdict::Article; page.pieces.len()];
            selectors::apply(page, document, &[], &mut verdicts);
            return verdicts;
        }
        debug_assert_eq!(self.forest.columns, columns(page, document), "forest.tsv");
        let mut chances = Vec::with_capacity(page.pieces.len());
        measure(page, document, |row| {
            chances.push(row.map_or(0.0, |row| self.forest.chance(row)));
        });
        let mut verdicts = decide(page, document, &chances);
        selectors::apply(page, document, &chances, &mut verdicts);
        verdicts
    }
}

/// Takes what stands in the elements of frameworks.
fn take(taken: &[Option<(&str, Category)>], edits: &mut Edits<'_>) {
    for (at, rule) in taken.iter().enumerate() {
        if let Some((rule, category)) = rule {
            edits.remove(Target::block(at), rule, *category);
        }
    }
}

/// Notes a status; no text leaves.
fn say((status, category): status::Status, edits: &mut Edits<'_>) {
    let nowhere = Target::range(0, 0..0);
    let value = ("status", &[status][..]);
    edits.lift(
        nowhere,
        value,
        Scope::Document,
        "select-content/status",
        category,
    );
}

export_cleaner!(SelectContent);

#[cfg(test)]
mod tests;
