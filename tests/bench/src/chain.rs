//! Times the chain on plain texts in memory, and says which plugin the time
//! goes to.
//!
//! ```text
//! chain TEXTS PLUGINS CONFIG ROUNDS [PROFILE]
//! ```
//!
//! `TEXTS` holds text files, read before the clock runs. Prints one JSON object
//! a row: the least CPU time of this thread over the rounds, in seconds, for
//! reading, cleaning and writing; then, for each plugin, its share of the
//! cleaning as the chain's own clock has it.
#![allow(clippy::print_stdout, reason = "a command")]

use std::error::Error;
use std::path::{Path, PathBuf};

use cleancopy_host::{Chain, ConfigFolders, PluginFolders, Plugins, Profile};
use cleancopy_model::Document;
use cleancopy_write::{TextOptions, text};
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;

type Failure = Box<dyn Error>;

/// CPU seconds of one round.
#[derive(Clone, Copy)]
struct Spent {
    read: f64,
    clean: f64,
    write: f64,
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let (texts, plugins, config, rounds) = match arguments.as_slice() {
        [texts, plugins, config, rounds] | [texts, plugins, config, rounds, _] => {
            (texts, plugins, config, rounds)
        }
        _ => return Err("usage: chain TEXTS PLUGINS CONFIG ROUNDS [PROFILE]".into()),
    };
    let profile = arguments.get(4).map_or("english".into(), |name| name.to_string_lossy());
    let rounds: usize = rounds.to_string_lossy().parse()?;
    let texts = read_texts(texts)?;
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{}", json!({"documents": texts.len(), "bytes": bytes}));
    let mut chain = chain(&profile, plugins, config)?;
    let mut best: Option<Spent> = None;
    for _ in 0..rounds {
        let spent = round(&mut chain, &texts)?;
        best = best.filter(|best| best.clean <= spent.clean).or(Some(spent));
    }
    let Some(best) = best else { return Ok(()) };
    for (name, seconds) in [("read", best.read), ("clean", best.clean), ("write", best.write)] {
        println!("{}", json!({"name": name, "seconds": seconds}));
    }
    let times = chain.take_times();
    let all: f64 = times.iter().map(|(_, time)| time.as_secs_f64()).sum();
    for (plugin, time) in times {
        let seconds = best.clean * time.as_secs_f64() / all;
        println!("{}", json!({"name": plugin, "seconds": seconds}));
    }
    Ok(())
}

fn read_texts(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    Ok(paths.iter().map(std::fs::read_to_string).collect::<Result<_, _>>()?)
}

fn chain(profile: &str, plugins: &Path, config: &Path) -> Result<Chain, Failure> {
    let config = ConfigFolders::search(&[config.to_owned()]);
    let plugins = Plugins::new(PluginFolders::only(&[plugins.to_owned()]), &[]);
    let profile = Profile::load(profile, &config)?;
    Ok(profile.plan(&plugins, &config)?.start()?)
}

/// Cleans every text once.
fn round(chain: &mut Chain, texts: &[String]) -> Result<Spent, Failure> {
    let (mut read, mut clean, mut write) = (0.0, 0.0, 0.0);
    let mut out = Vec::new();
    for source in texts {
        let source = source.clone();
        let begun = cpu_seconds();
        let mut document = Document::from_text("text", source);
        let was_read = cpu_seconds();
        chain.clean(&mut document)?;
        let was_cleaned = cpu_seconds();
        out.clear();
        text(&document, TextOptions { marks: false }, &mut out)?;
        let written = cpu_seconds();
        read += was_read - begun;
        clean += was_cleaned - was_read;
        write += written - was_cleaned;
    }
    Ok(Spent { read, clean, write })
}

fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
