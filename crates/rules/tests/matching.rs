//! What each kind of condition takes out of a document.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

use cleancopy_rules::{Pack, RuleSet};

fn rules(toml: &str) -> RuleSet {
    let text = format!("schema = 1\nname = \"test\"\n{toml}");
    let pack: Pack = toml::from_str(&text).unwrap_or_else(|e| panic!("{toml}\n{e}"));
    RuleSet::compile(pack.rule).unwrap_or_else(|e| panic!("{toml}\n{e}"))
}

fn rule(keys: &str) -> RuleSet {
    rules(&format!(
        "[[rule]]\nid = \"t/r\"\ncategory = \"login\"\n{keys}"
    ))
}

/// What stays of each line; lines are separated by `|`, as is the answer.
fn rest(rules: &RuleSet, document: &str) -> String {
    let lines: Vec<&str> = document.split('|').collect();
    let mut rest: Vec<Option<String>> = lines.iter().map(|l| Some((*l).to_owned())).collect();
    for found in rules.matches(&lines).iter().rev() {
        match &found.part {
            Some(part) => rest[found.lines.start]
                .as_mut()
                .unwrap()
                .replace_range(part.clone(), ""),
            None => rest[found.lines.clone()].fill(None),
        }
    }
    rest.into_iter().flatten().collect::<Vec<_>>().join("|")
}

fn check(keys: &str, cases: &[(&str, &str)]) {
    let rules = rule(keys);
    for (document, wanted) in cases {
        assert_eq!(rest(&rules, document), *wanted, "{keys}\n{document}");
    }
}

#[test]
fn equals_is_the_whole_line() {
    check(
        r#"equals = ["Share", "Log in"]"#,
        &[
            ("Share|Share this|LOG  IN|x", "Share this|x"),
            (" share\u{a0}|Shar", "Shar"),
        ],
    );
}

