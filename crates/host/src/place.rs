//! Where something stands in a file.

use std::sync::Arc;

/// A TOML file with its text, so that an offset becomes a line and a column.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// As it is shown to people.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A byte offset in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) offset: usize,
}

impl Place {
    /// 1-based line.
    pub(crate) fn line(&self) -> usize {
        self.before().matches('\n').count() + 1
    }

    fn before(&self) -> &str {
        self.file.text.get(..self.offset).unwrap_or(&self.file.text)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let column = self
            .before()
            .rsplit('\n')
            .next()
            .map_or(0, |l| l.chars().count())
            + 1;
        write!(f, "{}:{}:{column}", self.file.name, self.line())
    }
}
