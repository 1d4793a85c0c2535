//! A point in time, as far as a line tells it.

use std::fmt::Write as _;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) clock: Option<Clock>,
    pub(super) date: Option<Date>,
    /// Minutes east of Greenwich.
    pub(super) offset: Option<i32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: Option<u32>,
    /// Whether the hour is written with one digit.
    pub(super) bare_hour: bool,
    /// Whether `am` or `pm` follows.
    pub(super) half: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) year: Option<i64>,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
}

impl Moment {
    /// Whether it could be a place in a recording: `0:15`, `00:01:15`.
    pub(super) fn is_timecode(self) -> bool {
        let open = |clock: Clock| {
            !clock.half && (clock.second.is_some() || clock.bare_hour && clock.hour == 0)
        };
        self.date.is_none() && self.offset.is_none() && self.clock.is_some_and(open)
    }

    /// The time by RFC 3339, if nothing is missing but the second.
    pub(super) fn rfc3339(self) -> Option<String> {
        let (clock, date, offset) = (self.clock?, self.date?, self.offset?);
        let mut text = format!("{:04}-{:02}-{:02}", date.year?, date.month?, date.day?);
        let second = clock.second.unwrap_or(0);
        let _ = write!(text, "T{:02}:{:02}:{second:02}", clock.hour, clock.minute);
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        let _ = match offset {
            0 => write!(text, "Z"),
            _ => write!(text, "{sign}{hours:02}:{minutes:02}"),
        };
        Some(text)
    }
}

/// A count of seconds since 1970 as a moment in UTC, by Howard Hinnant's
/// `civil_from_days`.
pub(super) fn from_unix(seconds: i64) -> Moment {
    let (days, second) = (
        seconds.div_euclid(86_400),
        seconds.rem_euclid(86_400) as u32,
    );
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    } as u32;
    let clock = Clock {
        hour: second / 3600,
        minute: second / 60 % 60,
        second: Some(second % 60),
        ..Clock::default()
    };
    let date = Date {
        year: Some(year_of_era + era * 400 + i64::from(month <= 2)),
        month: Some(month),
        day: Some((day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32),
    };
    Moment {
        clock: Some(clock),
        date: Some(date),
        offset: Some(0),
    }
}
