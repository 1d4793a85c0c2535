//! What can be wrong with a rule.

/// A rule that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rule `{id}`, `{key}`: {problem}")]
#[non_exhaustive]
pub struct RuleError {
    /// 0-based index of the rule among those given.
    pub index: usize,
    /// The rule's id.
    pub id: String,
    /// The key that is wrong, with the element if it is a list: `regex`,
    /// `contains[1]`.
    pub key: String,
    /// What is wrong and what to do.
    pub problem: Problem,
}

impl RuleError {
    /// The place in a list of rules called `rules`, such as `rules[3].regex`.
    #[must_use]
    pub fn path(&self) -> String {
        format!("rules[{}].{}", self.index, self.key)
    }
}

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The id is empty or has characters it must not have.
    #[error("the id must be lower-case letters, digits, `-`, `.` and `/`, such as `login/refresh`")]
    BadId,
    /// A pattern is empty, or nothing but white space.
    #[error("an empty text would match every line: write what the line holds or delete the key")]
    Empty,
    /// A list of patterns has no element.
    #[error("the list is empty: name a text or delete the key")]
    EmptyList,
    /// The regex matches the empty text.
    #[error(
        "this regex matches the empty text and so every line: ask for at least one character, \
         such as with `+` for `*`"
    )]
    MatchesEverything,
    /// The rule has no condition.
    #[error(
        "no condition is given: add one of `equals`, `starts`, `ends`, `contains`, `regex`, \
         `glued`, `run`"
    )]
    NoCondition,
    /// `run` together with another condition.
    #[error("a `run` says itself which lines leave: delete `{0}` or `run`")]
    RunWith(&'static str),
    /// `to_edge` without `where`.
    #[error("which edge? write `where = \"head\"` or `where = \"tail\"` beside it")]
    WhichEdge,
    /// `after` is the only condition.
    #[error("`after` alone would take any line: add another condition or `max_chars`")]
    OnlyAfter,
    /// The length bounds admit no line.
    #[error("no line has at least {0} and at most {1} characters")]
    Bounds(usize, usize),
    /// A number of blocks or characters is 0.
    #[error("0 admits no line: give a number from 1 on or delete the key")]
    Zero,
    /// `seen`, `from` or `until` is no date.
    #[error("must be a day or a month of a year, such as `2025-04-16` or `2025-04`")]
    NoDate,
    /// The rule is for no day at all.
    #[error("`from` is later than `until`: no article is of a day between them")]
    NoDay,
    /// Two rules of one id are for the same days.
    #[error(
        "the rule of the same id before it is for the same days: let one end with `until` before \
         the other begins with `from`"
    )]
    SameDays,
    /// `take = "match"` together with `through`.
    #[error("`take = \"match\"` takes a part of a line, `through` whole lines: delete one")]
    PartOfSpan,
    /// `take = "match"` and no condition, or several, that could say the part.
    #[error(
        "`take = \"match\"` needs to know the part: give a regex, or exactly one of `starts`, \
         `ends`, `glued` and `contains` with a single text"
    )]
    WhichPart,
    /// The regex does not parse; the payload shows where.
    #[error("{0}")]
    Regex(String),
    /// The regex names a fragment that does not exist.
    #[error(
        "there is no fragment `{{{name}}}`; did you mean `{{{nearest}}}`? (write `\\{{` for a brace)"
    )]
    UnknownFragment {
        /// The name between the braces.
        name: String,
        /// The most similar name that exists.
        nearest: &'static str,
    },
    /// `kind` names something that no block is.
    #[error("{0}")]
    UnknownKind(String),
    /// A selector of `inside` cannot be used.
    #[error("{0}")]
    Selector(String),
    /// The regex names a fragment of a language that has none.
    #[error(
        "there are no words of the language `{0}`: languages with fragments are ar, de, es, fr, \
         it, ja, nl, pl, pt, ru, tr, uk and zh; without a language it is English"
    )]
    UnknownLanguage(String),
    /// All patterns together need more memory than an automaton can have.
    #[error("the rules are too many or too long for one automaton: {0}")]
    TooLarge(String),
}
