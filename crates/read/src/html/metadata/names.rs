//! Names of people in what a page gives as its author.
//!
//! ```text
//! By Ada Moss, Political Editor, and Bo Lind | The Keld Herald
//! -> people Ada Moss, Bo Lind; organisations The Keld Herald
//! ```

use cleancopy_text::{same, split_names};

use super::said::Author;
use super::titles::is_part;
use super::words::{is_job, is_label, is_month, is_organisation, is_trade};

/// No name of a person has more words.
const WORDS: usize = 6;

/// What stands before names, longest first.
const BEFORE: &[&str] = &[
    "story and photos by ",
    "reported by ",
    "reviewed by ",
    "written by ",
    "posted by ",
    "authored by ",
    "words by ",
    "story by ",
    "text by ",
    "author: ",
    "authors: ",
    "by: ",
    "by ",
];

/// Marks between a name and what belongs to it.
const MARKS: &[&str] = &[" | ", " - ", " – ", " — ", " • ", " · ", " / ", "\n", "|"];

/// Agencies whose name follows that of a person without a mark.
const AGENCIES: &[&str] = &[
    " The Associated Press",
    " Associated Press",
    " Reuters",
    " AFP",
    " AP",
    " CNN",
];

/// Who wrote a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) people: Vec<String>,
    pub(super) organisations: Vec<String>,
}

/// Reads names, each person and each organisation once; `sites` are names of
/// the site itself, which wrote nothing as a person.
pub(super) fn read(authors: &[Author], sites: &[String]) -> Names {
    let mut names = Names::default();
    for author in authors {
        let text = without_addresses(&author.written);
        let text = without_opening(&text);
        if author.is_organisation || sites.iter().any(|site| same(site, text)) {
            names.add(text, false);
            continue;
        }
        for piece in MARKS.iter().fold(vec![text], cut) {
            names.read(piece, sites);
        }
    }
    names
}

/// Cuts every piece at a mark.
fn cut<'t>(pieces: Vec<&'t str>, mark: &&str) -> Vec<&'t str> {
    pieces
        .into_iter()
        .flat_map(|piece| piece.split(*mark))
        .collect()
}

impl Names {
    /// Reads a list of names and jobs.
    fn read(&mut self, list: &str, sites: &[String]) {
        let parts: Vec<&str> = split_names(list).collect();
        // `Moss, Ada`
        if let [family, given] = *parts
            && list.contains(',')
            && !family.contains(' ')
            && !given.contains(|c: char| {
                c.is_lowercase() && given.contains(' ') && !given.ends_with('.')
            })
            && [family, given]
                .iter()
                .all(|part| is_capital(part) && !is_known(part))
        {
            return self.add(&format!("{given} {family}"), true);
        }
        for (index, part) in parts.into_iter().enumerate() {
            let part = without_opening(part);
            // A job with its place, `Harbour Correspondent`, belongs to the name before.
            if index > 0
                && part.split_whitespace().next_back().is_some_and(is_job)
                && !is_organisation(part)
            {
                continue;
            }
            let (part, agency) = without_agency(without_month(part));
            let name = without_place(without_job(part));
            if is_organisation(part) || sites.iter().any(|site| is_site(site, name)) {
                self.add(part, false);
            } else if could_be_person(name) && !is_degree(name, !self.people.is_empty()) {
                self.add(name, true);
            }
            self.add(agency, false);
        }
    }

    fn add(&mut self, name: &str, is_person: bool) {
        let list = match is_person {
            true => &mut self.people,
            false => &mut self.organisations,
        };
        let name = name.trim_matches(|c: char| c.is_whitespace() || ",;:*".contains(c));
        if name.contains(char::is_alphabetic) && !list.iter().any(|known| same(known, name)) {
            list.push(name.to_owned());
        }
    }
}

/// Takes out what is in brackets, addresses of pages and of mail, and handles.
fn without_addresses(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let address = word.contains("://") || word.starts_with("www.") || word.contains('@');
        let opens = word.starts_with('(');
        depth += usize::from(opens);
        if depth == 0 && !address {
            out.push_str(if out.is_empty() { "" } else { " " });
            out.push_str(word);
        }
        depth = depth.saturating_sub(usize::from(word.trim_end_matches(',').ends_with(')')));
    }
    out
}

fn without_opening(text: &str) -> &str {
    let text = text.trim();
    let opening = BEFORE.iter().find_map(|opening| {
        let head = text.get(..opening.len())?;
        head.eq_ignore_ascii_case(opening)
            .then(|| &text[opening.len()..])
    });
    // `Von Ada Moss`: two words may be a whole name.
    let foreign = ["Von ", "Par ", "Por ", "Di ", "Av ", "Door "].iter();
    let foreign = || {
        foreign
            .filter_map(|word| text.strip_prefix(word))
            .find(|rest| rest.contains(' '))
    };
    opening.or_else(foreign).unwrap_or(text).trim()
}

/// Takes a job off either end of a name: `Ada Moss Political Editor`.
fn without_job(part: &str) -> &str {
    if !part.split_whitespace().any(is_job) {
        return part;
    }
    let mut name = part.trim();
    while let Some(word) = name
        .split_whitespace()
        .next_back()
        .filter(|w| is_job(w) || is_trade(w))
    {
        name = name[..name.len() - word.len()].trim_end();
    }
    while let Some(word) = name
        .split_whitespace()
        .next()
        .filter(|w| is_job(w) || is_trade(w))
    {
        name = name[word.len()..].trim_start();
    }
    name
}

