//! What sets of the same rules share.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use crate::compile::compile;
use crate::condition::Condition;
use crate::period::check_periods;
use crate::trigger::Triggers;
use crate::{Rule, RuleError};

/// Rules that are in use. Every worker has a set of its own, and to compile one is
/// dear in time and room.
static IN_USE: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());

/// Rules, and everything that can be built once.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) rules: Vec<Rule>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) triggers: Triggers,
    /// Whether any rule is for some days only.
    pub(crate) dated: bool,
}

impl Shared {
    /// Compiles rules, unless a set has the same.
    ///
    /// # Errors
    /// [`RuleError`] for the first rule that makes no sense.
    pub(crate) fn of(rules: Vec<Rule>) -> Result<Arc<Self>, RuleError> {
        let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
        in_use.retain(|shared| shared.strong_count() > 0);
        let mut known = in_use.iter().filter_map(Weak::upgrade);
        if let Some(known) = known.find(|shared| shared.rules == rules) {
            return Ok(known);
        }
        let shared = Arc::new(Self::new(rules)?);
        in_use.push(Arc::downgrade(&shared));
        Ok(shared)
    }

    fn new(rules: Vec<Rule>) -> Result<Self, RuleError> {
        let compiled = rules.iter().enumerate().map(|(i, rule)| compile(i, rule));
        let compiled = compiled.collect::<Result<Vec<_>, _>>()?;
        let triggers = Triggers::new(&compiled).map_err(|problem| RuleError {
            index: 0,
            id: rules
                .first()
                .map_or_else(String::new, |rule| rule.id.clone()),
            key: "id".to_owned(),
            problem,
        })?;
        check_periods(&rules)?;
        Ok(Self {
            dated: compiled.iter().any(|c| c.condition.period.is_some()),
            conditions: compiled.into_iter().map(|c| c.condition).collect(),
            rules,
            triggers,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_model::Category;

    fn rules(starts: &str) -> Vec<Rule> {
        let mut rule = Rule::new("login/prompt", Category::Login);
        rule.starts = Some(starts.into());
        vec![rule]
    }

    #[test]
    fn the_same_rules_are_compiled_once_while_they_are_in_use() {
        let first = Shared::of(rules("Log in to Keld")).unwrap();
        let second = Shared::of(rules("Log in to Keld")).unwrap();
        let other = Shared::of(rules("Sign in to Keld")).unwrap();
        assert!(Arc::ptr_eq(&first, &second) && !Arc::ptr_eq(&first, &other));
        let once = Arc::downgrade(&first);
        drop((first, second));
        assert!(once.upgrade().is_none());
        assert!(Shared::of(rules("")).is_err() && Shared::of(rules("x")).is_ok());
    }
}
