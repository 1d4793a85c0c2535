//! Which containers there are, and a file of one as a task.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::container::{Broken, Encoder, Sink, Source, Task};
use crate::jsonl::{JsonLinesEncoder, JsonLinesSource};
use crate::options::RecordOptions;
use crate::packing::Packing;
use crate::part::{Appended, Part, part_of, publish};

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

/// A file of records that becomes another one.
#[derive(Debug)]
pub struct ContainerTask {
    /// The file to read.
    pub input: PathBuf,
    /// Its kind and packing.
    pub from: (Container, Packing),
    /// The file to write.
    pub output: PathBuf,
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
        let (container, packing) = self.from;
        let names = Arc::new(self.options.names.clone());
        match container {
            Container::JsonLines => {
                let source = JsonLinesSource::open(&self.input, packing, names, self.longest)?;
                Ok(Box::new(source))
            }
        }
    }

    fn encoder(&self) -> Box<dyn Encoder> {
        let (container, packing) = self.to;
        let options = Arc::clone(&self.options);
        match container {
            Container::JsonLines => Box::new(JsonLinesEncoder::new(options, packing)),
        }
    }

    fn sink(&self, from: Option<u64>) -> io::Result<Box<dyn Sink>> {
        let part = match from {
            None => Part::begin(&self.output)?,
            Some(length) => Part::go_on(&self.output, length)?,
        };
        let (container, packing) = self.to;
        match container {
            Container::JsonLines => Ok(Box::new(Appended::new(part, packing.pack_nothing()?))),
        }
    }

    fn publish(&self) -> io::Result<()> {
        publish(&self.output)
    }

    fn discard(&self) {
        // It is in nobody's way.
        let _ = std::fs::remove_file(part_of(&self.output));
    }
}
