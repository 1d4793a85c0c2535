//! The rules to be tested on a line.

/// The rules to be tested on a line, each once: a frequent key may be found a
/// million times in a long line.
#[derive(Debug, Default)]
pub(crate) struct Due {
    rules: Vec<u32>,
    /// Which are there, once they are [`Due::MANY`]; for most lines they are few,
    /// and no table is needed.
    listed: Vec<bool>,
}

impl Due {
    /// So many are quicker found in a table than one after the other.
    const MANY: usize = 32;

    pub(crate) fn add(&mut self, rule: u32) {
        if self.rules.len() < Self::MANY {
            if !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
            return;
        }
        if self.rules.len() == Self::MANY {
            for rule in &self.rules {
                mark(&mut self.listed, *rule);
            }
        }
        if !mark(&mut self.listed, rule) {
            self.rules.push(rule);
        }
    }

    /// Takes the rules out, in any order.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = u32> {
        let Self { rules, listed } = self;
        rules.drain(..).inspect(|rule| {
            if let Some(listed) = listed.get_mut(*rule as usize) {
                *listed = false;
            }
        })
    }
}

/// Marks a rule; whether it was marked before.
fn mark(listed: &mut Vec<bool>, rule: u32) -> bool {
    let index = rule as usize;
    if listed.len() <= index {
        listed.resize(index + 1, false);
    }
    std::mem::replace(&mut listed[index], true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_rule_is_due_once(lists in prop::collection::vec(prop::collection::vec(0_u32..90, 0..200), 1..4)) {
            let mut due = Due::default();
            for list in lists {
                list.iter().for_each(|rule| due.add(*rule));
                let wanted: std::collections::BTreeSet<_> = list.into_iter().collect();
                let mut found: Vec<_> = due.drain().collect();
                found.sort_unstable();
                prop_assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
            }
        }
    }
}
