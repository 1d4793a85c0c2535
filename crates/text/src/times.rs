//! Lines that hold a time and nothing else: what stands at the head or foot of
//! a liveblog's posts.

mod abroad;
mod day;
mod foreign;
mod moment;
mod reader;
mod tables;

use std::ops::Range;

use crate::bytes::positions;

pub use day::Day;
use moment::Moment;
use reader::Reader;

/// No line of a time is longer, in bytes.
const LONGEST: usize = 120;

/// A line that says when something was posted or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeLine<'t> {
    /// The whole line.
    pub line: &'t str,
    /// Bytes of the line that are the name before or after the time,
    /// half-open; empty if there is none.
    pub name: Range<usize>,
    /// Bytes of the line that are the time with its date, half-open.
    pub time: Range<usize>,
    /// How the time is written.
    pub form: TimeForm,
    /// Whether it is the time of a change: `Updated at 15:06`.
    pub change: bool,
    moment: Moment,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeForm {
    /// A time of day: `15:04`, `3.04pm GMT`.
    Clock,
    /// A time of day with its date, or an ISO 8601 time.
    Dated,
    /// Counted back from when the page was read: `12 minutes ago`, `1h`.
    Ago,
    /// Seconds or milliseconds since 1970, left over from a template.
    Unix,
}

impl<'t> TimeLine<'t> {
    /// What stands before the time: a name, as a rule.
    #[must_use]
    pub fn byline(&self) -> Option<&'t str> {
        let name = self.line[self.name.clone()]
            .trim_end_matches(is_separator)
            .trim();
        Some(name).filter(|name| !name.is_empty())
    }

    /// The time with its date as it is written.
    #[must_use]
    pub fn written(&self) -> &'t str {
        single(&self.line[self.time.clone()])
    }

    /// Minutes since midnight, if it says a time of day.
    #[must_use]
    pub fn minutes(&self) -> Option<u32> {
        self.moment
            .clock
            .map(|clock| clock.hour * 60 + clock.minute)
    }

    /// Whether it could be a place in a recording: `0:15`, `00:01:15`.
    #[must_use]
    pub fn is_timecode(&self) -> bool {
        self.form == TimeForm::Clock && self.moment.is_timecode()
    }

    /// The time by RFC 3339, if date, time of day and zone are all written.
    #[must_use]
    pub fn rfc3339(&self) -> Option<String> {
        self.moment.rfc3339()
    }
}

/// Reads a line that is a time of posting or changing and nothing else, but
/// for a name before it.
///
/// ```
/// use cleancopy_text::{TimeForm, parse_time_line};
///
/// let line = parse_time_line("Ada Quist2 March 2024 22:17").unwrap();
/// assert_eq!((line.form, line.byline()), (TimeForm::Dated, Some("Ada Quist")));
/// assert_eq!(line.written(), "2 March 2024 22:17");
/// assert!(parse_time_line("Simmer for 10 minutes").is_none());
/// ```
#[must_use]
pub fn parse_time_line(line: &str) -> Option<TimeLine<'_>> {
    let could_be = || {
        // Without a branch it is asked of many bytes at once.
        let digits = line.bytes().map(|byte| u8::from(byte.is_ascii_digit()));
        let digit = digits.fold(0, |any, one| any | one) == 1;
        digit || line.ends_with("ago") || line.ends_with("now")
    };
    if line.len() > LONGEST || !could_be() {
        return None;
    }
    parse_from(line, 0)
        .or_else(|| after_a_name(line))
        .or_else(|| before_a_name(line))
}

/// A time that stands after a name, with or without a space between.
fn after_a_name(line: &str) -> Option<TimeLine<'_>> {
    let digit = line.find(|c: char| c.is_ascii_digit())?;
    let word = line[..digit]
        .trim_end_matches([' ', ',', '.'])
        .rfind(' ')
        .map_or(digit, |at| at + 1);
    [word, digit].into_iter().find_map(|start| {
        let name = line[..start].trim_end_matches(is_separator);
        let found = is_name(name).then(|| parse_from(line, start)).flatten()?;
        matches!(found.form, TimeForm::Dated | TimeForm::Clock).then_some(found)
    })
}

/// Two to five words, all but a few small ones with a capital.
fn is_name(text: &str) -> bool {
    const SMALL: &[&str] = &["and", "de", "van", "von", "der", "al", "in", "&"];
    let name = text
        .strip_prefix("By ")
        .or_else(|| text.strip_prefix("by "))
        .unwrap_or(text);
    let fits = |word: &str| word.starts_with(char::is_uppercase) || SMALL.contains(&word);
    // Most texts have a word soon that is of no name.
    name.split_whitespace().all(fits)
        && (2..=5).contains(&name.split_whitespace().take(6).count())
        && !name.contains([':', '.', '!', '?', '"', '“'])
        && name
            .split_whitespace()
            .all(|word| !matches!(word, "Updated" | "Last" | "Posted" | "At"))
}

fn is_separator(c: char) -> bool {
    let mark = matches!(c, ',' | '|' | '-' | '–' | '—' | '·' | '•' | '/');
    mark || c.is_whitespace() || matches!(c, '،' | '、' | '，' | '：')
}

/// A name directly after a time, as extractors glue them: `21:22Ada Quist`.
fn before_a_name(line: &str) -> Option<TimeLine<'_>> {
    let mut capitals = positions(line.as_bytes(), |_, byte| {
        byte.is_ascii_uppercase() | (byte >= 0xc0)
    });
    let opens_name = |at: &usize| {
        let name = &line[*at..];
        name.starts_with(char::is_uppercase) && is_name(name)
    };
    let start = capitals.find(opens_name)?;
    let found = parse_from(&line[..start], 0)?;
    let dated = matches!(found.form, TimeForm::Dated | TimeForm::Clock);
    (dated && !found.change).then_some(TimeLine {
        line,
        name: start..line.len(),
        ..found
    })
}

