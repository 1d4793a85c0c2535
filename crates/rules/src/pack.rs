//! The shape of a pack file.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::Rule;

/// The version of the pack format that this crate reads.
///
/// 1: first version.
pub const SCHEMA: u32 = 1;

/// A TOML file of rules for one kind of noise and one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The version of the format: 1.
    #[serde(deserialize_with = "known_schema")]
    #[schemars(range(min = 1, max = 1))]
    pub schema: u32,
    /// The name profiles use, such as `login.en`: the file's without `.toml`.
    pub name: String,
    /// BCP 47 tag of the language the rules are for; none if they are for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What the pack is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The rules; earlier ones go first.
    #[serde(default)]
    pub rule: Vec<Rule>,
}

fn known_schema<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    match u32::deserialize(from)? {
        SCHEMA => Ok(SCHEMA),
        other => Err(D::Error::custom(format_args!(
            "pack schema {other} is unknown here: this version reads schema {SCHEMA}; update \
             cleancopy or write `schema = {SCHEMA}`"
        ))),
    }
}
