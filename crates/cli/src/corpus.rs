//! Many documents of one publisher, from folders, files and JSON lines.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueHint};
use cleancopy_model::Document;
use cleancopy_read::read;
use cleancopy_text::Day;
use serde_json::Value;

use crate::globs::expand;
use crate::input::collect;
use crate::style::complain;

/// File name extensions of files with a JSON object on each line.
const JSON_LINES: &[&str] = &["jsonl", "ndjson"];

/// Where a corpus is and how its records are read.
#[derive(Debug, Args)]
pub(crate) struct CorpusArgs {
    /// One publisher's documents: folders, files and quoted globs of text,
    /// feeds, or JSON lines (.jsonl)
    #[arg(value_name = "CORPUS", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) corpus: Vec<PathBuf>,

    /// The field of a JSON line that names the document
    #[arg(long, value_name = "FIELD", default_value = "id")]
    #[arg(help_heading = "JSON lines")]
    id_field: String,

    /// The field with the text
    #[arg(long, value_name = "FIELD", default_value = "text")]
    #[arg(help_heading = "JSON lines")]
    text_field: String,

    /// The field with the address
    #[arg(long, value_name = "FIELD", default_value = "url")]
    #[arg(help_heading = "JSON lines")]
    url_field: String,

    /// The field with the day of publication; without it, the address may say
    #[arg(long, value_name = "FIELD", default_value = "published")]
    #[arg(help_heading = "JSON lines")]
    date_field: String,
}

/// A document of a corpus.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) document: Document,
    /// The day it was published, if known.
    pub(crate) day: Option<Day>,
}

/// The documents that could be read.
#[derive(Debug, Default)]
pub(crate) struct Corpus {
    pub(crate) records: Vec<Record>,
    /// How many could not.
    pub(crate) set_aside: usize,
}

impl CorpusArgs {
    /// Reads the corpus. A document that cannot be read is named and passed
    /// over; a file or folder that cannot be opened ends the run.
    pub(crate) fn read(&self) -> anyhow::Result<Corpus> {
        let mut corpus = Corpus::default();
        for path in &expand(&self.corpus)? {
            for file in files(path)? {
                if is_json_lines(&file) {
                    self.read_lines(&file, &mut corpus)?;
                } else {
                    corpus.add(read_file(&file), &file.display().to_string());
                }
            }
        }
        Ok(corpus)
    }

    fn read_lines(&self, path: &Path, corpus: &mut Corpus) -> anyhow::Result<()> {
        let shown = path.display();
        let file = std::fs::File::open(path).with_context(|| shown.to_string())?;
        for (number, line) in BufReader::new(file).lines().enumerate() {
            let place = format!("{shown}:{}", number + 1);
            let line = line.with_context(|| place.clone())?;
            if !line.trim().is_empty() {
                corpus.add(self.record(&line, &place), &place);
            }
        }
        Ok(())
    }

    fn record(&self, line: &str, place: &str) -> anyhow::Result<Record> {
        let value: Value = serde_json::from_str(line).context("this line is not JSON")?;
        let Some(text) = value.get(&self.text_field).and_then(Value::as_str) else {
            let known: Vec<&str> = value
                .as_object()
                .map(|object| object.keys().map(String::as_str).collect())
                .unwrap_or_default();
            bail!(
                "no text in `{}`; name the field with --text-field (here are: {})",
                self.text_field,
                known.join(", ")
            );
        };
        let id = value.get(&self.id_field).map_or(place.to_owned(), shown);
        let mut document = Document::from_text(id, text);
        let url = value.get(&self.url_field).and_then(Value::as_str);
        document.url = url.map(str::to_owned);
        let day = self.day(&value).or_else(|| Day::of_address(url?));
        Ok(Record { document, day })
    }

    fn day(&self, value: &Value) -> Option<Day> {
        let date = value
            .get(&self.date_field)
            .or_else(|| value.get("metadata")?.get(&self.date_field));
        Day::read(date?.as_str()?)
    }
}

impl Corpus {
    fn add(&mut self, record: anyhow::Result<Record>, place: &str) {
        match record {
            Ok(record) => self.records.push(record),
            Err(error) => {
                self.set_aside += 1;
                complain(&format!("{place}: passed over: {error:#}"));
            }
        }
    }
}

/// A name as it stands, without quotation marks.
fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn is_json_lines(path: &Path) -> bool {
    let extension = path.extension().and_then(|e| e.to_str());
    extension.is_some_and(|e| JSON_LINES.contains(&e.to_ascii_lowercase().as_str()))
}

/// The files behind an argument: itself, or what a folder holds.
fn files(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        std::fs::metadata(path).with_context(|| path.display().to_string())?;
        return Ok(vec![path.to_owned()]);
    }
    let mut lines = Vec::new();
    for entry in std::fs::read_dir(path).with_context(|| path.display().to_string())? {
        lines.push(entry.with_context(|| path.display().to_string())?.path());
    }
    lines.retain(|file| file.is_file() && is_json_lines(file));
    lines.sort();
    match collect(&[path.to_owned()]) {
        Ok(inputs) => lines.extend(inputs.documents.into_iter().filter_map(|input| input.path)),
        // A folder may hold JSON lines alone.
        Err(error) if lines.is_empty() => return Err(error),
        Err(_) => {}
    }
    Ok(lines)
}

fn read_file(path: &Path) -> anyhow::Result<Record> {
    let inputs = collect(&[path.to_owned()])?;
    let input = inputs.documents.into_iter().next().context("no document")?;
    let document = read(&input.id(), input.read()?, None, input.expect())?;
    let published = document.metadata().get("published").first().cloned();
    let day = published.and_then(|text| Day::read(&text));
    Ok(Record { document, day })
}
