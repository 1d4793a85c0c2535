//! Which documents to clean.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use cleancopy_corpus::{Container, Packing, Share};
use cleancopy_read::{Expect, FEED_EXTENSIONS, HTML_EXTENSIONS, PACKED, unpack};
use walkdir::WalkDir;

use crate::globs::expand;
use crate::record_args::Shard;

/// File name extensions of plain text that is taken from a folder.
const TEXT_EXTENSIONS: &[&str] = &["txt", "text"];

/// One document to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// Where it is; `None` is standard input.
    pub(crate) path: Option<PathBuf>,
    /// Its name in an output folder, without extension: a relative path.
    pub(crate) stem: PathBuf,
}

impl Input {
    /// The document's id, and its name for people.
    pub(crate) fn id(&self) -> String {
        self.path
            .as_ref()
            .map_or("-".to_owned(), |path| path.display().to_string())
    }

    /// How many bytes it has on the disk; nothing of standard input.
    pub(crate) fn size(&self) -> u64 {
        let size = |path: &PathBuf| std::fs::metadata(path).map(|file| file.len());
        let size = self.path.as_ref().map(size);
        size.and_then(Result::ok).unwrap_or_default()
    }

    /// What its name says about it.
    pub(crate) fn expect(&self) -> Expect {
        self.path.as_deref().map_or(Expect::Anything, Expect::of)
    }

    /// Reads all bytes, unpacked.
    pub(crate) fn read(&self) -> anyhow::Result<Vec<u8>> {
        let bytes = match &self.path {
            Some(path) => std::fs::read(path)?,
            None => {
                let mut bytes = Vec::new();
                std::io::stdin().lock().read_to_end(&mut bytes)?;
                bytes
            }
        };
        Ok(unpack(bytes)?)
    }
}

/// A file with many records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordFile {
    pub(crate) path: PathBuf,
    /// Its name in an output folder: a relative path.
    pub(crate) name: PathBuf,
    pub(crate) container: (Container, Packing),
}

/// The documents behind the arguments, and whether a folder is among them.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) documents: Vec<Input>,
    pub(crate) containers: Vec<RecordFile>,
    pub(crate) has_folder: bool,
    /// Which records of the containers are meant, if not all.
    pub(crate) share: Option<Share>,
}

impl Inputs {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.documents.len() + self.containers.len()
    }

    /// Whether there may be more than one.
    pub(crate) fn are_several(&self) -> bool {
        self.has_folder || self.len() > 1
    }

    /// Lets a share be one of the records where there are fewer inputs than
    /// shares; what becomes of them is named after the share then.
    pub(crate) fn deal_records(&mut self, shard: Shard) {
        if self.containers.is_empty() || self.len() >= shard.of {
            return;
        }
        let Shard { number, of } = shard;
        self.share = Some(Share { number, of });
        for file in &mut self.containers {
            file.name = shard.name(&file.name);
        }
    }

    /// Keeps those of one share of many: every N-th, and all of which the
    /// records are dealt out.
    pub(crate) fn keep(&mut self, shard: Shard) {
        let mut index = 0;
        let mut mine = || {
            index += 1;
            (index - 1) % shard.of == shard.number - 1
        };
        self.documents.retain(|_| mine());
        let is_dealt = self.share.is_some();
        self.containers.retain(|_| is_dealt || mine());
    }

    /// The name for people and the bytes of each.
    pub(crate) fn sizes(&self) -> Vec<(String, u64)> {
        let documents = self.documents.iter().map(|d| (d.id(), d.size()));
        let containers = self.containers.iter().map(|file| {
            let size = std::fs::metadata(&file.path).map_or(0, |file| file.len());
            (file.path.display().to_string(), size)
        });
        documents.chain(containers).collect()
    }

    /// The files they are in.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        let documents = self.documents.iter().filter_map(|d| d.path.as_ref());
        documents.chain(self.containers.iter().map(|file| &file.path))
    }
}

