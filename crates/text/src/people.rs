//! Names of people in bylines.

/// Cuts a list of names at commas, `and` and `&`: `Ann Example, Bo Sample and
/// Cy Third`. White space round the names goes.
pub fn split_names(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', '&', ';'])
        .flat_map(|part| part.split(" and "))
        .map(|name| name.trim().trim_start_matches("and ").trim())
        .filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

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
