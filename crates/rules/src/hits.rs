//! Which rules hold of which lines.

use std::cell::LazyCell;

use cleancopy_text::Day;

use crate::RuleSet;
use crate::condition::Spot;
use crate::memory::Asked;
use crate::trigger::Test;

/// A line on which every condition of a rule holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) line: usize,
    pub(crate) rule: usize,
}

impl RuleSet {
    /// Every rule that holds of a line, by line and rule.
    pub(crate) fn hits(&self, lines: &[&str], day: Option<Day>) -> Vec<Hit> {
        let (mut hits, mut asked) = (Vec::new(), Vec::new());
        let compiled = &*self.compiled;
        if compiled.conditions.is_empty() {
            return hits;
        }
        let mut proposals = self.proposals.of(lines, &compiled.triggers);
        for (index, line) in lines.iter().enumerate() {
            let spot = Spot {
                index,
                count: lines.len(),
            };
            proposals.next(line, spot, &mut asked);
            if !asked.is_empty() {
                let before = index.checked_sub(1).map(|before| lines[before]);
                let view = LazyCell::new(|| proposals.view(line));
                let test = |asked: &Asked| compiled.triggers.test(asked.test);
                for asked in asked.chunk_by_mut(|a, b| test(a).rule == test(b).rule) {
                    let Test { rule, gate, .. } = *test(&asked[0]);
                    if !gate.admits(spot, line.len()) {
                        continue;
                    }
                    let condition = &compiled.conditions[rule];
                    if day.is_none_or(|day| condition.applies_on(day))
                        && condition.follows(before)
                        && condition.holds(&view, asked, |asked| test(asked).regex)
                    {
                        hits.push(Hit { line: index, rule });
                    }
                }
            }
            proposals.settle(line, &asked);
        }
        hits
    }
}
