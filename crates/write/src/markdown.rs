//! Markdown: headlines as headings, sections apart.

mod place;

use std::io::{self, Write};

use cleancopy_model::{Block, BlockKind, Document, Section, SectionKind};

use place::Place;

/// What parts the cells of a row.
const CELL: &str = " | ";

/// What stands around code, and around code that writes it itself.
const FENCE: &str = "```";
const LONG_FENCE: &str = "``````";

/// How far a list in a list is moved in, in spaces: behind `- ` and `1. `.
const INDENT: usize = 4;

/// Writes the clean text as CommonMark, tables as GitHub does: the first row
/// is the head.
///
/// # Errors
/// What the writer answers.
pub fn markdown(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new(document, out);
    for section in document.sections() {
        writer.section(&section, 1)?;
    }
    writer.end_code()
}

/// Writes one section as CommonMark, its headline as a heading of level 1.
pub(crate) fn markdown_section(
    document: &Document,
    section: &Section<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = Writer::new(document, out);
    writer.section(section, 1)?;
    writer.end_code()
}

struct Writer<'d, 'o> {
    document: &'d Document,
    out: &'o mut dyn Write,
    first: bool,
    /// The block before, if it may go on: a list, a table, a quotation, code.
    last: Option<(BlockKind, Place)>,
    /// How many lists stand around the first point of a list.
    outer: usize,
    /// How far the point before was moved in, in lists.
    depth: usize,
    /// The line of the source that the last line of code is.
    line: u32,
    fence: &'static str,
}

impl<'d, 'o> Writer<'d, 'o> {
    fn new(document: &'d Document, out: &'o mut dyn Write) -> Self {
        let is_code = |block: &&Block| block.kind() == BlockKind::Code;
        let mut code = document.blocks().iter().filter(is_code);
        let fences = code.any(|block| document.block_text(block).contains(FENCE));
        Self {
            document,
            out,
            first: true,
            last: None,
            outer: 0,
            depth: 0,
            line: 0,
            fence: if fences { LONG_FENCE } else { FENCE },
        }
    }

    fn section(&mut self, section: &Section<'_>, level: usize) -> io::Result<()> {
        let title = section.headline.map(|b| self.text(b));
        let time = section.metadata.get("published").first();
        let heading = [time.map(|t| escape(&readable(t))), title]
            .into_iter()
            .flatten();
        let heading = heading.collect::<Vec<_>>().join(" · ");
        let hashes = "#".repeat(level.min(6));
        if !heading.is_empty() {
            self.paragraph(&format!("{hashes} {heading}"))?;
        } else if section.kind != SectionKind::Article {
            self.paragraph("* * *")?;
        }
        let names = section.metadata.get("byline");
        if level == 1 && section.kind == SectionKind::Article {
            let all = self.document.metadata();
            self.byline(all.get("byline"))?;
        } else {
            self.byline(names)?;
        }
        for block in &section.blocks {
            // The heading says when.
            if block.kind() != BlockKind::Time || time.is_none() {
                self.block(block, level)?;
            }
        }
        section
            .sections
            .iter()
            .try_for_each(|inner| self.section(inner, level + 1))
    }

    fn byline(&mut self, names: &[String]) -> io::Result<()> {
        if names.is_empty() {
            return Ok(());
        }
        let names: Vec<_> = names.iter().map(|name| escape(name)).collect();
        self.paragraph(&format!("*{}*", names.join(", ")))
    }

    fn block(&mut self, block: &Block, level: usize) -> io::Result<()> {
        let text = self.text(block);
        let kind = block.kind();
        let place = Place::of(self.document, block);
        if kind != BlockKind::Code {
            self.end_code()?;
        }
        match kind {
            BlockKind::Heading | BlockKind::Headline => {
                let deeper = usize::from(block.markup().level.max(2)) - 1;
                let hashes = "#".repeat((level + deeper).min(6));
                self.paragraph(&format!("{hashes} {text}"))
            }
            BlockKind::ListItem => self.list_item(&text, place),
            BlockKind::Quote => self.quote(&text, place),
            BlockKind::TableRow => self.row(block, place),
            BlockKind::Caption => self.paragraph(&format!("*{text}*")),
            BlockKind::Code => self.code(block),
            _ => self.paragraph(&text),
        }
    }

    /// Whether a block goes on with what the one before it is of.
    fn goes_on(&self, kind: BlockKind, place: Place) -> bool {
        self.last
            .is_some_and(|(last, before)| last == kind && before.container == place.container)
    }

