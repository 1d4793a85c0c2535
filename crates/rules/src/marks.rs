//! Looks for marks that prose has few of, such as `=` and `[`.

/// How many marks are looked for at once.
const AT_ONCE: usize = 3;

/// Marks, and what each stands for.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Each group of marks is looked for at once; the last one is filled up with
    /// a mark that is there anyway.
    groups: Vec<[u8; AT_ONCE]>,
    targets: Vec<(u8, u32)>,
}

impl Marks {
    /// For marks in ASCII, each with what to report where it stands.
    pub(crate) fn new(mut targets: Vec<(u8, u32)>) -> Self {
        targets.sort_unstable();
        targets.dedup();
        let mut marks: Vec<u8> = targets.iter().map(|(mark, _)| *mark).collect();
        marks.dedup();
        let group = |marks: &[u8]| {
            let mut group = [marks[0]; AT_ONCE];
            group[..marks.len()].copy_from_slice(marks);
            group
        };
        Self {
            groups: marks.chunks(AT_ONCE).map(group).collect(),
            targets,
        }
    }

    /// The mark to look for where a text does not say enough; none if it has
    /// only letters and what prose is full of.
    pub(crate) fn of(text: &str) -> Option<u8> {
        let mut bytes = text.bytes();
        bytes.find(|byte| byte.is_ascii_punctuation() && !b".,'\"-".contains(byte))
    }

    /// Reports what the marks in a line stand for.
    pub(crate) fn run(&self, line: &str, mut found: impl FnMut(u32)) {
        let any =
            |[a, b, c]: &[u8; AT_ONCE]| memchr::memchr3(*a, *b, *c, line.as_bytes()).is_some();
        if !self.groups.iter().any(any) {
            return;
        }
        for targets in self.targets.chunk_by(|a, b| a.0 == b.0) {
            if memchr::memchr(targets[0].0, line.as_bytes()).is_some() {
                targets.iter().for_each(|(_, target)| found(*target));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_line_is_reported() {
        let marks = "=[]{}()|/:".bytes().zip(0..).chain([(b'=', 99)]);
        let marks = Marks::new(marks.collect());
        let found = |line: &str| {
            let mut found = Vec::new();
            marks.run(line, |mark| found.push(mark));
            found.sort_unstable();
            found
        };
        assert_eq!(found("a = b"), [0, 99]);
        assert_eq!(found("é: (x)"), [5, 6, 9]);
        assert!(found("prose.").is_empty());
        assert_eq!(Marks::of("\"x\"=y"), Some(b'='));
        assert_eq!(Marks::of("it's so-so, \"really\"."), None);
    }
}
