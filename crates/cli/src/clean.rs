//! The main job: cleaning documents.

use std::io::IsTerminal;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::bail;
use cleancopy_corpus::{
    Container, ContainerTask, Packing, Provenance, RecordOptions, State, Stopped, Tally, Task,
    TextFormat, run as engine,
};

use crate::Outcome;
use crate::args::{CleanArgs, Format, Shared};
use crate::choose::Chains;
use crate::cleaner::Cleaners;
use crate::documents::Documents;
use crate::input::{Inputs, collect};
use crate::output::{Target, target};
use crate::progress::RunProgress;
use crate::provenance::provenance;
use crate::record_args::To;
use crate::run::{Beside, identity, options, plan};
use crate::style::{FAINT, complain, count, paint, say};

pub(crate) fn run(args: &CleanArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    let begun = Instant::now();
    let mut inputs = collect(&arguments(args)?)?;
    if let Some(to) = args.records.to {
        for file in &mut inputs.containers {
            file.name = to.container().name(&file.name);
        }
    }
    let shard = args.records.shard;
    shard.iter().for_each(|shard| inputs.deal_records(*shard));
    let mut target = target(args, &inputs)?;
    if let (Target::File(path), Some(shard)) = (&mut target, shard) {
        *path = shard.name(path);
    }
    let is_single = !inputs.are_several();
    let beside = Beside::of(&target, &inputs, shard);
    if let Some(shard) = shard {
        anyhow::ensure!(
            !is_single || inputs.share.is_some(),
            "--shard deals out inputs and records, and here is one document"
        );
        inputs.keep(shard);
    }
    let sizes = beside.as_ref().map(|_| inputs.sizes());
    let (chains, provenance) = start(args, shared, sizes.as_deref())?;
    let cleaners = Cleaners::new(chains, args);
    let make = || Ok(cleaners.make());
    let Some((beside, provenance)) = beside.zip(provenance) else {
        let progress = RunProgress::hidden();
        let tasks = tasks(inputs, &target, args, None)?;
        let plan = plan(None, State::new(""), &args.records);
        let finished = engine(&tasks, &make, plan, &progress)?;
        return Ok(tell(&finished.tally, args, is_single, None));
    };
    let run = identity(&provenance, &inputs);
    let Some(state) = beside.start(&run, &args.records)? else {
        say("an earlier run has done all of this");
        return Ok(Outcome::Fine);
    };
    let digest = Some(provenance.digest());
    let tasks = tasks(inputs, &target, args, digest)?;
    let progress = RunProgress::new(&tasks, &state, args.quiet);
    let plan = plan(Some(&beside), state, &args.records);
    let finished = engine(&tasks, &make, plan, &progress);
    progress.finish();
    let finished = finished.map_err(|stopped| stopped_short(stopped, &beside))?;
    let tally = beside.finish(finished, &run, &provenance, begun.elapsed())?;
    Ok(tell(&tally, args, is_single, Some(&beside)))
}

