//! JSON lines: one object a line, packed or not.

mod encode;
mod line;
mod source;

pub use encode::JsonLinesEncoder;
pub use line::JsonLine;
pub(crate) use line::pairs_of;
pub use source::JsonLinesSource;
