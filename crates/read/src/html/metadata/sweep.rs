//! One pass over a page that collects every place which tells of the page.
//!
//! ```text
//! <html lang=en><title>Pier sold</title><meta property=og:title content=…><h1>…
//! -> language en, title "Pier sold", metas [(og:title, …)], headings ["…"]
//! ```
//!
//! It asks of an element no more than [`Seen`] has, so that it does not matter
//! what read the page.

use std::borrow::Cow;

use super::linked::local;

/// No more of a kind are collected, whatever a page repeats.
const MANY: usize = 400;

/// How far up the surroundings of an element count.
const AROUND: usize = 8;

/// How far up the scope of a property is looked for.
const SCOPES: usize = 30;

/// An element of a page.
pub(super) trait Seen<'h>: Copy + PartialEq {
    /// In lower case.
    fn name(self) -> &'h str;
    /// The value of an attribute, decoded.
    fn attribute(self, name: &str) -> Option<Cow<'h, str>>;
    /// The element around it.
    fn parent(self) -> Option<Self>;
    /// Its text on one line, as far as that is short.
    fn line(self) -> String;
    /// The text of a script as it stands.
    fn script(self) -> Cow<'h, str>;
}

/// An element that readers see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'h> {
    /// How many elements stand before it.
    pub(super) at: usize,
    pub(super) text: String,
    pub(super) datetime: Option<Cow<'h, str>>,
    pub(super) class: Cow<'h, str>,
    /// Whether it stands in what is not the article itself.
    pub(super) is_aside: bool,
}

/// A property of microdata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property<'h> {
    pub(super) name: String,
    pub(super) value: Cow<'h, str>,
    /// Type of the value, if it is an item of its own.
    pub(super) kind: String,
    /// Which of `scopes` it is said of, if any.
    pub(super) scope: Option<usize>,
    pub(super) is_aside: bool,
}

#[derive(Debug, Default)]
pub(super) struct Sweep<'h> {
    pub(super) scripts: Vec<Cow<'h, str>>,
    /// Names in lower case, and contents.
    pub(super) metas: Vec<(String, String)>,
    pub(super) canonical: Option<String>,
    pub(super) language: Option<String>,
    pub(super) title: Option<String>,
    pub(super) headings: Vec<Place<'h>>,
    pub(super) times: Vec<Place<'h>>,
    /// Links to an author.
    pub(super) authors: Vec<Place<'h>>,
    /// Elements whose class says that they are a byline.
    pub(super) bylines: Vec<Place<'h>>,
    pub(super) properties: Vec<Property<'h>>,
    /// Types of the items that properties are said of.
    pub(super) scopes: Vec<String>,
}

impl<'h> Sweep<'h> {
    /// Sweeps over elements in the order of the source, each with how many
    /// stand before it.
    pub(super) fn of<E: Seen<'h>>(elements: impl Iterator<Item = (usize, E)>) -> Self {
        let (mut sweep, mut items) = (Self::default(), Items::default());
        for (at, element) in elements {
            sweep.meet(at, element);
            if let Some(names) = element.attribute("itemprop") {
                sweep.property(&names, element, &mut items);
            }
        }
        sweep
    }

    fn meet<E: Seen<'h>>(&mut self, at: usize, element: E) {
        match element.name() {
            "script" if is_linked_data(element) => keep(&mut self.scripts, || element.script()),
            "meta" => self.meta(element),
            "link" => self.link(element),
            "html" if self.language.is_none() => {
                self.language = element.attribute("lang").map(Cow::into_owned);
            }
            "title" if self.title.is_none() && !is_in_picture(element) => {
                self.title = Some(element.line()).filter(|text| !text.is_empty());
            }
            "h1" => keep(&mut self.headings, || place(at, element)),
            "time" => keep(&mut self.times, || place(at, element)),
            "a" if element
                .attribute("rel")
                .is_some_and(|rel| has_word(&rel, "author")) =>
            {
                keep(&mut self.authors, || place(at, element));
            }
            _ => {}
        }
        if element
            .attribute("class")
            .is_some_and(|class| is_byline(&class))
        {
            keep(&mut self.bylines, || place(at, element));
        }
    }

    fn meta<E: Seen<'h>>(&mut self, element: E) {
        let names = ["property", "name", "http-equiv"];
        let name = names.iter().find_map(|name| element.attribute(name));
        if let Some((name, content)) = name.zip(element.attribute("content")) {
            let pair = || (name.trim().to_ascii_lowercase(), content.trim().to_owned());
            keep(&mut self.metas, pair);
        }
    }

    fn link<E: Seen<'h>>(&mut self, element: E) {
        let is_canonical = |rel: Cow<'_, str>| has_word(&rel, "canonical");
        if self.canonical.is_none() && element.attribute("rel").is_some_and(is_canonical) {
            self.canonical = element.attribute("href").map(|url| url.trim().to_owned());
        }
    }

    fn property<E: Seen<'h>>(&mut self, names: &str, element: E, items: &mut Items<E>) {
        let around = ancestors(element).take(SCOPES);
        let owner = around
            .into_iter()
            .find(|e| e.attribute("itemscope").is_some());
        let scope = owner.map(|owner| items.scope(owner, &mut self.scopes));
        for name in names.split_ascii_whitespace() {
            // The name of an author is that author's value.
            let of = items
                .values
                .iter()
                .rev()
                .find(|(item, _)| Some(*item) == owner);
            if let Some((_, index)) = of.filter(|_| name == "name") {
                self.properties[*index].value = value(element);
            } else if TOLD.contains(&name) && self.properties.len() < MANY {
                let is_item = element.attribute("itemscope").is_some();
                if is_item && matches!(name, "author" | "creator") {
                    items.values.push((element, self.properties.len()));
                }
                self.properties.push(Property {
                    name: name.to_owned(),
                    value: value(element),
                    kind: kind(element),
                    scope,
                    is_aside: is_aside(element),
                });
            }
        }
    }
}

