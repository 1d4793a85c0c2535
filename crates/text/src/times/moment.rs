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
        self.offset.and_then(|_| self.iso8601())
    }

    /// The same, without the zone where it is not known.
    pub(super) fn iso8601(self) -> Option<String> {
        let (clock, date) = (self.clock?, self.date?);
        let mut text = format!("{:04}-{:02}-{:02}", date.year?, date.month?, date.day?);
        let second = clock.second.unwrap_or(0);
        let _ = write!(text, "T{:02}:{:02}:{second:02}", clock.hour, clock.minute);
        let (sign, minutes) = match self.offset {
            None => return Some(text),
            Some(0) => return Some(text + "Z"),
            Some(offset) if offset < 0 => ('-', -offset),
            Some(offset) => ('+', offset),
        };
        let _ = write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
        Some(text)
    }
}

impl Date {
    /// Days since 1 January 1970, if the date is whole and there is such a
    /// day; by Howard Hinnant's `days_from_civil`.
    pub(super) fn number(self) -> Option<i64> {
        let (year, month, day) = (self.year?, self.month?, self.day?);
        let (shifted, from_march) = match month {
            1..=2 => (year - 1, month + 9),
            3..=12 => (year, month - 3),
            _ => return None,
        };
        let (era, year_of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let day_of_year = i64::from((153 * from_march + 2) / 5 + day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let number = era * 146_097 + day_of_era - 719_468;
        (Self::of_number(number) == self).then_some(number)
    }

    /// The date of a day, by Howard Hinnant's `civil_from_days`.
    pub(super) fn of_number(days: i64) -> Self {
        let shifted = days + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        } as u32;
        Self {
            year: Some(year_of_era + era * 400 + i64::from(month <= 2)),
            month: Some(month),
            day: Some((day_of_year - (153 * from_march + 2) / 5 + 1) as u32),
        }
    }
}

/// A count of seconds since 1970 as a moment in UTC.
pub(super) fn from_unix(seconds: i64) -> Moment {
    let second = seconds.rem_euclid(86_400) as u32;
    let clock = Clock {
        hour: second / 3600,
        minute: second / 60 % 60,
        second: Some(second % 60),
        ..Clock::default()
    };
    Moment {
        clock: Some(clock),
        date: Some(Date::of_number(seconds.div_euclid(86_400))),
        offset: Some(0),
    }
}
