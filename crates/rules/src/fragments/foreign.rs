//! Fragments for languages other than English: `{date_de}`, `{names_uk}`, …

use cleancopy_text::Language;

/// The kinds there are for each language.
pub(super) const KINDS: &[&str] = &[
    "date", "moment", "month", "names", "stamp", "time", "weekday",
];

/// The regex of `kind` in a language; none for a kind or language that is not
/// known. Case never counts in dates and times, always in names.
pub(super) fn regex(kind: &str, tag: &str) -> Option<String> {
    let words = Words {
        language: Language::of(tag)?,
        tag,
    };
    Some(match kind {
        "month" => format!("(?i:{})", words.month()),
        "weekday" => format!("(?i:{})", words.weekday()),
        "date" => format!("(?i:{})", words.date()),
        "time" => format!("(?i:{})", words.time()),
        "moment" => format!("(?i:{})", words.moment("")),
        "stamp" => format!("(?i:{})", words.moment("?")),
        "names" => words.names(),
        _ => return None,
    })
}

struct Words<'t> {
    language: &'static Language,
    tag: &'t str,
}

impl Words<'_> {
    /// A choice of the words of a kind.
    fn any(&self, kind: &str) -> String {
        choice(self.language.words(kind).iter().copied())
    }

    fn is_dense(&self) -> bool {
        matches!(self.tag, "zh" | "ja")
    }

    fn month(&self) -> String {
        format!(r"{}\.?", choice(self.language.months().flatten().copied()))
    }

    fn weekday(&self) -> String {
        format!(r"{}\.?", self.any("weekday"))
    }

    /// `Freitag, 14. März 2025`, `14 de marzo de 2025`, `14 марта 2025 г.`,
    /// `14.03.2025`, `2025年3月14日`.
    fn date(&self) -> String {
        let numbers = r"\d{4} ?[-./] ?\d{1,2} ?[-./] ?\d{1,2}\b|\b\d{1,2} ?[-./] ?\d{1,2} ?[-./] ?(?:\d{4}|\d{2})\b";
        if self.is_dense() {
            let day = self.any("weekday");
            return format!(
                r"(?:\d{{4}} ?年 ?)?\d{{1,2}} ?月 ?\d{{1,2}} ?[日号號](?: ?\(?{day}\)?)?|{numbers}"
            );
        }
        let (month, weekday) = (self.month(), self.weekday());
        let of = optional(&self.any("of"), "(?: ", ")?");
        let year_end = optional(&self.any("year"), "(?: ?", ")?");
        format!(
            r"(?:{weekday},? (?:de[nr] |le |il |el )?)?(?:\b\d{{1,2}}(?:\.|er|º|°)?{of} {month}(?: ?/ ?{month})?(?:{of},? \d{{4}}\b{year_end})?|{numbers})(?:,? {weekday})?"
        )
    }

    /// `17:13`, `17.13 Uhr`, `17h13`, `下午5:13`, `17時13分`, `5:13 م`.
    fn time(&self) -> String {
        let half = match self.language.words("am") {
            [] => String::new(),
            _ => format!("(?:{}|{})", self.any("am"), self.any("pm")),
        };
        if self.is_dense() {
            return format!(
                r"(?:{half} ?)?\b?(?:2[0-3]|[01]?\d)[:时時点點][0-5]\d(?::[0-5]\d|分(?:[0-5]\d秒)?)?"
            );
        }
        let half = optional(&half, "(?: ?", ")?");
        let after = optional(&self.any("after"), "(?: ?", r"\b\.?)?");
        format!(r"\b(?:2[0-3]|[01]?\d)(?:[:.]| ?h ?)[0-5]\d(?::[0-5]\d)?\b{half}{after}")
    }

    /// A date with its time: `14. März 2025, 17:13 Uhr`, or a time with its
    /// date. `or_not` is `?` if the date alone will do.
    fn moment(&self, or_not: &str) -> String {
        let (date, time) = (self.date(), self.time());
        let before = optional(&self.any("before"), "(?:", " ?)?");
        let mark = r"(?: ?[,،|·•/–-])? ?";
        let zone = r"(?: ?\(?(?:GMT|UTC|CES?T|MEZ|MESZ|MSK|WES?T|EES?T|JST|CST|BRT|ART|TRT)(?:[-+]\d{1,2}(?::\d\d)?)?\)?)?";
        format!("(?:(?:{date})(?:{mark}{before}{time}{zone}){or_not}|{time}{zone}{mark}(?:{date}))")
    }

    /// Names joined as the language does it.
    fn names(&self) -> String {
        match self.tag {
            "zh" => {
                let name = r"[\p{Han}·]{2,10}";
                format!(r"(?-i:{name}(?:[ 、,/]{name}){{0,5}})")
            }
            "ja" => {
                let name = r"[\p{Han}\p{Hiragana}\p{Katakana}ー・]{1,10}";
                format!(r"(?-i:{name}(?: {name})?(?:[、,/]{name}(?: {name})?){{0,4}})")
            }
            "ar" => {
                let name = r"\p{Arabic}+(?: \p{Arabic}+){1,3}";
                format!(r"(?:{name}(?:(?:[،,/] ?| - ){name}){{0,4}})")
            }
            _ => {
                let join = self.any("join");
                format!(r"{{name}}(?:(?:\s?[,;] (?:(?:{join}|&) )?| {join} | ?& ?| ?/ ?){{name}})*")
            }
        }
    }
}

