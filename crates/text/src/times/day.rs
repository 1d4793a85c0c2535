//! A day in a time zone, and times of day put on it.

use super::moment::{Date, Moment};
use super::reader::Reader;
use super::tables::month;
use super::{TimeForm, TimeLine};

/// A whole date, with the time zone if that is known too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// Days since 1 January 1970.
    number: i64,
    /// Minutes east of Greenwich.
    offset: Option<i32>,
}

impl Day {
    /// Reads a date with or without a time of day: an RFC 3339 time, `2 March
    /// 2024`, `Sept. 5, 2024, 10:17 pm EDT`. None if it says anything else, or
    /// lacks the year.
    ///
    /// ```
    /// use cleancopy_text::{Day, parse_time_line};
    ///
    /// let day = Day::read("2 March 2024, 9:00 GMT").unwrap();
    /// let time = parse_time_line("15:04").unwrap();
    /// assert_eq!(time.on(day).unwrap(), "2024-03-02T15:04:00Z");
    /// assert_eq!(time.on(day.later(-2)).unwrap(), "2024-02-29T15:04:00Z");
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut reader = Reader {
            rest: text.trim(),
            ..Reader::default()
        };
        reader.preamble();
        reader.pieces()?;
        Self::of(reader.moment)
    }

    /// The date in the address of an article: `/2024/mar/02/`, `/2024/03/02/`,
    /// `/2024-03-02-`. It says nothing of the zone.
    #[must_use]
    pub fn of_address(url: &str) -> Option<Self> {
        let path = url.split(['?', '#']).next()?;
        let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
        let date = |three: &[&str]| {
            let &[year, month_name, day] = three else {
                return None;
            };
            let number = |text: &str, digits| (text.len() == digits).then(|| text.parse().ok())?;
            let month = number(month_name, 2).or_else(|| month(&month_name.to_ascii_lowercase()));
            let date = Date {
                year: number(year, 4).map(i64::from),
                month,
                day: number(day, 2),
            };
            date.year.filter(|year| (1990..2100).contains(year))?;
            date.number()
        };
        let number = parts.windows(3).find_map(date)?;
        Some(Self {
            number,
            offset: None,
        })
    }

    /// The day an article is of: the first of its times of publication that
    /// names one, else the date in its address.
    #[must_use]
    pub fn of_article<'a>(
        published: impl IntoIterator<Item = &'a str>,
        url: Option<&str>,
    ) -> Option<Self> {
        let published = published.into_iter().find_map(Self::read);
        published.or_else(|| Self::of_address(url?))
    }

    /// Days since 1 January 1970, counted where the article was published.
    #[must_use]
    pub fn number(self) -> i64 {
        self.number
    }

    /// The day so many days later.
    #[must_use]
    pub fn later(self, days: i64) -> Self {
        Self {
            number: self.number + days,
            ..self
        }
    }

    /// The same day in a zone, in minutes east of Greenwich, unless it has one.
    #[must_use]
    pub fn in_zone(self, offset: Option<i32>) -> Self {
        Self {
            offset: self.offset.or(offset),
            ..self
        }
    }

    /// Minutes east of Greenwich, if the zone is known.
    #[must_use]
    pub fn offset(self) -> Option<i32> {
        self.offset
    }

    fn of(moment: Moment) -> Option<Self> {
        Some(Self {
            number: moment.date?.number()?,
            offset: moment.offset,
        })
    }
}

impl TimeLine<'_> {
    /// The day the line names, if it names all of it.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        Day::of(self.moment)
    }

    /// Minutes east of Greenwich, if the line names the zone.
    #[must_use]
    pub fn offset(&self) -> Option<i32> {
        self.moment.offset
    }

    /// The time with what it lacks taken from `day`: by RFC 3339, or without
    /// the zone if neither names one (`2024-03-02T15:04:00`). None for a time
    /// that is counted back from now.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<String> {
        if self.form == TimeForm::Ago {
            return None;
        }
        let known = Date::of_number(day.number);
        let own = self.moment.date.unwrap_or(known);
        let date = Date {
            year: own.year.or(known.year),
            month: own.month.or(known.month),
            day: own.day.or(known.day),
        };
        let full = Moment {
            date: Some(date),
            offset: self.moment.offset.or(day.offset),
            ..self.moment
        };
        full.iso8601()
    }

    /// The time as far as the line tells it: by RFC 3339, or without the zone.
    /// None if it does not name the day.
    #[must_use]
    pub fn iso8601(&self) -> Option<String> {
        self.moment.iso8601()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse_time_line;

    #[test]
    fn dates_in_addresses() {
        let at = |path: &str| Day::of_address(&format!("https://coast.example{path}"));
        let day = Day::read("2 March 2024");
        for path in [
            "/news/2024/mar/02/strike",
            "/2024/03/02/strike",
            "/news/2024-03-02-strike?x=1999-01-01",
        ] {
            assert_eq!(at(path), day, "{path}");
        }
        for path in [
            "/",
            "/strike-b2505820.html",
            "/2024/13/02/",
            "/2024/02/31/",
            "/1/2/3",
        ] {
            assert_eq!(at(path), None, "{path}");
        }
    }

    #[test]
    fn an_article_is_of_the_day_it_says_before_that_of_its_address() {
        let url = Some("https://coast.example/2024/03/02/strike");
        let day = |published: &[&str]| Day::of_article(published.iter().copied(), url);
        assert_eq!(day(&["soon", "5 March 2024"]), Day::read("5 March 2024"));
        assert_eq!(day(&["soon"]), Day::read("2 March 2024"));
        assert_eq!(Day::of_article([], None), None);
    }

    #[test]
    fn a_line_keeps_what_it_says_itself() {
        let day = Day::read("2024-03-02T09:00:00+06:00").unwrap();
        let on = |line: &str| parse_time_line(line).unwrap().on(day);
        assert_eq!(on("15:04").as_deref(), Some("2024-03-02T15:04:00+06:00"));
        assert_eq!(on("3.04pm GMT").as_deref(), Some("2024-03-02T15:04:00Z"));
        assert_eq!(
            on("1 March, 22:17").as_deref(),
            Some("2024-03-01T22:17:00+06:00")
        );
        assert_eq!(on("12 minutes ago"), None);
        let bare = Day::read("2 March 2024").unwrap();
        let time = parse_time_line("15:04").unwrap();
        assert_eq!(time.on(bare).as_deref(), Some("2024-03-02T15:04:00"));
        assert_eq!(
            time.on(bare.in_zone(Some(0))).as_deref(),
            Some("2024-03-02T15:04:00Z")
        );
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "15:04",
            "March 2024",
            "30 February 2024",
            "soon",
            "2 March",
        ] {
            assert_eq!(Day::read(text), None, "{text}");
        }
        assert_eq!(
            Day::read("29 Feb 2024").unwrap().later(366),
            Day::read("1 March 2025").unwrap()
        );
    }
}
