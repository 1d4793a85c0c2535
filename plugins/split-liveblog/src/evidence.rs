//! Whether a page says of itself that it is a liveblog.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use cleancopy_text::{Language, positions, small_letters};

use crate::page::{Line, Role};

/// How many lines of the page are looked at.
const LOOKED_AT: usize = 300;

/// What the page says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Live {
    title: bool,
    address: bool,
    text: bool,
}

impl Live {
    /// `tag` is the page's language by BCP 47, if it is known.
    pub(crate) fn of(lines: &[Line<'_>], url: Option<&str>, tag: Option<&str>) -> Self {
        let said = tag.and_then(Language::of).map(|words| words.words("live"));
        let title = |line: &Line<'_>| {
            matches!(line.role, Role::Title | Role::Headline)
                && (title_is_live(line.text) || says_one_of(line.text, said.unwrap_or_default()))
        };
        Self {
            title: lines.iter().take(3).any(title),
            address: url.is_some_and(address_is_live),
            text: any_is_live(&lines[..lines.len().min(LOOKED_AT)]),
        }
    }

    /// Whether its headline says so.
    pub(crate) fn is_said_in_title(self) -> bool {
        self.title
    }

    /// Whether its words say so. Some addresses have `live` for other reasons.
    pub(crate) fn is_said_in_words(self) -> bool {
        self.title || self.text
    }

    /// Whether it says so anywhere.
    pub(crate) fn is_said(self) -> bool {
        self.is_said_in_words() || self.address
    }
}

/// `Strike – live`, `LIVE: strike`, `Strike: as it happened`, but not `Where
/// seals live in winter`.
fn title_is_live(title: &str) -> bool {
    if !may_say_live(title) {
        return false;
    }
    let folded = title.to_lowercase();
    let said = PHRASES.iter().any(|phrase| folded.contains(phrase));
    let shouted = title
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "LIVE");
    said || shouted || has_live_part(&folded)
}

/// Whether a title has two letters in a row that every way to say it has:
/// those of `live`, `happened` or `updates`.
fn may_say_live(title: &str) -> bool {
    let is_pair = |before: u8, byte: u8| {
        let (first, second) = (before | 0x20, byte | 0x20);
        let in_live = (first == b'l') & (second == b'i');
        let in_others = (first == b'p') & ((second == b'p') | (second == b'd'));
        in_live | in_others
    };
    positions(title.as_bytes(), is_pair).next().is_some()
}

/// Whether a title has one of these phrases, whole words of it where its
/// language parts words.
fn says_one_of(title: &str, phrases: &[&str]) -> bool {
    if phrases.is_empty() {
        return false;
    }
    let folded = small_letters(title);
    let word_goes_on = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{2e80}');
    let whole = |(at, phrase): (usize, &str)| {
        let (before, after) = (&folded[..at], &folded[at + phrase.len()..]);
        !word_goes_on(before.chars().next_back()) && !word_goes_on(after.chars().next())
    };
    let mut phrases = phrases.iter();
    phrases.any(|phrase| folded.match_indices(&small_letters(phrase)).any(whole))
}

const PHRASES: &[&str] = &[
    "as it happened",
    "live blog",
    "liveblog",
    "live updates",
    "live coverage",
    "latest updates",
];

/// Whether a part between dashes or colons is `live`, the last one ends so, or
/// one ends so before a colon.
fn has_live_part(folded: &str) -> bool {
    let ends = |part: &str| part.split_whitespace().next_back() == Some("live");
    let parted = folded.replace(" - ", " – ");
    let parts: Vec<&str> = parted.split(['–', '—', '|', ':']).map(str::trim).collect();
    let last = parts.last().filter(|_| parts.len() > 1);
    parts.len() > 1 && parts.contains(&"live")
        || last.is_some_and(|part| ends(part) && part.split_whitespace().count() <= 4)
        || parted
            .split_once(':')
            .is_some_and(|(before, _)| ends(before))
}

fn address_is_live(url: &str) -> bool {
    let folded = url.to_ascii_lowercase();
    let last = folded.rsplit('/').next().unwrap_or("");
    ["/live/", "liveblog", "live-blog", "live-updates"]
        .iter()
        .any(|part| folded.contains(part))
        || last
            .split(['.', '?'])
            .next()
            .is_some_and(|name| name.ends_with("-live"))
}

