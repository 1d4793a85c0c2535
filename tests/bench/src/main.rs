//! Times the way from a page to its article: cleancopy beside the Rust crates
//! that do the same, and beside a bare parse.
//!
//! ```text
//! cleancopy-bench PAGES PLUGINS CONFIG ROUNDS
//! ```
//!
//! `PAGES` holds `*.html.gz` or `*.html`, read before the clock runs. Prints one
//! JSON object a contestant: the least CPU time of this thread over the rounds,
//! in seconds, and how much text came out, in bytes. `tests/bench/run` makes a
//! table of it.
#![allow(clippy::print_stdout, reason = "a command")]

use std::error::Error;
use std::path::{Path, PathBuf};

use cleancopy_host::{Chain, ConfigFolders, PluginFolders, Plugins, Profile};
use cleancopy_read::{decode, read_html, unpack};
use cleancopy_write::{TextOptions, text};
use rustix::time::{ClockId, clock_gettime};

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [pages, plugins, config, rounds] = arguments.as_slice() else {
        return Err("usage: cleancopy-bench PAGES PLUGINS CONFIG ROUNDS".into());
    };
    let rounds: usize = rounds.to_string_lossy().parse()?;
    let pages = read_pages(pages)?;
    let bytes: usize = pages.iter().map(|(raw, _)| raw.len()).sum();
    println!("{}", serde_json::json!({"pages": pages.len(), "bytes": bytes}));
    let mut chain = chain(plugins, config)?;
    let mut contestants: Vec<(&str, Box<dyn FnMut(&[u8], &str) -> usize>)> = vec![
        ("scraper, parse alone", Box::new(|_, html| parse(html))),
        ("cleancopy, whole path", Box::new(move |raw, _| clean(&mut chain, raw))),
        ("cleancopy, reader alone", Box::new(|raw, _| read(raw))),
        ("dom_smoothie", Box::new(|_, html| dom_smoothie(html))),
        ("libreadability", Box::new(|_, html| libreadability(html))),
        ("trafilatura (crate)", Box::new(|_, html| trafilatura(html))),
        ("rs-trafilatura", Box::new(|_, html| rs_trafilatura(html))),
    ];
    for (name, run) in &mut contestants {
        let mut best = f64::INFINITY;
        let mut out = 0;
        for _ in 0..rounds {
            let start = cpu_seconds();
            out = pages.iter().map(|(raw, html)| run(raw, html)).sum();
            best = best.min(cpu_seconds() - start);
        }
        println!("{}", serde_json::json!({"name": name, "seconds": best, "out": out}));
    }
    Ok(())
}

/// Every page as it came and as text.
fn read_pages(folder: &Path) -> Result<Vec<(Vec<u8>, String)>, Failure> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.sort();
    let page = |path: &PathBuf| -> Result<_, Failure> {
        let raw = unpack(std::fs::read(path)?)?;
        let text = match decode(raw.clone(), None) {
            Ok((text, _)) => text,
            Err(_) => String::from_utf8_lossy(&raw).into_owned(),
        };
        Ok((raw, text))
    };
    paths.iter().map(page).collect()
}

fn chain(plugins: &Path, config: &Path) -> Result<Chain, Failure> {
    let config = ConfigFolders::search(&[config.to_owned()]);
    let plugins = Plugins::new(PluginFolders::only(&[plugins.to_owned()]), &[]);
    let profile = Profile::load("english", &config)?;
    Ok(profile.plan(&plugins, &config)?.start()?)
}

fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn parse(html: &str) -> usize {
    scraper::Html::parse_document(html).tree.nodes().count()
}

fn read(raw: &[u8]) -> usize {
    read_html("page", raw.to_vec(), None).map_or(0, |document| document.source().len())
}

/// From bytes to text: decode, read, select, clean, write.
fn clean(chain: &mut Chain, raw: &[u8]) -> usize {
    let mut out = Vec::new();
    if let Ok(mut document) = read_html("page", raw.to_vec(), None)
        && chain.clean(&mut document).is_ok()
    {
        let _ = text(&document, TextOptions { marks: false }, &mut out);
    }
    out.len()
}

fn dom_smoothie(html: &str) -> usize {
    let article = dom_smoothie::Readability::new(html, None, None).and_then(|mut r| r.parse());
    article.map_or(0, |article| article.text_content.len())
}

fn libreadability(html: &str) -> usize {
    libreadability::extract(html, None).map_or(0, |article| article.text_content.len())
}

fn trafilatura(html: &str) -> usize {
    let options = trafilatura::Options::default();
    trafilatura::extract(html, &options).map_or(0, |found| found.content_text.len())
}

fn rs_trafilatura(html: &str) -> usize {
    rs_trafilatura::extract(html).map_or(0, |found| found.content_text.len())
}
