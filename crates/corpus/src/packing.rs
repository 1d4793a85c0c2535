//! Compression: a layer under containers of bytes.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};

/// How the bytes of a file are packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Packing {
    /// Not at all.
    #[default]
    None,
    /// gzip, `.gz`; may have many members.
    Gzip,
    /// Zstandard, `.zst`; may have many frames.
    Zstd,
}

/// The level files are packed with: what the programs do by default.
const GZIP_LEVEL: u32 = 6;
const ZSTD_LEVEL: i32 = 3;

impl Packing {
    /// What a file name says, and the name without it: `a.jsonl` of
    /// `a.jsonl.gz`.
    #[must_use]
    pub fn of(path: &Path) -> (Self, std::path::PathBuf) {
        let extension = path.extension().and_then(|e| e.to_str());
        let packing = match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("gz") => Self::Gzip,
            Some("zst" | "zstd") => Self::Zstd,
            _ => return (Self::None, path.to_owned()),
        };
        (packing, path.with_extension(""))
    }

    /// Packs bytes into a frame or member of its own: one behind the other they
    /// are a file.
    ///
    /// # Errors
    /// What the packer answers.
    pub fn pack(self, bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        if bytes.is_empty() {
            return Ok(bytes);
        }
        match self {
            Self::None => Ok(bytes),
            Self::Gzip => {
                let level = flate2::Compression::new(GZIP_LEVEL);
                let out = Vec::with_capacity(bytes.len() / 2);
                let mut packer = flate2::write::GzEncoder::new(out, level);
                packer.write_all(&bytes)?;
                packer.finish()
            }
            Self::Zstd => zstd::bulk::compress(&bytes, ZSTD_LEVEL),
        }
    }

    /// Packs nothing: what a file without records holds, which is no file of
    /// this kind when it is empty.
    ///
    /// # Errors
    /// What the packer answers.
    pub fn pack_nothing(self) -> io::Result<Vec<u8>> {
        match self {
            Self::None => Ok(Vec::new()),
            Self::Gzip => {
                let level = flate2::Compression::new(GZIP_LEVEL);
                flate2::write::GzEncoder::new(Vec::new(), level).finish()
            }
            Self::Zstd => zstd::bulk::compress(&[], ZSTD_LEVEL),
        }
    }
}

/// A file that unpacks itself.
pub struct Unpacked {
    inner: Box<dyn Read + Send>,
    consumed: Arc<AtomicU64>,
}

/// Counts what was read of a file.
struct Counted {
    file: File,
    consumed: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.consumed.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Unpacked {
    /// Opens a file that is packed in this way.
    ///
    /// # Errors
    /// What the file system answers.
    pub fn open(path: &Path, packing: Packing) -> io::Result<Self> {
        let consumed = Arc::new(AtomicU64::new(0));
        let file = Counted {
            file: File::open(path)?,
            consumed: Arc::clone(&consumed),
        };
        let inner: Box<dyn Read + Send> = match packing {
            Packing::None => Box::new(file),
            Packing::Gzip => {
                let file = BufReader::with_capacity(1 << 16, file);
                Box::new(flate2::bufread::MultiGzDecoder::new(file))
            }
            Packing::Zstd => Box::new(zstd::stream::read::Decoder::new(file)?),
        };
        Ok(Self { inner, consumed })
    }

    /// How many bytes of the file were read, packed as they are.
    #[must_use]
    pub fn consumed(&self) -> u64 {
        self.consumed.load(Ordering::Relaxed)
    }
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_piece_by_piece_is_one_file() {
        let folder = tempfile::tempdir().unwrap();
        for packing in [Packing::None, Packing::Gzip, Packing::Zstd] {
            let path = folder.path().join("packed");
            let pieces = [b"The pier ".to_vec(), Vec::new(), b"is sold.".to_vec()];
            let packed: Vec<u8> = pieces
                .into_iter()
                .flat_map(|p| packing.pack(p).unwrap())
                .collect();
            std::fs::write(&path, &packed).unwrap();
            let mut file = Unpacked::open(&path, packing).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            assert_eq!(text, "The pier is sold.");
            assert_eq!(file.consumed(), packed.len() as u64);
            std::fs::write(&path, packing.pack_nothing().unwrap()).unwrap();
            let mut file = Unpacked::open(&path, packing).unwrap();
            assert_eq!(file.read_to_end(&mut Vec::new()).unwrap(), 0);
        }
    }
}
