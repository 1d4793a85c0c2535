//! Lines that are one text twice.

/// Where the second half of a folded line starts, in bytes, if the line is one
/// text twice with at most a space between.
pub(crate) fn second_half(folded: &str) -> Option<usize> {
    let bytes = folded.as_bytes();
    let (half, gap) = (bytes.len() / 2, bytes.len() % 2);
    if half == 0 || (gap == 1 && bytes[half] != b' ') {
        return None;
    }
    (bytes[..half] == bytes[half + gap..]).then_some(half + gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Fold;

    #[test]
    fn halves_are_compared_folded() {
        let cases = [
            ("Live: PollsLive: polls", Some(11)),
            ("Live Live", Some(5)),
            ("It\u{2019}s on \u{a0} it's on", Some(8)),
            ("It\u{2019}s onit's on", Some(7)),
            ("bye-bye", None),
            ("LiveLove", None),
            ("x", None),
            ("", None),
            (" \u{a0}", None),
            ("\u{e9}\u{c9}", Some(2)),
            ("\u{e9}\u{e8}", None),
        ];
        for (line, half) in cases {
            assert_eq!(second_half(&Fold::FULL.text(line)), half, "{line:?}");
        }
    }
}
