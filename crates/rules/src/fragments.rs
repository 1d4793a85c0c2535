//! The fragments a regex may name: `{name}`, `{date}`, … and, for other
//! languages, `{date_de}`, `{names_uk}`, …

mod foreign;

use crate::Problem;

/// Name and regex of each fragment. A fragment may name others. All groups are
/// without capture, and quotes stand in every form because the line may not
/// have been folded.
const FRAGMENTS: &[(&str, &str)] = &[
    ("date", DATE),
    ("month", MONTH),
    ("name", NAME),
    ("names", NAMES),
    ("time", TIME),
    ("weekday", WEEKDAY),
    ("zone", ZONE),
];

const MONTH: &str = r"\b(?:Jan(?:uary\b|\.|\b)|Feb(?:ruary\b|\.|\b)|Mar(?:ch\b|\.|\b)|Apr(?:il\b|\.|\b)|May\b|June?\b|July?\b|Aug(?:ust\b|\.|\b)|Sept?(?:ember\b|\.|\b)|Oct(?:ober\b|\.|\b)|Nov(?:ember\b|\.|\b)|Dec(?:ember\b|\.|\b))";

const WEEKDAY: &str = r"\b(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\b";

/// `2 March 2024`, `March 2nd, 2024`, `2024-03-02`, `02/03/2024`.
const DATE: &str = r"(?:{weekday},? )?(?:\b\d{1,2}(?:st|nd|rd|th)?(?: of)? {month}(?:,? \d{4}\b)?|{month} \d{1,2}(?:st|nd|rd|th)?\b(?:,? ?\d{4}\b)?|\b\d{4}[-‐‑–−/.]\d{1,2}[-‐‑–−/.]\d{1,2}\b|\b\d{1,2}[-‐‑–−/.]\d{1,2}[-‐‑–−/.](?:\d{4}|\d{2})\b)";

/// `15:04`, `15:04:05`, `3.04pm`, `3 p.m.`
const TIME: &str = r"\b(?:(?:2[0-3]|[01]?\d)[:.][0-5]\d(?::[0-5]\d)?(?:\s?(?:[ap]\.\s?m\.|[ap]m\b)|\b)|(?:1[0-2]|0?[1-9])\s?(?:[ap]\.\s?m\.|[ap]m\b))";

const ZONE: &str = r"(?:\b(?:GMT|UTC|BST|BdST|BDT|WEST|WET|CEST|CET|EEST|EET|MSK|TRT|E[SD]T|C[SD]T|M[SD]T|P[SD]T|AK[SD]T|A[SD]T|[ECMP]T|IST|PKT|NPT|MMT|ICT|WIB|SGT|MYT|PHT|HKT|JST|KST|AE[SD]T|AC[SD]T|AWST|NZ[SD]T|SAST|WAT|CAT|EAT|GST|AST|BRT|ART|Z)\b(?:[-+‐‑–−]\d{1,2}(?::?\d{2})?\b)?|[-+‐‑–−]\d{2}:?\d{2}\b)";

/// One person's name, in letters of the scripts that have capitals. Only a
/// word that another follows may end in a dot, so that the dot of a sentence
/// stays out.
const NAME: &str = r"(?-i:\b(?:{word}|{dotted})(?: (?:{particle} )*(?:{dotted}|{word})){0,3} (?:{particle} )*{word}(?: [JS]r\.)?)";

/// Names joined by commas, `and`, `&` or `/`.
const NAMES: &str = r"{name}(?:(?:\s?[,;] (?:(?:and|&) )?| and | ?& ?| ?/ ?){name})*";

/// What fragments are made of; no rule can name these. Each may name those
/// that stand below it.
const PARTS: &[(&str, &str)] = &[
    ("weekday", WEEKDAY),
    ("month", MONTH),
    ("name", NAME),
    // A capital, more letters, and parts joined by a hyphen or an apostrophe.
    // The `’s` of a genitive is too short to be a part.
    (
        "word",
        r"(?:(?:(?:[Aa]l|[Ee]l|[Uu]l|a[dnrstz]|ash)[-‐‑]|[DdLlO]['’‘])?{upper}{letter}*(?:[-‐‑'’‘]{letter}{letter}+)*\b)",
    ),
    // Initials and short forms: `J.`, `J.R.R.`, `Md.`
    (
        "dotted",
        r"(?:(?:{upper}\.)+|(?:M[dr]|Mrs|Ms|Dr|St|Prof|Sen|Rep|Gov|Gen|Col|Maj|Capt|Lt|Sgt|Rev|Hon)\.)",
    ),
    (
        "particle",
        r"(?:d[aeiou]|d[ao]s|de[lnr]|della|di|van|von|vom|zu[mr]?|a[fv]|al|el|ul|bin|bint|ibn|ben|l[ae]|les|los|te[nr]|y|e)",
    ),
    // A capital of the Latin, Greek or Cyrillic script. Bounding the scripts
    // keeps the compiled regex small.
    ("upper", r"[\p{Lu}&&[\x{0}-\x{52f}\x{1e00}-\x{1fff}]]"),
    // A letter, or an accent that follows its letter.
    (
        "letter",
        r"[[\p{L}\p{M}]&&[\x{0}-\x{52f}\x{1e00}-\x{1fff}]]",
    ),
];

