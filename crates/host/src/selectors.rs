//! The selectors of a profile: what on a page is the article, for sure.
//!
//! ```toml
//! [html]
//! article = ["div.story-body"]
//! remove = ["aside[data-widget=related]", ".story-body > .promo"]
//! ```
//!
//! They are matched once, when the page has been read; cleaners see the names
//! of those that an element matches. One that matches nothing changes nothing,
//! and the document says that it is stale.

use cleancopy_model::{Document, Element, Elements};

use crate::error::ConfigError;
use crate::node::{Table, Value};
use crate::place::Place;

/// What selectors can be for.
pub(crate) const NAMES: &[&str] = &["article", "remove", "keep"];

/// A selector of a profile.
#[derive(Debug, Clone)]
pub(crate) struct Selector {
    /// `article`, `remove` or `keep`.
    pub(crate) name: &'static str,
    /// As it is written.
    pub(crate) text: String,
    pub(crate) place: Place,
    /// The compounds from the element itself outwards, each with whether the
    /// next one is its parent (`>`), not just any element around.
    steps: Vec<(Compound, bool)>,
}

/// `div#main.wide[role=main]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Compound {
    name: Option<String>,
    id: Option<String>,
    classes: Vec<String>,
    /// Name and value; none if the attribute only has to be there.
    attributes: Vec<(String, Option<String>)>,
}

/// Reads the `[html]` table of a profile.
pub(crate) fn read(table: &Table) -> Result<Vec<Selector>, ConfigError> {
    let Some(node) = table.get("html") else {
        return Ok(Vec::new());
    };
    let Value::Table(html) = &node.value else {
        return Err(node.wrong("html", "a table"));
    };
    html.only("[html]", NAMES)?;
    let mut selectors = Vec::new();
    for name in NAMES {
        for (text, place) in html.texts(name)? {
            let steps = parse(&text).map_err(|problem| {
                let message = format!("selector `{text}`: {problem}");
                ConfigError::at(place.to_string(), message)
            })?;
            selectors.push(Selector {
                name,
                text,
                place,
                steps,
            });
        }
    }
    Ok(selectors)
}

/// Notes on a page's elements which selectors they match, and on the page
/// which match nothing.
pub(crate) fn mark(selectors: &[Selector], document: &mut Document) {
    if document.elements().is_empty() {
        return;
    }
    for selector in selectors {
        let elements = document.elements();
        let count = u32::try_from(elements.len()).unwrap_or(u32::MAX);
        let matches = |index: &u32| selector.matches(elements, *index);
        let found: Vec<u32> = (0..count).filter(matches).collect();
        if found.is_empty() {
            let note = format!("stale-selector: {} = {}", selector.name, selector.text);
            document.know("note", &note);
        }
        for index in found {
            document.elements_mut().select(index, selector.name);
        }
    }
}

impl Selector {
    fn matches(&self, elements: &Elements, index: u32) -> bool {
        let Some(element) = elements.get(index) else {
            return false;
        };
        let Some((first, _)) = self.steps.first() else {
            return false;
        };
        first.matches(&element) && self.matches_around(elements, element, 0)
    }

    /// Whether the compounds behind a matched one match what is around.
    fn matches_around(&self, elements: &Elements, inner: Element<'_>, step: usize) -> bool {
        let Some((wanted, _)) = self.steps.get(step + 1) else {
            return true;
        };
        let is_parent = self.steps[step].1;
        let mut next = inner.parent;
        while let Some(around) = next.and_then(|index| elements.get(index)) {
            if wanted.matches(&around) && self.matches_around(elements, around, step + 1) {
                return true;
            }
            if is_parent {
                return false;
            }
            next = around.parent;
        }
        false
    }
}

