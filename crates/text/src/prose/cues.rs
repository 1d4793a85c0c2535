//! Cues in the wording of one line, for and against its opening a post.

use crate::bytes::positions;
use crate::same::words;
use crate::sentences::{ends_sentence, first_sentence, leaves_quote_open, starts_with_quote};
use crate::words::{count_tokens, fold_into};

/// What one line shows by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cues {
    /// Words between white space.
    pub(super) words: usize,
    /// It starts with `He`, `This` and the like.
    pub(super) pronoun: bool,
    /// It starts with `But`, `Asked`, `Speaking` and the like.
    pub(super) connective: bool,
    /// It starts with `A`, `Two`, `Hundreds` and the like.
    pub(super) opener: bool,
    /// It starts with a quotation mark.
    pub(super) quote: bool,
    /// It opens a quotation and does not close it.
    pub(super) open_quote: bool,
    /// Its end is not that of a sentence.
    pub(super) unfinished: bool,
    /// It ends with a colon.
    pub(super) colon: bool,
    /// It starts with a small letter.
    pub(super) lower: bool,
    /// Its first sentence ends by saying who says so.
    pub(super) attributed: bool,
    /// Its first sentence is in the present perfect: `has said`.
    pub(super) perfect: bool,
    /// It starts with `The`, `This` or `Those` and a word that is no name.
    pub(super) definite: bool,
    /// Its first sentence tells what is usual or was so before: `has
    /// repeatedly`, `previously`.
    pub(super) habitual: bool,
}

impl Cues {
    pub(super) fn of(line: &str, buffer: &mut String) -> Self {
        let sentence = first_sentence(line);
        let first = fold_into(words(line).next().unwrap_or(""), buffer);
        Self {
            words: count_tokens(line),
            pronoun: PRONOUNS.contains(&first),
            connective: CONNECTIVES.contains(&first),
            opener: OPENERS.contains(&first),
            quote: starts_with_quote(line),
            open_quote: leaves_quote_open(line),
            unfinished: !ends_sentence(line),
            colon: line.trim_end().ends_with(':'),
            lower: line.starts_with(char::is_lowercase),
            attributed: is_attributed(sentence),
            perfect: is_perfect(sentence),
            definite: is_definite(line),
            habitual: tells_habit(sentence),
        }
    }
}

const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "his", "her", "their", "its", "this", "that", "these", "those",
    "him", "them", "himself", "herself",
];

const CONNECTIVES: &[&str] = &[
    "but",
    "and",
    "asked",
    "speaking",
    "however",
    "meanwhile",
    "also",
    "instead",
    "then",
    "so",
    "or",
    "yet",
    "nor",
    "still",
    "while",
    "another",
    "despite",
    "although",
    "though",
];

const OPENERS: &[&str] = &[
    "a",
    "an",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "hundreds",
    "thousands",
    "dozens",
    "several",
    "police",
    "more",
    "breaking",
    "good",
    "here",
];

