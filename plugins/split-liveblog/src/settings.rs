//! What a profile may set.

use cleancopy_plugin::prelude::*;

/// Where the posts of a liveblog or round-up are looked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// When to split at all. `auto` asks for evidence that the page is a
    /// liveblog, `always` takes that for granted, `never` leaves it alone.
    pub when: When,
    /// Where to look, first things first. The first kind of marker that the
    /// page uses throughout decides; a kind that is left out is not looked at.
    pub order: Vec<Step>,
    /// Starts that are less sure than this, from 0 to 1, are left out.
    pub min_confidence: f64,
    /// Which times leave the body. Those that stay become `published` all the
    /// same.
    pub times: Times,
    /// What of a liveblog stays. With `intro` the posts leave, if something
    /// stands before the first and more than the wording shows where that is.
    pub posts: Posts,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            when: When::Auto,
            order: vec![
                Step::Time,
                Step::Separator,
                Step::Bullet,
                Step::Headline,
                Step::Prose,
            ],
            min_confidence: 0.0,
            times: Times::Trailing,
            posts: Posts::All,
        }
    }
}

/// When to split.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Only with evidence that the page is a liveblog.
    Auto,
    /// Without asking for evidence.
    Always,
    /// Not at all.
    Never,
}

/// What of a liveblog stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Posts {
    /// The intro and all posts.
    All,
    /// What stands before the first post.
    Intro,
}

/// A kind of marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Lines that hold a time, before or after the post.
    Time,
    /// Lines such as `* * *` between posts.
    Separator,
    /// Bullets with paragraphs below them.
    Bullet,
    /// A headline over every post.
    Headline,
    /// The wording, and runs that repeat an earlier run.
    Prose,
}

/// Which times leave the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Times {
    /// None; they are still the metadata of their posts.
    Keep,
    /// Those after a post and those of machines; a time that heads a post is
    /// its first line and stays.
    Trailing,
    /// All.
    Lift,
}
