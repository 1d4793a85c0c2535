//! The main job: cleaning documents.

use std::collections::BTreeMap;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use cleancopy_corpus::Chosen;
use cleancopy_model::Document;
use cleancopy_read::{Encoding, read};
use cleancopy_write::Summary;

use crate::Outcome;
use crate::args::{CleanArgs, Format, Shared};
use crate::body::shape;
use crate::choose::Chains;
use crate::input::{Input, collect};
use crate::output::{Target, file_in, target, write_document, write_file};
use crate::progress;
use crate::records;
use crate::split;
use crate::style::{FAINT, Palette, complain, count, paint, say};

pub(crate) fn run(args: &CleanArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    let inputs = collect(&arguments(args)?)?;
    if !inputs.containers.is_empty() {
        anyhow::ensure!(
            inputs.documents.is_empty(),
            "files of records and single documents need runs of their own"
        );
        let chains = Chains::new(&args.profile, args.settings(), shared)?;
        return records::run(args, &inputs.containers, inputs.has_folder, chains);
    }
    let target = target(args, &inputs)?;
    let encoding = args.encoding.as_deref().map(Encoding::named).transpose()?;
    let chains = Chains::new(&args.profile, args.settings(), shared)?;
    let mut cleaner = Cleaner {
        chains,
        encoding,
        url: args.url.clone(),
    };
    let mut run = Run {
        args,
        target,
        total: Summary::default(),
        set_aside: 0,
        stream: None,
    };
    let mut profiles = Tally::default();
    let bar = progress::bar(inputs.documents.len(), args.quiet);
    for input in &inputs.documents {
        bar.set_message(input.id());
        match cleaner.clean(input, args) {
            Ok((document, chosen)) => {
                run.deliver(input, &document, &chosen.profile)?;
                profiles.add(chosen);
            }
            Err(error) => {
                run.set_aside += 1;
                bar.suspend(|| complain(&format!("{}: set aside: {error:#}", input.id())));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    if !args.quiet {
        profiles.say();
    }
    run.finish(inputs.documents.len())
}

/// Which profiles a run chose.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<String, usize>,
    /// Why the last one was chosen; empty if it was named.
    why: String,
}

impl Tally {
    fn add(&mut self, chosen: Chosen) {
        *self.counts.entry(chosen.profile).or_default() += 1;
        self.why = chosen.why;
    }

    /// `profile: independent (3 phrases)`, or how many documents had which.
    fn say(&self) {
        if self.why.is_empty() {
            return;
        }
        let mut counts: Vec<_> = self.counts.iter().collect();
        counts.sort_by_key(|(profile, count)| (std::cmp::Reverse(**count), (*profile).clone()));
        let line = match counts.as_slice() {
            [(profile, 1)] => format!("profile: {profile} ({})", self.why),
            counts => {
                let each = counts
                    .iter()
                    .map(|(profile, count)| format!("{profile} {count}"));
                format!("profiles: {}", each.collect::<Vec<_>>().join(", "))
            }
        };
        say(&paint(FAINT, line));
    }
}

/// The inputs named, or standard input if something comes from there.
fn arguments(args: &CleanArgs) -> anyhow::Result<Vec<PathBuf>> {
    if !args.inputs.is_empty() {
        return Ok(args.inputs.clone());
    }
    if std::io::stdin().is_terminal() {
        bail!("nothing to clean: name a file, a folder, or `-` for standard input (see --help)");
    }
    Ok(vec![PathBuf::from("-")])
}

/// Reads and cleans one document after the other.
struct Cleaner {
    chains: Chains,
    encoding: Option<Encoding>,
    url: Option<String>,
}

impl Cleaner {
    fn clean(&mut self, input: &Input, args: &CleanArgs) -> anyhow::Result<(Document, Chosen)> {
        let bytes = input.read()?;
        let mut document = read(&input.id(), bytes, self.encoding, input.expect())?;
        if self.url.is_some() {
            document.url.clone_from(&self.url);
        }
        let chosen = self.chains.choose(&document);
        let language = chosen.language.as_deref();
        self.chains
            .clean(&mut document, &chosen.profile, language)?;
        shape(&mut document, args)?;
        Ok((document, chosen))
    }
}

/// What a run has done so far.
struct Run<'a> {
    args: &'a CleanArgs,
    target: Target,
    total: Summary,
    set_aside: usize,
    /// Lines for a single file that many documents go to.
    stream: Option<Vec<u8>>,
}

impl Run<'_> {
    fn deliver(&mut self, input: &Input, document: &Document, profile: &str) -> anyhow::Result<()> {
        let args = self.args;
        self.total.add(&Summary::of(document));
        match &self.target {
            Target::Stdout => {
                let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
                write_document(document, profile, args, Palette::of_stdout(), &mut out)?;
                out.flush()?;
            }
            Target::File(_) if args.wanted() == Format::Jsonl => {
                let lines = self.stream.get_or_insert_default();
                write_document(document, profile, args, Palette::NONE, lines)?;
            }
            Target::File(path) => write_plain(path, document, profile, args)?,
            Target::Folder(folder) => {
                let path = file_in(folder, &input.stem, args.wanted());
                write_plain(&path, document, profile, args)?;
            }
            Target::Split(folder) => {
                split::write(&folder.join(&input.stem), document, profile, args.wanted())?;
            }
        }
        Ok(())
    }

    fn finish(self, documents: usize) -> anyhow::Result<Outcome> {
        if let (Target::File(path), Some(lines)) = (&self.target, &self.stream) {
            write_file(path, |out| out.write_all(lines))?;
        }
        let cleaned = documents - self.set_aside;
        if !self.args.quiet && cleaned > 0 {
            let many = if documents > 1 {
                format!("{cleaned} documents: ")
            } else {
                String::new()
            };
            say(&format!("{many}{}", self.total));
            for note in &self.total.notes {
                say(&paint(FAINT, format!("note: {note}")));
            }
        }
        if self.set_aside == 0 {
            return Ok(Outcome::Fine);
        }
        if documents > 1 {
            complain(&format!(
                "{} set aside",
                count(self.set_aside, "document was", "documents were")
            ));
        }
        Ok(Outcome::Findings)
    }
}

fn write_plain(
    path: &std::path::Path,
    document: &Document,
    profile: &str,
    args: &CleanArgs,
) -> anyhow::Result<()> {
    write_file(path, |out| {
        write_document(document, profile, args, Palette::NONE, out)
    })
    .context("the result could not be written")
}
