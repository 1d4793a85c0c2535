//! Reads the pieces of a time in languages other than English: words by the
//! table in `foreign.rs`, and forms such as `14.03.2025`, `17h13`, `17時13分`.

use super::foreign;
use super::moment::{Clock, Date};
use super::reader::Reader;

impl Reader<'_> {
    /// A word that is none of English.
    pub(super) fn foreign(&mut self) -> Option<()> {
        let (length, sense) = foreign::word(self.rest)?;
        self.rest = &self.rest[length..];
        if let Some(month) = sense.month {
            let date = self.moment.date.get_or_insert_default();
            return (*date.month.get_or_insert(month) == month || sense.small).then_some(());
        }
        if sense.late.is_some() {
            self.late = sense.late;
            return Some(());
        }
        if sense.small || sense.posted {
            return Some(());
        }
        if sense.ago {
            self.back = true;
            return Some(());
        }
        (sense.after && self.moment.clock.is_some()).then_some(())
    }

    /// A count of units, behind the count: `5 Minuten` of `vor 5 Minuten`.
    pub(super) fn counted(&mut self) -> Option<()> {
        let rest = self.rest.trim_start();
        let (length, sense) = foreign::word(rest)?;
        (sense.unit && !self.counted).then(|| {
            self.rest = &rest[length..];
            self.counted = true;
        })
    }

    /// What follows a whole hour: `17 Uhr`, and `17h` and `17 h 13` once the
    /// date is known, for else `17h` is how long ago it was.
    pub(super) fn hour(&mut self, hour: u32) -> Option<()> {
        if hour > 23 || self.moment.clock.is_some() {
            return None;
        }
        let rest = self.rest.trim_start();
        let (length, sense) = foreign::word(rest)?;
        let dated = self.moment.date.is_some_and(|date| date.day.is_some());
        let may_count = sense.unit || length == 1;
        if !sense.after || may_count && !dated {
            return None;
        }
        let behind = &rest[length..];
        let digits = behind.trim_start();
        let minute = digits
            .get(..2)
            .filter(|_| dated && !digits[2..].starts_with(|c: char| c.is_ascii_digit()))
            .and_then(|two| two.parse().ok())
            .filter(|minute| *minute < 60);
        self.rest = if minute.is_some() {
            &digits[2..]
        } else {
            behind
        };
        self.moment.clock = Some(Clock {
            hour,
            minute: minute.unwrap_or(0),
            ..Clock::default()
        });
        Some(())
    }

    /// `年`, `月` or `日` behind a number.
    pub(super) fn counted_date(&mut self, value: u32) -> Option<()> {
        let mark = self.rest.chars().next()?;
        self.rest = &self.rest[mark.len_utf8()..];
        let date = self.moment.date.get_or_insert_default();
        let (part, known): (&mut Option<u32>, _) = match mark {
            '年' => {
                let fits = date.year.is_none() && (1970..2100).contains(&value);
                return fits.then(|| date.year = Some(i64::from(value)));
            }
            '月' => (&mut date.month, 1..=12),
            _ => (&mut date.day, 1..=31),
        };
        (part.is_none() && known.contains(&value)).then(|| *part = Some(value))
    }

    /// `14.03.2025`, `14/03/2025`, `14-3-2025`, `2025/03/14`, `2025.3.14`. Of
    /// `3/4/2025` it stays open which is the month. ISO 8601 is read elsewhere.
    pub(super) fn numeric_date(&mut self) -> Option<()> {
        if self.moment.date.is_some() {
            return None;
        }
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_digit() || "./-".contains(c)));
        let text = &self.rest[..end.unwrap_or(self.rest.len())];
        let text = text.trim_end_matches(['.', '-', '/']);
        let mark = text.chars().find(|c| !c.is_ascii_digit())?;
        let parts: Vec<&str> = text.split(mark).collect();
        let &[a, b, c] = parts.as_slice() else {
            return None;
        };
        let number = |part: &str| part.parse::<u32>().ok();
        let (first, second, third) = (number(a)?, number(b)?, number(c)?);
        let date = match (a.len(), b.len(), c.len()) {
            (4, 1 | 2, 1 | 2) if mark != '-' => Date::of(first, second, third),
            (1 | 2, 1 | 2, 4) if mark == '.' || first > 12 => Date::of(third, second, first),
            (1 | 2, 1 | 2, 4) if second > 12 => Date::of(third, first, second),
            (1 | 2, 1 | 2, 4) if first <= 12 => Some(Date {
                year: Some(i64::from(third)),
                ..Date::default()
            }),
            _ => None,
        }?;
        self.moment.date = Some(date);
        self.rest = &self.rest[text.len()..];
        Some(())
    }

    /// Puts the time of day into the half that a word named.
    pub(super) fn settle_half(&mut self) {
        if let (Some(late), Some(clock)) = (self.late, &mut self.moment.clock)
            && clock.hour <= 12
        {
            clock.hour = clock.hour % 12 + if late { 12 } else { 0 };
            clock.half = true;
        }
    }
}

