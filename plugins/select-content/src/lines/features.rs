//! What is measured of every line of a raw dump, as numbers.

use std::collections::HashMap;

use cleancopy_text::{letters, words};

use super::cues::Cues;
use super::line::{Line, bare};
use crate::headline::like;
use crate::page::key;
use crate::shingles::{ByHash, Copies};

/// How far a distance in lines is told, from line to line.
const FAR_OFF: usize = 60;

/// How far around a line its neighbours are told one by one.
const BESIDE: isize = 3;

/// The windows in which prose is counted, in lines to either side.
const WINDOWS: [usize; 4] = [2, 5, 12, 30];

/// How many first lines may be the page's title.
const TITLES: usize = 3;

/// All lines of a text and what is known of the whole.
#[derive(Debug)]
pub struct Text<'t> {
    /// What each line is like.
    pub lines: Vec<Line>,
    /// The lines.
    pub texts: Vec<&'t str>,
    copies: Copies,
    often: ByHash<u32>,
    /// The densest run of text: first line and the one behind the last.
    pub span: (usize, usize),
    vocabulary: HashMap<u64, u32>,
    prose_before: Vec<f32>,
    chars_before: Vec<f32>,
    back: Vec<f32>,
    on: Vec<f32>,
    /// Where the headline stands as far as it is known.
    headline: Option<usize>,
    titles: Vec<Vec<char>>,
    run: Vec<f32>,
    /// For every line, the lines that make one sentence with it.
    units: Vec<(usize, usize)>,
    list_count: usize,
    /// For every line and list, how far back a short line says what it holds.
    heads: Vec<u8>,
    /// The shares of lines that open with a small letter, and with a bullet.
    small_starts: f32,
    bullets: f32,
}

impl<'t> Text<'t> {
    /// Measures a text.
    #[must_use]
    pub fn of(texts: Vec<&'t str>, cues: &Cues) -> Self {
        let lines: Vec<Line> = texts.iter().map(|text| Line::of(text, cues)).collect();
        let mut often: ByHash<u32> = ByHash::default();
        for line in &lines {
            *often.entry(line.key).or_default() += 1;
        }
        let span = densest(&lines);
        let mut vocabulary = HashMap::new();
        for (text, line) in texts[span.0..span.1].iter().zip(&lines[span.0..span.1]) {
            if line.is_prose {
                telling(text, |word| *vocabulary.entry(word).or_default() += 1);
            }
        }
        let sums = |of: &dyn Fn(&Line) -> f32| {
            let mut sum = 0.0;
            let mut sums = vec![0.0];
            sums.extend(lines.iter().map(|line| {
                sum += of(line);
                sum
            }));
            sums
        };
        let titles: Vec<Vec<char>> = titles(&texts);
        let share = |of: fn(&Line) -> bool| {
            let count = lines.iter().filter(|line| of(line)).count();
            count as f32 / lines.len().max(1) as f32
        };
        let mut text = Self {
            copies: Copies::of(texts.iter().copied()),
            often,
            span,
            vocabulary,
            prose_before: sums(&|line| if line.is_prose { line.chars } else { 0.0 }),
            chars_before: sums(&|line| line.chars),
            back: away(lines.iter().map(|line| line.is_prose)),
            on: away_on(&lines),
            headline: None,
            run: short_runs(&lines),
            units: units(&lines),
            small_starts: share(|line| line.start == 1.0),
            bullets: share(|line| line.bullet),
            heads: heads(&lines, cues.count),
            titles,
            texts,
            lines,
            list_count: cues.count,
        };
        text.headline = text.find_headline();
        text
    }

    /// How much a line is like the page's title, from 0 to 1.
    fn title_like(&self, at: usize) -> f32 {
        let (body, _, _) = bare(self.texts[at]);
        self.titles
            .iter()
            .map(|title| like(title, body))
            .fold(0.0, f32::max)
    }

