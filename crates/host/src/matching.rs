//! How a publisher is recognised: the `[match]` of a profile.

use crate::error::ConfigError;
use crate::node::{Table, Value};
use crate::place::Place;

/// Keys of `[match]`.
pub const MATCH_KEYS: &[&str] = &["hosts", "phrases", "languages", "rule"];

/// How `--profile auto` knows a publisher.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Match {
    /// Host names, without `www.`; subdomains count too.
    pub hosts: Vec<String>,
    /// Short texts that only this publisher prints.
    pub phrases: Vec<String>,
    /// BCP 47 tags of the languages whose documents it is for where no
    /// publisher is known.
    pub languages: Vec<String>,
    /// Weak signs: rules as JSON, each with its place as `file:line:column`.
    pub signs: Vec<(serde_json::Value, String)>,
    /// Where hosts and phrases stand.
    pub(crate) places: Vec<(String, Place)>,
}

impl Match {
    /// `file:line:column` of a host or a phrase.
    #[must_use]
    pub fn place_of(&self, text: &str) -> Option<String> {
        self.place(text).map(ToString::to_string)
    }

    pub(crate) fn place(&self, text: &str) -> Option<&Place> {
        let mut places = self.places.iter();
        places.find(|(known, _)| known == text).map(|(_, at)| at)
    }

    /// Reads the `[match]` of a profile, if it has one.
    pub(crate) fn read(profile: &Table) -> Result<Self, ConfigError> {
        let Some(node) = profile.get("match") else {
            return Ok(Self::default());
        };
        let Value::Table(table) = &node.value else {
            return Err(node.wrong("match", "a table"));
        };
        table.only("[match]", MATCH_KEYS)?;
        let signs = table.tables("rule")?;
        let signs = signs
            .into_iter()
            .map(|(rule, place)| (rule.json(), place.to_string()));
        let mut matching = Self::read_texts(table)?;
        let languages = table.texts("languages")?.into_iter();
        matching.languages = languages.map(|(tag, _)| tag).collect();
        matching.signs = signs.collect();
        Ok(matching)
    }

    /// How a site of a network is known: by its own hosts and phrases, and by
    /// the phrases and signs of the network.
    pub(crate) fn of_site(site: &Table, network: Self) -> Result<Self, ConfigError> {
        let mut own = Self::read_texts(site)?;
        own.phrases.extend(network.phrases);
        own.signs = network.signs;
        own.places.extend(network.places);
        Ok(own)
    }

    fn read_texts(table: &Table) -> Result<Self, ConfigError> {
        let mut places = Vec::new();
        let mut texts = |key| -> Result<Vec<String>, ConfigError> {
            let texts = table.texts(key)?;
            places.extend(texts.iter().cloned());
            match texts.iter().find(|(text, _)| text.trim().is_empty()) {
                Some((_, place)) => Err(ConfigError::at(
                    place.to_string(),
                    format!("an empty text in `{key}` would match everything"),
                )),
                None => Ok(texts.into_iter().map(|(text, _)| text).collect()),
            }
        };
        let (hosts, phrases) = (texts("hosts")?, texts("phrases")?);
        Ok(Self {
            hosts,
            phrases,
            languages: Vec::new(),
            signs: Vec::new(),
            places,
        })
    }
}
