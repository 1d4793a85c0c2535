//! Checking settings against a plugin's JSON Schema, for keys nobody knows.
//!
//! Types are left to the plugin itself, whose word counts in the end; what it
//! cannot say is where in which file a key stands and which one was meant.

use serde_json::Value as Json;

use crate::error::ConfigError;
use crate::node::{Node, Table, Value, unknown_key};

/// Checks every key of a table, however deep. `also` are keys that somebody
/// else has taken out of it already, and that may have been meant.
///
/// # Errors
/// The first unknown key, with its place and the nearest known one.
pub(crate) fn check_table(
    what: &str,
    table: &Table,
    schema: &Json,
    root: &Json,
    also: &[&str],
) -> Result<(), ConfigError> {
    let schema = resolve(schema, root);
    let closed = schema.get("additionalProperties") == Some(&Json::Bool(false));
    let Some(properties) = schema.get("properties").and_then(Json::as_object) else {
        return Ok(());
    };
    for (key, node) in &table.0 {
        match properties.get(&key.name) {
            Some(inner) => check_node(what, node, inner, root)?,
            None if closed => {
                let own = properties.keys().map(String::as_str);
                let known: Vec<_> = own.chain(also.iter().copied()).collect();
                return Err(unknown_key(what, key, &known));
            }
            None => {}
        }
    }
    Ok(())
}

/// Whether a table may have a key.
pub(crate) fn allows(key: &str, schema: &Json, root: &Json) -> bool {
    let schema = resolve(schema, root);
    let known = schema.get("properties").and_then(|known| known.get(key));
    known.is_some() || schema.get("additionalProperties") != Some(&Json::Bool(false))
}

fn check_node(what: &str, node: &Node, schema: &Json, root: &Json) -> Result<(), ConfigError> {
    let schema = resolve(schema, root);
    match &node.value {
        Value::Table(table) => check_table(what, table, schema, root, &[]),
        Value::List(list) => {
            let Some(items) = schema.get("items") else {
                return Ok(());
            };
            list.iter()
                .try_for_each(|n| check_node(what, n, items, root))
        }
        _ => Ok(()),
    }
}

/// Follows `$ref`s inside the document.
fn resolve<'s>(mut schema: &'s Json, root: &'s Json) -> &'s Json {
    // A chain longer than this is a circle.
    for _ in 0..16 {
        let Some(path) = schema.get("$ref").and_then(Json::as_str) else {
            break;
        };
        let Some(target) = path.strip_prefix('#').and_then(|p| root.pointer(p)) else {
            break;
        };
        schema = target;
    }
    schema
}
