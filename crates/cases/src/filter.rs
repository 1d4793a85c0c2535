//! Which cases and rules are wanted, by their names.

use globset::{GlobBuilder, GlobMatcher};

/// A text that names have in them, or a glob that whole names are like.
#[derive(Debug, Clone)]
pub struct Filter {
    text: String,
    glob: Option<GlobMatcher>,
}

impl Filter {
    /// A text with `*`, `?`, `[` or `{` in it is a glob, in which `*` stands
    /// for any characters, `/` among them.
    ///
    /// # Errors
    /// The glob is none, such as one with a bracket that nothing closes.
    pub fn new(text: &str) -> Result<Self, globset::Error> {
        let glob = if is_glob(text) {
            let glob = GlobBuilder::new(text).literal_separator(false).build()?;
            Some(glob.compile_matcher())
        } else {
            None
        };
        Ok(Self {
            text: text.to_owned(),
            glob,
        })
    }

    /// Whether a name is wanted.
    #[must_use]
    pub fn takes(&self, name: &str) -> bool {
        match &self.glob {
            Some(glob) => glob.is_match(name),
            None => name.contains(&self.text),
        }
    }
}

/// Whether a text has characters that mean something in a glob.
#[must_use]
pub fn is_glob(text: &str) -> bool {
    text.contains(['*', '?', '[', '{'])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_anywhere_and_globs_are_whole() {
        let takes = |filter: &str, name: &str| Filter::new(filter).unwrap().takes(name);
        assert!(takes("live", "keld/live-1"));
        assert!(takes("keld/*", "keld/live-1") && takes("*live*", "keld/live-1"));
        assert!(takes("{keld,dale}/live-[0-9]", "keld/live-1"));
        assert!(!takes("live-*", "keld/live-1") && !takes("keld/?", "keld/live-1"));
        assert!(Filter::new("keld/[").is_err());
    }
}
