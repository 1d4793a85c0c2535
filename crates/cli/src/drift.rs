//! `clean drift`: rules that went stale, and new lines that no rule takes.

use std::collections::BTreeMap;
use std::io::Write;

use clap::{Args, ValueEnum};
use cleancopy_host::Profile;
use cleancopy_learn::{Cleaned, Drift, Page, RuleUse, drift};
use cleancopy_model::{Document, Removal, SectionKind};
use cleancopy_text::Day;

use crate::Outcome;
use crate::args::Shared;
use crate::choose::Chains;
use crate::corpus::CorpusArgs;
use crate::learn::{Looked, page};
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
        let items = items(&record.document);
        match page(record, &args.profile, &mut chains) {
            Ok(looked) => documents.extend(parted(looked, &items)),
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

/// An item of a feed, as it was read.
struct Item {
    /// Its first line in the source, 1-based.
    line: u32,
    /// The day it was published, if known.
    day: Option<Day>,
}

/// The items that a document has before it is cleaned: those of a feed. What
/// a text is cut into is the profile's doing.
fn items(document: &Document) -> Vec<Item> {
    let starts = document.starts();
    let items = starts.filter(|(_, kind)| *kind == SectionKind::Item);
    let known = items.filter_map(|(block, _)| {
        let known = document.known_of(block)?;
        let published = known.get("published").iter().map(String::as_str);
        Some(Item {
            line: document.blocks()[block].line(),
            day: Day::of_article(published, known.get("url").first().map(String::as_str)),
        })
    });
    known.collect()
}

/// A document, or each item of one: stories of different days change at
/// different times.
fn parted(looked: Looked, items: &[Item]) -> Vec<Cleaned> {
    let all = (0, u32::MAX);
    if items.is_empty() {
        let fired = fired(&looked.document, all);
        let page = looked.page;
        return vec![Cleaned { page, fired }];
    }
    let ends = items.iter().skip(1).map(|item| item.line).chain([u32::MAX]);
    let each = items
        .iter()
        .zip(ends)
        .enumerate()
        .map(|(number, (item, end))| {
            let lines = looked.page.lines.iter().zip(&looked.numbers);
            let lines = lines.filter(|(_, line)| (item.line..end).contains(line));
            let page = Page {
                id: format!("{}, item {}", looked.page.id, number + 1),
                url: looked.page.url.clone(),
                day: item.day.or(looked.page.day),
                lines: lines.map(|(line, _)| line.clone()).collect(),
                ..Page::default()
            };
            let fired = fired(&looked.document, (item.line, end));
            Cleaned { page, fired }
        });
    each.collect()
}

/// How often each rule took something from the lines of a document, 1-based
/// and half-open.
fn fired(document: &Document, (from, to): (u32, u32)) -> BTreeMap<(String, String), usize> {
    let mut fired = BTreeMap::new();
    let inside = |removal: &Removal<'_>| (from..to).contains(&removal.line);
    for removal in document.record().into_iter().filter(inside) {
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
