//! CSV: a table with its column names in the first row, one of them the text.

mod encode;
mod head;
mod source;

pub use encode::CsvEncoder;
pub(crate) use head::lacks;
pub use source::CsvSource;
pub(crate) use source::because;
