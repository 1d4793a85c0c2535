//! A rule that may be proposed.

use cleancopy_rules::{Rule, Where};

/// How a rule was found; says how its id ends and how it is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Menus before the headline.
    Menu,
    /// Buttons and labels between headline and body.
    Furniture,
    /// From the first line that only stands after articles to the end.
    End,
    /// Footers and cards after the body.
    Tail,
    /// Boxes of several lines inside the article.
    Box,
    /// From one repeated line to another, whatever stands between.
    Span,
    /// The line that follows a repeated one.
    Follower,
    /// Single repeated lines.
    Lines,
    /// Titles that share their line with something else.
    Title,
    /// Lines that differ in one place.
    Template,
    /// Cards, whose lines all differ and always come in the same order.
    Card,
    /// Titles in capitals.
    Shouted,
    /// The day of the story, and its author.
    Dateline,
}

impl Family {
    /// A word for ids and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Furniture => "furniture",
            Self::End => "end",
            Self::Tail => "tail",
            Self::Box => "box",
            Self::Span => "span",
            Self::Follower => "follower",
            Self::Lines => "lines",
            Self::Title => "title",
            Self::Template => "template",
            Self::Card => "card",
            Self::Shouted => "capitals",
            Self::Dateline => "dateline",
        }
    }
}

/// A rule without its evidence.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) family: Family,
    pub(crate) rule: Rule,
    /// The step it is for.
    pub(crate) step: &'static str,
}

/// The step that takes lines out.
pub(crate) const STRIP: &str = "strip-banners";

/// The step that makes metadata of them.
pub(crate) const LIFT: &str = "lift-metadata";

impl Candidate {
    /// A rule that takes lines out.
    pub(crate) fn new(family: Family, rule: Rule) -> Self {
        Self {
            family,
            rule,
            step: STRIP,
        }
    }

    /// A rule that makes metadata of lines.
    pub(crate) fn lifting(family: Family, rule: Rule) -> Self {
        Self {
            family,
            rule,
            step: LIFT,
        }
    }
}

/// Lets a rule apply among the first or last blocks only, with some room for
/// pages that are longer than those seen.
pub(crate) fn place(rule: &mut Rule, place: Where, seen: usize) {
    rule.place = place;
    rule.blocks = seen + seen / 4 + 5;
}
