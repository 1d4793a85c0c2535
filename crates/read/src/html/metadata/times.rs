//! Times as pages write them for machines.
//!
//! ```text
//! 2025-02-25T17:13:51.123+0600    -> 2025-02-25T17:13:51+06:00
//! Tue, 25 Feb 2025 17:13:51 GMT   -> 2025-02-25T17:13:51Z
//! 2025-02-25 17:13                -> 2025-02-25 17:13 (no zone: as written)
//! ```

use cleancopy_text::parse_time_line;

use super::plain;

/// The longest time, in bytes, if it is one at all.
const LONGEST: usize = 80;

/// A time by RFC 3339 if date, time of day and zone are all written, else as
/// it is written; none for what is no time, or for what a template leaves
/// where it knows none.
pub(super) fn normal(written: &str) -> Option<String> {
    let written = plain::line(written);
    let written = without_label(&written);
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let empty = ["0000", "0001-", "1970-01-01T00:00", "1970-01-01 00:00", "-"];
    if digits < 3 || written.len() > LONGEST || empty.iter().any(|e| written.starts_with(e)) {
        return None;
    }
    // `… GMT+0000 (Coordinated Universal Time)`
    let bare = written.split(" (").next().unwrap_or(written);
    let exact = iso(bare).or_else(|| parse_time_line(bare).and_then(|line| line.rfc3339()));
    Some(exact.unwrap_or_else(|| written.to_owned()))
}

/// A time without what says that it is one: `Published on June 4, 2025`.
fn without_label(written: &str) -> &str {
    const WORDS: &[&str] = &[
        "last",
        "published",
        "updated",
        "posted",
        "modified",
        "date",
        "on",
        "at",
    ];
    let mut rest = written;
    loop {
        let word = rest.split([' ', ':']).next().unwrap_or_default();
        if word.is_empty() || !WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            return rest;
        }
        rest = rest[word.len()..].trim_start_matches([' ', ':']);
    }
}

/// Whether a time has its zone.
pub(super) fn is_exact(time: &str) -> bool {
    iso(time).is_some()
}

/// Whether two times begin with the same ISO date.
pub(super) fn same_day(a: &str, b: &str) -> bool {
    let day = |time: &str| time.get(..10).map(str::to_owned);
    day(a).is_some() && day(a) == day(b)
}

/// `2025-02-25T17:13:51.123+0600` and its relatives.
fn iso(text: &str) -> Option<String> {
    let mut rest = text;
    let year = number(&mut rest, 4)?;
    let dashed = eat(&mut rest, "-");
    let month = number(&mut rest, 2)?;
    if eat(&mut rest, "-") != dashed {
        return None;
    }
    let day = number(&mut rest, 2)?;
    if !eat(&mut rest, "T") && !eat(&mut rest, "t") && !eat(&mut rest, " ") {
        return None;
    }
    let (hour, minute, second) = clock(rest.trim_start(), &mut rest)?;
    let zone = zone(rest.trim_start())?;
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24;
    (fits && minute < 60 && second < 61)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// Hour, minute and second; parts of a second go.
fn clock<'t>(text: &'t str, rest: &mut &'t str) -> Option<(u32, u32, u32)> {
    *rest = text;
    let hour = number(rest, 2)?;
    let colon = eat(rest, ":");
    let minute = number(rest, 2)?;
    let second = match eat(rest, ":") || !colon && rest.starts_with(|c: char| c.is_ascii_digit()) {
        true => number(rest, 2)?,
        false => 0,
    };
    if eat(rest, ".") || eat(rest, ",") {
        *rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    Some((hour, minute, second))
}

/// `Z`, `UTC`, `+0600`, `+06:00`, `+06`.
fn zone(text: &str) -> Option<String> {
    if matches!(
        text,
        "Z" | "z" | "UTC" | "GMT" | "+0000" | "+00:00" | "-00:00" | "+00"
    ) {
        return Some("Z".to_owned());
    }
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let mut rest = &text[1..];
    let hours = number(&mut rest, 2)?;
    eat(&mut rest, ":");
    let minutes = match rest.is_empty() {
        true => 0,
        false => number(&mut rest, 2)?,
    };
    (rest.is_empty() && hours < 24 && minutes < 60)
        .then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

/// A number of so many digits.
fn number(rest: &mut &str, digits: usize) -> Option<u32> {
    let text = rest.get(..digits)?;
    let value = text
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| text.parse().ok())??;
    *rest = &rest[digits..];
    Some(value)
}

fn eat(rest: &mut &str, mark: &str) -> bool {
    let after = rest.strip_prefix(mark);
    *rest = after.unwrap_or(rest);
    after.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_zone_becomes_rfc_3339() {
        for (written, expected) in [
            ("2025-02-25T17:13:51Z", "2025-02-25T17:13:51Z"),
            ("2025-02-25T17:13:51.123-05:00", "2025-02-25T17:13:51-05:00"),
            ("2025-02-25T17:13:51+0600", "2025-02-25T17:13:51+06:00"),
            ("2025-02-25 17:13:51 +0000", "2025-02-25T17:13:51Z"),
            ("2025-02-25T17:13+01", "2025-02-25T17:13:00+01:00"),
            ("20250225T171351Z", "2025-02-25T17:13:51Z"),
            ("2025-02-25 17:13:51 UTC", "2025-02-25T17:13:51Z"),
            (
                "Tue, 25 Feb 2025 17:13:51 +0600",
                "2025-02-25T17:13:51+06:00",
            ),
            (
                "Tue Feb 25 2025 17:13:51 GMT+0000 (Coordinated Universal Time)",
                "2025-02-25T17:13:51Z",
            ),
            ("1740503631", "2025-02-25T17:13:51Z"),
            ("Feb. 25, 2025, 5:13 pm EST", "2025-02-25T17:13:00-05:00"),
        ] {
            assert_eq!(normal(written).as_deref(), Some(expected), "{written}");
            assert!(is_exact(expected));
        }
    }

    #[test]
    fn what_has_none_stays_as_written() {
        assert_eq!(
            normal("Published on: June 4, 2025").as_deref(),
            Some("June 4, 2025")
        );
        for written in [
            "2025-02-25",
            "2025-02-25T17:13:51",
            "25 Feb 2025",
            "2025-13-45T17:13Z",
        ] {
            assert_eq!(normal(written).as_deref(), Some(written));
            assert!(!is_exact(written));
        }
    }

    #[test]
    fn what_templates_leave_is_no_time() {
        for written in [
            "",
            "null",
            "0001-01-01T00:00:00",
            "1970-01-01T00:00:00Z",
            "soon",
            "-62135",
        ] {
            assert_eq!(normal(written), None, "{written}");
        }
        assert!(!same_day("é", "é") && !same_day("123456789é1", "1234567890"));
        assert_eq!(normal(&"2025 ".repeat(100)), None);
    }
}
