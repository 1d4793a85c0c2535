//! A point in time, as far as a line tells it.

use std::fmt::Write as _;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Moment {
    clock: Option<Clock>,
    date: Option<Date>,
    /// Minutes east of Greenwich.
    offset: Option<i32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Clock {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    /// `0:15` and `00:01:15` without more are places in a recording.
    bare_hour: bool,
    half: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Date {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
}

RFC
/// A count of seconds since 1970 as a moment in UTC, by Howard Hinnant's
/// `civil_from_days`.
fn from_unix(seconds: i64) -> Moment {
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