fn parse_from(line: &str, start: usize) -> Option<TimeLine<'_>> {
    let mut reader = Reader {
        rest: line[start..].trim(),
        ..Reader::default()
    };
    let numbered = numbered(reader.rest);
    reader.rest = &reader.rest[numbered..];
    let skipped = reader.preamble();
    if numbered > 0 && skipped == 0 {
        return None;
    }
    let first = line.len() - line[start..].trim_start().len() + numbered + skipped;
    reader.rest = single(reader.rest);
    let form = match reader.unix() {
        Some(()) => TimeForm::Unix,
        None => reader.read()?,
    };
    Some(TimeLine {
        line,
        name: 0..start,
        time: first..line.trim_end().len(),
        form,
        change: reader.change,
        moment: reader.moment,
    })
}

/// How many bytes the number of a point takes: `2. Posted at 15:01`.
fn numbered(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].strip_prefix(". ") {
        // `14. März` is a day.
        Some(rest) if (1..=3).contains(&digits) && !foreign::is_month(rest) => digits + 2,
        _ => 0,
    }
}

/// One copy of a time that was printed twice: `15:0115:01`, `15:01 15:01`.
fn single(text: &str) -> &str {
    let (one, other) = match text.split_once(' ') {
        Some((one, other)) if one == other => (one, other),
        _ => text.split_at_checked(text.len() / 2).unwrap_or(("", "")),
    };
    match one == other && one.contains(':') {
        true => one,
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (line, form, value) in [
            ("15:04", TimeForm::Clock, None),
            ("8:02PM", TimeForm::Clock, None),
            ("3.04pm GMT", TimeForm::Clock, None),
            ("(11 a.m. ET)", TimeForm::Clock, None),
            ("Posted at 15:05", TimeForm::Clock, None),
            ("2. Posted at 15:01 15:01", TimeForm::Clock, None),
            ("Posted at 15:0115:01", TimeForm::Clock, None),
            ("1m ago", TimeForm::Ago, None),
            ("12 minutes ago", TimeForm::Ago, None),
            ("An hour ago", TimeForm::Ago, None),
            ("23h", TimeForm::Ago, None),
            ("Just now", TimeForm::Ago, None),
            ("2 March 2024 21:45", TimeForm::Dated, None),
            (
                "Sept. 5, 2024, 10:17 pm EDT",
                TimeForm::Dated,
                Some("2024-09-05T22:17:00-04:00"),
            ),
            (
                "21:34 GMT Friday, 12 February 2016",
                TimeForm::Dated,
                Some("2016-02-12T21:34:00Z"),
            ),
            (
                "10:21 GMT+1 Tuesday, 28th June 2016",
                TimeForm::Dated,
                Some("2016-06-28T10:21:00+01:00"),
            ),
            (
                "2024-03-02T22:17:08.000Z",
                TimeForm::Dated,
                Some("2024-03-02T22:17:08Z"),
            ),
            ("2024-03-02 22:17+06:00", TimeForm::Dated, None),
            ("1709415900", TimeForm::Unix, Some("2024-03-02T21:45:00Z")),
            (
                "1602015773212",
                TimeForm::Unix,
                Some("2020-10-06T20:22:53Z"),
            ),
        ] {
            let time = parse_time_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(time.form, form, "{line}");
            if value.is_some() {
                assert_eq!(time.rfc3339().as_deref(), value, "{line}");
            }
        }
    }

    #[test]
    fn what_is_no_time_line_is_left() {
        for line in [
            "",
            "10 minutes",
            "2 March 2024",
            "2-1",
            "3.14",
            "25:10",
            "12:75",
            "At 8.30, the ferry left.",
            "10:00 Opening of the fair",
            "Serves 4",
            "Chapter 12:30 and more",
            "The 15:04 to Ryde",
            "12345678901",
            "go",
            "Year 2024",
            "now",
            "Bus 7: 10:15 10:45",
            "2. 15:01",
        ] {
            assert_eq!(parse_time_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_change_is_told_from_a_post() {
        let time = parse_time_line("Last updated: 15.06 GMT").unwrap();
        assert_eq!((time.change, time.written()), (true, "15.06 GMT"));
        assert_eq!(time.minutes(), Some(906));
    }

    #[test]
    fn a_name_may_stand_before() {
        for line in [
            "Ada Quist, 2 March 2024 22:17",
            "By Ada Quist | 22:17",
            "Ada Quist2 March 2024 22:17",
        ] {
            let byline = parse_time_line(line).and_then(|time| time.byline());
            assert!(
                byline.is_some_and(|name| name.ends_with("Ada Quist")),
                "{line}"
            );
        }
        assert_eq!(
            parse_time_line("Luton Town 2:15"),
            parse_time_line("Luton Town 2:15")
        );
    }

    #[test]
    fn places_in_a_recording_are_known() {
        assert!(parse_time_line("0:15").unwrap().is_timecode());
        assert!(parse_time_line("00:01:15").unwrap().is_timecode());
        assert!(!parse_time_line("00:15").unwrap().is_timecode());
    }

    #[test]
    fn odd_characters_are_no_trouble() {
        for line in [
            "1\u{301}2:30",
            "日本 12:30",
            "\u{a0}12:30\u{a0}",
            "12：30",
            "a g",
            "२२:१५",
            "1e9",
            "İ 12:30",
        ] {
            let _ = parse_time_line(line);
        }
    }
}
