//! The texts that must stand in every line that a regex matches.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind};

use crate::fold::{Fold, is_plain};
use crate::keys::has_more_forms;
use crate::rarity::{bits, bits_of_any};

/// Folded texts one of which stands in every match.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) texts: Vec<String>,
    /// How rare it is that one of them begins at a place, in bits.
    pub(crate) bits: f32,
}

/// The most texts of a choice.
const MOST: usize = 64;

/// The most texts that are followed while a regex is read: cut short, they
/// become fewer.
const MOST_READ: usize = 400;

/// The most characters of a class that are taken one by one.
const FEW: usize = 4;

/// What must stand in every line that the regex matches, folded: of each
/// choice one text. `fold` is what the line is folded by before the regex sees
/// it.
///
/// The regex must have been parsed as if it told case apart, which would hide
/// its words; the texts do not. (Some rare letters are forms of others to a
/// regex and not here: `ſ` of `s`, the Kelvin sign of `k`. Lines that write so
/// are not looked at.)
pub(crate) fn choices(regex: &Hir, fold: Fold) -> Vec<Choice> {
    let mut found = Found {
        fold,
        choices: Vec::new(),
    };
    if let Some(exact) = found.gather(regex) {
        found.add(exact);
    }
    found.choices
}

/// The choices found so far.
struct Found {
    fold: Fold,
    choices: Vec<Choice>,
}

impl Found {
    /// The texts that the regex stands for, if they are few; otherwise what it
    /// needs is added.
    fn gather(&mut self, regex: &Hir) -> Option<Vec<String>> {
        match regex.kind() {
            HirKind::Empty | HirKind::Look(_) => Some(vec![String::new()]),
            HirKind::Literal(literal) => {
                let text = std::str::from_utf8(&literal.0).ok()?;
                Some(vec![text.to_ascii_lowercase()])
            }
            HirKind::Class(Class::Unicode(class)) => few(class),
            HirKind::Class(Class::Bytes(_)) => None,
            HirKind::Capture(group) => self.gather(&group.sub),
            HirKind::Repetition(repeat) => match (repeat.min, repeat.max) {
                (0, Some(1)) => {
                    let mut aside = self.aside();
                    let mut exact = aside.gather(&repeat.sub)?;
                    exact.push(String::new());
                    Some(exact)
                }
                (1, Some(1)) => self.gather(&repeat.sub),
                (0, _) => None,
                _ => {
                    let exact = self.gather(&repeat.sub)?;
                    self.add(exact);
                    None
                }
            },
            HirKind::Concat(parts) => self.sequence(parts),
            HirKind::Alternation(branches) => self.branches(branches),
        }
    }

    fn sequence(&mut self, parts: &[Hir]) -> Option<Vec<String>> {
        let nothing = || vec![String::new()];
        let (mut run, mut whole) = (nothing(), true);
        for part in parts {
            let next = self.gather(part);
            let longer = next.as_ref().and_then(|next| product(&run, next));
            match (longer, next) {
                (Some(longer), Some(next)) => {
                    // So many must be cut short, and may say less than each alone.
                    if longer.len() > MOST {
                        self.add(run);
                        self.add(next);
                    }
                    run = longer;
                }
                (_, next) => {
                    whole = false;
                    self.add(std::mem::replace(&mut run, next.unwrap_or_else(nothing)));
                }
            }
        }
        if whole {
            return Some(run);
        }
        self.add(run);
        None
    }

    fn branches(&mut self, branches: &[Hir]) -> Option<Vec<String>> {
        let (mut all, mut second, mut whole) = (Vec::new(), Vec::new(), true);
        for branch in branches {
            let mut aside = self.aside();
            match aside.gather(branch) {
                Some(exact) => {
                    second.extend(exact.iter().cloned());
                    all.extend(exact);
                }
                None => {
                    whole = false;
                    // A branch that needs nothing leaves the others nothing to say.
                    aside.choices.sort_by(|a, b| b.bits.total_cmp(&a.bits));
                    let rarest = aside.choices.first()?;
                    all.extend(rarest.texts.iter().cloned());
                    let next = aside.choices.get(1).unwrap_or(rarest);
                    second.extend(next.texts.iter().cloned());
                }
            }
            if all.len() > MOST_READ {
                return None;
            }
        }
        if whole {
            all.sort_unstable();
            all.dedup();
            return Some(all);
        }
        if second != all {
            self.add(second);
        }
        self.add(all);
        None
    }

    fn aside(&self) -> Self {
        Self {
            fold: self.fold,
            choices: Vec::new(),
        }
    }

