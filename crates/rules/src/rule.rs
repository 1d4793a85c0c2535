//! The rule as profile authors write it.

use cleancopy_model::Category;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Texts;

/// One entry of data that says what a piece of noise looks like.
///
/// All conditions that are given must hold, and at least one of `equals`,
/// `starts`, `ends`, `contains`, `regex` and `glued` must be given, or `after`
/// together with `max_chars`, or `run` alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The stable id, such as `login/refresh-to-log-in`: lower-case letters,
    /// digits, `-`, `.` and `/`.
    pub id: String,
    /// Why the text leaves.
    #[serde(with = "category")]
    #[schemars(schema_with = "category::schema")]
    pub category: Category,
    /// The whole line is one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equals: Option<Texts>,
    /// The line starts with one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Texts>,
    /// The line ends with one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Texts>,
    /// The line contains all of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<Texts>,
    /// One of these regular expressions is found in the line; anchor them with
    /// `^` and `$` where you can. `{name}`, `{names}`, `{time}`, `{date}`, `{month}`,
    /// `{weekday}` and `{zone}` stand for what they say. They see the line with
    /// quotes, dashes and spaces folded as the flags below say, so write those
    /// as they are and not as escapes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regex: Option<Texts>,
    /// The line is one text twice, with at most white space between.
    #[serde(default, skip_serializing_if = "is_false")]
    pub glued: bool,
    /// The line before is one of these. Needs another condition, or
    /// `max_chars`, beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Texts>,
    /// Everything leaves from this line on to the first line, this one
    /// included, that ends with one of these. If none of the next
    /// `max_blocks` lines does, nothing leaves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Texts>,
    /// The most lines that `through` takes, the first one included.
    #[serde(default = "eight", skip_serializing_if = "is_eight")]
    #[schemars(range(min = 1))]
    pub max_blocks: usize,
    /// Lines that stand together, such as those of a menu, in any order. A
    /// stretch that begins and ends with one of them and holds at least
    /// `least` leaves whole. Takes no other condition but the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Texts>,
    /// How many other lines may stand between two lines of a `run`; they leave
    /// with them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub gap: usize,
    /// The most characters of a line that may stand between two of a `run`.
    #[serde(default = "two_hundred", skip_serializing_if = "is_two_hundred")]
    #[schemars(range(min = 1))]
    pub gap_chars: usize,
    /// A `run` at the head reaches back to the first line of the document, one
    /// at the tail on to the last. Its lines may stand `gap` lines apart,
    /// whatever those between are.
    #[serde(default, skip_serializing_if = "is_false")]
    pub to_edge: bool,
    /// The fewest lines of a `run` that must stand together.
    #[serde(default = "three", skip_serializing_if = "is_three")]
    #[schemars(range(min = 1))]
    pub least: usize,
    /// Whether the whole line leaves or only the stretch that matched.
    #[serde(default, skip_serializing_if = "is_default")]
    pub take: Take,
    /// Where in the document the line must stand.
    #[serde(default, rename = "where", skip_serializing_if = "is_default")]
    pub place: Where,
    /// How many blocks count as head or tail.
    #[serde(default = "twelve", skip_serializing_if = "is_twelve")]
    #[schemars(range(min = 1))]
    pub blocks: usize,
    /// The line stands on a page, in an element that matches one of these
    /// selectors of style sheets, such as `aside` or `.promo > p`;
    /// `[html~=NAME]` is what the profile's `[html]` calls so. On plain text
    /// the rule does not act, and its evidence is read as HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<Texts>,
    /// The line stands on a page and is one of these there: `paragraph`,
    /// `headline`, `heading`, `list-item`, `quote`, `caption`, `table-row`,
    /// `code`, `embed`. On plain text the rule does not act, and its evidence
    /// is read as HTML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Texts>,
    /// The fewest characters the whole line may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_chars: Option<usize>,
    /// The most characters the whole line may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_chars: Option<usize>,
    /// The rule does not apply to a line that contains one of these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<Texts>,
    /// Upper and lower case differ, and so do `i` and `ı`, `I` and `İ`, which
    /// are one letter otherwise.
    #[serde(default, skip_serializing_if = "is_false")]
    pub match_case: bool,
    /// Curly and straight quotes, apostrophes and dashes differ, and full-width
    /// marks and digits from those of ASCII.
    #[serde(default, skip_serializing_if = "is_false")]
    pub match_quotes: bool,
    /// Kinds and numbers of spaces differ. Otherwise any run of white space is
    /// one space, and white space round the line does not count.
    #[serde(default, skip_serializing_if = "is_false")]
    pub match_spaces: bool,
    /// When it was last seen in the wild, such as `2025-02`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d{4}-\d\d(-\d\d)?$"))]
    pub seen: Option<String>,
    /// The first day or month whose articles have it, such as `2025-04`: the
    /// rule does not apply to earlier ones. To an article of unknown date it
    /// does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d{4}-\d\d(-\d\d)?$"))]
    pub from: Option<String>,
    /// The last day or month whose articles have it, such as `2025-06`: the
    /// rule does not apply to later ones. Two wordings of one prompt may share
    /// an id when their times do not overlap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^\d{4}-\d\d(-\d\d)?$"))]
    pub until: Option<String>,
    /// Anything the next author should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Evidence that tests run: each text, read as a document of its own, must
    /// lose something by this rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removes: Vec<String>,
    /// Evidence that tests run: each text, read as a document of its own, must
    /// lose nothing by this rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keeps: Vec<String>,
}

