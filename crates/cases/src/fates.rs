//! What became of every source line, read from a diff.
//!
//! Two diffs of one source are hard to compare as texts: one more removal
//! moves hunks and line numbers about. What they say of each line of the
//! source is easy to compare.

use cleancopy_model::{SectionKind, lines, section_mark};

/// What stands between a deleted line and its rules, as `cleancopy_write`
/// writes it.
const RULE_SIGN: &str = "  ← ";

/// What became of a source line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// The line as it stood in the source.
    pub source: String,
    /// Marks of sections that start here.
    pub marks: Vec<String>,
    /// Whether it stands as it was.
    pub kept: bool,
    /// What stands in its place.
    pub instead: Vec<String>,
    /// The rules that took of it.
    pub rules: Vec<String>,
}

impl Fate {
    fn kept(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            marks: Vec::new(),
            kept: true,
            instead: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// The lines of the clean text that come of it.
    pub fn output(&self) -> impl Iterator<Item = &str> {
        let own = self.kept.then_some(&self.source);
        let all = self.marks.iter().chain(own).chain(&self.instead);
        all.map(String::as_str)
    }
}

/// A diff that is not one of this source.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct Unfit {
    /// 1-based line of the diff.
    pub line: usize,
    /// What does not fit.
    pub problem: String,
}

/// What became of every line of a source, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fates {
    /// One more than there are lines, for marks behind the last.
    pub(crate) lines: Vec<Fate>,
}

impl Fates {
    /// Whether both tell of the same source.
    #[must_use]
    pub fn same_source(&self, other: &Self) -> bool {
        let own = self.lines.iter().map(|fate| &fate.source);
        own.eq(other.lines.iter().map(|fate| &fate.source))
    }

    /// Reads a diff as `clean --diff` prints it; an empty one keeps all.
    ///
    /// # Errors
    /// [`Unfit`] when it is no such diff, or one of another source.
    pub fn read(source: &str, diff: &str) -> Result<Self, Unfit> {
        let kept = lines(source).map(|line| Fate::kept(&source[line.text]));
        let mut reader = Reader {
            fates: kept.collect(),
            next: None,
            after_gone: false,
        };
        reader.fates.push(Fate {
            kept: false,
            ..Fate::kept("")
        });
        for (index, line) in diff.split_terminator('\n').enumerate() {
            reader.line(line).map_err(|problem| Unfit {
                line: index + 1,
                problem,
            })?;
        }
        Ok(Self {
            lines: reader.fates,
        })
    }
}

/// Goes through a diff.
struct Reader {
    fates: Vec<Fate>,
    /// 0-based index of the source line that comes next; `None` before the
    /// first hunk.
    next: Option<usize>,
    /// Whether the line before was one of the source that left.
    after_gone: bool,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.starts_with("@@ ") {
            self.next = Some(hunk_start(line).ok_or("not `@@ -1,7 +1,3 @@`")?);
            self.after_gone = false;
            return Ok(());
        }
        let Some(next) = self.next else {
            let known = line.starts_with("--- ") || line.starts_with("+++ ");
            return known
                .then_some(())
                .ok_or_else(|| "this is no diff as `clean --diff` prints it".to_owned());
        };
        let sign = line.chars().next();
        let text = line.get(1..).unwrap_or_default();
        match sign {
            Some(' ') => self.same(next, text),
            Some('-') => self.gone(next, text),
            Some('+') => self.new_line(next, text),
            _ => Err("a line begins with a space, `-` or `+`".to_owned()),
        }
    }

    fn same(&mut self, next: usize, text: &str) -> Result<(), String> {
        let fate = self.of_source(next)?;
        if fate.source != text {
            return Err(other_text(next, &fate.source));
        }
        (self.next, self.after_gone) = (Some(next + 1), false);
        Ok(())
    }

    fn gone(&mut self, next: usize, text: &str) -> Result<(), String> {
        let fate = self.of_source(next)?;
        let rest = text.strip_prefix(&fate.source);
        let rules = rest.and_then(|rest| match rest.is_empty() {
            true => Some(""),
            false => rest.strip_prefix(RULE_SIGN),
        });
        let Some(rules) = rules else {
            return Err(other_text(next, &fate.source));
        };
        fate.kept = false;
        let rules = rules.split(", ").filter(|rule| !rule.is_empty());
        fate.rules = rules.map(str::to_owned).collect();
        (self.next, self.after_gone) = (Some(next + 1), true);
        Ok(())
    }

    /// A line of the clean text only: a mark, or what stands in the place of
    /// the line that left just before.
    fn new_line(&mut self, next: usize, text: &str) -> Result<(), String> {
        let is_mark = SectionKind::ALL
            .iter()
            .any(|kind| section_mark(*kind) == text);
        let (at, is_mark) = match next.checked_sub(1) {
            Some(before) if self.after_gone && !is_mark => (before, false),
            _ => (next, true),
        };
        let fate = self.fates.get_mut(at).ok_or("beyond the source")?;
        let list = match is_mark {
            true => &mut fate.marks,
            false => &mut fate.instead,
        };
        list.push(text.to_owned());
        Ok(())
    }

    fn of_source(&mut self, next: usize) -> Result<&mut Fate, String> {
        let last = self.fates.len().saturating_sub(1);
        let found = self.fates[..last].get_mut(next);
        found.ok_or_else(|| format!("the source has {last} lines only; was it edited?"))
    }
}

