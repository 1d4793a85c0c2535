//! The JSON Schemas of profiles and packs are fresh, and fit what is shipped.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use serde_json::Value as Json;
use support::{clean, root, run, write};

fn check(kind: &str) {
    let printed = run(clean().args(["schema", kind]));
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    let path = root().join(format!("config/schema/{kind}.schema.json"));
    if std::env::var_os("UPDATE_SCHEMA").is_some() && std::env::var_os("CI").is_none() {
        write(&path, &printed.out);
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == printed.out,
        "{} is stale: UPDATE_SCHEMA=1 cargo test -p cleancopy --test schema",
        path.display()
    );
}

#[test]
fn the_schema_of_profiles_is_the_committed_one() {
    check("profile");
}

#[test]
fn the_schema_of_packs_is_the_committed_one() {
    check("pack");
}

#[test]
fn plugins_describe_their_settings_in_the_schema_of_profiles() {
    let schema: Json = serde_json::from_str(&run(clean().args(["schema", "profile"])).out).unwrap();
    let steps = schema["$defs"]["step"]["anyOf"].as_array().unwrap();
    let step = |name: &str| {
        let found = steps.iter().find(|step| step["title"] == name);
        found.unwrap_or_else(|| panic!("{name}")).clone()
    };
    let cards = step("drop-related");
    let sites = &cards["properties"]["sites"]["description"];
    assert!(sites.as_str().unwrap().starts_with("The names of the site"));
    assert_eq!(cards["properties"]["rule"]["items"]["$ref"], "#/$defs/Rule");
    assert_eq!(cards["additionalProperties"], false);
    let rule = &schema["$defs"]["Rule"]["properties"];
    assert!(
        rule["until"]["description"]
            .as_str()
            .unwrap()
            .contains("later")
    );
    assert!(step("decode-entities")["properties"].get("packs").is_none());
}

#[test]
fn every_reference_leads_somewhere() {
    for kind in ["profile", "pack", "document"] {
        let text = run(clean().args(["schema", kind])).out;
        let schema: Json = serde_json::from_str(&text).unwrap();
        for path in text.split("\"$ref\": \"#").skip(1) {
            let path = path.split('"').next().unwrap();
            assert!(schema.pointer(path).is_some(), "{kind}: {path}");
        }
    }
}
