//! Which rules hold of which lines.

use std::cell::LazyCell;

use cleancopy_text::Day;

use crate::RuleSet;
use crate::condition::Spot;
use crate::lazy::see;
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
        let shared = &*self.shared;
        if shared.conditions.is_empty() {
            return hits;
        }
        see(lines);
        let mut proposals = self.proposals.of(lines, &shared.triggers);
        for (index, line) in lines.iter().enumerate() {
            let spot = Spot {
                index,
                count: lines.len(),
            };
            proposals.next(line, spot, &mut asked);
            if !asked.is_empty() {
                let before = index.checked_sub(1).map(|before| lines[before]);
                let view = LazyCell::new(|| proposals.view(line));
                let test = |asked: &Asked| shared.triggers.test(asked.test);
                for asked in asked.chunk_by_mut(|a, b| test(a).rule == test(b).rule) {
                    let Test { rule, gate, .. } = *test(&asked[0]);
                    if !gate.admits(spot, line.len()) {
                        continue;
                    }
                    let condition = &shared.conditions[rule];
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::compile::{Compiled, compile};
    use crate::due::Due;
    use crate::fold::Fold;
    use crate::trigger::Triggers;
    use crate::{Pack, Rule};

    /// What a folder two above this crate's holds.
    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap();
        let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// The lines of the golden cases of a few profiles.
    fn golden_lines(root: &Path) -> Vec<String> {
        let profiles = ["english", "german", "independent", "any-language"];
        let folders = profiles.map(|profile| root.join("tests/cases").join(profile));
        let cases = folders.iter().filter(|f| f.is_dir()).flat_map(|f| files(f));
        let inputs = cases.filter_map(|case| fs::read_to_string(case.join("input.txt")).ok());
        let lines: Vec<_> = inputs.flat_map(|text| lines_of(&text)).collect();
        assert!(lines.len() > 100);
        lines
    }

    fn lines_of(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    /// Compares what proposes and admits regexes with plain ones; answers how
    /// often a plain one matches.
    fn check(rules: &[Rule], lines: &[String]) -> usize {
        let compiled = rules
            .iter()
            .enumerate()
            .map(|(i, rule)| compile(i, rule).unwrap());
        let compiled: Vec<Compiled> = compiled.collect();
        let triggers = Triggers::new(&compiled).unwrap();
        let spot = Spot { index: 0, count: 1 };
        let folded: Vec<_> = lines.iter().map(|line| Fold::FULL.text(line)).collect();
        let proposed = folded.iter().map(|line| {
            let (mut due, mut below) = (Due::default(), Vec::new());
            triggers.of_words(line, 0, &mut due, &mut below);
            let each = triggers.of_each(spot, line.len());
            let tests = due.drain().chain(each).map(|test| triggers.test(test));
            tests
                .map(|test| (test.rule, test.regex))
                .collect::<Vec<_>>()
        });
        let proposed: Vec<_> = proposed.collect();
        let mut matches = 0;
        for (rule, condition) in compiled.iter().map(|c| &c.condition).enumerate() {
            for (which, regex) in condition.regexes.iter().enumerate() {
                let plain = regex.plain();
                for ((line, full), proposed) in lines.iter().zip(&folded).zip(&proposed) {
                    let seen = condition.regex_fold().text(line);
                    let found = plain.is_match(&seen);
                    assert_eq!(regex.is_match(&seen), found, "{} on {line}", rules[rule].id);
                    if !found || !condition.gate.admits(spot, full.len()) {
                        continue;
                    }
                    matches += 1;
                    assert!(
                        condition.needs[which].are_met(full),
                        "{} on {line}",
                        rules[rule].id
                    );
                    // Other conditions propose a rule that has any.
                    let bare = rules[rule].equals.is_none()
                        && rules[rule].starts.is_none()
                        && rules[rule].ends.is_none()
                        && rules[rule].after.is_none()
                        && rules[rule].contains.is_none();
                    let is_proposed = proposed.contains(&(rule, Some(which)));
                    assert!(!bare || is_proposed, "{} on {line}", rules[rule].id);
                }
            }
        }
        matches
    }

    #[test]
    fn nothing_hides_a_match_of_the_packs() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let golden = golden_lines(&root);
        let mut matches = 0;
        for path in files(&root.join("config/packs")) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if ![".en.toml", ".de.toml", ".tr.toml", ".zh.toml"]
                .iter()
                .any(|end| name.ends_with(end))
            {
                continue;
            }
            let pack: Pack = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let evidence = pack
                .rule
                .iter()
                .flat_map(|rule| rule.removes.iter().chain(&rule.keeps));
            let evidence = evidence.flat_map(|text| lines_of(text));
            let lines: Vec<_> = evidence.chain(golden.iter().cloned()).collect();
            matches += check(&pack.rule, &lines);
        }
        assert!(matches > 1000, "{matches}");
    }
}
