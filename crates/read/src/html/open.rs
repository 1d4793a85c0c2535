//! The open elements, and which tags end which of them.
//!
//! ```text
//! <ul><li>a<li>b<p>c<div>d</ul>e
//! -> ul( li(a) li(b p(c) div(d)) ) e
//! ```
//!
//! The rules are the standard's as far as they say where text belongs; what
//! only decides about looks is left out.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::attributes::attribute;
use super::names::{Traits, traits};
use super::tokens::Tag;

/// How deep elements may nest. Those that go deeper are not opened; their text
/// belongs to the last that was. Without a bound, looking through the open
/// elements at each tag could take for ever.
const DEPTH: usize = 400;

/// An element that text may stand in.
#[derive(Debug, Clone)]
pub(crate) struct Element<'h> {
    /// In lower case.
    pub(crate) name: Cow<'h, str>,
    /// As they stand in the tag.
    pub(crate) attributes: &'h str,
    /// The index of the element around it.
    pub(crate) parent: Option<u32>,
    pub(crate) traits: Traits,
    /// Whether its own tag hides it.
    pub(crate) hidden: bool,
    /// How many texts stand before it.
    pub(crate) texts: usize,
    /// Its 1-based place among the elements in the one around it.
    pub(crate) nth: u32,
    /// How many elements stand right in it so far.
    pub(crate) children: u32,
}

/// The elements of a document, and which of them are open.
#[derive(Debug, Default)]
pub(crate) struct Open<'h> {
    pub(crate) elements: Vec<Element<'h>>,
    /// Indexes of elements, outermost first.
    stack: Vec<u32>,
    /// How many of the open elements are links, are hidden, are never shown,
    /// keep white space, are SVG.
    pub(crate) links: usize,
    pub(crate) hidden: usize,
    pub(crate) unseen: usize,
    pub(crate) verbatim: usize,
    foreign: usize,
    heads: usize,
    /// How many elements stand in no other so far.
    pub(crate) outermost: u32,
}

impl<'h> Open<'h> {
    pub(crate) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// The open element at a depth counted from 1, the outermost.
    pub(crate) fn at_depth(&self, depth: usize) -> Option<u32> {
        self.stack.get(depth.checked_sub(1)?).copied()
    }

