//! `clean profile new` and `clean plugin new`: first files of something new,
//! with a test, so that nobody begins with an empty folder.

mod args;
mod plugin;
mod profile;
mod sdk;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

pub(crate) use args::{Language, NewPlugin, NewProfile};
pub(crate) use plugin::new_plugin;
pub(crate) use profile::new_profile;

/// Files to be written together: all of them or none.
#[derive(Debug, Default)]
struct Files(Vec<(PathBuf, String)>);

impl Files {
    fn add(&mut self, path: PathBuf, text: impl Into<String>) {
        self.0.push((path, text.into()));
    }

    /// Writes the files, unless one of them is there already.
    fn write(self) -> anyhow::Result<()> {
        for (path, _) in &self.0 {
            if path.exists() {
                let path = path.display();
                bail!("{path} is there already; take another name, or move it away first");
            }
        }
        for (path, text) in self.0 {
            let folder = path.parent().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            std::fs::write(&path, text).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }
}

/// Checks a name that becomes one of a file and of an id.
fn check_name(name: &str) -> anyhow::Result<()> {
    let byte = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let starts = name.starts_with(|c: char| c.is_ascii_lowercase());
    if !starts || !name.bytes().all(byte) || name.ends_with('-') {
        bail!("`{name}` must be lower-case letters, digits and `-`, such as keld-courier");
    }
    Ok(())
}

/// A folder as it stands in paths for people: `.` goes without saying.
fn short(dir: &Path) -> &Path {
    if dir == Path::new(".") {
        Path::new("")
    } else {
        dir
    }
}

/// `Keld Courier` for `keld-courier`.
fn title(name: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    };
    name.split('-').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_titles() {
        assert_eq!(title("keld-courier"), "Keld Courier");
        assert!(check_name("keld-courier").is_ok());
        for bad in [
            "",
            "Keld",
            "keld courier",
            "-keld",
            "keld-",
            "../keld",
            "3d",
        ] {
            assert!(check_name(bad).is_err(), "{bad}");
        }
    }
}
