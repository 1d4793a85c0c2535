//! `clean learn`: a profile proposed from a publisher's documents.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueHint};
use cleancopy_learn::{Line, Page, Proposal, Proposed, Removed, learn, steps};
use cleancopy_model::{Document, SectionKind};

use crate::Outcome;
use crate::args::Shared;
use crate::choose::Chains;
use crate::corpus::{CorpusArgs, Record};
use crate::progress;
use crate::style::{FAINT, GONE, RULE, STRONG, complain, count, paint, say};

const EXAMPLES: &str = "\
Examples:
  clean learn --name keld-courier stories/ > profiles/keld-courier.toml
  clean learn --name keld-courier --text-field body dump.jsonl -o profiles/keld-courier.toml

Nothing is applied: read what is proposed, then try it with
  clean profile check keld-courier
  clean --profile keld-courier --diff stories/one.txt";

/// What `clean learn` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LearnArgs {
    /// The name of the profile
    #[arg(long, value_name = "NAME")]
    name: String,

    /// The profile it is laid over: what that takes already is not proposed
    #[arg(long, value_name = "PROFILE", default_value = "english")]
    extends: String,

    /// Write the profile to a file instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,

    /// Say nothing on standard error unless something is wrong
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    corpus: CorpusArgs,
}

pub(crate) fn run(args: &LearnArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    let corpus = args.corpus.read()?;
    let mut chains = Chains::new(&args.extends, Vec::new(), shared)?;
    let bar = progress::bar(
        corpus.records.len() + steps(corpus.records.len()),
        args.quiet,
    );
    let mut set_aside = corpus.set_aside;
    let mut pages = Vec::with_capacity(corpus.records.len());
    for record in corpus.records {
        match page(record, &args.extends, &mut chains) {
            Ok(looked) => pages.push(looked.page),
            Err((id, error)) => {
                set_aside += 1;
                bar.suspend(|| complain(&format!("{id}: passed over: {error:#}")));
            }
        }
        bar.inc(1);
    }
    bar.set_message("learning");
    let proposal = learn(&pages, &args.name, &args.extends, &mut || bar.inc(1));
    bar.finish_and_clear();
    let proposal = proposal?;
    write(&proposal.to_toml(), args)?;
    if !args.quiet {
        tell(&proposal, set_aside);
    }
    Ok(if set_aside == 0 {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}

/// A document as a page of lines, and what a profile left of it.
pub(crate) struct Looked {
    pub(crate) page: Page,
    /// By line of the page: its 1-based line in the source.
    pub(crate) numbers: Vec<u32>,
    /// The cleaned document.
    pub(crate) document: Document,
}

/// A document's lines, with those that a profile takes, and what it leaves.
pub(crate) fn page(
    record: Record,
    profile: &str,
    chains: &mut Chains,
) -> Result<Looked, (String, anyhow::Error)> {
    let Record { mut document, day } = record;
    let mut page = Page {
        id: document.id().to_owned(),
        url: document.url.clone(),
        day,
        ..Page::default()
    };
    let before = numbered(&document);
    if let Err(error) = chains.clean(&mut document, profile, None) {
        return Err((page.id, error));
    }
    let left: BTreeSet<u32> = document.blocks().iter().map(|block| block.line()).collect();
    let items = document.starts().filter_map(|(block, kind)| {
        let line = document.blocks().get(block)?.line();
        let at = before.partition_point(|(number, _)| *number < line);
        (kind == SectionKind::Item).then_some(at)
    });
    page.items = items.collect();
    let removed = document.record().into_iter().map(|removal| Removed {
        rule: removal.rule.to_owned(),
        category: removal.category,
        text: removal.text.to_owned(),
    });
    page.removed = removed.collect();
    let numbers = before.iter().map(|(number, _)| *number).collect();
    let lines = before.into_iter().map(|(number, text)| Line {
        text,
        taken: !left.contains(&number),
    });
    page.lines = lines.collect();
    Ok(Looked {
        page,
        numbers,
        document,
    })
}

fn numbered(document: &Document) -> Vec<(u32, String)> {
    let blocks = document.blocks().iter();
    blocks
        .map(|block| (block.line(), document.block_text(block).to_owned()))
        .collect()
}

fn write(toml: &str, args: &LearnArgs) -> anyhow::Result<()> {
    match &args.output {
        Some(path) => std::fs::write(path, toml).with_context(|| path.display().to_string()),
        None => Ok(std::io::stdout().lock().write_all(toml.as_bytes())?),
    }
}

/// The summary for people.
fn tell(proposal: &Proposal, set_aside: usize) {
    let width = proposal
        .rules
        .iter()
        .map(|p| p.rule.id.len())
        .max()
        .unwrap_or(0);
    for proposed in &proposal.rules {
        say(&row(proposed, proposal.pages, width));
    }
    let held = proposal
        .rules
        .iter()
        .filter(|rule| rule.is_held_back())
        .count();
    let trials = count(proposal.folds, "trial", "trials");
    let rules = count(proposal.rules.len() - held, "rule", "rules");
    let mut line = format!(
        "{}: {rules} from {}, {trials}",
        paint(STRONG, &proposal.name),
        count(proposal.pages, "document", "documents")
    );
    if held > 0 {
        line += &format!(
            "; {} would take lines of articles",
            count(held, "more", "more")
        );
    }
    if set_aside > 0 {
        line += &format!(
            "; {} passed over",
            count(set_aside, "document", "documents")
        );
    }
    say(&line);
    let known: usize = proposal.known.iter().map(|known| known.count).sum();
    if known > 0 {
        let what = "copies of headlines, cards, authors and days";
        let known = count(known, "thing needs", "things need");
        let by = &proposal.extends;
        let note = format!("note: {known} no rule, for `{by}` takes them by their look: {what}");
        say(&paint(FAINT, note));
    }
    if proposal.pages < 5 {
        say(&paint(
            FAINT,
            "note: few documents; what only some pages have is not seen yet",
        ));
    }
}

fn row(proposed: &Proposed, pages: usize, width: usize) -> String {
    let id = format!("{:width$}", proposed.rule.id);
    let id = if proposed.is_held_back() {
        paint(GONE, id)
    } else {
        paint(RULE, id)
    };
    let example = proposed.rule.removes.first().map_or("", String::as_str);
    let example = example.lines().next().unwrap_or("");
    let example: String = example.chars().take(60).collect();
    format!(
        "{id}  {:>3}/{pages}  {:>5} lines  {:9}  {}",
        proposed.support,
        proposed.fresh,
        proposed.family.name(),
        paint(FAINT, example)
    )
}
