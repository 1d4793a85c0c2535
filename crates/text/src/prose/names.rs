//! Names of people and places in a line, and how they are introduced.
//!
//! A person who is new to a text comes with first name and surname, and often
//! an office; after that the surname alone will do. Somebody named in full
//! again is somebody a new post introduces.

use super::capitals::{capitals, token_end, token_start};
use crate::sentences::is_abbreviation_end;
use crate::words::{ByLetter, Fnv, fold_into, is_among, is_function_word, without_possessive};

/// The names of one line. Hashes stand for words; each list is sorted and
/// without doubles.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Last words of names of two words or more.
    pub(super) full: Vec<u64>,
    /// Names of one word, and those after `Mr` and the like.
    pub(super) single: Vec<u64>,
    /// Every word of every name, but for offices.
    pub(super) all: Vec<u64>,
    /// Last and next to last word of the names in `full`.
    pub(super) people: Vec<(u64, u64)>,
}

/// Finds names by their capitals.
#[derive(Debug, Default)]
pub(super) struct NameFinder {
    run: Vec<(u64, Role)>,
    /// The byte of the line at which the last word with a capital ends.
    last_end: usize,
    buffer: String,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Name,
    /// `President`, `Minister`: part of an introduction, not of the name.
    Office,
    /// `Mr`, `Dr`: what follows is a surname alone.
    Address,
}

impl NameFinder {
    pub(super) fn find(&mut self, line: &str) -> Names {
        let mut names = Names::default();
        self.add(line, &mut names);
        names.tidy();
        names
    }

    /// Adds the names of a line in the order in which they stand.
    ///
    /// Goes from capital to capital: seven words of eight have none.
    pub(super) fn add(&mut self, line: &str, names: &mut Names) {
        capitals(line, |start, _| self.read(line, start, names));
        self.end(names);
    }

    /// Adds the names of two words or more. Most capitals stand alone: of
    /// those `alone` is told where their tokens start, and
    /// [`NameFinder::single`] tells the name. What `names` then has of single
    /// ones are the others.
    pub(super) fn add_people(
        &mut self,
        line: &str,
        names: &mut Names,
        mut alone: impl FnMut(usize),
    ) {
        capitals(line, |start, beside| match beside {
            true => self.read(line, start, names),
            false => alone(start),
        });
        self.end(names);
    }

    /// The name of one word that the token which starts at a byte is, if it
    /// is `wanted`.
    pub(super) fn single(
        &mut self,
        line: &str,
        start: usize,
        wanted: impl FnOnce(u64) -> bool,
    ) -> Option<u64> {
        let word = without_possessive(trimmed(&line[start..token_end(line, start)]));
        let hash = Fnv::new().add(word).get();
        let starts = || starts_sentence(&line[..start]);
        (wanted(hash) && self.role(word, starts).is_some()).then_some(hash)
    }

    /// Goes on to the token with a capital that starts at a byte.
    fn read(&mut self, line: &str, start: usize, names: &mut Names) {
        if !self.run.is_empty() && !line[self.last_end..start].trim_start().is_empty() {
            self.close(names);
        }
        self.last_end = token_end(line, start);
        let token = &line[start..self.last_end];
        let trimmed = trimmed(token);
        let word = without_possessive(trimmed);
        match self.role(word, || starts_sentence(&line[..start])) {
            Some(role) => self.run.push((Fnv::new().add(word).get(), role)),
            None => self.close(names),
        }
        if word.len() < trimmed.len() || token.ends_with(ends_name) {
            self.close(names);
        }
    }

    /// The line ends.
    fn end(&mut self, names: &mut Names) {
        self.close(names);
        self.last_end = 0;
    }

    /// What a word is, if it can belong to a name.
    fn role(&mut self, word: &str, starts: impl FnOnce() -> bool) -> Option<Role> {
        if !word.starts_with(char::is_uppercase) {
            return None;
        }
        if word.len() > LONGEST_KNOWN {
            return Some(Role::Name);
        }
        let folded = fold_into(word, &mut self.buffer);
        if is_function_word(folded) && !is_address(folded) && starts() {
            return None;
        }
        Some(match folded {
            word if is_address(word) => Role::Address,
            word if is_among(word, &OFFICES) => Role::Office,
            _ => Role::Name,
        })
    }

    fn close(&mut self, names: &mut Names) {
        let Some(&(last, role)) = self.run.last() else {
            return;
        };
        let named = self.run.iter().filter(|(_, role)| *role == Role::Name);
        names.all.extend(named.map(|(hash, _)| hash));
        match *self.run {
            [_] | [(_, Role::Address), _] => names.single.push(last),
            [.., before, _] if role == Role::Name => {
                names.full.push(last);
                names.people.push((last, before.0));
            }
            _ => {}
        }
        self.run.clear();
    }
}

fn trimmed(token: &str) -> &str {
    token.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a sentence starts behind this part of a line.
fn starts_sentence(before: &str) -> bool {
    let before = before.trim_end();
    let token = &before[token_start(before, before.len())..];
    token.is_empty() || ends_sentence_here(token, without_possessive(trimmed(token)))
}

impl Names {
    pub(super) fn clear(&mut self) {
        for list in [&mut self.full, &mut self.single, &mut self.all] {
            list.clear();
        }
        self.people.clear();
    }

    fn tidy(&mut self) {
        for list in [&mut self.full, &mut self.single, &mut self.all] {
            list.sort_unstable();
            list.dedup();
        }
        self.people.sort_unstable();
        self.people.dedup();
    }
}

fn ends_name(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ',' | ';' | ':' | ')' | '"' | '”')
}

