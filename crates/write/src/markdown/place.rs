//! Where a block of a page stands: in which list, table or quotation.

use cleancopy_model::{Block, Document};

/// The elements around a block that Markdown has a form for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The innermost table or quotation, by the index of its element; text
    /// without elements stands in none.
    pub(super) container: Option<u32>,
    /// How many lists stand around it.
    pub(super) lists: usize,
    /// Its 1-based number, if its list has numbers.
    pub(super) number: Option<u32>,
}

impl Place {
    pub(super) fn of(document: &Document, block: &Block) -> Self {
        let mut place = Self::default();
        let mut item = None;
        let mut next = block.markup().element;
        while let Some((index, element)) =
            next.and_then(|index| Some((index, document.elements().get(index)?)))
        {
            match element.name {
                "li" if place.lists == 0 => item = Some(element.nth),
                "ul" | "ol" | "menu" => {
                    if place.lists == 0 && element.name == "ol" {
                        place.number = item;
                    }
                    place.lists += 1;
                }
                "table" | "blockquote" if place.container.is_none() => {
                    place.container = Some(index);
                }
                _ => {}
            }
            next = element.parent;
        }
        place
    }
}
