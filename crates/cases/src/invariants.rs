//! What must hold of every clean document, whatever its profile.

use cleancopy_host::{Chain, CleanError};
use cleancopy_model::{Document, Origin, Section};
use cleancopy_write::{DocumentJson, TextOptions, diff, restore};
use similar::TextDiff;

use crate::outcome::Problem;

/// The start of the names of cases that must lose no word.
const KEEP: &str = "keep-";

/// Everything that must never happen and has happened to a clean document.
///
/// # Errors
/// [`CleanError`] when the second pass cannot be made.
pub(crate) fn broken(
    case: &str,
    document: &Document,
    chain: &mut Chain,
) -> Result<Vec<Problem>, CleanError> {
    let mut problems = Vec::new();
    for marks in [true, false] {
        problems.extend(second_pass(document, marks, chain)?);
        // One and the same fault is not said twice.
        if !problems.is_empty() {
            break;
        }
    }
    problems.extend(lost(document));
    problems.extend(out_of_order(document));
    problems.extend(added(document));
    if case.starts_with(KEEP) {
        problems.extend(not_kept(document));
    }
    Ok(problems)
}

/// The clean text of a document.
pub(crate) fn text(document: &Document, marks: bool) -> String {
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let _ = cleancopy_write::text(document, TextOptions { marks }, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

/// A unified diff between two texts.
pub(crate) fn unified(old: &str, new: &str, names: (&str, &str)) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().header(names.0, names.1).to_string()
}

fn second_pass(
    document: &Document,
    marks: bool,
    chain: &mut Chain,
) -> Result<Option<Problem>, CleanError> {
    let once = text(document, marks);
    let mut again = Document::from_text(document.id(), once.as_str());
    again.url.clone_from(&document.url);
    again.language.clone_from(&document.language);
    chain.clean(&mut again)?;
    let twice = text(&again, marks);
    let removals = again.record();
    let rules: Vec<_> = removals.iter().map(|removal| removal.rule).collect();
    Ok((once != twice).then(|| Problem::Broken {
        what: format!(
            "a second pass changes its own output ({})",
            rules.join(", ")
        ),
        diff: unified(&once, &twice, ("first pass", "second pass")),
    }))
}

/// Kept and removed must be the source.
fn lost(document: &Document) -> Option<Problem> {
    if document.origin() != Origin::Text {
        return None;
    }
    // Through the JSON, as `clean restore` does it.
    let json = serde_json::to_string(&DocumentJson::new(document, "")).ok()?;
    let parsed: Result<DocumentJson<'_>, _> = serde_json::from_str(&json);
    let restored = match parsed.map(|json| restore(&json)) {
        Ok(Ok(restored)) => restored,
        Ok(Err(error)) => return Some(Problem::broken(format!("it cannot be restored: {error}"))),
        Err(error) => return Some(Problem::broken(format!("its JSON cannot be read: {error}"))),
    };
    (restored != document.source()).then(|| Problem::Broken {
        what: "kept and removed are not the source".to_owned(),
        diff: unified(document.source(), &restored, ("source", "restored")),
    })
}

fn out_of_order(document: &Document) -> Option<Problem> {
    let blocks = document.blocks().windows(2);
    let mut wrong = blocks.filter(|pair| pair[0].source().end > pair[1].source().start);
    if let Some(pair) = wrong.next() {
        let (first, second) = (pair[0].line(), pair[1].line());
        let what = format!("line {second} stands behind line {first} of the source");
        return Some(Problem::broken(what));
    }
    let mut lines = Vec::new();
    let sections = document.sections();
    sections
        .iter()
        .for_each(|section| walk(section, &mut lines));
    let mut blocks: Vec<_> = document.blocks().iter().map(|b| b.line()).collect();
    lines.sort_unstable();
    blocks.sort_unstable();
    (lines != blocks).then(|| Problem::broken("a block stands in no section, or in two".to_owned()))
}

fn walk(section: &Section<'_>, lines: &mut Vec<u32>) {
    let own = section.headline.iter().chain(&section.blocks);
    lines.extend(own.map(|block| block.line()));
    section.sections.iter().for_each(|inner| walk(inner, lines));
}

/// Where no line was rewritten, the clean text must have no line of its own.
fn added(document: &Document) -> Option<Problem> {
    let stands = |line| document.blocks().iter().any(|block| block.line() == line);
    if document.record().iter().any(|removal| stands(removal.line)) {
        return None;
    }
    let lines = diff(document, TextOptions { marks: false });
    let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
    let added = lines.iter().skip(2).find(|line| line.starts_with('+'))?;
    let what = format!("a line that nobody wrote: `{}`", &added[1..]);
    Some(Problem::broken(what))
}

fn not_kept(document: &Document) -> Option<Problem> {
    let clean = text(document, false);
    let same = document
        .source()
        .split_whitespace()
        .eq(clean.split_whitespace());
    (!same).then(|| Problem::Broken {
        what: format!("a case called `{KEEP}…` must lose no word"),
        diff: unified(document.source(), &clean, ("source", "clean")),
    })
}

impl Problem {
    fn broken(what: String) -> Self {
        Self::Broken {
            what,
            diff: String::new(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use cleancopy_model::{Category, EditList, Target};

    use super::*;

    const SOURCE: &str = "Pier sold\n\nGet the app\nIt rained &amp; blew.\n";

    /// The source after one edit.
    fn edited(edit: impl FnOnce(&mut EditList)) -> Document {
        let mut document = Document::from_text("-", SOURCE);
        let mut edits = EditList::new();
        edits.show(0..document.blocks().len());
        edit(&mut edits);
        document.apply("test", &edits).unwrap();
        document
    }

    #[test]
    fn what_was_cut_and_rewritten_is_not_lost() {
        let cut = edited(|edits| edits.remove(Target::block(1), "app/a", Category::AppPromo));
        let rewritten = edited(|edits| {
            edits.replace(
                Target::range(2, 10..15),
                "&",
                "decode/amp",
                Category::TemplateLeak,
            );
        });
        for document in [&cut, &rewritten] {
            assert_eq!(lost(document), None);
            assert_eq!(out_of_order(document), None);
            assert_eq!(added(document), None);
        }
    }

    #[test]
    fn a_case_to_be_kept_must_lose_no_word_but_may_lose_space() {
        assert_eq!(not_kept(&Document::from_text("-", SOURCE)), None);
        let cut = edited(|edits| edits.remove(Target::block(1), "app/a", Category::AppPromo));
        let Some(Problem::Broken { what, diff }) = not_kept(&cut) else {
            panic!("a word is missing");
        };
        assert!(what.contains("must lose no word"), "{what}");
        assert!(diff.contains("-Get the app"), "{diff}");
    }
}
