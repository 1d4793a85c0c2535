//! From documents to text, JSON, Markdown and diffs, and from JSON back to
//! the source.
//!
//! Every writer is a view of a [`Document`](cleancopy_model::Document): what
//! still stands, and the record of what left.
#![forbid(unsafe_code)]

mod diff;
mod explain;
mod json;
mod jsonld;
mod markdown;
mod parts;
mod rendered;
mod restore;
mod summary;
mod text;

pub use diff::{DiffLine, diff};
pub use explain::{Row, explain};
pub use json::{
    DocumentJson, HeadlineJson, LayoutJson, LineEndJson, MetadataJson, OfJson, OpJson, RemovedJson,
    SCHEMA, SectionJson, SpaceJson, TextBlockJson, document_schema,
};
pub use jsonld::{JsonLd, json_ld};
pub use markdown::markdown;
pub use parts::{Part, parts};
pub use restore::{RestoreJsonError, restore};
pub use summary::Summary;
pub use text::{TextOptions, text};
