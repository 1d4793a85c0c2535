//! Learning from an invented newspaper.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::*;

/// Stories with sentences of their own, long enough to be told from labels.
fn story(n: usize) -> (String, [String; 3]) {
    let things = ["ferry", "pier", "garden", "lighthouse", "bridge", "harbour"];
    let thing = things[n % things.len()];
    let title = format!("Old {thing} number {n} opens again after repairs");
    let sentence = |what: &str| {
        format!(
            "The {thing} with the number {n} {what} on Monday, the council said, and nobody in the town had expected it so soon."
        )
    };
    (
        title,
        ["opened", "was painted", "was praised"].map(sentence),
    )
}

/// A page: menu, headline, furniture, body with a box, footer.
fn page(n: usize) -> Page {
    let (title, [first, second, third]) = story(n);
    let text = format!(
        "News\nSport\nTides\nCulture\nLog in\n{title}\nBy\nAuthor {n}\nPublished\n{first}\n\
         Read next\nHarbour\nCard {n} of the day\nRead more\n{second}\n\
         Get the free Tides {n} newsletter\n{third}\nMost read\nCard {n}\nCard {n}0\n\
         About the Courier\nContact the newsroom\nPrivacy policy\nAll rights reserved"
    );
    Page::new(format!("p{n}"), &text)
}

fn pages(count: usize) -> Vec<Page> {
    (0..count).map(page).collect()
}

fn proposal(count: usize) -> Proposal {
    learn(&pages(count), "courier", "english", &mut || {}).unwrap()
}

fn rules(proposal: &Proposal) -> Vec<cleancopy_rules::Rule> {
    let sound = proposal.rules.iter().filter(|rule| !rule.is_held_back());
    sound.map(|rule| rule.rule.clone()).collect()
}

/// What is left of a page that was not learned from.
fn left(proposal: &Proposal, page: &Page) -> Vec<String> {
    let set = cleancopy_rules::RuleSet::compile(rules(proposal)).unwrap();
    let texts = page.texts();
    let mut gone = vec![false; texts.len()];
    for found in set.matches(&texts) {
        gone[found.lines].fill(true);
    }
    let kept = texts.iter().zip(gone).filter(|(_, gone)| !gone);
    kept.map(|(text, _)| (*text).to_owned()).collect()
}

#[test]
fn an_unseen_page_keeps_headline_and_article() {
    let (title, body) = story(9);
    let left = left(&proposal(5), &page(9));
    assert!(left.contains(&title), "{left:?}");
    assert!(body.iter().all(|line| left.contains(line)), "{left:?}");
    let frame = [
        "News",
        "Sport",
        "Most read",
        "About the Courier",
        "Read next",
        "Card 9 of the day",
    ];
    assert!(
        frame.iter().all(|line| !left.contains(&(*line).to_owned())),
        "{left:?}"
    );
}

#[test]
fn every_rule_has_evidence_that_it_meets() {
    for proposed in proposal(5).rules {
        let rule = proposed.rule;
        assert!(!rule.removes.is_empty(), "{}", rule.id);
        let set = cleancopy_rules::RuleSet::compile(vec![rule.clone()]).unwrap();
        let takes = |text: &String| !set.matches(&text.lines().collect::<Vec<_>>()).is_empty();
        assert!(rule.removes.iter().all(takes), "{}", rule.id);
        assert!(!rule.keeps.iter().any(takes), "{}", rule.id);
    }
}

#[test]
fn what_is_printed_can_be_read_and_is_always_the_same() {
    let text = proposal(5).to_toml();
    assert_eq!(text, proposal(5).to_toml());
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table["name"].as_str(), Some("courier"));
    assert_eq!(table["extends"].as_str(), Some("english"));
    assert!(!table["chain"].as_array().unwrap().is_empty());
}

#[test]
fn what_the_parent_takes_is_not_proposed_again() {
    let mut pages = pages(5);
    for line in pages.iter_mut().flat_map(|page| &mut page.lines) {
        line.taken = line.text == "Log in" || line.text.starts_with("Get the free");
    }
    let proposal = learn(&pages, "courier", "english", &mut || {}).unwrap();
    let templates = proposal
        .rules
        .iter()
        .filter(|r| r.family == Family::Template);
    assert_eq!(templates.count(), 0);
}

#[test]
fn two_pages_are_too_few_and_three_are_not() {
    let learned = learn(&pages(2), "courier", "english", &mut || {});
    assert_eq!(learned.unwrap_err(), TooFew(2));
    assert!(!proposal(3).rules.is_empty());
    assert!(learn(&[], "courier", "english", &mut || {}).is_err());
}

#[test]
fn odd_pages_are_no_trouble() {
    let odd = [
        "",
        "x",
        "\u{feff}\n—\n—\n—",
        "a\na\na\na",
        "日本\n日本\n日本語です。",
    ];
    let mut pages: Vec<Page> = odd.iter().map(|text| Page::new("odd", text)).collect();
    pages.extend(odd.iter().map(|text| Page::new("odd", text)));
    let proposal = learn(&pages, "…", "english", &mut || {}).unwrap();
    proposal.to_toml().parse::<toml::Table>().unwrap();
}