/// The regex a fragment stands for, with other fragments expanded.
///
/// # Errors
/// [`Problem::UnknownFragment`] with the most similar name.
pub(crate) fn fragment(name: &str) -> Result<String, Problem> {
    let english = FRAGMENTS.iter().find(|(known, _)| *known == name);
    let foreign = || foreign::regex(name.split_once('_')?.0, name.split_once('_')?.1);
    let regex = english.map(|(_, regex)| (*regex).to_owned());
    let Some(regex) = regex.or_else(foreign) else {
        return Err(unknown(name));
    };
    let mut whole = format!("(?:{regex})");
    for (part, regex) in PARTS {
        whole = whole.replace(&format!("{{{part}}}"), regex);
    }
    Ok(whole)
}

fn unknown(name: &str) -> Problem {
    let (kind, language) = name.split_once('_').unwrap_or((name, ""));
    if foreign::KINDS.contains(&kind) && !language.is_empty() {
        return Problem::UnknownLanguage(language.to_owned());
    }
    let names = FRAGMENTS.iter().map(|(known, _)| *known);
    let nearest = names.min_by_key(|known| strsim::damerau_levenshtein(known, kind));
    Problem::UnknownFragment {
        name: name.to_owned(),
        nearest: nearest.unwrap_or("name"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::RegexBuilder;

    /// What of each text a fragment finds, `-` for nothing.
    fn check(name: &str, cases: &[(&str, &str)]) {
        let regex = RegexBuilder::new(&fragment(name).unwrap())
            .case_insensitive(true)
            .build()
            .unwrap();
        for (text, wanted) in cases {
            let found = regex.find(text).map_or("-", |found| found.as_str());
            assert_eq!(found, *wanted, "{name} in {text:?}");
        }
    }

    #[test]
    fn names_are_capitalised_words() {
        check(
            "name",
            &[
                ("By Ana María de la Cruz.", "By Ana María de la Cruz"),
                ("reported by Tom O’Brien’s desk", "Tom O’Brien"),
                ("von Ursula von der Leyen, Kyiv", "Ursula von der Leyen"),
                ("Md. Rezaul Karim", "Md. Rezaul Karim"),
                ("J.R.R. Tolkien wrote", "J.R.R. Tolkien"),
                ("Abu al-Sayed and others", "Abu al-Sayed"),
                ("Jean-Luc McGregor", "Jean-Luc McGregor"),
                ("Zoë Müller-Lüdenscheidt said", "Zoë Müller-Lüdenscheidt"),
                ("a single Name here", "-"),
                ("no name at all", "-"),
            ],
        );
    }

    #[test]
    fn names_join() {
        check(
            "names",
            &[
                (
                    "by Jo Ray, Al Fox and Di Orr in Rome",
                    "Jo Ray, Al Fox and Di Orr",
                ),
                ("Jo Ray & Al Fox", "Jo Ray & Al Fox"),
                ("Jo Ray, who was there", "Jo Ray"),
            ],
        );
    }

    #[test]
    fn times_dates_and_zones() {
        check(
            "time",
            &[
                ("at 15:04 today", "15:04"),
                ("3.04pm", "3.04pm"),
                ("3:04 P.M. sharp", "3:04 P.M."),
                ("at 3pm.", "3pm"),
                ("17:13:51", "17:13:51"),
                ("25:61", "-"),
                ("12 people", "-"),
            ],
        );
        check(
            "date",
            &[
                ("on 2 March 2024, he", "2 March 2024"),
                ("Mar. 2, 2024", "Mar. 2, 2024"),
                ("Sunday, March 2nd", "Sunday, March 2nd"),
                ("2024-03-02T", "-"),
                ("2024-03-02 10:00", "2024-03-02"),
                ("02/03/2024", "02/03/2024"),
                ("marching 2", "-"),
            ],
        );
        check(
            "zone",
            &[
                ("17:13 BdST", "BdST"),
                ("10:00 GMT+2", "GMT+2"),
                ("10:00+06:00", "+06:00"),
                ("gmtx", "-"),
            ],
        );
        check("weekday", &[("on Tues, x", "Tues"), ("Sundry", "-")]);
        check("month", &[("Sept. 3", "Sept."), ("Mayor", "-")]);
    }

    #[test]
    fn an_unknown_fragment_names_the_nearest() {
        let problem = fragment("nmae").unwrap_err();
        assert!(problem.to_string().contains("did you mean `{name}`"));
    }
}
