//! JSON as pages write it: with raw line ends and quotes in strings, commas
//! too many or too few, comments, wrappers, and cut off in the middle.
//!
//! ```text
//! <!-- {"headline": "Pier "sold"", "author": , "tags": ["a",], } -->
//! -> {"headline": "Pier \"sold\"", "author": null, "tags": ["a"]}
//! ```
//!
//! Nothing is refused: what cannot be made sense of is stepped over.

use std::borrow::Cow;

use memchr::memchr2;

/// How deep values may nest; what is deeper is not read.
const DEPTH: usize = 48;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Json<'t> {
    Text(Cow<'t, str>),
    /// A number, `true`, `false`, `null` or whatever stands without quotes.
    Bare(&'t str),
    List(Vec<Json<'t>>),
    /// Members in the order they are written.
    Object(Vec<(Cow<'t, str>, Json<'t>)>),
}

impl<'t> Json<'t> {
    /// The member of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Json<'t>> {
        match self {
            Self::Object(members) => members.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// The text of a string or a number.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bare(bare) => Some(*bare).filter(|b| b.starts_with(|c: char| c.is_ascii_digit())),
            Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The values of a list; a value that is none stands for itself.
    pub(super) fn values(&self) -> &[Json<'t>] {
        match self {
            Self::List(values) => values,
            value => std::slice::from_ref(value),
        }
    }
}

/// All objects and lists that stand in a text.
pub(super) fn parse(text: &str) -> Vec<Json<'_>> {
    // The bracket of `<![CDATA[` opens no list.
    let head = text.find("CDATA[").filter(|&at| !text[..at].contains('{'));
    let mut reader = Reader {
        text,
        at: head.map_or(0, |at| at + "CDATA[".len()),
    };
    let mut found = Vec::new();
    while let Some(skipped) = text[reader.at..].find(['{', '[']) {
        reader.at += skipped;
        found.push(reader.value(0));
    }
    found
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past one character, however many bytes it has.
    fn step(&mut self) {
        let width = self.text[self.at..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        self.at += width;
    }

    /// Goes past white space and comments.
    fn blank(&mut self) {
        loop {
            let rest = self.text[self.at..].trim_start();
            self.at = self.text.len() - rest.len();
            let end = match rest.get(..2) {
                Some("/*") => rest.find("*/").map(|end| end + 2),
                Some("//") => rest.find('\n'),
                _ => return,
            };
            self.at += end.unwrap_or(rest.len());
        }
    }

    fn value(&mut self, depth: usize) -> Json<'t> {
        self.blank();
        match self.peek() {
            Some(b'{' | b'[') if depth >= DEPTH => {
                self.at = self.text.len();
                Json::Bare("")
            }
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.list(depth + 1),
            Some(b'"') => Json::Text(self.string(false)),
            _ => Json::Bare(self.bare()),
        }
    }

    fn object(&mut self, depth: usize) -> Json<'t> {
        self.at += 1;
        let mut members = Vec::new();
        loop {
            self.blank();
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    break;
                }
                // The end of a list round an object that has none.
                None | Some(b']') => break,
                Some(b'"') => {
                    let key = self.string(true);
                    self.blank();
                    self.at += usize::from(self.peek() == Some(b':'));
                    members.push((key, self.value(depth)));
                }
                Some(_) => self.step(),
            }
        }
        Json::Object(members)
    }

    fn list(&mut self, depth: usize) -> Json<'t> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.blank();
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                None | Some(b'}') => break,
                Some(b',' | b':') => self.at += 1,
                Some(_) => values.push(self.value(depth)),
            }
        }
        Json::List(values)
    }

    /// What stands without quotes, up to what ends a value.
    fn bare(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let end = rest.find([',', '}', ']', '\n']).unwrap_or(rest.len());
        self.at += end;
        rest[..end].trim_end()
    }

    fn string(&mut self, is_key: bool) -> Cow<'t, str> {
        self.at += 1;
        let (mut start, mut out) = (self.at, String::new());
        while let Some(skipped) = memchr2(b'"', b'\\', &self.text.as_bytes()[self.at..]) {
            let mark = self.at + skipped;
            self.at = mark + 1;
            if self.text.as_bytes()[mark] == b'\\' {
                out.push_str(&self.text[start..mark]);
                self.escape(&mut out);
                start = self.at;
            } else if is_key || self.ends_here() {
                return joined(out, &self.text[start..mark]);
            }
        }
        self.at = self.text.len();
        joined(out, &self.text[start..])
    }

    /// Whether a value can end with the quotation mark before this place; one
    /// that should have been escaped stands inside the text.
    fn ends_here(&self) -> bool {
        let rest = &self.text[self.at..];
        let next = rest.trim_start();
        match next.as_bytes().first() {
            None | Some(b'}' | b']') => true,
            Some(b',') => {
                let after = next[1..].trim_start().bytes().next();
                after.is_none_or(|b| b"\"{[}]-/tfn".contains(&b) || b.is_ascii_digit())
            }
            // A comma is missing at the end of a line.
            Some(b'"') => rest[..rest.len() - next.len()].contains('\n'),
            Some(_) => false,
        }
    }

    /// Reads what follows a backslash.
    fn escape(&mut self, out: &mut String) {
        let Some(c) = self.text[self.at..].chars().next() else {
            return;
        };
        self.at += c.len_utf8();
        match c {
            'n' | 'r' => out.push('\n'),
            't' | 'b' | 'f' => out.push(' '),
            'u' => out.push(self.unicode().unwrap_or(char::REPLACEMENT_CHARACTER)),
            c => out.push(c),
        }
    }

    fn unicode(&mut self) -> Option<char> {
        let high = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high);
        }
        let rest = self.text.get(self.at..self.at + 2);
        rest.filter(|&rest| rest == "\\u")?;
        self.at += 2;
        let low = self.four_digits()?.checked_sub(0xdc00)?;
        char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        let value = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(value)
    }
}

