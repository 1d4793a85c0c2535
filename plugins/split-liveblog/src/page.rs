//! The lines of a page and what each of them is.

use cleancopy_plugin::prelude::*;
use cleancopy_text::{
    TimeForm, TimeLine, ends_sentence, looks_like_headline, parse_time_line, starts_with_quote,
};

/// A headline over a post has no more words.
const HEADLINE_WORDS: usize = 25;

/// One block of the page.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// 0-based index of the block.
    pub(crate) block: usize,
    pub(crate) text: &'a str,
    pub(crate) role: Role<'a>,
}

/// What a line is.
#[derive(Debug, PartialEq)]
pub(crate) enum Role<'a> {
    /// The headline of the whole page.
    Title,
    /// A time of posting, or of changing.
    Time(Box<TimeLine<'a>>),
    /// `* * *`.
    Separator,
    /// A bullet and its text.
    Bullet,
    /// Who wrote it: a name and nothing else.
    Name,
    /// No sentence, and short enough for a headline.
    Headline,
    /// Everything else.
    Text,
}

impl Line<'_> {
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.role, Role::Text | Role::Headline | Role::Bullet)
    }

    pub(crate) fn time(&self) -> Option<&TimeLine<'_>> {
        match &self.role {
            Role::Time(time) => Some(time),
            _ => None,
        }
    }

    pub(crate) fn is_sentence(&self) -> bool {
        matches!(self.role, Role::Text | Role::Bullet) && ends_sentence(self.text)
    }
}

/// Tells what each block is.
pub(crate) fn read<'a>(blocks: &[(BlockKind, &'a str)]) -> Vec<Line<'a>> {
    let line = |(block, &(kind, text)): (usize, &(BlockKind, &'a str))| Line {
        block,
        text,
        role: role(kind, text),
    };
    let mut lines: Vec<_> = blocks.iter().enumerate().map(line).collect();
    let marked = lines.iter().any(|line| line.role == Role::Title);
    if let Some(first) = lines
        .first_mut()
        .filter(|line| line.role == Role::Headline && !marked)
    {
        first.role = Role::Title;
    }
    lines
}

fn role(kind: BlockKind, text: &str) -> Role<'_> {
    match kind {
        BlockKind::Headline => return Role::Title,
        BlockKind::Quote | BlockKind::Caption | BlockKind::TableRow => return Role::Text,
        _ => {}
    }
    if let Some(time) = parse_time_line(text) {
        Role::Time(Box::new(time))
    } else if is_separator(text) {
        Role::Separator
    } else if kind == BlockKind::ListItem || is_bullet(text) {
        Role::Bullet
    } else if kind == BlockKind::Heading {
        Role::Headline
    } else {
        wording(text)
    }
}

fn wording(text: &str) -> Role<'static> {
    // A longer line is a paragraph, and there is no need to look at all of it.
    if text.len() > 220 {
        return Role::Text;
    }
    let is_short = || text.split_whitespace().nth(HEADLINE_WORDS).is_none();
    if is_name(text) {
        Role::Name
    } else if looks_like_headline(text) && !is_aside(text) && is_short() {
        Role::Headline
    } else {
        Role::Text
    }
}

/// A quotation, a pointer to another page, a link: it has the shape of a
/// headline but stands over nothing.
fn is_aside(text: &str) -> bool {
    let quoted = starts_with_quote(text) && text.ends_with(['”', '"', '’', '\'']);
    let sentence = ["?”", "!”", "?\"", "!\"", "…”"]
        .iter()
        .any(|end| text.ends_with(end));
    let pointer = ["Related", "Read more", "Photograph", "http", "#", "@"];
    quoted || sentence || pointer.iter().any(|start| text.starts_with(start))
}

/// Two to four capitalised words of letters, with or without `By`.
fn is_name(text: &str) -> bool {
    let name = text.strip_prefix("By ").unwrap_or(text);
    let letters = |c: char| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.');
    let fits = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(letters)
            && !word.chars().skip(1).all(char::is_uppercase)
    };
    let mut words = name.split_whitespace();
    // Most lines have a word soon that is of no name.
    words.all(|word| fits(word) || word == "and")
        && (2..=4).contains(&name.split_whitespace().take(5).count())
}

fn is_separator(text: &str) -> bool {
    let marks = |c: char| {
        matches!(
            c,
            '*' | '-' | '–' | '—' | '_' | '=' | '•' | '·' | '#' | '~' | '⁂'
        )
    };
    text.len() <= 60
        && text.chars().all(|c| marks(c) || c.is_whitespace())
        && (text.chars().filter(|&c| marks(c)).count() >= 3 || text == "⁂")
}

fn is_bullet(text: &str) -> bool {
    ["* ", "• ", "- ", "– ", "▪ ", "● "]
        .iter()
        .any(|mark| text.starts_with(mark))
}

/// Whether machines wrote the time: no reader is meant to see it.
pub(crate) fn is_machine_time(time: &TimeLine<'_>) -> bool {
    time.form == TimeForm::Unix
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles<'a>(lines: &[&'a str]) -> Vec<Role<'a>> {
        let block = |&text| (BlockKind::Paragraph, text);
        let blocks: Vec<_> = lines.iter().map(block).collect();
        read(&blocks).into_iter().map(|line| line.role).collect()
    }

    #[test]
    fn lines_are_told_apart() {
        let lines = [
            "Ferry strike: live",
            "The ferry sailed.",
            "Ada Quist",
            "Talks have broken down",
            "* * *",
            "• One boat",
        ];
        let expected = [
            Role::Title,
            Role::Text,
            Role::Name,
            Role::Headline,
            Role::Separator,
            Role::Bullet,
        ];
        assert_eq!(roles(&lines), expected);
    }
}
