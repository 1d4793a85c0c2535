//! What is measured of every block, as numbers.

use std::fmt::{self, Display};

use cleancopy_plugin::Document;
use cleancopy_plugin::prelude::BlockKind;
use cleancopy_text::letters;

use crate::headline::{headline, like, like_any, titles};
use crate::page::{FAR, Page, TAGS, is_heading};
use crate::shingles::{ByHash, Copies, Runs};
use crate::words::Words;

/// Numbers by block, all rows of one length.
#[derive(Debug)]
pub struct Features {
    /// How many numbers a row has.
    pub width: usize,
    /// Row after row.
    pub values: Vec<f32>,
    /// What each column is; filled for the first block only.
    pub names: Vec<String>,
}

impl Features {
    /// The numbers of a block.
    #[must_use]
    pub fn row(&self, block: usize) -> &[f32] {
        &self.values[block * self.width..][..self.width]
    }

    /// Whether a block was measured; one that was not is not the article's.
    #[must_use]
    pub fn is_measured(&self, block: usize) -> bool {
        self.row(block)
            .first()
            .is_some_and(|first| *first != HOPELESS)
    }
}

/// Takes the numbers of one block.
struct Row<'f> {
    values: &'f mut Vec<f32>,
    names: Option<&'f mut Vec<String>>,
}

impl<'f> Row<'f> {
    fn new(values: &'f mut Vec<f32>, names: Option<&'f mut Vec<String>>) -> Self {
        Self { values, names }
    }

    fn put(&mut self, name: impl Display, value: f32) {
        self.values.push(value);
        if let Some(names) = &mut self.names {
            names.push(name.to_string());
        }
    }

    fn flag(&mut self, name: impl Display, value: bool) {
        self.put(name, f32::from(u8::from(value)));
    }
}

/// The name of a column that there are several of: written only when asked for.
struct Nth(&'static str, isize);

impl Display for Nth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

/// What is known of the whole page before its blocks are looked at.
struct Whole<'p, 'd> {
    page: &'p Page<'d>,
    words: &'p Words,
    /// The element with the most prose of its own.
    best: Option<usize>,
    best_chars: f32,
    /// 2 for news, 1 for other articles, 0 for pages of another or no kind.
    kind: f32,
    /// The first and the last block of prose in it.
    span: (usize, usize),
    h1: Option<usize>,
    copies: ByHash<u32>,
    titles: Vec<Vec<char>>,
    description: Vec<char>,
    /// The article as the page's own data have it.
    body: Option<Runs>,
    runs: Copies,
    /// Prose characters before each block, and in all.
    prose_before: Vec<f32>,
    /// How many blocks it is back and on to the next prose, at most [`FAR_OFF`].
    prose_back: Vec<f32>,
    prose_on: Vec<f32>,
    /// The heading over each block.
    under: Vec<Option<usize>>,
    /// Candidate positions inside `best`: prose blocks in it before each block.
    best_before: Vec<f32>,
}

impl<'p, 'd> Whole<'p, 'd> {
    fn new(page: &'p Page<'d>, document: &Document<'d>, words: &'p Words) -> Self {
        let best = (0..page.places.len())
            .filter(|at| page.places[*at].own_prose_chars > 0.0)
            .max_by(|a, b| score(page, *a).total_cmp(&score(page, *b)));
        let prose_in = |at: usize, best: usize| {
            page.pieces[at].is_prose && page.index(at).is_some_and(|p| page.is_inside(p, best))
        };
        let mut span = (usize::MAX, 0);
        let mut best_before = Vec::with_capacity(page.pieces.len());
        let mut so_far = 0.0;
        for at in 0..page.pieces.len() {
            best_before.push(so_far);
            if best.is_some_and(|best| prose_in(at, best)) {
                span = (span.0.min(at), at);
                so_far += 1.0;
            }
        }
        let mut copies: ByHash<u32> = ByHash::default();
        for piece in &page.pieces {
            *copies.entry(piece.key).or_default() += 1;
        }
        let text_of = |key: &str| document.metadata(key).next().unwrap_or_default().to_owned();
        let chars_of = |key: &str| letters(&text_of(key)).collect::<Vec<char>>();
        let titles = titles(document);
        let mut prose_before = Vec::with_capacity(page.pieces.len());
        let mut sum = 0.0;
        let (mut under, mut last) = (Vec::with_capacity(page.pieces.len()), None);
        for (at, piece) in page.pieces.iter().enumerate() {
            prose_before.push(sum);
            under.push(last);
            if piece.is_prose {
                sum += piece.chars;
            }
            if is_heading(&piece.block) {
                last = Some(at);
            }
        }
        let h1 = headline(page, &titles);
        Self {
            best_chars: best.map_or(0.0, |b| page.places[b].prose_chars),
            best,
            span,
            h1,
            copies,
            description: chars_of("description"),
            kind: match text_of("_type").as_str() {
                kind if kind.contains("News") || kind.contains("LiveBlog") => 2.0,
                kind if kind.contains("Article") || kind.contains("Posting") => 1.0,
                _ => 0.0,
            },
            body: Some(Runs::of(&text_of("_article_body"))).filter(|runs| runs.len() > 40),
            runs: Copies::of(page.pieces.iter().map(|p| p.block.text)),
            titles,
            prose_before,
            under,
            best_before,
            prose_back: to_prose(page, page.pieces.iter()),
            prose_on: {
                let mut on = to_prose(page, page.pieces.iter().rev());
                on.reverse();
                on
            },
            page,
            words,
        }
    }
}

/// Prose that is further off than so many blocks does not count.
const FAR_OFF: f32 = 40.0;

/// How many blocks back the last prose is from each block.
fn to_prose<'p, 'd: 'p>(
    page: &Page<'d>,
    pieces: impl Iterator<Item = &'p crate::page::Piece<'d>>,
) -> Vec<f32> {
    let mut steps = 0.0;
    let mut out = Vec::with_capacity(page.pieces.len());
    for piece in pieces {
        steps = f32::min(steps + 1.0, FAR_OFF);
        out.push(steps);
        if piece.is_prose {
            steps = 0.0;
        }
    }
    out
}

