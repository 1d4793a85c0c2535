//! Scoring a document against every profile.

use std::collections::BTreeSet;
use std::fmt;

use cleancopy_host::{ConfigError, ConfigFolders, Match, Profile};
use cleancopy_model::{Category, Document};
use cleancopy_rules::{Rule, RuleSet};

use crate::host::{belongs_to, host_of};
use crate::language::{Language, language, primary};

/// What a phrase counts.
pub const PHRASE: u32 = 3;

/// How many points a profile needs, and how far it must lead.
pub const ENOUGH: u32 = 3;

/// How many lines are looked at from either end of a long document.
const LINES: usize = 400;

/// What speaks for a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// The profile.
    pub profile: String,
    /// The host name that the document's URL belongs to.
    pub host: Option<String>,
    /// The phrases found, each once.
    pub phrases: Vec<String>,
    /// The ids of the weak signs found, each once.
    pub signs: Vec<String>,
}

impl Score {
    /// The points for phrases and signs.
    #[must_use]
    pub fn points(&self) -> u32 {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        PHRASE
            .saturating_mul(count(self.phrases.len()))
            .saturating_add(count(self.signs.len()))
    }
}

/// `host independent.co.uk`, or `3 phrases`, or `1 phrase, 2 signs`.
impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(host) = &self.host {
            return write!(f, "host {host}");
        }
        let counts = [(self.phrases.len(), "phrase"), (self.signs.len(), "sign")];
        let said = counts.iter().filter(|(count, _)| *count > 0);
        let said: Vec<_> = said
            .map(|(count, what)| format!("{count} {what}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        f.write_str(if said.is_empty() { "nothing" } else { "" })?;
        f.write_str(&said.join(", "))
    }
}

/// What the scores come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// This profile.
    Known(Score),
    /// Two profiles are too close to choose between.
    Close(Score, Score),
    /// No profile has enough.
    Unknown,
}

/// How one profile is known.
struct Known {
    profile: String,
    /// The network whose site it is.
    network: Option<String>,
    matching: Match,
    /// The phrases, and behind them the weak signs.
    rules: RuleSet,
}

/// The profile of documents that nothing is known about. Its rules do no harm
/// to other languages: what they name is nothing that those say.
const ENGLISH: &str = "english";

/// The profile of documents in a language that no profile is for.
const ANY_LANGUAGE: &str = "any-language";

/// The profile that stands in where no publisher is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// The profile.
    pub profile: String,
    /// BCP 47 tag of the document's language, if it can be told.
    pub language: Option<String>,
}

/// `language de`, or `language not known`.
impl fmt::Display for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.language {
            Some(tag) => write!(f, "language {tag}"),
            None => f.write_str("language not known"),
        }
    }
}

/// All profiles that say how they are known.
pub struct Detector {
    known: Vec<Known>,
    /// The tags of languages, each with the profile that is for them.
    languages: Vec<(String, String)>,
}

impl Detector {
    /// Loads every profile within reach.
    ///
    /// Answers what is wrong with those that cannot be loaded as well: one
    /// broken profile must not keep the others from being found.
    #[must_use]
    pub fn load(config: &ConfigFolders) -> (Self, Vec<ConfigError>) {
        let (mut known, mut errors) = (Vec::new(), Vec::new());
        let mut languages = Vec::new();
        for (name, _) in Profile::names(config) {
            let loaded = Profile::load(&name, config);
            let known_by = loaded.and_then(|profile| {
                let tags = profile.matching.languages.iter();
                languages.extend(tags.map(|tag| (tag.clone(), name.clone())));
                Known::new(name, profile.network, profile.matching)
            });
            match known_by {
                Ok(Some(profile)) => known.push(profile),
                Ok(None) => {}
                Err(error) => errors.push(error),
            }
        }
        (Self { known, languages }, errors)
    }

    /// The scores of all profiles that anything speaks for, best first.
    #[must_use]
    pub fn scores(&self, document: &Document) -> Vec<Score> {
        let lines: Vec<&str> = document
            .blocks()
            .iter()
            .map(|block| document.block_text(block))
            .collect();
        let tail = lines
            .len()
            .saturating_sub(LINES)
            .max(LINES.min(lines.len()));
        let ends = [&lines[..LINES.min(lines.len())], &lines[tail..]].concat();
        let host = document.url.as_deref().and_then(host_of);
        let scores = self
            .known
            .iter()
            .map(|known| known.score(&ends, host.as_deref()));
        let mut scores: Vec<_> = scores
            .filter(|score| score.host.is_some() || score.points() > 0)
            .collect();
        scores.sort_by_key(|score| {
            (
                score.host.is_none(),
                std::cmp::Reverse(score.points()),
                score.profile.clone(),
            )
        });
        scores
    }