fn joined<'t>(out: String, rest: &'t str) -> Cow<'t, str> {
    match out.is_empty() {
        true => Cow::Borrowed(rest),
        false => Cow::Owned(out + rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(text: &str, key: &str) -> Option<String> {
        let found = parse(text);
        Some(found.first()?.get(key)?.text()?.to_owned())
    }

    #[test]
    fn faults_that_pages_have_hide_nothing() {
        for text in [
            r#"{"a": 1, "b": "x"}"#,
            r#"<!-- {"a": [1,2,], "b": "x",} -->"#,
            "//<![CDATA[\n{\"a\": , \"b\": \"x\"}\n//]]>",
            "{\"a\": \"raw\nline\ttab\", \"b\": \"x\"}",
            r#"{"a": "he said "no" and left", "b": "x"}"#,
            "{\"a\": \"comma gone\"\n\"b\": \"x\"}",
            r#"{"a": [{"c": 1], "b": "x"}"#,
            r#"{/* why */ "a": undefined, // so
               "b": "x"}"#,
            r#"{"a": {"deep": [1, {"x": 2}]}, "b": "x", "c": "cut of"#,
            r#"{"b": "x"} trailing } ] {"#,
            r#"{"b": "x"#,
        ] {
            assert_eq!(member(text, "b").as_deref(), Some("x"), "{text}");
        }
        let quoted = r#"{"a": "he said "no", and left", "b": "x"}"#;
        assert_eq!(
            member(quoted, "a").as_deref(),
            Some(r#"he said "no", and left"#)
        );
    }

    #[test]
    fn escapes_are_read() {
        let text = r#"{"a": "\"é\" \ud83d\ude00 \/ \\ \ud83d \x"}"#;
        let expected = "\"é\" \u{1f600} / \\ \u{fffd} x";
        assert_eq!(member(text, "a").as_deref(), Some(expected));
    }

    #[test]
    fn several_values_may_follow_each_other() {
        assert_eq!(parse("{\"a\":1}\n{\"a\":2};[3]").len(), 3);
        assert_eq!(parse(""), []);
        assert_eq!(parse("no json"), []);
    }

    #[test]
    fn nothing_is_too_deep_or_too_odd() {
        parse(&"[".repeat(100_000));
        parse(&"{\"a\":".repeat(100_000));
        for odd in [
            "{é",
            "{\"a\\",
            "{\"a\":\"\\u12é\"}",
            "[é,]",
            "{]",
            "[}",
            "{\"\\ud800\\u0041",
        ] {
            parse(odd);
        }
    }
}
