//! Single documents as one task: files of text, pages and feeds, each with a
//! result of its own.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use cleancopy_corpus::{
    Appended, Batch, Body, Broken, Chunk, Cleaned, Encoder, Fault, Fields, Part, Position, Record,
    Sink, Source, Stdout, Task, part_of, publish, sync_files,
};
use cleancopy_read::Encoding;

use crate::args::{CleanArgs, Format};
use crate::input::Input;
use crate::output::{Target, file_in, write_document, write_file};
use crate::split;
use crate::style::Palette;

/// How many documents, and how many bytes of them, make a batch.
const DOCUMENTS: usize = 16;
const BYTES: u64 = 1 << 20;

/// Documents, and where their results go.
pub(crate) struct Documents(Arc<Job>);

struct Job {
    inputs: Vec<Input>,
    /// The bytes of each file.
    sizes: Vec<u64>,
    target: Target,
    args: CleanArgs,
    encoding: Option<Encoding>,
}

impl Documents {
    pub(crate) fn new(
        inputs: Vec<Input>,
        target: &Target,
        args: &CleanArgs,
    ) -> anyhow::Result<Self> {
        let encoding = args.encoding.as_deref().map(Encoding::named).transpose()?;
        Ok(Self(Arc::new(Job {
            sizes: inputs.iter().map(Input::size).collect(),
            inputs,
            target: target.clone(),
            args: args.clone(),
            encoding,
        })))
    }
}

impl Task for Documents {
    fn name(&self) -> String {
        match self.0.inputs.as_slice() {
            [one] => one.id(),
            many => format!("{} documents", many.len()),
        }
    }

    fn place(&self, record: u64) -> String {
        let input = usize::try_from(record - 1).ok();
        let input = input.and_then(|index| self.0.inputs.get(index));
        input.map_or_else(|| self.name(), Input::id)
    }

    fn size(&self) -> u64 {
        self.0.sizes.iter().sum()
    }

    fn open(&self) -> Result<Box<dyn Source>, Broken> {
        let job = Arc::clone(&self.0);
        Ok(Box::new(Files { job, next: 0 }))
    }

    fn encoder(&self) -> Box<dyn Encoder> {
        Box::new(Results {
            job: Arc::clone(&self.0),
            stream: Vec::new(),
            written: 0,
            problem: None,
        })
    }

    fn sink(&self, from: Option<u64>) -> io::Result<Box<dyn Sink>> {
        Ok(match &self.0.target {
            Target::Stdout => Box::new(Stdout::default()),
            Target::File(path) if self.0.is_stream() => {
                let part = from.map_or_else(|| Part::begin(path), |from| Part::go_on(path, from));
                Box::new(Appended::new(part?, Vec::new()))
            }
            Target::File(_) => Box::new(Elsewhere::default()),
            Target::Folder(folder) | Target::Split(folder) => Box::new(Elsewhere {
                folder: Some(folder.clone()),
                written: from.unwrap_or_default(),
            }),
        })
    }

    fn publish(&self) -> io::Result<()> {
        match &self.0.target {
            Target::File(path) if self.0.is_stream() => publish(path),
            _ => Ok(()),
        }
    }

    fn discard(&self) {
        if let Target::File(path) = &self.0.target {
            // It is in nobody's way.
            let _ = std::fs::remove_file(part_of(path));
        }
    }
}

impl Job {
    /// Whether all results go to one file, one line each.
    fn is_stream(&self) -> bool {
        matches!(self.target, Target::File(_)) && self.args.wanted() == Format::Jsonl
    }

    fn batch(&self, from: usize) -> Range<usize> {
        let mut bytes = 0;
        let sizes = self.sizes[from..].iter().take(DOCUMENTS);
        let count = sizes
            .take_while(|size| {
                let fits = bytes < BYTES;
                bytes += **size;
                fits
            })
            .count();
        from..from + count
    }
}

/// The files, some at a time. They are read by whoever cleans them.
struct Files {
    job: Arc<Job>,
    next: usize,
}

impl Source for Files {
    fn next(&mut self, _: Vec<u8>) -> Result<Option<Box<dyn Batch>>, Broken> {
        let range = self.job.batch(self.next);
        if range.is_empty() {
            return Ok(None);
        }
        self.next = range.end;
        let job = Arc::clone(&self.job);
        Ok(Some(Box::new(Batched { job, range })))
    }

