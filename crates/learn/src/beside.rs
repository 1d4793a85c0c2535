//! What a line has beside the title of its page.

use cleancopy_text::{letters, looks_like_headline, prefix_end, words};

use crate::looks::Looks;
use crate::page::key;

/// The fewest words of a title that is looked for in other lines.
pub(crate) const WORDS: usize = 4;

/// The most words that may stand beside a title.
const BESIDE: usize = 8;

/// What parts a title from the name of its section or its site.
pub(crate) const PARTS: [char; 8] = ['|', '-', '–', '—', '·', '•', '»', '«'];

/// What stands beside a title, and on which side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Beside {
    /// A text behind a mark, with it: `- Keld Courier`.
    Marked(String),
    /// A text before a mark, with it: `Comments on:`.
    Label(String),
    /// A text behind it without a space.
    GluedBehind(String),
    /// A text before it without a space.
    GluedBefore(String),
    /// Its author, without a space.
    Author,
    /// A day, without a space.
    Day,
}

/// What a line has beside the title of its page, if anything.
pub(crate) fn beside(line: &str, title: &str) -> Option<(Beside, String)> {
    if line.len() <= title.len() || words(title).nth(WORDS - 1).is_none() {
        return None;
    }
    if let Some(end) = prefix_end(line, title) {
        let (_, rest) = split_closing(line, end);
        return behind(rest);
    }
    let start = suffix_start(line, title)?;
    let front = line[..start].trim_end_matches(['"', '“', '‘', '\'', '«', '„']);
    let text = front.trim();
    if words(text).next().is_none() || words(text).nth(BESIDE).is_some() {
        return None;
    }
    let found = match text.chars().next_back()? {
        c if c == ':' || PARTS.contains(&c) => Beside::Label(key(text)),
        c if front.len() == text.len() && c.is_lowercase() => Beside::GluedBefore(key(text)),
        _ => return None,
    };
    Some((found, text.to_owned()))
}

/// Parts a line behind its title and what closes that.
fn split_closing(line: &str, end: usize) -> (&str, &str) {
    let rest = &line[end..];
    let closing = rest.trim_start_matches(['?', '!', '\'', '’', '"', '”', '»', '“', '.']);
    line.split_at(line.len() - closing.len())
}

/// What the rest of a line is, behind a title that ends where it begins.
fn behind(rest: &str) -> Option<(Beside, String)> {
    let text = rest.trim();
    if words(text).next().is_none() || words(text).nth(BESIDE).is_some() {
        return None;
    }
    let first = text.chars().next()?;
    if PARTS.contains(&first) {
        // Of `| Sport | Keld Courier` the last part is that of all pages.
        let last = text.rfind(PARTS).unwrap_or(0);
        return Some((Beside::Marked(key(&text[last..])), text.to_owned()));
    }
    // Behind a space, a title may simply go on.
    if rest.len() > rest.trim_start().len() || !(first.is_uppercase() || first.is_ascii_digit()) {
        return None;
    }
    let dated = text.ends_with(|c: char| c.is_ascii_digit()) && Looks::shared().of(text).date;
    let found = if dated {
        Beside::Day
    } else if is_author(text) {
        Beside::Author
    } else {
        Beside::GluedBehind(key(text))
    };
    Some((found, text.to_owned()))
}

/// Whether a text says who wrote something.
fn is_author(text: &str) -> bool {
    let names = text.strip_prefix("By ");
    names.is_some_and(|names| Looks::shared().of(names).names)
}