/// How much of an article an element holds: prose of its own, half that of the
/// elements right inside.
fn score(page: &Page<'_>, at: usize) -> f32 {
    let place = &page.places[at];
    place.own_prose_chars
}

/// How many numbers a row has.
pub const WIDTH: usize = 176;

/// In the first column: nothing was measured.
const HOPELESS: f32 = -1.0;

/// Whether a block needs no measuring: a short link far from any paragraph.
/// Half the blocks of a page are.
fn is_hopeless(whole: &Whole<'_, '_>, at: usize) -> bool {
    let piece = &whole.page.pieces[at];
    let far = whole.prose_back[at].min(whole.prose_on[at]);
    let short = piece.words <= 8.0 && far > 3.0 || piece.words <= 14.0 && far > 6.0;
    short && piece.link_density > 0.98 && !is_heading(&piece.block)
}

/// Measures the blocks of a page one after the other: calls `each` with the
/// numbers of a block, or with nothing for one that needs no measuring and is
/// not the article's. All numbers of a large page at once would fill memory.
pub fn measure(
    page: &Page<'_>,
    document: &Document<'_>,
    words: &Words,
    mut each: impl FnMut(Option<&[f32]>),
) {
    let whole = Whole::new(page, document, words);
    let mut values = Vec::with_capacity(WIDTH);
    for at in 0..page.pieces.len() {
        if is_hopeless(&whole, at) {
            each(None);
            continue;
        }
        values.clear();
        whole.put(at, &mut Row::new(&mut values, None));
        each(Some(&values));
    }
}

/// Measures every block of a page; with `name`, also the first hopeless one,
/// and says what the columns are.
#[must_use]
pub fn features(page: &Page<'_>, document: &Document<'_>, words: &Words, name: bool) -> Features {
    let whole = Whole::new(page, document, words);
    let mut values = Vec::with_capacity(page.pieces.len() * WIDTH);
    let mut names = Vec::new();
    for at in 0..page.pieces.len() {
        if is_hopeless(&whole, at) && !name {
            values.resize(values.len() + WIDTH, HOPELESS);
            continue;
        }
        let names = (name && at == 0).then_some(&mut names);
        whole.put(at, &mut Row::new(&mut values, names));
    }
    Features {
        width: WIDTH,
        values,
        names,
    }
}

impl Whole<'_, '_> {
    /// Puts the numbers of a block.
    fn put(&self, at: usize, row: &mut Row<'_>) {
        text_features(self, at, row);
        place_features(self, at, row);
        position_features(self, at, row);
        neighbour_features(self, at, row);
    }
}

