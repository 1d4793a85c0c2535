//! What is wrong, as lines for people; whoever prints them chooses colours.

use crate::compare::{Hunk, Turn, TurnLine};
use crate::outcome::{Check, Problem};

/// What a line says, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Words of the program.
    Plain,
    /// The name of a file that is compared.
    File,
    /// A place.
    Place,
    /// A line of both.
    Same,
    /// A line that is missing now.
    Gone,
    /// A line that was not there.
    New,
    /// A line that another rule takes.
    Changed,
}

/// A line for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it says.
    pub tone: Tone,
    /// The line.
    pub text: String,
    /// The rules at its end, with what stands before them.
    pub rules: String,
}

impl Shown {
    fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            rules: String::new(),
        }
    }
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.text, self.rules)
    }
}

impl Check {
    /// Everything that is wrong, with the rules that acted; without the title.
    #[must_use]
    pub fn shown(&self) -> Vec<Shown> {
        let mut lines: Vec<_> = self
            .problems
            .iter()
            .flat_map(|p| p.shown(&self.file))
            .collect();
        if !lines.is_empty() && !self.acted.is_empty() {
            let each = self.acted.iter().map(|(rule, times)| match times {
                1 => rule.clone(),
                times => format!("{rule} ×{times}"),
            });
            let all = each.collect::<Vec<_>>().join(", ");
            lines.push(Shown::new(Tone::Plain, format!("rules that acted: {all}")));
        }
        let rules = self.rules.iter();
        lines.extend(rules.map(|rule| Shown::new(Tone::Plain, format!("rule {rule}"))));
        lines
    }
}

impl Problem {
    /// What it is, in lines; `input` is the case's document.
    fn shown(&self, input: &str) -> Vec<Shown> {
        match self {
            Self::Fault(message) => plain(message),
            Self::Unknown { file, now } => {
                let file = file.display();
                let mut lines = plain(&format!(
                    "{file}: missing, so nobody has said what must become of the document; \
                     this does now (an empty file says that all must be kept):"
                ));
                match now.as_str() {
                    "" => lines.extend(plain("(nothing leaves)")),
                    now => lines.extend(unified(now)),
                }
                lines
            }
            Self::Differs { file, hunks } => {
                let names = [format!("--- {}", file.display()), "+++ now".to_owned()];
                let names = names.map(|name| Shown::new(Tone::File, name));
                let hunks = show_hunks(hunks, input, "expected");
                names.into_iter().chain(hunks).collect()
            }
            Self::Other { file, note, diff } => {
                let note = match note.as_str() {
                    "" => "not as expected".to_owned(),
                    note => note.to_owned(),
                };
                let mut lines = plain(&format!("{}: {note}", file.display()));
                lines.extend(unified(diff));
                lines
            }
            Self::Broken { what, diff } => {
                let mut lines = plain(what);
                lines.extend(unified(diff));
                lines
            }
        }
    }
}

fn plain(text: &str) -> Vec<Shown> {
    text.lines()
        .map(|line| Shown::new(Tone::Plain, line))
        .collect()
}

/// The lines of a unified diff.
fn unified(diff: &str) -> Vec<Shown> {
    let tone = |line: &str| match line.get(..1) {
        _ if line.starts_with("--- ") || line.starts_with("+++ ") => Tone::File,
        Some("@") => Tone::Place,
        Some("-") => Tone::Gone,
        Some("+") => Tone::New,
        _ => Tone::Same,
    };
    diff.lines()
        .map(|line| Shown::new(tone(line), line))
        .collect()
}

/// Differences between two runs as a unified diff of clean text. `earlier` is
/// what the first run is called: `expected`, `before`.
#[must_use]
pub fn show_hunks(hunks: &[Hunk], input: &str, earlier: &str) -> Vec<Shown> {
    let mut lines = Vec::new();
    for hunk in hunks {
        lines.push(Shown::new(
            Tone::Place,
            format!("@@ {input}:{} @@", hunk.line),
        ));
        lines.extend(hunk.lines.iter().map(|line| line.shown(earlier)));
    }
    lines
}

impl TurnLine {
    fn shown(&self, earlier: &str) -> Shown {
        let (tone, sign) = match self.turn {
            Turn::Same => (Tone::Same, ' '),
            Turn::Leaves => (Tone::Gone, '-'),
            Turn::Returns => (Tone::New, '+'),
            Turn::OtherRule => (Tone::Changed, '~'),
        };
        let mut shown = Shown::new(tone, format!("{sign}{}", self.text));
        if self.turn == Turn::Same {
            return shown;
        }
        if !self.now.is_empty() {
            shown.rules = format!("  ← {}", self.now.join(", "));
        }
        if !self.was.is_empty() && self.was != self.now {
            shown.rules += &format!("  ({earlier} ← {})", self.was.join(", "));
        }
        shown
    }
}
