//! The numbers of one block, one behind the other.

use std::fmt::{self, Display};

/// Takes the numbers of one block.
pub(super) struct Row<'f> {
    values: &'f mut Vec<f32>,
    names: Option<&'f mut Vec<String>>,
}

impl<'f> Row<'f> {
    /// Takes the numbers, and what they are called if somebody asks.
    pub(super) fn new(values: &'f mut Vec<f32>, names: Option<&'f mut Vec<String>>) -> Self {
        Self { values, names }
    }

    #[inline(always)]
    pub(super) fn put(&mut self, name: impl Display, value: f32) {
        self.values.push(value);
        if let Some(names) = &mut self.names {
            call(names, name);
        }
    }

    #[inline(always)]
    pub(super) fn flag(&mut self, name: impl Display, value: bool) {
        self.put(name, f32::from(u8::from(value)));
    }
}

#[cold]
fn call(names: &mut Vec<String>, name: impl Display) {
    names.push(name.to_string());
}

/// The name of a column that there are several of: written only when asked for.
pub(super) struct Nth(pub(super) &'static str, pub(super) isize);

impl Display for Nth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}
