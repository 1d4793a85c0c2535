//! Which containers there are, and a file of one as a task.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::container::{Broken, Encoder, FieldNames, Sink, Source, Task};
use crate::jsonl::{JsonLinesEncoder, JsonLinesSource};
use crate::options::RecordOptions;
use crate::packing::Packing;
use crate::part::{Appended, Part, Stdout, part_of, publish};

/// A kind of file with many records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// A JSON object on each line.
    JsonLines,
}

impl Container {
    /// All of them, with their file name extensions.
    pub const ALL: &[(Self, &[&str])] = &[(Self::JsonLines, &["jsonl", "ndjson"])];

    /// The container that a file name names, and how it is packed.
    #[must_use]
    pub fn of(path: &Path) -> Option<(Self, Packing)> {
        let (packing, name) = Packing::of(path);
        let extension = name.extension()?.to_str()?.to_ascii_lowercase();
        let known = Self::ALL.iter();
        let found = known
            .clone()
            .find(|(_, known)| known.contains(&extension.as_str()))?;
        Some((found.0, packing))
    }
}

/// Opens a file of records. Those longer than `longest` bytes are set aside.
///
/// # Errors
/// [`Broken`] when it cannot be opened or is not what its name says.
pub fn open_records(
    path: &Path,
    (container, packing): (Container, Packing),
    names: Arc<FieldNames>,
    longest: usize,
) -> Result<Box<dyn Source>, Broken> {
    match container {
        Container::JsonLines => {
            let source = JsonLinesSource::open(path, packing, names, longest)?;
            Ok(Box::new(source))
        }
    }
}

/// A file of records that becomes another one.
#[derive(Debug)]
pub struct ContainerTask {
    /// The file to read.
    pub input: PathBuf,
    /// Its kind and packing.
    pub from: (Container, Packing),
    /// The file to write; standard output if there is none.
    pub output: Option<PathBuf>,
    /// Its kind and packing.
    pub to: (Container, Packing),
    /// What records look like.
    pub options: Arc<RecordOptions>,
    /// The longest record that is read, in bytes.
    pub longest: usize,
}

impl Task for ContainerTask {
    fn name(&self) -> String {
        self.input.display().to_string()
    }

    fn size(&self) -> u64 {
        std::fs::metadata(&self.input).map_or(0, |file| file.len())
    }

    fn open(&self) -> Result<Box<dyn Source>, Broken> {
        let names = Arc::new(self.options.names.clone());
        open_records(&self.input, self.from, names, self.longest)
    }

    fn encoder(&self) -> Box<dyn Encoder> {
        let (container, packing) = self.to;
        let options = Arc::clone(&self.options);
        match container {
            Container::JsonLines => Box::new(JsonLinesEncoder::new(options, packing)),
        }
    }

    fn sink(&self, from: Option<u64>) -> io::Result<Box<dyn Sink>> {
        let Some(output) = &self.output else {
            return Ok(Box::new(Stdout::default()));
        };
        let part = from.map_or_else(|| Part::begin(output), |from| Part::go_on(output, from))?;
        let (container, packing) = self.to;
        match container {
            Container::JsonLines => Ok(Box::new(Appended::new(part, packing.pack_nothing()?))),
        }
    }

    fn publish(&self) -> io::Result<()> {
        self.output.as_deref().map_or(Ok(()), publish)
    }

    fn discard(&self) {
        if let Some(output) = &self.output {
            // It is in nobody's way.
            let _ = std::fs::remove_file(part_of(output));
        }
    }
}
