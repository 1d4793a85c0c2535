//! What is known about a document or a section.

/// Keys that hold a list; every other key holds one text.
pub const LIST_KEYS: &[&str] = &["byline", "agency", "caption", "note", "inferred"];

/// What the key of a hint begins with: something the reader tells the cleaners
/// and no writer writes, such as the article's text as the page's own data
/// have it.
pub const HINT: char = '_';

/// Keys and their values, in the order they were first set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    entries: Vec<(String, Vec<String>)>,
}

impl Metadata {
    /// No metadata.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value.
    ///
    /// A list takes every value once; for any other key the first value stays.
    pub fn add(&mut self, key: &str, value: &str) {
        let list = LIST_KEYS.contains(&key);
        match self.entries.iter_mut().find(|(k, _)| k == key) {
            Some((_, values)) if list && !values.iter().any(|v| v == value) => {
                values.push(value.to_owned());
            }
            Some(_) => {}
            None => self.entries.push((key.to_owned(), vec![value.to_owned()])),
        }
    }

    /// The values of a key; empty when it is not set.
    #[must_use]
    pub fn get(&self, key: &str) -> &[String] {
        self.entries
            .iter()
            .find(|(k, _)| k == key)
            .map_or(&[], |(_, v)| v)
    }

    /// Whether nothing is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The keys that are no hints, with their values.
    pub fn shown(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.iter().filter(|(key, _)| !key.starts_with(HINT))
    }

    /// All keys with their values, hints too.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.entries.iter().map(|(k, v)| (k.as_str(), v.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_grow_and_texts_stay() {
        let mut metadata = Metadata::new();
        for (key, value) in [
            ("byline", "A"),
            ("byline", "B"),
            ("byline", "A"),
            ("dateline", "X"),
            ("dateline", "Y"),
        ] {
            metadata.add(key, value);
        }
        assert_eq!(metadata.get("byline"), ["A", "B"]);
        assert_eq!(metadata.get("dateline"), ["X"]);
    }
}
