//! Finding cases: `FOLDER/PROFILE/CASE/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::case::{Case, shown};
use crate::outcome::{Check, Kind, Problem};

/// What was found in some folders.
#[derive(Debug, Default)]
pub struct Found {
    /// The cases, by folder, profile and name.
    pub cases: Vec<Case>,
    /// What should hold cases and does not, or cannot be read.
    pub faults: Vec<Check>,
}

/// Finds the cases in some folders. A folder that is given twice, perhaps in
/// different words, is searched once.
#[must_use]
pub fn find(folders: &[PathBuf]) -> Found {
    let (mut found, mut seen) = (Found::default(), BTreeSet::new());
    for folder in folders {
        let real = folder.canonicalize().unwrap_or_else(|_| folder.clone());
        if seen.insert(real) {
            found.search(folder);
        }
    }
    found
}

impl Found {
    fn search(&mut self, folder: &Path) {
        for profile in self.inner(folder, "") {
            let name = name_of(&profile);
            let cases = self.inner(&profile, &name);
            if cases.is_empty() {
                let place = profile.display();
                let fault = format!("no case in this folder; put one in {place}/NAME/input.txt");
                self.fault(&name, &profile, fault);
            }
            self.cases.extend(cases.into_iter().map(|folder| Case {
                profile: name.clone(),
                name: name_of(&folder),
                folder,
            }));
        }
    }

    /// Leaves out what is not about these profiles.
    pub fn limit_to(&mut self, profiles: &[String]) {
        self.cases.retain(|case| profiles.contains(&case.profile));
        self.faults
            .retain(|fault| fault.profile.is_empty() || profiles.contains(&fault.profile));
    }

    fn fault(&mut self, profile: &str, folder: &Path, fault: String) {
        let mut check = Check::new(Kind::Profile, profile, profile, &shown(folder));
        check.problems.push(Problem::Fault(fault));
        self.faults.push(check);
    }

    /// The folders in a folder, by name, but for hidden ones.
    fn inner(&mut self, folder: &Path, profile: &str) -> Vec<PathBuf> {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                self.fault(profile, folder, error.to_string());
                return Vec::new();
            }
        };
        let paths = entries.flatten().map(|entry| entry.path());
        let mut folders: Vec<_> = paths
            .filter(|path| path.is_dir() && !name_of(path).starts_with('.'))
            .collect();
        folders.sort();
        folders
    }
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