fn text_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let piece = &whole.page.pieces[at];
    let text = piece.block.text;
    row.put("words", (1.0 + piece.words).ln());
    row.put("chars", (1.0 + piece.chars).ln());
    row.put("word length", piece.chars / piece.words.max(1.0));
    row.put("link density", piece.link_density);
    row.flag("prose", piece.is_prose);
    row.flag("hidden", piece.block.hidden);
    row.put("level", f32::from(piece.block.level));
    row.put("kind", piece.block.kind.code() as f32);
    let (mut commas, mut stops, mut upper, mut digits, mut odd) = (0.0, 0.0, 0.0, 0.0, 0.0_f32);
    for b in text.bytes() {
        match b {
            b',' => commas += 1.0,
            b'.' | b'!' | b'?' => stops += 1.0,
            b'A'..=b'Z' => upper += 1.0,
            b'0'..=b'9' => digits += 1.0,
            b'|' | b'/' | b'>' | b'@' | b'#' | b'$' | b'+' | b'_' => odd += 1.0,
            _ => {}
        }
    }
    let chars = piece.chars.max(1.0);
    row.put("commas", commas);
    row.put("stops", stops);
    row.put("upper", upper / chars);
    row.put("digits", digits / chars);
    row.put("odd", odd / chars);
    let last = text.chars().next_back().unwrap_or(' ');
    row.put(
        "ends",
        match last {
            '.' | '!' | '?' | '。' => 3.0,
            '”' | '"' | '…' | '’' | ')' => 2.0,
            ':' => 1.0,
            _ => 0.0,
        },
    );
    let first = text.chars().next().unwrap_or(' ');
    row.put(
        "begins",
        match first {
            c if c.is_uppercase() => 2.0,
            c if c.is_alphabetic() => 1.0,
            c if c.is_ascii_digit() => 3.0,
            '"' | '“' | '‘' | '\'' => 4.0,
            _ => 0.0,
        },
    );
    row.put("function words", function_words(text));
    row.put(
        "copies",
        whole.copies.get(&piece.key).map_or(1.0, |c| *c as f32),
    );
    for sense in 0..whole.words.text_count() {
        row.flag(
            format_args!("text {sense}"),
            piece.senses & (1 << sense) != 0,
        );
    }
    row.put("like title", like_any(&whole.titles, text));
    row.put("like description", like(&whole.description, text));
    let (before, behind) = whole.runs.shares(at, text);
    row.put("said before", before);
    row.put("said again", behind);
    match &whole.body {
        Some(body) => row.put("in body", body.share(text)),
        None => row.put("in body", -1.0),
    }
}

/// The share of words that only hold sentences together.
fn function_words(text: &str) -> f32 {
    const WORDS: &[&str] = &[
        "the", "of", "and", "to", "a", "in", "is", "that", "for", "it", "was", "on", "with", "as",
        "be", "at", "by", "this", "have", "from", "or", "are", "an", "but", "not", "which", "he",
        "his", "had", "has", "their", "they", "we", "you", "your", "can", "will", "were", "who",
    ];
    let (mut hits, mut all) = (0.0, 0.0);
    for word in text.split_ascii_whitespace().take(40) {
        all += 1.0;
        if word.len() <= 5 && WORDS.iter().any(|w| word.eq_ignore_ascii_case(w)) {
            hits += 1.0;
        }
    }
    if all == 0.0 { 0.0 } else { hits / all }
}

fn near(distance: u8) -> f32 {
    if distance == FAR {
        20.0
    } else {
        f32::from(distance.min(19))
    }
}

fn place_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let page = whole.page;
    let place = page.place(at);
    row.put("depth", place.map_or(0.0, |p| f32::from(p.depth)));
    row.put("tag", place.map_or(99.0, |p| f32::from(p.tag.min(99))));
    for (index, name) in TAGS.iter().enumerate() {
        row.put(
            format_args!("in {name}"),
            place.map_or(20.0, |p| near(p.tags[index])),
        );
    }
    for sense in 0..whole.words.class_count() {
        row.put(
            format_args!("class {sense}"),
            place.map_or(20.0, |p| near(p.classes[sense])),
        );
    }
    row.put(
        "same shape",
        place.map_or(0.0, |p| page.shapes[p.shape as usize].ln()),
    );
    let mut around = page.container(at);
    for level in 0..3_isize {
        let found = around.map(|index| &page.places[index]);
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        let name = |what| Nth(what, level);
        row.put(
            name("around chars"),
            found.map_or(0.0, |p| (1.0 + p.chars).ln()),
        );
        row.put(
            name("around links"),
            found.map_or(0.0, |p| share(p.linked, p.chars)),
        );
        row.put(
            name("around blocks"),
            found.map_or(0.0, |p| (1.0 + p.blocks).ln()),
        );
        row.put(
            name("around prose"),
            found.map_or(0.0, |p| share(p.prose_chars, p.chars)),
        );
        row.put(
            name("around share"),
            found.map_or(0.0, |p| share(p.prose_chars, page.prose_chars)),
        );
        let outer = found.map(|p| p.blocks).unwrap_or(0.0);
        let mut next = found.and_then(|p| p.parent);
        while let Some(index) = next.filter(|i| page.places[*i].blocks <= outer) {
            next = page.places[index].parent;
        }
        around = next;
    }
}

