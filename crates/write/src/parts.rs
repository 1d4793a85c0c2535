//! The sections of a document one by one: what `--split-dir` writes.

use std::io::{self, Write};

use cleancopy_model::{BlockKind, Document, Section, SectionKind};
use serde::Serialize;
use serde_json::Value as Json;

use crate::json::{SectionJson, metadata_json};
use crate::jsonld::json_ld_of;
use crate::markdown::markdown_section;

/// A section with its place in the document, without the sections inside it.
#[derive(Debug)]
pub struct Part<'d> {
    document: &'d Document,
    section: Section<'d>,
    /// 0-based number in the order of the source.
    pub number: usize,
    /// The number of the section it stands in.
    pub within: Option<usize>,
}

/// All sections of a document that have text of their own: the article or the
/// lead of a liveblog, then its entries, or the items of a digest.
#[must_use]
pub fn parts(document: &Document) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    for section in document.sections() {
        add(document, section, None, &mut found);
    }
    found
}

fn add<'d>(
    document: &'d Document,
    mut section: Section<'d>,
    within: Option<usize>,
    found: &mut Vec<Part<'d>>,
) {
    let inner = std::mem::take(&mut section.sections);
    let has_text = section.headline.is_some() || !section.blocks.is_empty();
    let number = found.len();
    if has_text {
        found.push(Part {
            document,
            section,
            number,
            within,
        });
    }
    let outer = if has_text { Some(number) } else { within };
    for section in inner {
        add(document, section, outer, found);
    }
}

/// What stands at the head of a part, in front of its text or beside it.
#[derive(Debug, Serialize)]
struct Head<'p> {
    /// `cleancopy.part/1`.
    schema: &'static str,
    /// The document's id.
    document: &'p str,
    profile: &'p str,
    url: Option<&'p str>,
    language: Option<&'p str>,
    part: usize,
    within: Option<usize>,
}

#[derive(Serialize)]
struct PartJson<'p> {
    #[serde(flatten)]
    head: Head<'p>,
    #[serde(flatten)]
    section: SectionJson<'p>,
}

impl<'d> Part<'d> {
    /// Writes its text, one block a line with a blank line between, below its
    /// metadata as YAML between lines of `---`.
    ///
    /// # Errors
    /// What the writer answers.
    pub fn text(&self, profile: &str, out: &mut dyn Write) -> io::Result<()> {
        self.front_matter(profile, out)?;
        for block in self.section.headline.iter().chain(&self.section.blocks) {
            if block.kind() != BlockKind::Time || self.section.metadata.get("published").is_empty()
            {
                writeln!(out, "\n{}", self.document.block_text(block))?;
            }
        }
        Ok(())
    }

    /// The same with the text as Markdown.
    ///
    /// # Errors
    /// What the writer answers.
    pub fn markdown(&self, profile: &str, out: &mut dyn Write) -> io::Result<()> {
        self.front_matter(profile, out)?;
        writeln!(out)?;
        markdown_section(self.document, &self.section, out)
    }

    /// Writes it as a JSON object: a section as in the JSON of the document,
    /// with the document's id and its own place.
    ///
    /// # Errors
    /// What the writer answers.
    pub fn json(&self, profile: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut section = SectionJson::new(self.document, &self.section);
        section.metadata = metadata_json(&self.metadata());
        let head = self.head(profile);
        serde_json::to_writer_pretty(&mut *out, &PartJson { head, section })?;
        writeln!(out)
    }

    /// Writes it in the words of schema.org.
    ///
    /// # Errors
    /// What the writer answers.
    pub fn json_ld(&self, out: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &json_ld_of(self.document, &self.section))?;
        writeln!(out)
    }

    fn head<'p>(&'p self, profile: &'p str) -> Head<'p> {
        Head {
            schema: "cleancopy.part/1",
            document: self.document.id(),
            profile,
            url: self.document.url.as_deref(),
            language: self.document.language.as_deref(),
            part: self.number,
            within: self.within,
        }
    }

    /// Its own metadata; for an article that of the document, too.
    fn metadata(&self) -> cleancopy_model::Metadata {
        let mut metadata = self.section.metadata.clone();
        if self.section.kind == SectionKind::Article {
            let all = self.document.metadata();
            for (key, value) in all
                .iter()
                .flat_map(|(k, vs)| vs.iter().map(move |v| (k, v)))
            {
                metadata.add(key, value);
            }
        }
        metadata
    }

    /// YAML, of which JSON values are a part.
    fn front_matter(&self, profile: &str, out: &mut dyn Write) -> io::Result<()> {
        let Self {
            document, section, ..
        } = self;
        let metadata = self.metadata();
        let mut line = |key: &str, value: Json| writeln!(out, "{key}: {value}");
        line("---\ndocument", document.id().into())?;
        line("profile", profile.into())?;
        if let Some(url) = document
            .url
            .as_deref()
            .filter(|_| metadata.get("url").is_empty())
        {
            line("url", url.into())?;
        }
        if let Some(language) = document.language.as_deref() {
            line("language", language.into())?;
        }
        line("part", self.number.into())?;
        if let Some(within) = self.within {
            line("within", within.into())?;
        }
        line("kind", section.kind.name().into())?;
        if let Some(headline) = section.headline {
            line("headline", document.block_text(headline).into())?;
        }
        for (key, value) in metadata_json(&metadata) {
            if key != "headline" || section.headline.is_none() {
                line(&key, serde_json::to_value(value)?)?;
            }
        }
        writeln!(out, "---")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(part: &Part<'_>, write: impl Fn(&Part<'_>, &mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(part, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_section_with_text_is_a_part() {
        let text = "Strike\n=== entry ===\nThe ferry sails.\n=== entry ===\nTalks \"go on\".\n";
        let document = Document::from_text("live", text);
        let parts = parts(&document);
        let places: Vec<_> = parts
            .iter()
            .map(|part| (part.number, part.within))
            .collect();
        assert_eq!(places, [(0, None), (1, Some(0)), (2, Some(0))]);

        let text = written(&parts[2], |part, out| part.text("english", out).unwrap());
        let head = "document: \"live\"\nprofile: \"english\"\npart: 2\nwithin: 0\nkind: \"entry\"";
        assert_eq!(text, format!("---\n{head}\n---\n\nTalks \"go on\".\n"));

        let json = written(&parts[1], |part, out| part.json("english", out).unwrap());
        let json: Json = serde_json::from_str(&json).unwrap();
        assert_eq!((&json["part"], &json["within"]), (&1.into(), &0.into()));
        assert_eq!(json["blocks"][0]["text"], "The ferry sails.");
        assert_eq!(json["document"], "live");
    }
}
