//! A plugin that does what a plugin must not do, for the tests.

use cleancopy_plugin::prelude::*;

/// What a profile may set.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What to do wrong.
    pub how: How,
}

/// What to do wrong, on documents that hold the word `trigger`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Panic while cleaning.
    Panic,
    /// Panic while being set up.
    PanicInNew,
    /// Cut a character in half.
    Range,
    /// Name a block that is not there.
    Block,
    /// Take the same text twice.
    Overlap,
    /// Put something new in the text every time.
    Grow,
    /// Take the first line of whatever is left.
    Eat,
}

/// The cleaner.
#[derive(Debug)]
pub struct Misbehave(How);

impl Cleaner for Misbehave {
    const DESCRIPTION: &'static str = "does what a plugin must not do";
    type Settings = Settings;

    fn new(settings: Settings) -> Result<Self, SetupError> {
        assert!(
            !matches!(settings.how, How::PanicInNew),
            "set-up went wrong"
        );
        Ok(Self(settings.how))
    }

    fn clean(&self, document: &Document<'_>, edits: &mut Edits<'_>) {
        let Some(block) = document
            .blocks()
            .find(|block| block.text.contains("trigger"))
        else {
            return;
        };
        let (at, rule) = (block.index, "misbehave/rule");
        match self.0 {
            How::Panic => panic!("no idea what to do with line {}", block.line),
            How::PanicInNew => {}
            How::Range => edits.remove(Target::range(at, 8..9), rule, Category::Share),
            How::Block => edits.remove(Target::block(document.len()), rule, Category::Share),
            How::Overlap => {
                edits.remove(Target::block(at), rule, Category::Share);
                edits.remove(Target::block(at), "misbehave/other", Category::Share);
            }
            How::Grow => {
                let longer = format!("{} trigger", block.text);
                edits.replace(Target::block(at), &longer, rule, Category::Encoding);
            }
            How::Eat => edits.remove(Target::block(0), rule, Category::Share),
        }
    }
}

export_cleaner!(Misbehave);