/// Starts the chains, and beside that notes what a run over inputs of these
/// sizes is made of: both take their time, and neither needs the other.
fn start(
    args: &CleanArgs,
    shared: &Shared,
    sizes: Option<&[(String, u64)]>,
) -> anyhow::Result<(Chains, Option<Provenance>)> {
    std::thread::scope(|scope| {
        let provenance = sizes.map(|sizes| scope.spawn(|| provenance(args, shared, sizes)));
        let chains = Chains::new(&args.profile, args.settings(), shared)?;
        let provenance =
            provenance.map(|thread| thread.join().unwrap_or_else(|p| resume_unwind(p)));
        let chains = chains.with_captions(args.captions.into());
        Ok((chains, provenance.transpose()?))
    })
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

/// What is to be done: the documents first, then every file of records.
/// `digest` is that of the run, for what can say which run wrote it.
fn tasks(
    inputs: Inputs,
    target: &Target,
    args: &CleanArgs,
    digest: Option<String>,
) -> anyhow::Result<Vec<Box<dyn Task>>> {
    let mut tasks: Vec<Box<dyn Task>> = Vec::new();
    if !inputs.documents.is_empty() {
        tasks.push(Box::new(Documents::new(inputs.documents, target, args)?));
    }
    if inputs.containers.is_empty() {
        return Ok(tasks);
    }
    let records = Arc::new(RecordOptions {
        digest,
        ..record_options(args)?
    });
    for file in inputs.containers {
        let named = args.records.to.map(To::container);
        let output = match target {
            Target::Stdout => None,
            Target::File(path) => Some(path.clone()),
            Target::Folder(folder) | Target::Split(folder) => Some(folder.join(&file.name)),
        };
        let to = becomes(file.container.0, output.as_deref(), named)?;
        tasks.push(Box::new(ContainerTask {
            input: file.path,
            from: file.container,
            output,
            to,
            options: Arc::clone(&records),
            longest: options(&args.records).longest(),
            share: inputs.share,
        }));
    }
    Ok(tasks)
}

/// The container and packing of what records become: what is asked for, else
/// what the name of the file says, else, in a pipe, JSON lines.
fn becomes(
    from: Container,
    output: Option<&Path>,
    named: Option<Container>,
) -> anyhow::Result<(Container, Packing)> {
    let Some(output) = output else {
        return match named {
            Some(Container::Parquet) => bail!("a table needs a file: name one with -o"),
            _ => Ok((Container::JsonLines, Packing::None)),
        };
    };
    let by_name = Container::of(output).filter(|(to, _)| named.is_none_or(|named| named == *to));
    let to = by_name.or_else(|| Some((named?, Packing::of(output).0)));
    match to {
        Some(to) if from.becomes(to.0) => Ok(to),
        _ => bail!(
            "{}: no name of a file that these records could become; end it with .jsonl, \
             .jsonl.gz, .jsonl.zst or .parquet, or with the extension they have",
            output.display()
        ),
    }
}

fn record_options(args: &CleanArgs) -> anyhow::Result<RecordOptions> {
    let format = match args.wanted() {
        Format::Text => TextFormat::Text {
            marks: !args.no_marks,
        },
        Format::Markdown => TextFormat::Markdown,
        _ => bail!("records hold text or Markdown; their field `cleancopy` says what left and why"),
    };
    Ok(RecordOptions {
        names: args.records.fields.names(),
        format,
        slim: args.records.slim,
        digest: None,
    })
}

/// Why a run stopped, and what to do.
fn stopped_short(stopped: Stopped, beside: &Beside) -> anyhow::Error {
    let failed = beside.failed().display().to_string();
    let hint = match &stopped {
        Stopped::TooManyFailures(_) => format!("see {failed}; --resume goes on"),
        _ => "mend that, then --resume goes on from here".to_owned(),
    };
    anyhow::Error::new(stopped).context(hint)
}

/// The summary for people.
fn tell(tally: &Tally, args: &CleanArgs, is_single: bool, beside: Option<&Beside>) -> Outcome {
    if !args.quiet && tally.documents > 0 {
        say_profiles(tally);
        let many = match is_single && tally.documents == 1 {
            true => String::new(),
            false => format!("{} documents: ", tally.documents),
        };
        say(&format!("{many}{}", tally.summary));
        for note in &tally.summary.notes {
            say(&paint(FAINT, format!("note: {note}")));
        }
    }
    if tally.failures() == 0 {
        return Outcome::Fine;
    }
    if !is_single || tally.documents > 0 {
        let failures = usize::try_from(tally.failed).unwrap_or(usize::MAX);
        let broken = usize::try_from(tally.broken).unwrap_or(usize::MAX);
        let mut said = format!(
            "{} set aside",
            count(failures, "document was", "documents were")
        );
        if broken > 0 {
            said += &format!(", {} broken", count(broken, "input is", "inputs are"));
        }
        let place = beside.map(|beside| format!("; see {}", beside.failed().display()));
        complain(&(said + &place.unwrap_or_default()));
    }
    Outcome::Findings
}

/// `profile: independent (3 phrases)`, or how many documents had which.
fn say_profiles(tally: &Tally) {
    if tally.why.is_empty() {
        return;
    }
    let mut counts: Vec<_> = tally.profiles.iter().collect();
    counts.sort_by_key(|(profile, count)| (std::cmp::Reverse(**count), (*profile).clone()));
    let line = match counts.as_slice() {
        [(profile, 1)] => format!("profile: {profile} ({})", tally.why),
        counts => {
            let each = counts.iter().map(|(profile, n)| format!("{profile} {n}"));
            format!("profiles: {}", each.collect::<Vec<_>>().join(", "))
        }
    };
    say(&paint(FAINT, line));
}
