//! Pages with what of them is wanted, looked at as the plugin sees them.

use std::cell::RefCell;
use std::error::Error;
use std::path::Path;

use cleancopy_plugin::prelude::*;
use cleancopy_testkit::Kit;
use select_content::features::{columns, features};
use select_content::page::{Page, Piece};
use select_content::words::Words;

use crate::{FOLDS, labels};

/// A line of the gold file.
#[derive(serde::Deserialize)]
pub(crate) struct Gold {
    pub(crate) id: String,
    url: String,
    gold: String,
}

/// A page, block by block.
pub(crate) struct Sample {
    pub(crate) gold: Gold,
    /// Pages of one site are in one fold.
    pub(crate) fold: usize,
    pub(crate) texts: Vec<String>,
    /// What stands around each block, for people to read.
    pub(crate) paths: Vec<String>,
    /// Row after row.
    pub(crate) features: Vec<f32>,
    /// 1 for blocks of the article, else 0.
    pub(crate) wanted: Vec<f32>,
    pub(crate) weights: Vec<f32>,
    /// What each column is.
    pub(crate) columns: Vec<String>,
}

type Look = Box<dyn FnOnce(&Page<'_>, &Document<'_>)>;

thread_local! {
    static LOOK: RefCell<Option<Look>> = const { RefCell::new(None) };
}

/// A cleaner that lets the trainer look at a document as a plugin sees it.
struct Probe(Words);

impl Cleaner for Probe {
    const DESCRIPTION: &'static str = "looks";
    type Settings = NoSettings;

    fn new(_: NoSettings) -> Result<Self, SetupError> {
        Words::load().map(Self).map_err(|e| SetupError::at("", e))
    }

    fn clean(&self, document: &Document<'_>, _: &mut Edits<'_>) {
        if let Some(look) = LOOK.with_borrow_mut(Option::take) {
            look(&Page::of(document, &self.0), document);
        }
    }
}

export_cleaner!(Probe);

/// Looks at the page of a file.
pub(crate) fn look<T: 'static>(
    kit: &mut Kit,
    pages: &Path,
    id: &str,
    with: impl FnOnce(&Page<'_>, &Document<'_>) -> T + 'static,
) -> Result<T, Box<dyn Error>> {
    let bytes = std::fs::read(pages.join(format!("{id}.html.gz")))?;
    let document = cleancopy_testkit::page(id, bytes)?;
    let (send, receive) = std::sync::mpsc::channel();
    let look: Look = Box::new(move |page, document| drop(send.send(with(page, document))));
    LOOK.with_borrow_mut(|slot| *slot = Some(look));
    kit.run_on(document)?;
    Ok(receive.recv()?)
}

/// The site of an address: its host but for the first parts.
fn site(url: &str) -> String {
    let host = url.split('/').nth(2).unwrap_or(url);
    let parts: Vec<&str> = host.split('.').collect();
    let country =
        parts.len() > 2 && parts[parts.len() - 2].len() <= 3 && parts[parts.len() - 1].len() == 2;
    parts[parts.len().saturating_sub(if country { 3 } else { 2 })..].join(".")
}

/// Looks at a page.
pub(crate) fn sample(kit: &mut Kit, pages: &Path, gold: Gold) -> Result<Sample, Box<dyn Error>> {
    let (seen, columns, texts, paths) = look(kit, pages, &gold.id, |page, document| {
        let texts = page.pieces.iter().map(|p| p.block.text.to_owned());
        let paths = page.pieces.iter().map(|p| path(document, p));
        let (texts, paths): (Vec<_>, Vec<_>) = (texts.collect(), paths.collect());
        let (seen, columns) = (features(page, document), columns(page, document));
        (seen, columns, texts, paths)
    })?;
    let wanted = labels::labels(&texts, &gold.gold);
    let length = labels::words(&gold.gold).len().max(30) as f32;
    let weight = |text: &String| ((labels::words(text).len() as f32 + 1.0) / length).min(0.25);
    let hash = site(&gold.url).bytes().fold(17_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    Ok(Sample {
        fold: (hash >> 20) as usize % FOLDS,
        weights: texts.iter().map(weight).collect(),
        wanted: wanted.iter().map(|w| f32::from(u8::from(*w))).collect(),
        texts,
        paths,
        features: seen,
        columns,
        gold,
    })
}

/// The kind of a block and the elements around it.
fn path(document: &Document<'_>, piece: &Piece<'_>) -> String {
    let around = document.around(&piece.block).take(4);
    let path: Vec<String> = around
        .map(|e| format!("{}.{}", e.name, e.classes))
        .collect();
    let hidden = if piece.block.hidden { " hidden" } else { "" };
    format!("{}{hidden} {}", piece.block.kind, path.join(" < "))
}
