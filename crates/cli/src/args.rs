//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

/// Clean copy from dirty news text, with a record of everything that left.
#[derive(Debug, Parser)]
#[command(
    name = "clean",
    version,
    after_help = EXAMPLES,
    after_long_help = EXAMPLES,
    disable_help_subcommand = true,
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) clean: CleanArgs,

    #[command(flatten)]
    pub(crate) shared: Shared,
}

const EXAMPLES: &str = "\
Examples:
  clean --profile independent story.txt       clean text on standard output
  clean --diff story.txt                      what left, and which rule took it
  clean --explain story.txt                   the same as a list
  clean --format json story.txt > story.json  everything, restorable
  clean restore story.json                    the source again, byte for byte
  clean stories/ -o cleaned/                  a whole folder
  clean --format json page.html > story.json  the article of an HTML page
  clean --format json feed.xml                an RSS or Atom feed, item by item
  extractor page.html | clean -               in a pipe

Exit codes: 0 all is well, 1 a document was set aside, 2 nothing could be done.";

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Shared {
    /// Look for profiles/ and packs/ in DIR first; may be given several times
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    #[arg(help_heading = "Where things are")]
    pub(crate) config: Vec<PathBuf>,

    /// Look for plugins in DIR first; may be given several times
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    #[arg(help_heading = "Where things are")]
    pub(crate) plugin_dir: Vec<PathBuf>,

    /// When to use colour
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        hide_possible_values = false
    )]
    pub(crate) color: ColorWhen,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What `clean FILE…` takes.
#[derive(Debug, Args)]
pub(crate) struct CleanArgs {
    /// Files and folders to clean, plain text, pages or feeds; `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// The publisher's profile, or `auto` to find it for each document
    #[arg(short, long, value_name = "NAME", default_value = "auto")]
    pub(crate) profile: String,

    /// Where the document was published; helps `auto` and goes into the JSON
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) url: Option<String>,

    /// What to print
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,

    /// Print what left as a diff, with the rule beside each line
    #[arg(short, long, conflicts_with_all = ["format", "explain"])]
    pub(crate) diff: bool,

    /// Print every removal with its rule
    #[arg(short, long, conflicts_with = "format")]
    pub(crate) explain: bool,

    /// Write to a file, or into a folder under the inputs' names
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) output: Option<PathBuf>,

    /// Do not mark where items and entries start
    #[arg(long)]
    pub(crate) no_marks: bool,

    /// What becomes of captions
    #[arg(long, value_name = "WHAT", default_value = "lift")]
    pub(crate) captions: Captions,

    /// What becomes of headlines
    #[arg(long, value_name = "WHAT", default_value = "keep")]
    pub(crate) headline: Headline,

    /// The encoding of the input, such as windows-1252
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,

    /// Say nothing on standard error unless something is wrong
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// What becomes of captions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Captions {
    /// They stay where they are
    Keep,
    /// They leave the body and become metadata
    Lift,
    /// They leave
    Drop,
}

/// What becomes of headlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Headline {
    /// They stay where they are
    Keep,
    /// They leave the body; the metadata have them
    Drop,
}

/// What to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The source's own lines less what left
    Text,
    /// Text, metadata and record, one object a document
    Json,
    /// The same, one line a document
    Jsonl,
    /// A unified diff from the source, with the rule beside each deletion
    Diff,
    /// Headings, paragraphs and lists
    Markdown,
    /// Every removal with its rule
    #[value(skip)]
    Explain,
}

impl Format {
    /// The file name extension of the format.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Text | Self::Explain => "txt",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Diff => "diff",
            Self::Markdown => "md",
        }
    }
}

impl CleanArgs {
    /// The format, with the shorthands seen to.
    pub(crate) fn wanted(&self) -> Format {
        match (self.diff, self.explain) {
            (true, _) => Format::Diff,
            (_, true) => Format::Explain,
            _ => self.format,
        }
    }
}

/// Everything that is not cleaning.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Rebuild the source from the JSON of a clean document
    Restore(RestoreArgs),
    /// List, show and check profiles
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// List and inspect plugins
    #[command(subcommand)]
    Plugin(PluginCommand),
    /// Print a completion script for a shell
    ///
    /// For bash: clean completions bash > ~/.local/share/bash-completion/completions/clean
    #[command(verbatim_doc_comment)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the JSON Schema of the JSON output
    Schema,
}

/// What `clean restore` takes.
#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The JSON that `clean --format json` printed; `-` is standard input
    #[arg(value_name = "CLEANED.json", value_hint = ValueHint::FilePath)]
    pub(crate) cleaned: PathBuf,

    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// What can be done with profiles.
#[derive(Debug, Subcommand)]
pub(crate) enum ProfileCommand {
    /// Every profile within reach
    List,
    /// A profile with everything it inherits, and where each line comes from
    Show {
        /// The profile
        name: String,
    },
    /// Check profiles, their packs, plugins and the evidence of their rules
    Check {
        /// The profiles; all of them if none is given
        names: Vec<String>,
    },
    /// What speaks for which profile, for each document
    Detect {
        /// The documents; `-` is standard input
        #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
        files: Vec<PathBuf>,
        /// Where the documents were published
        #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
        url: Option<String>,
    },
}

/// What can be done with plugins.
#[derive(Debug, Subcommand)]
pub(crate) enum PluginCommand {
    /// Every plugin within reach, and which one a profile gets
    List,
    /// Name, version, ABI and settings of a plugin
    Inspect {
        /// A plugin's file, or its name
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        plugin: PathBuf,
    },
}
