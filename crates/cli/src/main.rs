//! `clean`: arguments, output and exit codes.
//!
//! Everything else is in the crates this one puts together. Exit codes: 0 all
//! is well; 1 a document was set aside or a check failed; 2 nothing could be
//! done, because of the arguments, a profile or a plugin.
#![forbid(unsafe_code)]

mod args;
mod body;
mod built_in;
mod choose;
mod clean;
mod cleaner;
mod corpus;
mod documents;
mod drift;
mod globs;
mod input;
mod learn;
mod lint;
mod new;
mod output;
mod plugin;
mod profile;
mod progress;
mod provenance;
mod record_args;
mod restore;
mod run;
mod schema;
mod split;
mod style;
mod test;
mod watch;

use std::io;
use std::process::ExitCode;

use args::{Cli, Command, Shared};
use clap::{CommandFactory, Parser};
use cleancopy_host::{ConfigFolders, PluginFolders, Plugins};

/// How a run ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Fine,
    /// Some documents were set aside, or a check found something.
    Findings,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.shared.color.install();
    match run(&cli) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        // The reader of a pipe has gone, as `head` does: nothing is wrong.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            style::complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<Outcome> {
    let shared = &cli.shared;
    if let (Some(_), Some(input)) = (&cli.command, cli.clean.inputs.first()) {
        let input = input.display();
        anyhow::bail!("`{input}` stands before a command; write ./NAME for a file of that name");
    }
    match &cli.command {
        None => clean::run(&cli.clean, shared),
        Some(Command::Restore(args)) => restore::run(args),
        Some(Command::Test(args)) => test::run(args, shared),
        Some(Command::Watch(args)) => watch::run(args, shared),
        Some(Command::Profile(command)) => profile::run(command, shared),
        Some(Command::Plugin(command)) => plugin::run(command, shared),
        Some(Command::Learn(args)) => learn::run(args, shared),
        Some(Command::Drift(args)) => drift::run(args, shared),
        Some(Command::Completions { shell }) => {
            // Into memory first: the generator panics when a pipe closes.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "clean", &mut script);
            io::Write::write_all(&mut io::stdout(), &script)?;
            Ok(Outcome::Fine)
        }
        Some(Command::Lint(args)) => lint::run(args, shared),
        Some(Command::Schema { kind }) => schema::run(*kind, shared),
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kinds = error.chain().filter_map(|e| e.downcast_ref::<io::Error>());
    kinds
        .into_iter()
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

impl Shared {
    fn config(&self) -> ConfigFolders {
        ConfigFolders::search(&self.config)
    }

    fn plugins(&self) -> Plugins {
        Plugins::new(PluginFolders::search(&self.plugin_dir), built_in::PLUGINS)
    }
}
