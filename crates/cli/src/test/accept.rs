//! `--accept`: new output becomes what is expected, if somebody says so.

use std::io::{BufRead, IsTerminal, Write};

use anyhow::bail;
use cleancopy_cases::{Check, Kind};

use super::TestArgs;
use super::report::show;
use crate::style::{Palette, count, say};

/// Accepting is for people: it asks them, and a CI is nobody to ask.
pub(super) fn refuse(args: &TestArgs) -> anyhow::Result<()> {
    if !args.accept {
        return Ok(());
    }
    if std::env::var_os("CI").is_some_and(|ci| !["", "0", "false"].iter().any(|no| ci == *no)) {
        bail!(
            "--accept is refused where CI is set: there, output is only compared; accept it where \
             somebody can look at it, and commit the files"
        );
    }
    if !args.yes && !std::io::stdin().is_terminal() {
        bail!(
            "--accept asks for every case, but standard input is no terminal; look at what \
             `clean test` shows, then add --yes"
        );
    }
    Ok(())
}

/// What somebody says to new output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Quit,
}

/// Offers the new output of every case that may have it; answers how much was
/// taken.
pub(super) fn offer(checks: &[Check], unasked: bool) -> anyhow::Result<usize> {
    let palette = Palette::of_stdout();
    let mut accepted = 0;
    for check in checks.iter().filter(|check| check.is_acceptable()) {
        show(check, palette)?;
        let answer = match unasked {
            true => Answer::Yes,
            false => ask(&check.title(), &mut std::io::stdin().lock())?,
        };
        match answer {
            Answer::Yes => {
                let taken = check.accept();
                taken.map_err(|(file, error)| anyhow::anyhow!("{}: {error}", file.display()))?;
                say(&format!("accepted {}", check.title()));
                accepted += 1;
            }
            Answer::No => {}
            Answer::Quit => break,
        }
    }
    note_left(checks);
    Ok(accepted)
}

/// Asks until the answer is one; the end of the input is no.
fn ask(case: &str, input: &mut dyn BufRead) -> std::io::Result<Answer> {
    loop {
        let mut err = anstream::stderr().lock();
        write!(err, "accept {case}? [y]es, [n]o, [q]uit: ")?;
        err.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(Answer::Quit);
        }
        match line.trim() {
            "y" | "yes" => return Ok(Answer::Yes),
            "n" | "no" | "" => return Ok(Answer::No),
            "q" | "quit" => return Ok(Answer::Quit),
            _ => {}
        }
    }
}

/// Says what was left out, or somebody would look for it among the files.
fn note_left(checks: &[Check]) {
    let cases = checks.iter().filter(|check| check.kind == Kind::Case);
    let left = cases.filter(|check| !check.passed() && !check.is_acceptable());
    match left.count() {
        0 => {}
        left => say(&format!(
            "note: {} cannot be accepted: no file can make it right",
            count(left, "case", "cases")
        )),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_counts() {
        let answer = |text: &str| ask("a/b", &mut text.as_bytes()).unwrap();
        assert_eq!(answer("y\n"), Answer::Yes);
        assert_eq!(answer("\n"), Answer::No);
        assert_eq!(answer("what?\nno\n"), Answer::No);
        assert_eq!(answer("q\n"), Answer::Quit);
        assert_eq!(answer(""), Answer::Quit);
    }
}
