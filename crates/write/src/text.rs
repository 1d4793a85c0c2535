//! Plain text: the source's own lines less what left.

use std::io::{self, Write};

use cleancopy_model::{Document, section_mark};

use crate::rendered::{Fate, render};

/// How text output looks.
#[derive(Debug, Clone, Copy)]
pub struct TextOptions {
    /// Whether a line such as `=== entry ===` stands before each section
    /// inside the document. Without marks, a diff against the source shows
    /// deletions only.
    pub marks: bool,
}

/// Writes the clean text in UTF-8, with the line ends of the source.
///
/// # Errors
/// What the writer answers.
pub fn text(document: &Document, options: TextOptions, out: &mut dyn Write) -> io::Result<()> {
    let source = document.source();
    let mut newline = "\n";
    for rendered in render(document) {
        let line = &rendered.line;
        let body = match rendered.fate {
            Fate::Gone => continue,
            Fate::Kept => None,
            Fate::Changed(text, block) => Some((text, block.source())),
        };
        // A mark ends as the line behind it does, or the one before it: both
        // will be the same when the clean text is read again.
        if !line.end.is_empty() {
            newline = &source[line.end.clone()];
        }
        if options.marks {
            for kind in &rendered.starts {
                write!(out, "{}{newline}", section_mark(*kind))?;
            }
        }
        match body {
            None => out.write_all(source[line.text.clone()].as_bytes())?,
            Some((text, block)) => {
                out.write_all(&source.as_bytes()[line.text.start..block.start])?;
                out.write_all(text.as_bytes())?;
                out.write_all(&source.as_bytes()[block.end..line.text.end])?;
            }
        }
        out.write_all(source[line.end.clone()].as_bytes())?;
    }
    Ok(())
}