    fn quote(&mut self, text: &str, place: Place) -> io::Result<()> {
        let goes_on = place.container.is_some() && self.goes_on(BlockKind::Quote, place);
        if goes_on {
            writeln!(self.out, ">\n> {text}")?;
        } else {
            self.paragraph(&format!("> {text}"))?;
        }
        self.last = Some((BlockKind::Quote, place));
        Ok(())
    }

    fn row(&mut self, block: &Block, place: Place) -> io::Result<()> {
        let text = self.document.block_text(block).trim();
        let cells: Vec<_> = text.split(CELL).map(|cell| escape(cell.trim())).collect();
        let row = format!("| {} |", cells.join(CELL));
        if self.goes_on(BlockKind::TableRow, place) {
            writeln!(self.out, "{row}")?;
        } else {
            self.paragraph(&row)?;
            writeln!(self.out, "|{}", " --- |".repeat(cells.len()))?;
        }
        self.last = Some((BlockKind::TableRow, place));
        Ok(())
    }

    /// A line of code.
    fn code(&mut self, block: &Block) -> io::Result<()> {
        let place = Place::default();
        if !self.goes_on(BlockKind::Code, place) {
            self.paragraph(self.fence)?;
        } else if block.line() > self.line + 1 {
            writeln!(self.out)?;
        }
        self.line = block.line();
        let indent = " ".repeat(self.document.indent(block) as usize);
        writeln!(self.out, "{indent}{}", self.document.block_text(block))?;
        self.last = Some((BlockKind::Code, place));
        Ok(())
    }

    /// Closes the fence around code.
    fn end_code(&mut self) -> io::Result<()> {
        if matches!(self.last, Some((BlockKind::Code, _))) {
            self.last = None;
            writeln!(self.out, "{}", self.fence)?;
        }
        Ok(())
    }

    fn text(&self, block: &Block) -> String {
        let text = self.document.block_text(block).trim();
        let text = match block.kind() {
            BlockKind::ListItem => {
                text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '"')
            }
            _ => text,
        };
        escape(text)
    }

    fn list_item(&mut self, text: &str, place: Place) -> io::Result<()> {
        if matches!(self.last, Some((BlockKind::ListItem, _))) {
            let depth = place.lists.saturating_sub(self.outer);
            self.depth = depth.min(self.depth + 1);
        } else {
            if !self.first {
                writeln!(self.out)?;
            }
            (self.outer, self.depth) = (place.lists, 0);
        }
        (self.first, self.last) = (false, Some((BlockKind::ListItem, place)));
        let indent = " ".repeat(INDENT * self.depth);
        match place.number {
            Some(number) => writeln!(self.out, "{indent}{number}. {text}"),
            None => writeln!(self.out, "{indent}- {text}"),
        }
    }

    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        self.end_code()?;
        if !self.first {
            writeln!(self.out)?;
        }
        (self.first, self.last) = (false, None);
        writeln!(self.out, "{text}")
    }
}

/// An RFC 3339 time as people write it: `2024-03-02 15:04 UTC`. Anything else
/// stays as it is.
fn readable(time: &str) -> String {
    let parts = || {
        let (date, rest) = time.split_once('T')?;
        let (clock, zone) = rest.split_at_checked(8)?;
        let digits = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_digit() || b"-:".contains(&b))
        };
        let clock = clock.strip_suffix(":00").unwrap_or(clock);
        let zone = if zone == "Z" { "UTC" } else { zone };
        (digits(date) && digits(clock)).then(|| format!("{date} {clock} {zone}"))
    };
    parts().map_or_else(|| time.to_owned(), |text| text.trim_end().to_owned())
}

/// Puts a backslash before what Markdown would take for its own.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    // A line that would open a list: `1.`, `2)`, `-`, `+`.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let opens_number = digits > 0 && text[digits..].starts_with(['.', ')']);
    if opens_number {
        out.insert(digits, '\\');
    } else if text.starts_with(['-', '+', '=', '~']) {
        out.insert(0, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_readable() {
        for (time, text) in [
            ("2024-03-02T15:04:00Z", "2024-03-02 15:04 UTC"),
            ("2024-03-02T15:04:09+06:00", "2024-03-02 15:04:09 +06:00"),
            ("2024-03-02T15:04:00", "2024-03-02 15:04"),
            ("15:04", "15:04"),
            ("Tuesday", "Tuesday"),
        ] {
            assert_eq!(readable(time), text);
        }
    }

    #[test]
    fn what_markdown_would_take_for_its_own_is_escaped() {
        assert_eq!(escape("1. FC *won* [3_0]"), "1\\. FC \\*won\\* \\[3\\_0\\]");
        assert_eq!(escape("- no"), "\\- no");
        assert_eq!(escape("plain, text."), "plain, text.");
    }
}
