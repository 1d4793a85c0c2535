//! WARC: what a crawler fetched; and WET, the text of it.

mod encode;
mod http;
mod source;

pub use encode::WarcEncoder;
pub use source::WarcSource;
