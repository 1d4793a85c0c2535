//! Rules that know a framework by the names it gives its elements.
//!
//! ```toml
//! [[rule]]
//! id = "consent/onetrust"
//! category = "consent"
//! inside = ["#onetrust-*", ".ot-sdk-container"]
//! ```
//!
//! A name alone is proof here: nobody else calls an element so.

use std::collections::HashMap;

use cleancopy_plugin::Document;
use cleancopy_plugin::prelude::{Category, Deserialize, JsonSchema, SetupError, schemars};
use foldhash::fast::FixedState;

use crate::page::Page;

/// A rule as a profile or a pack has it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its stable id, such as `consent/onetrust`.
    pub id: String,
    /// Why the text leaves.
    pub category: String,
    /// `element`, `.class` or `#id` around the text; `*` at the end stands for
    /// any rest.
    pub inside: Vec<String>,
    /// When it was last seen.
    #[serde(default)]
    pub seen: Option<String>,
    /// HTML that it must take from, for the tests of the rules.
    #[serde(default)]
    pub removes: Vec<String>,
    /// HTML that it must leave alone, for the same.
    #[serde(default)]
    pub keeps: Vec<String>,
}

/// Rules, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Frameworks {
    rules: Vec<(String, Category)>,
    /// The names by their kind and first two bytes: hardly any element of a
    /// page begins as one does.
    names: HashMap<(char, [u8; 2]), Vec<Name>, FixedState>,
}

#[derive(Debug)]
struct Name {
    text: String,
    is_prefix: bool,
    rule: usize,
}

/// An element that holds more of a page's prose is no framework's.
const MOST: f32 = 0.5;

impl Frameworks {
    pub(crate) fn new(rules: &[Rule]) -> Result<Self, SetupError> {
        let mut known = Self::default();
        for (at, rule) in rules.iter().enumerate() {
            let path = |key: &str| format!("rules[{at}].{key}");
            let category: Result<Category, _> = rule.category.parse();
            let category = category.map_err(|e| SetupError::at(path("category"), e.to_string()))?;
            known.rules.push((rule.id.clone(), category));
            for text in &rule.inside {
                let (key, name) = name(text, at).ok_or_else(|| {
                    let message = "must be `element`, `.class` or `#id`, with at least two letters";
                    SetupError::at(path("inside"), message)
                })?;
                known.names.entry(key).or_default().push(name);
            }
        }
        Ok(known)
    }

    /// The rule that takes each block, if one does.
    pub(crate) fn takes(
        &self,
        page: &Page<'_>,
        document: &Document<'_>,
    ) -> Vec<Option<(&str, Category)>> {
        let mut of_place: Vec<Option<usize>> = Vec::with_capacity(page.places.len());
        for (at, place) in page.places.iter().enumerate() {
            let outer = place.parent.and_then(|parent| of_place[parent]);
            let is_most = place.prose_chars > MOST * page.prose_chars;
            let own = || self.knows(document, u32::try_from(at).ok()?);
            of_place.push(outer.or_else(|| if is_most { None } else { own() }));
        }
        let rule = |at| {
            let (id, category) = &self.rules[of_place[page.index(at)?]?];
            Some((id.as_str(), *category))
        };
        (0..page.pieces.len()).map(rule).collect()
    }

    fn knows(&self, document: &Document<'_>, number: u32) -> Option<usize> {
        let element = document.element(number)?;
        let mut classes = element.classes.split_ascii_whitespace();
        self.rule('#', element.id)
            .or_else(|| classes.find_map(|class| self.rule('.', class)))
            .or_else(|| self.rule(' ', element.name))
    }

    fn rule(&self, kind: char, text: &str) -> Option<usize> {
        let key = (kind, *text.as_bytes().first_chunk::<2>()?);
        let name = self.names.get(&key)?.iter().find(|name| name.fits(text))?;
        Some(name.rule)
    }
}

impl Name {
    fn fits(&self, text: &str) -> bool {
        match self.is_prefix {
            true => text.starts_with(&self.text),
            false => text == self.text,
        }
    }
}

fn name(text: &str, rule: usize) -> Option<((char, [u8; 2]), Name)> {
    let kind = text
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '#'))
        .unwrap_or(' ');
    let bare = text.trim_start_matches(kind);
    let whole = bare.strip_suffix('*');
    let bare = whole.unwrap_or(bare);
    // A prefix of a letter would match everything.
    let key = (kind, *bare.as_bytes().first_chunk::<2>()?);
    let name = Name {
        text: bare.to_owned(),
        is_prefix: whole.is_some(),
        rule,
    };
    Some((key, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(inside: &str) -> Rule {
        Rule {
            id: "consent/test".to_owned(),
            category: "consent".to_owned(),
            inside: vec![inside.to_owned()],
            seen: None,
            removes: Vec::new(),
            keeps: Vec::new(),
        }
    }

    #[test]
    fn names_match_whole_or_by_their_beginning() {
        let known = Frameworks::new(&[rule(".ot-sdk"), rule("#ot-*"), rule("bsp-poll")]).unwrap();
        assert_eq!(known.rule('.', "ot-sdk"), Some(0));
        assert_eq!(known.rule('.', "ot-sdk-row"), None);
        assert_eq!(known.rule('#', "ot-banner"), Some(1));
        assert_eq!(known.rule(' ', "bsp-poll"), Some(2));
    }

    #[test]
    fn a_name_that_would_match_everything_is_refused() {
        for inside in ["*", ".*", "#a*", ""] {
            let error = Frameworks::new(&[rule(inside)]).unwrap_err();
            assert_eq!(error.path, "rules[0].inside", "{inside}");
        }
    }
}