/// What reporters say of a page that is a liveblog.
const SAID_IN_TEXT: [&str; 12] = [
    "live blog",
    "liveblog",
    "live coverage",
    "follow the latest updates",
    "latest updates below",
    "live updates below",
    "we'll bring you",
    "bring you all the latest",
    "that's it for our",
    "that's all for today",
    "will be here shortly",
    "posting updates as",
];

/// The longest line that is asked, in bytes: longer ones speak of other things.
const LONGEST: usize = 600;

/// A line in which reporters speak of the page as a liveblog.
pub(crate) fn text_is_live(text: &str) -> bool {
    text.len() < LONGEST && {
        let folded = text.to_lowercase().replace('’', "'");
        SAID_IN_TEXT.iter().any(|phrase| folded.contains(phrase))
    }
}

/// Whether any line is one of those.
fn any_is_live(lines: &[Line<'_>]) -> bool {
    may_be_live(lines) && lines.iter().any(|line| text_is_live(line.text))
}

/// Whether the lines hold one of [`SAID_IN_TEXT`], quotes aside: one pass over
/// all of them, where [`text_is_live`] needs a dozen over each, and nearly
/// always the last word.
fn may_be_live(lines: &[Line<'_>]) -> bool {
    static PHRASES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let behind_quote = |phrase: &'static str| phrase.rsplit('\'').next();
        let phrases = SAID_IN_TEXT.iter().copied().filter_map(behind_quote);
        let builder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .build(phrases);
        builder.ok()
    });
    let short = || {
        lines
            .iter()
            .map(|line| line.text)
            .filter(|text| text.len() < LONGEST)
    };
    // No phrase has a letter that only folding outside of ASCII would give.
    let mut folded = String::with_capacity(short().map(|text| text.len() + 1).sum());
    for text in short() {
        folded.push_str(text);
        folded.push('\n');
    }
    folded.make_ascii_lowercase();
    PHRASES
        .as_ref()
        .is_none_or(|phrases| phrases.is_match(&folded))
}

/// Whether a line sends the reader to the posts, which start behind it.
pub(crate) fn sends_down(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "updates",
        "live blog",
        "liveblog",
        "live coverage",
        "latest",
    ];
    text.len() < 400 && {
        let folded = text.to_lowercase();
        let named = |name: &&str| folded.contains(&format!("{name} below"));
        folded.contains("below") && NAMES.iter().any(named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_say_live() {
        for title in [
            "Ferry strike – live",
            "Strike: live",
            "LIVE Strike news",
            "Strike, as it happened",
            "Live: the strike",
            "Strike live updates",
            "Talks resume - harbour live",
            "Strike live: talks resume",
        ] {
            assert!(title_is_live(title), "{title}");
        }
        for phrase in PHRASES {
            assert!(may_say_live(phrase) && may_say_live(&phrase.to_uppercase()));
        }
        for title in [
            "Where seals live in winter",
            "Live music returns",
            "Lives lost",
            "To live – or not",
            "Olive oil",
        ] {
            assert!(!title_is_live(title), "{title}");
        }
    }

    #[test]
    fn other_languages_say_it_too() {
        let live =
            |tag: &str, title: &str| says_one_of(title, Language::of(tag).unwrap().words("live"));
        for (tag, title) in [
            ("de", "Liveticker: Streik im Hafen"),
            ("fr", "EN DIRECT. Grève au port"),
            ("tr", "Liman grevi CANLI ANLATIM"),
            ("zh", "港口罢工实时更新"),
        ] {
            assert!(live(tag, title), "{title}");
        }
        assert!(!live("es", "Los que conviven en vivobares"));
        assert!(!live("fr", "Train direct pour Keld"));
    }

    #[test]
    fn one_pass_finds_what_each_line_says() {
        fn line(text: &str) -> Line<'_> {
            Line {
                block: 0,
                text,
                role: Role::Text,
            }
        }
        let quiet = line("The ferry sailed; that’s all. Follow it.");
        assert!(!may_be_live(&[quiet]));
        for phrase in SAID_IN_TEXT {
            let texts = [
                phrase.to_owned(),
                phrase.to_uppercase(),
                phrase.replace('\'', "’"),
            ];
            for text in texts {
                let text = format!("“{text}, he said");
                assert!(
                    text_is_live(&text) && any_is_live(&[line("The ferry sailed."), line(&text)])
                );
            }
        }
    }

    #[test]
    fn addresses_that_say_live() {
        assert!(address_is_live("https://x.example/news/live/2024/strike"));
        assert!(address_is_live("https://x.example/strike-live.html"));
        assert!(!address_is_live(
            "https://x.example/where-seals-live-in-winter"
        ));
    }
}
