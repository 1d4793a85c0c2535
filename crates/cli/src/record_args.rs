//! The command line for many documents: fields of records, workers, going on.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use cleancopy_corpus::{Container, FieldNames, Packing};

/// Above the help on records.
const FIELDS: &str = "Records";

/// The fields of records.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = FIELDS)]
pub(crate) struct FieldArgs {
    /// The field that names a record
    #[arg(long, value_name = "FIELD", default_value = "id")]
    id_field: String,

    /// The field with the text, which takes the clean one
    #[arg(long, value_name = "FIELD", default_value = "text")]
    text_field: String,

    /// The field with the address
    #[arg(long, value_name = "FIELD", default_value = "url")]
    url_field: String,

    /// The field with the page, read where a record has no text
    #[arg(long, value_name = "FIELD", default_value = "html")]
    html_field: String,
}

/// How records of containers are read and written, and how a run goes about it.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Many documents")]
pub(crate) struct RecordArgs {
    /// Write JSON lines or Parquet, whatever the records come from; without it,
    /// the name given with -o says so, else they stay what they are
    #[arg(long, value_name = "CONTAINER", help_heading = FIELDS)]
    pub(crate) to: Option<To>,

    /// Leave out the field `cleancopy`, which says what happened to a record
    #[arg(long, help_heading = FIELDS)]
    pub(crate) slim: bool,

    /// How many workers clean; all cores if not given
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,

    /// The memory that records in work may take, such as 512M or 2G
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size)]
    pub(crate) memory: usize,

    /// Give up after more than N failures
    #[arg(long, value_name = "N")]
    pub(crate) max_failures: Option<u64>,

    /// Go on where a run stopped, whatever stopped it
    #[arg(long)]
    pub(crate) resume: bool,

    /// Begin again where a run stopped, and write into folders that are not empty
    #[arg(long, conflicts_with = "resume")]
    pub(crate) force: bool,

    /// Clean only the I-th of N shares, such as 3/8: every N-th input, or, where
    /// there are fewer, every N-th megabyte of records of each
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub(crate) shard: Option<Shard>,

    /// How often to note how far the run is, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "2", value_parser = seconds)]
    pub(crate) checkpoint: Duration,

    // Last, for its heading would go on with what follows.
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
}

/// One of many shares of the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// 1-based.
    pub(crate) number: usize,
    pub(crate) of: usize,
}

/// `3/8`.
impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Shard {
    /// The name of what a share writes: `a-3-of-8.jsonl.gz` of `a.jsonl.gz`.
    pub(crate) fn name(self, path: &Path) -> PathBuf {
        let (_, bare) = Packing::of(path);
        let stem = bare.file_stem().unwrap_or_default().to_string_lossy();
        let whole = path.file_name().unwrap_or_default().to_string_lossy();
        let extensions = whole.strip_prefix(&*stem).unwrap_or_default();
        let name = format!("{stem}-{}-of-{}{extensions}", self.number, self.of);
        path.with_file_name(name)
    }
}

impl FieldArgs {
    /// The names of the fields.
    pub(crate) fn names(&self) -> FieldNames {
        FieldNames {
            id: self.id_field.clone(),
            text: self.text_field.clone(),
            url: self.url_field.clone(),
            html: self.html_field.clone(),
        }
    }
}

/// Reads `3/8`.
fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    let shard = parts.map(|(number, of)| Shard { number, of });
    shard
        .filter(|shard| (1..=shard.of).contains(&shard.number))
        .ok_or_else(|| "must be I/N with I from 1 to N, such as 3/8".to_owned())
}

/// Reads a number of seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok();
    let seconds = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "must be a number of seconds".to_owned())
}

/// What records of any container can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    /// A JSON object on each line
    Jsonl,
    /// A table in columns
    Parquet,
}

impl To {
    /// The container.
    pub(crate) fn container(self) -> Container {
        match self {
            Self::Jsonl => Container::JsonLines,
            Self::Parquet => Container::Parquet,
        }
    }
}

/// Reads a number of bytes: `512M`, `2G`.
fn size(text: &str) -> Result<usize, String> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[number.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => Some(1),
        "K" | "KB" | "KIB" => Some(1 << 10),
        "M" | "MB" | "MIB" => Some(1 << 20),
        "G" | "GB" | "GIB" => Some(1 << 30),
        _ => None,
    };
    let size = number.parse::<usize>().ok();
    let size = size
        .zip(unit)
        .and_then(|(size, unit)| size.checked_mul(unit));
    size.filter(|size| *size > 0)
        .ok_or_else(|| "must be a size such as 512M or 2G".to_owned())
}
