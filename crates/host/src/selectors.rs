//! The selectors of a profile: what on a page is the article, for sure.
//!
//! ```toml
//! [html]
//! article = ["div.story-body"]
//! remove = ["aside[data-widget=related]", ".story-body > .promo"]
//! [html.names]
//! fact-box = ["aside.facts"]
//! ```
//!
//! They are matched once, when the page has been read; cleaners see the names
//! of those that an element matches, and rules can ask for them. One that
//! matches nothing changes nothing, and the document says that it is stale.

use cleancopy_model::Document;
use cleancopy_select::{Selector, SelectorError, Selectors, Tree};

use crate::error::ConfigError;
use crate::node::{Key, Node, Table, Value};
use crate::place::Place;

/// What the host's own names are for.
pub(crate) const NAMES: &[&str] = &["article", "remove", "keep"];

/// The table of the profile's own names.
const OWN: &str = "names";

/// A selector of a profile.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// `article`, `remove`, `keep`, or a name of the profile's own.
    pub(crate) name: String,
    /// As it is written.
    pub(crate) text: String,
    pub(crate) place: Place,
    selector: Selector,
}

impl Named {
    /// The key it stands under, such as `html.article`.
    pub(crate) fn key(&self) -> String {
        match NAMES.contains(&&*self.name) {
            true => format!("html.{}", self.name),
            false => format!("html.{OWN}.{}", self.name),
        }
    }
}

/// Reads the `[html]` table of a profile.
pub(crate) fn read(table: &Table) -> Result<Vec<Named>, ConfigError> {
    let Some(node) = table.get("html") else {
        return Ok(Vec::new());
    };
    let html = table_of("html", node)?;
    html.only("[html]", &[NAMES, &[OWN]].concat())?;
    let mut selectors = Vec::new();
    for name in NAMES {
        read_list(html, name, &mut selectors)?;
    }
    if let Some(node) = html.get(OWN) {
        let own = table_of(OWN, node)?;
        for (key, _) in &own.0 {
            check_name(key)?;
            read_list(own, &key.name, &mut selectors)?;
        }
    }
    Ok(selectors)
}

fn table_of<'n>(key: &str, node: &'n Node) -> Result<&'n Table, ConfigError> {
    match &node.value {
        Value::Table(table) => Ok(table),
        _ => Err(node.wrong(key, "a table")),
    }
}

/// A name is one word, and not one of the host's.
fn check_name(key: &Key) -> Result<(), ConfigError> {
    let is_word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let name = &key.name;
    let problem = if NAMES.contains(&&**name) {
        format!("`{name}` has a meaning of its own: write it right under [html]")
    } else if name.is_empty() || !name.bytes().all(is_word) {
        format!("the name `{name}` must be lower-case letters, digits and `-`")
    } else {
        return Ok(());
    };
    Err(ConfigError::at(key.place.to_string(), problem))
}

fn read_list(table: &Table, name: &str, to: &mut Vec<Named>) -> Result<(), ConfigError> {
    for (text, place) in table.texts(name)? {
        let selector = Selector::parse(&text).map_err(|error| wrong(&text, &place, &error))?;
        to.push(Named {
            name: name.to_owned(),
            text,
            place,
            selector,
        });
    }
    Ok(())
}

/// The error with the place in the selector, if it stands in the file as it is
/// and not with escapes.
fn wrong(text: &str, place: &Place, error: &SelectorError) -> ConfigError {
    let mut place = place.clone();
    let inside = place.offset + 1;
    if place
        .file
        .text
        .get(inside..)
        .is_some_and(|rest| rest.starts_with(text))
    {
        place.offset = inside + error.at;
    }
    ConfigError::at(place.to_string(), format!("selector `{text}`: {error}"))
}

/// The selectors of a profile, ready to be asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    named: Vec<Named>,
    selectors: Selectors,
}

impl Marks {
    pub(crate) fn new(named: Vec<Named>) -> Self {
        let selectors = named.iter().map(|named| named.selector.clone()).collect();
        Self {
            selectors: Selectors::new(selectors),
            named,
        }
    }

    /// Notes on a page's elements which selectors they match, and on the page
    /// which of the host's names match nothing.
    pub(crate) fn mark(&self, document: &mut Document) {
        if document.elements().is_empty() || self.named.is_empty() {
            return;
        }
        let found = self.selectors.matches(&Tree::of(document.elements()));
        let mut is_stale = vec![true; self.named.len()];
        for (element, at) in found {
            is_stale[at] = false;
            document
                .elements_mut()
                .select(element, &self.named[at].name);
        }
        let named = self.named.iter().zip(is_stale);
        for (named, _) in named.filter(|(named, stale)| *stale && NAMES.contains(&&*named.name)) {
            let note = format!("stale-selector: {} = {}", named.name, named.text);
            document.know("note", &note);
        }
    }
}
