//! From the regex an author wrote to the one that runs on folded lines.

use std::iter::Peekable;
use std::str::Chars;

use regex_syntax::hir::Hir;

use crate::Problem;
use crate::fold::{Fold, plain_mark};
use crate::fragments::fragment;
use crate::lazy::LazyRegex;

/// A regex that was checked.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) regex: LazyRegex,
    /// What it says, read as if it told case apart.
    pub(crate) parsed: Hir,
}

/// Checks a rule's regex and makes it ready for folded lines.
///
/// # Errors
/// The regex is empty, does not parse, is too large, names an unknown fragment
/// or would match every line.
pub(crate) fn compile(written: &str, fold: Fold) -> Result<Pattern, Problem> {
    if written.trim().is_empty() {
        return Err(Problem::Empty);
    }
    let expanded = Expander::new(written, fold, false).run()?;
    let parsed = regex_syntax::parse(&expanded).map_err(|error| explain(written, fold, &error))?;
    if parsed.properties().minimum_len() == Some(0) {
        return Err(Problem::MatchesEverything);
    }
    let regex = LazyRegex::new(expanded, fold.case, &parsed)
        .map_err(|error| Problem::Regex(error.to_string()))?;
    Ok(Pattern { regex, parsed })
}

/// The regex crate's own message, with its caret under what the author wrote
/// instead of under the expanded fragments.
fn explain(written: &str, fold: Fold, error: &regex_syntax::Error) -> Problem {
    let short = Expander::new(written, fold, true).run();
    let shorter = short
        .ok()
        .and_then(|short| regex_syntax::parse(&short).err());
    let message = shorter.as_ref().unwrap_or(error).to_string();
    Problem::Regex(message)
}

/// Rewrites a regex: fragments are expanded, and quotes, dashes and spaces
/// take the form that the folded line has.
struct Expander<'p> {
    rest: Peekable<Chars<'p>>,
    fold: Fold,
    /// Fragments stay short, for a message.
    for_show: bool,
    /// How many `[` are open.
    class: usize,
    out: String,
}

impl<'p> Expander<'p> {
    fn new(written: &'p str, fold: Fold, for_show: bool) -> Self {
        Self {
            rest: written.chars().peekable(),
            fold,
            for_show,
            class: 0,
            out: String::with_capacity(written.len()),
        }
    }

    fn run(mut self) -> Result<String, Problem> {
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => self.escape(),
                '[' => self.open_class(),
                ']' => {
                    self.class = self.class.saturating_sub(1);
                    self.out.push(c);
                }
                '{' if self.class == 0 => self.brace()?,
                _ => self.plain(c),
            }
        }
        Ok(self.out)
    }

    /// Copies an escape whole, so that `\p{Lu}` is not taken for a fragment.
    fn escape(&mut self) {
        let Some(escaped) = self.rest.next() else {
            return self.out.push('\\');
        };
        if self.fold.dots && matches!(escaped, 'İ' | 'ı') {
            return self.out.push('i');
        }
        // An escaped mark is folded, and ASCII ones may be escaped as well.
        let mark = self.mark(escaped).unwrap_or(escaped);
        if !mark.is_ascii_digit() || mark == escaped {
            self.out.push('\\');
        }
        self.out.push(mark);
        if matches!(escaped, 'p' | 'P' | 'x' | 'u' | 'U' | 'b') && self.rest.peek() == Some(&'{') {
            for c in self.rest.by_ref() {
                self.out.push(c);
                if c == '}' {
                    break;
                }
            }
        }
    }

    /// A `]` right after the opening bracket is itself.
    fn open_class(&mut self) {
        self.class += 1;
        self.out.push('[');
        self.out.extend(self.rest.next_if_eq(&'^'));
        self.out.extend(self.rest.next_if_eq(&']'));
    }

    /// A fragment in braces, or a count such as `{2,3}`.
    fn brace(&mut self) -> Result<(), Problem> {
        let inner: String = self
            .rest
            .clone()
            .take_while(|c| c.is_ascii_alphabetic() || *c == '_')
            .collect();
        let closed = self.rest.clone().nth(inner.len()) == Some('}');
        if inner.is_empty() || !closed {
            self.out.push('{');
            return Ok(());
        }
        let regex = fragment(&inner)?;
        self.rest.nth(inner.len());
        if self.for_show {
            self.out.push_str(&format!("({inner})"));
        } else {
            let fold = |c| match c {
                'İ' | 'ı' if self.fold.dots => 'i',
                c => c,
            };
            self.out.extend(regex.chars().map(fold));
        }
        Ok(())
    }

    fn plain(&mut self, c: char) {
        match self.mark(c) {
            // Unescaped, a mark that was none to a regex would become one: in
            // a class a dash makes a range.
            Some(mark) if mark != c && is_special(mark) => {
                self.out.push('\\');
                self.out.push(mark);
            }
            Some(' ') => {
                while self.fold.spaces && self.rest.next_if(|c| is_space(*c)).is_some() {}
                self.out.push(' ');
            }
            Some(mark) => self.out.push(mark),
            None if self.fold.dots && matches!(c, 'İ' | 'ı') => self.out.push('i'),
            None => self.out.push(c),
        }
    }

    /// What a quote, a dash or a space folds to. Line breaks stay, for they
    /// end a comment in a regex with `(?x)`.
    fn mark(&self, c: char) -> Option<char> {
        if self.fold.spaces && is_space(c) {
            return Some(' ');
        }
        let mark = if c == '`' { Some('\'') } else { plain_mark(c) };
        mark.filter(|_| self.fold.quotes)
    }
}

/// Whether a mark that others fold to means something in a regex.
fn is_special(mark: char) -> bool {
    matches!(mark, '-' | '(' | ')' | '.' | '?' | '|')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(written: &str) -> String {
        Expander::new(written, Fold::FULL, true).run().unwrap()
    }

    #[test]
    fn marks_fold_as_the_line_does() {
        assert_eq!(
            expand("it\u{2019}s  [\u{2013}\u{2014}]\u{a0}x"),
            r"it's [\-\-] x"
        );
        assert_eq!(expand("a\\\u{2014}b"), r"a\-b");
        assert_eq!(expand("来源：（.+）[：？]"), r"来源:\(.+\)[:\?]");
        assert_eq!(expand(r"(?:kayıt|İLGİLİ) \İ"), "(?:kayit|iLGiLi) i");
    }

    #[test]
    fn only_fragments_expand() {
        let cases = [
            (r"\p{Lu}{2,3} x{4}", r"\p{Lu}{2,3} x{4}"),
            (r"^{names}$", r"^(names)$"),
            (r"[{}]\{name\} [^]{date}]", r"[{}]\{name\} [^]{date}]"),
            ("{a b}", "{a b}"),
            ("\\", "\\"),
        ];
        for (written, expanded) in cases {
            assert_eq!(expand(written), expanded);
        }
    }

    #[test]
    fn an_error_points_into_what_was_written() {
        let Problem::Regex(message) = compile("^{names} (by", Fold::FULL).unwrap_err() else {
            panic!("wrong problem");
        };
        assert!(message.contains("^(names) (by\n"), "{message}");
        assert!(message.contains('^'), "{message}");
        assert!(message.contains("unclosed group"), "{message}");
    }

    #[test]
    fn a_regex_that_would_match_everything_is_refused() {
        assert_eq!(
            compile("x*", Fold::FULL).unwrap_err(),
            Problem::MatchesEverything
        );
        assert_eq!(compile(" ", Fold::FULL).unwrap_err(), Problem::Empty);
    }
}