/// `…, the ministry has said.`, `…, RNA reported on Monday.`
fn is_attributed(sentence: &str) -> bool {
    let mut last = sentence
        .rsplit(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut word = last.next().unwrap_or("");
    if word.ends_with("day") || word == "statement" {
        // `today` stands alone; `on Monday` and `in a statement` do not.
        let skip = [0, 1, 2][usize::from(word != "today") + usize::from(word == "statement")];
        word = last.nth(skip).unwrap_or("");
    }
    VERBS_OF_REPORT.contains(&word) || last.take(2).any(|before| before == "told")
}

const VERBS_OF_REPORT: &[&str] = &[
    "said",
    "says",
    "reported",
    "reports",
    "writes",
    "claims",
    "claimed",
    "announced",
    "warned",
    "confirmed",
    "insisted",
    "admitted",
    "revealed",
    "found",
];

/// `has … said`: the tense of news that is new.
fn is_perfect(sentence: &str) -> bool {
    // Most sentences have no such word.
    if !has_pair(sentence, |a, b| (a == b'h') & (b == b'a')) {
        return false;
    }
    let mut words = words(sentence).peekable();
    while let Some(word) = words.next() {
        if !matches!(word, "has" | "have") {
            continue;
        }
        let between = |w: &&str| matches!(*w, "also" | "now" | "just" | "already" | "been" | "not");
        while words.next_if(between).is_some() {}
        if words.peek().is_some_and(|next| is_participle(next)) {
            return true;
        }
    }
    false
}

/// Whether two bytes in a row pass, in small letters.
fn has_pair(text: &str, passes: impl Fn(u8, u8) -> bool + Copy) -> bool {
    let pass = |before: u8, byte: u8| passes(before | 0x20, byte | 0x20);
    positions(text.as_bytes(), pass).next().is_some()
}

fn tells_habit(sentence: &str) -> bool {
    // Every such word has `ly`, `ys` or `ft`.
    let passes = |a: u8, b: u8| {
        let in_most = (a == b'l') & (b == b'y');
        in_most | (a == b'y') & (b == b's') | (a == b'f') & (b == b't')
    };
    has_pair(sentence, passes) && words(sentence).any(is_habitual)
}

/// Adverbs of habit and of earlier times: what is news is neither.
fn is_habitual(word: &str) -> bool {
    let ends = word.ends_with(['y', 's', 'n', 'Y', 'S', 'N']);
    ends && HABITUAL
        .iter()
        .any(|habit| word.eq_ignore_ascii_case(habit))
}

const HABITUAL: &[&str] = &[
    "always",
    "consistently",
    "frequently",
    "generally",
    "historically",
    "initially",
    "normally",
    "often",
    "originally",
    "previously",
    "regularly",
    "repeatedly",
    "routinely",
    "traditionally",
    "typically",
    "usually",
];

fn is_participle(word: &str) -> bool {
    const ENDS: &[&str] = &[
        "ed", "en", "wn", "nt", "ld", "id", "ade", "un", "ot", "ut", "it", "et",
    ];
    let root = ENDS.iter().find_map(|end| word.strip_suffix(end));
    root.is_some_and(|root| !root.is_empty()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

/// `The ferry`, `Those boats`, but not `The Hague`: a name needs no
/// introduction to take an article.
fn is_definite(line: &str) -> bool {
    let articles = ["The ", "This ", "That ", "These ", "Those "];
    let rest = articles
        .into_iter()
        .find_map(|article| line.strip_prefix(article));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(line: &str) -> Cues {
        Cues::of(line, &mut String::new())
    }

    #[test]
    fn attribution_closes_the_first_sentence() {
        for line in [
            "The bridge will stay shut, the harbour board has said. It opened in May.",
            "The bridge is open, RNA reported on Monday.",
            "The bridge is open, Quist said in a statement.",
            "The bridge is open, an engineer told this newspaper.",
        ] {
            assert!(cues(line).attributed, "{line}");
        }
        assert!(!cues("He said the bridge will stay shut.").attributed);
    }

    #[test]
    fn the_perfect_is_told_from_the_rest() {
        assert!(cues("Engineers have now reopened the bridge.").perfect);
        assert!(!cues("The town has a bridge.").perfect);
    }

    #[test]
    fn every_word_of_habit_is_found() {
        for habit in HABITUAL {
            for word in [(*habit).to_owned(), habit.to_uppercase()] {
                assert!(tells_habit(&format!("It has, {word}, left.")), "{word}");
            }
        }
    }

    #[test]
    fn habits_are_told_from_news() {
        assert!(cues("Ryde has repeatedly shut its pier.").habitual);
        assert!(cues("Previously, the pier was open.").habitual);
        assert!(!cues("Ryde has shut its pier. It often does.").habitual);
    }

    #[test]
    fn first_words_speak_for_themselves() {
        assert!(cues("“We wait,” she said.").quote);
        assert!(cues("This is new.").pronoun && cues("Asked why, he left.").connective);
        assert!(cues("Two boats left").opener && cues("Two boats left").unfinished);
        assert!(cues("The list:").colon && cues("The list:").definite);
        assert!(!cues("The Hague is quiet.").definite);
        assert!(!cues("").quote);
    }
}