/// Properties that tell something of a page.
const TOLD: &[&str] = &[
    "articleSection",
    "author",
    "creator",
    "dateModified",
    "datePublished",
    "description",
    "headline",
    "inLanguage",
    "mainEntityOfPage",
    "url",
];

/// Items of microdata met so far.
#[derive(Debug)]
struct Items<E> {
    /// Those that have properties, in the order of `scopes`.
    owners: Vec<E>,
    /// Those that are the value of a property, and of which.
    values: Vec<(E, usize)>,
}

impl<E> Default for Items<E> {
    fn default() -> Self {
        Self {
            owners: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl<E> Items<E> {
    /// The index of an item; the last one is the likeliest.
    fn scope<'h>(&mut self, owner: E, scopes: &mut Vec<String>) -> usize
    where
        E: Seen<'h>,
    {
        let known = self.owners.iter().rposition(|known| *known == owner);
        known.unwrap_or_else(|| {
            if self.owners.len() < MANY {
                self.owners.push(owner);
                scopes.push(kind(owner));
            }
            self.owners.len() - 1
        })
    }
}

fn keep<T>(list: &mut Vec<T>, value: impl FnOnce() -> T) {
    if list.len() < MANY {
        list.push(value());
    }
}

fn place<'h, E: Seen<'h>>(at: usize, element: E) -> Place<'h> {
    Place {
        at,
        text: element.line(),
        datetime: element.attribute("datetime"),
        class: element.attribute("class").unwrap_or_default(),
        is_aside: is_aside(element),
    }
}

/// The value for machines, else the text.
fn value<'h, E: Seen<'h>>(element: E) -> Cow<'h, str> {
    let names: &[&str] = match element.name() {
        "a" | "link" => &["content", "href"],
        _ => &["content", "datetime", "itemid"],
    };
    let given = names.iter().find_map(|name| element.attribute(name));
    let is_text = element.name() == "a" && element.attribute("itemprop").is_none_or(|p| p != "url");
    let given = given.filter(|value| !value.is_empty() && !is_text);
    given.unwrap_or_else(|| element.line().into())
}

/// The type of an item, without the address of its vocabulary.
fn kind<'h, E: Seen<'h>>(item: E) -> String {
    let kind = item.attribute("itemtype").unwrap_or_default();
    local(&kind).to_owned()
}

fn is_linked_data<'h, E: Seen<'h>>(script: E) -> bool {
    let kind = script.attribute("type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/ld+json")
}

fn has_word(value: &str, word: &str) -> bool {
    value
        .split_ascii_whitespace()
        .any(|w| w.eq_ignore_ascii_case(word))
}

/// Whether classes are those of a line that names the authors, and not of a
/// box about them.
fn is_byline(classes: &str) -> bool {
    const OTHER: &[&str] = &[
        "about", "authori", "avatar", "bio", "body", "box", "button", "card", "comment", "date",
        "desc", "follow", "icon", "image", "img", "info", "job", "list", "page", "photo", "pic",
        "related", "role", "share", "social", "thumb", "time", "title", "twitter",
    ];
    let fits = |class: &str| {
        let class = class.to_ascii_lowercase();
        (class.contains("byline") || class.contains("author"))
            && !OTHER.iter().any(|other| class.contains(other))
    };
    // Nearly all classes end here.
    let could_be = classes.contains("yline") || classes.contains("uthor");
    could_be && classes.split_ascii_whitespace().any(fits)
}

/// Whether a title is that of a drawing.
fn is_in_picture<'h, E: Seen<'h>>(title: E) -> bool {
    ancestors(title)
        .take(AROUND)
        .any(|around| around.name() == "svg")
}

/// Whether an element stands in something that is not the article itself.
fn is_aside<'h, E: Seen<'h>>(element: E) -> bool {
    const WORDS: &[&str] = &[
        "comment",
        "related",
        "recommend",
        "sidebar",
        "teaser",
        "promo",
        "widget",
        "trending",
        "carousel",
        "most-",
        "latest",
        "popular",
        "card",
    ];
    ancestors(element).take(AROUND).any(|around| {
        let class = around.attribute("class").unwrap_or_default();
        let says_so = || WORDS.iter().any(|word| class.contains(word));
        match around.name() {
            "aside" | "nav" | "footer" | "form" | "figure" => true,
            "body" | "html" => false,
            _ => says_so(),
        }
    })
}

fn ancestors<'h, E: Seen<'h>>(element: E) -> impl Iterator<Item = E> {
    std::iter::successors(element.parent(), |around| around.parent())
}
