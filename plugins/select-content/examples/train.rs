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

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use cleancopy_plugin::prelude::*;
use cleancopy_testkit::Kit;
use select_content::decide::{Verdict, decide};
use select_content::features::{Features, WIDTH, features};
use select_content::forest::Forest;
use select_content::page::Page;
use select_content::words::Words;

#[path = "support/boost.rs"]
mod boost;
#[path = "support/labels.rs"]
mod labels;

use boost::{Binned, Plan, fit};

const FOLDS: usize = 5;

const PLAN: Plan = Plan {
    trees: 120,
    leaves: 20,
    rate: 0.09,
    least: 6.0,
    ridge: 2.0,
    rows: 60,
    columns: 27,
};

#[derive(serde::Deserialize)]
struct Gold {
    id: String,
    url: String,
    gold: String,
}

struct Sample {
    gold: Gold,
    fold: usize,
    texts: Vec<String>,
    paths: Vec<String>,
    first: Features,
    wanted: Vec<f32>,
    weights: Vec<f32>,
}

type Look = Box<dyn FnOnce(&Page<'_>, &Document<'_>, &Words)>;

thread_local! {
    static LOOK: RefCell<Option<Look>> = const { RefCell::new(None) };
}

/// A cleaner that lets the trainer look at a document as a plugin sees it.
struct Probe(Words);

impl Cleaner for Probe {
    const DESCRIPTION: &'static str = "looks";
    type Settings = NoSettings;

    fn new(_: NoSettings) -> Result<Self, SetupError> {
        Words::load().map(Self).map_err(|e| SetupError::at("", e))
    }

    fn clean(&self, document: &Document<'_>, _: &mut Edits<'_>) {
        if let Some(look) = LOOK.with_borrow_mut(Option::take) {
            look(&Page::of(document, &self.0), document, &self.0);
        }
    }
}

export_cleaner!(Probe);

/// Looks at the page of a file.
fn look<T: 'static>(
    kit: &mut Kit,
    pages: &Path,
    id: &str,
    with: impl FnOnce(&Page<'_>, &Document<'_>, &Words) -> T + 'static,
) -> Result<T, Box<dyn Error>> {
    let bytes = std::fs::read(pages.join(format!("{id}.html.gz")))?;
    let document = cleancopy_testkit::page(id, bytes)?;
    let (send, receive) = std::sync::mpsc::channel();
    let look: Look =
        Box::new(move |page, document, words| drop(send.send(with(page, document, words))));
    LOOK.with_borrow_mut(|slot| *slot = Some(look));
    kit.run_on(document)?;
    Ok(receive.recv()?)
}

/// The site of an address: its host but for the first parts.
fn site(url: &str) -> String {
    let host = url.split('/').nth(2).unwrap_or(url);
    let parts: Vec<&str> = host.split('.').collect();
    let country =
        parts.len() > 2 && parts[parts.len() - 2].len() <= 3 && parts[parts.len() - 1].len() == 2;
    parts[parts.len().saturating_sub(if country { 3 } else { 2 })..].join(".")
}

fn sample(kit: &mut Kit, pages: &Path, gold: Gold) -> Result<Sample, Box<dyn Error>> {
    let (first, texts, paths) = look(kit, pages, &gold.id, |page, document, words| {
        let texts: Vec<String> = page
            .pieces
            .iter()
            .map(|p| p.block.text.to_owned())
            .collect();
        let path = |p: &select_content::page::Piece<'_>| {
            let around = document.around(&p.block).take(4);
            let path: Vec<String> = around
                .map(|e| format!("{}.{}", e.name, e.classes))
                .collect();
            format!(
                "{}{} {}",
                p.block.kind,
                if p.block.hidden { " hidden" } else { "" },
                path.join(" < ")
            )
        };
        let paths: Vec<String> = page.pieces.iter().map(path).collect();
        let named = features(page, document, words, true);
        assert_eq!(
            named.names.len(),
            if texts.is_empty() { 0 } else { WIDTH },
            "{:?}",
            named.names
        );
        (features(page, document, words, false), texts, paths)
    })?;
    let wanted = labels::labels(&texts, &gold.gold);
    let length = labels::words(&gold.gold).len().max(30) as f32;
    let weight = |text: &String| ((labels::words(text).len() as f32 + 1.0) / length).min(0.25);
    let hash = site(&gold.url).bytes().fold(17_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    Ok(Sample {
        fold: (hash >> 20) as usize % FOLDS,
        weights: texts.iter().map(weight).collect(),
        wanted: wanted.iter().map(|w| f32::from(u8::from(*w))).collect(),
        texts,
        paths,
        first,
        gold,
    })
}

/// All rows of all pages.
struct Table {
    width: usize,
    values: Vec<f32>,
    wanted: Vec<f32>,
    weights: Vec<f32>,
    folds: Vec<usize>,
}

impl Table {
    fn of<'s>(rows: impl Iterator<Item = (&'s Sample, &'s Features)>) -> Self {
        let mut table = Self {
            width: 0,
            values: vec![],
            wanted: vec![],
            weights: vec![],
            folds: vec![],
        };
        for (sample, features) in rows {
            table.width = table.width.max(features.width);
            table.values.extend_from_slice(&features.values);
            table.wanted.extend_from_slice(&sample.wanted);
            table.weights.extend_from_slice(&sample.weights);
            table
                .folds
                .extend(std::iter::repeat_n(sample.fold, sample.texts.len()));
        }
        let mean = table.weights.iter().sum::<f32>() / table.weights.len() as f32;
        table.weights.iter_mut().for_each(|w| *w /= mean);
        table
    }

    fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..][..self.width]
    }

    /// The chance of each row, by forests that never saw its site.
    fn unseen(&self, plan: &Plan) -> Vec<f32> {
        let binned = Binned::of(&self.values, self.width);
        let mut chances = vec![0.0; self.wanted.len()];
        let fold = |fold: usize| {
            let rows = (0..self.folds.len()).filter(|r| self.folds[*r] != fold);
            let rows: Vec<u32> = rows.filter_map(|r| u32::try_from(r).ok()).collect();
            (fold, fit(&binned, &rows, &self.wanted, &self.weights, plan))
        };
        let forests: Vec<(usize, Forest)> = std::thread::scope(|scope| {
            let fold = &fold;
            let half = |from: usize| {
                scope.spawn(move || (from..FOLDS).step_by(2).map(fold).collect::<Vec<_>>())
            };
            let threads = [half(0), half(1)];
            threads
                .into_iter()
                .filter_map(|t| t.join().ok())
                .flatten()
                .collect()
        });
        for (fold, forest) in forests {
            for at in (0..chances.len()).filter(|r| self.folds[*r] == fold) {
                chances[at] = forest.chance(self.row(at));
                if self.row(at)[0] < 0.0 {
                    chances[at] = 0.0;
                }
            }
        }
        chances
    }

    fn all(&self, plan: &Plan) -> Forest {
        let rows: Vec<u32> = (0..self.wanted.len())
            .filter_map(|r| u32::try_from(r).ok())
            .collect();
        fit(
            &Binned::of(&self.values, self.width),
            &rows,
            &self.wanted,
            &self.weights,
            plan,
        )
    }
}

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
    let table = Table::of(samples.iter().map(|s| (s, &s.first)));
    let chances = table.unseen(&PLAN);
    let mut verdicts = Vec::new();
    let mut at = 0;
    for sample in &samples {
        let own = chances[at..at + sample.texts.len()].to_vec();
        at += sample.texts.len();
        let decided = look(
            &mut kit,
            pages,
            &sample.gold.id,
            move |page, document, _| decide(page, document, &own),
        )?;
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
