//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::drift::DriftArgs;
use crate::learn::LearnArgs;
use crate::record_args::RecordArgs;
use crate::test::TestArgs;
use crate::watch::WatchArgs;

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
  clean stories/ -o cleaned/                  a whole folder, on all cores
  clean --slim crawl.jsonl.zst -o clean.jsonl.zst   records; other fields stay
  clean crawl/ -o cleaned/ --resume           goes on where a run stopped
  clean crawl/ -o cleaned/ --shard 3/8        the third of eight shares
  clean --format json page.html > story.json  the article of an HTML page
  clean --format json feed.xml                an RSS or Atom feed, item by item
  clean --as liveblog --split-dir posts/ live.txt   a file for every post
  extractor page.html | clean -               in a pipe
  clean test                                  golden cases and the evidence of rules
  clean watch NAME story.txt                  what every edit of a profile changes

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
        hide_possible_values = false,
        help_heading = None
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
#[derive(Debug, Clone, Args)]
pub(crate) struct CleanArgs {
    /// What to clean: files, folders and quoted globs of text, pages, feeds and
    /// records (JSON lines, CSV, Parquet, WARC, WET); `-` is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// The publisher's profile, or `auto` to find it for each document
    #[arg(short, long, value_name = "NAME", default_value = "auto")]
    pub(crate) profile: String,

    /// What the documents are; `auto` splits only where the page shows it
    #[arg(long = "as", value_name = "KIND", default_value = "auto")]
    #[arg(help_heading = "Posts and items")]
    pub(crate) kind: Kind,

    /// Leave out posts that are less sure than this, from 0 to 1
    #[arg(long, value_name = "P", value_parser = share)]
    #[arg(help_heading = "Posts and items")]
    pub(crate) min_confidence: Option<f64>,

    /// Write each post or item to a file of its own, with its metadata: folder
    /// DIR gets a folder for each document, with 0000 the lead, 0001 the first
    /// post and so on
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    #[arg(conflicts_with_all = ["output", "diff", "explain"])]
    #[arg(help_heading = "Posts and items")]
    pub(crate) split_dir: Option<PathBuf>,

    /// Change a setting of a step, such as `split-liveblog.times="lift"`; may
    /// be given several times
    #[arg(long, value_name = "STEP.KEY=VALUE", value_parser = setting)]
    pub(crate) set: Vec<Setting>,

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

    /// What becomes of lines that say who wrote a text, where and when
    #[arg(long, value_name = "WHAT", default_value = "lift")]
    pub(crate) metadata_lines: MetadataLines,

    /// What becomes of headlines and paragraphs that stand twice
    #[arg(long, value_name = "WHAT", default_value = "keep-first")]
    pub(crate) repeats: Repeats,

    /// The encoding of the input, such as windows-1252
    #[arg(long, value_name = "NAME")]
    pub(crate) encoding: Option<String>,

    /// Say nothing on standard error unless something is wrong
    #[arg(short, long)]
    pub(crate) quiet: bool,

    #[command(flatten)]
    pub(crate) records: RecordArgs,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Whatever the page shows; a plain article is never split
    Auto,
    /// One article: never split
    Article,
    /// A liveblog or round-up: split into its posts, in doubt by the wording
    Liveblog,
    /// Many items of a feed on one page
    Digest,
}

/// A setting of a step that was given on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The step's plugin.
    pub(crate) step: String,
    pub(crate) key: String,
    /// TOML, or a text without quotation marks.
    pub(crate) value: String,
    /// The option it comes from, for people.
    pub(crate) origin: String,
    /// Whether a profile without the step does without the setting, too.
    pub(crate) optional: bool,
}

/// Reads `STEP.KEY=VALUE`.
fn setting(text: &str) -> Result<Setting, String> {
    let parts = text.split_once('=');
    let parts = parts.and_then(|(name, value)| Some((name.split_once('.')?, value)));
    let Some(((step, key), value)) = parts else {
        return Err("must be STEP.KEY=VALUE, such as split-liveblog.times=lift".to_owned());
    };
    Ok(Setting {
        step: step.trim().to_owned(),
        key: key.trim().to_owned(),
        value: value.trim().to_owned(),
        origin: format!("--set {text}"),
        optional: false,
    })
}

/// Reads a number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let number = text
        .parse()
        .ok()
        .filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "must be a number from 0 to 1".to_owned())
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

impl From<Captions> for cleancopy_host::Captions {
    fn from(asked: Captions) -> Self {
        match asked {
            Captions::Keep => Self::Keep,
            Captions::Lift => Self::Lift,
            Captions::Drop => Self::Drop,
        }
    }
}

/// What becomes of headlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Headline {
    /// They stay where they are
    Keep,
    /// They leave the body; the metadata have them
    Drop,
}

