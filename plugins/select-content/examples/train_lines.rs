//! Fits the forest for raw dumps and says how good it is.
//!
//! ```text
//! cargo run --release -p cleancopy-select-content --example train_lines -- OUT DUMPS.jsonl… [--model MODEL]
//! ```
//!
//! Each line of `DUMPS.jsonl` is `{"id", "url", "text", "gold"}`, with a
//! `weight` if it is to count more or less than others. `OUT/ID.txt`
//! becomes what a forest that never saw the dump's site leaves of it, and
//! `OUT/fold-N.tsv` that forest. With
//! `--model` the forest fitted to all dumps is written to that folder.

#![allow(clippy::print_stdout, reason = "the figures are the answer")]

use std::error::Error;
use std::path::Path;

use select_content::forest::Forest;
use select_content::lines::cues::Cues;
use select_content::lines::decide::LEAST;
use select_content::lines::features::Text;
use select_content::lines::is_dump;

#[path = "support/boost.rs"]
mod boost;
#[path = "support/labels.rs"]
mod labels;

use boost::{Binned, Plan, each_fold, fit};

const FOLDS: usize = 8;

const PLAN: Plan = Plan {
    trees: 180,
    leaves: 24,
    rate: 0.08,
    least: 8.0,
    ridge: 2.0,
    rows: 50,
    columns: 25,
    seeds: &[7],
    clear: 3.5,
};

/// The most words of a line that count for its weight.
const HEAVY: f32 = 40.0;

/// How far from the article every line is fitted to, in lines.
const NEAR: usize = 25;

/// Farther off, one in so many.
const SAMPLE: usize = 4;

#[derive(serde::Deserialize)]
struct Dump {
    id: String,
    url: String,
    text: String,
    gold: String,
    /// How much it counts: pages like those that are to be cleaned count more.
    #[serde(default = "one")]
    weight: f32,
}

fn one() -> f32 {
    1.0
}

/// All lines of all dumps.
#[derive(Default)]
struct Table {
    width: usize,
    names: Vec<String>,
    values: Vec<f32>,
    wanted: Vec<f32>,
    weights: Vec<f32>,
    folds: Vec<usize>,
    /// Which rows are fitted to: far from the article one in [`SAMPLE`] will do.
    fitted: Vec<bool>,
}

impl Table {
    fn add(&mut self, dump: &Dump, cues: &Cues) -> Vec<String> {
        let texts: Vec<&str> = dump.text.lines().map(str::trim).collect();
        let texts: Vec<&str> = texts.into_iter().filter(|t| !t.is_empty()).collect();
        if !is_dump(&texts, cues) {
            return Vec::new();
        }
        let owned: Vec<String> = texts.iter().map(|t| (*t).to_owned()).collect();
        let wanted = labels::labels(&owned, &dump.gold);
        let text = Text::of(texts, cues);
        let fold = site(&dump.url).bytes().fold(17_u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut row = Vec::new();
        let all = wanted;
        for (at, wanted) in all.iter().enumerate() {
            let mut names = Vec::new();
            text.row(at, &mut row, self.names.is_empty().then_some(&mut names));
            if self.names.is_empty() {
                self.names = names;
                self.width = row.len();
            }
            self.values.extend_from_slice(&row);
            self.wanted.push(f32::from(u8::from(*wanted)));
            let near = at.saturating_sub(NEAR)..(at + NEAR).min(all.len());
            let is_near = all[near].contains(&true);
            let weight = (text.lines[at].words + 3.0).min(HEAVY) / HEAVY;
            let times = if is_near { 1.0 } else { SAMPLE as f32 };
            self.weights.push(weight * times * dump.weight);
            self.fitted.push(is_near || at % SAMPLE == 0);
            self.folds.push((fold >> 20) as usize % FOLDS);
        }
        owned
    }

    fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..][..self.width]
    }

    fn rows(&self, but: usize) -> Vec<u32> {
        let rows = (0..self.folds.len()).filter(|row| self.folds[*row] != but && self.fitted[*row]);
        rows.filter_map(|row| u32::try_from(row).ok()).collect()
    }

    /// The chance of each line, by forests that never saw its site.
    /// With the forests, fold by fold.
    fn unseen(&self, binned: &Binned) -> (Vec<f32>, Vec<(usize, Forest)>) {
        let mut chances = vec![0.0; self.wanted.len()];
        let forest = |but| fit(binned, &self.rows(but), &self.wanted, &self.weights, &PLAN);
        let mut forests = each_fold(FOLDS, forest);
        for (but, forest) in &mut forests {
            for at in (0..chances.len()).filter(|row| self.folds[*row] == *but) {
                chances[at] = forest.chance(self.row(at));
            }
            forest.columns.clone_from(&self.names);
        }
        (chances, forests)
    }
}

