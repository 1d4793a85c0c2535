//! Printing a profile with everything it inherits.

use std::fmt::Write;

use crate::node::{Node, Table, Value};
use crate::place::Place;
use crate::profile::{Match, Profile, Step};
use crate::selectors::{NAMES, Selector};

impl Profile {
    /// The merged profile as TOML, every line with its origin as a comment.
    #[must_use]
    pub fn show(&self) -> String {
        let mut lines = Lines::default();
        lines.add(format!("name = {}", quoted(&self.name)), None);
        for (key, value) in [("title", &self.title), ("language", &self.language)] {
            if let Some(value) = value {
                lines.add(format!("{key} = {}", quoted(value)), None);
            }
        }
        let Self { matching, .. } = self;
        if *matching != Match::default() {
            lines.add("\n[match]".to_owned(), None);
            lines.add(format!("hosts = {}", list(&matching.hosts)), None);
            lines.add(format!("phrases = {}", list(&matching.phrases)), None);
        }
        for (sign, place) in &matching.signs {
            let id = sign
                .get("id")
                .and_then(|id| id.as_str())
                .unwrap_or_default();
            lines.add(format!("# sign {}  ({place})", quoted(id)), None);
        }
        lines.selectors(&self.selectors);
        for step in &self.steps {
            lines.step(step);
        }
        lines.finish()
    }
}

#[derive(Default)]
struct Lines(Vec<(String, Option<String>)>);

impl Lines {
    fn add(&mut self, text: String, place: Option<&Place>) {
        self.0
            .push((text, place.map(|p| format!("{}:{}", p.file.name, p.line()))));
    }

    fn selectors(&mut self, selectors: &[Selector]) {
        for name in NAMES {
            let mut of_name = selectors.iter().filter(|s| s.name == *name).peekable();
            if of_name.peek().is_some() {
                self.add(format!("\nhtml.{name} = ["), None);
                for selector in of_name {
                    self.add(
                        format!("    {},", quoted(&selector.text)),
                        Some(&selector.place),
                    );
                }
                self.add("]".to_owned(), None);
            }
        }
    }

    fn step(&mut self, step: &Step) {
        self.add("\n[[chain]]".to_owned(), None);
        self.add(format!("use = {}", quoted(&step.plugin)), Some(&step.place));
        for (pack, place) in &step.packs {
            self.add(format!("# pack {}", quoted(pack)), Some(place));
        }
        for (rule, place) in &step.without {
            self.add(format!("# without {}", quoted(rule)), Some(place));
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
            self.add("[[chain.rule]]".to_owned(), Some(&rule.place));
            if let Value::Table(table) = &rule.value {
                self.table(table);
            }
        }
    }

    fn table(&mut self, table: &Table) {
        for (key, node) in &table.0 {
            self.add(format!("{} = {}", key.name, shown(node)), Some(&key.place));
        }
    }

    fn finish(self) -> String {
        let width = self.0.iter().filter(|(_, origin)| origin.is_some());
        let width = width
            .map(|(text, _)| text.chars().count())
            .filter(|n| *n <= 72)
            .max();
        let width = width.unwrap_or(0);
        let mut out = String::new();
        for (text, origin) in self.0 {
            // Writing to a string cannot fail.
            let _ = match origin {
                Some(origin) => writeln!(out, "{text:width$}  # {origin}"),
                None => writeln!(out, "{text}"),
            };
        }
        out
    }
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quoted(text),
        Value::Whole(whole) => whole.to_string(),
        Value::Real(real) => real.to_string(),
        Value::Truth(truth) => truth.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(nodes) => {
            format!(
                "[{}]",
                nodes.iter().map(shown).collect::<Vec<_>>().join(", ")
            )
        }
        Value::Table(table) => {
            let entries = table
                .0
                .iter()
                .map(|(k, n)| format!("{} = {}", k.name, shown(n)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn list(texts: &[String]) -> String {
    format!(
        "[{}]",
        texts
            .iter()
            .map(|t| quoted(t))
            .collect::<Vec<_>>()
            .join(", ")
    )
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