/// One of these words, the longest first, as a group; nothing of none.
fn choice<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut words: Vec<String> = words.map(regex_syntax::escape).collect();
    words.sort_by_key(|word| (std::cmp::Reverse(word.len()), word.clone()));
    words.dedup();
    match words.is_empty() {
        true => String::new(),
        false => format!("(?:{})", words.join("|")),
    }
}

/// A regex between two others, if there is one.
fn optional(regex: &str, before: &str, behind: &str) -> String {
    match regex {
        "" => String::new(),
        regex => format!("{before}{regex}{behind}"),
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use crate::fragments::fragment;

    /// Whether a fragment matches the whole text.
    fn is(name: &str, text: &str) -> bool {
        let regex = format!("^(?:{})$", fragment(name).unwrap());
        Regex::new(&regex).unwrap().is_match(text)
    }

    #[test]
    fn stamps_of_every_language() {
        for (tag, texts) in [
            (
                "de",
                [
                    "Freitag, 14. März 2025, 17:13 Uhr",
                    "14.03.2025",
                    "14. Mär. 2025 um 17.13 Uhr",
                ],
            ),
            (
                "fr",
                [
                    "14 mars 2025 à 17h13",
                    "vendredi 14 mars 2025",
                    "14/03/2025 à 17:13",
                ],
            ),
            (
                "es",
                [
                    "14 de marzo de 2025 a las 17:13 h",
                    "14/03/2025 - 17:13",
                    "14 MAR 2025",
                ],
            ),
            (
                "it",
                [
                    "14 marzo 2025 alle 17:13",
                    "venerdì 14 marzo 2025",
                    "14/03/2025, ore 17:13",
                ],
            ),
            (
                "pt",
                [
                    "14 de março de 2025 às 17h13",
                    "14/03/2025 17h13",
                    "14 mar. 2025",
                ],
            ),
            (
                "nl",
                [
                    "vrijdag 14 maart 2025 om 17:13 uur",
                    "14 mrt 2025 17:13",
                    "14-03-2025",
                ],
            ),
            (
                "pl",
                [
                    "14 marca 2025, godz. 17:13",
                    "14.03.2025 17:13",
                    "piątek, 14 marca 2025",
                ],
            ),
            (
                "tr",
                [
                    "14 Mart 2025 Cuma, 17:13",
                    "14.03.2025 - 17:13",
                    "14 Mart 2025 Saat 17:13",
                ],
            ),
            (
                "uk",
                [
                    "14 березня 2025 року, 17:13",
                    "14.03.2025, 17:13",
                    "П'ятниця, 14 березня 2025",
                ],
            ),
            (
                "ru",
                [
                    "14 марта 2025 г., 17:13",
                    "14.03.2025 в 17:13",
                    "17:13, 14 марта 2025",
                ],
            ),
            (
                "ar",
                [
                    "الجمعة 14 مارس 2025 - 5:13 مساءً",
                    "14 آذار/مارس 2025",
                    "١٤ مارس ٢٠٢٥",
                ],
            ),
            (
                "zh",
                [
                    "2025年3月14日 17:13",
                    "2025-03-14 17:13:05",
                    "2025年3月14日 星期五 下午5:13",
                ],
            ),
            (
                "ja",
                [
                    "2025年3月14日 17時13分",
                    "2025年3月14日(金)午後5時13分",
                    "2025/03/14 17:13",
                ],
            ),
        ] {
            for text in texts {
                assert!(is(&format!("stamp_{tag}"), text), "{tag}: {text}");
            }
        }
        assert!(is("moment_de", "14.03.2025, 17:13 Uhr") && !is("moment_de", "14.03.2025"));
        assert!(!is("stamp_de", "14 Tage"));
        assert!(!is("stamp_fr", "14 mars au matin"));
        assert!(!is("date_zh", "第3章14节"));
    }

    #[test]
    fn names_join_as_the_language_does_it() {
        for (fragment, text) in [
            ("names_de", "Ann Example und Bo Sample"),
            ("names_fr", "Ann Example, Bo Sample et Cy Third"),
            ("names_uk", "Анна Коваль та Ігор Бойко"),
            ("names_ru", "Анна Иванова и Пётр Соколов"),
            ("names_tr", "Ayşe Yılmaz ve Çağrı Öz"),
            ("names_pl", "Łucja Żak i Jan Nowak"),
            ("names_zh", "张三 李四"),
            ("names_ja", "山田 太郎、佐藤 花子"),
            ("names_ar", "أحمد علي، ليلى حسن"),
        ] {
            assert!(is(fragment, text), "{fragment}: {text}");
        }
        assert!(!is("names_de", "Ann Example und ein Hund"));
        assert!(!is("names_ru", "Анна"));
    }

    #[test]
    fn an_unknown_language_is_an_error() {
        for name in ["date_xx", "dates_de", "date_", "name_de"] {
            assert!(fragment(name).is_err(), "{name}");
        }
        let problem = fragment("date_xx").unwrap_err().to_string();
        assert!(problem.contains("language `xx`"), "{problem}");
    }
}
