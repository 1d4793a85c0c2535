//! What one source says of a page, before it is known whether it is believed.

use super::live::LiveBlog;

/// What one source says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// A type of schema.org: `NewsArticle`.
    pub(super) kind: Option<String>,
    pub(super) headline: Option<String>,
    /// Addresses of the page, the one for people first.
    pub(super) urls: Vec<String>,
    pub(super) authors: Vec<Author>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) section: Option<String>,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    pub(super) description: Option<String>,
    pub(super) body: Option<String>,
    pub(super) is_free: Option<bool>,
    pub(super) live: Option<LiveBlog>,
}

/// Who wrote it, as it is written: perhaps several names, perhaps with jobs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Author {
    pub(super) written: String,
    pub(super) is_organisation: bool,
}

impl Author {
    pub(super) fn new(written: &str) -> Self {
        Self {
            written: written.to_owned(),
            is_organisation: false,
        }
    }
}

/// Sets what is not known yet, to a text that says something.
pub(super) fn set(fact: &mut Option<String>, text: Option<String>) {
    if fact.is_none() {
        *fact = text.filter(|text| says_something(text));
    }
}

/// Whether a text is more than what templates leave where they know nothing.
fn says_something(text: &str) -> bool {
    let empty = [
        "null",
        "undefined",
        "none",
        "false",
        "n/a",
        "[object object]",
    ];
    let template = text.contains("{{") || text.contains("${");
    text.contains(char::is_alphanumeric)
        && !template
        && !empty.iter().any(|e| text.eq_ignore_ascii_case(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_text_that_says_something_stays() {
        let mut fact = None;
        for text in ["", "null", " - ", "{{title}}", "Pier sold", "Pier lost"] {
            set(&mut fact, Some(text.to_owned()));
        }
        assert_eq!(fact.as_deref(), Some("Pier sold"));
    }
}
