//! Many documents of one publisher, from folders, files and files of records.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, ValueHint};
use cleancopy_corpus::{Fault, Fields, Record as Read, document_of, open_records};
use cleancopy_model::Document;
use cleancopy_read::read;
use cleancopy_text::Day;
use serde_json::Value;

use crate::input::{Input, RecordFile, collect};
use crate::record_args::FieldArgs;
use crate::style::complain;

/// The longest record that is read, in bytes.
const LONGEST: usize = 1 << 28;

/// Where a corpus is and how its records are read.
#[derive(Debug, Args)]
pub(crate) struct CorpusArgs {
    /// One publisher's documents: folders, files and quoted globs of text,
    /// pages, feeds, or records, such as JSON lines
    #[arg(value_name = "CORPUS", required = true, value_hint = ValueHint::AnyPath)]
    pub(crate) corpus: Vec<PathBuf>,

    #[command(flatten)]
    fields: FieldArgs,

    /// The field with the day of publication; without it, the address may say
    #[arg(long, value_name = "FIELD", default_value = "published")]
    #[arg(help_heading = "Records")]
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
        let inputs = collect(&self.corpus)?;
        for file in &inputs.containers {
            self.read_records(file, &mut corpus)?;
        }
        for input in inputs.documents {
            corpus.add(read_file(&input), &input.id());
        }
        Ok(corpus)
    }

    fn read_records(&self, file: &RecordFile, corpus: &mut Corpus) -> anyhow::Result<()> {
        let shown = file.path.display().to_string();
        let names = Arc::new(self.fields.names());
        let source = open_records(&file.path, file.container, names, LONGEST);
        let mut source = source.with_context(|| shown.clone())?;
        while let Some(batch) = source.next(Vec::new()).with_context(|| shown.clone())? {
            batch.each(&mut |record| {
                let number = match &record {
                    Ok(record) => record.number,
                    Err(fault) => fault.number,
                };
                let place = format!("{shown}:{number}");
                corpus.add(self.record(record, &place), &place);
            });
        }
        Ok(())
    }

    fn record(&self, record: Result<Read<'_>, Fault<'_>>, place: &str) -> anyhow::Result<Record> {
        let mut record = record.map_err(|fault| anyhow::anyhow!(fault.reason))?;
        let day = self.day(&record.fields);
        let (document, _) = document_of(&mut record, || place.to_owned())
            .map_err(|(reason, _)| anyhow::anyhow!(reason))?;
        let day = day.or_else(|| Day::of_address(document.url.as_deref()?));
        Ok(Record { document, day })
    }

    fn day(&self, fields: &Fields<'_>) -> Option<Day> {
        let date = fields.value(&self.date_field).or_else(|| {
            let metadata = fields.value("metadata")?;
            Some(metadata.get(&self.date_field)?.clone())
        });
        Day::read(date.as_ref().and_then(Value::as_str)?)
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

fn read_file(input: &Input) -> anyhow::Result<Record> {
    let document = read(&input.id(), input.read()?, None, input.expect())?;
    let published = document.metadata().get("published").first().cloned();
    let day = published.and_then(|text| Day::read(&text));
    Ok(Record { document, day })
}
