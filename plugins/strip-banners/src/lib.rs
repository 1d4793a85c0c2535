//! Takes out the banners, prompts and appeals that rules describe.
//!
//! ```text
//! Please refresh your browser to be logged in
//! Ferry sails again after storm
//! ```
//! ->
//! ```text
//! Ferry sails again after storm
//! ```
//!
//! The rules are data: they come from the packs and the profile, and
//! `cleancopy_rules` says what they can look for. Each match becomes an edit
//! that carries the rule's own id and category.

use cleancopy_plugin::prelude::*;
use cleancopy_rules::{Match, Rule, RuleError, RuleSet};
use cleancopy_text::Day;

/// What a profile may set.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The rules, the profile's own first; where two want the same line, the
    /// earlier one takes it.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// The cleaner.
#[derive(Debug)]
pub struct StripBanners(RuleSet);

impl Cleaner for StripBanners {
    const DESCRIPTION: &'static str = "takes out the banners and prompts that rules describe";
    const METADATA_KEYS: Option<&'static str> = Some("published");

    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        let rules = RuleSet::compile(settings.rules).map_err(|error| setup_error(&error))?;
        Ok(Self(rules))
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let lines: Vec<&str> = document.blocks().map(|block| block.text).collect();
        let day = || Day::of_article(document.metadata("published"), document.url());
        for found in self.0.matches_on(&lines, day, || document.page()) {
            let (rule, category) = self.0.cause(&found);
            for target in targets(&found) {
                edits.remove(target, rule, category);
            }
        }
    }
}

fn setup_error(error: &RuleError) -> SetupError {
    SetupError::at(error.path(), error.to_string())
}

/// What leaves for a match: a part of its one block, or each block whole.
fn targets(found: &Match) -> impl Iterator<Item = Target> + '_ {
    found.lines.clone().map(|block| match &found.part {
        Some(part) => Target::range(block, part.clone()),
        None => Target::block(block),
    })
}

cleancopy_plugin::export_cleaner!(StripBanners);

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaner(rules: &str) -> Result<StripBanners, SetupError> {
        let settings = serde_json::from_str(&format!("{{\"rules\": {rules}}}")).unwrap();
        StripBanners::new(settings)
    }

    fn edits(rules: &str, lines: &[&str]) -> Vec<Target> {
        let matches = cleaner(rules).unwrap().0.matches(lines);
        matches.iter().flat_map(targets).collect()
    }

    #[test]
    fn a_match_is_an_edit_for_each_block_or_one_for_a_part() {
        let rules = r#"[
            {"id": "a", "category": "donation", "starts": "From", "through": "afford it."},
            {"id": "b", "category": "share", "ends": "Share", "take": "match"}
        ]"#;
        let lines = [
            "It rained. Share",
            "From here",
            "all who can afford it.",
            "x",
        ];
        let wanted = [Target::range(0, 10..16), Target::block(1), Target::block(2)];
        assert_eq!(edits(rules, &lines), wanted);
    }

    #[test]
    fn a_bad_rule_is_named_with_its_place() {
        let rules = r#"[
            {"id": "a", "category": "login", "equals": "x"},
            {"id": "b", "category": "login", "regex": "("}
        ]"#;
        let error = cleaner(rules).unwrap_err();
        assert_eq!(error.path, "rules[1].regex");
        assert!(
            error.message.starts_with("rule `b`, `regex`: "),
            "{}",
            error.message
        );
        assert!(
            error.message.contains("unclosed group"),
            "{}",
            error.message
        );
    }

    #[test]
    fn the_example_of_the_module_is_true() {
        let rules = r#"[{"id": "a", "category": "login", "starts": "Please refresh"}]"#;
        let blocks: Vec<_> = include_str!("lib.rs").split("```").take(4).collect();
        let lines = |block: &'static str| -> Vec<&str> {
            block
                .lines()
                .filter_map(|line| line.strip_prefix("//! "))
                .collect()
        };
        let (mut before, after) = (lines(blocks[1]), lines(blocks[3]));
        for target in edits(rules, &before).iter().rev() {
            before.remove(target.block);
        }
        assert_eq!(before, after);
    }
}