/// What stands behind a title that is nowhere alone: behind the last mark, or
/// an author who is glued to it.
pub(crate) fn behind_alone(line: &str) -> Option<(Beside, String)> {
    let mark = line
        .char_indices()
        .rev()
        .find(|(at, c)| PARTS.contains(c) && line[..*at].ends_with(' '));
    if let Some((at, _)) = mark {
        let title = line[..at].trim_end();
        let long = words(title).nth(WORDS - 1).is_some() && looks_like_headline(title);
        let spaced = line[at..].chars().nth(1).is_some_and(char::is_whitespace);
        return (long && spaced).then(|| behind(&line[at..]))?;
    }
    let glued = |at: &usize| {
        let before = line[..*at].chars().next_back();
        before.is_some_and(|c| !c.is_whitespace() && !c.is_uppercase())
    };
    let seams = line.match_indices("By ").map(|(at, _)| at);
    let at = seams.filter(glued).last()?;
    let long = words(&line[..at]).nth(WORDS - 1).is_some();
    (long && is_author(&line[at..])).then(|| (Beside::Author, line[at..].to_owned()))
}

/// Where the letters of a title begin in a line that ends with them, as a byte
/// offset.
fn suffix_start(line: &str, title: &str) -> Option<usize> {
    let mut wanted = letters(title).rev().peekable();
    wanted.peek()?;
    let (mut start, mut at) = (line.len(), line.len());
    let mut own = letters(line).rev();
    for c in line.chars().rev() {
        at -= c.len_utf8();
        if wanted.peek().is_none() {
            break;
        }
        if c.is_alphanumeric() {
            if own.next() != wanted.next() {
                return None;
            }
            start = at;
        }
    }
    wanted.peek().is_none().then_some(start)
}

/// Whether a line says a title of four words or more, and something beside it.
pub(crate) fn has_title(line: &str, title: &str) -> bool {
    line.len() > title.len()
        && words(title).nth(WORDS - 1).is_some()
        && (prefix_end(line, title).is_some() || suffix_start(line, title).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_beside_a_title_is_told() {
        let title = "Ferry sails again ‘at last’";
        let cases = [
            (
                "Ferry sails again 'at last' - Keld Courier",
                Some((Beside::Marked("- keld courier".into()), "- Keld Courier")),
            ),
            (
                "Ferry sails again ‘at last’ | Sport | Keld Courier",
                Some((
                    Beside::Marked("| keld courier".into()),
                    "| Sport | Keld Courier",
                )),
            ),
            (
                "Ferry sails again ‘at last’By Ann Example",
                Some((Beside::Author, "By Ann Example")),
            ),
            (
                "Ferry sails again ‘at last’March 3, 2024",
                Some((Beside::Day, "March 3, 2024")),
            ),
            (
                "Ferry sails again ‘at last’Sport",
                Some((Beside::GluedBehind("sport".into()), "Sport")),
            ),
            (
                "SportFerry sails again ‘at last’",
                Some((Beside::GluedBefore("sport".into()), "Sport")),
            ),
            (
                "Comments on: ‘Ferry sails again ‘at last’",
                Some((Beside::Label("comments on:".into()), "Comments on:")),
            ),
            ("Ferry sails again ‘at last’ and returns", None),
            ("Ferry sails again ‘at last’", None),
            ("Sport Ferry sails again ‘at last’", None),
            ("The ferry sails again.", None),
        ];
        for (line, wanted) in cases {
            let wanted = wanted.map(|(beside, text)| (beside, text.to_owned()));
            assert_eq!(beside(line, title), wanted, "{line}");
        }
    }

    #[test]
    fn a_title_alone_ends_at_its_last_mark() {
        let told = |line: &str| behind_alone(line).map(|(_, text)| text);
        assert_eq!(
            told("Ferry sails again in May | Keld Courier").as_deref(),
            Some("| Keld Courier")
        );
        assert_eq!(
            told("Ferry sails again in MayBy Ann Example").as_deref(),
            Some("By Ann Example")
        );
        // A hyphen parts nothing, and two words are no title.
        assert_eq!(told("Ferry sails again to half-empty quays"), None);
        assert_eq!(told("Ferry sails - Keld Courier"), None);
        assert_eq!(told("All stood By the old ferry"), None);
    }
}