#[test]
fn the_work_grows_with_the_corpus_and_not_faster() {
    let steps_of = |count: usize| {
        let mut calls = 0;
        learn(&pages(count), "courier", "english", &mut || calls += 1).unwrap();
        calls
    };
    assert!(steps_of(60) <= steps(60) && steps(60) == steps(8));
}

/// A page whose story is interrupted as papers do: by a card with a day, and
/// by a link in capitals; names and days stand under its headline.
fn page_with_cards(n: usize) -> Page {
    let (title, [first, second, third]) = story(n);
    let page = page(n);
    let menu = page.texts()[..5].join("\n");
    let author = [
        "Ann Example",
        "Bo Sample",
        "Cy Ray",
        "Di Fox",
        "Ed Low",
        "Flo May",
    ][n % 6];
    let text = format!(
        "{menu}\n{title}\n{author}\nMarch {}, 2024\n{first}\n{second}\nBusiness\n\
         Fish {n} sold for a crown and a half\nFeb. {}, 2024\n{third}\n\
         HARBOUR NUMBER {n} WILL NOT BE DREDGED BEFORE THE NEXT SPRING TIDE\n{first} {second}\n\
         Most read\nPrivacy policy\nAll rights reserved",
        n + 1,
        n + 3,
    );
    Page::new(format!("c{n}"), &text)
}

fn of_family(proposal: &Proposal, family: Family) -> &Proposed {
    let mut rules = proposal.rules.iter();
    let found = rules.find(|rule| rule.family == family && !rule.is_held_back());
    found.unwrap_or_else(|| panic!("{family:?} in {}", proposal.to_toml()))
}

#[test]
fn shapes_are_learned_where_every_line_differs() {
    let pages: Vec<Page> = (0..5).map(page_with_cards).collect();
    let proposal = learn(&pages, "courier", "english", &mut || {}).unwrap();
    let card = &of_family(&proposal, Family::Card).rule;
    assert_eq!(
        card.equals.iter().flatten().collect::<Vec<_>>(),
        ["Business"]
    );
    assert_eq!(card.then.iter().flatten().count(), 2);
    of_family(&proposal, Family::Shouted);
    let lifting = of_family(&proposal, Family::Dateline);
    assert_eq!(lifting.step, "lift-metadata");
    assert!(proposal.to_toml().contains("(?<byline>{names})"));
    let (title, body) = story(11);
    let left = left(&proposal, &page_with_cards(11));
    assert!(left.contains(&title), "{left:?}");
    assert!(body.iter().all(|line| left.contains(line)), "{left:?}");
    let noise = ["Fish 11", "HARBOUR NUMBER", "Business", "Feb. 14"];
    for noise in noise {
        assert!(!left.iter().any(|line| line.starts_with(noise)), "{left:?}");
    }
}

#[test]
fn an_article_that_begins_as_its_cards_do_keeps_its_headline() {
    let page = |n: usize| {
        let (title, [first, second, third]) = story(n);
        let day = n + 2;
        let text = format!(
            "News\nSport\nBusiness\n{title}\nFeb. {day}, 2024\n{first}\n{second}\nBusiness\n\
             Fish {n} sold for a crown and a half\nFeb. {day}, 2024\n{third}\nPrivacy policy"
        );
        Page::new(format!("h{n}"), &text)
    };
    let pages: Vec<Page> = (0..5).map(page).collect();
    let proposal = learn(&pages, "courier", "english", &mut || {}).unwrap();
    let left = left(&proposal, &page(9));
    assert!(left.contains(&story(9).0), "{left:?}");
}

#[test]
fn cards_that_pass_for_items_split_no_page_of_one_story() {
    let mut pages = pages(4);
    assert!(!proposal(4).to_toml().contains("split-feed"));
    pages[1].items = vec![5, 16];
    let learned = learn(&pages, "courier", "english", &mut || {}).unwrap();
    assert!(
        learned
            .to_toml()
            .contains("use = \"split-feed\"\nwhen = \"never\"")
    );
    // Three stories of one length are a digest.
    let stories: Vec<String> = (0..3).map(|n| story(n).1.join("\n")).collect();
    let mut digest = Page::new("digest", &stories.join("\n"));
    digest.items = vec![0, 3, 6];
    pages.push(digest);
    let learned = learn(&pages, "courier", "english", &mut || {}).unwrap();
    assert!(!learned.to_toml().contains("split-feed"));
}

