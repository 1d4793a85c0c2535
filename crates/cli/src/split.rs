//! `--split-dir`: a folder for each document, a file for each of its sections.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, bail};
use cleancopy_model::Document;
use cleancopy_write::{Part, parts};

use crate::args::Format;

/// The file name extensions of parts.
const EXTENSIONS: &[&str] = &["txt", "md", "json", "jsonl", "jsonld"];

/// The least digits of a part's number in its file name.
const DIGITS: usize = 4;

/// Writes the parts of a document into a folder of their own.
///
/// The folder appears whole or not at all. One that an earlier run wrote is
/// replaced; one with anything else in it is left alone and refused.
pub(crate) fn write(
    folder: &Path,
    document: &Document,
    profile: &str,
    format: Format,
) -> anyhow::Result<()> {
    let named = || folder.display().to_string();
    refuse_foreign(folder)?;
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty());
    let parent = parent.unwrap_or(Path::new("."));
    fs::create_dir_all(parent).with_context(named)?;
    let mut fresh = tempfile::Builder::new();
    fresh.prefix(".clean-");
    // Temporary folders are private; this one is to have the usual permissions.
    #[cfg(unix)]
    fresh.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    let fresh = fresh.tempdir_in(parent).with_context(named)?;
    let parts = parts(document);
    let digits = parts.len().to_string().len().max(DIGITS);
    for part in &parts {
        let name = format!("{:0digits$}.{}", part.number, format.extension());
        write_part(part, profile, format, &fresh.path().join(name)).with_context(named)?;
    }
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(named)?;
    }
    fs::rename(fresh.keep(), folder).with_context(named)
}

fn write_part(part: &Part<'_>, profile: &str, format: Format, path: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    match format {
        Format::Markdown => part.markdown(profile, &mut out)?,
        Format::Json | Format::Jsonl => part.json(profile, &mut out)?,
        Format::Jsonld => part.json_ld(&mut out)?,
        Format::Text | Format::Diff | Format::Explain => part.text(profile, &mut out)?,
    }
    out.flush()
}

/// Refuses a folder that holds anything but parts.
fn refuse_foreign(folder: &Path) -> anyhow::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| folder.display().to_string()),
    };
    for entry in entries {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        if !is_part(&path) {
            bail!(
                "{}: has files that `clean` did not write, such as {}; choose another --split-dir",
                folder.display(),
                path.file_name().unwrap_or_default().to_string_lossy()
            );
        }
    }
    Ok(())
}

fn is_part(path: &Path) -> bool {
    let text = |part: Option<&std::ffi::OsStr>| part.and_then(|p| p.to_str()).map(str::to_owned);
    let stem = text(path.file_stem()).unwrap_or_default();
    let number = stem.len() >= DIGITS && stem.bytes().all(|b| b.is_ascii_digit());
    number && text(path.extension()).is_some_and(|e| EXTENSIONS.contains(&e.as_str()))
}
