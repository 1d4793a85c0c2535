//! Parquet from any other container.
//!
//! What columns there are and what stands in them is known when the last record
//! is. Until then the records are JSON lines in a file beside the final one,
//! which can be gone on with after a stop; at the end they become a table.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::infer::Inferred;
use super::sink::ParquetSink;
use crate::container::{BATCH, Chunk, Sink};
use crate::jsonl::pairs_of;
use crate::options::RecordOptions;
use crate::packing::{Packing, Unpacked};
use crate::part::{Appended, Part, part_of};

/// How the lines are packed.
pub(crate) const PACKING: Packing = Packing::Zstd;

/// Gathers JSON lines that become a file of Parquet.
pub struct GatheredSink {
    lines: Appended,
    path: PathBuf,
    options: RecordOptions,
}

/// The name of the lines that become a file. They go when it has its final
/// name; until then a run that was stopped can go on with them.
#[must_use]
pub(crate) fn lines_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".lines");
    path.with_file_name(name)
}

impl GatheredSink {
    /// Begins, or goes on with so many bytes of packed lines.
    ///
    /// # Errors
    /// What the file system answers.
    pub fn new(path: &Path, from: Option<u64>, options: &RecordOptions) -> io::Result<Self> {
        let lines = lines_of(path);
        let part = match from {
            None => Part::begin(&lines)?,
            Some(length) => Part::go_on(&lines, length)?,
        };
        Ok(Self {
            lines: Appended::new(part, PACKING.pack_nothing()?),
            path: path.to_owned(),
            options: options.clone(),
        })
    }

    /// Shows every line.
    fn each(&self, visit: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        let file = Unpacked::open(&part_of(&lines_of(&self.path)), PACKING)?;
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut line = String::new();
        while file.read_line(&mut line)? > 0 {
            visit(line.trim_end())?;
            line.clear();
        }
        Ok(())
    }

    fn table(&self) -> io::Result<()> {
        let mut inferred = Inferred::default();
        self.each(&mut |line| {
            inferred.see(&pairs_of(line));
            Ok(())
        })?;
        let mut table =
            ParquetSink::new(Part::begin(&self.path)?, inferred.schema(), &self.options)?;
        let (mut rows, mut bytes) = (inferred.columns(), 0);
        self.each(&mut |line| {
            rows.add(&pairs_of(line));
            bytes += line.len();
            if bytes >= BATCH {
                bytes = 0;
                return table.add(&rows.finish().map_err(io::Error::other)?);
            }
            Ok(())
        })?;
        // Without a record there is no column, and no row to be added.
        if bytes > 0 {
            table.add(&rows.finish().map_err(io::Error::other)?)?;
        }
        table.finish()
    }
}

impl Sink for GatheredSink {
    fn write(&mut self, chunk: Chunk) -> io::Result<()> {
        self.lines.write(chunk)
    }

    fn written(&self) -> u64 {
        self.lines.written()
    }

    fn checkpoint(&mut self) -> io::Result<Option<u64>> {
        self.lines.checkpoint()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.lines.finish()?;
        self.table()
    }
}
