//! Sentences: where the first one of a line ends, and what a line leaves open.

use crate::words::is_quote_mark;

/// The first sentence of a line, with its closing quotation marks.
///
/// A full stop ends it when white space and then a capital, a digit or a
/// quotation mark follow, unless the word before is an abbreviation such as
/// `Mr.` or `U.S.`.
///
/// ```
/// let line = "Mr. Ito of the U.S. team left. He did not say why.";
/// assert_eq!(cleancopy_text::first_sentence(line), "Mr. Ito of the U.S. team left.");
/// ```
#[must_use]
pub fn first_sentence(line: &str) -> &str {
    let mut marks = line.match_indices(['.', '!', '?']);
    marks
        .find_map(|(at, mark)| sentence_end(line, at, mark))
        .map_or(line, |end| &line[..end])
}

/// The byte after the sentence that the mark at byte `at` ends.
fn sentence_end(line: &str, at: usize, mark: &str) -> Option<usize> {
    if mark == "." && is_abbreviation(&line[..at]) {
        return None;
    }
    let after = &line[at + mark.len()..];
    let rest = after.trim_start_matches(|c| is_quote_mark(c) || matches!(c, ')' | ']'));
    let next = rest.trim_start();
    let opens = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || next.starts_with(['"', '\'', '“', '‘', '(']);
    (next.len() < rest.len() && opens).then_some(line.len() - rest.len())
}

/// Whether the text before a full stop ends in a title, an initial or letters
/// that have had full stops between them already.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    is_abbreviation_end(word.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a full stop after this word belongs to the word.
pub(crate) fn is_abbreviation_end(word: &str) -> bool {
    const TITLES: &[&str] = &[
        "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Gen", "Sen", "Rep", "Gov",
    ];
    let initial = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase() && c != 'I');
    TITLES.contains(&word) || initial || has_inner_stop(word)
}

fn has_inner_stop(word: &str) -> bool {
    let letter = |part: &str| part.chars().all(char::is_alphabetic) && part.chars().count() < 2;
    word.contains('.') && word.split('.').all(letter)
}

/// Whether a line ends as a sentence does: with a mark, a colon, or a closing
/// quotation mark or bracket.
#[must_use]
pub fn ends_sentence(line: &str) -> bool {
    let end = line.trim_end().chars().next_back();
    end.is_some_and(|c| matches!(c, ':' | ')' | '：' | '）' | '\'') || closes_sentence(c))
}

/// Whether a character ends a sentence, or closes a quotation of one.
#[must_use]
pub fn closes_sentence(c: char) -> bool {
    let stop = matches!(
        c,
        '.' | '!' | '?' | '…' | '。' | '｡' | '！' | '？' | '؟' | '۔'
    );
    stop || is_quote_mark(c) || matches!(c, '」' | '』')
}

/// Whether a line opens a quotation that it does not close.
#[must_use]
pub fn leaves_quote_open(line: &str) -> bool {
    let count = |mark: char| line.matches(mark).count();
    let (open, close) = (count('“'), count('”'));
    open > close || (open == 0 && close == 0 && count('"') % 2 == 1)
}

/// Whether a line begins with a quotation mark.
#[must_use]
pub fn starts_with_quote(line: &str) -> bool {
    line.starts_with(is_quote_mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_keeps_its_quotation_marks() {
        let cases = [
            ("“We sail.” She left.", "“We sail.”"),
            ("It cost 3.5 million. Nobody paid.", "It cost 3.5 million."),
            ("No stop here", "No stop here"),
            ("Was it? Yes.", "Was it?"),
            ("", ""),
        ];
        for (line, sentence) in cases {
            assert_eq!(first_sentence(line), sentence);
        }
    }

    #[test]
    fn open_quotations_are_seen() {
        assert!(leaves_quote_open("“We sail at dawn."));
        assert!(leaves_quote_open("\"We sail at dawn."));
        assert!(!leaves_quote_open("“We sail,” she said. “At dawn.”"));
    }

    #[test]
    fn a_headline_has_no_end() {
        assert!(!ends_sentence("Ferry service resumes"));
        assert!(ends_sentence("The ferry sailed.”"));
    }
}