    fn skip_to(&mut self, position: Position) -> Result<(), Broken> {
        self.next = usize::try_from(position.records).unwrap_or(usize::MAX);
        self.next = self.next.min(self.job.inputs.len());
        Ok(())
    }

    fn consumed(&self) -> u64 {
        self.job.sizes[..self.next].iter().sum()
    }
}

/// Some of the files.
struct Batched {
    job: Arc<Job>,
    range: Range<usize>,
}

impl Batch for Batched {
    fn size(&self) -> usize {
        let bytes: u64 = self.job.sizes[self.range.clone()].iter().sum();
        usize::try_from(bytes).unwrap_or(usize::MAX)
    }

    fn end(&self) -> Position {
        Position {
            records: self.range.end as u64,
            bytes: 0,
        }
    }

    fn each(&self, visit: &mut dyn FnMut(Result<Record<'_>, Fault<'_>>)) {
        for index in self.range.clone() {
            let input = &self.job.inputs[index];
            let (number, id) = (index as u64 + 1, Some(Cow::Owned(input.id())));
            visit(match input.read() {
                Ok(bytes) => Ok(Record {
                    number,
                    id,
                    url: None,
                    body: Body::Bytes(bytes.into(), input.expect(), self.job.encoding),
                    fields: Fields::Pairs(Vec::new()),
                }),
                Err(error) => Err(Fault {
                    number,
                    id,
                    reason: format!("{error:#}"),
                    text: Cow::Borrowed(&[]),
                }),
            });
        }
    }
}

/// Writes what is one file a document, and collects what is one for all.
struct Results {
    job: Arc<Job>,
    stream: Vec<u8>,
    written: u64,
    problem: Option<io::Error>,
}

impl Encoder for Results {
    fn add(&mut self, record: &Record<'_>, cleaned: &Cleaned<'_>) -> Result<(), String> {
        let job = Arc::clone(&self.job);
        let index = usize::try_from(record.number - 1).unwrap_or(usize::MAX);
        let input = job.inputs.get(index).ok_or("no such document")?;
        if let Err(error) = self.write(&job, input, cleaned) {
            // Not the document's fault: the run ends.
            self.problem = Some(io::Error::other(format!("{error:#}")));
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<Chunk> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        let written = std::mem::take(&mut self.written);
        match std::mem::take(&mut self.stream) {
            stream if stream.is_empty() => Ok(Chunk::Rows(Box::new(written))),
            stream => Ok(Chunk::Bytes(stream)),
        }
    }
}

impl Results {
    fn write(&mut self, job: &Job, input: &Input, cleaned: &Cleaned<'_>) -> anyhow::Result<()> {
        let Cleaned { document, profile } = *cleaned;
        let format = job.args.wanted();
        let path = match &job.target {
            Target::Split(folder) => {
                let folder = folder.join(&input.stem);
                return split::write(&folder, document, profile, format);
            }
            Target::Folder(folder) => file_in(folder, &input.stem, format),
            Target::File(path) if !job.is_stream() => path.clone(),
            Target::Stdout | Target::File(_) => {
                let palette = match job.target {
                    Target::Stdout => Palette::of_stdout(),
                    _ => Palette::NONE,
                };
                write_document(document, profile, &job.args, palette, &mut self.stream)?;
                return Ok(());
            }
        };
        let mut bytes = Vec::new();
        write_document(document, profile, &job.args, Palette::NONE, &mut bytes)?;
        self.written += bytes.len() as u64;
        write_file(&path, |out| out.write_all(&bytes)).context("the result could not be written")
    }
}

/// Where nothing is left to write: every result is a file already.
#[derive(Default)]
struct Elsewhere {
    folder: Option<PathBuf>,
    written: u64,
}

impl Sink for Elsewhere {
    fn write(&mut self, chunk: Chunk) -> io::Result<()> {
        if let Chunk::Rows(written) = chunk {
            self.written += written.downcast::<u64>().map_or(0, |written| *written);
        }
        Ok(())
    }

    fn written(&self) -> u64 {
        self.written
    }

    fn checkpoint(&mut self) -> io::Result<Option<u64>> {
        self.finish()?;
        Ok(Some(self.written))
    }

    fn finish(&mut self) -> io::Result<()> {
        let folder = self.folder.as_deref().filter(|folder| folder.exists());
        folder.map_or(Ok(()), sync_files)
    }
}