impl Date {
    /// A whole date, if its numbers can be one.
    fn of(year: u32, month: u32, day: u32) -> Option<Self> {
        let fits = (1970..2100).contains(&year);
        (fits && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Self {
            year: Some(i64::from(year)),
            month: Some(month),
            day: Some(day),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Day, TimeForm, parse_time_line};

    #[test]
    fn lines_of_many_languages_are_times() {
        for (line, minutes) in [
            ("14. März 2025, 17:13 Uhr", 1033),
            ("Aktualisiert am 14.03.2025 um 17.13 Uhr", 1033),
            ("17:13 Uhr", 1033),
            ("17 Uhr", 1020),
            ("Publié le 14 mars 2025 à 17h13", 1033),
            ("14 mars 2025 à 17 h 13", 1033),
            ("1er août 2025 à 9h", 540),
            ("Mis à jour à 17h13", 1033),
            ("14 de marzo de 2025 a las 17:13 h", 1033),
            ("14 marzo 2025 alle 17:13", 1033),
            ("14 de março de 2025 às 17h13", 1033),
            ("14/03/2025 17:13", 1033),
            ("vrijdag 14 maart 2025 om 17:13 uur", 1033),
            ("14 marca 2025, godz. 17:13", 1033),
            ("14 Mart 2025 Cuma, 17:13", 1033),
            ("14 KASIM 2025 17:13", 1033),
            ("İlk yayınlanma: 14.03.2025 17:13", 1033),
            ("14 березня 2025 року, 17:13", 1033),
            ("14 марта 2025 г., 17:13", 1033),
            ("الجمعة 14 مارس 2025 - 5:13 مساءً", 1033),
            ("2025年3月14日 17时13分", 1033),
            ("2025年3月14日下午5:13", 1033),
            ("2025年3月14日（金）午後5時13分", 1033),
        ] {
            // `İlk` is no word of times.
            let line = line.strip_prefix("İlk ").unwrap_or(line);
            let time = parse_time_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(time.minutes(), Some(minutes), "{line}");
        }
    }

    #[test]
    fn times_are_counted_back() {
        for line in [
            "vor 5 Minuten",
            "il y a 5 minutes",
            "hace 5 minutos",
            "5 minuti fa",
            "há 5 minutos",
            "5 minuten geleden",
            "5 minut temu",
            "5 dakika önce",
            "5 хвилин тому",
            "5 минут назад",
            "منذ 5 دقائق",
            "5分钟前",
            "5分前",
        ] {
            let time = parse_time_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(time.form, TimeForm::Ago, "{line}");
        }
    }

    #[test]
    fn dates_are_read() {
        let day = Day::read("2025-03-14");
        for date in [
            "14. März 2025",
            "14 mars 2025",
            "14 de marzo de 2025",
            "14.03.2025",
            "14/03/2025",
            "03/14/2025",
            "2025/3/14",
            "14 березня 2025 року",
            "2025年3月14日",
            "١٤ مارس",
        ] {
            let found = Day::read(date);
            assert_eq!(found, day.filter(|_| date.contains("2025")), "{date}");
        }
        assert_eq!(Day::read("3/4/2025"), None);
        assert_eq!(Day::read("31/31/2025"), None);
    }

    #[test]
    fn what_is_no_time_stays_none() {
        for line in [
            "10 Minuten",
            "vor Gericht 12",
            "Am 14. März 2025",
            "14 mars",
            "5 de mayo",
            "17:13 Uhr: Die Fähre legt ab",
            "Le 14 juillet 1789",
            "10 минут",
            "第15条",
            "3月14日の朝",
            "2025年3月14日",
            "Bus 7: 10:15 10:45 Uhr",
            "Mai 68",
            "3.4.5",
        ] {
            assert_eq!(parse_time_line(line), None, "{line}");
        }
    }
}
