//! What must never happen, tried on documents put together at random from
//! news, prompts and nasty characters, through the shipped profiles.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::cell::RefCell;
use std::path::Path;
use std::sync::OnceLock;

use cleancopy_host::{Chain, ConfigFolders, Plan, PluginFolders, Plugins, Profile, Root};
use cleancopy_model::Document;
use cleancopy_testkit::plugin_folder;
use cleancopy_write::{DocumentJson, TextOptions, restore, text};
use proptest::prelude::*;

const PROFILES: &[&str] = &["english", "independent"];

fn plans() -> &'static [Plan] {
    static PLANS: OnceLock<Vec<Plan>> = OnceLock::new();
    PLANS.get_or_init(|| {
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config");
        let config = ConfigFolders::only(vec![Root::Folder(config)]);
        let plugins = Plugins::new(PluginFolders::only(&[plugin_folder().to_owned()]), &[]);
        let plan = |name: &&str| {
            Profile::load(name, &config)
                .unwrap()
                .plan(&plugins, &config)
        };
        PROFILES.iter().map(|name| plan(name).unwrap()).collect()
    })
}

thread_local! {
    static CHAINS: RefCell<Vec<Chain>> =
        RefCell::new(plans().iter().map(|plan| plan.start().unwrap()).collect());
}

/// Cleans with the profile of this index.
fn cleaned(profile: usize, source: &str) -> Document {
    let mut document = Document::from_text("d", source);
    CHAINS.with_borrow_mut(|chains| chains[profile].clean(&mut document).unwrap());
    document
}

fn as_text(document: &Document, marks: bool) -> String {
    let mut out = Vec::new();
    text(document, TextOptions { marks }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A line that some rule may want, that must stay, or that breaks naive tools.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Log in",
            "Notifications can be managed in browser preferences.",
            "Please refresh your browser to be logged in",
            "Sign up to our newsletter",
            "Hi {{reader.name}}",
            "Ann Example and Bo Sample report.",
            "Your donation allows us to keep sending journalists to the harbour.",
            "=== entry ===",
            "* * *",
            "15:04",
            "3m ago",
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec![
            "Harbour vote delayed for a third time",
            "The harbour board voted on Monday to put off the sale of the old pier for another year.",
            "Its chair, Ada Moss, told reporters that the price on offer had been far too low for it.",
            "“We will not sell,” Ms Moss said. “Not now, and not at this price.”",
            "Fire crews were called to a mill in Upper Keld late on Tuesday, the county said.",
            "Nobody was hurt, but two barns and a stable were destroyed.",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z0-9 .,;:'’“”&\u{a0}\u{200b}\t—-]{0,60}",
        prop::sample::select(vec!["&amp;amp;", "Tom &amp; Ida", "&#8203;", "a\0b", "e\u{301}", "\u{feff}", "•"])
            .prop_map(str::to_owned),
    ]
}

fn document() -> impl Strategy<Value = String> {
    let end = prop::sample::select(vec!["\n", "\r\n", "\n\n"]);
    let lines = prop::collection::vec((line(), end), 0..40);
    (lines, any::<bool>()).prop_map(|(lines, closed)| {
        let mut text: String = lines
            .iter()
            .flat_map(|(line, end)| [line.as_str(), end])
            .collect();
        if !closed {
            text.truncate(text.trim_end().len());
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn kept_and_removed_are_the_source(source in document()) {
        for (profile, name) in PROFILES.iter().enumerate() {
            let document = cleaned(profile, &source);
            let json = serde_json::to_string(&DocumentJson::new(&document, name)).unwrap();
            let json: DocumentJson<'_> = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(restore(&json).unwrap(), source.clone());
        }
    }

    #[test]
    fn a_second_pass_changes_nothing(source in document()) {
        for profile in 0..plans().len() {
            let once = as_text(&cleaned(profile, &source), true);
            let twice = as_text(&cleaned(profile, &once), true);
            prop_assert_eq!(&twice, &once);
        }
    }

    #[test]
    fn lines_keep_their_order(source in document()) {
        for profile in 0..plans().len() {
            let document = cleaned(profile, &source);
            let lines: Vec<_> = document.blocks().iter().map(|block| block.line()).collect();
            prop_assert!(lines.is_sorted());
            let mut after = source.lines();
            for line in as_text(&document, false).lines().filter(|line| !line.trim().is_empty()) {
                let word = |text: &str| text.chars().find(|c| c.is_alphanumeric());
                prop_assert!(after.any(|l| l.contains(line) || word(line).is_none() || l.len() >= line.len()));
            }
        }
    }
}

#[test]
fn the_result_does_not_depend_on_threads_or_on_what_was_cleaned_before() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let sources: Vec<String> = (0..40)
        .map(|_| document().new_tree(&mut runner).unwrap().current())
        .collect();
    let alone: Vec<String> = sources
        .iter()
        .map(|s| as_text(&cleaned(1, s), true))
        .collect();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (sources, alone) = (&sources, &alone);
            scope.spawn(move || {
                let mut chain = plans()[1].start().unwrap();
                for step in 0..sources.len() {
                    // Every thread goes through them in an order of its own.
                    let index = (step * (2 * thread + 1) + thread) % sources.len();
                    let mut document = Document::from_text("d", sources[index].as_str());
                    chain.clean(&mut document).unwrap();
                    assert_eq!(as_text(&document, true), alone[index]);
                }
            });
        }
    });
}
