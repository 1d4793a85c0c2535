//! One selector: reading it, refusing what can never match, and asking it.

use std::fmt;

use cleancopy_model::is_told;
use cssparser::{BasicParseErrorKind, ParseError, ParseErrorKind, Parser};
use selectors::attr::NamespaceConstraint;
use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
};
use selectors::matching::matches_selector_list;
use selectors::parser::{
    Component, NthType, ParseRelative, RelativeSelector, SelectorList, SelectorParseErrorKind,
};
use selectors::visitor::SelectorVisitor;

use crate::grammar::{Grammar, Reader, Text};
use crate::node::Node;
use crate::tree::Tree;

/// The attribute that holds the names of the profile's selectors which an
/// element matches: `[html~=article]`.
pub(crate) const MARKS: &str = "html";

/// A selector that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectorError {
    /// Where in the selector it goes wrong, in bytes.
    pub at: usize,
    /// What stands there; empty if the selector is wrong as a whole.
    pub found: String,
    /// What is wrong and what to do.
    pub problem: String,
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.found {
            "" => f.write_str(&self.problem),
            found => write!(f, "`{found}`: {}", self.problem),
        }
    }
}

impl std::error::Error for SelectorError {}

/// A selector of a style sheet, or a list of them with commas between.
#[derive(Debug, Clone)]
pub struct Selector(pub(crate) SelectorList<Grammar>);

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// What is no selector, and what could match nothing: states of a browser
    /// such as `:hover`, attributes that a document does not keep, and
    /// `:nth-of-type()`, for of siblings without text the names are not known.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let mut input = Parser::new(text);
        let list = SelectorList::parse(&Reader, &mut input, ParseRelative::No);
        let list =
            list.and_then(|list| input.expect_exhausted().map(|()| list).map_err(Into::into));
        let list = list.map_err(|error| {
            let (at, found) = last_part(text, input.position().byte_index());
            SelectorError {
                at,
                found: found.to_owned(),
                problem: problem(&error).to_owned(),
            }
        })?;
        let mut check = Check(None);
        for selector in list.slice() {
            selector.visit(&mut check);
        }
        match check.0 {
            Some(problem) => Err(SelectorError {
                at: 0,
                found: String::new(),
                problem,
            }),
            None => Ok(Self(list)),
        }
    }

    /// Whether an element of a page matches.
    #[must_use]
    pub fn matches(&self, tree: &Tree<'_>, element: u32) -> bool {
        if element >= tree.len() {
            return false;
        }
        let mut caches = tree.caches.borrow_mut();
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            None,
            &mut caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        matches_selector_list(&self.0, &Node::new(tree, element), &mut context)
    }

    /// Whether an element matches, or one that it stands in.
    #[must_use]
    pub fn is_around(&self, tree: &Tree<'_>, element: u32) -> bool {
        let outer = |at: &u32| tree.links.get(*at as usize)?.parent;
        std::iter::successors(Some(element), outer).any(|at| self.matches(tree, at))
    }
}

/// In the words of the crate's own documentation, shorter.
fn problem(error: &ParseError<SelectorParseErrorKind>) -> &'static str {
    use SelectorParseErrorKind as Kind;
    match &error.kind {
        ParseErrorKind::Basic(BasicParseErrorKind::EndOfInput) => "something is missing at the end",
        ParseErrorKind::Basic(_) => "this is no selector",
        ParseErrorKind::Custom(kind) => match kind {
            Kind::EmptySelector => "it names no element",
            Kind::DanglingCombinator => "`>`, `+` and `~` need an element on either side",
            Kind::UnsupportedPseudoClassOrElement => {
                "this class is not known; known are `:not()`, `:is()`, `:where()`, `:has()`, \
                 `:root`, `:first-child`, `:last-child`, `:only-child`, `:nth-child()` and \
                 `:nth-last-child()`"
            }
            Kind::ClassNeedsIdent => "a `.` needs the name of a class behind it",
            Kind::PseudoElementExpectedIdent | Kind::NoIdentForPseudo => {
                "a `:` needs a name behind it"
            }
            Kind::NonCompoundSelector => "only one element may be named here",
            Kind::ExpectedNamespace | Kind::ExplicitNamespaceUnexpectedToken => {
                "there are no name spaces in a page: write the name alone"
            }
            Kind::NoQualifiedNameInAttributeSelector
            | Kind::UnexpectedTokenInAttributeSelector
            | Kind::ExpectedBarInAttr
            | Kind::BadValueInAttr
            | Kind::InvalidQualNameInAttr => {
                "an attribute is `[name]` or `[name=\"value\"]`, also with `~=`, `|=`, `^=`, `$=`, `*=`"
            }
            _ => "this is no selector",
        },
    }
}

/// The part that ends at a byte, such as `:hover`, and where it begins.
fn last_part(text: &str, end: usize) -> (usize, &str) {
    let read = text.get(..end).unwrap_or(text).trim_end_matches([')', ' ']);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_sign = |c: char| !is_word(c) && !c.is_whitespace();
    let start = read
        .trim_end_matches(is_word)
        .trim_end_matches(is_sign)
        .len();
    (start, &read[start..])
}

/// Looks for what can match nothing.
struct Check(Option<String>);

impl Check {
    fn refuse(&mut self, problem: String) -> bool {
        self.0.get_or_insert(problem);
        false
    }
}

impl SelectorVisitor for Check {
    type Impl = Grammar;

    fn visit_attribute_selector(
        &mut self,
        _: &NamespaceConstraint<&Text>,
        _: &Text,
        name: &Text,
    ) -> bool {
        let name = &*name.0;
        if is_told(name) || matches!(name, "id" | "class" | MARKS) {
            return true;
        }
        self.refuse(format!(
            "documents do not keep the attribute `{name}`: they keep `id`, `class`, `role`, \
             `itemprop`, `itemtype`, `rel`, `aria-label`, `name`, `property`, `data-…`, and \
             `html`, the names of the profile's selectors"
        ))
    }

    fn visit_simple_selector(&mut self, part: &Component<Grammar>) -> bool {
        let of_type = |ty: NthType| {
            matches!(
                ty,
                NthType::OfType | NthType::LastOfType | NthType::OnlyOfType
            )
        };
        match part {
            Component::Nth(nth) if of_type(nth.ty) => self.refuse(
                "of siblings without text the names are not known: write `:nth-child()`".to_owned(),
            ),
            Component::Empty => {
                self.refuse("an element without text is nowhere in a document".to_owned())
            }
            Component::Scope => self.refuse("`:scope` means nothing here".to_owned()),
            _ => true,
        }
    }

    fn visit_relative_selector_list(&mut self, list: &[RelativeSelector<Grammar>]) -> bool {
        list.iter().all(|relative| relative.selector.visit(self))
    }
}
