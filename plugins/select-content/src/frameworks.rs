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

use cleancopy_plugin::Document;
use cleancopy_plugin::prelude::{Category, Deserialize, JsonSchema, SetupError, schemars};

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
}

/// Rules, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Frameworks(Vec<Known>);

#[derive(Debug)]
struct Known {
    id: String,
    category: Category,
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    kind: char,
    text: String,
    is_prefix: bool,
}

/// An element that holds more of a page's prose is no framework's.
const MOST: f32 = 0.5;

impl Frameworks {
    pub(crate) fn new(rules: &[Rule]) -> Result<Self, SetupError> {
        let known = rules.iter().enumerate().map(|(at, rule)| {
            let path = |key: &str| format!("rules[{at}].{key}");
            let category = rule.category.parse();
            let category = category.map_err(|e: <Category as std::str::FromStr>::Err| {
                SetupError::at(path("category"), e.to_string())
            })?;
            let names: Option<Vec<Name>> = rule.inside.iter().map(|text| name(text)).collect();
            let names = names.filter(|names| !names.is_empty()).ok_or_else(|| {
                let message = "must be `element`, `.class` or `#id`, with at least two letters";
                SetupError::at(path("inside"), message)
            })?;
            Ok(Known {
                id: rule.id.clone(),
                category,
                names,
            })
        });
        known.collect::<Result<_, _>>().map(Self)
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
            let known = &self.0[of_place[page.index(at)?]?];
            Some((known.id.as_str(), known.category))
        };
        (0..page.pieces.len()).map(rule).collect()
    }

    fn knows(&self, document: &Document<'_>, number: u32) -> Option<usize> {
        let element = document.element(number)?;
        if element.id.is_empty() && element.classes.is_empty() && !element.name.contains('-') {
            return None;
        }
        let is_it = |name: &Name| match name.kind {
            '#' => name.fits(element.id),
            '.' => element
                .classes
                .split_ascii_whitespace()
                .any(|class| name.fits(class)),
            _ => name.fits(element.name),
        };
        self.0
            .iter()
            .position(|known| known.names.iter().any(is_it))
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

fn name(text: &str) -> Option<Name> {
    let kind = text
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '#'))
        .unwrap_or(' ');
    let bare = text.trim_start_matches(kind);
    let whole = bare.strip_suffix('*');
    let bare = whole.unwrap_or(bare);
    // A prefix of a letter would match everything.
    (bare.len() >= 2).then(|| Name {
        kind,
        text: bare.to_owned(),
        is_prefix: whole.is_some(),
    })
}
