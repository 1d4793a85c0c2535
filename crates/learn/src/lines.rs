//! Single lines that stand on many pages, and what follows them.

use std::collections::{BTreeMap, BTreeSet};

use cleancopy_model::Category;
use cleancopy_rules::{Rule, Texts};
use cleancopy_text::parse_time_line;

use crate::candidate::{Candidate, Family};
use crate::category::{guess, is_telling};
use crate::index::Spot;
use crate::page::{chars, is_prose};
use crate::survey::Survey;
use crate::zones::Zone;

/// The longest line that may be taken because of the line before it.
const FOLLOWER: usize = 200;

/// One rule for each category. What runs take, `listed`, is said again only of
/// lines that stand in articles, too.
pub(crate) fn lines(survey: &Survey<'_>, listed: &BTreeSet<String>) -> Vec<Candidate> {
    let mut by_category: BTreeMap<Category, Vec<usize>> = BTreeMap::new();
    let alone = |&number: &usize| {
        let said = listed.contains(survey.index.texts[number]);
        !said || survey.pages_in(number, Zone::Body) > 0
    };
    for number in singles(survey).into_iter().filter(alone) {
        let category = guess([survey.index.texts[number]], Category::Navigation);
        by_category.entry(category).or_default().push(number);
    }
    let rules = by_category.into_iter().map(|(category, numbers)| {
        let mut rule = Rule::new("", category);
        let texts = numbers.iter().map(|&n| survey.index.texts[n].to_owned());
        rule.equals = Some(Texts(texts.collect()));
        Candidate::new(Family::Lines, rule)
    });
    rules.collect()
}

/// Lines that may go wherever they stand.
pub(crate) fn singles(survey: &Survey<'_>) -> Vec<usize> {
    let fits = |&number: &usize| {
        let text = survey.index.texts[number];
        let often = survey.index.pages_with[number] >= survey.index.enough.max(3);
        let in_body = survey.pages_in(number, Zone::Body) > 0;
        let long = chars(text) >= 12 && text.contains(' ');
        // A menu is a run; its words alone may head a part of an article.
        let dated = parse_time_line(text).is_some();
        !dated && survey.stands_apart(number) && (is_telling(text) || (often && long && in_body))
    };
    survey.stable().filter(fits).collect()
}

/// Lines that a repeated line announces, such as the title under `Read more`.
pub(crate) fn followers(survey: &Survey<'_>) -> Vec<Candidate> {
    let mut by_category: BTreeMap<Category, (Vec<usize>, usize)> = BTreeMap::new();
    for number in singles(survey) {
        if let Some(longest) = announced(survey, number) {
            let category = guess([survey.index.texts[number]], Category::RelatedCard);
            let (anchors, most) = by_category.entry(category).or_default();
            anchors.push(number);
            *most = longest.max(*most);
        }
    }
    let rules = by_category
        .into_iter()
        .map(|(category, (anchors, longest))| {
            let mut rule = Rule::new("", category);
            let texts = anchors.iter().map(|&n| survey.index.texts[n].to_owned());
            rule.after = Some(Texts(texts.collect()));
            rule.max_chars = Some((longest + longest / 4).max(40));
            Candidate::new(Family::Follower, rule)
        });
    rules.collect()
}

/// The most characters of the lines after a repeated one, if they always are
/// the page's own and no sentence of the article; none otherwise.
fn announced(survey: &Survey<'_>, number: usize) -> Option<usize> {
    let shows = guess([survey.index.texts[number]], Category::Navigation) == Category::ImageAlt;
    let (mut pages, mut longest) = (BTreeSet::new(), 0);
    for &spot in &survey.spots[number] {
        let next = survey.next(spot, 1)?;
        if survey.index.stable_at(next) {
            continue;
        }
        let text = survey.index.text(next);
        let length = chars(text);
        let limit = if shows { 2 * FOLLOWER } else { FOLLOWER };
        if survey.says_headline(next)
            || length > limit
            || (is_prose(text) && !shows)
            || reads_on(survey, next)
        {
            return None;
        }
        pages.insert(spot.page);
        longest = longest.max(length);
    }
    (pages.len() >= survey.index.enough.max(3)).then_some(longest)
}

/// Whether the line after continues this one.
fn reads_on(survey: &Survey<'_>, spot: Spot) -> bool {
    survey.is_inline(spot)
}
