//! `clean profile new`: a profile, and a golden case that does not hold yet.
//!
//! With documents of the publisher, what is obvious in them is proposed: hosts
//! from their addresses, and as rules the lines that several of them print word
//! for word. All of it stands in comments, for a line that repeats may be the
//! text. The case expects what the proposals would take.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use cleancopy_host::{ConfigFolders, Profile, Root};
use cleancopy_model::Document;
use cleancopy_read::read;
use cleancopy_write::TextOptions;

use super::{Files, NewProfile, check_name, title};
use crate::Outcome;
use crate::args::Shared;
use crate::input::collect;
use crate::style::{FAINT, NEW, STRONG, count, paint};

/// The profile that a new one extends.
const PARENT: &str = "english";

/// The most rules that are proposed.
const MOST: usize = 12;

/// A line with more characters is proposed by its beginning.
const LONG: usize = 160;

pub(crate) fn new_profile(args: &NewProfile, shared: &Shared) -> anyhow::Result<Outcome> {
    check_name(&args.name)?;
    let mut draft = Draft {
        name: args.name.clone(),
        title: args.title.clone().unwrap_or_else(|| title(&args.name)),
        hosts: Vec::new(),
        lines: Vec::new(),
    };
    let documents = documents(&args.from)?;
    let source = match documents.first() {
        None => {
            draft.lines.push(format!("Get the {} app", draft.title));
            include_str!("../../templates/story.txt").replace("@TITLE@", &draft.title)
        }
        Some(first) => {
            draft.learn(&documents, shared)?;
            first.source().to_owned()
        }
    };
    let folders = Folders::of(&args.dir);
    let profile = super::short(&folders.config).join(format!("profiles/{}.toml", draft.name));
    let case = folders.cases.join(&draft.name).join("first");
    let mut files = Files::default();
    files.add(profile.clone(), draft.toml(true));
    files.add(case.join("input.txt"), source.as_str());
    files.add(case.join("expected.diff"), draft.expected(&source, shared)?);
    files.write()?;
    tell(&draft, &folders, &profile, &case)
}

fn documents(from: &[PathBuf]) -> anyhow::Result<Vec<Document>> {
    let inputs = collect(from)?.documents;
    let document = |input: &crate::input::Input| {
        let bytes = input.read().with_context(|| input.id())?;
        read(&input.id(), bytes, None, input.expect()).with_context(|| input.id())
    };
    inputs.iter().map(document).collect()
}

/// Where profiles and cases go.
struct Folders {
    config: PathBuf,
    cases: PathBuf,
}

impl Folders {
    /// In a checkout `config/` and `tests/` lie side by side, and so they do in
    /// the folder of whoever keeps profiles of their own. A folder that has
    /// `profiles/` is a configuration itself, and has its cases inside.
    fn of(dir: &Path) -> Self {
        let is_config = dir.join("profiles").is_dir();
        let below = super::short(dir);
        Self {
            config: if is_config {
                dir.to_owned()
            } else {
                below.join("config")
            },
            cases: below.join(if is_config { "cases" } else { "tests/cases" }),
        }
    }
}

/// What is known of the publisher so far.
struct Draft {
    name: String,
    title: String,
    hosts: Vec<String>,
    /// Lines that may be noise.
    lines: Vec<String>,
}

impl Draft {
    /// Proposes what is obvious in documents.
    fn learn(&mut self, documents: &[Document], shared: &Shared) -> anyhow::Result<()> {
        let mut chain = Profile::load(PARENT, &shared.config())?
            .plan(&shared.plugins(), &shared.config())?
            .start()?;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for document in documents {
            let host = document.url.as_deref().and_then(host);
            self.hosts.extend(host.filter(|h| !self.hosts.contains(h)));
            let mut clean = document.clone();
            chain.clean(&mut clean)?;
            let blocks = clean.blocks().iter();
            let mut lines: Vec<_> = blocks.map(|b| clean.block_text(b).trim()).collect();
            lines.sort_unstable();
            lines.dedup();
            for line in lines.into_iter().filter(|line| !line.is_empty()) {
                *seen.entry(line.to_owned()).or_default() += 1;
            }
        }
        let mut repeated: Vec<_> = seen.into_iter().filter(|(_, n)| *n > 1).collect();
        repeated.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        self.lines = repeated
            .into_iter()
            .take(MOST)
            .map(|(line, _)| line)
            .collect();
        Ok(())
    }

