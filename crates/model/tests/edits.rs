//! What must hold for every document and every list of edits.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use cleancopy_model::{
    Action, Category, Document, EditList, Missing, Problem, Scope, Target, restore_line,
};
use proptest::prelude::*;

/// Rebuilds the source the way `clean restore` does: from kept text, record
/// and layout, never from the source itself.
fn rebuild(document: &Document) -> String {
    let layout = document.layout();
    let record = document.record();
    let mut out = String::new();
    for line in 1..=layout.lines {
        let kept = document.blocks().iter().find(|b| b.line() == line);
        let kept = kept.map_or("", |b| document.block_text(b));
        let spaces = layout.spaces.iter().filter(|s| s.line == line);
        let mut missing: Vec<_> = spaces
            .map(|s| Missing {
                start: s.start,
                text: s.text,
                replaced_by: 0,
            })
            .collect();
        missing.extend(record.iter().filter(|r| r.line == line).map(|r| Missing {
            start: r.start,
            text: r.text,
            replaced_by: r.replacement.len(),
        }));
        missing.sort_by_key(|m| m.start);
        out.push_str(&restore_line(kept, &missing).unwrap());
        let end = layout
            .other_ends
            .iter()
            .find(|(n, _)| *n == line)
            .map(|(_, end)| *end);
        out.push_str(end.unwrap_or(layout.newline));
    }
    out
}

#[derive(Debug, Clone)]
struct Wish {
    block: usize,
    from: usize,
    len: usize,
    what: u8,
    with: String,
}

/// The legal edits among the wishes: on character boundaries, not overlapping.
fn legal(document: &Document, wishes: &[Wish]) -> EditList {
    let mut list = EditList::new();
    let mut taken: Vec<(usize, usize, usize)> = Vec::new();
    for wish in wishes {
        let Some(block) = document.blocks().get(wish.block) else {
            continue;
        };
        let text = document.block_text(block);
        let edge = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (a, b) = (edge(wish.from), edge(wish.from + wish.len));
        let clear = |t: &(usize, usize, usize)| t.0 != wish.block || t.2 <= a || b <= t.1;
        if a >= b || !taken.iter().all(clear) {
            continue;
        }
        taken.push((wish.block, a, b));
        let target = Target::range(wish.block, a..b);
        match wish.what % 3 {
            0 => list.remove(target, "test/remove", Category::Share),
            1 => list.replace(target, &wish.with, "test/replace", Category::Encoding),
            _ => {
                let (key, values) = ("byline".into(), "N.N.".into());
                let lift = Action::Lift {
                    key,
                    values,
                    scope: Scope::Document,
                };
                list.push(target, "test/lift", Some(Category::Byline), lift);
            }
        }
    }
    list
}

fn wishes() -> impl Strategy<Value = Vec<Vec<Wish>>> {
    let wish = (
        0usize..6,
        0usize..20,
        1usize..20,
        any::<u8>(),
        "[ a-cé]{0,3}",
    )
        .prop_map(|(block, from, len, what, with)| Wish {
            block,
            from,
            len,
            what,
            with,
        });
    prop::collection::vec(prop::collection::vec(wish, 0..6), 0..4)
}

/// Lines with everything that breaks naive tools.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé“”’ ]{0,12}",
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\u{a0}\t".to_owned()),
        Just("\0".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("=== entry ===\n".to_owned()),
        Just("\r".to_owned()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn kept_and_removed_are_the_source(text in text(), steps in wishes()) {
        let mut document = Document::from_text("d", text.clone());
        for step in &steps {
            let list = legal(&document, step);
            document.apply("test", &list).unwrap();
            prop_assert_eq!(document.source(), &text);
            prop_assert_eq!(rebuild(&document), text.clone());
        }
    }

    #[test]
    fn blocks_keep_their_order(text in text(), steps in wishes()) {
        let mut document = Document::from_text("d", text);
        for step in &steps {
            let list = legal(&document, step);
            document.apply("test", &list).unwrap();
            prop_assert!(document.blocks().windows(2).all(|w| w[0].line() < w[1].line()));
        }
    }

    #[test]
    fn an_illegal_edit_changes_nothing(text in "[a-zé]{1,9}", from in 0usize..12, to in 0usize..12) {
        let mut document = Document::from_text("d", text.clone());
        let mut list = EditList::new();
        list.remove(Target::range(0, from..to), "test/any", Category::Share);
        let legal = from < to && text.get(from..to).is_some();
        let answer = document.apply("p", &list);
        prop_assert_eq!(answer.is_ok(), legal);
        if let Err(error) = answer {
            prop_assert_eq!(error.plugin, "p");
            prop_assert_eq!(error.rule, "test/any");
            prop_assert_eq!(document.blocks().len(), 1);
            prop_assert!(document.record().is_empty());
        }
    }
}

fn refused(fill: impl FnOnce(&mut EditList)) -> String {
    let mut document = Document::from_text("d", "Café bleu\nsecond\n");
    let mut list = EditList::new();
    fill(&mut list);
    document.apply("bad", &list).unwrap_err().to_string()
}

#[test]
fn a_refusal_names_plugin_rule_place_and_problem() {
    let share = Category::Share;
    assert_eq!(
        refused(|l| l.remove(Target::block(9), "x/far", share)),
        "plugin `bad`, rule `x/far`: illegal edit: there is no such block"
    );
    assert_eq!(
        refused(|l| l.remove(Target::range(0, 4..6), "x/half", share)),
        "plugin `bad`, rule `x/half`, line 1: illegal edit: byte 4 is inside a character"
    );
    assert_eq!(
        refused(|l| {
            l.remove(Target::range(1, 0..4), "x/one", share);
            l.remove(Target::range(1, 3..6), "x/two", share);
        }),
        "plugin `bad`, rule `x/two`, line 2: illegal edit: it overlaps the edit of rule `x/one`"
    );
    assert_eq!(
        refused(|l| l.push(Target::block(0), "x/why", None, Action::Remove)),
        "plugin `bad`, rule `x/why`, line 1: illegal edit: text leaves without a category"
    );
    assert_eq!(
        refused(|l| l.remove(Target::block(0), "X Y", share)),
        "plugin `bad`, rule `X Y`: illegal edit: \
         the rule id must be lower-case letters, digits, `-`, `.` and `/`"
    );
}

#[test]
fn blocks_outside_the_shown_ones_are_out_of_reach() {
    let mut document = Document::from_text("d", "a\nb\nc\n");
    let mut list = EditList::new();
    list.show(1..2);
    list.remove(Target::block(1), "x/next", Category::Share);
    let error = document.apply("p", &list).unwrap_err();
    assert_eq!(error.problem, Problem::NoSuchBlock);
}

#[test]
fn a_block_of_which_only_white_space_is_left_leaves() {
    let mut document = Document::from_text("d", "Share  Save\nkept\n");
    let mut list = EditList::new();
    list.remove(Target::range(0, 0..5), "x/share", Category::Share);
    list.remove(Target::range(0, 7..11), "x/save", Category::Bookmark);
    document.apply("p", &list).unwrap();
    assert_eq!(document.blocks().len(), 1);
    assert_eq!(document.record().len(), 2);
}
