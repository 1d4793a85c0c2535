//! The results as JUnit XML, which every CI knows how to show.

use std::fmt::Write;

use crate::outcome::{Check, Kind, Problem};

/// All checks as one file: a suite for each profile, a test case for each
/// check.
#[must_use]
pub fn junit(checks: &[Check]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let all: Vec<_> = checks.iter().collect();
    let _ = writeln!(xml, "<testsuites name=\"clean test\"{}>", totals(&all));
    let mut profiles: Vec<&str> = Vec::new();
    for check in checks {
        if !profiles.contains(&check.profile.as_str()) {
            profiles.push(&check.profile);
        }
    }
    for profile in profiles {
        let of_profile = checks.iter().filter(|check| check.profile == profile);
        suite(profile, &of_profile.collect::<Vec<_>>(), &mut xml);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn totals(checks: &[&Check]) -> String {
    let failures = checks.iter().filter(|check| !check.passed()).count();
    let seconds: f64 = checks.iter().map(|check| check.time.as_secs_f64()).sum();
    let tests = checks.len();
    format!(" tests=\"{tests}\" failures=\"{failures}\" time=\"{seconds:.3}\"")
}

fn suite(profile: &str, checks: &[&Check], xml: &mut String) {
    let (name, totals) = (escape(profile), totals(checks));
    let _ = writeln!(xml, "  <testsuite name=\"{name}\"{totals}>");
    for check in checks {
        test_case(check, xml);
    }
    xml.push_str("  </testsuite>\n");
}

fn test_case(check: &Check, xml: &mut String) {
    let kind = match check.kind {
        Kind::Profile => "profile",
        Kind::Rule => "rules",
        Kind::Case => "cases",
    };
    let (profile, name) = (escape(&check.profile), escape(&check.name));
    let seconds = check.time.as_secs_f64();
    let _ = write!(
        xml,
        "    <testcase classname=\"{profile}.{kind}\" name=\"{name}\""
    );
    if !check.file.is_empty() {
        let _ = write!(xml, " file=\"{}\"", escape(&check.file));
    }
    if let Some(line) = check.line {
        let _ = write!(xml, " line=\"{line}\"");
    }
    let _ = write!(xml, " time=\"{seconds:.3}\"");
    let Some(first) = check.problems.first() else {
        xml.push_str("/>\n");
        return;
    };
    let lines: Vec<_> = check.shown().iter().map(ToString::to_string).collect();
    let message = lines.first().map(|line| escape(line)).unwrap_or_default();
    let (kind, text) = (kind_of(first), escape(&lines.join("\n")));
    let _ = writeln!(
        xml,
        ">\n      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>\n    </testcase>"
    );
}

fn kind_of(problem: &Problem) -> &'static str {
    match problem {
        Problem::Fault(_) => "fault",
        Problem::Unknown { .. } => "no expectation",
        Problem::Differs { .. } | Problem::Other { .. } => "difference",
        Problem::Broken { .. } => "invariant",
    }
}

/// Text as it may stand in XML, in attributes as well.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no way to write these.
            '\u{0}'..='\u{8}'
            | '\u{b}'
            | '\u{c}'
            | '\u{e}'..='\u{1f}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn it_is_well_formed_whatever_the_texts() {
        let mut check = Check::new(Kind::Case, "a&b", "quote \"<x>\"", "cases/a:3:1");
        let text = "line 1: `]]> & \u{1b}[0m`\n-<b>\n+\u{0}".to_owned();
        check.problems.push(Problem::Fault(text));
        let passed = Check::new(Kind::Rule, "a&b", "login/prompt", "packs/login.en.toml:4:1");
        let xml = junit(&[check, passed]);
        assert!(xml.contains("tests=\"2\" failures=\"1\""), "{xml}");
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e) => {
                    for attribute in e.attributes() {
                        attribute.unwrap();
                    }
                    names.push(e.name().as_ref().to_owned());
                }
                _ => {}
            }
        }
        let expected = ["testsuites", "testsuite", "testcase", "failure", "testcase"];
        assert_eq!(names, expected);
    }
}
