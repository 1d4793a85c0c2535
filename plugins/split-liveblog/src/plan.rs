//! From the lines of a page to where its posts start.

use std::ops::Range;

use cleancopy_plugin::prelude::*;
use cleancopy_text::Day;
use cleancopy_text::prose::Model;

use crate::evidence::{Live, sends_down};
use crate::settings::{Settings, Step, When};
use crate::{contents, counts, headlines, page, prose, rows, times};

/// What to do with a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// The blocks at which posts start, ascending.
    pub starts: Vec<Start>,
    /// What times and bylines say about their posts.
    pub lifts: Vec<Lift>,
    /// The blocks that are headlines of their posts, ascending.
    pub headlines: Vec<usize>,
    /// Why a page that says it is a liveblog was not split by its wording.
    pub note: Option<&'static str>,
}

/// A post starts here.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// 0-based index of the block.
    pub block: usize,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
    /// What it rests on: a rule id such as `split-liveblog/time`.
    pub rule: &'static str,
}

/// Part of a line that becomes metadata of its post.
#[derive(Debug, Clone, PartialEq)]
pub struct Lift {
    /// 0-based index of the block.
    pub block: usize,
    /// Bytes of the block's text that leave the body, half-open; an empty range
    /// leaves all of it.
    pub range: Range<usize>,
    /// The key of the metadata.
    pub key: &'static str,
    /// The value: of times by RFC 3339 where the page says enough, without the
    /// zone where it names none, as written otherwise.
    pub value: String,
    /// Whether part of it was taken from elsewhere on the page.
    pub inferred: bool,
    /// The rule id.
    pub rule: &'static str,
    /// Why it leaves.
    pub category: Category,
}

/// What is known about a page beside its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'k> {
    /// Where it was published.
    pub url: Option<&'k str>,
    /// When it was first published, in any form.
    pub published: Option<&'k str>,
    /// BCP 47 tag of its language.
    pub language: Option<&'k str>,
}

impl Known<'_> {
    fn day(self) -> Option<Day> {
        let said = self.published.and_then(Day::read);
        said.or_else(|| self.url.and_then(Day::of_address))
    }
}

/// What a step looks at.
pub(crate) struct View<'v, 'a> {
    pub(crate) lines: &'v [page::Line<'a>],
    pub(crate) live: Live,
    /// The day the page came out.
    pub(crate) published: Option<Day>,
    pub(crate) settings: &'v Settings,
    pub(crate) model: &'v Model,
}

impl View<'_, '_> {
    /// Whether the page has to give evidence of its own.
    pub(crate) fn in_doubt(&self) -> bool {
        self.settings.when == When::Auto && !self.live.is_said()
    }
}

pub(crate) fn make(
    blocks: &[(BlockKind, &str)],
    known: Known<'_>,
    settings: &Settings,
    model: &Model,
) -> Plan {
    let lines = page::read(blocks);
    let view = View {
        live: Live::of(&lines, known.url, known.language),
        published: known.day(),
        lines: &lines,
        settings,
        model,
    };
    let mut steps = settings.order.iter();
    let mut found = steps.by_ref().map(|step| (*step, look(*step, &view)));
    let decided = found.find(|(_, plan)| !plan.starts.is_empty());
    let (step, mut plan) = decided.unwrap_or((Step::Prose, Plan::default()));
    if step != Step::Prose && steps.any(|step| *step == Step::Prose) && !view.in_doubt() {
        fill(&mut plan.starts, prose::starts(&view), &lines);
    }
    let by_wording = settings.order.contains(&Step::Prose);
    if plan.starts.is_empty() && by_wording && !view.in_doubt() {
        plan.note = prose::silence(&view);
    }
    if plan.starts.is_empty() {
        return plan;
    }
    if let Some(end) = end_of_lead(&lines) {
        plan.starts.retain(|start| start.block > end);
    }
    plan.starts
        .retain(|start| start.confidence >= settings.min_confidence);
    let headline = |start: &Start| headlines::of_post(&lines, start.block);
    plan.headlines = plan.starts.iter().filter_map(headline).collect();
    plan
}

/// Adds the posts that lost their marker, as extractors take short lines away:
/// where the prose finds half as many posts again as there are markers, it is
/// believed about all that stands far from one.
fn fill(starts: &mut Vec<Start>, told: Vec<Start>, lines: &[page::Line<'_>]) {
    const SURE: f64 = 0.6;
    // A post with a marker has seldom more paragraphs.
    const FAR: usize = 4;
    if told.len() * 2 <= starts.len() * 3 {
        return;
    }
    let marked: Vec<usize> = starts.iter().map(|start| start.block).collect();
    let is_far = |start: &Start| {
        let next = marked.partition_point(|&block| block <= start.block);
        let from = next.checked_sub(1).map_or(0, |before| marked[before]);
        let to = marked.get(next).copied().unwrap_or(lines.len());
        lines[from..to].iter().filter(|line| line.is_text()).count() > FAR
    };
    let sure = |start: &Start| start.confidence >= SURE && is_far(start);
    starts.extend(told.into_iter().filter(sure));
    starts.sort_by(|a, b| {
        let surer = b.confidence.total_cmp(&a.confidence);
        a.block.cmp(&b.block).then(surer)
    });
    starts.dedup_by_key(|start| start.block);
}

/// The last block of the lead, where a line says that the posts follow.
fn end_of_lead(lines: &[page::Line<'_>]) -> Option<usize> {
    let head = &lines[..lines.len() / 3];
    let last = head.iter().rposition(|line| sends_down(line.text));
    last.map(|at| lines[at].block)
}

fn look(step: Step, view: &View<'_, '_>) -> Plan {
    let by = |starts| Plan {
        starts,
        ..Plan::default()
    };
    match step {
        Step::Time => {
            let plan = times::plan(view);
            if plan.starts.is_empty() {
                by(counts::starts(view))
            } else {
                plan
            }
        }
        Step::Separator => by(rows::after_separators(view)),
        Step::Bullet => {
            let parts = contents::starts(view.lines);
            by(if parts.is_empty() {
                rows::at_bullets(view)
            } else {
                parts
            })
        }
        Step::Headline => by(headlines::starts(view)),
        Step::Prose => by(prose::starts(view)),
    }
}
