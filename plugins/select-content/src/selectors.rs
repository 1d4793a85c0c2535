//! What the profile's selectors say: they come before every other decision.

use cleancopy_plugin::Document;

use crate::decide::Verdict;
use crate::page::Page;

/// Inside what a profile calls the article, a block with a smaller chance
/// still leaves.
const UNLIKELY: f32 = 0.1;

/// Applies the selectors `article`, `remove` and `keep`.
///
/// The innermost of `remove` and `keep` around a block decides. Elsewhere
/// `article` does, if it matches anything that has text: one that matches
/// nothing is stale and leaves the generic decision in force.
pub fn apply(page: &Page<'_>, document: &Document<'_>, chances: &[f32], verdicts: &mut [Verdict]) {
    let count = u32::try_from(document.element_count()).unwrap_or(u32::MAX);
    let mut elements = (0..count).filter_map(|number| document.element(number));
    if elements.all(|element| element.selectors.is_empty()) {
        return;
    }
    let says: Vec<Says> = page.pieces.iter().map(|p| said(document, p)).collect();
    let has_article = says.iter().any(|says| says.article);
    for (at, says) in says.iter().enumerate() {
        let chance = chances.get(at).copied().unwrap_or(1.0);
        let verdict = &mut verdicts[at];
        match says.own {
            Some(true) if *verdict != Verdict::Headline => *verdict = Verdict::Article,
            Some(false) => *verdict = Verdict::Selector,
            None if has_article && *verdict != Verdict::Headline => {
                match (says.article, *verdict) {
                    (false, Verdict::Article | Verdict::Caption) => *verdict = Verdict::Selector,
                    (true, Verdict::Other) if chance > UNLIKELY => *verdict = Verdict::Article,
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// What the selectors say about a block.
struct Says {
    /// Whether it is to be kept (`true`) or removed (`false`).
    own: Option<bool>,
    article: bool,
}

fn said(document: &Document<'_>, piece: &crate::page::Piece<'_>) -> Says {
    let mut says = Says {
        own: None,
        article: false,
    };
    for element in document.around(&piece.block) {
        for name in element.selectors.split(' ') {
            match name {
                "keep" => says.own = says.own.or(Some(true)),
                "remove" => says.own = says.own.or(Some(false)),
                "article" => says.article = true,
                _ => {}
            }
        }
    }
    says
}
