//! `clean schema`: the JSON Schemas of what goes in and what comes out.
//!
//! Editors use those of profiles and packs. They are made from the types and
//! from what the plugins say of their settings, so nobody can forget them.

mod profile;

use std::io::Write;

use clap::ValueEnum;
use cleancopy_rules::Pack;
use serde_json::Value as Json;

use crate::Outcome;
use crate::args::Shared;

/// What `clean schema` describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaKind {
    /// What `--format json` prints
    Document,
    /// A profile, with the settings of every plugin that one uses
    Profile,
    /// A pack of rules
    Pack,
}

pub(crate) fn run(kind: SchemaKind, shared: &Shared) -> anyhow::Result<Outcome> {
    let schema = match kind {
        SchemaKind::Document => cleancopy_write::document_schema(),
        SchemaKind::Profile => profile::schema(shared)?,
        SchemaKind::Pack => pack(),
    };
    let text = serde_json::to_string_pretty(&schema)?;
    std::io::stdout().write_all(format!("{text}\n").as_bytes())?;
    Ok(Outcome::Fine)
}

fn pack() -> Json {
    let mut schema = schemars::schema_for!(Pack);
    schema.insert("title".to_owned(), "cleancopy pack".into());
    schema.to_value()
}