impl Compound {
    fn matches(&self, element: &Element<'_>) -> bool {
        let has_class =
            |class: &String| element.classes.split_ascii_whitespace().any(|c| c == class);
        let has = |(name, value): &(String, Option<String>)| {
            let mut pairs = element
                .attributes
                .lines()
                .filter_map(|line| line.split_once('='));
            pairs.any(|(n, v)| n == name && value.as_ref().is_none_or(|value| v == value))
        };
        self.name.as_ref().is_none_or(|name| element.name == name)
            && self.id.as_ref().is_none_or(|id| element.id == id)
            && self.classes.iter().all(has_class)
            && self.attributes.iter().all(has)
    }
}

/// The compounds of a selector, the last one first.
fn parse(text: &str) -> Result<Vec<(Compound, bool)>, String> {
    let spaced = text.replace('>', " > ");
    let (mut steps, mut parent_next) = (Vec::new(), false);
    for word in spaced.split_whitespace() {
        if word == ">" {
            if steps.is_empty() || parent_next {
                return Err("`>` needs an element on either side".to_owned());
            }
            parent_next = true;
            continue;
        }
        steps.push((compound(word)?, parent_next));
        parent_next = false;
    }
    if steps.is_empty() || parent_next {
        return Err("it names no element".to_owned());
    }
    steps.reverse();
    Ok(steps)
}

fn compound(word: &str) -> Result<Compound, String> {
    let mut compound = Compound::default();
    let end = |text: &str| text.find(['.', '#', '[', ':']).unwrap_or(text.len());
    let (name, mut rest) = word.split_at(end(word));
    if !name.is_empty() && name != "*" {
        compound.name = Some(name.to_ascii_lowercase());
    }
    while let Some(sign) = rest.chars().next() {
        let body = &rest[1..];
        let length = match sign {
            '[' => body.find(']').ok_or("a `[` is not closed")?,
            _ => end(body),
        };
        let (part, behind) = body.split_at(length);
        if part.is_empty() {
            return Err(format!("nothing stands behind `{sign}`"));
        }
        match sign {
            '.' => compound.classes.push(part.to_owned()),
            '#' => compound.id = Some(part.to_owned()),
            '[' => {
                let (name, value) = part
                    .split_once('=')
                    .map_or((part, None), |(n, v)| (n, Some(v)));
                let value = value.map(|v| v.trim_matches(['"', '\'']).to_owned());
                compound.attributes.push((name.to_ascii_lowercase(), value));
            }
            _ => {
                let known = "element, `.class`, `#id`, `[name=value]`, and `>` between them";
                return Err(format!("`{sign}{part}` is not known; known: {known}"));
            }
        }
        rest = if sign == '[' { &behind[1..] } else { behind };
    }
    match compound == Compound::default() && name != "*" {
        true => Err("it names no element".to_owned()),
        false => Ok(compound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elements() -> Elements {
        let mut elements = Elements::default();
        let main = elements.add(Element {
            name: "main",
            id: "top",
            ..Element::default()
        });
        let story = elements.add(Element {
            parent: Some(main),
            name: "div",
            classes: "story wide",
            attributes: "role=main",
            ..Element::default()
        });
        elements.add(Element {
            parent: Some(story),
            name: "p",
            ..Element::default()
        });
        elements
    }

    fn found(text: &str) -> Vec<u32> {
        let elements = elements();
        let steps = parse(text).unwrap();
        let place = Place {
            file: std::sync::Arc::new(crate::place::SourceFile {
                name: String::new(),
                text: String::new(),
            }),
            offset: 0,
        };
        let selector = Selector {
            name: "article",
            text: text.to_owned(),
            place,
            steps,
        };
        (0..3).filter(|i| selector.matches(&elements, *i)).collect()
    }

    #[test]
    fn selectors_match_as_in_a_style_sheet() {
        assert_eq!(found("div.story.wide"), [1]);
        assert_eq!(found("#top p"), [2]);
        assert_eq!(found("#top > p"), [0; 0]);
        assert_eq!(found("main > .story>p"), [2]);
        assert_eq!(found("[role=main]"), [1]);
        assert_eq!(found("[role=\"nav\"]"), [0; 0]);
        assert_eq!(found("*"), [0, 1, 2]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in ["", ">", "a >", "a:hover", "[x", ".", "p..a"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
