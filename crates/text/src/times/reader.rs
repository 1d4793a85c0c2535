//! Reads the pieces of a time: numbers, months, zones, words such as `ago`.

use super::TimeForm;
use super::foreign;
use super::is_separator;
use super::moment::{Clock, Moment, from_unix};
use super::tables::{ZONES, is_weekday, month};

#[derive(Debug, Default)]
pub(super) struct Reader<'t> {
    pub(super) rest: &'t str,
    pub(super) moment: Moment,
    pub(super) change: bool,
    pub(super) ago: bool,
    /// In other languages than English: a count of units, and a word that says
    /// that it is counted back.
    pub(super) counted: bool,
    pub(super) back: bool,
    /// Whether a word put the time of day into the second half.
    pub(super) late: Option<bool>,
}

impl<'t> Reader<'t> {
    /// `Last updated at`, `Posted on`: answers how many bytes it takes.
    pub(super) fn preamble(&mut self) -> usize {
        const WORDS: &[&str] = &[
            "last",
            "first",
            "updated",
            "update",
            "posted",
            "published",
            "modified",
            "added",
            "at",
            "on",
        ];
        let whole = self.rest.len();
        loop {
            let word = leading(self.rest, char::is_alphabetic);
            let folded = word.to_ascii_lowercase();
            let length = if WORDS.contains(&&*folded) {
                self.change |= matches!(&*folded, "updated" | "update" | "modified");
                word.len()
            } else {
                match foreign::word(self.rest) {
                    Some((length, sense)) if sense.posted || sense.changed => {
                        self.change |= sense.changed;
                        length
                    }
                    _ => return whole - self.rest.len(),
                }
            };
            self.rest = self.rest[length..].trim_start_matches([' ', ':', '：', '\u{a0}']);
        }
    }

    /// Ten digits, or thirteen, and nothing else.
    pub(super) fn unix(&mut self) -> Option<()> {
        let digits = leading(self.rest, |c| c.is_ascii_digit());
        let seconds: i64 = match digits.len() {
            _ if digits.len() != self.rest.len() || !digits.starts_with('1') => return None,
            10 => digits.parse().ok()?,
            13 => digits[..10].parse().ok()?,
            _ => return None,
        };
        self.moment = from_unix(seconds);
        Some(())
    }

    /// Reads pieces until nothing is left; what they make must be a time.
    pub(super) fn read(&mut self) -> Option<TimeForm> {
        self.pieces()?;
        if self.counted != self.back {
            return None;
        }
        self.ago |= self.counted;
        match self.moment {
            _ if self.ago => Some(TimeForm::Ago),
            Moment { clock: None, .. } => None,
            Moment { date: Some(_), .. } => Some(TimeForm::Dated),
            Moment { .. } => Some(TimeForm::Clock),
        }
    }

    /// Reads pieces until nothing is left.
    pub(super) fn pieces(&mut self) -> Option<()> {
        loop {
            self.rest = self
                .rest
                .trim_start_matches(|c| is_separator(c) || "()[]（）".contains(c));
            match self.rest.chars().next() {
                None => {
                    self.settle_half();
                    return Some(());
                }
                Some(c) if c.is_ascii_digit() => self.number()?,
                Some(c) if c.is_alphabetic() => self.word()?,
                Some('.') => self.rest = &self.rest[1..],
                Some('+') if self.moment.clock.is_some() => self.offset_sign(),
                Some(_) => return None,
            }
        }
    }