    /// The headline: as the title or Markdown says, else the first line close
    /// over the text that is no sentence and shares most of its words with it.
    #[must_use]
    pub fn headline(&self, chances: &[f32]) -> Option<usize> {
        const SURE: f32 = 0.5;
        const OVER: usize = 14;
        if self.headline.is_some() {
            return self.headline;
        }
        let first =
            (0..self.lines.len()).find(|&at| chances[at] > SURE && self.lines[at].words >= 12.0)?;
        let fits = |&at: &usize| {
            let line = &self.lines[at];
            let shaped = line.words >= 4.0 && line.end == 0.0 && line.start != 1.0 && !line.bullet;
            let (known, all) = self.known(at);
            shaped && line.chars < 200.0 && chances[at] < SURE && all >= 2.0 && known >= 0.6 * all
        };
        (first.saturating_sub(OVER)..first).find(fits)
    }

    /// The headline, if the title or Markdown says which line it is.
    pub(super) const fn known_headline(&self) -> Option<usize> {
        self.headline
    }

    /// How many of the telling words of a line the text has, and how many
    /// there are.
    fn known(&self, at: usize) -> (f32, f32) {
        let (mut known, mut all) = (0.0_f32, 0.0_f32);
        let inside = self.lines[at].is_prose && (self.span.0..self.span.1).contains(&at);
        telling(self.texts[at], |word| {
            all += 1.0;
            let count = self.vocabulary.get(&word).copied().unwrap_or(0);
            known += f32::from(u8::from(count > u32::from(inside)));
        });
        (known, all)
    }

    /// The last line before the text that is like the title or marked as the
    /// first heading.
    fn find_headline(&self) -> Option<usize> {
        let behind = (self.span.0 + 3).min(self.lines.len());
        let from = behind.saturating_sub(FAR_OFF);
        (from..behind).rev().find(|&at| {
            let title = self.lines[at].words >= 3.0;
            title && (self.lines[at].level == 1.0 || at >= TITLES && self.title_like(at) > 0.8)
        })
    }

    /// The numbers of a line; `names` are what they are, if asked for.
    pub fn row(&self, at: usize, values: &mut Vec<f32>, names: Option<&mut Vec<String>>) {
        values.clear();
        let mut row = Row { values, names };
        self.own(at, &mut row);
        self.unit(at, &mut row);
        for step in (-BESIDE..=BESIDE).filter(|step| *step != 0) {
            self.beside(at, step, &mut row);
        }
        self.around(at, &mut row);
        self.place(at, &mut row);
        self.heads(at, &mut row);
        self.whole(&mut row);
    }

    fn own(&self, at: usize, row: &mut Row<'_>) {
        let line = &self.lines[at];
        row.put("chars", line.chars.ln_1p());
        row.put("words", line.words);
        row.put("function", line.function / line.words.max(1.0));
        row.put("title", line.title);
        row.put("capitals", line.capitals);
        row.put("digits", line.digits);
        row.put("commas", line.commas);
        row.put("inner ends", line.inner_ends);
        row.put("end", line.end);
        row.put("start", line.start);
        row.put("quotes", line.quotes);
        row.put("pipes", line.pipes);
        row.put("seams", line.seams);
        row.flag("bullet", line.bullet);
        row.put("level", line.level);
        for list in 0..self.list_count {
            row.flag(format_args!("says {list}"), line.said & 1 << list != 0);
        }
        let often = self.often.get(&line.key).copied().unwrap_or(1);
        row.put("copies", often.min(9) as f32);
        let (before, behind) = self.copies.shares(at);
        row.put("said before", before);
        row.put("said behind", behind);
        row.put("like title", self.title_like(at));
        let (known, all) = self.known(at);
        row.put("telling", all.min(20.0));
        row.put("known", if all > 0.0 { known / all } else { -1.0 });
    }

    /// Some dumps break lines at every link: what the sentence is that a line
    /// is a piece of.
    fn unit(&self, at: usize, row: &mut Row<'_>) {
        let (from, to) = self.units[at];
        let pieces = &self.lines[from..to];
        let words: f32 = pieces.iter().map(|line| line.words).sum();
        let function: f32 = pieces.iter().map(|line| line.function).sum();
        row.put("pieces", pieces.len().min(20) as f32);
        row.put("piece", (at - from).min(20) as f32);
        row.put("all words", words.min(200.0));
        row.put("all function", function / words.max(1.0));
        row.put("all start", pieces.first().map_or(0.0, |line| line.start));
        row.put("all end", pieces.last().map_or(0.0, |line| line.end));
    }

