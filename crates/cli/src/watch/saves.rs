//! Which saves count, and waiting for them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use anyhow::Context;
use cleancopy_host::ConfigFolders;
use notify::{Config, Event, PollWatcher, RecursiveMode, Watcher};

use crate::input::Input;
use crate::style::say;

/// How long nothing must happen before a save counts as finished: editors
/// write a file in several steps.
const QUIET: Duration = Duration::from_millis(100);

/// How often files are looked at where nobody tells of their saves.
const POLL: Duration = Duration::from_secs(1);

/// What a watcher tells.
type Told = notify::Result<Event>;

/// A running watcher, and what it tells.
pub(super) struct Saves {
    told: Receiver<Told>,
    /// Ends when it is dropped.
    _watcher: Box<dyn Watcher>,
}

impl Saves {
    /// Watches folders: by what the system tells or, where it tells nothing
    /// or `poll` asks for it, by looking at the files every so often.
    pub(super) fn of(watched: &Watched, poll: Option<Duration>) -> anyhow::Result<Self> {
        let (send, told) = channel();
        if poll.is_none() {
            match native(send.clone(), watched) {
                Ok(watcher) => {
                    return Ok(Self {
                        told,
                        _watcher: watcher,
                    });
                }
                Err(error) => say(&format!(
                    "the system does not tell of saves ({error:#}); looking at the files instead"
                )),
            }
        }
        let every = poll.unwrap_or(POLL);
        // Some file systems keep no time of a change worth the name.
        let config = Config::default()
            .with_poll_interval(every)
            .with_compare_contents(true);
        let watcher = PollWatcher::new(send, config).context("files cannot be watched")?;
        Ok(Self {
            told,
            _watcher: started(Box::new(watcher), watched)?,
        })
    }
}

fn native(send: Sender<Told>, watched: &Watched) -> anyhow::Result<Box<dyn Watcher>> {
    let watcher = notify::recommended_watcher(send)?;
    started(Box::new(watcher), watched)
}

fn started(mut watcher: Box<dyn Watcher>, watched: &Watched) -> anyhow::Result<Box<dyn Watcher>> {
    for folder in &watched.folders {
        let watching = watcher.watch(folder, RecursiveMode::NonRecursive);
        watching.with_context(|| folder.display().to_string())?;
    }
    Ok(watcher)
}

/// What is watched: folders, since editors replace files by others.
pub(super) struct Watched {
    pub(super) folders: BTreeSet<PathBuf>,
    documents: BTreeSet<PathBuf>,
    /// The folders of cases.
    cases: BTreeSet<PathBuf>,
}

impl Watched {
    pub(super) fn new(config: &ConfigFolders, documents: &[Input], cases: &[PathBuf]) -> Self {
        let real = |path: &Path| path.canonicalize().ok();
        let documents = documents
            .iter()
            .filter_map(|input| real(input.path.as_deref()?));
        let documents: BTreeSet<_> = documents.collect();
        let of_documents = documents.iter().filter_map(|file| file.parent());
        let of_config = config
            .folders()
            .flat_map(|folder| ["profiles", "packs"].map(|name| folder.join(name)));
        let of_config = of_config.filter_map(|folder| real(&folder));
        let cases: BTreeSet<_> = cases.iter().filter_map(|folder| real(folder)).collect();
        let folders = of_documents.map(Path::to_owned).chain(of_config);
        let folders = folders.chain(cases.iter().cloned()).collect();
        Self {
            folders,
            documents,
            cases,
        }
    }

    /// Whether a file is one whose content counts.
    fn has(&self, file: &Path) -> bool {
        let name = file.file_name().and_then(|name| name.to_str());
        // Editors keep hidden files of their own beside the one they write.
        let config = name.is_some_and(|n| n.ends_with(".toml") && !n.starts_with('.'));
        let case = file
            .parent()
            .is_some_and(|folder| self.cases.contains(folder));
        let shown = name.is_some_and(|n| !n.starts_with('.') && !n.ends_with('~'));
        config || (case && shown) || self.documents.contains(file)
    }
}

/// Waits for files to be saved, and until that is over. `None` when nothing is
/// watched any more.
pub(super) fn next_save(
    saves: &Saves,
    watched: &Watched,
) -> anyhow::Result<Option<BTreeSet<PathBuf>>> {
    let mut files = BTreeSet::new();
    loop {
        let event = if files.is_empty() {
            saves
                .told
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            saves.told.recv_timeout(QUIET)
        };
        match event {
            Ok(event) => {
                let event = event.context("files can no longer be watched")?;
                if event.need_rescan() {
                    // Too much at once: whatever it was, look again.
                    files.extend(watched.documents.iter().cloned());
                }
                // Looking at a file is no change; we do so ourselves.
                if !event.kind.is_access() {
                    let known = event.paths.into_iter().filter(|file| watched.has(file));
                    files.extend(known);
                }
            }
            Err(RecvTimeoutError::Timeout) => return Ok(Some(files)),
            Err(RecvTimeoutError::Disconnected) => return Ok(None),
        }
    }
}