/// Whether the next token starts a sentence.
fn ends_sentence_here(token: &str, word: &str) -> bool {
    let end = token.trim_end_matches(['"', '”', '’', ')']);
    end.ends_with(':') || (end.ends_with(['.', '!', '?']) && !is_abbreviation_end(word))
}

fn is_address(folded: &str) -> bool {
    matches!(folded, "mr" | "mrs" | "ms" | "dr" | "sir")
}

/// More bytes than any word has that is no name by itself, though it may be
/// written with letters of more than a byte, such as the sign for Kelvin.
const LONGEST_KNOWN: usize = 16;

/// By first letter.
#[rustfmt::skip]
const OFFICES: ByLetter = [
    &[], &[], &["chancellor"], &[], &[], &[], &["general"], &[], &[],
    &["judge"], &["king"], &["lady", "lord"], &["minister"], &[], &[],
    &["pope", "president", "prime", "prince", "princess", "prof", "professor"],
    &["queen"], &["rep"], &["secretary", "sen", "senator"],
    &[], &[], &[], &[], &[], &[], &[],
];

/// Whether two sorted lists share an element.
pub(super) fn meet(a: &[u64], b: &[u64]) -> bool {
    let (few, many) = if a.len() < b.len() { (a, b) } else { (b, a) };
    few.iter().any(|x| many.binary_search(x).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`NameFinder::add`] finds, looked for token by token.
    fn token_by_token(line: &str) -> Names {
        let (mut finder, mut names) = (NameFinder::default(), Names::default());
        let mut starts = true;
        for token in line.split_whitespace() {
            let trimmed = trimmed(token);
            let word = without_possessive(trimmed);
            match finder.role(word, || starts) {
                Some(role) => finder.run.push((Fnv::new().add(word).get(), role)),
                None => finder.close(&mut names),
            }
            if word.len() < trimmed.len() || token.ends_with(ends_name) {
                finder.close(&mut names);
            }
            starts = ends_sentence_here(token, word);
        }
        finder.close(&mut names);
        names
    }

    proptest::proptest! {
        #[test]
        fn going_from_capital_to_capital_misses_no_name(
            line in proptest::string::string_regex(
                "(?:(?:Ada|Quist|The|the|Mr|Dr|Prime|Minister|U\\.S|É|é|ß|Ole['’]s|mid-May|x|7|“|\"|\\(|\\.|!|:|,|’|[a-zA-Z])[ \u{a0}]{0,2}){0,40}"
            ).unwrap()
        ) {
            let mut found = Names::default();
            NameFinder::default().add(&line, &mut found);
            let wanted = token_by_token(&line);
            proptest::prop_assert_eq!(&found.full, &wanted.full);
            proptest::prop_assert_eq!(&found.single, &wanted.single);
            proptest::prop_assert_eq!(found.all, wanted.all);
            proptest::prop_assert_eq!(&found.people, &wanted.people);
            let mut people = Names::default();
            let (mut finder, mut alone) = (NameFinder::default(), Vec::new());
            finder.add_people(&line, &mut people, |at| alone.push(at));
            proptest::prop_assert_eq!(people.people, wanted.people);
            proptest::prop_assert_eq!(people.full, wanted.full);
            for at in alone {
                people.single.extend(finder.single(&line, at, |_| true));
            }
            people.single.sort_unstable();
            let mut single = wanted.single;
            single.sort_unstable();
            proptest::prop_assert_eq!(people.single, single);
        }
    }

    fn hash(word: &str) -> u64 {
        Fnv::new().add(word).get()
    }

    #[test]
    fn full_names_and_surnames_are_told_apart() {
        let mut finder = NameFinder::default();
        let names = finder.find("The Harbour Minister Ada Quist met Mr Ole’s brother; Quist left.");
        assert_eq!(names.full, [hash("Quist")]);
        assert_eq!(names.people, [(hash("Quist"), hash("Ada"))]);
        assert!(meet(&names.single, &[hash("Ole")]) && meet(&names.single, &[hash("Quist")]));
        assert!(!meet(&names.all, &[hash("Minister")]));
    }

    #[test]
    fn offices_are_found_by_their_first_letter() {
        for (letter, words) in (b'a'..=b'z').zip(OFFICES) {
            assert!(words.iter().all(|word| word.as_bytes()[0] == letter));
            assert!(
                words
                    .iter()
                    .all(|word| is_among(word, &OFFICES) && word.len() <= 10)
            );
        }
    }

    #[test]
    fn a_long_token_is_read_once() {
        let line = "A-B".repeat(1 << 18) + " Quist";
        let mut names = Names::default();
        NameFinder::default().add_people(&line, &mut names, |_| ());
        assert_eq!(names.people.len(), 1);
    }

    #[test]
    fn a_common_word_at_the_start_is_no_name() {
        let mut finder = NameFinder::default();
        assert!(
            finder
                .find("But the ferry sailed. She waved.")
                .all
                .is_empty()
        );
    }
}
