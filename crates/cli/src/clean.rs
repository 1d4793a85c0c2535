//! The main job: cleaning documents.

use std::io::{BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use cleancopy_host::{Chain, Profile};
use cleancopy_model::Document;
use cleancopy_read::{Encoding, read_text};
use cleancopy_write::Summary;

use crate::Outcome;
use crate::args::{CleanArgs, Format, Shared};
use crate::input::{Input, collect};
use crate::output::{Target, file_in, target, write_document, write_file};
use crate::progress;
use crate::style::{FAINT, Palette, complain, count, paint, say};

/// The profile that stands in when no publisher is known.
const FALLBACK: &str = "english";

pub(crate) fn run(args: &CleanArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    let inputs = collect(&arguments(args)?)?;
    let target = target(args, &inputs)?;
    let encoding = args.encoding.as_deref().map(Encoding::named).transpose()?;
    let profile = choose_profile(args);
    let config = shared.config();
    let plan = Profile::load(&profile, &config)?.plan(&shared.plugins(), &config)?;
    let mut cleaner = Cleaner {
        chain: plan.start()?,
        profile,
        encoding,
    };
    let mut run = Run {
        args,
        target,
        total: Summary::default(),
        set_aside: 0,
        stream: None,
    };
    let bar = progress::bar(inputs.documents.len(), args.quiet);
    for input in &inputs.documents {
        bar.set_message(input.id());
        match cleaner.clean(input) {
            Ok(document) => run.deliver(input, &document, &cleaner.profile)?,
            Err(error) => {
                run.set_aside += 1;
                bar.suspend(|| complain(&format!("{}: set aside: {error:#}", input.id())));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    run.finish(inputs.documents.len())
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

fn choose_profile(args: &CleanArgs) -> String {
    if args.profile != "auto" {
        return args.profile.clone();
    }
    if !args.quiet {
        say(&paint(
            FAINT,
            format!("profile: {FALLBACK} (no publisher named; see --profile)"),
        ));
    }
    FALLBACK.to_owned()
}

/// Reads and cleans one document after the other.
struct Cleaner {
    chain: Chain,
    profile: String,
    encoding: Option<Encoding>,
}

impl Cleaner {
    fn clean(&mut self, input: &Input) -> anyhow::Result<Document> {
        let bytes = input.read()?;
        let mut document = read_text(&input.id(), bytes, self.encoding)?;
        self.chain.clean(&mut document)?;
        Ok(document)
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
        if self.total.lines > 0 {
            self.total.empty = document.is_empty();
        }
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
