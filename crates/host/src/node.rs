//! TOML values that know where they stand.

use std::sync::Arc;

use serde_json::{Map, Number};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::ConfigError;
use crate::nearest::hint;
use crate::place::{Place, SourceFile};

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Whole(i64),
    Real(f64),
    Truth(bool),
    /// A date or a time, as it was written.
    Date(String),
    List(Vec<Node>),
    Table(Table),
}

/// A table in the order of the file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Table(pub(crate) Vec<(Key, Node)>);

/// A key and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) place: Place,
}

/// Parses a TOML file.
///
/// # Errors
/// The first syntax error, with its place.
pub(crate) fn parse(name: &str, text: &str) -> Result<Table, ConfigError> {
    let file = Arc::new(SourceFile {
        name: name.to_owned(),
        text: text.to_owned(),
    });
    let table = DeTable::parse(text).map_err(|error| {
        let offset = error.span().map_or(0, |span| span.start);
        let place = Place {
            file: Arc::clone(&file),
            offset,
        };
        ConfigError::at(place.to_string(), error.message().replace('\n', ", "))
    })?;
    Ok(table_of(table.get_ref(), &file))
}

fn table_of(table: &DeTable<'_>, file: &Arc<SourceFile>) -> Table {
    let place = |offset| Place {
        file: Arc::clone(file),
        offset,
    };
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let name = key.get_ref().to_string();
            (
                Key {
                    name,
                    place: place(key.span().start),
                },
                node_of(value, file),
            )
        })
        .collect();
    entries.sort_by_key(|(key, _)| key.place.offset);
    Table(entries)
}

fn node_of(value: &Spanned<DeValue<'_>>, file: &Arc<SourceFile>) -> Node {
    let place = Place {
        file: Arc::clone(file),
        offset: value.span().start,
    };
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(whole) => {
            let parsed = i64::from_str_radix(whole.as_str(), whole.radix());
            parsed.map_or_else(|_| Value::Text(whole.to_string()), Value::Whole)
        }
        DeValue::Float(real) => {
            let parsed = real.as_str().parse();
            parsed.map_or_else(|_| Value::Text(real.to_string()), Value::Real)
        }
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::List(list.iter().map(|v| node_of(v, file)).collect()),
        DeValue::Table(table) => Value::Table(table_of(table, file)),
    };
    Node { value, place }
}

impl Table {
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.0
            .iter()
            .find(|(k, _)| k.name == key)
            .map(|(_, node)| node)
    }

    /// Sets a key, whatever it was before.
    pub(crate) fn put(&mut self, key: Key, node: Node) {
        self.0.retain(|(known, _)| known.name != key.name);
        self.0.push((key, node));
    }

    /// Checks that the table has no key besides the known ones.
    pub(crate) fn only(&self, what: &str, known: &[&str]) -> Result<(), ConfigError> {
        let unknown = self
            .0
            .iter()
            .find(|(key, _)| !known.contains(&key.name.as_str()));
        unknown.map_or(Ok(()), |(key, _)| Err(unknown_key(what, key, known)))
    }

    /// The text under a key, if it is there.
    pub(crate) fn text(&self, key: &str) -> Result<Option<(&str, &Place)>, ConfigError> {
        self.get(key)
            .map(|node| Ok((node.text(key)?, &node.place)))
            .transpose()
    }

    /// The texts under a key: one text, a list, or nothing.
    pub(crate) fn texts(&self, key: &str) -> Result<Vec<(String, Place)>, ConfigError> {
        let Some(node) = self.get(key) else {
            return Ok(Vec::new());
        };
        let nodes = match &node.value {
            Value::List(list) => list.as_slice(),
            _ => std::slice::from_ref(node),
        };
        nodes
            .iter()
            .map(|n| Ok((n.text(key)?.to_owned(), n.place.clone())))
            .collect()
    }

    pub(crate) fn truth(&self, key: &str) -> Result<bool, ConfigError> {
        match self.get(key).map(|n| (&n.value, n)) {
            None => Ok(false),
            Some((Value::Truth(truth), _)) => Ok(*truth),
            Some((_, node)) => Err(node.wrong(key, "true or false")),
        }
    }

    /// The tables of an array of tables such as `[[rule]]`.
    pub(crate) fn tables(&self, key: &str) -> Result<Vec<(&Table, &Place)>, ConfigError> {
        let Some(node) = self.get(key) else {
            return Ok(Vec::new());
        };
        let Value::List(list) = &node.value else {
            return Err(node.wrong(key, &format!("written as [[{key}]]")));
        };
        list.iter()
            .map(|n| match &n.value {
                Value::Table(table) => Ok((table, &n.place)),
                _ => Err(n.wrong(key, &format!("written as [[{key}]]"))),
            })
            .collect()
    }
}

pub(crate) fn unknown_key(what: &str, key: &Key, known: &[&str]) -> ConfigError {
    let name = &key.name;
    let hint = match hint(name, known.iter().copied()) {
        none if none.is_empty() => format!("; known: {}", known.join(", ")),
        hint => hint,
    };
    ConfigError::at(
        key.place.to_string(),
        format!("unknown key `{name}` in {what}{hint}"),
    )
}

impl Node {
    pub(crate) fn text(&self, key: &str) -> Result<&str, ConfigError> {
        match &self.value {
            Value::Text(text) => Ok(text),
            _ => Err(self.wrong(key, "text in quotes")),
        }
    }

    pub(crate) fn wrong(&self, key: &str, wanted: &str) -> ConfigError {
        ConfigError::at(self.place.to_string(), format!("`{key}` must be {wanted}"))
    }

    /// The value as JSON; dates become text.
    pub(crate) fn json(&self) -> serde_json::Value {
        match &self.value {
            Value::Text(text) | Value::Date(text) => text.as_str().into(),
            Value::Whole(whole) => (*whole).into(),
            Value::Real(real) => Number::from_f64(*real).into(),
            Value::Truth(truth) => (*truth).into(),
            Value::List(list) => list.iter().map(Node::json).collect::<Vec<_>>().into(),
            Value::Table(table) => table.json(),
        }
    }
}

impl Table {
    pub(crate) fn json(&self) -> serde_json::Value {
        let entries = self
            .0
            .iter()
            .map(|(key, node)| (key.name.clone(), node.json()));
        entries.collect::<Map<_, _>>().into()
    }
}
