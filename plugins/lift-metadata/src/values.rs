//! What becomes of the text of a value.

use std::borrow::Cow;

use cleancopy_text::{Language, parse_time_line, split_names, split_names_in};

/// The values in a text, by the key they are for: names are parted, and times
/// written by RFC 3339 when date, time of day and zone are all there. `tag` is
/// the language of the text by BCP 47, if it is known.
pub(crate) fn of<'t>(key: &str, text: &'t str, tag: Option<&str>) -> Vec<Cow<'t, str>> {
    match key {
        "byline" => match tag.and_then(Language::of) {
            Some(language) => {
                let names = split_names_in(text, language);
                names.into_iter().map(Cow::from).collect()
            }
            None => split_names(text).map(Cow::from).collect(),
        },
        "published" | "modified" => {
            let time = parse_time_line(text).and_then(|line| line.rfc3339());
            vec![time.map_or(Cow::from(text), Cow::from)]
        }
        _ => vec![Cow::from(text)],
    }
}
