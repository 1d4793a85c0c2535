//! Part of a file: what is being written has another name until it is complete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::container::{Chunk, Sink};

/// A file under a temporary name beside its final one.
///
/// The name is the same in every run, so that a later one finds it.
#[derive(Debug)]
pub struct Part {
    file: File,
    path: PathBuf,
    written: u64,
}

/// The temporary name of a file: `.a.jsonl.part` of `a.jsonl`.
#[must_use]
pub fn part_of(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".part");
    path.with_file_name(name)
}

impl Part {
    /// Begins a file. What an earlier run left of it goes.
    ///
    /// # Errors
    /// What the file system answers.
    pub fn begin(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        Ok(Self {
            file: File::create(part_of(path))?,
            path: path.to_owned(),
            written: 0,
        })
    }

    /// Goes on with a file of which so many bytes are good.
    ///
    /// # Errors
    /// What the file system answers; that it is shorter, too.
    pub fn go_on(path: &Path, length: u64) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).open(part_of(path))?;
        if file.metadata()?.len() < length {
            let problem = "it is shorter than the journal says; begin again with --force";
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        file.set_len(length)?;
        Ok(Self {
            file,
            path: path.to_owned(),
            written: length,
        })
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// What the file answers.
    pub fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes it has.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written
    }

    /// The file, for containers that write it with a library of their own.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// What the file answers.
    pub fn sync(&mut self) -> io::Result<()> {
        self.file.sync_all()
    }

    /// Gives the file its final name.
    ///
    /// # Errors
    /// What the file system answers.
    pub fn publish(self) -> io::Result<()> {
        publish(&self.path)
    }
}

/// Gives a completed part its final name, unless that was done already.
///
/// # Errors
/// What the file system answers.
pub fn publish(path: &Path) -> io::Result<()> {
    match fs::rename(part_of(path), path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.exists() => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_folder(path),
    }
}

/// Brings the name of a file to the disk, where the system can.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    if cfg!(unix) {
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

/// Brings all files of the file system that a folder is on to the disk: for
/// results that are too many and too small to do it one by one.
///
/// # Errors
/// What the system answers. Where it has no such call, nothing is done.
pub fn sync_files(folder: &Path) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(File::open(folder)?)?;
    #[cfg(not(target_os = "linux"))]
    let _ = folder;
    Ok(())
}

/// A container of bytes: whatever comes is appended.
pub struct Appended {
    part: Part,
    /// What a file without any record holds.
    empty: Vec<u8>,
}

impl Appended {
    /// Writes into a part.
    #[must_use]
    pub fn new(part: Part, empty: Vec<u8>) -> Self {
        Self { part, empty }
    }
}

impl Sink for Appended {
    fn write(&mut self, chunk: Chunk) -> io::Result<()> {
        match chunk {
            Chunk::Bytes(bytes) => self.part.append(&bytes),
            // Nothing to be written came in this batch.
            Chunk::Rows(_) => Ok(()),
        }
    }

    fn written(&self) -> u64 {
        self.part.written()
    }

    fn checkpoint(&mut self) -> io::Result<Option<u64>> {
        self.part.sync()?;
        Ok(Some(self.part.written()))
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.part.written() == 0 {
            let empty = std::mem::take(&mut self.empty);
            self.part.append(&empty)?;
        }
        self.part.sync()
    }
}

/// Standard output, for a container of bytes.
#[derive(Debug, Default)]
pub struct Stdout {
    written: u64,
}

impl Sink for Stdout {
    fn write(&mut self, chunk: Chunk) -> io::Result<()> {
        let Chunk::Bytes(bytes) = chunk else {
            return Ok(());
        };
        let mut out = io::stdout().lock();
        out.write_all(&bytes)?;
        self.written += bytes.len() as u64;
        out.flush()
    }

    fn written(&self) -> u64 {
        self.written
    }

    fn checkpoint(&mut self) -> io::Result<Option<u64>> {
        Ok(None)
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}