    fn take(&mut self, keep: fn(char) -> bool) -> &'t str {
        let piece = leading(self.rest, keep);
        self.rest = &self.rest[piece.len()..];
        piece
    }

    fn number(&mut self) -> Option<()> {
        if self.numeric_date().is_some() {
            return Some(());
        }
        let digits = self.take(|c| c.is_ascii_digit());
        let value: u32 = digits.parse().ok()?;
        let mut after = self.rest.chars();
        let (mark, next) = (after.next(), after.next());
        let more = next.is_some_and(|c| c.is_ascii_digit());
        match (digits.len(), mark) {
            (4, Some('-')) if more => self.iso(value),
            (1 | 2, Some(':' | '.' | 'h' | 'H' | '時' | '时' | '点' | '點' | '：')) if more => {
                self.clock(value, digits.len() == 1)
            }
            (_, Some('年' | '月' | '日' | '号' | '號')) => self.counted_date(value),
            (4, _) if (1970..2100).contains(&value) => self.year(value),
            (1 | 2, _) => self.small(value),
            _ => None,
        }
    }

    fn clock(&mut self, hour: u32, bare_hour: bool) -> Option<()> {
        let colon = !self.rest.starts_with('.');
        let minute = self.part()?;
        let second = if self.rest.starts_with(':') {
            Some(self.part()?)
        } else {
            None
        };
        let mut clock = Clock {
            hour,
            minute,
            second,
            bare_hour,
            half: false,
        };
        self.rest = self.rest.strip_prefix('分').unwrap_or(self.rest);
        self.half_of_day(&mut clock);
        // `3.04` may be any number, `3.04pm` may not.
        let vague = bare_hour && !colon && !clock.half;
        let taken = self.moment.clock.is_some();
        (clock.hour < 24 && minute < 60 && !vague && !taken)
            .then(|| self.moment.clock = Some(clock))
    }

    /// A mark and two digits; more digits after a dot are parts of a second.
    fn part(&mut self) -> Option<u32> {
        let mark = self.rest.chars().next()?;
        self.rest = &self.rest[mark.len_utf8()..];
        let digits = self.take(|c| c.is_ascii_digit());
        (digits.len() == 2).then(|| digits.parse().ok())?
    }

    fn half_of_day(&mut self, clock: &mut Clock) {
        let rest = self.rest.trim_start();
        for (mark, late) in [("am", false), ("pm", true), ("a.m", false), ("p.m", true)] {
            let same = rest
                .get(..mark.len())
                .is_some_and(|r| r.eq_ignore_ascii_case(mark));
            if same && !rest[mark.len()..].starts_with(char::is_alphabetic) && clock.hour <= 12 {
                self.rest = &rest[mark.len()..];
                clock.hour = clock.hour % 12 + if late { 12 } else { 0 };
                clock.half = true;
                return;
            }
        }
    }

    /// `2024-03-02T22:17:08.000Z`, from after the year.
    fn iso(&mut self, year: u32) -> Option<()> {
        let (month, day) = (self.part()?, self.part()?);
        let date = self.moment.date.get_or_insert_default();
        (date.year, date.month, date.day) = (Some(i64::from(year)), Some(month), Some(day));
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day);
        if let Some(rest) = self.rest.strip_prefix('T') {
            self.rest = rest;
            let hour = self.take(|c| c.is_ascii_digit());
            self.clock(hour.parse().ok()?, false)?;
            if let Some(rest) = self.rest.strip_prefix('.') {
                self.rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            }
            self.offset_sign();
        }
        fits.then_some(())
    }

    fn year(&mut self, year: u32) -> Option<()> {
        let date = self.moment.date.get_or_insert_default();
        date.year
            .is_none()
            .then(|| date.year = Some(i64::from(year)))
    }

    /// A day of the month, an hour with `pm`, or a count of minutes ago.
    fn small(&mut self, value: u32) -> Option<()> {
        let mut clock = Clock {
            hour: value,
            ..Clock::default()
        };
        self.half_of_day(&mut clock);
        if clock.half && self.moment.clock.is_none() {
            self.moment.clock = Some(clock);
            return Some(());
        }
        let read = self.hour(value).or_else(|| self.unit());
        if read.or_else(|| self.counted()).is_some() {
            return Some(());
        }
        let ordinal = ["st", "nd", "rd", "th", "er", "º", "°"]
            .iter()
            .find_map(|end| self.rest.strip_prefix(end));
        self.rest = ordinal.unwrap_or(self.rest);
        let date = self.moment.date.get_or_insert_default();
        let free = date.day.is_none() && (1..=31).contains(&value);
        free.then(|| date.day = Some(value))
    }

    /// `minutes ago`, `m ago`; `m`, `h`, `d`, `w` at the end of the line.
    fn unit(&mut self) -> Option<()> {
        const UNITS: &[&str] = &[
            "s", "sec", "secs", "second", "m", "min", "mins", "minute", "h", "hr", "hrs", "hour",
            "d", "day", "w", "wk", "week",
        ];
        let rest = self.rest.trim_start();
        let word = leading(rest, char::is_alphabetic);
        let singular = word
            .strip_suffix('s')
            .filter(|one| one.len() > 2)
            .unwrap_or(word);
        let after = rest[word.len()..].trim_start();
        let short = after.is_empty()
            && rest.len() == self.rest.len()
            && matches!(word, "m" | "h" | "d" | "w");
        let ago = after.strip_prefix("ago");
        let known = UNITS.contains(&singular) && (short || ago.is_some());
        known.then(|| {
            self.rest = ago.unwrap_or(after);
            self.ago = true;
        })
    }

    fn word(&mut self) -> Option<()> {
        let whole = self.rest;
        let word = self.take(char::is_alphabetic);
        let folded = word.to_ascii_lowercase();
        if let Some(month) = month(&folded) {
            let date = self.moment.date.get_or_insert_default();
            return date.month.is_none().then(|| date.month = Some(month));
        }
        match &*folded {
            "an" | "a" | "one" => self.unit().or_else(|| {
                self.rest = whole;
                self.foreign()
            }),
            "just" => self
                .rest
                .trim_start()
                .strip_prefix("now")
                .map(|rest| (self.rest, self.ago) = (rest, true)),
            "at" | "on" | "today" | "yesterday" => Some(()),
            _ if is_weekday(&folded) => Some(()),
            _ => self.zone(word).or_else(|| {
                self.rest = whole;
                self.foreign()
            }),
        }
    }

    fn zone(&mut self, word: &str) -> Option<()> {
        let (_, minutes) = ZONES.iter().find(|(name, _)| *name == word)?;
        self.moment.offset = *minutes;
        self.offset_sign();
        self.moment.clock.is_some().then_some(())
    }

    /// `Z`, `+1`, `+01:00` after a time or a zone.
    fn offset_sign(&mut self) {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            (self.rest, self.moment.offset) = (rest, Some(0));
        }
        let sign = match self.rest.chars().next() {
            Some('+') => 1,
            Some('-') => -1,
            _ => return,
        };
        let digits = leading(&self.rest[1..], |c| c.is_ascii_digit() || c == ':');
        let plain: String = digits
            .chars()
            .filter(char::is_ascii_digit)
            .take(4)
            .collect();
        let Ok(number) = plain.parse::<i32>() else {
            return;
        };
        self.rest = &self.rest[1 + digits.len()..];
        let minutes = if plain.len() > 2 {
            number / 100 * 60 + number % 100
        } else {
            number * 60
        };
        self.moment.offset = Some(sign * minutes);
    }
}

/// The start of a text whose characters pass.
fn leading(text: &str, keep: fn(char) -> bool) -> &str {
    &text[..text.find(|c| !keep(c)).unwrap_or(text.len())]
}
