//! Networks: many sites of one publisher in one file.
//!
//! The file of a network is a profile like any other, and each `[[site]]` in
//! it is a profile, too, that has all of the network and a little of its own.
//! What the sites print alike but for their name is written once: in a file
//! with sites, `{title}` and `{host}` stand for the site's own.

use crate::config::Found;
use crate::error::ConfigError;
use crate::node::{Node, Table, Value, parse};

/// Keys of a `[[site]]`.
pub const SITE_KEYS: &[&str] = &[
    "name", "title", "about", "language", "hosts", "phrases", "chain",
];

const TITLE: &str = "{title}";
const HOST: &str = "{host}";

/// The names of the sites in a file; none if it is no network, or broken.
pub(crate) fn sites(file: &Found) -> Vec<String> {
    // Most files are no network, and need not be parsed to know it.
    let mut lines = file.text.lines().map(str::trim_start);
    if !lines
        .any(|line| line.starts_with("site") || line.starts_with("[[") && line.contains("site"))
    {
        return Vec::new();
    }
    let Ok(table) = parse(&file.name, &file.text) else {
        return Vec::new();
    };
    let names = table.tables("site").unwrap_or_default().into_iter();
    names
        .filter_map(|(site, _)| Some(site.text("name").ok()??.0.to_owned()))
        .collect()
}

/// Checks the sites of a profile's table and fills the table in for the one
/// that is wanted, which it answers. For the network itself whatever names a
/// site leaves the table.
pub(crate) fn prepare(
    table: &mut Table,
    wanted: Option<&str>,
) -> Result<Option<Table>, ConfigError> {
    let mut site = None;
    let mut names: Vec<String> = Vec::new();
    for (each, place) in table.tables("site")? {
        each.only("[[site]]", SITE_KEYS)?;
        let Some((name, at)) = each.text("name")? else {
            let message = "a [[site]] needs `name = \"…\"`, the name of its profile";
            return Err(ConfigError::at(place.to_string(), message));
        };
        if names.iter().any(|known| known == name) {
            let message = format!("site `{name}` stands twice");
            return Err(ConfigError::at(at.to_string(), message));
        }
        names.push(name.to_owned());
        if Some(name) == wanted {
            site = Some(each.clone());
        }
    }
    if names.is_empty() {
        return Ok(None);
    }
    let slots = site.as_ref().map(Slots::of).transpose()?;
    for key in ["match", "chain"] {
        for (_, node) in table.0.iter_mut().filter(|(k, _)| k.name == key) {
            fill(node, key, slots.as_ref())?;
        }
    }
    Ok(site)
}

/// What the slots stand for in one site.
struct Slots {
    title: Option<String>,
    host: Option<String>,
}

impl Slots {
    fn of(site: &Table) -> Result<Self, ConfigError> {
        Ok(Self {
            title: site.text("title")?.map(|(title, _)| title.to_owned()),
            host: site
                .texts("hosts")?
                .into_iter()
                .next()
                .map(|(host, _)| host),
        })
    }
}

/// Fills the texts of a value in; without a site, those with slots leave, and
/// with them the rules they stand in. Answers whether the value stays.
fn fill(node: &mut Node, key: &str, slots: Option<&Slots>) -> Result<bool, ConfigError> {
    let place = node.place.to_string();
    match &mut node.value {
        Value::Text(text) => {
            for (slot, value) in [
                (TITLE, slots.map(|s| s.title.as_deref())),
                (HOST, slots.map(|s| s.host.as_deref())),
            ] {
                match value {
                    _ if !text.contains(slot) => {}
                    None => return Ok(false),
                    Some(None) => {
                        let message = format!("`{slot}` stands for nothing: the site has none");
                        return Err(ConfigError::at(place, message));
                    }
                    Some(Some(value)) if key == "regex" => {
                        *text = text.replace(slot, &escaped(value));
                    }
                    Some(Some(value)) => *text = text.replace(slot, value),
                }
            }
            Ok(true)
        }
        Value::List(list) => {
            let before = list.len();
            let mut kept = Vec::with_capacity(before);
            for mut item in list.drain(..) {
                if fill(&mut item, key, slots)? {
                    kept.push(item);
                }
            }
            *list = kept;
            // Of a list of texts that all name a site nothing is left to say.
            Ok(before == 0 || !list.is_empty())
        }
        Value::Table(table) => {
            let before = table.0.len();
            let mut kept = Vec::with_capacity(before);
            for (key, mut node) in table.0.drain(..) {
                if fill(&mut node, &key.name, slots)? {
                    kept.push((key, node));
                }
            }
            table.0 = kept;
            // A rule with a condition less would take more.
            Ok(key != "rule" || table.0.len() == before)
        }
        _ => Ok(true),
    }
}

/// A text as a regex that matches it and nothing else.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if r"\.+*?()|[]{}^$#&-~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const COAST: &str = r#"
        [match]
        phrases = ["a Coast Press paper", "support {title}"]
        [[chain]]
        use = "strip-banners"
        [[chain.rule]]
        id = "a"
        regex = '^© {title}$'
        [[chain.rule]]
        id = "b"
        starts = "Read on {host}"
        [[chain.rule]]
        id = "c"
        equals = "Coast Press"
        [[site]]
        name = "keld"
        title = "Keld Courier (est. 1901)"
        hosts = ["keld.example"]
    "#;

    fn filled(wanted: Option<&str>) -> serde_json::Value {
        let mut table = parse("t", COAST).unwrap();
        prepare(&mut table, wanted).unwrap();
        table.json()
    }

    #[test]
    fn a_site_fills_the_slots() {
        let site = filled(Some("keld"));
        assert_eq!(
            site["match"]["phrases"][1],
            "support Keld Courier (est. 1901)"
        );
        let rules = &site["chain"][0]["rule"];
        assert_eq!(rules[0]["regex"], r"^© Keld Courier \(est\. 1901\)$");
        assert_eq!(rules[1]["starts"], "Read on keld.example");
    }

    #[test]
    fn the_network_itself_keeps_what_names_no_site() {
        let network = filled(None);
        assert_eq!(network["match"]["phrases"].as_array().unwrap().len(), 1);
        let rules = network["chain"][0]["rule"].as_array().unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!(rules[0]["id"], "c");
    }

    #[test]
    fn a_slot_without_a_value_is_an_error_with_its_place() {
        let text = "[match]\nphrases = [\"support {title}\"]\n[[site]]\nname = \"keld\"\n";
        let mut table = parse("t", text).unwrap();
        let error = prepare(&mut table, Some("keld")).unwrap_err();
        assert!(
            error.to_string().starts_with("t:2:12: `{title}`"),
            "{error}"
        );
    }
}
