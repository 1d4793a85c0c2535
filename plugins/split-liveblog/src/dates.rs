//! Which day the posts' times of day are on.
//!
//! ```text
//! published 2 March 2024, 00:10 · 23:55 · 23:40  (newest first)
//! -> 3 March 00:10, 2 March 23:55, 2 March 23:40
//! ```

use cleancopy_text::{Day, TimeLine};

/// A clock that jumps back by more than this many minutes has passed midnight.
const MIDNIGHT: u32 = 12 * 60;

/// The minutes of a day.
const DAY: u32 = 24 * 60;

/// The day of each time, with its zone as far as it is known; `None` where
/// nothing tells. `times` are those of the posts in the order of the page, with
/// another time of the same post that may name the day; `page` is the day of
/// the oldest post.
///
/// Times that run both ways say nothing of days: then each has only its own.
pub(crate) fn days(times: &[Time<'_>], page: Option<Day>) -> Vec<Option<Day>> {
    let zone = page.and_then(Day::offset);
    let zone = zone.or_else(|| times.iter().find_map(Time::zone));
    let order = order(times);
    let passed = order.map(|order| midnights(times, &order));
    let day = |(at, time): (usize, &Time<'_>)| {
        let passed = passed.as_ref();
        let start = || {
            let known = |(time, after): (&Time<'_>, &i64)| Some(time.day()?.later(-after));
            let own = times.iter().zip(passed?).find_map(known);
            Some(own.or(page)?.later(passed?[at]))
        };
        let day = time.day().or_else(start)?;
        Some(day.in_zone(zone))
    };
    times.iter().enumerate().map(day).collect()
}

/// What is known about when a post was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time<'t> {
    /// The time that parts it from the others.
    pub(crate) line: &'t TimeLine<'t>,
    /// When it was changed, where it says so.
    pub(crate) change: Option<&'t TimeLine<'t>>,
}

impl Time<'_> {
    /// The day the post names. A change after midnight may be of the next day.
    fn day(&self) -> Option<Day> {
        let later = |change: &&TimeLine<'_>| change.minutes() >= self.line.minutes();
        let own = self.line.day();
        own.or_else(|| self.change.filter(later)?.day())
    }

    fn zone(&self) -> Option<i32> {
        let own = self.line.offset();
        own.or_else(|| self.change?.offset())
    }
}

/// The indices of the times in the order in which things happened; `None` if
/// the page follows no order.
fn order(times: &[Time<'_>]) -> Option<Vec<usize>> {
    let minutes: Vec<u32> = times
        .iter()
        .filter_map(|time| time.line.minutes())
        .collect();
    let steps = minutes.len().saturating_sub(1);
    let follow = |earlier: u32, later: u32| earlier <= later || later + MIDNIGHT < earlier;
    let after = |earlier: u32, later: u32| (later + DAY - earlier) % DAY;
    let pairs = || minutes.windows(2).map(|pair| (pair[0], pair[1]));
    let up = pairs().filter(|&(a, b)| follow(a, b)).count();
    let down = pairs().filter(|&(a, b)| follow(b, a)).count();
    if up.max(down) * 10 < steps * 9 {
        return None;
    }
    // Where both would do, the one that takes less time.
    let shorter = || {
        let upward: u32 = pairs().map(|(a, b)| after(a, b)).sum();
        pairs().map(|(a, b)| after(b, a)).sum::<u32>() < upward
    };
    let reversed = down > up || down == up && shorter();
    let forward = 0..times.len();
    Some(if reversed {
        forward.rev().collect()
    } else {
        forward.collect()
    })
}

/// How often midnight has passed before each time since the first of all.
fn midnights(times: &[Time<'_>], order: &[usize]) -> Vec<i64> {
    let mut passed = vec![0; times.len()];
    let (mut days, mut last) = (0, 0);
    for &at in order {
        if let Some(minutes) = times[at].line.minutes() {
            days += i64::from(minutes + MIDNIGHT < last);
            last = minutes;
        }
        passed[at] = days;
    }
    passed
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_text::parse_time_line;

    fn dated(lines: &[&str], page: Option<&str>) -> Vec<String> {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| parse_time_line(line).unwrap())
            .collect();
        let time = |line| Time { line, change: None };
        let times: Vec<_> = lines.iter().map(time).collect();
        let days = days(&times, page.and_then(Day::read));
        let value = |(time, day): (&Time<'_>, Option<Day>)| time.line.on(day?);
        times
            .iter()
            .zip(days)
            .map(|pair| value(pair).unwrap_or_default())
            .collect()
    }

    #[test]
    fn midnight_is_passed_in_either_direction() {
        let page = Some("2 March 2024 20:00 GMT");
        let newest_first = dated(&["00:10", "23:55", "23:40"], page);
        assert_eq!(
            newest_first,
            [
                "2024-03-03T00:10:00Z",
                "2024-03-02T23:55:00Z",
                "2024-03-02T23:40:00Z"
            ]
        );
        let oldest_first = dated(&["23:40", "23:55", "00:10"], page);
        assert_eq!(
            oldest_first,
            [
                "2024-03-02T23:40:00Z",
                "2024-03-02T23:55:00Z",
                "2024-03-03T00:10:00Z"
            ]
        );
    }

    #[test]
    fn one_whole_date_tells_the_others() {
        let times = dated(&["09:15", "08:50", "1 March 2024 23:30 GMT"], None);
        assert_eq!(
            times,
            [
                "2024-03-02T09:15:00Z",
                "2024-03-02T08:50:00Z",
                "2024-03-01T23:30:00Z"
            ]
        );
    }

    #[test]
    fn what_nothing_tells_stays_open() {
        assert_eq!(dated(&["09:15", "08:50"], None), ["", ""]);
        let both_ways = dated(&["09:15", "08:50", "10:30", "10:05"], Some("2 March 2024"));
        assert_eq!(both_ways, ["", "", "", ""]);
        assert_eq!(dated(&[], Some("2 March 2024")), [""; 0]);
        assert_eq!(dated(&["5m ago", "9m ago"], Some("2 March 2024")), ["", ""]);
    }
}
