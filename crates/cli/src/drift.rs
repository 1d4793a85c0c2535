//! `clean drift`: rules that went stale, and new lines that no rule takes.

use std::collections::BTreeMap;
use std::io::Write;

use clap::{Args, ValueEnum};
use cleancopy_host::Profile;
use cleancopy_learn::{Cleaned, Drift, RuleUse, drift};

use crate::Outcome;
use crate::args::Shared;
use crate::choose::Chains;
use crate::corpus::CorpusArgs;
use crate::learn::page;
use crate::progress;
use crate::style::{FAINT, GONE, NEW, RULE, STRONG, complain, count, paint};

/// How many months the table shows.
const MONTHS: usize = 8;

/// How much of a line the table shows, in characters.
const SHOWN: usize = 76;

const EXAMPLES: &str = "\
Examples:
  clean drift independent crawl/2026-10/
  clean drift independent --format json crawl.jsonl > drift.json

For a nightly job: exit code 0 says that nothing changed, 1 that a rule went
stale or a new line came up, 2 that the run failed.";

/// What `clean drift` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DriftArgs {
    /// The profile
    #[arg(value_name = "PROFILE")]
    profile: String,

    /// What to print
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    format: DriftFormat,

    /// Say nothing on standard error unless something is wrong
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    corpus: CorpusArgs,
}

/// How to print a drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DriftFormat {
    /// For people
    Table,
    /// For programs
    Json,
}

pub(crate) fn run(args: &DriftArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    let expected = seen(&Profile::load(&args.profile, &shared.config())?);
    let mut chains = Chains::new(&args.profile, Vec::new(), shared)?;
    let corpus = args.corpus.read()?;
    let bar = progress::bar(corpus.records.len(), args.quiet);
    let mut documents = Vec::with_capacity(corpus.records.len());
    for record in corpus.records {
        match page(record, &args.profile, &mut chains) {
            Ok((page, document)) => documents.push(Cleaned {
                page,
                fired: fired(&document),
            }),
            Err((id, error)) => {
                bar.suspend(|| complain(&format!("{id}: passed over: {error:#}")));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    anyhow::ensure!(!documents.is_empty(), "no document could be cleaned");
    let found = drift(documents, &expected);
    let mut out = anstream::stdout().lock();
    match args.format {
        DriftFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?,
        DriftFormat::Table => table(&found, &args.profile, &mut out)?,
    }
    Ok(if found.is_stale() {
        Outcome::Findings
    } else {
        Outcome::Fine
    })
}

/// How often each rule took something from a document.
fn fired(document: &cleancopy_model::Document) -> BTreeMap<(String, String), usize> {
    let mut fired = BTreeMap::new();
    for removal in document.record() {
        let key = (removal.rule.to_owned(), removal.category.name().to_owned());
        *fired.entry(key).or_insert(0) += 1;
    }
    fired
}

/// The profile's own rules that say when they were last seen and that are not
/// over yet: those of packs were seen elsewhere.
fn seen(profile: &Profile) -> Vec<(String, String)> {
    let Ok(shown) = profile.show(false).parse::<toml::Table>() else {
        return Vec::new();
    };
    let list = |table: &toml::Table, key: &str| -> Vec<toml::Table> {
        let list = table.get(key).and_then(toml::Value::as_array);
        let tables = list.into_iter().flatten().filter_map(toml::Value::as_table);
        tables.cloned().collect()
    };
    let steps = list(&shown, "chain");
    let rules = steps.iter().flat_map(|step| list(step, "rule"));
    let text = |rule: &toml::Table, key: &str| Some(rule.get(key)?.as_str()?.to_owned());
    rules
        .filter(|rule| !rule.contains_key("until"))
        .filter_map(|rule| {
            let month: String = text(&rule, "seen")?.chars().take(7).collect();
            Some((text(&rule, "id")?, month))
        })
        .collect()
}

fn table(found: &Drift, profile: &str, out: &mut impl Write) -> std::io::Result<()> {
    let documents = count(found.documents, "document", "documents");
    let months: Vec<&String> = found.months.keys().rev().take(MONTHS).collect();
    let span = match (found.months.keys().next(), found.months.keys().next_back()) {
        (Some(first), Some(last)) if first == last => format!(" of {first}"),
        (Some(first), Some(last)) => format!(" from {first} to {last}"),
        _ => String::new(),
    };
    writeln!(out, "{}: {documents}{span}\n", paint(STRONG, profile))?;
    let width = found
        .rules
        .iter()
        .map(|rule| rule.rule.len())
        .max()
        .unwrap_or(4)
        .max(4);
    write!(out, "{:width$}  documents", "rule")?;
    for month in months.iter().rev() {
        write!(out, "  {month}")?;
    }
    writeln!(out)?;
    for rule in &found.rules {
        row(rule, width, &months, out)?;
    }
    new_lines(found, out)?;
    unlike(found, out)
}

fn row(
    rule: &RuleUse,
    width: usize,
    months: &[&String],
    out: &mut impl Write,
) -> std::io::Result<()> {
    let style = if rule.stale { GONE } else { RULE };
    let name = paint(style, format!("{:width$}", rule.rule));
    write!(out, "{name}  {:>9}", rule.documents)?;
    for month in months.iter().rev() {
        let times = rule.months.get(*month).copied().unwrap_or(0);
        write!(out, "  {times:>7}")?;
    }
    match &rule.last {
        Some(last) if rule.stale => {
            let since = count(rule.since, "document", "documents");
            writeln!(
                out,
                "  {}",
                paint(GONE, format!("stale: nothing in {since} since {last}"))
            )
        }
        None => writeln!(
            out,
            "  {}",
            paint(GONE, "stale: nothing, though `seen` says otherwise")
        ),
        Some(_) => writeln!(out),
    }
}

fn new_lines(found: &Drift, out: &mut impl Write) -> std::io::Result<()> {
    if found.new_lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", paint(STRONG, "new lines that no rule takes"))?;
    for line in &found.new_lines {
        let text: String = line.text.chars().take(SHOWN).collect();
        let since = format!("since {}", line.first);
        let (documents, of) = (line.documents, line.of);
        writeln!(
            out,
            "  {documents} of {of} {}  {}",
            paint(FAINT, since),
            paint(NEW, text)
        )?;
    }
    Ok(())
}

fn unlike(found: &Drift, out: &mut impl Write) -> std::io::Result<()> {
    if found.unlike.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", paint(STRONG, "documents unlike the rest"))?;
    for document in &found.unlike {
        let categories = document.categories.iter();
        let categories: Vec<_> = categories
            .map(|(name, times)| format!("{name} {times}"))
            .collect();
        writeln!(
            out,
            "  {}: {:.0}% of the lines left, usually {:.0}%  {}",
            document.document,
            document.share * 100.0,
            document.usual * 100.0,
            paint(FAINT, categories.join(", "))
        )?;
    }
    Ok(())
}