/// How much of a matching line leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Take {
    /// The whole line.
    #[default]
    Line,
    /// Only what matched: the text of `starts`, `ends` or a single `contains`,
    /// the second half of a `glued` line, or every match of the regex, of
    /// which a group named `take` may say the part. White space beside it
    /// leaves too where that glues no words together.
    Match,
}

/// Where in the document a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Where {
    /// Among the first blocks.
    Head,
    /// Among the last blocks.
    Tail,
    /// In any block.
    #[default]
    Anywhere,
}

impl Rule {
    /// Whether it asks for what only a page has, and so never acts on plain
    /// text.
    #[must_use]
    pub fn is_for_pages(&self) -> bool {
        self.inside.is_some() || self.kind.is_some()
    }

    /// A rule without conditions, for code that makes rules: add at least one.
    #[must_use]
    pub fn new(id: impl Into<String>, category: Category) -> Self {
        Self {
            id: id.into(),
            category,
            equals: None,
            starts: None,
            ends: None,
            contains: None,
            regex: None,
            glued: false,
            after: None,
            through: None,
            max_blocks: eight(),
            run: None,
            gap: 0,
            gap_chars: two_hundred(),
            to_edge: false,
            least: three(),
            take: Take::default(),
            place: Where::default(),
            blocks: twelve(),
            inside: None,
            kind: None,
            min_chars: None,
            max_chars: None,
            except: None,
            match_case: false,
            match_quotes: false,
            match_spaces: false,
            seen: None,
            from: None,
            until: None,
            note: None,
            removes: Vec::new(),
            keeps: Vec::new(),
        }
    }
}

fn eight() -> usize {
    8
}

fn twelve() -> usize {
    12
}

fn two_hundred() -> usize {
    200
}

fn three() -> usize {
    3
}

// Serde calls these with a reference.

fn is_two_hundred(n: &usize) -> bool {
    *n == two_hundred()
}

fn is_three(n: &usize) -> bool {
    *n == three()
}

fn is_eight(n: &usize) -> bool {
    *n == eight()
}

fn is_twelve(n: &usize) -> bool {
    *n == twelve()
}

fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The category as its name.
mod category {
    use super::Category;
    use schemars::{Schema, SchemaGenerator, json_schema};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Category, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(value.name())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Category, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }

    pub(super) fn schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<_> = Category::ALL.iter().map(|c| c.name()).collect();
        json_schema!({"type": "string", "enum": names})
    }
}
