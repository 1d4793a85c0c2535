//! Parquet: a table in columns, one of them the text.

mod encode;
mod gather;
mod infer;
mod sink;
mod source;
mod table;

pub use encode::ParquetEncoder;
pub use gather::GatheredSink;
pub(crate) use gather::{PACKING, lines_of};
pub use sink::ParquetSink;
pub use source::ParquetSource;
