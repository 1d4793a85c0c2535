//! What is refused, and what the message says.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

use cleancopy_rules::{Pack, Rule, RuleSet};

fn pack(keys: &str) -> Result<Pack, toml::de::Error> {
    let head =
        "schema = 1\nname = \"t\"\n[[rule]]\nid = \"ok\"\ncategory = \"login\"\nequals = \"x\"";
    toml::from_str(&format!("{head}\n[[rule]]\ncategory = \"login\"\n{keys}"))
}

fn rule(keys: &str) -> Rule {
    pack(&format!("id = \"t/r\"\n{keys}"))
        .unwrap()
        .rule
        .remove(1)
}

/// Path and message of the error that the keys give.
fn error(keys: &str) -> (String, String) {
    let rules = pack(keys).unwrap().rule;
    let error = RuleSet::compile(rules).expect_err(keys);
    (error.path(), error.to_string())
}

#[test]
fn each_fault_names_its_place_and_a_remedy() {
    let cases = [
        (
            "id = \"T r\"\nequals = \"x\"",
            "rules[1].id",
            "lower-case letters",
        ),
        ("id = \"t\"", "rules[1].id", "no condition is given"),
        (
            "id = \"t\"\nmax_chars = 3",
            "rules[1].id",
            "no condition is given",
        ),
        ("id = \"t\"\nafter = \"x\"", "rules[1].after", "max_chars"),
        (
            "id = \"t\"\nequals = \" \"",
            "rules[1].equals",
            "would match every line",
        ),
        (
            "id = \"t\"\ncontains = [\"a\", \"\\u00a0\"]",
            "rules[1].contains[1]",
            "would match every line",
        ),
        (
            "id = \"t\"\nequals = \"x\"\nexcept = []",
            "rules[1].except",
            "the list is empty",
        ),
        (
            "id = \"t\"\nregex = \"\"",
            "rules[1].regex",
            "would match every line",
        ),
        (
            "id = \"t\"\nregex = \"(a|b)*\"",
            "rules[1].regex",
            "`+` for `*`",
        ),
        (
            "id = \"t\"\nregex = \"a(b\"",
            "rules[1].regex",
            "    a(b\n     ^\n",
        ),
        (
            "id = \"t\"\nregex = [\"x\", '(\\w{1000}){1000}']",
            "rules[1].regex[1]",
            "size limit",
        ),
        (
            "id = \"t\"\nregex = \"{tiem}\"",
            "rules[1].regex",
            "did you mean `{time}`",
        ),
        (
            "id = \"t\"\nequals = \"x\"\nblocks = 0",
            "rules[1].blocks",
            "from 1 on",
        ),
        (
            "id = \"t\"\nequals = \"x\"\nmin_chars = 3\nmax_chars = 2",
            "rules[1].min_chars",
            "at least 3 and at most 2",
        ),
        (
            "id = \"t\"\nequals = \"x\"\ntake = \"match\"",
            "rules[1].take",
            "needs to know the part",
        ),
        (
            "id = \"t\"\ncontains = [\"x\", \"y\"]\ntake = \"match\"",
            "rules[1].take",
            "single text",
        ),
        (
            "id = \"t\"\nstarts = \"x\"\nthrough = \"y\"\ntake = \"match\"",
            "rules[1].take",
            "`through` whole lines",
        ),
        (
            "id = \"t\"\nstarts = \"x\"\nthen = \"y\"\ntake = \"match\"",
            "rules[1].take",
            "`then` whole lines",
        ),
        (
            "id = \"t\"\nstarts = \"x\"\nthen = \"y\"\nthrough = \"y\"",
            "rules[1].then",
            "both say where the span ends",
        ),
        (
            "id = \"t\"\nstarts = \"x\"\nthen = [\"y\", \"(\"]",
            "rules[1].then[1]",
            "unclosed group",
        ),
    ];
    for (keys, path, part) in cases {
        let (found, message) = error(keys);
        assert_eq!(found, path, "{keys}");
        assert!(message.contains(part), "{keys}\n{message}");
    }
}

#[test]
fn the_file_itself_is_checked() {
    let message = |keys| pack(keys).unwrap_err().to_string();
    assert!(message("id = \"t\"\nequal = \"x\"").contains("unknown field `equal`"));
    assert!(message("id = \"t\"\nequals = 3").contains("a text or a list of texts"));
    assert!(message("equals = \"x\"").contains("missing field `id`"));
    let gift = pack("id = \"t\"\nequals = \"x\"\n[[rule]]\nid = \"u\"\ncategory = \"gift\"");
    assert!(
        gift.unwrap_err()
            .to_string()
            .contains("unknown category `gift`; known: consent")
    );
    let later = toml::from_str::<Pack>("schema = 2\nname = \"t\"");
    assert!(
        later
            .unwrap_err()
            .to_string()
            .contains("pack schema 2 is unknown here")
    );
}

#[test]
fn the_schema_knows_every_key_and_category() {
    let schema = schemars::schema_for!(Pack).to_value();
    let rule = &schema["$defs"]["Rule"];
    assert_eq!(rule["additionalProperties"], false);
    let properties = rule["properties"].as_object().unwrap();
    for (key, property) in properties {
        assert!(
            property["description"].is_string(),
            "{key} has no description"
        );
    }
    assert!(properties.contains_key("where") && !properties.contains_key("place"));
    let categories = properties["category"]["enum"].as_array().unwrap();
    assert!(categories.iter().any(|name| name == "tip-jar"));
    assert_eq!(rule["required"], serde_json::json!(["id", "category"]));
}

#[test]
fn a_rule_written_and_read_again_is_the_same() {
    let rule = rule(
        "starts = [\"a\", \"b\"]\nends = \"c\"\nwhere = \"tail\"\nblocks = 3\nmatch_case = true",
    );
    let json = serde_json::to_string(&rule).unwrap();
    assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule);
    assert!(
        !json.contains("max_blocks") && json.contains("\"ends\":\"c\""),
        "{json}"
    );
}
