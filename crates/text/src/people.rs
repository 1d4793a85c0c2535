//! Names of people in bylines.

use crate::Language;

/// Cuts a list of names at commas, `and` and `&`: `Ann Example, Bo Sample and
/// Cy Third`. White space round the names goes.
pub fn split_names(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', '&', ';'])
        .flat_map(|part| part.split(" and "))
        .map(|name| name.trim().trim_start_matches("and ").trim())
        .filter(|name| !name.is_empty())
}

/// The same in a language: `Ann Example und Bo Sample`. A word of one letter
/// joins whole names only, for it may be part of one: `José Pérez y Pérez`.
pub fn split_names_in<'t>(list: &'t str, language: &Language) -> Vec<&'t str> {
    let mut names: Vec<&str> = list.split([',', '&', ';', '、', '،', '，', '；']).collect();
    for join in language.words("join") {
        let parted = names.into_iter().flat_map(|part| split_at(part, join));
        names = parted.collect();
    }
    names.retain_mut(|name| {
        *name = name.trim();
        !name.is_empty()
    });
    names
}

fn split_at<'t>(part: &'t str, join: &str) -> Vec<&'t str> {
    let word = format!(" {join} ");
    let parts: Vec<&str> = part.split(word.as_str()).collect();
    let long = join.chars().nth(1).is_some();
    let whole = |name: &&str| name.split_whitespace().nth(1).is_some();
    if long || parts.iter().all(whole) {
        parts
    } else {
        vec![part]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_own_words() {
        let cut = |tag, list| split_names_in(list, Language::of(tag).unwrap());
        let two = ["Ann Example", "Bo Sample"];
        assert_eq!(cut("de", "Ann Example und Bo Sample"), two);
        assert_eq!(cut("es", "Ann Example y Bo Sample"), two);
        assert_eq!(cut("es", "José Pérez y Pérez"), ["José Pérez y Pérez"]);
        assert_eq!(
            cut("uk", "Анна Коваль та Ігор Бойко"),
            ["Анна Коваль", "Ігор Бойко"]
        );
        assert_eq!(cut("ar", "أحمد علي، ليلى حسن"), ["أحمد علي", "ليلى حسن"]);
        assert_eq!(
            cut("ja", "山田 太郎、佐藤 花子"),
            ["山田 太郎", "佐藤 花子"]
        );
    }

    #[test]
    fn commas_and_words_part_names() {
        let names: Vec<_> = split_names("Ann Example, Bo Sample, and Cy Third & Di Last").collect();
        assert_eq!(names, ["Ann Example", "Bo Sample", "Cy Third", "Di Last"]);
        assert_eq!(
            split_names("Alexander Sandys").collect::<Vec<_>>(),
            ["Alexander Sandys"]
        );
    }
}
