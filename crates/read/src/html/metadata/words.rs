//! Words that tell jobs and organisations from names.
//!
//! ```text
//! Ada Moss          -> neither
//! Political Editor  -> a trade and a job
//! Keld News Agency  -> an organisation
//! ```

/// Whether a word is a job, or somebody of whom nothing else is known.
pub(super) fn is_job(word: &str) -> bool {
    const JOBS: &[&str] = &[
        "admin",
        "administrator",
        "analyst",
        "anchor",
        "anonymous",
        "author",
        "authors",
        "blogger",
        "ceo",
        "chief",
        "columnist",
        "commentator",
        "contributor",
        "contributors",
        "correspondent",
        "creator",
        "critic",
        "director",
        "editor",
        "editors",
        "expert",
        "founder",
        "freelance",
        "freelancer",
        "guest",
        "intern",
        "journalist",
        "manager",
        "photographer",
        "president",
        "producer",
        "professor",
        "reporter",
        "reporters",
        "reports",
        "reviewer",
        "specialist",
        "staff",
        "staffer",
        "user",
        "webmaster",
        "writer",
        "writers",
        "redacteur",
        "redakteur",
        "redakteurin",
        "reporterin",
    ];
    among(word, JOBS)
}

/// Whether a word says of which kind a job is.
pub(super) fn is_trade(word: &str) -> bool {
    const TRADES: &[&str] = &[
        "and",
        "arts",
        "assistant",
        "associate",
        "business",
        "city",
        "co-founder",
        "consumer",
        "contributing",
        "crime",
        "culture",
        "deputy",
        "digital",
        "diplomatic",
        "economics",
        "education",
        "entertainment",
        "environment",
        "executive",
        "features",
        "financial",
        "foreign",
        "general",
        "health",
        "in",
        "international",
        "investigative",
        "legal",
        "local",
        "managing",
        "medical",
        "multimedia",
        "national",
        "news",
        "opinion",
        "our",
        "parliamentary",
        "political",
        "politics",
        "regional",
        "royal",
        "science",
        "senior",
        "social",
        "special",
        "sr",
        "vice",
        "sports",
        "sport",
        "technology",
        "the",
        "travel",
        "video",
        "web",
        "world",
    ];
    among(word, TRADES)
}

/// Whether a word belongs to what stands round a name, and to none.
pub(super) fn is_label(word: &str) -> bool {
    const LABELS: &[&str] = &[
        "articles",
        "at",
        "bio",
        "biography",
        "by",
        "follow",
        "for",
        "from",
        "more",
        "of",
        "posts",
        "profile",
        "read",
        "see",
        "updated",
        "view",
        "with",
        "written",
        "years",
    ];
    among(word, LABELS)
}

/// Whether a word is a month, perhaps short.
pub(super) fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ];
    among(word, MONTHS)
}

/// Whether a text names an organisation, by one of its words.
pub(super) fn is_organisation(text: &str) -> bool {
    const KINDS: &[&str] = &[
        "afp",
        "agence",
        "agencies",
        "agency",
        "ansa",
        "ap",
        "associated",
        "association",
        "bbc",
        "bloomberg",
        "board",
        "bureau",
        "center",
        "centre",
        "cnn",
        "committee",
        "company",
        "council",
        "department",
        "desk",
        "dpa",
        "editorial",
        "foundation",
        "gmbh",
        "group",
        "inc",
        "institute",
        "llc",
        "ltd",
        "magazine",
        "media",
        "ministry",
        "network",
        "newsroom",
        "newswire",
        "office",
        "online",
        "pa",
        "press",
        "reuters",
        "service",
        "services",
        "society",
        "team",
        "times",
        "university",
        "upi",
        "wire",
        "xinhua",
        "redaktion",
        "redaktionen",
        "redazione",
        "redacción",
        "redaccion",
        "rédaction",
        "redactie",
    ];
    let words = || text.split_whitespace();
    let site = words().any(|word| {
        [".com", ".org", ".net", ".co.uk"]
            .iter()
            .any(|e| word.ends_with(e))
    });
    // `Herald Staff`, `Keld News`; but not a staff writer.
    let last = words().next_back();
    let crowd = last.is_some_and(|w| {
        among(
            w,
            &["staff", "news", "editors", "reporters", "herald", "tv"],
        )
    });
    let whose = words().next().is_some_and(|w| !is_job(w) && !is_trade(w));
    let article = text.starts_with("The ") || text.contains(" the ");
    site || article
        || words().any(|word| among(word, KINDS))
        || crowd && whose && words().nth(1).is_some()
}

fn among(word: &str, list: &[&str]) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    list.iter()
        .any(|known| known.len() == word.len() && known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_neither_job_nor_organisation() {
        for name in ["Ada Moss", "Bo van der Berg", "Tim E. Staffen", "Paola Api"] {
            assert!(!is_organisation(name), "{name}");
            assert!(
                !name.split(' ').any(|word| is_job(word) || is_trade(word)),
                "{name}"
            );
        }
        for name in [
            "Keld News",
            "AP",
            "keld.example.com",
            "Team Keld",
            "Reuters Staff",
        ] {
            assert!(is_organisation(name), "{name}");
        }
        assert!(!is_organisation("Senior Staff") && !is_organisation("Staff"));
    }
}