    /// Decides which profile a document is for. Between sites of one network
    /// that are close it is the network's.
    #[must_use]
    pub fn detect(&self, document: &Document) -> Verdict {
        match self.decide(document) {
            Verdict::Close(a, b) => match self.shared_network(&a.profile, &b.profile) {
                Some(profile) => Verdict::Known(Score { profile, ..a }),
                None => Verdict::Close(a, b),
            },
            verdict => verdict,
        }
    }

    /// The profile for a document of no known publisher: that of its language,
    /// as far as it can be told, and the one for any language where there is
    /// none. What cannot be told but may be English gets the English one.
    #[must_use]
    pub fn stand_in(&self, document: &Document) -> StandIn {
        let language = language(document);
        let profile = match &language {
            Language::Known(tag) => self.of_language(tag).unwrap_or(ANY_LANGUAGE),
            Language::Unsure => ENGLISH,
            Language::NotEnglish => ANY_LANGUAGE,
        };
        StandIn {
            profile: profile.to_owned(),
            language: language.tag().map(str::to_owned),
        }
    }

    /// The profile for a language: one that names the tag, such as `zh-Hant`,
    /// before one that names its first part.
    fn of_language(&self, tag: &str) -> Option<&str> {
        let named = |wanted: &str| {
            let mut all = self.languages.iter();
            all.find(|(known, _)| known.eq_ignore_ascii_case(wanted))
        };
        let (_, profile) = named(tag).or_else(|| named(primary(tag)))?;
        Some(profile)
    }

    /// The network of which both are sites, or the one is and the other is it.
    fn shared_network(&self, a: &str, b: &str) -> Option<String> {
        let network = |name: &str| {
            let known = self.known.iter().find(|known| known.profile == name);
            let network = known.and_then(|known| known.network.clone());
            network.unwrap_or_else(|| name.to_owned())
        };
        Some(network(a)).filter(|shared| *shared == network(b))
    }

    fn decide(&self, document: &Document) -> Verdict {
        let mut scores = self.scores(document).into_iter();
        let Some(best) = scores.next() else {
            return Verdict::Unknown;
        };
        let next = scores.next();
        if best.host.is_some() {
            return match next.filter(|next| next.host.is_some() && next.points() == best.points()) {
                Some(next) => Verdict::Close(best, next),
                None => Verdict::Known(best),
            };
        }
        if best.points() < ENOUGH {
            return Verdict::Unknown;
        }
        match next.filter(|next| best.points() - next.points() < ENOUGH) {
            // A single weak sign is found everywhere.
            Some(next) if next.points() > 1 => Verdict::Close(best, next),
            _ => Verdict::Known(best),
        }
    }
}

impl Known {
    /// Nothing if the profile does not say how it is known.
    fn new(
        profile: String,
        network: Option<String>,
        matching: Match,
    ) -> Result<Option<Self>, ConfigError> {
        let known = [&matching.hosts, &matching.phrases];
        if known.iter().all(|texts| texts.is_empty()) && matching.signs.is_empty() {
            return Ok(None);
        }
        let phrases = matching.phrases.iter().enumerate().map(|(index, phrase)| {
            let mut rule = Rule::new(format!("phrase/{index}"), Category::Encoding);
            rule.contains = Some(phrase.as_str().into());
            rule
        });
        let mut rules: Vec<Rule> = phrases.collect();
        for (sign, place) in &matching.signs {
            let wrong = |error: String| ConfigError {
                place: Some(place.clone()),
                message: error,
            };
            rules.push(read_sign(sign).map_err(|e| wrong(e.to_string()))?);
        }
        let rules = RuleSet::compile(rules).map_err(|error| {
            let sign = error.index.checked_sub(matching.phrases.len());
            let place = sign
                .and_then(|index| matching.signs.get(index))
                .map(|(_, p)| p.clone());
            ConfigError {
                place,
                message: format!("[match] of `{profile}`: {error}"),
            }
        })?;
        Ok(Some(Self {
            profile,
            network,
            matching,
            rules,
        }))
    }

    fn score(&self, lines: &[&str], host: Option<&str>) -> Score {
        let found: BTreeSet<usize> = self.rules.matches(lines).iter().map(|m| m.rule).collect();
        let phrases = self.matching.phrases.len();
        let host = host.and_then(|host| {
            self.matching
                .hosts
                .iter()
                .find(|wanted| belongs_to(host, wanted))
                .cloned()
        });
        Score {
            profile: self.profile.clone(),
            host,
            phrases: found
                .range(..phrases)
                .map(|&i| self.matching.phrases[i].clone())
                .collect(),
            signs: found
                .range(phrases..)
                .map(|&i| self.rules.rules()[i].id.clone())
                .collect(),
        }
    }
}

/// A sign is a rule whose category does not matter.
fn read_sign(sign: &serde_json::Value) -> Result<Rule, serde_json::Error> {
    let mut sign = sign.clone();
    if let Some(table) = sign.as_object_mut() {
        let any = serde_json::Value::from(Category::Encoding.name());
        table.entry("category").or_insert(any);
    }
    serde_json::from_value(sign)
}
