//! How fast pages are cleaned, against parsing them alone.
//!
//! ```text
//! cargo build --release && cargo run --release -p cleancopy --example page_speed -- PAGES
//! ```
//!
//! `PAGES` holds `*.html.gz`. Everything is in memory and in one thread: read,
//! select, clean, write. Megabytes are those of the unpacked pages.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use cleancopy_host::{ConfigFolders, PluginFolders, Plugins, Profile, Root};
use cleancopy_read::{read_html, unpack};
use cleancopy_write::{TextOptions, text};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder of pages")?;
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let bytes = unpack(std::fs::read(entry?.path())?)?;
        pages.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let beside = std::env::current_exe()?;
    let plugins = beside.ancestors().nth(2).ok_or("no folder of plugins")?;
    let config = ConfigFolders::only(vec![Root::Folder(top.join("config"))]);
    let plugins = Plugins::new(PluginFolders::only(&[plugins.to_owned()]), &[]);
    let mut chain = Profile::load("english", &config)?
        .plan(&plugins, &config)?
        .start()?;
    let size: usize = pages.iter().map(String::len).sum();
    for _ in 0..3 {
        timed("scraper's parse", size, || {
            let nodes = |page: &String| scraper::Html::parse_document(page).tree.values().len();
            Ok(pages.iter().map(nodes).sum())
        })?;
        timed("reading", size, || {
            let mut blocks = 0;
            for page in &pages {
                blocks += read_html("page", page.clone().into_bytes(), None)?
                    .blocks()
                    .len();
            }
            Ok(blocks)
        })?;
        timed("everything", size, || {
            let mut out = Vec::new();
            for page in &pages {
                let mut document = read_html("page", page.clone().into_bytes(), None)?;
                chain.clean(&mut document)?;
                text(&document, TextOptions { marks: false }, &mut out)?;
            }
            Ok(out.len())
        })?;
    }
    Ok(())
}

#[allow(clippy::print_stdout, reason = "it is what the program is for")]
fn timed(
    what: &str,
    size: usize,
    run: impl FnOnce() -> Result<usize, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let found = run()?;
    let seconds = start.elapsed().as_secs_f64();
    let speed = size as f64 / 1e6 / seconds;
    println!(
        "{what:16} {speed:6.1} MB/s  {:6.1} ms  ({found})",
        seconds * 1e3
    );
    Ok(())
}
