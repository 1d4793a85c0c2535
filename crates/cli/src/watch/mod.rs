//! `clean watch`: what an edit to a profile does to documents, on every save.
//!
//! Whoever writes a rule wants to see what the last edit changed, not the
//! whole output again: the first run shows the diff from the source, every
//! later one only the lines that now leave, come back or change hands.

mod checks;
mod saves;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::bail;
use clap::{Args, ValueHint};
use cleancopy_cases::{Fates, Hunk, Turn, compare, show_hunks};
use cleancopy_host::{Chain, ConfigFolders, Plugins, Profile};
use cleancopy_model::Document;
use cleancopy_read::read;
use cleancopy_write::{Summary, TextOptions, diff};

use crate::Outcome;
use crate::args::Shared;
use crate::input::{Input, collect};
use crate::output::write_diff;
use crate::style::{FAINT, Palette, STRONG, complain, count, say};
use crate::test::{case_folders, print};
use checks::Checks;
use saves::{Saves, Watched, next_save};

const EXAMPLES: &str = "\
Examples:
  clean watch keld-courier story.txt          edit the profile beside it, and save
  clean watch keld-courier stories/           several documents
  clean watch keld-courier story.txt --config mine

The first run shows what leaves. After that, every save of a profile, a pack or
a document shows what the edit changed: `-` a line that leaves now, with its
rule, `+` one that comes back, `~` one that another rule takes. The profile's
cases and the evidence of its rules run too: what fails now is shown, and what
holds again is named. Ctrl-C ends it.";

/// What `clean watch` takes.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = EXAMPLES)]
pub(crate) struct WatchArgs {
    /// The profile
    #[arg(value_name = "PROFILE")]
    pub(crate) profile: String,

    /// Files and folders to clean on every save
    #[arg(value_name = "DOCUMENT", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) documents: Vec<PathBuf>,

    /// Look at the files every SECONDS instead of waiting to be told, for
    /// network drives and containers [default when given alone: 1]
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true)]
    #[arg(value_parser = seconds)]
    pub(crate) poll: Option<Option<Duration>>,
}

/// What `--poll` alone says.
const SECOND: Duration = Duration::from_secs(1);

/// Reads a number of seconds above 0.
fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().filter(|number| *number > 0.0);
    let duration = number.and_then(|number| Duration::try_from_secs_f64(number).ok());
    duration.ok_or_else(|| "must be a number of seconds above 0".to_owned())
}

pub(crate) fn run(args: &WatchArgs, shared: &Shared) -> anyhow::Result<Outcome> {
    let config = shared.config();
    // A name that is wrong will not become right by an edit.
    if !Profile::names(&config)
        .iter()
        .any(|(name, _)| *name == args.profile)
    {
        Profile::load(&args.profile, &config)?;
    }
    let documents = collect(&args.documents)?.documents;
    if documents.iter().any(|input| input.path.is_none()) {
        bail!("standard input is never saved; name a file or a folder");
    }
    let checks = Checks::new(case_folders(&[], shared, &config)?);
    let watched = Watched::new(&config, &documents, &checks.cases(&args.profile));
    let saves = Saves::of(&watched, args.poll.map(|poll| poll.unwrap_or(SECOND)))?;
    let mut rounds = Rounds {
        profile: &args.profile,
        plugins: shared.plugins(),
        config,
        documents,
        last: BTreeMap::new(),
        checks,
    };
    rounds.round()?;
    let many = count(watched.folders.len(), "folder", "folders");
    say(&format!("watching {many}; Ctrl-C ends it"));
    while let Some(files) = next_save(&saves, &watched)? {
        let files: Vec<_> = files.iter().map(|file| short(file)).collect();
        say(&format!("saved: {}", files.join(", ")));
        rounds.round()?;
    }
    Ok(Outcome::Fine)
}

/// A path from the working folder where it can be.
fn short(path: &Path) -> String {
    let here = std::env::current_dir()
        .and_then(|here| here.canonicalize())
        .ok();
    let short = here.and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    short
        .unwrap_or_else(|| path.to_owned())
        .display()
        .to_string()
}

