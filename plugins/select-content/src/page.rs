//! A page as the features see it: its blocks and elements, with what can be
//! said about each of them at once.

mod piece;
mod place;

use cleancopy_plugin::Document;

use crate::words::Words;
use piece::piece;
pub use piece::{Key, Piece, is_heading, key};
pub use place::{FAR, Place, TAGS};
use place::{is_inner, measure, places};

/// A page.
#[derive(Debug)]
pub struct Page<'d> {
    /// Its blocks, in the order of the source.
    pub pieces: Vec<Piece<'d>>,
    /// The elements they stand in, each behind the one around it.
    pub places: Vec<Place>,
    /// How many blocks stand in elements of a shape.
    pub shapes: Vec<f32>,
    /// How many bytes of prose it has.
    pub prose_chars: f32,
}

impl<'d> Page<'d> {
    /// Looks at a document that was read from HTML.
    #[must_use]
    pub fn of(document: &Document<'d>, words: &Words) -> Self {
        let pieces: Vec<Piece<'d>> = document.blocks().map(|b| piece(b, words)).collect();
        let mut places = places(document, words);
        for piece in &pieces {
            let mut next = piece.block.element.map(|e| e as usize);
            let mut own = true;
            while let Some(at) = next.filter(|at| *at < places.len()) {
                let place = &mut places[at];
                place.chars += piece.chars;
                place.linked += piece.chars * piece.link_density;
                place.blocks += 1.0;
                if piece.is_prose {
                    place.prose_chars += piece.chars;
                    if own && !is_inner(place.tag) {
                        place.own_prose_chars += piece.chars;
                        own = false;
                    }
                }
                next = place.parent;
            }
        }
        let shape_count = places.iter().map(|p| p.shape + 1).max().unwrap_or(0);
        let mut shapes = vec![0.0; shape_count as usize];
        for piece in &pieces {
            if let Some(at) = piece.block.element {
                shapes[places[at as usize].shape as usize] += 1.0;
            }
        }
        let prose = pieces.iter().filter(|p| p.is_prose);
        let prose_chars = prose.map(|p| p.chars).sum();
        measure(&mut places, prose_chars);
        Self {
            pieces,
            places,
            shapes,
            prose_chars,
        }
    }

    /// The element of a block.
    #[must_use]
    pub fn place(&self, piece: usize) -> Option<&Place> {
        self.places.get(self.index(piece)?)
    }

    /// The index of the element of a block.
    #[must_use]
    pub fn index(&self, piece: usize) -> Option<usize> {
        self.pieces[piece].block.element.map(|e| e as usize)
    }

    /// The innermost element around a block that holds others too: one that
    /// lays out, not one that the text itself is wrapped in.
    #[must_use]
    pub fn container(&self, piece: usize) -> Option<usize> {
        let mut at = self.index(piece)?;
        loop {
            let place = &self.places[at];
            if place.blocks > 1.0 && !is_inner(place.tag) {
                return Some(at);
            }
            at = place.parent?;
        }
    }

    /// Whether one element is, or stands in, another.
    #[must_use]
    pub fn is_inside(&self, mut inner: usize, outer: usize) -> bool {
        while inner > outer {
            match self.places[inner].parent {
                Some(parent) => inner = parent,
                None => return false,
            }
        }
        inner == outer
    }
}
