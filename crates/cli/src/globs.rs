//! Arguments that are globs: quoted, or where the shell knows none.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail};
use cleancopy_cases::is_glob;
use globset::GlobBuilder;
use walkdir::WalkDir;

/// The arguments with every glob replaced by the files and folders that are
/// like it, in the order of their names; what exists is never a glob. One that
/// nothing is like is an error, or a run over nothing would look like one that
/// found nothing wrong.
pub(crate) fn expand(arguments: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::with_capacity(arguments.len());
    for argument in arguments {
        match argument.to_str() {
            Some(text) if is_glob(text) && !argument.exists() => all.extend(like(text)?),
            _ => all.push(argument.clone()),
        }
    }
    Ok(all)
}

fn like(text: &str) -> anyhow::Result<Vec<PathBuf>> {
    // A `*` stays within a folder, as shells have it; `**` does not.
    let glob = GlobBuilder::new(text).literal_separator(true).build();
    let glob = glob.with_context(|| format!("`{text}`"))?.compile_matcher();
    let plain = |part: &Component<'_>| !is_glob(&part.as_os_str().to_string_lossy());
    let base: PathBuf = Path::new(text).components().take_while(plain).collect();
    let here = base.as_os_str().is_empty();
    let start = if here { Path::new(".") } else { &base };
    let deepest = if text.contains("**") {
        usize::MAX
    } else {
        Path::new(text).components().count() - base.components().count()
    };
    let walk = WalkDir::new(start).max_depth(deepest).follow_links(true);
    let walk = walk.sort_by_file_name().into_iter();
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
    };
    let mut found = Vec::new();
    for entry in walk.filter_entry(|entry| !hidden(entry)).flatten() {
        let path = entry.path();
        let path = if here {
            path.strip_prefix(".").unwrap_or(path)
        } else {
            path
        };
        if glob.is_match(path) {
            found.push(path.to_owned());
        }
    }
    if found.is_empty() {
        bail!("`{text}` matches no file and no folder");
    }
    Ok(found)
}