    /// The profile, with its proposals in comments if `shut`.
    fn toml(&self, shut: bool) -> String {
        let comment = if shut { "# " } else { "" };
        let list = |texts: &[String]| {
            texts
                .iter()
                .map(|t| quoted(t))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let phrases = self.lines.iter().filter(|line| line.contains(&self.title));
        let phrases: Vec<_> = phrases.cloned().collect();
        let (hosts, phrases) = (list(&self.hosts), list(&phrases));
        let (name, title) = (&self.name, quoted(&self.title));
        let or = |texts: String, else_: &str| {
            if texts.is_empty() {
                else_.to_owned()
            } else {
                texts
            }
        };
        let mark = |texts: &str| if texts.is_empty() { "# " } else { "" };
        let mut out = format!(
            "schema = 1\nname = \"{name}\"\ntitle = {title}\nextends = \"{PARENT}\"\n\n\
             # How the publisher is known: host names, and short texts that it alone prints.\n\
             [match]\n{}hosts = [{}]\n{comment}phrases = [{}]\n\n\
             # What it prints into its pages, a rule each. Read every proposal: whatever\n\
             # could be somebody's sentence stays a comment.\n[[chain]]\nuse = \"strip-banners\"\n",
            mark(&hosts),
            or(hosts.clone(), "\"…\""),
            or(phrases, "\"…\""),
        );
        for (index, line) in self.lines.iter().enumerate() {
            out.push_str(&self.rule(index, line, comment));
        }
        out
    }

    fn rule(&self, index: usize, line: &str, comment: &str) -> String {
        let short: String = line.chars().take(LONG).collect();
        let key = if short.len() < line.len() {
            "starts"
        } else {
            "equals"
        };
        let (id, what) = (slug(line, &self.name, index), category(line));
        let lines = [
            "[[chain.rule]]".to_owned(),
            format!("id = \"{what}/{}-{id}\"", self.name),
            format!("category = \"{what}\""),
            format!("{key} = {}", quoted(&short)),
            format!("removes = [{}]", quoted(line)),
        ];
        let lines = lines.map(|line| format!("{comment}{line}\n"));
        format!("\n{}", lines.concat())
    }

    /// The diff of the case, with all proposals taken up.
    fn expected(&self, source: &str, shared: &Shared) -> anyhow::Result<String> {
        let folder = tempfile::tempdir()?;
        let mut files = Files::default();
        let file = folder.path().join(format!("profiles/{}.toml", self.name));
        files.add(file, self.toml(false));
        files.write()?;
        let config = shared
            .config()
            .with_first(Root::Folder(folder.path().to_owned()));
        let mut document = Document::from_text("-", source);
        self.chain(&config, shared)?.clean(&mut document)?;
        let lines = cleancopy_write::diff(&document, TextOptions { marks: true });
        let diff: String = lines.iter().map(|line| format!("{line}\n")).collect();
        if self.lines.is_empty() {
            let todo = "not written yet: make the rules, then let `clean test --accept` write it";
            return Ok(format!("{diff}{todo}\n"));
        }
        Ok(diff)
    }

    fn chain(
        &self,
        config: &ConfigFolders,
        shared: &Shared,
    ) -> anyhow::Result<cleancopy_host::Chain> {
        let profile = Profile::load(&self.name, config)?;
        Ok(profile.plan(&shared.plugins(), config)?.start()?)
    }
}

fn tell(draft: &Draft, folders: &Folders, profile: &Path, case: &Path) -> anyhow::Result<Outcome> {
    let (name, config) = (&draft.name, naming(&folders.config));
    let mut out = anstream::stdout().lock();
    for path in [profile, case] {
        writeln!(
            out,
            "{} {}",
            paint(NEW, "new"),
            paint(STRONG, path.display())
        )?;
    }
    let rules = count(draft.lines.len(), "rule", "rules");
    let told = format!("proposed {rules}, in comments; the case fails until you decide:");
    writeln!(out, "{}", paint(FAINT, told))?;
    writeln!(out, "  clean {config}profile check {name}")?;
    writeln!(out, "  clean {config}test {name}")?;
    Ok(Outcome::Fine)
}

/// How a command names a configuration folder: not at all if it is the one
/// that is found from here.
fn naming(config: &Path) -> String {
    let found = ConfigFolders::nearest();
    if found.is_some() && found == config.canonicalize().ok() {
        return String::new();
    }
    format!("--config {} ", config.display())
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let host = url
        .split_once("://")?
        .1
        .split(['/', '?', '#', ':'])
        .next()?;
    Some(
        host.strip_prefix("www.")
            .unwrap_or(host)
            .to_ascii_lowercase(),
    )
}

/// The first words of a line as part of an id, without those of the name,
/// which stands in the id already.
fn slug(line: &str, name: &str, index: usize) -> String {
    let line = line.to_ascii_lowercase();
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    let of_name = |word: &&str| name.split('-').any(|known| known == *word);
    let words = words.filter(|word| !word.is_empty() && !of_name(word));
    match words.take(4).collect::<Vec<_>>().join("-") {
        none if none.is_empty() => (index + 1).to_string(),
        words => words,
    }
}

/// A first guess at why a line leaves.
fn category(line: &str) -> &'static str {
    let folded = line.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    match () {
        () if has(&["donat", "contribut", "support us", "support our"]) => "donation",
        () if has(&["newsletter", "sign up", "inbox"]) => "newsletter",
        () if has(&["subscrib", "membership"]) => "subscription",
        () if has(&["log in", "sign in", "register"]) => "login",
        () if has(&[" app", "download"]) => "app-promo",
        () if has(&["cookie", "consent", "privacy"]) => "consent",
        () if has(&["copyright", "©", "all rights"]) => "copyright",
        () if has(&["comment"]) => "comments-cta",
        () if has(&["share", "facebook", "whatsapp"]) => "share",
        () if has(&["read more", "more on", "related"]) => "read-more",
        () if has(&["advert"]) => "advertisement",
        () => "navigation",
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
