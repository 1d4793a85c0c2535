//! What is measured of one line by itself.

use super::cues::{Cues, Said};

/// The commonest words: what running text is held together by.
const FUNCTION: &str = " a about after all also an and any are as at be because been before but by can could did do does for from had has have he her him his how i if in into is it its just like me more my no not now of on one or other our out over said she so some than that the their them then there these they this to up us was we were what when where which while who will with would you your ";

/// Numbers about a line.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// Characters, without a bullet and Markdown's marks.
    pub chars: f32,
    /// How many words.
    pub words: f32,
    /// Function words.
    pub function: f32,
    /// Of the words, the share that opens with a capital.
    pub title: f32,
    /// Of the letters, the share of capitals.
    pub capitals: f32,
    /// Of the characters, the share of digits.
    pub digits: f32,
    /// How many commas.
    pub commas: f32,
    /// Sentence ends inside the line.
    pub inner_ends: f32,
    /// 0 none, 1 a sentence's end, 2 a comma or dash, 3 a colon, 4 a bracket.
    pub end: f32,
    /// 0 a capital, 1 a small letter, 2 a digit, 3 a quotation mark, 4 a
    /// bracket, 5 another mark.
    pub start: f32,
    /// How many quotation marks.
    pub quotes: f32,
    /// How many bars, bullets and braces.
    pub pipes: f32,
    /// Small letters before capitals inside words: `CETLast`.
    pub seams: f32,
    /// Whether a bullet opens it.
    pub bullet: bool,
    /// The level of a Markdown heading; 0 for none.
    pub level: f32,
    /// What it says.
    pub said: Said,
    /// A sentence of running text.
    pub is_prose: bool,
    /// It ends in a word that cannot be a sentence's last: `said the`.
    pub is_open: bool,
    /// It opens with a comma or a full stop.
    pub is_tail: bool,
    /// The hash of its letters.
    pub key: u64,
}

impl Line {
    /// Measures a line.
    #[must_use]
    pub fn of(text: &str, cues: &Cues) -> Self {
        let (body, level, bullet) = bare(text);
        let mut line = Self {
            level,
            bullet,
            said: cues.said(body),
            ..Self::default()
        };
        line.letters(body);
        line.word_counts(body);
        line.end = end(body);
        line.start = start(body);
        line.is_open = line.words >= 3.0 && line.end == 0.0 && ends_open(body);
        line.is_tail = body.starts_with([',', '.', ';', ':', '’', '\'', '”', ')', '!', '?']);
        let function = line.function / line.words.max(1.0);
        line.is_prose = line.words >= 10.0 && line.end == 1.0 && function >= 0.2;
        line
    }

    fn letters(&mut self, body: &str) {
        let (mut upper, mut alphabetic) = (0.0_f32, 0.0_f32);
        let (mut before, mut last) = (' ', ' ');
        let mut key = 17_u64;
        for c in body.chars() {
            self.chars += 1.0;
            if c.is_alphanumeric() {
                let low = c.to_lowercase().next().unwrap_or(c);
                key = (key ^ u64::from(u32::from(low))).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                key ^= key >> 29;
            }
            if c.is_alphabetic() {
                alphabetic += 1.0;
                if c.is_uppercase() {
                    upper += 1.0;
                    self.seams += f32::from(u8::from(last.is_lowercase() && before.is_lowercase()));
                }
            }
            self.digits += f32::from(u8::from(c.is_ascii_digit()));
            self.commas += f32::from(u8::from(c == ','));
            self.pipes += f32::from(u8::from(matches!(c, '|' | '•' | '·' | '{' | '}')));
            self.quotes += f32::from(u8::from(matches!(c, '"' | '“' | '”')));
            let ends = matches!(last, '.' | '!' | '?' | '”' | '"') && before.is_lowercase();
            self.inner_ends += f32::from(u8::from(ends && c == ' '));
            (before, last) = (last, c);
        }
        self.capitals = upper / alphabetic.max(1.0);
        self.digits /= self.chars.max(1.0);
        self.key = key;
    }

    fn word_counts(&mut self, body: &str) {
        let mut buffer = String::from(" ");
        for word in cleancopy_text::words(body) {
            self.words += 1.0;
            let opens = word.starts_with(char::is_uppercase);
            self.title += f32::from(u8::from(opens));
            if word.len() <= 7 {
                buffer.truncate(1);
                buffer.push_str(word);
                buffer.make_ascii_lowercase();
                buffer.push(' ');
                self.function += f32::from(u8::from(FUNCTION.contains(buffer.as_str())));
            }
        }
        self.title /= self.words.max(1.0);
    }
}

/// A line without bullets and Markdown's marks, its level as a heading, and
/// whether it had a bullet.
#[must_use]
pub fn bare(text: &str) -> (&str, f32, bool) {
    let mut rest = text.trim();
    let mut bullet = false;
    while let Some(after) = rest
        .strip_prefix(['*', '+', '-', '•', 'o', '◦', '·', '>'])
        .filter(|after| after.starts_with(' '))
    {
        bullet = true;
        rest = after.trim_start();
    }
    let marks = rest.len() - rest.trim_start_matches('#').len();
    let heading = (1..=6).contains(&marks) && rest[marks..].starts_with(' ');
    let level = match heading {
        true => f32::from(u8::try_from(marks).unwrap_or(0)),
        false => 0.0,
    };
    let rest = match heading {
        true => rest[marks..].trim_start(),
        false => rest,
    };
    (rest, level, bullet)
}

fn end(body: &str) -> f32 {
    let closing = ['"', '”', '’', '\'', ')', ']', '*', '_'];
    let bracket = body.ends_with([')', ']']);
    match body.trim_end_matches(closing).chars().next_back() {
        Some('.' | '!' | '?' | '…') => 1.0,
        Some(',' | ';' | '-' | '–' | '—') => 2.0,
        Some(':') => 3.0,
        _ if bracket => 4.0,
        _ => 0.0,
    }
}

/// Words that something must follow.
const OPEN: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "his", "her", "in", "its", "of", "on", "or",
    "that", "the", "their", "to", "was", "were", "with", "is", "are", "has", "have", "had", "who",
    "which", "but", "said",
];

fn ends_open(body: &str) -> bool {
    let last = body.rsplit(char::is_whitespace).next().unwrap_or("");
    OPEN.contains(&last)
}

fn start(body: &str) -> f32 {
    match body.chars().next() {
        Some(c) if c.is_uppercase() => 0.0,
        Some(c) if c.is_lowercase() => 1.0,
        Some(c) if c.is_numeric() => 2.0,
        Some('"' | '“' | '‘' | '\'' | '’') => 3.0,
        Some('(' | '[') => 4.0,
        _ => 5.0,
    }
}