    fn beside(&self, at: usize, step: isize, row: &mut Row<'_>) {
        let none = Line::default();
        let there = at.checked_add_signed(step).and_then(|i| self.lines.get(i));
        let line = there.unwrap_or(&none);
        row.put(format_args!("{step} words"), line.words);
        row.put(format_args!("{step} end"), line.end);
        row.put(format_args!("{step} start"), line.start);
        let function = line.function / line.words.max(1.0);
        row.put(format_args!("{step} function"), function);
        row.put(format_args!("{step} title"), line.title);
        row.flag(format_args!("{step} bullet"), line.bullet);
        if step.abs() == 1 {
            for list in 0..self.list_count {
                row.flag(
                    format_args!("{step} says {list}"),
                    line.said & 1 << list != 0,
                );
            }
            row.put(format_args!("{step} level"), line.level);
            row.put(format_args!("{step} inner ends"), line.inner_ends);
        }
    }

    fn around(&self, at: usize, row: &mut Row<'_>) {
        let count = self.lines.len();
        for window in WINDOWS {
            let (from, to) = (at.saturating_sub(window), (at + window + 1).min(count));
            for (side, from, to) in [("before", from, at), ("behind", at + 1, to)] {
                let (from, to) = (from.min(count), to.max(from).min(count));
                let prose = self.prose_before[to] - self.prose_before[from];
                let chars = self.chars_before[to] - self.chars_before[from];
                row.put(format_args!("prose {window} {side}"), prose.ln_1p());
                row.put(
                    format_args!("prose share {window} {side}"),
                    prose / chars.max(1.0),
                );
            }
        }
        row.put("prose back", self.back[at]);
        row.put("prose on", self.on[at]);
        row.put("short run", self.run[at]);
    }

    fn place(&self, at: usize, row: &mut Row<'_>) {
        let count = self.lines.len();
        let away = |to: usize| (at as f32 - to as f32).clamp(-99.0, 99.0);
        row.put("from span's start", away(self.span.0));
        row.put("from span's end", away(self.span.1));
        let all = self.prose_before[count];
        row.put("prose before", self.prose_before[at] / all.max(1.0));
        row.put(
            "prose behind",
            (all - self.prose_before[(at + 1).min(count)]) / all.max(1.0),
        );
        row.put("place", at as f32 / count.max(1) as f32);
        row.put("from headline", self.headline.map_or(-100.0, away));
    }

    /// How far back stands the last line that says something telling.
    fn heads(&self, at: usize, row: &mut Row<'_>) {
        let heads = &self.heads[at * self.list_count..][..self.list_count];
        for (list, back) in heads.iter().enumerate() {
            row.put(format_args!("back to {list}"), f32::from(*back));
        }
    }

    fn whole(&self, row: &mut Row<'_>) {
        let count = self.lines.len().max(1) as f32;
        row.put("lines", count.ln());
        let prose = self.prose_before[self.lines.len()];
        let all = self.chars_before[self.lines.len()].max(1.0);
        row.put("prose of all", prose / all);
        row.put("span lines", (self.span.1 - self.span.0) as f32);
        row.put("small starts", self.small_starts);
        row.put("bullets", self.bullets);
    }
}

/// For every line and list, how many lines it is back to the last short one that
/// says what the list holds, [`FAR_OFF`] at most.
fn heads(lines: &[Line], lists: usize) -> Vec<u8> {
    let far = u8::try_from(FAR_OFF).unwrap_or(u8::MAX);
    let mut back = vec![far; lists];
    let mut heads = Vec::with_capacity(lines.len() * lists);
    for line in lines {
        heads.extend_from_slice(&back);
        for (list, back) in back.iter_mut().enumerate() {
            let says = line.said & 1 << list != 0 && line.words <= 8.0;
            *back = if says { 1 } else { far.min(*back + 1) };
        }
    }
    heads
}

