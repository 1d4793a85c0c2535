//! Colour, and messages to people. Colour appears on terminals only.

use std::io::Write;

use anstyle::{AnsiColor, Style};

use crate::args::ColorWhen;

pub(crate) const GONE: Style = AnsiColor::Red.on_default();
pub(crate) const NEW: Style = AnsiColor::Green.on_default();
pub(crate) const PLACE: Style = AnsiColor::Cyan.on_default();
pub(crate) const RULE: Style = AnsiColor::Yellow.on_default();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const STRONG: Style = Style::new().bold();
const WRONG: Style = AnsiColor::Red.on_default().bold();

impl ColorWhen {
    /// Makes the choice count for both output streams.
    pub(crate) fn install(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// Says something on standard error. Nobody may be listening; that is no
/// reason to stop.
pub(crate) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Says what is wrong, on standard error.
pub(crate) fn complain(text: &str) {
    say(&format!("{WRONG}clean:{WRONG:#} {text}"));
}

/// The text in a style.
pub(crate) fn paint(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// What to do to a noun so that it fits a number.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Whether output shows colour: the text of a document must pass as it is, so
/// what prints one cannot rely on a stream that strips escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Palette(bool);

impl Palette {
    /// No colour, for files.
    pub(crate) const NONE: Self = Self(false);

    /// What standard output shows.
    pub(crate) fn of_stdout() -> Self {
        Self(anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never)
    }

    /// The text in a style, if there is colour.
    pub(crate) fn paint(self, style: Style, text: impl std::fmt::Display) -> String {
        if self.0 {
            paint(style, text)
        } else {
            text.to_string()
        }
    }
}
