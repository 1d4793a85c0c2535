//! Tags of languages by BCP 47.
//!
//! ```text
//! en_us       -> en-US
//! ZH-hans-cn  -> zh-Hans-CN
//! English     -> nothing
//! ```

/// A tag in its usual spelling; none for what is no tag.
pub(super) fn tag(written: &str) -> Option<String> {
    let written = written.split([',', ';', '.']).next()?.trim();
    let mut parts = written.split(['-', '_']);
    let language = parts.next()?;
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    if !(2..=3).contains(&language.len()) || !letters(language) {
        return None;
    }
    let mut tag = language.to_ascii_lowercase();
    for part in parts {
        let fits = (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !fits {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 if letters(part) => tag.push_str(&part.to_ascii_uppercase()),
            4 if letters(part) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_spelled_alike() {
        for (written, expected) in [
            ("en", Some("en")),
            ("en_us", Some("en-US")),
            (" PT-br ", Some("pt-BR")),
            ("zh-hans-CN", Some("zh-Hans-CN")),
            ("es-419", Some("es-419")),
            ("en_US.utf8", Some("en-US")),
            ("en, fr", Some("en")),
            ("English", None),
            ("x-default", None),
            ("", None),
            ("en-é", None),
            ("{{lang}}", None),
        ] {
            assert_eq!(tag(written).as_deref(), expected, "{written}");
        }
    }
}
