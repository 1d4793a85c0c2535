//! Many rules, compiled into one matcher.

use std::ops::Range;
use std::sync::Arc;

use cleancopy_model::{Category, Page};
use cleancopy_select::Tree;
use cleancopy_text::Day;

use crate::claims::Claims;
use crate::condition::Part;
use crate::hits::Hit;
use crate::parts::{Piece, captures, captures_after, pieces, take_spaces};
use crate::proposals::Proposals;
use crate::shared::Shared;
use crate::spans::Ends;
use crate::view::View;
use crate::{Rule, RuleError};

/// Something that a rule takes out of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index into [`RuleSet::rules`].
    pub rule: usize,
    /// The lines, 0-based, half-open.
    pub lines: Range<usize>,
    /// The part of the single line that leaves, as a half-open byte range;
    /// `None` if all of the lines leave.
    pub part: Option<Range<usize>>,
    /// What the named groups of the rule's regex captured, but for `take`: the
    /// name, and a half-open byte range in the first of the lines.
    pub captures: Vec<(String, Range<usize>)>,
    /// The same for each line that the rule's `then` asks for; empty if none of
    /// its regexes has a named group.
    pub then: Vec<Vec<(String, Range<usize>)>>,
}

/// Compiled rules. Matching depends on nothing but the rules and the lines.
#[derive(Debug)]
pub struct RuleSet {
    pub(crate) shared: Arc<Shared>,
    pub(crate) proposals: Proposals,
}

impl RuleSet {
    /// Checks rules and builds everything that can be built once; a second set of
    /// the same rules shares it with the first.
    ///
    /// # Errors
    /// [`RuleError`] for the first rule that makes no sense.
    pub fn compile(rules: Vec<Rule>) -> Result<Self, RuleError> {
        Ok(Self {
            shared: Shared::of(rules)?,
            proposals: Proposals::default(),
        })
    }

