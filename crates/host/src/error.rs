//! What can go wrong, and what to do about it.

use std::path::PathBuf;

use cleancopy_model::IllegalEdit;

/// Something is wrong with a profile, a pack or a setting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", .place.as_ref().map_or(String::new(), |p| format!("{p}: ")))]
pub struct ConfigError {
    /// `file:line:column`, both 1-based, the column in characters; or only
    /// the file.
    pub place: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

impl ConfigError {
    pub(crate) fn at(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: Some(place.into()),
            message: message.into(),
        }
    }
}

/// A plugin cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PluginError {
    /// No folder has it.
    #[error("no plugin `{name}`{hint}; looked in {searched}")]
    Missing {
        /// The name in the profile.
        name: String,
        /// The nearest name there is, as a question.
        hint: String,
        /// The folders, separated by commas.
        searched: String,
    },
    /// Somebody else could have put code there.
    #[error("{path}: {problem}, so it could hold anybody's code; {remedy}", path = .path.display())]
    NotTrusted {
        /// The folder or file.
        path: PathBuf,
        /// Who can write to it.
        problem: String,
        /// The command that mends it.
        remedy: String,
    },
    /// It is no shared library for this machine, or no cleancopy plugin.
    #[error("{path}: {problem}", path = .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is instead, and what to do.
        problem: String,
    },
    /// It was built for another version of the boundary.
    #[error(
        "{path}: the plugin speaks ABI {theirs}, this program {ours}; {remedy}",
        path = .path.display()
    )]
    WrongAbi {
        /// The file.
        path: PathBuf,
        /// Its version.
        theirs: String,
        /// The host's version.
        ours: String,
        /// Which of the two to renew.
        remedy: &'static str,
    },
    /// It could not make an instance or describe its settings.
    #[error("plugin `{plugin}`: {message}")]
    Failed {
        /// The plugin.
        plugin: String,
        /// Which setting, such as `rules[3].regex`; empty if none.
        path: String,
        /// What it said.
        message: String,
    },
}

/// A chain could not be set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// A profile or a setting is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A plugin cannot be used.
    #[error(transparent)]
    Plugin(#[from] PluginError),
}

/// A document could not be cleaned. It is to be set aside as it came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CleanError {
    /// A plugin proposed something that must not be done.
    #[error(transparent)]
    Illegal(#[from] IllegalEdit),
    /// A plugin sent something that is no edit.
    #[error("plugin `{plugin}`, rule `{rule}`: {problem}")]
    Malformed {
        /// The plugin.
        plugin: String,
        /// The rule it named, if it did.
        rule: String,
        /// What is wrong.
        problem: String,
    },
    /// A plugin failed or panicked.
    #[error("plugin `{plugin}` failed: {message}")]
    Failed {
        /// The plugin.
        plugin: String,
        /// What it said, and where.
        message: String,
    },
    /// The chain finds something new to change every time it runs.
    #[error(
        "the chain still changes its own output after {rounds} rounds; last was plugin \
         `{plugin}`, rule `{rule}`"
    )]
    NeverSettles {
        /// How often the chain ran.
        rounds: usize,
        /// The last plugin that changed something.
        plugin: String,
        /// Its rule.
        rule: String,
    },
}
