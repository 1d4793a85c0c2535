//! Printing a profile with everything it inherits, as TOML that can be saved.

use std::fmt::Write;

use serde_json::Value as Json;

use crate::matching::Match;
use crate::node::{Node, Table, Value};
use crate::place::Place;
use crate::profile::Profile;
use crate::selectors::Named;
use crate::step::Step;

impl Profile {
    /// The merged profile as TOML: saved under its name it does what the
    /// profile does, whatever becomes of the parents. With `origin`, every
    /// line says in a comment which file and line it comes from.
    #[must_use]
    pub fn show(&self, origin: bool) -> String {
        let mut lines = Lines::default();
        lines.add("schema = 1".to_owned(), None);
        lines.add(format!("name = {}", quoted(&self.name)), None);
        for (key, value) in [("title", &self.title), ("language", &self.language)] {
            if let Some(value) = value {
                lines.add(format!("{key} = {}", quoted(value)), None);
            }
        }
        lines.matching(self);
        lines.selectors(&self.selectors);
        for step in &self.steps {
            lines.step(step);
        }
        lines.finish(origin)
    }
}

/// Lines, each with its origin.
#[derive(Default)]
struct Lines(Vec<(String, Option<String>)>);

impl Lines {
    fn add(&mut self, text: String, place: Option<&Place>) {
        self.0.push((text, place.map(short)));
    }

    fn matching(&mut self, profile: &Profile) {
        let matching = &profile.matching;
        if *matching == Match::default() {
            return;
        }
        self.add("\n[match]".to_owned(), None);
        let Match {
            hosts,
            phrases,
            languages,
            ..
        } = matching;
        for (key, texts) in [
            ("hosts", hosts),
            ("phrases", phrases),
            ("languages", languages),
        ] {
            let texts = texts.iter().map(|text| (text, matching.place(text)));
            self.list(key, texts.collect());
        }
        for (sign, place) in &matching.signs {
            // The column says nothing that the line does not.
            let place = place.rsplit_once(':').map(|(line, _)| line.to_owned());
            self.0.push(("\n[[match.rule]]".to_owned(), place));
            for (name, value) in sign.as_object().into_iter().flatten() {
                self.add(format!("{} = {}", key(name), json(value)), None);
            }
        }
    }

    /// A list, one element a line where there are several.
    fn list(&mut self, key: &str, texts: Vec<(&String, Option<&Place>)>) {
        match texts.as_slice() {
            [] => {}
            [(text, place)] => self.add(format!("{key} = [{}]", quoted(text)), *place),
            texts => {
                self.add(format!("{key} = ["), None);
                for (text, place) in texts {
                    self.add(format!("    {},", quoted(text)), *place);
                }
                self.add("]".to_owned(), None);
            }
        }
    }

    fn selectors(&mut self, selectors: &[Named]) {
        let mut keys: Vec<String> = Vec::new();
        for key in selectors.iter().map(Named::key) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        for key in keys {
            self.add(format!("\n{key} = ["), None);
            for selector in selectors.iter().filter(|s| s.key() == key) {
                self.add(
                    format!("    {},", quoted(&selector.text)),
                    Some(&selector.place),
                );
            }
            self.add("]".to_owned(), None);
        }
    }

    fn step(&mut self, step: &Step) {
        self.add("\n[[chain]]".to_owned(), None);
        self.add(format!("use = {}", quoted(&step.plugin)), Some(&step.place));
        for (key, texts) in [("packs", &step.packs), ("without", &step.without)] {
            self.list(
                key,
                texts.iter().map(|(t, place)| (t, Some(place))).collect(),
            );
        }
        if let Some(whole) = step.whole {
            let unit = if whole { "document" } else { "item" };
            self.add(format!("unit = {}", quoted(unit)), Some(&step.place));
        }
        if step.once {
            self.add("once = true".to_owned(), Some(&step.place));
        }
        self.table(&step.settings);
        for rule in &step.rules {
            self.add("\n[[chain.rule]]".to_owned(), Some(&rule.place));
            if let Value::Table(table) = &rule.value {
                self.table(table);
            }
        }
    }

    fn table(&mut self, table: &Table) {
        for (name, node) in &table.0 {
            let text = format!("{} = {}", key(&name.name), shown(node));
            self.add(text, Some(&name.place));
        }
    }

    fn finish(self, origin: bool) -> String {
        let width = self.0.iter().filter(|(_, origin)| origin.is_some());
        let width = width
            .map(|(text, _)| text.trim_start_matches('\n').chars().count())
            .filter(|n| *n <= 72)
            .max();
        let width = width.unwrap_or(0);
        let mut out = String::new();
        for (text, place) in self.0 {
            // A line break in front belongs to no column.
            let line = text.trim_start_matches('\n');
            out.push_str(&text[..text.len() - line.len()]);
            // Writing to a string cannot fail.
            let _ = match place.filter(|_| origin) {
                Some(place) => writeln!(out, "{line:width$}  # {place}"),
                None => writeln!(out, "{line}"),
            };
        }
        out
    }
}

/// `file:line`
fn short(place: &Place) -> String {
    format!("{}:{}", place.file.name, place.line())
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Whole(whole) => whole.to_string(),
        // A whole number must stay a real one.
        Value::Real(real) => format!("{real:?}"),
        Value::Truth(truth) => truth.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(nodes) => format!("[{}]", joined(nodes.iter().map(shown))),
        Value::Table(table) => {
            let entries = table.0.iter();
            let entries = entries.map(|(k, n)| format!("{} = {}", key(&k.name), shown(n)));
            format!("{{ {} }}", joined(entries))
        }
    }
}

/// JSON that came from TOML, as TOML.
fn json(value: &Json) -> String {
    match value {
        Json::String(text) => quoted(text),
        Json::Array(list) => format!("[{}]", joined(list.iter().map(json))),
        Json::Object(table) => {
            let entries = table.iter();
            let entries = entries.map(|(k, value)| format!("{} = {}", key(k), json(value)));
            format!("{{ {} }}", joined(entries))
        }
        other => other.to_string(),
    }
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(", ")
}

/// A key, in quotation marks where it needs them.
fn key(name: &str) -> String {
    let bare = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if !name.is_empty() && name.bytes().all(bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
