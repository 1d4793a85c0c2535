//! What the automata look for: the key of each literal.
//!
//! A key is a stretch of a literal that must stand in every line the literal
//! matches. Keys are short, which keeps the automata small; what a key finds
//! is compared in full afterwards.

use crate::fold::{Fold, is_folded_mark, other_case};

/// The most bytes of a key. Two texts that agree so far are rare.
const LONGEST: usize = 32;

/// The most letters outside of ASCII that have two cases in one key: each
/// doubles the number of its spellings.
const MOST_CASED: usize = 3;

/// The key of a literal that stands at the start of a line, or of the line
/// itself: the first bytes of its folded form.
pub(crate) fn start_key(text: &str) -> Vec<u8> {
    let folded = Fold::FULL.text(text);
    folded.bytes().take(LONGEST).collect()
}

/// The key of a literal that stands at the end of a line: its folded
/// characters from the last one on.
pub(crate) fn end_key(text: &str) -> Vec<u8> {
    let folded: String = Fold::FULL.chars_back(text).map(|(_, c)| c).collect();
    folded.bytes().take(LONGEST).collect()
}

/// The keys of a rule all of whose literals must stand inside a line: every
/// spelling of the longest stretch that needs no folding but that of case.
///
/// The automaton runs over the bytes of the line as they are, which is faster
/// than folding them, and does not tell ASCII upper and lower case apart. None
/// if all literals are quotes, dashes and spaces.
pub(crate) fn inside_keys(texts: &[String]) -> Option<Vec<Vec<u8>>> {
    let stretches = texts.iter().flat_map(|text| stretches(text));
    let longer = |best: String, next: String| if next.len() > best.len() { next } else { best };
    Some(spellings(&stretches.reduce(longer)?))
}

/// Whether a regex knows more forms of a letter than its two cases.
pub(crate) fn has_more_forms(c: char) -> bool {
    matches!(c, '\u{b5}' | '\u{df}' | '\u{17f}' | '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

/// The stretches of a literal that a key may be, folded.
fn stretches(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut cased = 0;
    for (_, c) in Fold::FULL.chars(text) {
        let doubles = !c.is_ascii() && other_case(c).is_some();
        let full = all
            .last()
            .is_some_and(|last| last.len() + c.len_utf8() > LONGEST);
        if is_folded_mark(c) || full || (doubles && cased == MOST_CASED) {
            all.push(String::new());
            cased = 0;
        }
        if let Some(last) = all.last_mut().filter(|_| !is_folded_mark(c)) {
            last.push(c);
            cased += usize::from(doubles);
        }
    }
    all.retain(|stretch| !stretch.is_empty());
    all
}

/// Every way to write a folded stretch, up to the case of ASCII letters.
fn spellings(stretch: &str) -> Vec<Vec<u8>> {
    let mut all = vec![String::new()];
    for c in stretch.chars() {
        let other = (!c.is_ascii()).then(|| other_case(c)).flatten();
        let twins = other.map(|other| {
            all.iter()
                .map(|s| format!("{s}{other}"))
                .collect::<Vec<_>>()
        });
        all.iter_mut().for_each(|s| s.push(c));
        all.extend(twins.into_iter().flatten());
    }
    all.into_iter().map(String::into_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(texts: &[&str]) -> Vec<String> {
        let texts: Vec<_> = texts.iter().map(|t| (*t).to_owned()).collect();
        let keys = inside_keys(&texts).unwrap_or_default();
        keys.into_iter()
            .map(|key| String::from_utf8(key).unwrap())
            .collect()
    }

    #[test]
    fn the_longest_stretch_is_the_key() {
        assert_eq!(
            inside(&["By clicking \u{201c}OK\u{201d}", "terms"]),
            ["clicking"]
        );
        assert_eq!(inside(&["\u{e9}t\u{e9}"]).len(), 4);
        assert_eq!(inside(&["শেয়ার করুন"]), ["শেয়ার"]);
        assert!(inside(&[" \u{2014} "]).is_empty());
    }

    #[test]
    fn letters_with_two_cases_are_few() {
        let keys = inside(&["подписка"]);
        assert_eq!(keys.len(), 8);
        assert!(keys.contains(&"под".to_owned()) && keys.contains(&"ПоД".to_owned()));
    }

    #[test]
    fn edge_keys_fold() {
        assert_eq!(start_key(" It\u{2019}s \u{a0}on"), b"it's on");
        assert_eq!(end_key("AB\u{2019} "), b"'ba");
    }
}