/// Takes off where or for whom: `Ada Moss in Keld`.
fn without_place(name: &str) -> &str {
    let words = [" in ", " for ", " at ", " from ", " of ", " with "];
    let cuts = words.iter().filter_map(|word| name.find(word));
    let end = cuts.filter(|&at| name[..at].contains(' ')).min();
    &name[..end.unwrap_or(name.len())]
}

/// The agency behind the name of a person: `ADA MOSS Associated Press`.
fn without_agency(part: &str) -> (&str, &str) {
    let name = AGENCIES.iter().find_map(|agency| part.strip_suffix(agency));
    match name.filter(|name| name.contains(' ') && !is_organisation(name)) {
        Some(name) => (name, part[name.len()..].trim()),
        None => (part, ""),
    }
}

/// Takes off the month of a date whose number was cut off.
fn without_month(name: &str) -> &str {
    let last = name
        .rsplit_once(' ')
        .filter(|(rest, last)| is_month(last) && rest.contains(' '));
    last.map_or(name, |(rest, _)| rest)
}

/// Whether a name is that of the site, or a single word of it.
fn is_site(site: &str, name: &str) -> bool {
    let word = !name.contains(' ') && site.split_whitespace().any(|word| same(word, name));
    let longer = site.contains(' ') && is_part(name, site);
    word || longer || same(site, name) || is_part(site, name) && !name.contains(' ')
}

fn could_be_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let handle = words.len() == 1 && (!is_capital(name) || name.len() < 2);
    let jobs = words
        .iter()
        .filter(|word| is_job(word) || is_trade(word))
        .count();
    !handle
        && (1..=WORDS).contains(&words.len())
        && jobs < words.len()
        && !words.iter().any(|word| is_label(word))
        && !name.contains(|c: char| c.is_ascii_digit() || "/:_{}<>\"?!".contains(c))
}

/// `PhD`, `M.D.`, `RN`, `Jr.` after a name.
fn is_degree(name: &str, follows: bool) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let capitals = letters.clone().filter(|c| c.is_uppercase()).count();
    let short = !name.contains(' ') && letters.count() <= 5;
    follows && short && (capitals > 1 || name.ends_with('.'))
}

fn is_known(word: &str) -> bool {
    is_job(word) || is_trade(word) || is_organisation(word)
}

/// Whether a word opens with a capital, or with a letter that has no case.
fn is_capital(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People, and organisations after a bar.
    fn shown(written: &str) -> String {
        let names = read(&[Author::new(written)], &["The Keld Herald".to_owned()]);
        let organisations = match names.organisations.is_empty() {
            true => String::new(),
            false => format!(" | {}", names.organisations.join("; ")),
        };
        names.people.join("; ") + &organisations
    }

    #[test]
    fn people_are_told_from_everything_else() {
        for (written, expected) in [
            ("Ada Moss", "Ada Moss"),
            ("By ADA MOSS and Bo Lind", "ADA MOSS; Bo Lind"),
            ("by Ada Moss, Political Editor", "Ada Moss"),
            ("Political editor Ada Moss", "Ada Moss"),
            ("Ada Moss, Harbour Correspondent", "Ada Moss"),
            ("Ada Moss Senior Health Correspondent", "Ada Moss"),
            ("Ada Moss, Bo Lind & ada moss", "Ada Moss; Bo Lind"),
            ("Ada Moss | The Keld Herald", "Ada Moss | The Keld Herald"),
            ("Ada Moss, PhD", "Ada Moss"),
            ("Dr. Ada Moss, M.D.", "Dr. Ada Moss"),
            ("Moss, Ada", "Ada Moss"),
            ("Ada Moss in Keld", "Ada Moss"),
            ("Ada Moss (ada@keld.example)", "Ada Moss"),
            ("https://keld.example/people/ada-moss", ""),
            ("@adamoss", ""),
            ("admin", ""),
            ("Staff Writer", ""),
            ("the keld herald", " | the keld herald"),
            ("Associated Press", " | Associated Press"),
            ("Ada Moss, Reuters", "Ada Moss | Reuters"),
            ("Herald Staff", " | Herald Staff"),
            ("Von Ada Moss", "Ada Moss"),
            ("Von Miller", "Von Miller"),
            ("Jean-Luc van der Berg", "Jean-Luc van der Berg"),
            ("李 明", "李 明"),
            ("user123", ""),
            ("Full Bio", ""),
            ("X", ""),
            ("Written By", ""),
            ("Staff Reports", ""),
            ("Herald", " | Herald"),
            ("The Ferryman", " | The Ferryman"),
            ("Moss, Ada B.", "Ada B. Moss"),
            ("Ada Moss March", "Ada Moss"),
            (
                "Ada Moss and BO LIND Associated Press",
                "Ada Moss; BO LIND | Associated Press",
            ),
            ("KELD HERALD STAFF", " | KELD HERALD STAFF"),
            ("Ada Moss, Sr. Director", "Ada Moss"),
            ("", ""),
            (",;&", ""),
        ] {
            assert_eq!(shown(written), expected, "{written}");
        }
    }

    #[test]
    fn organisations_are_not_cut_up() {
        let author = Author {
            written: "Food, Drink and Travel".to_owned(),
            is_organisation: true,
        };
        assert_eq!(
            read(&[author], &[]).organisations,
            ["Food, Drink and Travel"]
        );
    }
}
