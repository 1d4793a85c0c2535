//! A proposal as TOML, with what speaks for and against each rule.

use std::fmt::Write;

use cleancopy_rules::{Rule, Take, Texts, Where};

use crate::candidate::{LIFT, STRIP};
use crate::page::chars;
use crate::propose::{Proposal, Proposed};

/// How wide a list may be before it is broken, in characters.
const WIDTH: usize = 100;

/// How many mistakes are shown of a rule.
const SHOWN: usize = 3;

/// What a profile says whose documents hold one story each.
const SINGLE: &str = "\n# No document is a digest: what looks like items are cards.\n\
    [[chain]]\nuse = \"split-feed\"\nwhen = \"never\"\n";

impl Proposal {
    /// The profile as TOML. Rules that would take lines of articles stand in
    /// it as comments.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        if self.splits_cards {
            // Else the cards of a page would be cleaned apart from its frame.
            out.push_str(SINGLE);
        }
        for step in [STRIP, LIFT] {
            let mut rules = self
                .rules
                .iter()
                .filter(|rule| rule.step == step)
                .peekable();
            if rules.peek().is_some() {
                let _ = writeln!(out, "\n[[chain]]\nuse = {}", quoted(step));
            }
            for rule in rules {
                out.push('\n');
                self.rule(rule, &mut out);
            }
        }
        out
    }

    fn head(&self, out: &mut String) {
        // Writing to a text cannot fail.
        let _ = writeln!(
            out,
            "# Proposed by `clean learn` from {} documents. Read it, change it, and try it with\n\
             # `clean profile check {}` and `clean --profile {} --diff STORY` before you rely on it.",
            self.pages, self.name, self.name
        );
        self.known(out);
        let _ = writeln!(out, "schema = 1\nname = {}", quoted(&self.name));
        let _ = writeln!(out, "extends = {}", quoted(&self.extends));
        if self.hosts.is_empty() && self.phrases.is_empty() {
            return;
        }
        out.push_str("\n[match]\n");
        list("hosts", &self.hosts, out);
        list("phrases", &self.phrases, out);
    }

    /// What needs no rule, as comments.
    fn known(&self, out: &mut String) {
        if !self.known.is_empty() {
            let parent = &self.extends;
            let _ = writeln!(
                out,
                "# No rule is needed for what `{parent}` takes by its look:"
            );
        }
        for known in &self.known {
            let _ = writeln!(
                out,
                "#   {}: {} by {} in {} of {} documents, such as {}",
                known.category.name(),
                known.count,
                known.rule,
                known.pages,
                self.pages,
                short(&known.example)
            );
        }
    }

    fn rule(&self, proposed: &Proposed, out: &mut String) {
        let _ = writeln!(
            out,
            "# {}: in {} of {} documents, {} lines that `{}` leaves",
            proposed.family.name(),
            proposed.support,
            self.pages,
            proposed.fresh,
            self.extends
        );
        let mut text = String::new();
        write_rule(&proposed.rule, &mut text);
        if proposed.is_held_back() {
            self.mistakes(proposed, out);
            text = text.lines().map(|line| format!("# {line}\n")).collect();
        }
        out.push_str(&text);
    }

    fn mistakes(&self, proposed: &Proposed, out: &mut String) {
        let _ = writeln!(
            out,
            "# Held back: learned without the document, it would take from articles"
        );
        for mistake in proposed.mistakes.iter().take(SHOWN) {
            let _ = writeln!(out, "#   {}: {}", mistake.page, short(&mistake.text));
        }
        if proposed.mistakes.len() > SHOWN {
            let _ = writeln!(out, "#   and {} more", proposed.mistakes.len() - SHOWN);
        }
    }
}

impl Proposed {
    /// Whether the rule is only shown: it would take lines of articles.
    #[must_use]
    pub fn is_held_back(&self) -> bool {
        !self.mistakes.is_empty()
    }
}

fn write_rule(rule: &Rule, out: &mut String) {
    let _ = writeln!(out, "[[chain.rule]]\nid = {}", quoted(&rule.id));
    let _ = writeln!(out, "category = {}", quoted(rule.category.name()));
    let texts = [
        ("equals", &rule.equals),
        ("starts", &rule.starts),
        ("ends", &rule.ends),
        ("regex", &rule.regex),
        ("after", &rule.after),
        ("then", &rule.then),
        ("through", &rule.through),
        ("run", &rule.run),
    ];
    for (key, texts) in texts {
        match texts {
            Some(Texts(texts)) if texts.len() == 1 => {
                let _ = writeln!(out, "{key} = {}", quoted(&texts[0]));
            }
            Some(Texts(texts)) => list(key, texts, out),
            None => {}
        }
    }
    write_numbers(rule, out);
    if let Some(seen) = &rule.seen {
        let _ = writeln!(out, "seen = {}", quoted(seen));
    }
    list("removes", &rule.removes, out);
    list("keeps", &rule.keeps, out);
}

/// Those that differ from what stands without them.
fn write_numbers(rule: &Rule, out: &mut String) {
    let plain = Rule::new("", rule.category);
    let numbers = [
        ("gap", rule.gap, plain.gap),
        ("gap_chars", rule.gap_chars, plain.gap_chars),
        ("least", rule.least, plain.least),
        ("max_blocks", rule.max_blocks, plain.max_blocks),
        ("max_chars", rule.max_chars.unwrap_or(0), 0),
    ];
    for (key, number, _) in numbers
        .into_iter()
        .filter(|(_, number, usual)| number != usual)
    {
        let _ = writeln!(out, "{key} = {number}");
    }
    if rule.take == Take::Match {
        out.push_str("take = \"match\"\n");
    }
    if rule.match_case {
        out.push_str("match_case = true\n");
    }
    if rule.to_edge {
        out.push_str("to_edge = true\n");
    }
    let place = match rule.place {
        Where::Head => "head",
        Where::Tail => "tail",
        Where::Anywhere => return,
    };
    let _ = writeln!(out, "where = \"{place}\"\nblocks = {}", rule.blocks);
}

/// A key and its list, broken where it gets too wide; nothing if it is empty.
fn list(key: &str, texts: &[String], out: &mut String) {
    if texts.is_empty() {
        return;
    }
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    let line = format!("{key} = [{}]", quoted.join(", "));
    if chars(&line) <= WIDTH {
        let _ = writeln!(out, "{line}");
        return;
    }
    let _ = write!(out, "{key} = [");
    let mut width = WIDTH;
    for text in &quoted {
        let length = chars(text) + 2;
        if width + length > WIDTH {
            out.push_str("\n   ");
            width = 3;
        }
        let _ = write!(out, " {text},");
        width += length;
    }
    out.push_str("\n]\n");
}

/// A text as TOML writes it on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The beginning of a text, for a line of a comment or a table.
pub(crate) fn short(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    match plain.char_indices().nth(90) {
        Some((at, _)) => format!("{}…", &plain[..at]),
        None => plain,
    }
}
