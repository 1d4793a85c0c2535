//! Finding what somebody meant to write.

/// The name among `known` that is most like `name`, if one is like it at all.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = known
        .into_iter()
        .map(|k| (k, strsim::jaro_winkler(name, k)));
    let best = scored.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)));
    best.filter(|(_, score)| *score > 0.75).map(|(k, _)| k)
}

/// `; did you mean …?`, or nothing.
pub(crate) fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map_or(String::new(), |k| format!("; did you mean `{k}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_likeness_is_offered() {
        assert_eq!(
            nearest("independant", ["english", "independent"]),
            Some("independent")
        );
        assert_eq!(nearest("xyz", ["english", "independent"]), None);
    }
}
