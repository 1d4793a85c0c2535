//! What must stand in every line that a regex matches.
//!
//! Running a regex on a line costs a hundred times as much as ruling it out by
//! an automaton. Most regexes in packs begin with a few words or hold one that
//! is rare elsewhere, and this module finds those words.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Look};

use crate::keys::{end_key, has_more_forms, inside_keys, start_key};

/// Keys of regexes are shorter than those of literals: a regex that begins
/// with a choice has many of them.
const LONGEST: usize = 12;

/// The most keys for one regex.
const MOST: usize = 64;

/// The most literals that are followed while a regex is read. More than there
/// may be keys: cutting them short afterwards keeps more of each.
const MOST_READ: usize = 500;

/// An inner key of letters that is shorter stands in too many lines.
const SHORTEST_INSIDE: usize = 3;

/// One of these stands in every line that the regex matches.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Required {
    /// At its start.
    Start(Vec<Vec<u8>>),
    /// At its end, as keys from the last character on.
    End(Vec<Vec<u8>>),
    /// Anywhere.
    Inside(Vec<Vec<u8>>),
}

/// What the lines that a regex matches have in common, if anything is known.
///
/// The regex must have been parsed as if it told case apart, which would hide
/// its words; the keys do not. (Some rare letters are forms of others to a regex
/// and not here: `ſ` of `s`, the Kelvin sign of `k`. Lines that write so are
/// not looked at.)
pub(crate) fn required(regex: &Hir) -> Option<Required> {
    let properties = regex.properties();
    let starts = properties.look_set_prefix().contains(Look::Start);
    let ends = properties.look_set_suffix().contains(Look::End);
    let prefixes = literals(regex, ExtractKind::Prefix);
    let suffixes = literals(regex, ExtractKind::Suffix);
    let start = || edge_keys(prefixes.as_ref().filter(|_| starts)?, start_key);
    let end = || edge_keys(suffixes.as_ref().filter(|_| ends)?, end_key);
    let inside = || {
        let choices = [prefixes.clone(), suffixes.clone(), inner(regex)];
        let keys = choices
            .into_iter()
            .flatten()
            .filter_map(|choice| any_inside(&choice));
        keys.max_by_key(|keys| shortest(keys))
    };
    let edge = start()
        .map(Required::Start)
        .or_else(|| end().map(Required::End));
    let inside = inside().map(Required::Inside);
    // Of two that are alike, the one at an edge costs less to look for.
    edge.into_iter()
        .chain(inside)
        .rev()
        .max_by_key(Required::rarity)
}

impl Required {
    /// How few lines of prose have it, roughly: as many letters as its shortest
    /// key has, and more of them at an edge of the line.
    fn rarity(&self) -> usize {
        const AT_EDGE: usize = 3;
        const MARKS: usize = 6;
        let of = |key: &Vec<u8>| match key[..] {
            [mark] if b".,:;!?'\"()-".contains(&mark) => 0,
            _ if key.iter().all(u8::is_ascii_punctuation) => MARKS,
            _ => key.len(),
        };
        let (edge, keys) = match self {
            Self::Start(keys) | Self::End(keys) => (AT_EDGE, keys),
            Self::Inside(keys) => (0, keys),
        };
        keys.iter().map(of).min().unwrap_or(0) + edge
    }
}

/// One of these begins (or ends) every match.
fn literals(regex: &Hir, kind: ExtractKind) -> Option<Vec<String>> {
    let mut extractor = Extractor::new();
    extractor.kind(kind.clone()).limit_total(MOST_READ);
    let found: Seq = extractor.extract(regex);
    let found = found.literals()?.iter().map(|literal| {
        let bytes = literal.as_bytes();
        // A limit may have cut a character in two.
        match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(error) if matches!(kind, ExtractKind::Prefix) => {
                String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned()
            }
            Err(_) => {
                let inside = bytes
                    .iter()
                    .take_while(|byte| **byte & 0xc0 == 0x80)
                    .count();
                String::from_utf8(bytes[inside..].to_vec()).unwrap_or_default()
            }
        }
    });
    Some(found.collect())
}

/// The keys of literals at an edge of the line; none if one of them says
/// nothing. They are as long as they can be without being too many.
fn edge_keys(literals: &[String], key: fn(&str) -> Vec<u8>) -> Option<Vec<Vec<u8>>> {
    let keys: Vec<_> = literals.iter().map(|text| cut_key(key(text))).collect();
    if keys.iter().any(Vec::is_empty) {
        return None;
    }
    let cut = |longest: usize| {
        let keys = keys
            .iter()
            .map(|key| key[..key.len().min(longest)].to_vec());
        tidy(keys.collect())
    };
    (1..=LONGEST).rev().find_map(cut)
}

/// Stops a key before a letter of which a regex knows more forms than we do.
fn cut_key(mut key: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8_lossy(&key);
    let length = text
        .chars()
        .take_while(|c| !has_more_forms(*c))
        .map(char::len_utf8)
        .sum();
    key.truncate(length);
    key
}

