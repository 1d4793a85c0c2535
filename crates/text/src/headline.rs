//! Telling which line of a plain text is its headline.

use crate::same::{has_words, same};

/// How far down a headline may stand, in lines.
const HEAD: usize = 6;

/// How far below a headline its copy may stand to give it away, in lines.
const COPY: usize = 2;

/// The most words of a headline that ends as a sentence does.
const SENTENCE: usize = 14;

/// The most words of a headline that nothing else gives away.
const PIECE: usize = 22;

/// The longest headline, in characters.
const LONGEST: usize = 220;

/// Marks that end a sentence or part one, in scripts that have their own.
const STOPS: [char; 9] = ['。', '｡', '，', '、', '；', '：', '،', '؛', '۔'];

/// The 0-based index of the line that is most likely the headline.
///
/// A headline stands in the first lines, has a few words, and does not end as
/// a sentence does; a line that stands twice at the head of a page is one even
/// so. None when a text simply begins.
pub fn headline<'t>(lines: impl Iterator<Item = &'t str>) -> Option<usize> {
    let head: Vec<&str> = lines.take(HEAD + 1).collect();
    if let Some(marked) = head.iter().position(|line| is_marked(line)) {
        return Some(marked);
    }
    // Only a line that is no sentence may stand before one that stands twice.
    let prose = head
        .iter()
        .position(|l| !could_be_title(l) && has_words(l, 3));
    let twice = |&i: &usize| {
        let next = head.iter().skip(i + 1).take(COPY);
        // A long sentence that stands twice is a paragraph.
        let fits = || looks_like_headline(head[i]) || !has_words(head[i], SENTENCE + 1);
        next.into_iter().any(|other| same(head[i], other)) && has_words(head[i], 3) && fits()
    };
    if let Some(index) = (0..=prose.unwrap_or(0))
        .filter(|&i| i < head.len())
        .find(twice)
    {
        return Some(index);
    }
    // Something must follow that it is the headline of.
    let last = head.len().checked_sub(1)?;
    let first = (0..last.min(HEAD)).find(|&i| has_words(head[i], 3))?;
    // Only short lines, such as a section's name, may stand before it.
    let next = head.get(first + 1).copied().unwrap_or_default();
    (could_be_title(head[first]) && !goes_on(head[first], next)).then_some(first)
}

/// Whether a line without a full stop is no headline but the first piece of a
/// sentence that was cut at its links, or a fixture.
fn goes_on(line: &str, next: &str) -> bool {
    const OPEN: &[&str] = &[
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "that",
        "which",
        "who",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "including",
    ];
    let last = line.split_whitespace().next_back().unwrap_or_default();
    let opens_small = next.starts_with(|c: char| c.is_lowercase() || c == ',');
    // `Keld (3-1) at Hale (2-2)` says who plays whom, not what happened.
    let is_fixture = line.matches('(').count() > 1;
    opens_small || is_fixture || OPEN.contains(&last) || has_words(line, PIECE + 1)
}

/// Whether a line is marked as the headline, as Markdown does it: `# Title`.
fn is_marked(line: &str) -> bool {
    let title = line.trim_start().strip_prefix("# ");
    title.is_some_and(|title| has_words(title, 3))
}

/// Whether a line has the shape of a headline: from three words up to a long
/// sentence, opening with a capital, a digit or a quote, and without a full
/// stop at the end.
#[must_use]
pub fn looks_like_headline(line: &str) -> bool {
    could_be_title(line) && has_words(line, 3)
}

/// The same for titles, which may be a single word, or a version: `v1.2`.
#[must_use]
pub fn could_be_title(line: &str) -> bool {
    let line = line.trim();
    let opens = |c: char| c.is_uppercase() || c.is_numeric() || "\"“‘'«[(„「『《".contains(c);
    let sentence = [
        ".", ",", ";", ":", ".”", ".\"", ",”", ".'", ".’", ".»", ". »", ".“",
    ];
    let ends_as_sentence = sentence.iter().any(|end| line.ends_with(end)) && !line.ends_with("..")
        || line
            .trim_end_matches(['”', '」', '』', '"'])
            .ends_with(STOPS);
    let mut chars = line.chars();
    let first = chars.next();
    let is_version = first == Some('v') && chars.next().is_some_and(|c| c.is_ascii_digit());
    let opens = first.is_some_and(|c| opens(c) || !c.is_lowercase() && c.is_alphabetic());
    let is_short = || line.len() <= LONGEST || line.chars().nth(LONGEST).is_none();
    (opens || is_version) && !ends_as_sentence && is_short()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lines: &[&str]) -> Option<usize> {
        headline(lines.iter().copied())
    }

    #[test]
    fn the_first_line_that_is_no_sentence() {
        assert_eq!(
            found(&["Harbour vote delayed again", "The vote was put off."]),
            Some(0)
        );
        assert_eq!(
            found(&["POLITICS", "Harbour vote delayed", "The vote."]),
            Some(1)
        );
    }

    #[test]
    fn sentences_of_other_scripts_are_no_headlines() {
        for title in [
            "旧码头推迟出售，明年再议",
            "「古い桟橋」売却延期",
            "تأجيل بيع الرصيف القديم",
        ] {
            assert!(looks_like_headline(title), "{title}");
        }
        for sentence in [
            "委员会周一表示，旧码头的出售将推迟一年。",
            "「報酬が足りない。」",
            "„Wir verkaufen nicht.“",
            "« Nous ne vendons pas. »",
            "وقالت رئيسة المجلس،",
        ] {
            assert!(!looks_like_headline(sentence), "{sentence}");
        }
    }

    #[test]
    fn markdown_marks_its_headline() {
        let lines = [
            "Politics",
            "Harbour board meets",
            "# Harbour vote delayed again",
            "Text.",
        ];
        assert_eq!(found(&lines), Some(2));
    }

    #[test]
    fn a_text_that_simply_begins_has_none() {
        assert_eq!(
            found(&["The vote was put off on Monday.", "It will be held later."]),
            None
        );
        assert_eq!(found(&["Harbour vote delayed"]), None);
        assert_eq!(found(&[]), None);
    }

    #[test]
    fn a_piece_of_a_sentence_is_none() {
        let cut = [
            "Two boats were lost in the",
            "Keld Sound",
            "on Monday, the coastguard said.",
        ];
        assert_eq!(found(&cut), None);
        let cut = [
            "Storms that closed three ports have",
            "killed two",
            "people.",
        ];
        assert_eq!(found(&cut), None);
        let cut = [
            "The board of the old pier",
            "voted on Monday to put off its sale.",
        ];
        assert_eq!(found(&cut), None);
    }

    #[test]
    fn what_stands_twice_at_the_head_is_one() {
        let lines = [
            "Is it over?",
            "It’s over. For good.",
            "KELD",
            "It's over. For good.",
            "Text.",
        ];
        assert_eq!(found(&lines), Some(1));
    }
}