/// The lines that make one sentence: one goes on where the next opens with a
/// small letter or a comma, or where it ends in a word that cannot be the last.
fn units(lines: &[Line]) -> Vec<(usize, usize)> {
    let goes_on = |a: &Line, b: &Line| {
        let loose = !a.bullet && !b.bullet && a.level == 0.0 && b.level == 0.0;
        loose && (a.is_open || a.end != 1.0 && (b.start == 1.0 || b.is_tail))
    };
    let mut units = Vec::with_capacity(lines.len());
    let mut from = 0;
    for unit in lines.chunk_by(goes_on) {
        let to = from + unit.len();
        units.extend(std::iter::repeat_n((from, to), unit.len()));
        from = to;
    }
    units
}

/// Takes the numbers of one line.
struct Row<'f> {
    values: &'f mut Vec<f32>,
    names: Option<&'f mut Vec<String>>,
}

impl Row<'_> {
    fn put(&mut self, name: impl std::fmt::Display, value: f32) {
        self.values.push(value);
        if let Some(names) = &mut self.names {
            names.push(name.to_string());
        }
    }

    fn flag(&mut self, name: impl std::fmt::Display, value: bool) {
        self.put(name, f32::from(u8::from(value)));
    }
}

/// The run of lines with the most running text: every function word speaks for
/// a line, and having few of them against it.
fn densest(lines: &[Line]) -> (usize, usize) {
    const EACH: f32 = 1.0;
    const AGAINST: f32 = 3.0;
    let (mut best, mut found) = (0.0_f32, (0, 0));
    let (mut sum, mut start) = (0.0_f32, 0);
    for (at, line) in lines.iter().enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, at);
        }
        sum += line.function * EACH - AGAINST;
        if sum > best {
            (best, found) = (sum, (start, at + 1));
        }
    }
    found
}

/// The words that tell a story from others: names and long ones.
fn telling(text: &str, mut take: impl FnMut(u64)) {
    for (index, word) in words(text).enumerate() {
        let name = index > 0 && word.len() > 2 && word.starts_with(char::is_uppercase);
        if name || word.len() >= 7 {
            take(key(word.as_bytes()));
        }
    }
}

/// What may be the page's title: its first lines, and the parts of the first.
fn titles(texts: &[&str]) -> Vec<Vec<char>> {
    let first = texts.iter().take(TITLES).copied();
    let parts = texts
        .first()
        .into_iter()
        .flat_map(|title| title.split(['|', '–', '—', '·']));
    let site = texts.first().and_then(|title| title.rsplit_once(" - "));
    let long = |title: &&str| words(title).nth(2).is_some();
    first
        .chain(parts)
        .chain(site.map(|(title, _)| title))
        .filter(long)
        .map(|title| letters(title).collect())
        .collect()
}

/// How many lines it is back to the last prose.
fn away(prose: impl Iterator<Item = bool>) -> Vec<f32> {
    let mut since = FAR_OFF;
    prose
        .map(|is_prose| {
            let here = since;
            since = match is_prose {
                true => 1,
                false => (since + 1).min(FAR_OFF),
            };
            here as f32
        })
        .collect()
}

fn away_on(lines: &[Line]) -> Vec<f32> {
    let mut on = away(lines.iter().rev().map(|line| line.is_prose));
    on.reverse();
    on
}

/// How many short lines that end as no sentence does stand together here.
fn short_runs(lines: &[Line]) -> Vec<f32> {
    let short = |line: &Line| line.words <= 8.0 && line.end != 1.0;
    let mut runs = Vec::with_capacity(lines.len());
    for run in lines.chunk_by(|a, b| short(a) == short(b)) {
        let length = if short(&run[0]) {
            run.len().min(FAR_OFF)
        } else {
            0
        };
        runs.extend(std::iter::repeat_n(length as f32, run.len()));
    }
    runs
}
