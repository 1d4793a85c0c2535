//! What must stand in every line that a regex matches.
//!
//! Running a regex on a line costs a hundred times as much as ruling it out by
//! its words. Most regexes in packs begin with a few words or hold one that
//! is rare elsewhere, and this module finds those words.

use regex_syntax::hir::literal::{ExtractKind, Extractor, Seq};
use regex_syntax::hir::{Hir, Look};

use crate::choices::Choice;
use crate::keys::{end_key, has_more_forms, start_key};
use crate::rarity::bits_of_any;
use crate::sieve::Sieve;

/// Keys of regexes are shorter than those of literals: a regex that begins
/// with a choice has many of them.
const LONGEST: usize = 12;

/// The most keys for one regex: those at the edges cost little.
const MOST: usize = 500;

/// The most literals that are followed while a regex is read. More than there
/// may be keys: cutting them short afterwards keeps more of each.
const MOST_READ: usize = 1000;

/// What is so rare, in bits, at the edge of a line, need not be rarer.
const RARE: f32 = 18.0;

/// How much rarer a choice must be, in bits, for each byte that its shortest
/// text lacks: for want of it looking for all others takes longer.
const TOO_SHORT: f32 = 2.0;

/// What is less rare, in bits, stands in too many lines.
const LEAST_BITS: f32 = 6.5;

/// One of these stands in every line that the regex matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Required {
    /// At its start.
    Start(Vec<Vec<u8>>),
    /// At its end, as keys from the last byte on.
    End(Vec<Vec<u8>>),
    /// Anywhere: folded texts.
    Inside(Vec<String>),
}

/// What the lines that a regex matches have in common, if anything is known:
/// at an edge, or the rarest of its [`choices`](crate::choices::choices).
pub(crate) fn required(regex: &Hir, choices: &[Choice]) -> Option<Required> {
    let properties = regex.properties();
    let starts = properties.look_set_prefix().contains(Look::Start);
    let ends = properties.look_set_suffix().contains(Look::End);
    let clear = |edge: &Option<(f32, _)>| edge.as_ref().is_some_and(|(bits, _)| *bits >= RARE);
    let at = |edge: Edge| edge_keys(&literals(regex, edge.kind())?, edge);
    let start = starts.then(|| at(Edge::Start)).flatten();
    // Looking at an edge costs next to nothing: if it says enough, it will do.
    let end = (ends && !clear(&start)).then(|| at(Edge::End)).flatten();
    let worth = |choice: &Choice| {
        let short = choice.texts.iter().map(|text| Sieve::lacking(text)).max();
        choice.bits - TOO_SHORT * short.unwrap_or(0) as f32
    };
    let inside = choices.iter().map(|choice| (worth(choice), choice));
    let inside = inside.filter(|(_, choice)| choice.bits >= LEAST_BITS);
    let inside = inside.max_by(|a, b| a.0.total_cmp(&b.0));
    let inside = inside.filter(|_| !clear(&start) && !clear(&end));
    let all = [
        inside.map(|(bits, choice)| (bits, Required::Inside(choice.texts.clone()))),
        end.map(|(bits, keys)| (bits, Required::End(keys))),
        start.map(|(bits, keys)| (bits, Required::Start(keys))),
    ];
    let rarest = all.into_iter().flatten().max_by(|a, b| a.0.total_cmp(&b.0));
    rarest.map(|(_, required)| required)
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

/// An edge of the line.
#[derive(Debug, Clone, Copy)]
enum Edge {
    Start,
    End,
}

impl Edge {
    fn kind(self) -> ExtractKind {
        match self {
            Self::Start => ExtractKind::Prefix,
            Self::End => ExtractKind::Suffix,
        }
    }

    /// The key of a text at this edge, before any letter of which a regex knows
    /// more forms than we do.
    fn key(self, text: &str) -> Vec<u8> {
        match self {
            Self::Start => start_key(text.split(has_more_forms).next().unwrap_or_default()),
            Self::End => end_key(text.rsplit(has_more_forms).next().unwrap_or_default()),
        }
    }
}

/// The keys of literals at an edge of the line, and how rare they are, in bits;
/// none if one of them says nothing. They are as long as they can be without
/// being too many.
fn edge_keys(literals: &[String], edge: Edge) -> Option<(f32, Vec<Vec<u8>>)> {
    /// How much rarer what has one place in the line is.
    const ONE_PLACE: f32 = 6.0;
    let keys: Vec<_> = literals.iter().map(|text| edge.key(text)).collect();
    if keys.iter().any(Vec::is_empty) {
        return None;
    }
    let cut = |longest: usize| {
        let keys = keys
            .iter()
            .map(|key| key[..key.len().min(longest)].to_vec());
        tidy(keys.collect())
    };
    let keys = (1..=LONGEST).rev().find_map(cut)?;
    // Nearly every line of prose ends with one of these.
    let is_stop = |key: &Vec<u8>| matches!(key[..], [mark] if b".,:;!?'\"-".contains(&mark));
    if keys.iter().any(is_stop) {
        return Some((0.0, keys));
    }
    let texts = keys
        .iter()
        .map(|key| String::from_utf8_lossy(key).into_owned());
    let texts: Vec<_> = texts.collect();
    Some((bits_of_any(&texts) + ONE_PLACE, keys))
}

/// Sorts keys and leaves out those that begin with another one.
fn tidy(mut keys: Vec<Vec<u8>>) -> Option<Vec<Vec<u8>>> {
    keys.sort_unstable();
    keys.dedup_by(|next, kept| next.starts_with(kept));
    (!keys.is_empty() && keys.len() <= MOST).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choices::choices;
    use crate::fold::Fold;

    fn required_of(regex: &str) -> Option<Required> {
        let regex = regex_syntax::parse(regex).unwrap();
        required(&regex, &choices(&regex, Fold::FULL))
    }

    fn check(regex: &str, kind: &str, wanted: &[&str]) {
        let (found, keys) = match required_of(regex) {
            Some(Required::Start(keys)) => ("start", keys),
            Some(Required::End(keys)) => ("end", keys),
            Some(Required::Inside(texts)) => {
                let keys = texts.into_iter().map(String::into_bytes);
                ("inside", keys.collect())
            }
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
        check(
            r"^\w+ may earn a commission",
            "inside",
            &[" may earn a commission"],
        );
        check(r"\bread (?:more|all)$", "end", &["erom daer", "lla daer"]);
        check(
            r"^.{0,9}\bour (?:free )?newsletters?\b",
            "inside",
            &["our free newsletter", "our newsletter"],
        );
        check("(?i)Hello", "inside", &["hello"]);
        check(r"\{\{\w+\}\}", "inside", &["}}"]);
        check(
            r"^\w+ (?:via|[/|]) (?:AP|dpa)\b",
            "inside",
            &[" / ap", " / dpa", " via ap", " via dpa", " | ap", " | dpa"],
        );
    }

    #[test]
    fn a_full_stop_says_less_than_a_word_inside() {
        check(r"^\w+ reports?(?: from \w+)?\.$", "inside", &[" report"]);
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
        let Some(Required::Start(keys)) = required_of(regex) else {
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