/// A page whose title shares its line with something.
fn titled(n: usize, lines: impl Fn(usize, &str) -> String) -> Page {
    let (title, [first, second, third]) = story(n);
    let lines = lines(n, &title);
    let text = format!(
        "News\nSport\nTides\nLog in\n{lines}\n{first}\n{second}\n{third}\n\
         About the Courier\nPrivacy policy\nAll rights reserved"
    );
    Page::new(format!("t{n}"), &text)
}

/// What is left of the lines of an unseen page that speak of its title.
fn left_of_title(lines: impl Fn(usize, &str) -> String + Copy) -> Vec<String> {
    let pages: Vec<Page> = (0..6).map(|n| titled(n, lines)).collect();
    let proposal = learn(&pages, "courier", "english", &mut || {}).unwrap();
    let titles = proposal.rules.iter().filter(|r| r.family == Family::Title);
    for rule in titles {
        assert!(!rule.is_held_back(), "{}", proposal.to_toml());
        assert_eq!((rule.support, rule.rule.removes.len()), (6, 2));
    }
    let set = cleancopy_rules::RuleSet::compile(rules(&proposal)).unwrap();
    let page = titled(9, lines);
    let mut texts: Vec<String> = page.texts().iter().map(|&text| text.to_owned()).collect();
    for found in set.matches(&page.texts()).into_iter().rev() {
        match found.part {
            Some(part) => texts[found.lines.start].replace_range(part, ""),
            None => texts[found.lines].fill(String::new()),
        }
    }
    texts.retain(|text| text.contains("opens again"));
    texts
}

#[test]
fn what_stands_beside_a_title_is_cut_and_the_title_stays() {
    let (title, _) = story(9);
    let days = ["March 3, 2024", "April 14, 2024", "May 5, 2024"];
    let author = |n: usize| ["Ann Example", "Bo Sample", "Cy Ray"][n % 3];
    let cut = |lines: &dyn Fn(usize, &str) -> String| left_of_title(|n, t| lines(n, t));
    for lines in [
        &|_: usize, t: &str| format!("{t} - The Keld Courier\n{t}") as String,
        &|n: usize, t: &str| format!("{t} | {} | Courier\n{t}", ["Sport", "News"][n % 2]),
        &|n: usize, t: &str| format!("{t}\n{t}By {}", author(n)),
        &|n: usize, t: &str| format!("{t}\n{t}{}", days[n % 3]),
        &|_: usize, t: &str| format!("{t}\n{t}Culture"),
        &|_: usize, t: &str| format!("Culture{t}\n{t}"),
        &|_: usize, t: &str| format!("{t}\nComments on: {t}"),
    ] as [&dyn Fn(usize, &str) -> String; 7]
    {
        assert_eq!(
            cut(lines),
            [title.clone(), title.clone()],
            "{}",
            lines(9, "X")
        );
    }
    // Nowhere else on the page, and yet not lost.
    for lines in [
        &|_: usize, t: &str| format!("{t} | The Keld Courier"),
        &|n: usize, t: &str| format!("{t}By {}", author(n)),
    ] as [&dyn Fn(usize, &str) -> String; 2]
    {
        assert_eq!(
            cut(lines),
            std::slice::from_ref(&title),
            "{}",
            lines(9, "X")
        );
    }
}

#[test]
fn what_some_titles_end_with_is_a_part_of_them() {
    let lines = |n: usize, t: &str| match n % 2 {
        0 => format!("{t} – as it happened"),
        _ => t.to_owned(),
    };
    let pages: Vec<Page> = (0..8).map(|n| titled(n, lines)).collect();
    let proposal = learn(&pages, "courier", "english", &mut || {}).unwrap();
    assert!(
        !proposal.rules.iter().any(|r| r.family == Family::Title),
        "{}",
        proposal.to_toml()
    );
}

#[test]
fn a_copy_of_the_headline_is_no_follower() {
    let lines = |_: usize, t: &str| format!("{t}\n{t}");
    let pages: Vec<Page> = (0..6).map(|n| titled(n, lines)).collect();
    let proposal = learn(&pages, "courier", "english", &mut || {}).unwrap();
    let (title, _) = story(9);
    let page = titled(9, |_, t| t.to_owned());
    assert!(
        left(&proposal, &page).contains(&title),
        "{}",
        proposal.to_toml()
    );
}

#[test]
fn what_the_parent_takes_by_its_look_is_told_of() {
    let mut pages = pages(4);
    for page in &mut pages[1..] {
        page.removed = ["GluedGlued", "Glued2Glued2"]
            .map(|text| Removed {
                rule: "drop-repeats/headline-glued".to_owned(),
                category: cleancopy_model::Category::GluedDouble,
                text: text.to_owned(),
            })
            .into();
    }
    let proposal = learn(&pages, "courier", "english", &mut || {}).unwrap();
    assert!(
        proposal.to_toml().contains(
            "# No rule is needed for what `english` takes by its look:\n#   glued-double: 6 by \
             drop-repeats/headline-glued in 3 of 4 documents, such as GluedGlued\n"
        ),
        "{}",
        proposal.to_toml()
    );
}
