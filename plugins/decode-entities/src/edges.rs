//! The ends of a line: white space that decoding lays bare there is layout, and
//! whoever reads the clean text again would not count it to the line.

use crate::Change;

/// Takes white space at either end of what a line becomes into the changes,
/// unless nothing else is left of it.
pub(crate) fn trim(line: &str, changes: &mut [Change]) {
    let is_blank = |text: &str| text.trim().is_empty();
    let mut at = 0;
    let mut kept = changes.iter().any(|change| !is_blank(&change.with));
    for change in changes.iter() {
        kept |= !is_blank(&line[at..change.range.start]);
        at = change.range.end;
    }
    if kept || !is_blank(&line[at..]) {
        trim_start(line, changes);
        trim_end(line, changes);
    }
}

fn trim_start(line: &str, changes: &mut [Change]) {
    let mut from = 0;
    for index in 0..changes.len() {
        let next = changes.get(index + 1).map_or(line.len(), |c| c.range.start);
        let change = &mut changes[index];
        let is_first = line[from..change.range.start].trim().is_empty();
        if !is_first || change.with.starts_with(|c: char| !c.is_whitespace()) {
            return;
        }
        change.range.start = from;
        change.with = change.with.trim_start().to_owned();
        if !change.with.is_empty() {
            return;
        }
        let behind = &line[change.range.end..next];
        change.range.end += behind.len() - behind.trim_start().len();
        from = change.range.end;
    }
}

fn trim_end(line: &str, changes: &mut [Change]) {
    let mut to = line.len();
    for index in (0..changes.len()).rev() {
        let before = index.checked_sub(1).map_or(0, |i| changes[i].range.end);
        let change = &mut changes[index];
        let is_last = line[change.range.end..to].trim().is_empty();
        if !is_last || change.with.ends_with(|c: char| !c.is_whitespace()) {
            return;
        }
        change.range.end = to;
        change.with.truncate(change.with.trim_end().len());
        if !change.with.is_empty() {
            return;
        }
        change.range.start = before + line[before..change.range.start].trim_end().len();
        to = change.range.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Settings, changes};

    fn decoded(line: &str) -> String {
        let mut changes = changes(line, &Settings::default());
        trim(line, &mut changes);
        let mut out = String::new();
        let mut at = 0;
        for change in &changes {
            out.push_str(&line[at..change.range.start]);
            out.push_str(&change.with);
            at = change.range.end;
        }
        out + &line[at..]
    }

    #[test]
    fn no_white_space_is_laid_bare_at_either_end() {
        for (line, wanted) in [
            ("The pier.&amp;nbsp;", "The pier."),
            ("&nbsp; &nbsp;The&nbsp;pier. &nbsp; &nbsp;", "The pier."),
            ("&nbsp;&amp;&nbsp;", "&"),
            ("&quot;The pier&nbsp;&quot;", "\"The pier \""),
            ("The pier", "The pier"),
            ("&nbsp;", " "),
        ] {
            assert_eq!(decoded(line), wanted, "{line}");
        }
    }
}
