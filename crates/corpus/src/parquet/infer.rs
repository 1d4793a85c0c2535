//! The columns of records that were JSON objects.
//!
//! A column has a type of its own where all its values are truth values, whole
//! numbers, numbers or strings. In any other, such as one of lists or of objects,
//! every value that is no string stands as JSON, so that nothing is lost.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use crate::container::Pair;

/// The greatest whole number up to which a float has all of them.
const EXACT: i64 = 1 << 53;

/// What all values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Null,
    Truth,
    /// Whole numbers; whether a float has all of them.
    Whole {
        exact: bool,
    },
    Number,
    Text,
}

impl Kind {
    /// What a value is, as JSON.
    fn of(value: &str) -> Self {
        match value.as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b't' | b'f') => Self::Truth,
            Some(b'-' | b'0'..=b'9') => match value.parse::<i64>() {
                Ok(number) => Self::Whole {
                    exact: (-EXACT..=EXACT).contains(&number),
                },
                // A number that is whole and does not fit would lose digits.
                Err(_) if !value.contains(['.', 'e', 'E']) => Self::Text,
                Err(_) => Self::Number,
            },
            _ => Self::Text,
        }
    }

    /// What two values are together.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Null, other) | (other, Self::Null) => other,
            (Self::Whole { .. }, Self::Whole { .. }) => Self::Whole { exact: false },
            (Self::Whole { exact: true }, Self::Number)
            | (Self::Number, Self::Whole { exact: true }) => Self::Number,
            _ => Self::Text,
        }
    }

    fn data_type(self) -> DataType {
        match self {
            Self::Truth => DataType::Boolean,
            Self::Whole { .. } => DataType::Int64,
            Self::Number => DataType::Float64,
            Self::Null | Self::Text => DataType::Utf8,
        }
    }
}

/// The columns of records, in the order in which they were first seen.
#[derive(Debug, Default)]
pub(super) struct Inferred {
    names: Vec<String>,
    kinds: Vec<Kind>,
    places: HashMap<String, usize>,
}

impl Inferred {
    /// Looks at a record.
    pub(super) fn see(&mut self, record: &[Pair<'_>]) {
        for (name, value) in record {
            let kind = Kind::of(value);
            match self.places.get(&**name) {
                Some(place) => self.kinds[*place] = self.kinds[*place].with(kind),
                None => {
                    self.places.insert(name.to_string(), self.names.len());
                    self.names.push(name.to_string());
                    self.kinds.push(kind);
                }
            }
        }
    }

    pub(super) fn schema(&self) -> SchemaRef {
        let fields = self.names.iter().zip(&self.kinds);
        let fields = fields.map(|(name, kind)| Field::new(name, kind.data_type(), true));
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }

    /// Columns without rows.
    pub(super) fn columns(&self) -> Rows<'_> {
        Rows {
            inferred: self,
            columns: self.kinds.iter().map(|kind| Column::new(*kind)).collect(),
            rows: 0,
        }
    }
}

/// A column being filled.
enum Column {
    Truth(BooleanBuilder),
    Whole(Int64Builder),
    Number(Float64Builder),
    Text(StringBuilder),
}

impl Column {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Truth => Self::Truth(BooleanBuilder::new()),
            Kind::Whole { .. } => Self::Whole(Int64Builder::new()),
            Kind::Number => Self::Number(Float64Builder::new()),
            Kind::Null | Kind::Text => Self::Text(StringBuilder::new()),
        }
    }

    fn len(&self) -> usize {
        use arrow_array::builder::ArrayBuilder;
        match self {
            Self::Truth(builder) => builder.len(),
            Self::Whole(builder) => builder.len(),
            Self::Number(builder) => builder.len(),
            Self::Text(builder) => builder.len(),
        }
    }

    /// Adds a value, as JSON; nothing is no value.
    fn add(&mut self, value: Option<&str>) {
        let value = value.filter(|value| *value != "null");
        match self {
            Self::Truth(builder) => builder.append_option(value.map(|value| value == "true")),
            Self::Whole(builder) => builder.append_option(value.and_then(|v| v.parse().ok())),
            Self::Number(builder) => builder.append_option(value.and_then(|v| v.parse().ok())),
            Self::Text(builder) => {
                let string = value.filter(|value| value.starts_with('"'));
                match string.and_then(|json| serde_json::from_str::<String>(json).ok()) {
                    Some(string) => builder.append_value(string),
                    None => builder.append_option(value),
                }
            }
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Truth(builder) => Arc::new(builder.finish()),
            Self::Whole(builder) => Arc::new(builder.finish()),
            Self::Number(builder) => Arc::new(builder.finish()),
            Self::Text(builder) => Arc::new(builder.finish()),
        }
    }
}

/// Rows being gathered.
pub(super) struct Rows<'i> {
    inferred: &'i Inferred,
    columns: Vec<Column>,
    rows: usize,
}

impl Rows<'_> {
    /// Adds a record that was seen before. Of a name that stands there twice,
    /// the first value counts.
    pub(super) fn add(&mut self, record: &[Pair<'_>]) {
        for (name, value) in record {
            if let Some(place) = self.inferred.places.get(&**name)
                && let Some(column) = self.columns.get_mut(*place)
                && column.len() == self.rows
            {
                column.add(Some(value));
            }
        }
        self.rows += 1;
        for column in &mut self.columns {
            if column.len() < self.rows {
                column.add(None);
            }
        }
    }

    /// The rows so far; there are none then.
    ///
    /// # Errors
    /// None for rows that were added here.
    pub(super) fn finish(&mut self) -> Result<RecordBatch, ArrowError> {
        self.rows = 0;
        let columns = self.columns.iter_mut().map(Column::finish).collect();
        RecordBatch::try_new(self.inferred.schema(), columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jsonl::pairs_of;

    #[test]
    fn a_column_has_the_type_of_all_its_values() {
        let mut inferred = Inferred::default();
        let lines = [
            r#"{"n": 1, "f": 1, "b": true, "s": "a", "mixed": 1, "list": ["a"], "big": 9007199254740993}"#,
            r#"{"n": -2, "f": 0.5, "b": null, "new": 3, "mixed": "x", "big": 0.5}"#,
        ];
        for line in lines {
            inferred.see(&pairs_of(line));
        }
        let mut rows = inferred.columns();
        for line in lines {
            rows.add(&pairs_of(line));
        }
        let rows = rows.finish().unwrap();
        let shown: Vec<String> = rows
            .schema()
            .fields()
            .iter()
            .enumerate()
            .map(|(at, field)| {
                let value = |row| super::super::table::shown(&rows, Some(at), row);
                let (one, two) = (value(0), value(1));
                format!("{} {}: {one:?} {two:?}", field.name(), field.data_type())
            })
            .collect();
        let wanted = [
            r#"n Int64: Some("1") Some("-2")"#,
            r#"f Float64: Some("1.0") Some("0.5")"#,
            r#"b Boolean: Some("true") None"#,
            r#"s Utf8: Some("a") None"#,
            r#"mixed Utf8: Some("1") Some("x")"#,
            r#"list Utf8: Some("[\"a\"]") None"#,
            r#"big Utf8: Some("9007199254740993") Some("0.5")"#,
            r#"new Int64: None Some("3")"#,
        ];
        assert_eq!(shown, wanted);
    }
}
