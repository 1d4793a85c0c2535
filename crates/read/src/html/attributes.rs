//! The attributes of a tag.

use memchr::memchr;

/// Where the `>` stands that ends a tag; a `>` in a quoted value does not.
pub(super) fn end_of_tag(bytes: &[u8], from: usize) -> Option<usize> {
    let mut attributes = Attributes { bytes, at: from };
    while attributes.next().is_some() {}
    (bytes.get(attributes.at) == Some(&b'>')).then_some(attributes.at)
}

/// Goes through attributes: the byte ranges of name and value.
struct Attributes<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Attributes<'_> {
    fn skip(&mut self, over: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|b| !over(*b)).unwrap_or(rest.len());
    }

    fn value(&mut self) -> std::ops::Range<usize> {
        match self.bytes.get(self.at) {
            Some(quote @ (b'"' | b'\'')) => {
                let start = self.at + 1;
                let rest = &self.bytes[start..];
                let end = start + memchr(*quote, rest).unwrap_or(rest.len());
                self.at = (end + 1).min(self.bytes.len());
                start..end
            }
            _ => {
                let start = self.at;
                self.skip(|b| !b.is_ascii_whitespace() && b != b'>');
                start..self.at
            }
        }
    }
}

impl Iterator for Attributes<'_> {
    type Item = (std::ops::Range<usize>, std::ops::Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip(|b| b.is_ascii_whitespace() || b == b'/');
        let start = self.at;
        if matches!(self.bytes.get(start), None | Some(b'>')) {
            return None;
        }
        // A `=` in the first place is part of the name.
        self.at += 1;
        self.skip(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'='));
        let name = start..self.at;
        let behind = self.at;
        self.skip(|b| b.is_ascii_whitespace());
        if self.bytes.get(self.at) != Some(&b'=') {
            self.at = behind;
            return Some((name, behind..behind));
        }
        self.at += 1;
        self.skip(|b| b.is_ascii_whitespace());
        Some((name, self.value()))
    }
}

/// All attributes of a tag, name and value as they stand.
pub(crate) fn attributes(of: &str) -> impl Iterator<Item = (&str, &str)> {
    let found = Attributes {
        bytes: of.as_bytes(),
        at: 0,
    };
    found.map(move |(name, value)| (&of[name], &of[value]))
}

/// The value of an attribute, as it stands; empty if it has none.
pub(crate) fn attribute<'h>(of: &'h str, wanted: &str) -> Option<&'h str> {
    let mut all = attributes(of);
    all.find(|(name, _)| name.eq_ignore_ascii_case(wanted))
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_in_every_notation() {
        let tag = " a = 'x y' B=z c hidden data-d=\"1\"/";
        assert_eq!(attribute(tag, "a"), Some("x y"));
        assert_eq!(attribute(tag, "b"), Some("z"));
        assert_eq!(attribute(tag, "hidden"), Some(""));
        assert_eq!(attribute(tag, "data-d"), Some("1"));
        assert_eq!(attribute(tag, "d"), None);
    }
}
