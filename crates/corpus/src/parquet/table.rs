//! The columns of a table that mean something, and what stands in them.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use arrow_cast::display::array_value_to_string;
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use crate::cleaned::FIELD;
use crate::container::FieldNames;
use crate::csv::lacks;

/// The columns of a table that mean something.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) id: Option<usize>,
    pub(super) text: Option<usize>,
    pub(super) url: Option<usize>,
    pub(super) html: Option<usize>,
}

impl Columns {
    /// Finds them by their names.
    ///
    /// # Errors
    /// That there is none to be cleaned, or that it holds something else.
    pub(super) fn find(schema: &Schema, wanted: &FieldNames) -> Result<Self, String> {
        let find = |name: &str| schema.index_of(name).ok();
        let found = Self {
            id: find(&wanted.id),
            text: find(&wanted.text),
            url: find(&wanted.url),
            html: find(&wanted.html),
        };
        let Some(_) = found.text.or(found.html) else {
            let names = schema.fields().iter().map(|field| field.name().clone());
            return Err(lacks(wanted, &names.collect::<Vec<_>>()));
        };
        for at in [found.text, found.html].into_iter().flatten() {
            let field = schema.field(at);
            if !is_text(field.data_type()) {
                return Err(format!(
                    "the column `{}` holds {}, not text; name another one with --text-field or \
                     --html-field",
                    field.name(),
                    field.data_type()
                ));
            }
        }
        Ok(found)
    }
}

fn is_text(kind: &DataType) -> bool {
    use DataType::{LargeUtf8, Utf8, Utf8View};
    matches!(kind, Utf8 | LargeUtf8 | Utf8View)
}

/// The text in a row of a column, if there is one.
pub(super) fn text(batch: &RecordBatch, column: Option<usize>, row: usize) -> Option<&str> {
    let array = batch.column(column?);
    if array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Utf8 => Some(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Some(array.as_string_view().value(row)),
        _ => None,
    }
}

/// What stands in a row of a column, as a text.
pub(super) fn shown(batch: &RecordBatch, column: Option<usize>, row: usize) -> Option<String> {
    let array = batch.column(column?);
    let shown = array_value_to_string(array, row).ok()?;
    (!array.is_null(row) && !shown.is_empty()).then_some(shown)
}

/// The columns of what is written: those there are, the text and what happened
/// to it if they are not among them.
pub(super) fn written(schema: &Schema, names: &FieldNames, slim: bool) -> SchemaRef {
    let mut fields = schema.fields().to_vec();
    let mut add = |name: &str| match schema.index_of(name) {
        // What an earlier run said is written anew, and it is text.
        Ok(at) if name == FIELD => fields[at] = Arc::new(Field::new(name, DataType::Utf8, true)),
        Ok(at) => fields[at] = Arc::new(schema.field(at).clone().with_nullable(true)),
        Err(_) => fields.push(Arc::new(Field::new(name, DataType::Utf8, true))),
    };
    add(&names.text);
    if !slim {
        add(FIELD);
    }
    Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone()))
}