#[test]
fn starts_ends_and_contains() {
    check(
        r#"starts = ["Sign up", "Don't"]"#,
        &[(
            "Sign up now|sign upward|Don’t miss|We sign up",
            "We sign up",
        )],
    );
    check(
        r#"starts = "Share ""#,
        &[("Shared|Share|Share  it", "Shared|Share")],
    );
    check(
        r#"ends = "here’s how""#,
        &[("And Here's  HOW |here's how.", "here's how.")],
    );
    check(r#"ends = " now""#, &[("do it now|know|now", "know|now")]);
    check(
        r#"contains = ["click", "“terms”"]"#,
        &[(
            "By clicking you accept \"Terms\"|click|terms",
            "click|terms",
        )],
    );
    check(r#"contains = " – ""#, &[("a - b|a-b", "a-b")]);
    check(r#"contains = "ÉTÉ""#, &[("l'été|ete", "ete")]);
}

#[test]
fn all_conditions_must_hold() {
    check(
        r#"
        starts = "From"
        ends = "afford it."
        contains = "appeal"
        regex = "\\d"
        "#,
        &[(
            "From our appeal 1 to afford it.|From our appeal to afford it.",
            "From our appeal to afford it.",
        )],
    );
}

#[test]
fn flags_switch_folding_off() {
    check(
        "equals = \"Share\"\nmatch_case = true",
        &[("Share|SHARE", "SHARE")],
    );
    check(
        "equals = \"it's\"\nmatch_quotes = true",
        &[("it's|it’s|IT'S", "it’s")],
    );
    check(
        "contains = \"a  b\"\nmatch_spaces = true",
        &[("xa  bx|a b|a\u{a0} b|A  B", "a b|a\u{a0} b")],
    );
    check(
        "starts = \" a\"\nmatch_spaces = true",
        &[(" ab|ab|  ab", "ab|  ab")],
    );
    check(
        "regex = \"^It’s\"\nmatch_case = true",
        &[("It's|It’s|it's", "it's")],
    );
    check(
        "regex = \"^It’s\"\nmatch_quotes = true",
        &[("It's|It’s", "It's")],
    );
}

#[test]
fn regexes_see_the_folded_line() {
    check(
        r#"regex = ['^one', 'two$', '\d{3}']"#,
        &[("one x|x two|x 123|two x", "two x")],
    );
    check(
        r#"regex = '^By {names}$'"#,
        &[("By  Jo Ray and Al\u{a0}Fox|By jo ray", "By jo ray")],
    );
    check(
        r#"regex = '\{\{[^}]*\}\}'"#,
        &[("Hi {{ name }}|Hi {name}", "Hi {name}")],
    );
    check(
        "regex = '^Updated {time} {zone}'\nmax_chars = 20",
        &[(
            "updated 3.04pm GMT|updated 3.04pm GMT and a lot more",
            "updated 3.04pm GMT and a lot more",
        )],
    );
    check(
        "regex = '''(?x) ^ a # the first\n b $'''",
        &[("ab|a b", "a b")],
    );
}

#[test]
fn glued_lines_are_one_text_twice() {
    check(
        "glued = true",
        &[("Live: pollsLive: polls|Live live|bye-bye", "bye-bye")],
    );
    check("glued = true\nmin_chars = 6", &[("tutu|rain rain", "tutu")]);
    check(
        "glued = true\ntake = \"match\"",
        &[("It’s on it's on|x", "It’s on|x")],
    );
}

#[test]
fn after_looks_at_the_line_before() {
    check(
        "after = [\"More on this\", \"Related\"]\nmax_chars = 12",
        &[
            (
                "related|A card|A card|more on this|A line that is longer",
                "related|A card|more on this|A line that is longer",
            ),
            ("A card", "A card"),
        ],
    );
    check(
        "after = \"By\"\nregex = '^{name}$'",
        &[("By|Jo Ray|Al Fox", "By|Al Fox")],
    );
    check("after = \"By\"\nequals = \"Jo\"", &[("By|Jo|Jo", "By|Jo")]);
}

#[test]
fn spans_run_through_the_first_end() {
    let keys = "starts = \"From\"\nthrough = [\"afford it.\", \"the end\"]\nmax_blocks = 3";
    check(
        keys,
        &[
            ("a|From x|y|who can Afford it.|b", "a|b"),
            ("From x, afford it.|b|afford it.", "b|afford it."),
            ("From x|y|z|afford it.", "From x|y|z|afford it."),
            ("From x", "From x"),
            ("From x|From y|b|c the end|d", "From x|d"),
            ("From 1|the end|From 2|y|the end", ""),
        ],
    );
}

#[test]
fn what_follows_must_match_line_by_line() {
    let card = "equals = [\"Tides\", \"Sport\"]\nthen = [\"^.{4,20}$\", '^{date}$']";
    check(
        card,
        &[
            ("a|Tides|Pier sold|Feb. 2, 2024|b", "a|b"),
            (
                "Tides|Pier sold|Ferry sails|May 2",
                "Tides|Pier sold|Ferry sails|May 2",
            ),
            ("a|Tides|Pier sold", "a|Tides|Pier sold"),
            ("Tides|Sport|Pier sold|2024-02-02", "Tides"),
            ("Tides|Pier sold|2024-02-02|Sport|Ferry|2024-02-03", ""),
        ],
    );
    check(
        "regex = '^(?<byline>{names})$'\nthen = '^(?<published>{date})$'",
        &[("a|Ann Example and Bo Ray|2 March 2024|b", "a|b")],
    );
    // Of two that want a line, the first has it.
    check(
        "regex = '^x'\nthen = '^x'",
        &[("x1|x2|x3|y", "x3|y"), ("x|y", "x|y")],
    );
}

#[test]
fn a_run_goes_over_no_piece_of_a_sentence() {
    let run = "run = [\"a\", \"b\", \"c\"]\ngap = 1";
    check(
        run,
        &[("a|Slot|b|c", ""), ("a|and so on|b|c", "a|and so on|b|c")],
    );
}

#[test]
fn head_and_tail_are_counted_in_blocks() {
    let document = "x|x|x|x|x";
    check(
        "equals = \"x\"\nwhere = \"head\"\nblocks = 2",
        &[(document, "x|x|x")],
    );
    check(
        "contains = \"x\"\nwhere = \"tail\"\nblocks = 1",
        &[(document, "x|x|x|x")],
    );
    check(
        "regex = \"x\"\nwhere = \"head\"",
        &[("x|x|x|x|x|x|x|x|x|x|x|x|x", "x")],
    );
    let span = "equals = \"x\"\nthrough = \"y\"\nwhere = \"head\"\nblocks = 1";
    check(span, &[("x|x|y|x|y", "x|y")]);
}

#[test]
fn bounds_count_characters_and_except_saves() {
    check("contains = \"ä\"\nmax_chars = 3", &[("äää|ääää", "ääää")]);
    check("starts = \"ä\"\nmin_chars = 3", &[("ää|äää", "ää")]);
    check(
        "starts = \"sign up\"\nexcept = [\"said\", \"— he\"]",
        &[(
            "Sign up|Sign up, he Said|Sign up - he",
            "Sign up, he Said|Sign up - he",
        )],
    );
}

#[test]
fn a_part_leaves_with_the_spaces_beside_it() {
    check(
        "starts = [\"Live\", \"Live now:\"]\ntake = \"match\"",
        &[("LIVE NOW: rain|Live", "rain|")],
    );
    check(
        "ends = \"Read more\"\ntake = \"match\"",
        &[("It rained. Read\u{a0} more", "It rained.")],
    );
    check(
        "contains = \"[ad]\"\ntake = \"match\"",
        &[("a [AD] b [ad], c[ad]d", "a b, cd")],
    );
    check(
        "regex = '\\[\\d+\\]'\ntake = \"match\"",
        &[("“a” [1] [2] b [3].", "“a” b.")],
    );
    check(
        "regex = '^(?<take>By [a-z]+): (?<rest>.*)'\ntake = \"match\"",
        &[("By “x”|By jo: it’s on", "By “x”|: it’s on")],
    );
}

#[test]
fn spans_go_first_then_whole_lines_then_parts() {
    let all = rules(
        r#"
        [[rule]]
        id = "a"
        category = "share"
        contains = "b"
        take = "match"
        [[rule]]
        id = "b"
        category = "login"
        regex = "b+"
        take = "match"
        [[rule]]
        id = "c"
        category = "login"
        ends = "b."
        [[rule]]
        id = "d"
        category = "login"
        ends = "b."
        [[rule]]
        id = "e"
        category = "login"
        starts = "span"
        through = "end"
        "#,
    );
    let lines = ["x bb y", "x b.", "span b.", "x b.", "end", "x bb"];
    let found: Vec<_> = all
        .matches(&lines)
        .into_iter()
        .map(|m| (all.rules()[m.rule].id.clone(), m.lines, m.part))
        .collect();
    let wanted = [
        ("a".to_owned(), 0..1, Some(2..3)),
        ("a".to_owned(), 0..1, Some(3..5)),
        ("c".to_owned(), 1..2, None),
        ("e".to_owned(), 2..5, None),
        ("a".to_owned(), 5..6, Some(1..3)),
        ("a".to_owned(), 5..6, Some(3..4)),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn captures_are_ranges_of_the_line_itself() {
    let rules =
        rule(r#"regex = '^Reporting by (?<byline>{names})(?: in (?<dateline>\p{Lu}\w+))?'"#);
    let line = "Reporting\u{a0}by  Zoë  O’Hara and Al Fox";
    let found = rules.matches(&["x", line]);
    let captures: Vec<_> = found[0]
        .captures
        .iter()
        .map(|(name, range)| (name.as_str(), &line[range.clone()]))
        .collect();
    assert_eq!(captures, [("byline", "Zoë  O’Hara and Al Fox")]);

    let rules = rule("regex = '(?<take>by )(?<byline>{name})'\ntake = \"match\"");
    let line = "by Jo Ray, by Al Fox";
    let found = rules.matches(&[line]);
    let captured: Vec<_> = found
        .iter()
        .map(|m| &line[m.captures[0].1.clone()])
        .collect();
    assert_eq!(captured, ["Jo Ray", "Al Fox"]);
}

#[test]
fn many_rules_of_one_kind_share_an_automaton() {
    let all: String = (0..300)
        .map(|n| format!("[[rule]]\nid = \"r/{n}\"\ncategory = \"share\"\nequals = \"word {n}\"\n"))
        .collect();
    let all = rules(&all);
    let found = all.matches(&["word 7", "word 77", "word 777", "word 299"]);
    let ids: Vec<_> = found.iter().map(|m| all.cause(m).0).collect();
    assert_eq!(ids, ["r/7", "r/77", "r/299"]);
}

#[test]
fn a_line_of_many_megabytes_takes_linear_time() {
    let line = "\u{a0}a b\u{2019}".repeat(500_000);
    let all = rules(
        r#"
        [[rule]]
        id = "a"
        category = "share"
        contains = ["b'", "zz"]
        [[rule]]
        id = "b"
        category = "share"
        glued = true
        min_chars = 10000000
        [[rule]]
        id = "c"
        category = "share"
        regex = "b'$"
        take = "match"
        [[rule]]
        id = "d"
        category = "share"
        starts = "a b' a"
        through = "nowhere"
        max_blocks = 100000
        "#,
    );
    let found = all.matches(&[&line]);
    assert_eq!(found[0].part, Some(line.len() - 5..line.len()));
    let lines = vec!["a b' a"; 50_000];
    assert!(all.matches(&lines).is_empty());
}

#[test]
fn a_run_leaves_with_what_stands_in_its_gaps() {
    let keys =
        "run = [\"News\", \"Sport\", \"Culture\", \"Log in\"]\ngap = 1\ngap_chars = 20\nleast = 3";
    check(
        keys,
        &[
            ("Story|NEWS|Sport|Harbour fair|Log  in|Text.", "Story|Text."),
            ("News|Sport|Text.", "News|Sport|Text."),
            (
                "News|A line of the article that is long|Sport|Culture",
                "News|A line of the article that is long|Sport|Culture",
            ),
            (
                "News|Sport|x|y|Culture|Log in",
                "News|Sport|x|y|Culture|Log in",
            ),
        ],
    );
    let tail = format!("{keys}\nwhere = \"tail\"\nblocks = 3");
    check(
        &tail,
        &[(
            "News|Sport|Culture|x|News|Sport|Log in",
            "News|Sport|Culture|x",
        )],
    );
}

#[test]
fn a_run_takes_no_other_condition() {
    let pack = "schema = 1\nname = \"t\"\n[[rule]]\nid = \"t/r\"\ncategory = \"login\"\nrun = [\"a\", \"b\"]\nstarts = \"x\"\n";
    let pack: Pack = toml::from_str(pack).unwrap();
    let error = RuleSet::compile(pack.rule).unwrap_err().to_string();
    assert!(error.contains("delete `starts` or `run`"), "{error}");
}

#[test]
fn a_dated_rule_spares_articles_of_other_days() {
    let rules = rules(
        r#"
        [[rule]]
        id = "donation/appeal"
        category = "donation"
        starts = "Before you go"
        until = "2025-03"
        [[rule]]
        id = "donation/appeal"
        category = "donation"
        starts = "One more thing"
        from = "2025-04"
        "#,
    );
    let lines = ["Before you go, give", "One more thing: give"];
    let taken = |day: Option<&str>| -> Vec<usize> {
        let day = day.map(|day| cleancopy_text::Day::read(day).unwrap());
        let found = rules.matches_on(&lines, || day, || None);
        found.iter().map(|found| found.lines.start).collect()
    };
    assert_eq!(taken(Some("2025-03-31T23:59:00Z")), [0]);
    assert_eq!(taken(Some("2025-04-01")), [1]);
    assert_eq!(taken(None), [0, 1]);
}

#[test]
fn nobody_asks_for_the_day_when_no_rule_is_dated() {
    let rules = rule("equals = \"x\"\nseen = \"2025-02\"");
    let found = rules.matches_on(&["x"], || panic!("asked"), || panic!("asked"));
    assert_eq!(found.len(), 1);
}

#[test]
fn letters_of_many_languages_fold_in_every_condition() {
    // Turkish: the dotted and the dotless i, each in both cases.
    for keys in [
        "equals = \"İlgili kayıt\"",
        "starts = \"ilgili\"",
        "ends = \"kayıt\"",
        "contains = \"li kayı\"",
        "regex = '^İLGİLİ kayıt$'",
        "regex = '\\bkayıt$'",
        "regex = 'il.ili'",
        "run = [\"ilgili kayıt\"]\nleast = 1",
    ] {
        check(
            keys,
            &[
                ("İLGİLİ KAYIT|x", "x"),
                ("ilgili kayıt|x", "x"),
                ("İlgili Kayıt|x", "x"),
                ("İLGİSİZ KASA|x", "İLGİSİZ KASA|x"),
            ],
        );
    }
    check(
        "equals = \"ışık\"\nmatch_case = true",
        &[("IŞIK|x", "IŞIK|x"), ("ışık|x", "x")],
    );
    // Ukrainian apostrophes, full-width marks and digits, letters without case.
    for (keys, line) in [
        ("starts = \"Зв’язок із\"", "ЗВʼЯЗОК ІЗ редакцією"),
        (
            "contains = \"обов'язкові поля\"",
            "Тут ОБОВ’ЯЗКОВІ ПОЛЯ позначені",
        ),
        ("starts = \"来源:\"", "来源：新华社"),
        ("contains = \"(图)\"", "港口（图）"),
        ("contains = \"共12条\"", "评论共１２条"),
        ("regex = '^来源：.{2,9}$'", "来源:新华社"),
        ("regex = '（[图片]）$'", "港口(图)"),
        ("equals = \"اقرأ أيضا:\"", "اقرأ أيضا: "),
        ("starts = \"à lire\"", "À LIRE AUSSI"),
        ("contains = \"łódź\"", "Port ŁÓDŹ"),
    ] {
        let rules = rule(keys);
        assert_eq!(rest(&rules, &format!("{line}|x")), "x", "{keys}");
    }
}

#[test]
fn what_is_cut_out_of_a_folded_line_is_cut_where_it_stands() {
    check(
        "contains = \"tıkla\"\ntake = \"match\"",
        &[("İskele TIKLA şimdi", "İskele şimdi")],
    );
    check(
        "regex = '（图.?）'\ntake = \"match\"",
        &[("旧码头（图一）关闭", "旧码头关闭")],
    );
}

#[test]
fn of_several_regexes_none_that_matches_is_missed() {
    let rules = rule(r"regex = ['^By (?<name>\w+)', '\bferry (?<name>\w+)', '^\d+ (?<name>\w+)$']");
    for (line, name) in [
        ("By Ann on the ferry Bo", Some("Ann")),
        ("On the ferry Bo", Some("Bo")),
        ("12 crowns", Some("crowns")),
        ("Nearby Cy", None),
    ] {
        let found = rules.matches(&[line]);
        let captured = found.first().map(|m| &line[m.captures[0].1.clone()]);
        assert_eq!(captured, name, "{line}");
    }
}

#[test]
fn bounds_of_length_hold_in_running_text_and_out_of_it() {
    let bound = rule("contains = \"Harbour Post\"\nmax_chars = 300");
    let unbound = rule("contains = \"Harbour Post\"");
    for chars in [12, 239, 240, 241, 299, 300, 301, 900] {
        let line = format!("{}Harbour Post", "ä".repeat(chars - 12));
        let found = bound.matches(&[&line]).len();
        assert_eq!(found, usize::from(chars <= 300), "{chars}");
        assert_eq!(unbound.matches(&[&line]).len(), 1, "{chars}");
    }
}

/// Lines that rules take, and lines they do not.
const LINES: [&str; 9] = [
    "Log in",
    "Read more: the ferry",
    "The ferry sailed.",
    "",
    "The next line leaves",
    "It may be anything",
    "\u{ff33}ign up now",
    "The harbour said: sign up below",
    "By Ann Example",
];

proptest::proptest! {
    #[test]
    fn what_was_looked_at_before_changes_nothing(
        texts in proptest::collection::vec(
            proptest::collection::vec(0..LINES.len(), 0..12), 1..6),
        head: bool,
    ) {
        let make = || {
            let place = if head { "where = \"head\"\nblocks = 3" } else { "" };
            rule(&format!(
                "contains = \"sign up\"\n{place}\n[[rule]]\nid = \"t/a\"\ncategory = \"login\"\n\
                 after = \"The next line leaves\"\nmax_chars = 40\n[[rule]]\nid = \"t/b\"\n\
                 category = \"login\"\nregex = ['^Log in$', '\\bmore: the \\w+']\ntake = \"match\""
            ))
        };
        let used = make();
        for text in &texts {
            let lines: Vec<&str> = text.iter().map(|&at| LINES[at]).collect();
            proptest::prop_assert_eq!(used.matches(&lines), make().matches(&lines));
        }
    }
}