/// What becomes of bylines, datelines and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MetadataLines {
    /// They stay where they are; the metadata have them too
    Keep,
    /// They leave the body and become metadata
    Lift,
}

/// What becomes of what stands twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Repeats {
    /// The first copy stays, the others leave
    KeepFirst,
    /// All copies stay
    KeepAll,
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
    /// schema.org's NewsArticle or LiveBlogPosting
    Jsonld,
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
            Self::Jsonld => "jsonld",
        }
    }
}

impl CleanArgs {
    /// The settings of steps that the options ask for.
    pub(crate) fn settings(&self) -> Vec<Setting> {
        let (posts, items) = ("split-liveblog", "split-feed");
        let when: &[(&str, &str)] = match self.kind {
            Kind::Auto => &[],
            Kind::Article => &[(items, "never"), (posts, "never")],
            Kind::Liveblog => &[(items, "never"), (posts, "always")],
            Kind::Digest => &[(items, "always")],
        };
        let name = self.kind.to_possible_value();
        let name = name.as_ref().map_or("", |value| value.get_name());
        let when = when.iter().map(|(step, when)| Setting {
            optional: *when == "never",
            ..option(step, "when", when, format!("--as {name}"))
        });
        let sure = self.min_confidence.map(|least| {
            let origin = format!("--min-confidence {least}");
            option(posts, "min_confidence", &format!("{least:?}"), origin)
        });
        let settings = when.chain(sure).chain(self.kept());
        settings.chain(self.set.iter().cloned()).collect()
    }

    /// The settings by which what would leave the body stays in it.
    fn kept(&self) -> impl Iterator<Item = Setting> {
        const LINES: [[&str; 3]; 2] = [
            ["lift-metadata", "lines", "keep"],
            ["split-liveblog", "times", "keep"],
        ];
        const REPEATS: [[&str; 3]; 4] = [
            ["drop-repeats", "headlines", "false"],
            ["drop-repeats", "paragraphs", "false"],
            ["drop-repeats", "pull_quotes", "false"],
            ["drop-repeats", "glued", "false"],
        ];
        let lines = (self.metadata_lines == MetadataLines::Keep).then_some(LINES);
        let repeats = (self.repeats == Repeats::KeepAll).then_some(REPEATS);
        let asked = |of: [&'static str; 3], by: &str| Setting {
            optional: true,
            ..option(of[0], of[1], of[2], by.to_owned())
        };
        let lines = lines.into_iter().flatten();
        let lines = lines.map(move |of| asked(of, "--metadata-lines keep"));
        let repeats = repeats.into_iter().flatten();
        lines.chain(repeats.map(move |of| asked(of, "--repeats keep-all")))
    }

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
    /// Run golden cases, the evidence of rules, and what must never happen
    Test(TestArgs),
    /// Clean again on every save, and show what the edit changed
    Watch(WatchArgs),
    /// List, show and check profiles
    #[command(subcommand)]
    Profile(ProfileCommand),
    /// List and inspect plugins
    #[command(subcommand)]
    Plugin(PluginCommand),
    /// Propose a profile from one publisher's documents
    Learn(Box<LearnArgs>),
    /// Find rules of a profile that went stale, and new lines no rule takes
    Drift(Box<DriftArgs>),
    /// Print a completion script for a shell
    ///
    /// For bash: clean completions bash > ~/.local/share/bash-completion/completions/clean
    #[command(verbatim_doc_comment)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Find rules that never act, say what others say or cost too much
    Lint(crate::lint::LintArgs),
    /// Print the JSON Schema of the JSON output, of profiles or of packs
    Schema {
        /// What to describe
        #[arg(value_name = "WHAT", default_value = "document")]
        kind: crate::schema::SchemaKind,
    },
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
    /// A profile with everything it inherits, as one file of TOML
    Show {
        /// The profile
        name: String,
        /// Say behind each line which file and line it comes from
        #[arg(long)]
        origin: bool,
    },
    /// Check profiles, their packs, plugins and the evidence of their rules
    Check {
        /// The profiles; all of them if none is given
        names: Vec<String>,
    },
    /// Begin a profile, with a golden case that does not hold yet
    New(crate::new::NewProfile),
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
    /// Begin a plugin, with one rule that works, tests and a golden case
    New(crate::new::NewPlugin),
    /// Every plugin within reach, and which one a profile gets
    List,
    /// Name, version, ABI and settings of a plugin
    Inspect {
        /// A plugin's file, or its name
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        plugin: PathBuf,
    },
}

/// A setting that an option asks for.
fn option(step: &str, key: &str, value: &str, origin: String) -> Setting {
    Setting {
        step: step.to_owned(),
        key: key.to_owned(),
        value: value.to_owned(),
        origin,
        optional: false,
    }
}
