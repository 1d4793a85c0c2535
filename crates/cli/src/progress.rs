//! Progress on long work: a bar on a terminal, nothing elsewhere.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for this many documents; hidden for a single one, in quiet runs and
/// where standard error is no terminal.
pub(crate) fn bar(documents: usize, quiet: bool) -> ProgressBar {
    if quiet || documents < 2 {
        return ProgressBar::hidden();
    }
    let style = "{bar:30} {pos}/{len} documents, {per_sec}, {eta} left  {wide_msg:.dim}";
    let bar = ProgressBar::new(documents as u64);
    match ProgressStyle::with_template(style) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// A line for work of which nobody knows how much there is; hidden where
/// standard error is no terminal.
pub(crate) fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    match ProgressStyle::with_template("{spinner} {wide_msg:.dim}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