/// Finds the documents: files as they are, those that globs are like, the texts and feeds of folders in
/// the order of their names.
pub(crate) fn collect(arguments: &[PathBuf]) -> anyhow::Result<Inputs> {
    let mut inputs = Inputs::default();
    for argument in &expand(arguments)? {
        if argument == Path::new("-") {
            let stem = PathBuf::from("stdin");
            inputs.documents.push(Input { path: None, stem });
        } else if argument.is_dir() {
            inputs.has_folder = true;
            let (documents, containers) = in_folder(argument)?;
            if documents.is_empty() && containers.is_empty() {
                let containers = Container::ALL.iter().map(|(_, extensions)| *extensions);
                let known = [TEXT_EXTENSIONS, HTML_EXTENSIONS, FEED_EXTENSIONS];
                let known: Vec<_> = known.into_iter().chain(containers).collect();
                bail!(
                    "{}: nothing to clean in this folder; looked for .{}",
                    argument.display(),
                    known.concat().join(", .")
                );
            }
            inputs.documents.extend(documents);
            inputs.containers.extend(containers);
        } else {
            // Say now that a file is missing, not after an hour of work.
            std::fs::metadata(argument).with_context(|| argument.display().to_string())?;
            let name = argument
                .file_name()
                .map_or_else(|| argument.clone(), PathBuf::from);
            if let Some(container) = Container::of(argument) {
                inputs.containers.push(RecordFile {
                    path: argument.clone(),
                    name,
                    container,
                });
                continue;
            }
            let stem = stem(&name);
            inputs.documents.push(Input {
                path: Some(argument.clone()),
                stem,
            });
        }
    }
    Ok(inputs)
}

fn in_folder(folder: &Path) -> anyhow::Result<(Vec<Input>, Vec<RecordFile>)> {
    let (mut found, mut containers) = (Vec::new(), Vec::new());
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
    };
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !hidden(entry)) {
        let entry = entry.with_context(|| folder.display().to_string())?;
        let path = entry.path();
        let is_wanted = [TEXT_EXTENSIONS, HTML_EXTENSIONS, FEED_EXTENSIONS]
            .iter()
            .any(|known| has_extension(path, known));
        let name = path.strip_prefix(folder).unwrap_or(path);
        if let Some(container) = Container::of(path).filter(|_| entry.file_type().is_file()) {
            containers.push(RecordFile {
                path: path.to_owned(),
                name: name.to_owned(),
                container,
            });
        } else if entry.file_type().is_file() && is_wanted {
            let stem = stem(name);
            found.push(Input {
                path: Some(path.to_owned()),
                stem,
            });
        }
    }
    tell_apart(&mut found, folder);
    Ok((found, containers))
}

/// Lets a feed or a page keep its extension where a text of the same name lies
/// beside it, so that both have a result.
fn tell_apart(found: &mut [Input], folder: &Path) {
    let texts: BTreeSet<PathBuf> = found
        .iter()
        .filter(|input| input.expect() == Expect::Anything)
        .map(|input| input.stem.clone())
        .collect();
    for input in found.iter_mut().filter(|i| i.expect() != Expect::Anything) {
        if let Some(path) = input.path.as_ref().filter(|_| texts.contains(&input.stem)) {
            input.stem = path.strip_prefix(folder).unwrap_or(path).to_owned();
        }
    }
}

/// A path without its extension, and without that of what is packed in it.
fn stem(path: &Path) -> PathBuf {
    unpacked(path).with_extension("")
}

/// The name of what is packed in a file: `a.html` of `a.html.gz`.
fn unpacked(path: &Path) -> PathBuf {
    match path.extension() {
        Some(packed) if packed.eq_ignore_ascii_case(PACKED) => path.with_extension(""),
        _ => path.to_owned(),
    }
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let path = unpacked(path);
    let extension = path.extension().and_then(|e| e.to_str());
    extension.is_some_and(|e| extensions.contains(&e.to_ascii_lowercase().as_str()))
}
