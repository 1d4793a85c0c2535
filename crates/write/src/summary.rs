//! What a cleaning did, in one line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use cleancopy_model::{Category, Document, Op, Section, SectionKind, lines};
use serde::{Deserialize, Serialize};

/// Counts over one document or many.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Lines of the source that are not blank.
    pub lines: usize,
    /// Lines that left as a whole.
    pub gone: usize,
    /// Lines that stand, but not as they were.
    pub changed: usize,
    /// How many things left, by category.
    #[serde(with = "by_name")]
    pub categories: BTreeMap<Category, usize>,
    /// Feed items.
    pub items: usize,
    /// Liveblog entries.
    pub entries: usize,
    /// Whether nothing stands any more.
    pub empty: bool,
    /// What the plugins have to say about the document, or the documents.
    pub notes: BTreeSet<String>,
    /// Documents that are no whole article, by what they are instead.
    pub statuses: BTreeMap<String, usize>,
}

impl Summary {
    /// Counts what happened to a document.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let source = document.source();
        let filled = lines(source)
            .filter(|l| !source[l.text.clone()].trim().is_empty())
            .count();
        let standing = document.blocks().len();
        let known = document.metadata();
        let statuses = known.get("status").iter();
        let mut summary = Self {
            lines: filled,
            empty: standing == 0,
            notes: known.get("note").iter().cloned().collect(),
            statuses: statuses.map(|status| (status.clone(), 1)).collect(),
            ..Self::default()
        };
        let record = document.record();
        let mut blocks = document.blocks().iter().map(|b| b.line()).peekable();
        let mut last = 0;
        for removal in &record {
            // Entities of a prompt are no news beside the prompt.
            if removal.op != Op::Replace || removal.category != Category::Encoding {
                *summary.categories.entry(removal.category).or_default() += 1;
            }
            if removal.line == last {
                continue;
            }
            last = removal.line;
            while blocks.next_if(|line| *line < last).is_some() {}
            match blocks.peek() == Some(&last) {
                true => summary.changed += 1,
                false => summary.gone += 1,
            }
        }
        // Without a start all of it is one article.
        if document.starts().next().is_some() {
            let sections = document.sections();
            sections.iter().for_each(|section| summary.count(section));
        }
        summary
    }

    fn count(&mut self, section: &Section<'_>) {
        match section.kind {
            SectionKind::Article => {}
            SectionKind::Item => self.items += 1,
            SectionKind::Entry => self.entries += 1,
        }
        section.sections.iter().for_each(|inner| self.count(inner));
    }

    /// Adds the counts of another document.
    pub fn add(&mut self, other: &Self) {
        // A document without a line says nothing about the others.
        if other.lines > 0 {
            self.empty = other.empty && (self.lines == 0 || self.empty);
        }
        self.lines += other.lines;
        self.gone += other.gone;
        self.changed += other.changed;
        self.items += other.items;
        self.entries += other.entries;
        self.notes.extend(other.notes.iter().cloned());
        for (category, count) in &other.categories {
            *self.categories.entry(*category).or_default() += count;
        }
        for (status, count) in &other.statuses {
            *self.statuses.entry(status.clone()).or_default() += count;
        }
    }
}

/// `removed 10 of 55 lines: login 6, donation 3, byline 1; 8 entries`.
impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { gone, lines, .. } = self;
        write!(
            f,
            "removed {gone} of {lines} {}",
            plural(*lines, "line", "lines")
        )?;
        let mut counts: Vec<_> = self.categories.iter().collect();
        counts.sort_by_key(|(category, count)| (std::cmp::Reverse(**count), **category));
        for (index, (category, count)) in counts.iter().enumerate() {
            write!(
                f,
                "{} {category} {count}",
                if index == 0 { ":" } else { "," }
            )?;
        }
        for (count, one, many) in [
            (self.changed, "line changed", "lines changed"),
            (self.items, "item", "items"),
            (self.entries, "entry", "entries"),
        ] {
            if count > 0 {
                write!(f, "; {count} {}", plural(count, one, many))?;
            }
        }
        for (status, count) in &self.statuses {
            write!(f, "; {status} {count}")?;
        }
        if self.empty && self.lines > 0 {
            f.write_str("; nothing of it is an article")?;
        }
        Ok(())
    }
}

/// Categories by their names, as everywhere else.
mod by_name {
    use std::collections::BTreeMap;

    use cleancopy_model::Category;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(
        counts: &BTreeMap<Category, usize>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(counts.iter().map(|(name, count)| (name.name(), count)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Category, usize>, D::Error> {
        let counts = BTreeMap::<String, usize>::deserialize(deserializer)?;
        let read = |(name, count): (String, usize)| Ok((name.parse()?, count));
        let counts = counts.into_iter().map(read);
        counts
            .collect::<Result<_, cleancopy_model::UnknownName>>()
            .map_err(D::Error::custom)
    }
}

fn plural<'w>(count: usize, one: &'w str, many: &'w str) -> &'w str {
    if count == 1 { one } else { many }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_model::{EditList, Target};

    fn of(text: &str, all_leaves: bool) -> Summary {
        let mut document = Document::from_text("d", text);
        let mut edits = EditList::new();
        if all_leaves {
            edits.remove(Target::block(0), "x/all", Category::Login);
        }
        document.apply("test", &edits).unwrap();
        Summary::of(&document)
    }

    #[test]
    fn many_documents_are_empty_only_together() {
        let (noise, news, blank) = (of("Log in\n", true), of("News.\n", false), of("", false));
        let sum = |parts: &[&Summary]| {
            let mut total = Summary::default();
            parts.iter().for_each(|part| total.add(part));
            total.empty
        };
        assert!(sum(&[&noise]) && sum(&[&noise, &noise]) && sum(&[&noise, &blank]));
        assert!(!sum(&[&news, &noise]) && !sum(&[&noise, &news]));
    }
}
