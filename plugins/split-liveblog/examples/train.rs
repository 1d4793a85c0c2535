//! Fits the weights of the prose splitter and says how good they are.
//!
//! ```text
//! cargo run --release -p cleancopy-split-liveblog --example train -- OUT.tsv PAGES.jsonl…
//! ```
//!
//! Each line of `PAGES.jsonl` is a page: `{"id", "variant", "genre", "kind",
//! "lines": [text], "boundaries": [0-based line]}`. Pages of variant `bare` are
//! used. The figures are leave-one-page-out: each news page is cut by weights
//! that never saw it. With `-` for `OUT.tsv` nothing is written.

use std::error::Error;
use std::fs;

use cleancopy_text::prose::{Model, cue_names, cues, segment};

#[path = "support/logistic.rs"]
mod logistic;
#[path = "support/score.rs"]
mod score;

use logistic::{Fit, Row, fit};
use score::{Score, mean};

/// Strength of the data against the prior that all weights are nought.
const STRENGTH: f64 = 0.1;
/// Added to every score: balances precision and recall.
const THRESHOLD: f64 = 0.1;
/// Taken off a boundary that would leave a post of one line on a long page.
const ONE_LINE: f64 = -0.75;

const OPENINGS: &str = include_str!("../model/openings.tsv");

#[derive(serde::Deserialize)]
struct Record {
    id: String,
    variant: String,
    genre: String,
    kind: String,
    lines: Vec<String>,
    boundaries: Vec<usize>,
}

/// A page with the cues of its lines worked out.
struct Page {
    record: Record,
    rows: Vec<Row>,
}

impl Page {
    fn new(record: Record, model: &Model) -> Self {
        let lines: Vec<&str> = record.lines.iter().map(String::as_str).collect();
        let weight = record.share() / (lines.len() as f64).sqrt();
        let row = |(at, (cues, _)): (usize, (Vec<f64>, bool))| Row {
            starts: record.boundaries.contains(&(at + 1)),
            cues,
            weight,
        };
        let rows = cues(&lines, model)
            .into_iter()
            .enumerate()
            .map(row)
            .collect();
        Self { record, rows }
    }
}

impl Record {
    fn is_news(&self) -> bool {
        matches!(self.genre.as_str(), "news" | "politics" | "business") && self.kind == "real"
    }

    /// How much a page counts beside a news liveblog. Pages of joined articles
    /// teach how reports open, but their subjects differ more than posts do.
    fn share(&self) -> f64 {
        match (self.kind.as_str(), self.genre.as_str()) {
            ("synthetic", _) => 0.1,
            (_, "feed-full-content") => 0.1,
            (_, "feed-summary-only") => 0.0,
            _ if self.is_news() => 1.0,
            _ => 0.3,
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments
        .next()
        .ok_or("usage: train OUT.tsv PAGES.jsonl…")?;
    let blank = Model::parse(&table(&Fit::nought(cue_names().len())), OPENINGS)?;
    let mut pages = Vec::new();
    for input in arguments {
        pages.extend(read(&fs::read_to_string(input)?, &blank)?);
    }
    report(&pages)?;
    if out != "-" {
        let all: Vec<&Row> = pages.iter().flat_map(|page| &page.rows).collect();
        fs::write(out, table(&fit(&all, STRENGTH)))?;
    }
    Ok(())
}

fn read(text: &str, model: &Model) -> Result<Vec<Page>, Box<dyn Error>> {
    let mut pages = Vec::new();
    for line in text.lines() {
        let record: Record = serde_json::from_str(line)?;
        if record.variant == "bare" && record.share() > 0.0 {
            pages.push(Page::new(record, model));
        }
    }
    Ok(pages)
}

/// Cuts each news page with weights fitted to all other pages.
fn report(pages: &[Page]) -> Result<(), Box<dyn Error>> {
    let mut scores = Vec::new();
    for (index, page) in pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.record.is_news())
    {
        let others = pages
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        let rows: Vec<&Row> = others.flat_map(|(_, page)| &page.rows).collect();
        let model = Model::parse(&table(&fit(&rows, STRENGTH)), OPENINGS)?;
        let score = judge(&page.record, &model);
        show(&page.record.id, &score);
        scores.push(score);
    }
    show("mean", &mean(&scores));
    Ok(())
}

fn judge(record: &Record, model: &Model) -> Score {
    let lines: Vec<&str> = record.lines.iter().map(String::as_str).collect();
    let found: Vec<usize> = segment(&lines, model)
        .boundaries
        .iter()
        .map(|b| b.line)
        .collect();
    Score::of(&record.boundaries, &found, lines.len())
}

#[expect(clippy::print_stdout, reason = "a command")]
fn show(name: &str, score: &Score) {
    println!(
        "{name:20} F {:.3}  P {:.3}  R {:.3}  Pk {:.3}",
        score.f, score.precision, score.recall, score.pk
    );
}

fn table(fit: &Fit) -> String {
    let named = cue_names().iter().copied().zip(fit.weights.iter().copied());
    let rest = [
        ("intercept", fit.intercept),
        ("threshold", THRESHOLD),
        ("one-line", ONE_LINE),
    ];
    let row = |(name, weight): (&str, f64)| format!("{name}\t{weight:.4}\n");
    named.chain(rest).map(row).collect()
}