    fn at(&self, place: usize) -> &Element<'h> {
        &self.elements[self.stack[place] as usize]
    }

    fn top(&self) -> Option<&Element<'h>> {
        self.stack.last().map(|top| &self.elements[*top as usize])
    }

    pub(crate) fn in_foreign(&self) -> bool {
        self.foreign > 0
    }

    /// Opens an element behind so many texts, unless it is one too deep.
    pub(crate) fn push(
        &mut self,
        name: Cow<'h, str>,
        tag: Tag<'h>,
        of: Traits,
        texts: usize,
    ) -> Option<u32> {
        if self.stack.len() >= DEPTH {
            return None;
        }
        let index = self.add(name, tag, of, texts)?;
        self.stack.push(index);
        self.count(index, |count| *count += 1);
        Some(index)
    }

    /// Adds an element that has no end tag.
    pub(crate) fn add(
        &mut self,
        name: Cow<'h, str>,
        tag: Tag<'h>,
        of: Traits,
        texts: usize,
    ) -> Option<u32> {
        let index = u32::try_from(self.elements.len()).ok()?;
        let nth = self.pass();
        self.elements.push(Element {
            name,
            attributes: tag.attributes,
            parent: self.stack.last().copied(),
            traits: of,
            hidden: is_hidden(tag.attributes),
            texts,
            nth,
            children: 0,
        });
        Some(index)
    }

    /// Counts an element that stands here; answers its place among the
    /// siblings.
    pub(crate) fn pass(&mut self) -> u32 {
        let count = match self.stack.last() {
            Some(top) => &mut self.elements[*top as usize].children,
            None => &mut self.outermost,
        };
        *count += 1;
        *count
    }

    /// Takes the innermost element off.
    pub(crate) fn pop(&mut self) -> Option<u32> {
        let index = self.stack.pop()?;
        self.uncount(index);
        Some(index)
    }

    /// Takes an element off that others still stand in: `<b><p></b>`.
    pub(crate) fn remove(&mut self, place: usize) {
        let index = self.stack.remove(place);
        self.uncount(index);
    }

    fn uncount(&mut self, index: u32) {
        self.count(index, |count| *count -= 1);
    }

    fn count(&mut self, index: u32, change: impl Fn(&mut usize)) {
        let element = &self.elements[index as usize];
        let of = element.traits;
        let counts = [
            (element.name == "a", &mut self.links),
            (element.name == "head", &mut self.heads),
            (element.hidden, &mut self.hidden),
            (of.has(Traits::UNSEEN), &mut self.unseen),
            (of.has(Traits::VERBATIM), &mut self.verbatim),
            (of.has(Traits::FOREIGN), &mut self.foreign),
        ];
        for (counts, count) in counts {
            if counts {
                change(count);
            }
        }
    }

    /// The innermost open element that is `wanted`, by its place on the stack,
    /// if no element that is a `wall` stands inside it.
    fn find(
        &self,
        wanted: impl Fn(&Element<'h>) -> bool,
        wall: impl Fn(&Element<'h>) -> bool,
    ) -> Option<usize> {
        for place in (0..self.stack.len()).rev() {
            let element = self.at(place);
            if wanted(element) {
                return Some(place);
            }
            if wall(element) {
                return None;
            }
        }
        None
    }

    /// The place of the outermost element that a start tag ends.
    pub(crate) fn ended_by_start(&self, name: &str, of: Traits) -> Option<usize> {
        let named =
            |names: &'static [&'static str]| move |e: &Element<'h>| names.contains(&&*e.name);
        let scope = |e: &Element<'h>| e.traits.has(Traits::SCOPE);
        let list = |e: &Element<'h>| {
            let passable = matches!(&*e.name, "address" | "div" | "p");
            e.traits.has(Traits::BLOCK) && !passable || scope(e)
        };
        let table = named(&["table", "template"]);
        let own = match name {
            "li" => self.find(named(&["li"]), list),
            "dd" | "dt" => self.find(named(&["dd", "dt"]), list),
            "option" | "optgroup" => self.find(named(&["option"]), |e| e.name != "option"),
            "td" | "th" => self.find(named(&["td", "th"]), named(&["tr", "table", "template"])),
            "tr" => self.find(named(&["tr"]), table),
            "tbody" | "thead" | "tfoot" => {
                self.find(named(&["tbody", "thead", "tfoot", "caption"]), table)
            }
            "button" => self.find(named(&["button"]), |_| false),
            _ if of.has(Traits::HEADING) => {
                let is_heading = self.top().is_some_and(|e| e.traits.has(Traits::HEADING));
                is_heading.then(|| self.stack.len() - 1)
            }
            _ => None,
        };
        let ends_p = of.has(Traits::ENDS_P);
        let paragraph = match ends_p {
            true => self.find(named(&["p"]), scope),
            false => None,
        };
        let head = match self.heads > 0 && !of.has(Traits::HEAD) {
            true => self.find(named(&["head"]), |_| false),
            false => None,
        };
        let foreign = match ends_p && self.foreign > 0 {
            true => self.find(|e| e.traits.has(Traits::FOREIGN), named(&["foreignobject"])),
            false => None,
        };
        [own, paragraph, head, foreign].into_iter().flatten().min()
    }

    /// What an end tag ends.
    pub(crate) fn ended_by_end(&self, name: &str) -> Ended {
        let of = traits(name);
        let same = |e: &Element<'h>| e.name == *name;
        let scope = |e: &Element<'h>| e.traits.has(Traits::SCOPE);
        let block = |e: &Element<'h>| e.traits.has(Traits::BLOCK) || scope(e);
        let found = if of.has(Traits::FORMATTING) {
            let found = self.find(same, scope);
            if let Some(place) = found
                && (place + 1..self.stack.len()).any(|p| block(self.at(p)))
            {
                return Ended::Alone(place);
            }
            found
        } else if of.has(Traits::HEADING) {
            self.find(|e| e.traits.has(Traits::HEADING), scope)
        } else if of.has(Traits::TABLE) || of.has(Traits::SCOPE) {
            self.find(same, |e| e.name == "table")
        } else if of.has(Traits::BLOCK) {
            self.find(same, scope)
        } else {
            self.find(same, block)
        };
        found.map_or(Ended::Nothing, Ended::Through)
    }

    /// The open link, which another one ends.
    pub(crate) fn link(&self) -> Option<usize> {
        match self.links {
            0 => None,
            _ => self.find(|e| e.name == "a", |e| e.traits.has(Traits::SCOPE)),
        }
    }

    /// Whether an element of this name is open.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(|e| e.name == *name, |_| false).is_some()
    }
}

/// What an end tag ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    Nothing,
    /// The elements from this place on.
    Through(usize),
    /// Only the element at this place; those inside it go on.
    Alone(usize),
}

/// Whether a tag says that nobody is to see the element.
fn is_hidden(attributes: &str) -> bool {
    // Hardly any tag does, and few have the words.
    static WORDS: LazyLock<[Finder<'_>; 2]> = LazyLock::new(|| ["hidden", "none"].map(Finder::new));
    let has_word = || {
        let mut words = WORDS.iter();
        words.any(|word| word.find(attributes.as_bytes()).is_some())
    };
    if attributes.len() < 6 || !has_word() {
        return false;
    }
    let hidden = attribute(attributes, "hidden");
    let aria = attribute(attributes, "aria-hidden");
    let style = attribute(attributes, "style").unwrap_or_default();
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect();
    hidden.is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        || aria.is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}
