//! Which language a document is in.
//!
//! What the document says of itself comes first, unless its text is in another
//! script: many pages carry the `lang="en"` of a template. Then the language is
//! told from the text, by `whatlang`: trigrams of letters, no models to load, well
//! under a millisecond. It errs on short texts and between close relatives,
//! so its word counts only where it calls itself reliable, on enough letters.

use cleancopy_model::Document;
use whatlang::{Lang, Script, detect, detect_script};

/// How much text is looked at, in bytes.
const LOOKED_AT: usize = 3_000;

/// No shorter line is looked at where there are longer ones, in bytes: menus
/// and prompts may be in another language than the text.
const LINE: usize = 60;

/// The fewest letters that a language is told from, in scripts whose words are
/// spelled and in those where a character is about a syllable.
const LETTERS: usize = 80;
const SYLLABLES: usize = 20;

/// What is known of the language of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Language {
    /// Its BCP 47 tag.
    Known(String),
    /// It cannot be told, but could be English: the letters are Latin or few.
    Unsure,
    /// It cannot be told, and is not English.
    NotEnglish,
}

impl Language {
    /// The BCP 47 tag, if it is known.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        match self {
            Self::Known(tag) => Some(tag),
            Self::Unsure | Self::NotEnglish => None,
        }
    }
}

/// The language of a document: what it says itself, else what its text shows.
#[must_use]
pub fn language(document: &Document) -> Language {
    let sample = sample(document);
    let script = detect_script(&sample);
    match &document.language {
        Some(tag) if script.is_none_or(|script| may_be_in(tag, script)) => {
            Language::Known(tag.clone())
        }
        _ => of_text(&sample, script),
    }
}

fn of_text(text: &str, script: Option<Script>) -> Language {
    let unsure = match script {
        None | Some(Script::Latin) => Language::Unsure,
        Some(_) => Language::NotEnglish,
    };
    let least = match script {
        Some(Script::Mandarin | Script::Hiragana | Script::Katakana | Script::Hangul) => SYLLABLES,
        _ => LETTERS,
    };
    let letters = text.chars().filter(|c| c.is_alphabetic());
    if letters.take(least).count() < least {
        return unsure;
    }
    match detect(text).filter(|info| info.is_reliable()) {
        Some(info) => Language::Known(tag(info.lang()).to_owned()),
        None => unsure,
    }
}

/// The first lines of running text, as much as is needed; of a document without
/// any, the first lines.
fn sample(document: &Document) -> String {
    let long = lines(document, LINE);
    match long.len() < LETTERS {
        true => lines(document, 0),
        false => long,
    }
}

/// The first lines that are at least so long, in bytes.
fn lines(document: &Document, least: usize) -> String {
    let mut sample = String::new();
    let texts = document.blocks().iter();
    let texts = texts.map(|block| document.block_text(block));
    for text in texts.filter(|text| text.len() >= least) {
        let Some(room) = LOOKED_AT.checked_sub(sample.len()) else {
            break;
        };
        sample.push_str(&text[..text.floor_char_boundary(room)]);
        sample.push('\n');
    }
    sample
}

/// Whether a text in this script may be in the language of the tag. Of
/// languages that nothing is known about, it may.
fn may_be_in(tag: &str, script: Script) -> bool {
    let expected: &[Script] = match primary(tag) {
        "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "pl" | "tr" | "sv" | "da" | "nb"
        | "no" | "fi" | "cs" | "sk" | "hu" | "ro" | "id" | "vi" | "ca" => &[Script::Latin],
        "uk" | "ru" | "be" | "bg" | "mk" => &[Script::Cyrillic],
        "ar" | "fa" | "ur" => &[Script::Arabic],
        "zh" => &[Script::Mandarin],
        "ja" => &[Script::Mandarin, Script::Hiragana, Script::Katakana],
        _ => return true,
    };
    expected.contains(&script)
}

/// The language of a tag without region and script, in lower case as tags in
/// documents are: `pt` of `pt-BR`.
pub(crate) fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}

/// The BCP 47 tag of a language: two letters where there are two, which
/// `whatlang` does not say.
fn tag(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Mkd => "mk",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tha => "th",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Vie => "vi",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests;
