//! What microdata says: elements with `itemprop`.
//!
//! ```text
//! <article itemscope itemtype=http://schema.org/NewsArticle>
//!   <h1 itemprop=headline>Pier sold</h1> <b itemprop=author>Ada Moss</b>
//! -> kind NewsArticle, headline Pier sold, author Ada Moss
//! ```
//!
//! What belongs to a comment, a product or a person says nothing of the page.

use super::linked::{is_article, is_page};
use super::said::{Author, Said, set};
use super::sweep::{Property, Sweep};
use super::{plain, times};

/// What each article of a page says of itself, in the order of the page.
pub(super) fn articles(sweep: &Sweep<'_>) -> Vec<Said> {
    // The last one is of properties that stand in no item.
    let mut all = vec![Said::default(); sweep.scopes.len() + 1];
    for property in &sweep.properties {
        let index = property.scope.unwrap_or(sweep.scopes.len());
        let kind = sweep.scopes.get(index).map(String::as_str);
        if kind.is_none_or(|kind| is_article(kind) || is_page(kind)) {
            all[index].kind = kind.map(str::to_owned);
            note(&mut all[index], property);
        }
    }
    all.retain(|said| *said != Said::default());
    all
}

/// Keeps what a property tells.
fn note(said: &mut Said, property: &Property<'_>) {
    let value = &*property.value;
    let line = || Some(plain::line(value));
    match property.name.as_str() {
        "headline" => set(&mut said.headline, line()),
        "datePublished" => set(&mut said.published, times::normal(value)),
        "dateModified" => set(&mut said.modified, times::normal(value)),
        "articleSection" => set(&mut said.section, line()),
        "inLanguage" => set(&mut said.language, line()),
        "description" => set(&mut said.description, line()),
        "url" | "mainEntityOfPage" if value.contains('/') => said.urls.push(value.to_owned()),
        // That of a picture or of a comment stands aside.
        "author" | "creator" if !property.is_aside => said.authors.push(Author {
            written: plain::line(value),
            is_organisation: property.kind.ends_with("Organization"),
        }),
        _ => {}
    }
}
