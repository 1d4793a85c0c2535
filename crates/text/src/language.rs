//! The words that times and names are made of, per language: the files in
//! `words/`, one for each language but English, which the code itself knows.
//!
//! A line is a kind, a tab, and words in small letters parted by commas:
//!
//! | kind | words |
//! |---|---|
//! | `month 1` to `month 12` | the month as dates have it, and short forms without a full stop |
//! | `weekday` | days, and short forms |
//! | `of`, `year` | what stands between day, month and year, and behind the year |
//! | `before`, `after` | what stands before and behind a time of day |
//! | `am`, `pm` | the half of the day |
//! | `unit`, `ago` | as in `5 minutes ago` |
//! | `posted`, `changed` | what stands before the time of a post, and of a change |
//! | `join` | what joins two names |
//! | `live` | what the headline of a liveblog says |

use std::sync::OnceLock;

/// The words of one language.
#[derive(Debug)]
pub struct Language {
    lines: Vec<(&'static str, Vec<&'static str>)>,
}

/// A language's tag, its file, and its words once they were asked for.
type Entry = (&'static str, &'static str, OnceLock<Language>);

macro_rules! languages {
    ($($tag:literal),+ $(,)?) => {
        [$(($tag, include_str!(concat!("../words/", $tag, ".tsv")), OnceLock::new())),+]
    };
}

static LANGUAGES: [Entry; 13] = languages![
    "ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt", "ru", "tr", "uk", "zh",
];

impl Language {
    /// The words of a language by its BCP 47 tag, of which the first part
    /// counts; none for English and for languages without a file.
    #[must_use]
    pub fn of(tag: &str) -> Option<&'static Self> {
        let primary = tag.split(['-', '_']).next()?;
        let (_, file, words) = LANGUAGES.iter().find(|(known, ..)| *known == primary)?;
        Some(words.get_or_init(|| Self::parse(file)))
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        LANGUAGES.iter().filter_map(|(tag, ..)| Self::of(tag))
    }

    fn parse(file: &'static str) -> Self {
        let lines = file.lines().filter_map(|line| line.split_once('\t'));
        let lines = lines.map(|(kind, words)| (kind, words.split(", ").collect()));
        Self {
            lines: lines.collect(),
        }
    }

    /// The words of a kind, in small letters; none if the language has none.
    #[must_use]
    pub fn words(&self, kind: &str) -> &[&'static str] {
        let line = self.lines.iter().find(|(known, _)| *known == kind);
        line.map_or(&[], |(_, words)| words)
    }

    /// The words of the months, January first.
    pub fn months(&self) -> impl Iterator<Item = &[&'static str]> {
        (1..=12).map(|number| self.words(&format!("month {number}")))
    }
}

/// A text in small letters, with the dotted and the dotless i of Turkish as
/// one, whose capitals are each other's in other languages.
#[must_use]
pub fn small_letters(text: &str) -> String {
    text.replace(['İ', 'ı'], "i").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_says_what_is_needed_in_small_letters() {
        for (tag, ..) in &LANGUAGES {
            let language = Language::of(tag).unwrap();
            assert!(language.months().all(|names| !names.is_empty()), "{tag}");
            for kind in [
                "weekday", "unit", "ago", "posted", "changed", "join", "live",
            ] {
                assert!(!language.words(kind).is_empty(), "{tag}: {kind}");
            }
            for word in language.lines.iter().flat_map(|(_, words)| words) {
                assert_eq!(word.to_lowercase(), **word, "{tag}");
                assert_eq!(word.trim(), *word, "{tag}");
                assert!(!word.is_empty(), "{tag}");
            }
        }
    }

    #[test]
    fn a_region_does_not_count() {
        assert!(Language::of("pt-BR").is_some());
        assert!(Language::of("en").is_none());
        assert_eq!(Language::all().count(), LANGUAGES.len());
    }
}
