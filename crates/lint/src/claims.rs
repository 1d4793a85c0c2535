//! What several profiles claim, and what none does.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_host::{ConfigFolders, Profile};

use crate::{Finding, Severity};

/// The names by which texts give a publisher away, in lower case, with the
/// profile: titles of two words or more.
pub(crate) fn titles(profiles: &[Profile]) -> BTreeMap<String, String> {
    let known = profiles.iter().filter(|p| !p.matching.hosts.is_empty());
    let title =
        |profile: &Profile| Some((profile.title.clone()?.to_lowercase(), profile.name.clone()));
    known
        .filter_map(title)
        .filter(|(title, _)| title.contains(' '))
        .collect()
}

/// Hosts and phrases that are claimed twice, and packs that nobody uses. Of
/// profiles that were not asked for nothing is said.
pub(crate) fn check(
    profiles: &[Profile],
    names: &[String],
    config: &ConfigFolders,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, profile) in profiles.iter().enumerate() {
        for other in &profiles[..index] {
            if names.contains(&profile.name) || names.contains(&other.name) {
                found.extend(hosts(other, profile));
                found.extend(phrases(other, profile));
            }
        }
    }
    let twice = config.profiles_twice().into_iter();
    found.extend(
        twice
            .filter(|(name, _)| names.contains(name))
            .map(|(name, files)| Finding {
                place: files.last().cloned().unwrap_or_default(),
                severity: Severity::Error,
                code: "profile-twice",
                message: format!("profile `{name}` stands in {}", files.join(" and in ")),
                remedy: "give one of them another name: only the first is ever used".to_owned(),
            }),
    );
    if names.len() == profiles.len() {
        found.extend(unused_packs(profiles, config));
    }
    found
}

fn hosts(first: &Profile, second: &Profile) -> Vec<Finding> {
    let mut found = Vec::new();
    for host in &second.matching.hosts {
        let below = |a: &str, b: &str| a.strip_suffix(b).is_some_and(|rest| rest.ends_with('.'));
        let mut others = first.matching.hosts.iter();
        let other = others.find(|other| *other == host || below(other, host) || below(host, other));
        let Some(other) = other else { continue };
        let same = other == host;
        found.push(Finding {
            place: second.matching.place_of(host).unwrap_or_default(),
            severity: if same {
                Severity::Error
            } else {
                Severity::Warning
            },
            code: "host-twice",
            message: format!(
                "host `{host}` of `{}` is also {} of `{}` ({})",
                second.name,
                if same {
                    "one".to_owned()
                } else {
                    format!("`{other}`, one")
                },
                first.name,
                first.matching.place_of(other).unwrap_or_default()
            ),
            remedy: "leave it to one of them: between two nothing is guessed".to_owned(),
        });
    }
    found
}

fn phrases(first: &Profile, second: &Profile) -> Vec<Finding> {
    // What a network prints on all its sites is no sign of one of them.
    let network = |profile: &Profile| {
        profile
            .network
            .clone()
            .unwrap_or_else(|| profile.name.clone())
    };
    if network(first) == network(second) {
        return Vec::new();
    }
    let fold = |text: &String| text.to_lowercase().replace('’', "'");
    let mut found = Vec::new();
    for phrase in &second.matching.phrases {
        let folded = fold(phrase);
        let overlaps = |other: &&String| {
            let other = fold(other);
            folded.contains(&other) || other.contains(&folded)
        };
        let Some(other) = first.matching.phrases.iter().find(overlaps) else {
            continue;
        };
        let same = fold(other) == folded;
        found.push(Finding {
            place: second.matching.place_of(phrase).unwrap_or_default(),
            severity: if same {
                Severity::Error
            } else {
                Severity::Warning
            },
            code: "phrase-shared",
            message: format!(
                "phrase `{phrase}` of `{}` {} `{}` ({})",
                second.name,
                if same {
                    "is also one of"
                } else {
                    "overlaps with one of"
                },
                first.name,
                first.matching.place_of(other).unwrap_or_default()
            ),
            remedy: "a phrase must be printed by one publisher alone: make it longer or delete it"
                .to_owned(),
        });
    }
    found
}

fn unused_packs(profiles: &[Profile], config: &ConfigFolders) -> Vec<Finding> {
    let steps = profiles.iter().flat_map(|profile| &profile.steps);
    let used: BTreeSet<String> = steps
        .flat_map(|step| {
            step.packs()
                .map(|(pack, _)| pack.to_owned())
                .collect::<Vec<_>>()
        })
        .collect();
    let packs = config.packs().into_iter();
    packs
        .filter(|(name, _)| !used.contains(name))
        .map(|(name, file)| Finding {
            place: file,
            severity: Severity::Warning,
            code: "pack-unused",
            message: format!("no profile uses the pack `{name}`"),
            remedy: "add it to a step's `packs`, or delete it".to_owned(),
        })
        .collect()
}
