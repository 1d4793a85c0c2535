//! Drops the tide table that the Keld Courier prints into every page.
//!
//! ```text
//! The ferry sailed at noon.
//! High 04:12 5.1 m
//! Low 10:31 0.9 m
//! High 16:40 5.3 m
//! ```
//! ->
//! ```text
//! The ferry sailed at noon.
//! ```
//!
//! This is the tutorial. It shows everything a plugin consists of, in the
//! order you would write it. First ask whether you need one: nearly all noise
//! can be said in data, with a rule in a profile (see `config/README.md`).
//! This cannot, because it needs counting: one line such as `High 04:12 5.1 m`
//! may belong to a story about a stranded boat; three in a row are the table.

// The prelude is the whole vocabulary of a plugin's author.
use cleancopy_plugin::prelude::*;

// 1. Settings: what a profile may write into the step that uses the plugin.
//
//     [[chain]]
//     use = "example"
//     min_rows = 4
//
// The comments become the descriptions that `clean plugin inspect` shows, and
// with `deny_unknown_fields` a misspelt key is an error with file and line.

/// What a profile may set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// How many rows in a row make a table.
    pub min_rows: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { min_rows: 3 }
    }
}

// 2. The cleaner: whatever can be prepared once is kept here. There is one
//    instance per worker thread.

/// The cleaner.
#[derive(Debug)]
pub struct DropTides {
    min_rows: usize,
}

impl Cleaner for DropTides {
    // `clean plugin list` shows this line. The plugin's name is that of its
    // library, `example`, and its version that of the crate.
    const DESCRIPTION: &'static str = "drops the Keld Courier's tide table (the tutorial plugin)";
    type Settings = Settings;

    // 3. Set-up may fail, and says which setting is wrong. The host adds the
    //    place in the profile.
    fn new(settings: Settings) -> Result<Self, SetupError> {
        if settings.min_rows < 2 {
            return Err(SetupError::at(
                "min_rows",
                "must be at least 2: one row is no table",
            ));
        }
        Ok(Self {
            min_rows: settings.min_rows,
        })
    }

    // 4. Cleaning never fails. Look at the document and propose edits; the
    //    host checks them, applies them and keeps the record. When you are not
    //    sure, leave the line alone.
    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let rows: Vec<bool> = document.blocks().map(|block| is_row(block.text)).collect();
        for table in runs(&rows).filter(|table| table.len() >= self.min_rows) {
            for block in table {
                // Every edit names its rule and a category: they are what
                // `--diff`, `--explain` and the JSON record show.
                edits.remove(
                    Target::block(block),
                    "example/tide-table",
                    Category::Navigation,
                );
            }
        }
    }
}

// 5. The rest is plain Rust that knows nothing of the host, easy to test.

/// Whether a line is a row of the table: `High 04:12 5.1 m`.
fn is_row(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let tide = words
        .next()
        .is_some_and(|word| matches!(word, "High" | "Low"));
    let clock = words.next().is_some_and(is_clock);
    let height = words.next().is_some_and(|word| word.parse::<f32>().is_ok());
    tide && clock && height && words.next() == Some("m") && words.next().is_none()
}

fn is_clock(word: &str) -> bool {
    let parts = word.split_once(':');
    parts.is_some_and(|(hours, minutes)| {
        let number = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        number(hours) && number(minutes)
    })
}

/// The runs of `true`, as half-open index ranges.
fn runs(flags: &[bool]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + flags[at..].iter().position(|flag| *flag)?;
        let length = flags[start..].iter().take_while(|flag| **flag).count();
        at = start + length;
        Some(start..at)
    })
}

// 6. One line exports the plugin. It must be the last thing you need to know
//    about the boundary: a panic above is caught, and costs one document.
export_cleaner!(DropTides);

// 7. The test kit runs the plugin through the host, as `clean` would.
#[cfg(test)]
mod tests {
    use super::*;
    use cleancopy_testkit::Kit;
    use serde_json::json;

    #[test]
    fn a_table_leaves_with_its_reason() {
        let run = Kit::new(&PLUGIN)
            .run("It rained.\nHigh 04:12 5.1 m\nLow 10:31 0.9 m\nHigh 16:40 5.3 m\n");
        assert_eq!(run.text(), "It rained.\n");
        assert_eq!(
            run.edits(),
            "2 remove example/tide-table [navigation] \"High 04:12 5.1 m\"\n\
             3 remove example/tide-table [navigation] \"Low 10:31 0.9 m\"\n\
             4 remove example/tide-table [navigation] \"High 16:40 5.3 m\"\n"
        );
    }

    #[test]
    fn a_single_row_in_a_story_stays() {
        let story = "The log had one line:\nHigh 04:12 5.1 m\nThe boat was gone by then.\n";
        assert_eq!(Kit::new(&PLUGIN).run(story).text(), story);
    }

    #[test]
    fn a_table_of_one_row_is_refused() {
        let error = Kit::with(&PLUGIN, &json!({ "min_rows": 1 })).unwrap_err();
        let expected = "plugin `example`: must be at least 2: one row is no table";
        assert_eq!(error.to_string(), expected);
    }
}
