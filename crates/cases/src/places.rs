//! Where the rules stand that a difference is about.

use std::collections::BTreeSet;

use cleancopy_host::Plan;

use crate::compare::Turn;
use crate::outcome::Problem;

/// `RULE: file:line` for every rule of data that took a line, or was to take
/// one, where a case differs. A rule that is gone is said to be.
pub(crate) fn places(problems: &[Problem], plan: &Plan) -> Vec<String> {
    let named = named(problems);
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    for rule in plan.rules() {
        let json = rule.json();
        let id = json
            .get("id")
            .and_then(|id| id.as_str())
            .unwrap_or_default();
        if let Some(id) = named.get(id) {
            let place = rule.place("id");
            // The column of `id` says nothing.
            let place = place.rsplit_once(':').map_or(&*place, |(line, _)| line);
            found.push(format!("{id}: {place}"));
            known.insert(*id);
        }
    }
    // A plugin's own rules are not data; they begin with its name.
    let plugins: BTreeSet<_> = plan.plugins().map(|plugin| plugin.name()).collect();
    let is_own = |id: &str| {
        id.split('/')
            .next()
            .is_some_and(|name| plugins.contains(name))
    };
    let gone = named
        .into_iter()
        .filter(|id| !known.contains(id) && !is_own(id));
    found.extend(gone.map(|id| format!("{id}: the profile has no such rule")));
    found
}

/// The rules that the differing lines name.
fn named(problems: &[Problem]) -> BTreeSet<&str> {
    let hunks = problems.iter().flat_map(|problem| match problem {
        Problem::Differs { hunks, .. } => hunks.as_slice(),
        _ => &[],
    });
    let lines = hunks.flat_map(|hunk| &hunk.lines);
    let differing = lines.filter(|line| line.turn != Turn::Same);
    let rules = differing.flat_map(|line| line.was.iter().chain(&line.now));
    rules.map(String::as_str).collect()
}