    /// The rules in the order they were given.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.shared.rules
    }

    /// The id and the category of the rule of a match.
    #[must_use]
    pub fn cause(&self, found: &Match) -> (&str, Category) {
        let rule = &self.shared.rules[found.rule];
        (&rule.id, rule.category)
    }

    /// What the rules take out of a document of unknown date; see
    /// [`RuleSet::matches_on`].
    #[must_use]
    pub fn matches(&self, lines: &[&str]) -> Vec<Match> {
        self.matches_on(lines, || None, || None)
    }

    /// What the rules take out of a document, in the order of the document.
    ///
    /// `day` says of which day the document is. It is asked only when a rule
    /// is for some days and not for others; to a document of unknown date all
    /// rules apply. `page` says of which page the lines are, if they are of
    /// one; it is asked only when the wording of a rule for pages is met.
    ///
    /// Matches never overlap. Spans go first, in the order of the rules; then
    /// each line goes to the earliest rule that takes it whole; of the lines
    /// that stay, parts go to the earliest rule that takes them.
    #[must_use]
    pub fn matches_on(
        &self,
        lines: &[&str],
        day: impl FnOnce() -> Option<Day>,
        page: impl FnOnce() -> Option<Page>,
    ) -> Vec<Match> {
        let day = if self.shared.dated { day() } else { None };
        let mut hits = self.hits(lines, day);
        self.keep_on_page(&mut hits, page);
        if hits.is_empty() {
            return Vec::new();
        }
        let (mut matches, taken) = self.spans(lines, &hits);
        for hits in hits.chunk_by(|a, b| a.line == b.line) {
            let line = hits[0].line;
            if taken.is_free(&(line..line + 1)) {
                self.settle_line(lines[line], hits, &mut matches);
            }
        }
        matches.sort_by_key(|m| (m.lines.start, m.part.as_ref().map(|part| part.start)));
        matches
    }

    /// Every rule whose conditions hold of a line, whatever others take, and
    /// wherever on a page it may stand: the line and the rule, in this order.
    /// For those who compare rules.
    #[must_use]
    pub fn holding(&self, lines: &[&str]) -> Vec<(usize, usize)> {
        let hits = self.hits(lines, None);
        hits.into_iter().map(|hit| (hit.line, hit.rule)).collect()
    }

    /// Keeps of what rules for pages hold of what stands where they say.
    fn keep_on_page(&self, hits: &mut Vec<Hit>, page: impl FnOnce() -> Option<Page>) {
        let asked = |hit: &Hit| self.shared.conditions[hit.rule].surroundings.as_ref();
        if !hits.iter().any(|hit| asked(hit).is_some()) {
            return;
        }
        let Some(page) = page() else {
            hits.retain(|hit| asked(hit).is_none());
            return;
        };
        let tree = Tree::of(&page.elements);
        hits.retain(|hit| asked(hit).is_none_or(|asked| asked.holds(&page, &tree, hit.line)));
    }

    /// The spans, and the lines they take.
    fn spans(&self, lines: &[&str], hits: &[Hit]) -> (Vec<Match>, Claims) {
        let (mut matches, mut taken) = (Vec::new(), Claims::default());
        let is_span = |hit: &&Hit| self.shared.conditions[hit.rule].is_span();
        let mut starts: Vec<Hit> = hits.iter().filter(is_span).copied().collect();
        starts.sort_by_key(|hit| (hit.rule, hit.line));
        for starts in starts.chunk_by(|a, b| a.rule == b.rule) {
            let condition = &self.shared.conditions[starts[0].rule];
            if let Some(stretch) = condition.run {
                let hits = starts.iter().map(|hit| hit.line);
                let stretches = stretch.among(hits, lines).into_iter();
                // Of what two runs share, the second takes the rest.
                for range in stretches.flat_map(|range| taken.claim_rest(range)) {
                    let view = View::new(lines[range.start]);
                    matches.push(self.whole(starts[0].rule, range, &view));
                }
                continue;
            }
            let mut ends = Ends::new(condition, lines);
            for hit in starts {
                let end = if condition.then.is_empty() {
                    ends.of(hit.line)
                } else {
                    condition.followed(hit.line, lines)
                };
                let Some(end) = end else {
                    continue;
                };
                let range = hit.line..end + 1;
                if taken.claim(&range) {
                    let view = View::new(lines[hit.line]);
                    let then = captures_after(condition, &lines[hit.line + 1..]);
                    let whole = self.whole(hit.rule, range, &view);
                    matches.push(Match { then, ..whole });
                }
            }
        }
        (matches, taken)
    }

    fn whole(&self, rule: usize, lines: Range<usize>, first: &View<'_>) -> Match {
        Match {
            rule,
            lines,
            part: None,
            captures: captures(&self.shared.conditions[rule], first),
            then: Vec::new(),
        }
    }

    /// What leaves a line that no span takes.
    fn settle_line(&self, text: &str, hits: &[Hit], matches: &mut Vec<Match>) {
        let view = View::new(text);
        let line = hits[0].line;
        let mut single = hits
            .iter()
            .filter(|hit| !self.shared.conditions[hit.rule].is_span());
        let is_whole = |hit: &&Hit| self.shared.conditions[hit.rule].part == Part::Whole;
        if let Some(hit) = single.clone().find(is_whole) {
            return matches.push(self.whole(hit.rule, line..line + 1, &view));
        }
        let mut taken = Claims::default();
        let mut parts: Vec<Piece> = Vec::new();
        for hit in single.by_ref() {
            let found = pieces(hit.rule, &self.shared.conditions[hit.rule], &view);
            parts.extend(found.into_iter().filter(|piece| taken.claim(&piece.range)));
        }
        parts.sort_by_key(|piece| piece.range.start);
        take_spaces(text, &mut parts);
        matches.extend(parts.into_iter().map(|piece| Match {
            rule: piece.rule,
            lines: line..line + 1,
            part: Some(piece.range),
            captures: piece.captures,
            then: Vec::new(),
        }));
    }
}