fn other_text(next: usize, source: &str) -> String {
    format!(
        "line {} of the source is `{source}`; was it edited?",
        next + 1
    )
}

/// The 0-based first source line of `@@ -1,7 +1,3 @@`.
fn hunk_start(line: &str) -> Option<usize> {
    let (old, _) = line.strip_prefix("@@ -")?.split_once(' ')?;
    let (first, count) = old.split_once(',').unwrap_or((old, "1"));
    let (first, count): (usize, usize) = (first.parse().ok()?, count.parse().ok()?);
    // An empty side names the line before.
    match count {
        0 => Some(first),
        _ => first.checked_sub(1),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    const SOURCE: &str = "Log in\nThe ferry sailed.\nGet the app\n\nIt rained &amp; blew.\n";

    #[test]
    fn a_diff_says_what_became_of_every_line() {
        let diff = "--- a\n+++ clean\n@@ -1,5 +1,4 @@\n-Log in  ← login/prompt\n \
                    The ferry sailed.\n-Get the app  ← app/a, app/b\n+=== entry ===\n \n\
                    -It rained &amp; blew.  ← decode/amp\n+It rained & blew.\n";
        let fates = Fates::read(SOURCE, diff).unwrap().lines;
        assert_eq!(fates[0].rules, ["login/prompt"]);
        assert_eq!(fates[2].rules, ["app/a", "app/b"]);
        assert!(fates[1].kept && !fates[2].kept && fates[2].instead.is_empty());
        assert_eq!(fates[3].output().collect::<Vec<_>>(), ["=== entry ===", ""]);
        assert_eq!(fates[4].instead, ["It rained & blew."]);
    }

    #[test]
    fn an_empty_diff_keeps_all() {
        let fates = Fates::read(SOURCE, "").unwrap().lines;
        assert_eq!(fates.iter().filter(|fate| fate.kept).count(), 5);
    }

    #[test]
    fn a_diff_of_another_source_is_refused_with_its_line() {
        let diff = "--- a\n+++ clean\n@@ -1,1 +0,0 @@\n-Sign in  ← login/prompt\n";
        let unfit = Fates::read(SOURCE, diff).unwrap_err();
        assert_eq!(
            unfit.to_string(),
            "line 4: line 1 of the source is `Log in`; was it edited?"
        );
        let beyond = Fates::read(SOURCE, "@@ -9,1 +0,0 @@\n-Log in\n").unwrap_err();
        assert!(beyond.problem.contains("5 lines"), "{beyond}");
        assert!(Fates::read(SOURCE, "rubbish\n").is_err());
    }
}
