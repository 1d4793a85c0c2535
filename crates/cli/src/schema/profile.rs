//! The JSON Schema of profiles.
//!
//! What the host reads is described here, and a test holds it to the host's own
//! lists of keys. A step is described once for every plugin, with the settings
//! that the plugin names itself.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_host::{Plugin, Profile};
use serde_json::{Map, Value as Json, json};

use crate::args::Shared;

/// The definitions that steps and signs refer to.
type Definitions = Map<String, Json>;

/// The schema, with the steps of every plugin that a profile within reach uses.
pub(super) fn schema(shared: &Shared) -> anyhow::Result<Json> {
    let (config, plugins) = (shared.config(), shared.plugins());
    let mut used = BTreeSet::new();
    for (name, _) in Profile::names(&config) {
        // One that is broken or missing is no reason to describe none.
        let steps = Profile::load(&name, &config).map(|profile| profile.steps);
        used.extend(steps.iter().flatten().map(|step| step.plugin().to_owned()));
    }
    let mut steps = BTreeMap::new();
    let mut definitions = Definitions::new();
    for name in used {
        let Ok(plugin) = plugins.get(&name) else {
            continue;
        };
        let step = step(&plugin, &mut definitions)?;
        steps.insert(name, step);
    }
    Ok(whole(steps, definitions))
}

fn whole(steps: BTreeMap<String, Json>, mut definitions: Definitions) -> Json {
    let rule = schemars::schema_for!(cleancopy_rules::Rule).to_value();
    let rule = adopt(rule, "sign", &mut definitions);
    definitions.insert("sign".to_owned(), sign(rule));
    let known: Vec<_> = steps.keys().cloned().collect();
    let mut kinds: Vec<_> = steps.into_values().collect();
    kinds.push(step_of_others(&known));
    definitions.insert("step".to_owned(), json!({ "anyOf": kinds }));
    definitions.insert("site".to_owned(), table(site_keys(), &["name"]));
    let mut schema = table(profile_keys(), &["schema", "name"]);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "cleancopy profile".into();
    schema["description"] = "How to clean one publisher, or a network of them.".into();
    schema["$defs"] = definitions.into();
    schema
}

