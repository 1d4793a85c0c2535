//! What `clean profile new` and `clean plugin new` take.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

const NEW_PROFILE: &str = "\
Examples:
  clean profile new keld-courier                   a profile and a first case
  clean profile new keld-courier --from stories/   with what repeats in documents
`clean learn` looks at many documents, and closer.";

/// What `clean profile new` takes.
#[derive(Debug, Args)]
#[command(after_help = NEW_PROFILE)]
pub(crate) struct NewProfile {
    /// The profile's name: lower-case letters, digits and `-`
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// The publisher's name for people; made from NAME if it is not given
    #[arg(long, value_name = "TITLE")]
    pub(crate) title: Option<String>,

    /// Documents of the publisher to propose hosts, phrases and rules from;
    /// the first becomes the case
    #[arg(long, value_name = "DOCUMENT", num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub(crate) from: Vec<PathBuf>,

    /// The folder that has or gets config/profiles and tests/cases
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,
}

const NEW_PLUGIN: &str = "\
Examples:
  clean plugin new drop-odds             a crate in ./drop-odds
  clean plugin new drop-odds --lang c    a C file, its header, how to build it";

/// What `clean plugin new` takes.
#[derive(Debug, Args)]
#[command(after_help = NEW_PLUGIN)]
pub(crate) struct NewPlugin {
    /// The plugin's name, a verb that says what it does: lower-case letters,
    /// digits and `-`
    #[arg(value_name = "NAME")]
    pub(crate) name: String,

    /// The language to write it in
    #[arg(long, value_name = "LANG", default_value = "rust")]
    pub(crate) lang: Language,

    /// The folder in which the plugin's own is made
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,

    /// Use the kit of a checkout of cleancopy instead of a copy beside the
    /// plugin
    #[arg(long, value_name = "CHECKOUT", value_hint = ValueHint::DirPath)]
    pub(crate) sdk: Option<PathBuf>,
}

/// What a plugin is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// A crate that uses the kit for plugins
    Rust,
    /// A C file
    C,
}
