//! Headlines in titles, which name the site too.
//!
//! ```text
//! Pier sold for one crown | Town | The Keld Herald
//! -> Pier sold for one crown
//! ```

use cleancopy_text::{containment, letters, prefix_end, same, words};

/// Marks between a headline and the name of a site.
const MARKS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " : ", " · ", " • ", " « ", " » ", " ‹ ", "|",
];

/// From this share of common words on, two titles are one.
const ALIKE: f64 = 0.75;

/// From this length on, in characters, a headline may have been cut off: the
/// search engine that reads JSON-LD asks for no more than 110.
const CUT: usize = 95;

/// A title without the names of its site at either end.
pub(super) fn without_site<'t>(title: &'t str, names: &[String]) -> &'t str {
    let mut title = title.trim();
    while let Some(shorter) = shortened(title, names) {
        title = shorter;
    }
    title
}

/// A title less one name.
fn shortened<'t>(title: &'t str, names: &[String]) -> Option<&'t str> {
    let is_name = |part: &str| names.iter().any(|name| is_site(part, name));
    let last = MARKS.iter().filter_map(|mark| title.rsplit_once(mark));
    if let Some((head, tail)) = last.min_by_key(|(_, tail)| tail.len())
        && is_name(tail)
    {
        return Some(head.trim_end()).filter(|head| !head.is_empty());
    }
    let first = MARKS.iter().filter_map(|mark| title.split_once(mark));
    let (head, tail) = first.min_by_key(|(head, _)| head.len())?;
    Some(tail.trim_start()).filter(|tail| is_name(head) && !tail.is_empty())
}

/// Whether part of a title names the site: `BBC News` is `BBC`, and `Keld
/// Herald` is `The Keld Herald`.
fn is_site(part: &str, name: &str) -> bool {
    same(part, name) || is_part(name, part) || is_name_with_more(part, name)
}

/// Whether a name begins or ends with a part of at least three letters.
pub(super) fn is_part(name: &str, part: &str) -> bool {
    letters(part).nth(2).is_some() && (prefix_end(name, part).is_some() || ends_with(name, part))
}

/// Whether a part is a name with words that any site may add to its own.
fn is_name_with_more(part: &str, name: &str) -> bool {
    const MORE: &[&str] = &[
        "the",
        "news",
        "com",
        "co",
        "uk",
        "us",
        "org",
        "net",
        "online",
        "magazine",
        "newspaper",
        "daily",
        "blog",
        "website",
        "home",
        "official",
        "www",
        "international",
        "edition",
    ];
    let count = words(name).count().max(1);
    let all =
        || words(part).filter(|word| !MORE.iter().any(|more| word.eq_ignore_ascii_case(more)));
    let rest: String = all().collect();
    all().nth(count).is_none() && (same(&rest, name) || same(&rest, without_the(name)))
}

fn without_the(name: &str) -> &str {
    name.strip_prefix("The ").unwrap_or(name)
}

/// Whether the letters of a text end with those of another: `The Herald`.
fn ends_with(text: &str, end: &str) -> bool {
    let mut text = letters(text).rev();
    letters(end).rev().all(|c| text.next() == Some(c))
}

/// What follows a heading in a title, after a mark.
pub(super) fn rest<'t>(title: &'t str, heading: &str) -> Option<&'t str> {
    let mut cuts = MARKS.iter().filter_map(|mark| title.rsplit_once(mark));
    cuts.find(|(head, tail)| same(head, heading) && !tail.is_empty())
        .map(|(_, tail)| tail)
}

/// Whether two titles say the same, perhaps one with more words.
pub(super) fn alike(a: &str, b: &str) -> bool {
    if same(a, b) {
        return true;
    }
    let long = |text: &str| words(text).nth(2).is_some();
    match long(a) && long(b) {
        true => containment(a, b) >= ALIKE,
        // A short one, or one in a script without spaces.
        false => {
            let enough = |text: &str| letters(text).nth(5).is_some();
            let begins = |a, b| enough(b) && prefix_end(a, b).is_some();
            begins(a, b) || begins(b, a)
        }
    }
}

/// The rest of a headline that was cut off, if one of these is the whole.
pub(super) fn whole<'t>(headline: &str, others: &'t [String]) -> Option<&'t str> {
    let bare = headline.trim_end_matches(['…', '.', ' ']);
    let cut =
        headline.ends_with('…') || headline.ends_with("...") || headline.chars().nth(CUT).is_some();
    let longer = others
        .iter()
        .filter(|other| cut && other.len() > headline.len());
    longer
        .map(String::as_str)
        .find(|other| prefix_end(other, bare).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_the_site_leave_a_title() {
        let names = ["The Keld Herald".to_owned(), "keld".to_owned()];
        for (title, expected) in [
            ("Pier sold | The Keld Herald", "Pier sold"),
            ("Pier sold – Keld Herald", "Pier sold"),
            (
                "The Keld Herald: Pier | sold",
                "The Keld Herald: Pier | sold",
            ),
            ("KELD HERALD - Pier sold | Keld News", "Pier sold"),
            ("Pier sold | www.keld.com", "Pier sold"),
            ("Pier sold | Keld wins", "Pier sold | Keld wins"),
            ("Pier sold - for one crown", "Pier sold - for one crown"),
            ("The Keld Herald", "The Keld Herald"),
            (" | ", "|"),
            ("", ""),
        ] {
            assert_eq!(without_site(title, &names), expected, "{title}");
        }
    }

    #[test]
    fn titles_are_compared_by_their_words() {
        assert!(alike(
            "Pier sold for one crown",
            "Pier sold for one crown, say owners"
        ));
        assert!(!alike("Pier sold for one crown", "Ferry sunk off the quay"));
        assert!(!alike("", "") && !alike("The", "The ferry"));
        assert!(alike("桟橋が売却されました", "桟橋が売却されました｜町"));
    }

    #[test]
    fn a_headline_that_is_cut_off_is_found_whole() {
        let others = ["Pier sold for one crown".to_owned()];
        assert_eq!(
            whole("Pier sold for…", &others),
            Some("Pier sold for one crown")
        );
        assert_eq!(whole("Pier sold", &others), None);
    }
}