/// A table with these keys and no others.
fn table(properties: Json, required: &[&str]) -> Json {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn text(description: &str) -> Json {
    json!({ "type": "string", "description": description })
}

/// One text or a list of them.
fn texts(description: &str) -> Json {
    json!({
        "description": description,
        "anyOf": [
            { "type": "string", "minLength": 1 },
            { "type": "array", "items": { "type": "string", "minLength": 1 } },
        ],
    })
}

fn list_of(definition: &str, description: &str) -> Json {
    let items = json!({ "$ref": format!("#/$defs/{definition}") });
    json!({ "type": "array", "items": items, "description": description })
}

const HOSTS: &str = "Host names, without `www.`; subdomains count too.";
const PHRASES: &str = "Short texts that only this publisher prints; one is enough.";

fn profile_keys() -> Json {
    let matching = json!({
        "hosts": texts(HOSTS),
        "phrases": texts(PHRASES),
        "languages": texts("BCP 47 tags: a document in one of these languages gets this profile \
            where no publisher is known."),
        "rule": list_of("sign", "Weak signs; three different ones are enough."),
    });
    let mut matching = table(matching, &[]);
    matching["description"] = "How `--profile auto` knows the publisher.".into();
    json!({
        "schema": { "const": 1, "description": "The version of the format: 1." },
        "name": text("The profile's name: that of the file without `.toml`."),
        "title": text("The publisher's name for people."),
        "about": text("Anything the next author should know."),
        "language": text("BCP 47 tag of the language."),
        "extends": texts("The parents, whose steps the profile's own are laid over."),
        "match": matching,
        "html": html(),
        "chain": list_of("step", "The steps: each uses a plugin."),
        "site": list_of("site", "The sites of a network: each is a profile with all of this \
            one. `{title}` and `{host}` stand for the site's own in this file."),
    })
}

/// The selectors of pages.
fn html() -> Json {
    let mut selectors = table(
        json!({
            "article": texts("What they match is the article."),
            "remove": texts("What they match leaves, even inside the article."),
            "keep": texts("What they match stays."),
            "names": {
                "type": "object",
                "description": "Names of your own, with what they match: rules ask for them with \
                    `inside = \"[html~=NAME]\"`, plugins find them on the elements.",
                "additionalProperties": texts("What has this name."),
            },
        }),
        &[],
    );
    selectors["description"] = "Selectors for HTML pages, as in style sheets. One that matches nothing changes nothing and is noted."
        .into();
    selectors
}

fn site_keys() -> Json {
    json!({
        "name": text("The name of the site's profile."),
        "title": text("The site's name for people; `{title}` stands for it."),
        "about": text("Anything the next author should know."),
        "language": text("BCP 47 tag of the language; the network's if it is not given."),
        "hosts": texts("Host names, without `www.`; `{host}` stands for the first."),
        "phrases": texts(PHRASES),
        "chain": list_of("step", "Steps that are laid over those of the network."),
    })
}

/// The keys of a step that belong to the host.
fn step_keys() -> Json {
    json!({
        "use": text("The plugin."),
        "packs": texts("Packs whose rules the step takes, besides those it inherits."),
        "rule": { "type": "array", "description": "Rules, before those of the packs. One with \
            an inherited id takes its place." },
        "without": texts("Ids of inherited rules to leave out."),
        "before": text("Put the step before the one that uses this plugin."),
        "after": text("Put the step after the one that uses this plugin."),
        "off": { "type": "boolean", "description": "Switch an inherited step off." },
        "unit": { "enum": ["item", "document"], "description": "Whether the plugin sees a \
            digest item by item or whole." },
        "once": { "type": "boolean", "description": "Run the step in the first round only: it \
            has to see the document whole." },
    })
}

/// The step of one plugin.
fn step(plugin: &Plugin, definitions: &mut Definitions) -> anyhow::Result<Json> {
    let settings = plugin.schema()?.unwrap_or_else(|| json!({}));
    let settings = adopt(settings, plugin.name(), definitions);
    let open = settings.get("additionalProperties") != Some(&Json::Bool(false));
    let mut keys = step_keys();
    let mut own = settings
        .get("properties")
        .cloned()
        .unwrap_or_else(|| json!({}));
    let rules = own.as_object_mut().and_then(|own| own.remove("rules"));
    match rules.as_ref().and_then(|rules| rules.get("items")) {
        Some(items) => keys["rule"]["items"] = items.clone(),
        None => {
            let keys = keys.as_object_mut();
            keys.into_iter().for_each(|keys| {
                keys.retain(|key, _| !matches!(key.as_str(), "rule" | "packs" | "without"));
            });
        }
    }
    keys["use"] = json!({ "const": plugin.name(), "description": plugin.description() });
    if let (Some(keys), Json::Object(own)) = (keys.as_object_mut(), own) {
        keys.extend(own);
    }
    let mut step = table(keys, &["use"]);
    step["additionalProperties"] = open.into();
    step["title"] = plugin.name().into();
    Ok(step)
}

/// A step of a plugin that nobody has used yet.
fn step_of_others(known: &[String]) -> Json {
    let mut keys = step_keys();
    keys["use"] = json!({ "type": "string", "not": { "enum": known } });
    keys["rule"]["items"] = json!({ "type": "object" });
    let mut step = table(keys, &["use"]);
    step["additionalProperties"] = true.into();
    step["title"] = "any other plugin".into();
    step
}

/// A sign is a rule that need not say why it would take something.
fn sign(mut rule: Json) -> Json {
    if let Some(required) = rule.get_mut("required").and_then(Json::as_array_mut) {
        required.retain(|key| key != "category");
    }
    rule
}

/// Moves the definitions of a schema to the common ones. Those that are the
/// same in several plugins stand there once, others under the owner's name.
fn adopt(mut schema: Json, owner: &str, definitions: &mut Definitions) -> Json {
    let own = schema.as_object_mut().and_then(|schema| {
        schema.remove("$schema");
        schema.remove("$defs")
    });
    let Some(Json::Object(own)) = own else {
        return schema;
    };
    let taken = |name: &String| {
        definitions
            .get(name)
            .is_some_and(|known| *known != own[name])
    };
    let renamed: Vec<String> = own.keys().filter(|name| taken(name)).cloned().collect();
    let rename = |value: &mut Json| {
        for name in &renamed {
            redirect(value, name, &format!("{owner}.{name}"));
        }
    };
    rename(&mut schema);
    for (name, mut definition) in own {
        rename(&mut definition);
        let name = if renamed.contains(&name) {
            format!("{owner}.{name}")
        } else {
            name
        };
        definitions.insert(name, definition);
    }
    schema
}

/// Lets what refers to one definition refer to another.
fn redirect(value: &mut Json, from: &str, to: &str) {
    match value {
        Json::Object(table) => {
            for (key, value) in table {
                match value {
                    Json::String(path) if key == "$ref" && *path == format!("#/$defs/{from}") => {
                        *path = format!("#/$defs/{to}");
                    }
                    other => redirect(other, from, to),
                }
            }
        }
        Json::Array(list) => list.iter_mut().for_each(|value| redirect(value, from, to)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_host::{MATCH_KEYS, PROFILE_KEYS, SITE_KEYS, STEP_KEYS};

    fn check(described: &Json, known: &[&str]) {
        let described: BTreeSet<_> = described.as_object().unwrap().keys().cloned().collect();
        assert_eq!(
            described,
            known.iter().map(|key| (*key).to_owned()).collect()
        );
    }

    #[test]
    fn every_key_of_the_host_is_described() {
        check(&profile_keys(), PROFILE_KEYS);
        check(&profile_keys()["match"]["properties"], MATCH_KEYS);
        check(&site_keys(), SITE_KEYS);
        check(&step_keys(), STEP_KEYS);
    }

    #[test]
    fn definitions_that_differ_are_told_apart() {
        let mut common = Definitions::new();
        let schema = |kind: &str| json!({ "items": { "$ref": "#/$defs/R" }, "$defs": { "R": { "type": kind } } });
        adopt(schema("string"), "a", &mut common);
        assert_eq!(
            adopt(schema("string"), "b", &mut common)["items"]["$ref"],
            "#/$defs/R"
        );
        assert_eq!(
            adopt(schema("array"), "c", &mut common)["items"]["$ref"],
            "#/$defs/c.R"
        );
        assert_eq!(common["c.R"]["type"], "array");
    }
}