fn position_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let page = whole.page;
    let total = page.pieces.len() as f32;
    row.put("at", at as f32 / total);
    row.put("blocks", total.ln());
    row.put("prose", (1.0 + page.prose_chars).ln());
    let prose = page.prose_chars.max(1.0);
    row.put("prose before", whole.prose_before[at] / prose);
    let behind = |mark: Option<usize>| mark.map_or(-999.0, |m| at as f32 - m as f32);
    row.put("behind h1", behind(whole.h1).clamp(-200.0, 200.0));
    row.flag("is h1", whole.h1 == Some(at));
    let inside = match (whole.best, page.index(at)) {
        (Some(best), Some(index)) => page.is_inside(index, best),
        _ => false,
    };
    row.flag("in best", inside);
    row.put("best share", whole.best_chars / prose);
    row.put("page kind", whole.kind);
    let (first, last) = whole.span;
    let has_span = first != usize::MAX;
    let from = |mark: usize| {
        if has_span {
            at as f32 - mark as f32
        } else {
            0.0
        }
    };
    row.put("behind first", from(first).clamp(-100.0, 300.0));
    row.put("behind last", from(last).clamp(-300.0, 100.0));
    let all_best = whole.best_before.last().copied().unwrap_or(0.0).max(1.0);
    row.put("best prose before", whole.best_before[at]);
    row.put("best prose after", all_best - whole.best_before[at]);
    row.put("steps to best", steps(page, page.index(at), whole.best));
    let h1_place = whole.h1.and_then(|h| page.index(h));
    row.put("steps to h1", steps(page, page.index(at), h1_place));
    let under = whole.under[at];
    row.put("under", under.map_or(99.0, |u| (at - u) as f32).min(99.0));
    row.put(
        "under level",
        under.map_or(0.0, |u| f32::from(page.pieces[u].block.level)),
    );
    let senses = under.map_or(0, |u| page.pieces[u].senses);
    for sense in 0..whole.words.text_count() {
        row.flag(
            format_args!("under text {sense}"),
            senses & (1 << sense) != 0,
        );
    }
    row.flag("under h1", under.is_some() && under == whole.h1);
}

/// How many elements up from one place the other one's branch is reached.
fn steps(page: &Page<'_>, from: Option<usize>, to: Option<usize>) -> f32 {
    let (Some(mut from), Some(to)) = (from, to) else {
        return 30.0;
    };
    let mut steps = 0.0_f32;
    while !page.is_inside(to, from) {
        let Some(parent) = page.places[from].parent else {
            break;
        };
        from = parent;
        steps += 1.0;
    }
    steps.min(30.0)
}

fn neighbour_features(whole: &Whole<'_, '_>, at: usize, row: &mut Row<'_>) {
    let page = whole.page;
    let container = page.container(at);
    for offset in [-3_isize, -2, -1, 1, 2, 3] {
        let other = at
            .checked_add_signed(offset)
            .filter(|o| *o < page.pieces.len());
        let piece = other.map(|o| &page.pieces[o]);
        let name = |what| Nth(what, offset);
        row.put(name("words"), piece.map_or(-1.0, |p| (1.0 + p.words).ln()));
        row.put(name("links"), piece.map_or(-1.0, |p| p.link_density));
        if offset.abs() <= 2 {
            row.put(
                name("kind"),
                piece.map_or(-1.0, |p| p.block.kind.code() as f32),
            );
            row.flag(name("prose"), piece.is_some_and(|p| p.is_prose));
            row.flag(
                name("together"),
                other.is_some_and(|o| page.container(o) == container),
            );
        }
    }
    row.put("to prose back", whole.prose_back[at]);
    row.put("to prose on", whole.prose_on[at]);
    let list = page.pieces[at].block.kind == BlockKind::ListItem;
    let (mut run, mut words) = (0.0, 0.0);
    if list {
        for step in [-1, 1] {
            let mut other = at;
            while let Some(next) = other.checked_add_signed(step).filter(|o| {
                *o < page.pieces.len() && page.pieces[*o].block.kind == BlockKind::ListItem
            }) {
                other = next;
                run += 1.0;
                words += page.pieces[other].words;
                if run > 60.0 {
                    break;
                }
            }
        }
    }
    row.put("list run", run);
    row.put("list words", if run > 0.0 { words / run } else { 0.0 });
}

/// Whether a page says that it is news.
#[must_use]
pub fn is_news(document: &Document<'_>) -> bool {
    let mut kinds = document.metadata("_type");
    kinds.any(|kind| kind.contains("News") || kind.contains("LiveBlog"))
}