/// The site of an address: its host but for the first parts.
fn site(url: &str) -> String {
    let host = url.split('/').nth(2).unwrap_or(url);
    let parts: Vec<&str> = host.split('.').collect();
    let country =
        parts.len() > 2 && parts[parts.len() - 2].len() <= 3 && parts[parts.len() - 1].len() == 2;
    parts[parts.len().saturating_sub(if country { 3 } else { 2 })..].join(".")
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (inputs, model) = match args.iter().position(|arg| arg == "--model") {
        Some(at) => (&args[..at], args.get(at + 1)),
        None => (args.as_slice(), None),
    };
    let [out, files @ ..] = inputs else {
        return Err("OUT DUMPS.jsonl… [--model MODEL]".into());
    };
    let cues = Cues::load()?;
    let mut table = Table::default();
    let mut dumps = Vec::new();
    for file in files {
        for line in std::fs::read_to_string(file)?.lines() {
            let dump: Dump = serde_json::from_str(line)?;
            let lines = table.add(&dump, &cues);
            if lines.is_empty() {
                println!("no dump: {}", dump.id);
            }
            dumps.push((dump.id, lines));
        }
    }
    println!("{} lines, {} numbers", table.wanted.len(), table.width);
    let binned = Binned::of(&table.values, table.width);
    let (chances, forests) = table.unseen(&binned);
    report(&table, &chances);
    write(&dumps, &table, &chances, Path::new(out))?;
    for (fold, forest) in forests {
        let path = Path::new(out).join(format!("fold-{fold}.tsv"));
        std::fs::write(path, forest.to_text())?;
    }
    if let Some(model) = model {
        let mut all = fit(
            &binned,
            &table.rows(FOLDS),
            &table.wanted,
            &table.weights,
            &PLAN,
        );
        all.columns = table.names;
        std::fs::write(Path::new(model).join("lines.tsv"), all.to_text())?;
    }
    Ok(())
}

/// What share of the article's words would leave, and of the noise stay, by
/// where the line is drawn.
fn report(table: &Table, chances: &[f32]) {
    let weigh = |wanted: f32, test: &dyn Fn(f32) -> bool| {
        let rows = (0..chances.len()).filter(|r| table.wanted[*r] == wanted);
        let (mut hit, mut all) = (0.0_f64, 0.0_f64);
        for row in rows {
            let words = f64::from(table.row(row)[1]);
            all += words;
            hit += if test(chances[row]) { words } else { 0.0 };
        }
        100.0 * hit / all
    };
    for least in [0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5] {
        let lost = weigh(1.0, &|chance| chance < least);
        let left = weigh(0.0, &|chance| chance >= least);
        println!("below {least}: {lost:.3}% of the articles lost, {left:.2}% of the noise left");
    }
}

/// Writes what is left of each dump, and all chances.
fn write(
    dumps: &[(String, Vec<String>)],
    table: &Table,
    chances: &[f32],
    out: &Path,
) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(out)?;
    let mut at = 0;
    for (id, lines) in dumps {
        let (mut text, mut log) = (String::new(), String::new());
        for line in lines {
            if chances[at] >= LEAST {
                text.push_str(line);
                text.push('\n');
            }
            log.push_str(&format!(
                "{}\t{:.3}\t{line}\n",
                table.wanted[at], chances[at]
            ));
            at += 1;
        }
        std::fs::write(out.join(format!("{id}.txt")), text)?;
        std::fs::write(out.join(format!("{id}.log")), log)?;
    }
    Ok(())
}
