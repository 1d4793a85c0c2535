//! How a publisher is known: host names, and phrases that name it.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_text::{letters, words};

use crate::page::{Page, chars};
use crate::survey::Survey;

/// The most phrases that are proposed.
const PHRASES: usize = 5;

/// The host names of the documents, the most frequent first; stray ones are
/// left out.
pub(crate) fn hosts(pages: &[Page]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for host in pages.iter().filter_map(|page| host(page.url.as_deref()?)) {
        *counts.entry(host).or_insert(0) += 1;
    }
    let all: usize = counts.values().sum();
    let mut hosts: Vec<_> = counts
        .into_iter()
        .filter(|(_, count)| count * 10 >= all)
        .collect();
    hosts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    hosts.into_iter().map(|(host, _)| host).collect()
}

/// The host of a URL, without `www.`.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority
        .rsplit('@')
        .next()?
        .split(':')
        .next()?
        .to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    let fits = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    (host.contains('.') && host.chars().all(fits)).then_some(host)
}

/// Lines on most pages that name the publisher, by its host or its name.
pub(crate) fn phrases(survey: &Survey<'_>, hosts: &[String], name: &str) -> Vec<String> {
    let names = names(hosts, name);
    let most = survey
        .index
        .pages
        .len()
        .div_ceil(2)
        .max(survey.index.enough);
    let fits = |&number: &usize| {
        let text = survey.index.texts[number];
        let says = letters(text).collect::<String>();
        survey.index.pages_with[number] >= most
            && words(text).nth(2).is_some()
            && (16..=110).contains(&chars(text))
            && !text.chars().any(|c| c.is_ascii_digit())
            && names.iter().any(|name| says.contains(name))
    };
    let mut found: Vec<usize> = survey.stable().filter(fits).collect();
    found.sort_by_key(|&number| std::cmp::Reverse(survey.index.pages_with[number]));
    let texts = found.into_iter().take(PHRASES);
    texts
        .map(|number| survey.index.texts[number].to_owned())
        .collect()
}

/// What the publisher is called, in lower case and without spaces.
fn names(hosts: &[String], name: &str) -> Vec<String> {
    let labels = hosts.iter().filter_map(|host| label(host));
    let names = labels.chain([name]).map(|name| letters(name).collect());
    names
        .filter(|name: &String| name.chars().nth(3).is_some())
        .collect()
}

/// Whether a text names the publisher, by a host or by its name.
pub(crate) fn names_publisher(survey: &Survey<'_>, name: &str, text: &str) -> bool {
    let urls = survey
        .index
        .pages
        .iter()
        .filter_map(|page| page.url.as_deref());
    let hosts: BTreeSet<String> = urls.filter_map(|url| host(Some(url)?)).collect();
    let says = letters(text).collect::<String>();
    let hosts: Vec<String> = hosts.into_iter().collect();
    names(&hosts, name).iter().any(|name| says.contains(name))
}

/// The part of a host name that names the publisher: the longest.
fn label(host: &str) -> Option<&str> {
    let labels: Vec<&str> = host.split('.').collect();
    let own = labels.split_last().map(|(_, rest)| rest)?;
    own.iter().copied().max_by_key(|label| label.len())
}

/// The month of the latest document, such as `2026-10`.
pub(crate) fn month(pages: &[Page]) -> Option<String> {
    let latest = pages
        .iter()
        .filter_map(|page| page.day)
        .map(|day| day.number())
        .max()?;
    Some(month_of(latest))
}

/// The month of a day, which is counted from 1 January 1970.
pub(crate) fn month_of(day: i64) -> String {
    // Howard Hinnant's civil_from_days: years begin in March, so that leap
    // days come last.
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_calendar() {
        for (day, month) in [
            (0, "1970-01"),
            (19_782, "2024-02"),
            (19_783, "2024-03"),
            (-1, "1969-12"),
        ] {
            assert_eq!(month_of(day), month);
        }
    }

    #[test]
    fn hosts_come_from_addresses() {
        assert_eq!(
            host("https://www.Keld.example:8080/a"),
            Some("keld.example".to_owned())
        );
        assert_eq!(host("story one"), None);
        assert_eq!(label("news.keldcourier.co.example"), Some("keldcourier"));
    }
}