    /// Adds a choice of texts unless it says nothing.
    fn add(&mut self, texts: Vec<String>) {
        let folded = texts.iter().map(|text| folded(text, self.fold));
        let mut few = tidy(folded.collect());
        if few.first().is_none_or(String::is_empty) {
            return;
        }
        if few.len() > MOST {
            let lengths = [20, 15, 12, 10, 8, 7, 6, 5, 4, 3, 2, 1].into_iter();
            let mut cut = lengths.map(|length| cut(&few, length));
            few = cut.find(|cut| cut.len() <= MOST).unwrap_or_default();
        }
        if few.iter().all(|text| !text.trim().is_empty()) {
            self.choices.extend(Choice::of(few));
        }
    }
}

/// A text as it stands in a line that [`Fold::FULL`] folds. Of one with letters
/// that a regex knows more forms of, the rarest stretch without them.
fn folded(text: &str, fold: Fold) -> String {
    // Most are, and in lower case.
    if is_plain(text) && fold.spaces {
        return text.to_ascii_lowercase();
    }
    let stretches = text.split(has_more_forms);
    let folded = stretches.map(|text| Fold::FULL.pattern(text, fold.spaces, fold.spaces));
    let rarest = folded.max_by(|a, b| bits(a).total_cmp(&bits(b)));
    rarest.unwrap_or_default()
}

/// Each of the first followed by each of the second; none if they are too many.
fn product(first: &[String], second: &[String]) -> Option<Vec<String>> {
    let each = |start: &String| {
        let start = start.clone();
        second.iter().map(move |end| format!("{start}{end}"))
    };
    let few = first.len() * second.len() <= MOST_READ;
    few.then(|| first.iter().flat_map(each).collect())
}

/// The characters of a class that has only a few, such as `[/|]`.
fn few(class: &ClassUnicode) -> Option<Vec<String>> {
    let ranges = class.ranges().iter();
    let chars = ranges.flat_map(|range| range.start()..=range.end());
    let chars = chars.take(FEW + 1).map(|c| c.to_ascii_lowercase());
    let mut few: Vec<_> = chars.map(String::from).collect();
    few.sort_unstable();
    let is_few = few.len() <= FEW;
    few.dedup();
    is_few.then_some(few)
}

impl Choice {
    /// A choice of texts, without those that end with another one; none if there
    /// are none.
    fn of(texts: Vec<String>) -> Option<Self> {
        let ends_with = |long: &str, end: &str| long.len() > end.len() && long.ends_with(end);
        let is_needed = |text: &&String| !texts.iter().any(|end| ends_with(text, end));
        let texts: Vec<_> = texts.iter().filter(is_needed).cloned().collect();
        let bits = bits_of_any(&texts);
        (!texts.is_empty()).then_some(Self { texts, bits })
    }
}

/// At most so many bytes of each text, without those that begin with another.
pub(crate) fn cut(texts: &[String], length: usize) -> Vec<String> {
    let start = |text: &String| text[..text.floor_char_boundary(length)].to_owned();
    tidy(texts.iter().map(start).collect())
}

/// Sorts texts and leaves out those that begin with another one.
fn tidy(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts.dedup_by(|next, kept| next.starts_with(kept.as_str()));
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(regex: &str) -> Vec<Vec<String>> {
        let found = choices(&regex_syntax::parse(regex).unwrap(), Fold::FULL);
        found.into_iter().map(|choice| choice.texts).collect()
    }

    #[test]
    fn what_stands_together_is_one_text() {
        assert_eq!(
            found(r"^.{0,9}\bsign up (?:to|and) (?:get|have) .+$"),
            [[
                "sign up and get ",
                "sign up and have ",
                "sign up to get ",
                "sign up to have "
            ]]
        );
        assert_eq!(found("^The [Pp]ress$"), [["the press"]]);
        assert_eq!(
            found(r"^\w+ is an? (?:old|new)(?: \w+)? paper\b"),
            [
                vec![" is a new", " is a old", " is an new", " is an old"],
                vec![" paper"]
            ]
        );
    }

    #[test]
    fn a_choice_has_the_rarest_of_each_branch() {
        assert_eq!(
            found(r"^(?:\w+ may earn \d+|the \w+ affiliates)$"),
            [[" may earn ", "the "], [" affiliates", " may earn "]]
        );
        assert!(found(r"^(?:\w+ may earn|\d+)$").is_empty());
        assert_eq!(found(r"(?:x y)+|x y z{2}"), [vec!["x y", "z"], vec!["x y"]]);
    }

    #[test]
    fn letters_of_many_forms_are_left_out() {
        assert_eq!(found("gro(?:ß|ss)er Garten"), [["er garten"]]);
        assert!(found(r"\d?ß|(?:a|)").is_empty());
    }
}
