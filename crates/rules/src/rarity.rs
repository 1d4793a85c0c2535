//! How rare a text is in lines of prose, roughly.
//!
//! Which of the words that a rule asks for is looked for first decides how
//! often the rule is asked in vain. The figures are those of English; between
//! words of other languages they still tell long from short.

/// How rare each letter is in English, in tenths of bits.
const LETTERS: [u8; 26] = [
    36, 61, 52, 45, 30, 55, 56, 40, 38, 94, 70, 46, 54, 39, 37, 57, 100, 41, 40, 35, 52, 67, 54,
    94, 56, 105,
];

/// What letters say beside their neighbours: about half of what they do alone.
const TOGETHER: f32 = 0.055;

/// Words of news that are far more frequent than their letters, sorted.
const FREQUENT: &[&str] = &[
    "about",
    "after",
    "again",
    "also",
    "because",
    "been",
    "before",
    "between",
    "contact",
    "could",
    "data",
    "editor",
    "first",
    "follow",
    "from",
    "government",
    "have",
    "help",
    "independent",
    "information",
    "into",
    "just",
    "last",
    "like",
    "made",
    "mail",
    "member",
    "more",
    "most",
    "news",
    "only",
    "other",
    "over",
    "people",
    "police",
    "produced",
    "published",
    "report",
    "reported",
    "said",
    "says",
    "send",
    "sent",
    "should",
    "sign",
    "some",
    "state",
    "support",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "time",
    "told",
    "under",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "will",
    "with",
    "would",
    "write",
    "written",
    "year",
    "years",
    "your",
];

/// The most that one of them says, in bits.
const MOST_OF_FREQUENT: f32 = 9.0;

/// How rare a folded text is, in bits: it begins at one place in two to the
/// power of so many.
pub(crate) fn bits(folded: &str) -> f32 {
    let words = folded.split_inclusive(' ');
    words.map(of_word).sum()
}

/// How rare it is that one of some folded texts begins at a place, in bits.
pub(crate) fn bits_of_any(folded: &[String]) -> f32 {
    let often: f32 = folded.iter().map(|text| (-bits(text)).exp2()).sum();
    -often.log2()
}

fn of_word(word: &str) -> f32 {
    const SPACE: f32 = 1.4;
    let bare = word.trim_end_matches(' ');
    let letters = bare.chars().map(of_char).sum::<f32>();
    let most = match FREQUENT.binary_search(&bare) {
        Ok(_) => MOST_OF_FREQUENT,
        Err(_) => f32::MAX,
    };
    letters.min(most) + if bare == word { 0.0 } else { SPACE }
}

fn of_char(c: char) -> f32 {
    const MARK: f32 = 8.0;
    match c {
        'a'..='z' => f32::from(LETTERS[c as usize - 'a' as usize]) * TOGETHER,
        '0'..='9' => 5.0,
        '.' | ',' | '\'' | '"' | '-' => 6.0,
        _ if c.is_ascii() => MARK,
        // Of those there are thousands: Chinese characters and Korean syllables.
        '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => MARK,
        // In texts of its own script it is no rarer than a letter.
        _ => 3.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_are_sorted_for_the_search() {
        assert!(FREQUENT.is_sorted());
    }

    #[test]
    fn long_and_odd_texts_are_rare() {
        let rising = [
            "the",
            "said",
            "newsletter",
            "sign up to get",
            "all rights reserved",
        ];
        let bits = rising.map(bits);
        assert!(bits.is_sorted(), "{bits:?}");
        let pair = ["report ".to_owned(), "newsletter".to_owned()];
        assert!(bits_of_any(&pair) <= super::bits("report "));
    }
}