/// A profile, its documents, and what became of them last.
struct Rounds<'s> {
    profile: &'s str,
    config: ConfigFolders,
    plugins: Plugins,
    documents: Vec<Input>,
    /// The last good result of each document, by id.
    last: BTreeMap<String, Fates>,
    checks: Checks,
}

impl Rounds<'_> {
    /// Cleans everything anew and shows what is different. Nothing that is
    /// wrong ends the watch: the next save may mend it.
    fn round(&mut self) -> anyhow::Result<()> {
        let Some(mut chain) = self.start() else {
            return Ok(());
        };
        for index in 0..self.documents.len() {
            let id = self.documents[index].id();
            match clean(&self.documents[index], &mut chain) {
                Ok((document, fates)) => {
                    show(&id, &document, &fates, self.last.get(&id))?;
                    self.last.insert(id, fates);
                }
                Err(error) => complain(&format!("{id}: {error:#}")),
            }
        }
        self.checks
            .round(self.profile, &self.config, &self.plugins)?;
        Ok(())
    }

    /// The chain as the files now say, if all of it can be used.
    fn start(&self) -> Option<Chain> {
        let (faults, chain) = match Profile::load(self.profile, &self.config) {
            Err(error) => (vec![error.into()], None),
            Ok(profile) => {
                let (mut plan, mut faults) = profile.plan_sound(&self.plugins, &self.config);
                let (chain, refused) = plan.start_sound();
                faults.extend(refused);
                (faults, Some(chain))
            }
        };
        if faults.is_empty() {
            return chain;
        }
        faults.iter().for_each(|fault| complain(&fault.to_string()));
        let stands = if self.last.is_empty() {
            "nothing is cleaned until that is mended"
        } else {
            "the last good result stands"
        };
        say(&format!("{stands}; save again"));
        None
    }
}

fn clean(input: &Input, chain: &mut Chain) -> anyhow::Result<(Document, Fates)> {
    let mut document = read(&input.id(), input.read()?, None, input.expect())?;
    chain.clean(&mut document)?;
    let lines = diff(&document, TextOptions { marks: true });
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let fates = Fates::read(document.source(), &lines)?;
    Ok((document, fates))
}

/// Shows the first result whole, and of every later one what is different.
fn show(id: &str, document: &Document, fates: &Fates, last: Option<&Fates>) -> std::io::Result<()> {
    let palette = Palette::of_stdout();
    let mut out = std::io::stdout().lock();
    let name = palette.paint(STRONG, id);
    let Some(last) = last else {
        write_diff(
            &diff(document, TextOptions { marks: true }),
            palette,
            &mut out,
        )?;
        writeln!(out, "{name}: {}", Summary::of(document))?;
        return out.flush();
    };
    let hunks = compare(last, fates);
    if hunks.is_empty() {
        writeln!(out, "{name}: {}", palette.paint(FAINT, "no change"))?;
    } else {
        print(&show_hunks(&hunks, id, "before"), palette, &mut out)?;
        let edited = !fates.same_source(last);
        writeln!(out, "{name}: {}", in_short(&hunks, edited))?;
    }
    out.flush()
}

/// How many lines fare otherwise now.
fn in_short(hunks: &[Hunk], edited: bool) -> String {
    let turns = || hunks.iter().flat_map(|hunk| &hunk.lines);
    let number = |turn| turns().filter(|line| line.turn == turn).count();
    let (gone, new) = (number(Turn::Leaves), number(Turn::Returns));
    if edited {
        // Lines that the document itself lost or got are among them.
        let new = count(new, "new line", "new lines");
        return format!("the document was edited; {new}, {gone} gone from the clean text");
    }
    let leave = count(gone, "line leaves", "lines leave");
    let back = count(new, "comes back", "come back");
    match number(Turn::OtherRule) {
        0 => format!("{leave}, {back}"),
        other => format!("{leave}, {back}, {other} by another rule"),
    }
}
