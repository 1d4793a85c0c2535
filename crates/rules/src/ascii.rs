//! What is left of a regex where the line is ASCII alone.
//!
//! `\w`, `.` and `\p{Lu}` stand for thousands of characters, and a regex that
//! repeats them takes a hundred times as long to compile as one that knows
//! ASCII alone. Nearly all lines of English news are ASCII once their quotes
//! and dashes are folded, and on those both find the same.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{
    Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition,
};

/// A regex that finds in ASCII what the given one does, with the same groups;
/// `None` if that one does not parse.
pub(crate) fn narrowed(regex: &str, any_case: bool) -> Option<String> {
    let mut parser = ParserBuilder::new().case_insensitive(any_case).build();
    Some(narrow(&parser.parse(regex).ok()?).to_string())
}

fn narrow(regex: &Hir) -> Hir {
    match regex.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) if literal.0.is_ascii() => Hir::literal(literal.0.clone()),
        HirKind::Literal(_) => Hir::fail(),
        HirKind::Class(Class::Unicode(class)) => {
            let mut class = class.clone();
            class.intersect(&ClassUnicode::new([ClassUnicodeRange::new('\0', '\x7f')]));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Class(Class::Bytes(class)) => Hir::class(Class::Bytes(class.clone())),
        HirKind::Look(look) => Hir::look(narrow_look(*look)),
        HirKind::Repetition(repeat) => Hir::repetition(Repetition {
            sub: Box::new(narrow(&repeat.sub)),
            ..*repeat
        }),
        HirKind::Capture(group) => Hir::capture(Capture {
            sub: Box::new(narrow(&group.sub)),
            ..group.clone()
        }),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(narrow).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(narrow).collect()),
    }
}

/// Where words begin and end: which letters there are makes no difference to
/// a line that has only ASCII ones.
fn narrow_look(look: Look) -> Look {
    match look {
        Look::WordUnicode => Look::WordAscii,
        Look::WordUnicodeNegate => Look::WordAsciiNegate,
        Look::WordStartUnicode => Look::WordStartAscii,
        Look::WordEndUnicode => Look::WordEndAscii,
        Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
        Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::{Regex, RegexBuilder};

    /// Regexes of the kinds that packs are made of.
    const REGEXES: &[&str] = &[
        r"^(?<name>\p{Lu}[\w'.-]+(?: \p{Lu}\w*){0,2}) (?:is|was) an? \w+$",
        r"(?:^|\W)by (\S+?)[^\w\s]*(?: and (?<second>.{1,9}))?\b",
        r"\Bk+\b|[^a-m]{2,5}z|ſ|é|\d+(?:ß|\s)?",
        r"^.{0,12}\bsign (?:up|in)[éèa-c]*|\p{Ll}+[.!]$",
        r"[[:punct:]]+|[\p{Greek}µ]+|a{2,}?b?",
    ];

    fn both(regex: &str, any_case: bool) -> (Regex, Regex) {
        let full = RegexBuilder::new(regex).case_insensitive(any_case).build();
        let narrow = narrowed(regex, any_case).unwrap();
        (full.unwrap(), Regex::new(&narrow).expect(&narrow))
    }

    fn groups(regex: &Regex, line: &str) -> Vec<Vec<Option<(usize, usize)>>> {
        let found = regex.captures_iter(line).map(|found| {
            let spans = found.iter();
            spans.map(|g| g.map(|g| (g.start(), g.end()))).collect()
        });
        found.collect()
    }

    #[test]
    fn groups_keep_their_names() {
        for regex in REGEXES {
            let (full, narrow) = both(regex, true);
            assert!(full.capture_names().eq(narrow.capture_names()), "{regex}");
        }
    }

    proptest! {
        #[test]
        fn in_ascii_both_find_the_same(
            line in "(?:[A-Za-z]{1,4}|by|is|an|and|sign up|[ -~]|\\s){0,14}",
            any_case: bool,
        ) {
            prop_assume!(line.is_ascii());
            for regex in REGEXES {
                let (full, narrow) = both(regex, any_case);
                prop_assert_eq!(groups(&full, &line), groups(&narrow, &line), "{}", regex);
            }
        }
    }
}
