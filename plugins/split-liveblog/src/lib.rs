//! Finds where each post of a liveblog or round-up starts.
//!
//! ```text
//! Harbour strike – live
//! 15:04
//! The ferry company has reopened the talks.
//! 14:51
//! Two sailings were called off.
//! ```
//! ->
//! ```text
//! Harbour strike – live
//! === entry ===
//! 15:04
//! The ferry company has reopened the talks.
//! === entry ===
//! 14:51
//! Two sailings were called off.
//! ```
//!
//! The page's own markers come first, in the order the profile sets: lines
//! that hold a time, separators, bullets with text below them, headings that a
//! list of contents at the top announced, headlines, runs
//! that repeat an earlier one. Where none is left the prose decides; see
//! `model/MODEL_CARD.md` for what it learned and from what. What stands before
//! the first post is the page's lead.

mod contents;
mod counts;
mod dates;
mod evidence;
mod headlines;
mod intro;
mod page;
mod plan;
mod prose;
mod repeats;
mod rows;
mod settings;
mod times;

use cleancopy_plugin::prelude::*;
use cleancopy_text::prose::Model;
use cleancopy_text::{parse_time_line, words};

pub use plan::{Known, Lift, Plan, Start};
pub use settings::{Posts, Settings, Step, Times, When};

const WEIGHTS: &str = include_str!("../model/weights.tsv");
const OPENINGS: &str = include_str!("../model/openings.tsv");

/// Splits liveblogs and round-ups into their posts.
#[derive(Debug)]
pub struct SplitLiveblog {
    settings: Settings,
    /// The same for an item of a digest, which is a round-up at times, but has
    /// kept its marks then: its prose says nothing.
    in_item: Settings,
    model: Model,
}

impl SplitLiveblog {
    /// Where the posts of a page start, and which times leave its body. The
    /// page is the kind and the text of each block.
    #[must_use]
    pub fn plan(&self, blocks: &[(BlockKind, &str)], known: Known<'_>) -> Plan {
        plan::make(blocks, known, &self.settings, &self.model)
    }
}

impl Cleaner for SplitLiveblog {
    const DESCRIPTION: &'static str = "finds where the posts of a liveblog or round-up start";
    const METADATA_KEYS: Option<&'static str> = Some("_type headline published");

    type Settings = Settings;

    fn new(mut settings: Settings) -> Result<Self, SetupError> {
        if !(0.0..=1.0).contains(&settings.min_confidence) {
            return Err(SetupError::at("min_confidence", "must be between 0 and 1"));
        }
        if settings.posts == Posts::Intro {
            settings.order.retain(|step| *step != Step::Prose);
        }
        let model = Model::parse(WEIGHTS, OPENINGS)
            .map_err(|error| SetupError::at("", error.to_string()))?;
        let mut in_item = settings.clone();
        in_item.order.retain(|step| *step != Step::Prose);
        Ok(Self {
            settings,
            in_item,
            model,
        })
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let has = |wanted| document.starts().any(|(_, kind)| kind == wanted);
        let only_intro = self.settings.posts == Posts::Intro;
        if self.settings.when == When::Never || only_intro && intro::is_done(document) {
            return;
        }
        if has(SectionKind::Entry) {
            if !(only_intro && intro::leave_out(document, posts(document), edits)) {
                mark_times(document, edits);
            }
            return;
        }
        if self.settings.when == When::Auto && is_another_kind(document) {
            return;
        }
        let blocks: Vec<_> = document
            .blocks()
            .map(|block| (block.kind, block.text))
            .collect();
        let settings = if has(SectionKind::Item) {
            &self.in_item
        } else {
            &self.settings
        };
        let known = Known {
            url: document.url(),
            published: document.metadata("published").next(),
            language: document.language(),
        };
        let plan = plan::make(&blocks, known, settings, &self.model);
        let starts = plan.starts.iter().map(|start| start.block);
        if !(only_intro && intro::leave_out(document, starts, edits)) {
            put(&plan, edits);
        }
    }
}

/// Proposes what was planned.
fn put(plan: &Plan, edits: &mut Edits<'_>) {
    for start in &plan.starts {
        edits.begin(
            start.block,
            SectionKind::Entry,
            start.confidence,
            start.rule,
        );
    }
    for &block in &plan.headlines {
        edits.mark(block, BlockKind::Headline, "split-liveblog/headline");
    }
    if let Some(why) = plan.note {
        let note = format!("not split into posts: {why}");
        let value = ("note", &[note.as_str()][..]);
        let (nowhere, rule) = (Target::range(0, 0..0), "split-liveblog/not-split");
        edits.lift(nowhere, value, Scope::Document, rule, Category::EditorNote);
    }
    for lift in &plan.lifts {
        let target = Target::range(lift.block, lift.range.clone());
        let value = (lift.key, &[lift.value.as_str()][..]);
        edits.lift(target, value, Scope::Section, lift.rule, lift.category);
        if lift.range.is_empty() && lift.key == "published" {
            edits.mark(lift.block, BlockKind::Time, lift.rule);
        }
        if lift.inferred {
            let nowhere = Target::range(lift.block, 0..0);
            let value = ("inferred", &[lift.key][..]);
            edits.lift(nowhere, value, Scope::Section, lift.rule, lift.category);
        }
    }
}

/// Marks the times that head posts whose start the reader knew.
fn mark_times(document: &Document<'_>, edits: &mut Edits<'_>) {
    for block in posts(document).filter_map(|block| document.get(block)) {
        let time = parse_time_line(block.text);
        if time.is_some_and(|time| !time.change && time.byline().is_none()) {
            edits.mark(block.index, BlockKind::Time, "split-liveblog/time");
        }
    }
}

/// The blocks that the posts start with which are known already.
fn posts(document: &Document<'_>) -> impl Iterator<Item = usize> {
    let posts = document
        .starts()
        .filter(|(_, kind)| *kind == SectionKind::Entry);
    posts.map(|(block, _)| block)
}

/// Whether a page says in its own data that it is something else, and its
/// headline does not say `live`.
fn is_another_kind(document: &Document<'_>) -> bool {
    let mut kinds = document.metadata("_type");
    let mut headlines = document.metadata("headline");
    kinds.next().is_some_and(|kind| !kind.contains("LiveBlog"))
        && !headlines.any(|text| words(text).any(|word| word.eq_ignore_ascii_case("live")))
}

cleancopy_plugin::export_cleaner!(SplitLiveblog);