/// The keys of literals one of which stands in the line.
fn any_inside(literals: &[String]) -> Option<Vec<Vec<u8>>> {
    // Nothing that the others say makes its key a rare one.
    let is_hopeless = |text: &String| {
        text.len() < SHORTEST_INSIDE && text.starts_with(|c: char| c.is_ascii_alphanumeric())
    };
    if literals.iter().any(is_hopeless) {
        return None;
    }
    let each = literals.iter().map(|text| {
        let texts: Vec<_> = text.split(has_more_forms).map(str::to_owned).collect();
        inside_keys(&texts)
    });
    let keys: Option<Vec<Vec<_>>> = each.collect();
    tidy(keys?.concat()).filter(|keys| keys.iter().all(|key| is_rare(key)))
}

fn is_rare(key: &[u8]) -> bool {
    key.len() >= SHORTEST_INSIDE || key.iter().all(u8::is_ascii_punctuation)
}

fn shortest(keys: &[Vec<u8>]) -> usize {
    keys.iter().map(Vec::len).min().unwrap_or(0)
}

/// Sorts keys and leaves out those that begin with another one.
fn tidy(mut keys: Vec<Vec<u8>>) -> Option<Vec<Vec<u8>>> {
    keys.sort_unstable();
    keys.dedup_by(|next, kept| next.starts_with(kept));
    (!keys.is_empty() && keys.len() <= MOST).then_some(keys)
}

/// One of these stands in every match: the longest literal of a sequence, or
/// for a choice those of its branches.
fn inner(regex: &Hir) -> Option<Vec<String>> {
    match regex.kind() {
        HirKind::Literal(literal) => Some(vec![String::from_utf8(literal.0.to_vec()).ok()?]),
        HirKind::Capture(group) => inner(&group.sub),
        HirKind::Repetition(repeat) if repeat.min > 0 => inner(&repeat.sub),
        HirKind::Class(Class::Unicode(class)) => few(class),
        HirKind::Concat(parts) => {
            // One that makes no keys is worth less than any that does.
            let worth = |choice: &Vec<String>| any_inside(choice).map(|keys| shortest(&keys));
            parts.iter().filter_map(inner).max_by_key(worth)
        }
        HirKind::Alternation(branches) => {
            let choices: Option<Vec<Vec<_>>> = branches.iter().map(inner).collect();
            Some(choices?.concat())
        }
        _ => None,
    }
}

/// The characters of a class that has only a few, such as `[/|]`.
fn few(class: &ClassUnicode) -> Option<Vec<String>> {
    const FEW: usize = 4;
    let ranges = class.ranges().iter();
    let chars = ranges.flat_map(|range| range.start()..=range.end());
    let few: Vec<_> = chars.take(FEW + 1).map(String::from).collect();
    (few.len() <= FEW).then_some(few)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(regex: &str, kind: &str, wanted: &[&str]) {
        let (found, keys) = match required(&regex_syntax::parse(regex).unwrap()) {
            Some(Required::Start(keys)) => ("start", keys),
            Some(Required::End(keys)) => ("end", keys),
            Some(Required::Inside(keys)) => ("inside", keys),
            None => ("none", Vec::new()),
        };
        let keys: Vec<_> = keys
            .iter()
            .map(|key| String::from_utf8_lossy(key))
            .collect();
        assert_eq!(
            (found, keys),
            (kind, wanted.iter().map(|w| (*w).into()).collect()),
            "{regex}"
        );
    }

    #[test]
    fn words_at_the_edges_and_inside_are_found() {
        check(
            "^Sign up (?:now|here)",
            "start",
            &["sign up here", "sign up now"],
        );
        check(
            "^(?:the )?(?:story|post) ends",
            "start",
            &["post ends", "story ends", "the post end", "the story en"],
        );
        check(r"^\w+ may earn a commission", "inside", &["commission"]);
        check(r"\bread (?:more|all)$", "end", &["erom daer", "lla daer"]);
        check(
            r"^.{0,9}\bour (?:free )?newsletters?\b",
            "inside",
            &["newsletter"],
        );
        check("(?i)Hello", "inside", &["hello"]);
        check(r"\{\{\w+\}\}", "inside", &["}}"]);
        check(
            r"^\w+ (?:via|[/|]) (?:AP|dpa)\b",
            "inside",
            &["/", "via", "|"],
        );
    }

    #[test]
    fn a_full_stop_says_less_than_a_word_inside() {
        check(r"^\w+ reports?(?: from \w+)?\.$", "inside", &["report"]);
        check(r"^\w+\.$", "end", &["."]);
        check(
            r"^\w{2}: \w+ (?:sent|mailed) it$",
            "end",
            &["ti deliam", "ti tnes"],
        );
        check(r"^Story, \w+$", "start", &["story,"]);
    }

    #[test]
    fn too_many_keys_are_cut_short() {
        let regex = "^(?:all|any|these) (?:articles|pages|posts) [a-h][a-h]";
        let Some(Required::Start(keys)) = required(&regex_syntax::parse(regex).unwrap()) else {
            panic!("no keys of the start");
        };
        assert!(
            keys.iter().all(|key| key.len() > "all pag".len()),
            "{keys:?}"
        );
    }

    #[test]
    fn nothing_is_made_up() {
        for regex in [r"^\d+$", r"a?b?c", r"(?:ab|\d)x", "^(?:Σ|a)", "by"] {
            check(regex, "none", &[]);
        }
    }
}
