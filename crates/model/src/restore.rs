//! Rebuilding a source from what was kept and what left.

/// Something that must be put back into a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing<'a> {
    /// First byte in the source line.
    pub start: usize,
    /// The source's own text.
    pub text: &'a str,
    /// What stands in its place in the kept text, in bytes.
    pub replaced_by: usize,
}

/// The kept text and the record do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("byte {at} of the line: kept text and record do not fit together")]
pub struct RestoreError {
    /// Byte offset in the source line.
    pub at: usize,
}

/// Rebuilds one source line.
///
/// `kept` is what is left of its block, empty if none stands; `missing` is
/// what left the line and the white space round it, sorted by start.
///
/// # Errors
/// [`RestoreError`] when the kept text is too short, or two pieces overlap.
pub fn restore_line(kept: &str, missing: &[Missing<'_>]) -> Result<String, RestoreError> {
    let mut line = String::new();
    let mut rest = kept;
    for piece in missing {
        let error = RestoreError { at: piece.start };
        let gap = piece.start.checked_sub(line.len()).ok_or(error)?;
        let (before, after) = rest.split_at_checked(gap).ok_or(error)?;
        line.push_str(before);
        line.push_str(piece.text);
        rest = after.get(piece.replaced_by..).ok_or(error)?;
    }
    line.push_str(rest);
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_return_to_their_places() {
        let missing = [
            Missing {
                start: 0,
                text: "\t",
                replaced_by: 0,
            },
            Missing {
                start: 5,
                text: "&amp;",
                replaced_by: 1,
            },
            Missing {
                start: 12,
                text: " Log in",
                replaced_by: 0,
            },
        ];
        let line = restore_line("Cats& dogs", &missing);
        assert_eq!(line, Ok("\tCats&amp; d Log inogs".to_owned()));
        let short = restore_line(
            "x",
            &[Missing {
                start: 3,
                text: "a",
                replaced_by: 0,
            }],
        );
        assert_eq!(short, Err(RestoreError { at: 3 }));
    }
}
