//! What is left of a regex where the line has few kinds of characters.
//!
//! `\w`, `.` and `\p{Lu}` stand for thousands of characters, and a regex that
//! repeats them takes a hundred times as long to compile as one that knows
//! ASCII alone. Nearly all lines of English news are ASCII once their quotes
//! and dashes are folded, most others have accents, a currency or a bullet, and
//! on those a regex for their characters alone finds the same.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{
    Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition,
};

/// The characters that a line may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alphabet {
    Ascii,
    /// Those of languages in Latin letters, with marks and currencies.
    Latin,
    /// All there are.
    Any,
}

impl Alphabet {
    /// The smallest that a line is written in.
    pub(crate) fn of(line: &str) -> Self {
        let is_latin = |c: char| {
            Self::Latin
                .ranges()
                .iter()
                .any(|(a, z)| (*a..=*z).contains(&c))
        };
        match line {
            _ if line.is_ascii() => Self::Ascii,
            _ if line.chars().all(is_latin) => Self::Latin,
            _ => Self::Any,
        }
    }

    fn is_part_of(self, other: Self) -> bool {
        self as u8 <= other as u8
    }

    fn ranges(self) -> &'static [(char, char)] {
        match self {
            Self::Ascii => &[('\0', '\x7f')],
            Self::Latin => &[
                ('\0', '\u{24f}'),
                ('\u{2010}', '\u{2044}'),
                ('\u{20a0}', '\u{20bf}'),
                ('\u{2122}', '\u{2122}'),
            ],
            Self::Any => &[('\0', char::MAX)],
        }
    }

    fn class(self) -> ClassUnicode {
        let ranges = self.ranges().iter();
        ClassUnicode::new(ranges.map(|(a, z)| ClassUnicodeRange::new(*a, *z)))
    }
}

/// A regex that finds in lines of an alphabet what the given one does, with the
/// same groups; `None` if that one does not parse.
pub(crate) fn narrowed(regex: &str, any_case: bool, alphabet: Alphabet) -> Option<Hir> {
    let mut parser = ParserBuilder::new().case_insensitive(any_case).build();
    let mut parse = |regex: &str| parser.parse(regex).ok();
    match alphabet {
        Alphabet::Ascii => {
            let narrow = |whole: Hir| narrow(&whole, alphabet, &alphabet.class());
            parse(&spelled_out(regex))
                .or_else(|| parse(regex))
                .map(narrow)
        }
        Alphabet::Latin => parse(regex).map(|whole| narrow(&whole, alphabet, &alphabet.class())),
        Alphabet::Any => parse(regex),
    }
}

/// What escapes stand for in ASCII: reading a class of thousands of characters
/// takes longer than compiling what is left of it.
const ESCAPES: &[(&str, &str)] = &[
    ("w", "[0-9A-Za-z_]"),
    ("d", "[0-9]"),
    ("s", r"[ \t\n\x0b\x0c\r]"),
    ("p{Lu}", "[A-Z]"),
    ("p{Ll}", "[a-z]"),
    ("p{L}", "[A-Za-z]"),
    ("p{M}", "[a&&b]"),
];

/// A regex that is the same in ASCII, with its escapes spelled out.
fn spelled_out(regex: &str) -> String {
    let mut out = String::with_capacity(regex.len() * 2);
    let mut rest = regex;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        out.push_str(plain);
        let known = ESCAPES
            .iter()
            .find(|(escape, _)| escaped.starts_with(escape));
        rest = if let Some((escape, class)) = known {
            out.push_str(class);
            &escaped[escape.len()..]
        } else {
            // What is escaped may be another backslash.
            let end = escaped.chars().next().map_or(0, char::len_utf8);
            out.push('\\');
            out.push_str(&escaped[..end]);
            &escaped[end..]
        };
    }
    out + rest
}

fn narrow(regex: &Hir, alphabet: Alphabet, class: &ClassUnicode) -> Hir {
    let inner = |regex: &Hir| narrow(regex, alphabet, class);
    match regex.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0);
            if text.is_ok_and(|text| Alphabet::of(text).is_part_of(alphabet)) {
                Hir::literal(literal.0.clone())
            } else {
                Hir::fail()
            }
        }
        HirKind::Class(Class::Unicode(found)) => {
            let mut found = found.clone();
            found.intersect(class);
            Hir::class(Class::Unicode(found))
        }
        HirKind::Class(Class::Bytes(class)) => Hir::class(Class::Bytes(class.clone())),
        HirKind::Look(look) if alphabet == Alphabet::Ascii => Hir::look(narrow_look(*look)),
        HirKind::Look(look) => Hir::look(*look),
        HirKind::Repetition(repeat) => Hir::repetition(Repetition {
            sub: Box::new(inner(&repeat.sub)),
            ..*repeat
        }),
        HirKind::Capture(group) => Hir::capture(Capture {
            sub: Box::new(inner(&group.sub)),
            ..group.clone()
        }),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(inner).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(inner).collect()),
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
        r"\\w|[^\w\s]k|[[\p{L}\p{M}]&&[\x{0}-\x{52f}]]{2}[^\p{Ll}\d]|\W\p{Lu}\S",
    ];

    fn both(regex: &str, any_case: bool, alphabet: Alphabet) -> (Regex, Regex) {
        let full = RegexBuilder::new(regex).case_insensitive(any_case).build();
        let narrow = narrowed(regex, any_case, alphabet).unwrap().to_string();
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
            let (full, narrow) = both(regex, true, Alphabet::Ascii);
            assert!(full.capture_names().eq(narrow.capture_names()), "{regex}");
        }
    }

    #[test]
    fn a_line_is_of_the_smallest_alphabet() {
        let of = ["Ann said: 3", "Zoë • 3 €", "Ко 3", "ſ\u{200b}"].map(Alphabet::of);
        assert_eq!(
            of,
            [
                Alphabet::Ascii,
                Alphabet::Latin,
                Alphabet::Any,
                Alphabet::Any
            ]
        );
    }

    proptest! {
        #[test]
        fn both_find_the_same(
            line in "(?:[A-Za-z]{1,4}|by|is|an|and|sign up|[ -~]|\\s|[éÈßſÿ€•“]){0,14}",
            any_case: bool,
        ) {
            let alphabet = Alphabet::of(&line);
            for regex in REGEXES {
                let (full, narrow) = both(regex, any_case, alphabet);
                prop_assert_eq!(groups(&full, &line), groups(&narrow, &line), "{}", regex);
            }
        }
    }
}
