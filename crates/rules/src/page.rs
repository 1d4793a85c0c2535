//! What a rule asks of the page that a line stands on.

use cleancopy_model::{BlockKind, Page};
use cleancopy_select::{Selector, Tree};

use crate::compile::{Fault, element, fault};
use crate::{Problem, Rule};

/// What of a page a rule asks for.
#[derive(Debug)]
pub(crate) struct Surroundings {
    /// One of these; any if there is none.
    kinds: Vec<BlockKind>,
    /// The same.
    inside: Vec<Selector>,
}

impl Surroundings {
    /// What a rule asks for; nothing if it may act on plain text.
    pub(crate) fn of(rule: &Rule) -> Result<Option<Self>, Fault> {
        let (names, selectors) = (texts(&rule.kind), texts(&rule.inside));
        if names.is_empty() && selectors.is_empty() {
            return Ok(None);
        }
        let mut own = Self {
            kinds: Vec::new(),
            inside: Vec::new(),
        };
        for (at, name) in names.iter().enumerate() {
            match name.parse() {
                Ok(kind) => own.kinds.push(kind),
                Err(unknown) => {
                    let key = element("kind", at, names.len());
                    return fault(&key, Problem::UnknownKind(unknown.to_string()));
                }
            }
        }
        for (at, text) in selectors.iter().enumerate() {
            match Selector::parse(text) {
                Ok(selector) => own.inside.push(selector),
                Err(error) => {
                    let key = element("inside", at, selectors.len());
                    return fault(
                        &key,
                        Problem::Selector(format!("selector `{text}`: {error}")),
                    );
                }
            }
        }
        Ok(Some(own))
    }

    /// Whether a line stands where it must.
    pub(crate) fn holds(&self, page: &Page, tree: &Tree<'_>, line: usize) -> bool {
        let Some((kind, innermost)) = page.blocks.get(line) else {
            return false;
        };
        let is_around =
            |selector: &Selector| innermost.is_some_and(|at| selector.is_around(tree, at));
        (self.kinds.is_empty() || self.kinds.contains(kind))
            && (self.inside.is_empty() || self.inside.iter().any(is_around))
    }
}

fn texts(of: &Option<crate::Texts>) -> &[String] {
    of.as_ref().map_or(&[], |texts| &texts.0)
}
