//! Fits the forests of the classifier and says how good they are.
//!
//! ```text
//! cargo run --release -p cleancopy-select-content --example train -- PAGES GOLD.jsonl OUT [MODEL]
//! ```
//!
//! `PAGES` holds `ID.html.gz`, each line of `GOLD.jsonl` is `{"id", "url",
//! "gold"}`. `OUT/ID.txt` becomes what forests that never saw the page's site
//! take for its article. With `MODEL` the forests fitted to all pages are
//! written there.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use cleancopy_testkit::Kit;
use select_content::decide::{Verdict, decide};

#[path = "support/boost.rs"]
mod boost;
#[path = "support/labels.rs"]
mod labels;
#[path = "support/sample.rs"]
mod sample;
#[path = "support/table.rs"]
mod table;

use boost::Plan;
use sample::{PLUGIN, Sample, look, sample};
use table::Table;

const FOLDS: usize = 5;

const PLAN: Plan = Plan {
    trees: 75,
    leaves: 20,
    rate: 0.15,
    least: 6.0,
    ridge: 2.0,
    rows: 60,
    columns: 27,
    seeds: &[1, 2, 3],
    clear: 2.4,
};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [pages, gold, out, model @ ..] = args.as_slice() else {
        return Err("PAGES GOLD.jsonl OUT [MODEL]".into());
    };
    let pages = Path::new(pages);
    let mut kit = Kit::new(&PLUGIN);
    let mut samples = Vec::new();
    for line in std::fs::read_to_string(gold)?.lines() {
        samples.push(sample(&mut kit, pages, serde_json::from_str(line)?)?);
    }
    let table = Table::of(&samples);
    let chances = table.unseen(&PLAN);
    let mut verdicts = Vec::new();
    let mut at = 0;
    for sample in &samples {
        let own = chances[at..at + sample.texts.len()].to_vec();
        at += sample.texts.len();
        let decided = look(&mut kit, pages, &sample.gold.id, move |page, document| {
            decide(page, document, &own)
        })?;
        verdicts.extend(decided);
    }
    write(&samples, &chances, &verdicts, Path::new(out))?;
    if let [model] = model {
        std::fs::write(
            Path::new(model).join("forest.tsv"),
            table.all(&PLAN).to_text(),
        )?;
    }
    Ok(())
}

/// Writes what is taken for the article of each page, and all chances.
fn write(
    samples: &[Sample],
    chances: &[f32],
    verdicts: &[Verdict],
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(out)?;
    let mut at = 0;
    let mut log = BTreeMap::new();
    for sample in samples {
        let own = &chances[at..at + sample.texts.len()];
        let decided = &verdicts[at..at + sample.texts.len()];
        at += sample.texts.len();
        let kept = sample
            .texts
            .iter()
            .zip(decided)
            .filter(|(_, v)| **v == Verdict::Article);
        let text: Vec<&str> = kept.map(|(t, _)| t.as_str()).collect();
        std::fs::write(out.join(format!("{}.txt", sample.gold.id)), text.join("\n"))?;
        let lines = sample
            .texts
            .iter()
            .zip(own)
            .zip(&sample.wanted)
            .zip(&sample.paths)
            .zip(decided);
        let lines =
            lines.map(|((((t, c), w), path), v)| format!("{w}\t{c:.3}\t{v:?}\t{t}\t{path}\n"));
        log.insert(&sample.gold.id, lines.collect::<String>());
    }
    for (id, lines) in log {
        std::fs::write(out.join(format!("{id}.log")), lines)?;
    }
    Ok(())
}
