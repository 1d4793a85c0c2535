//! `clean plugin new`: a plugin with one rule that works, a profile that uses
//! it and a golden case, in Rust or in C.

use std::io::Write;
use std::path::Path;

use super::{Files, Language, NewPlugin, check_name, sdk, title};
use crate::Outcome;
use crate::style::{FAINT, NEW, STRONG, paint};

/// A template, and where its text goes.
type Template = (&'static str, &'static str);

const RUST: &[Template] = &[
    (
        "Cargo.toml",
        include_str!("../../templates/rust/Cargo.toml.in"),
    ),
    ("src/lib.rs", include_str!("../../templates/rust/lib.rs.in")),
    ("README.md", include_str!("../../templates/rust/README.md")),
    (".gitignore", "/target\n"),
];

const C: &[Template] = &[
    ("@NAME@.c", include_str!("../../templates/c/plugin.c")),
    ("README.md", include_str!("../../templates/c/README.md")),
    (
        "cleancopy.h",
        include_str!("../../../abi/include/cleancopy.h"),
    ),
    (".gitignore", "*.so\n*.dylib\n*.dll\n"),
];

/// What both have: a profile to try it with, and its golden case.
const BOTH: &[Template] = &[
    (
        "config/profiles/@NAME@-try.toml",
        include_str!("../../templates/try.toml"),
    ),
    (
        "tests/cases/@NAME@-try/first/input.txt",
        include_str!("../../templates/input.txt"),
    ),
    (
        "tests/cases/@NAME@-try/first/expected.diff",
        include_str!("../../templates/expected.diff"),
    ),
];

pub(crate) fn new_plugin(args: &NewPlugin) -> anyhow::Result<Outcome> {
    check_name(&args.name)?;
    let folder = super::short(&args.dir).join(&args.name);
    let mut files = Files::default();
    let kit = match (args.lang, &args.sdk) {
        (Language::C, _) => String::new(),
        (Language::Rust, Some(checkout)) => sdk::of_checkout(checkout)?,
        (Language::Rust, None) => sdk::vendor(&mut files, &folder)?,
    };
    let slots = Slots::new(args, kit)?;
    let own = match args.lang {
        Language::Rust => RUST,
        Language::C => C,
    };
    for (path, text) in own.iter().chain(BOTH) {
        files.add(folder.join(slots.fill(path)), slots.fill(text));
    }
    files.write()?;
    tell(args, &folder, &slots)
}

fn tell(args: &NewPlugin, folder: &Path, slots: &Slots) -> anyhow::Result<Outcome> {
    let (build, at) = match args.lang {
        Language::Rust => ("cargo build --release".to_owned(), "target/release"),
        Language::C => (
            slots.fill("cc -shared -fPIC -I . -o lib@CRATE@.so @NAME@.c"),
            ".",
        ),
    };
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "{} {}",
        paint(NEW, "new"),
        paint(STRONG, folder.display())
    )?;
    writeln!(out, "{}", paint(FAINT, "build it, and see what it does:"))?;
    writeln!(out, "  cd {}", folder.display())?;
    writeln!(out, "  {build}")?;
    let name = &args.name;
    writeln!(
        out,
        "  clean --plugin-dir {at} -p {name}-try --diff - \
         < tests/cases/{name}-try/first/input.txt"
    )?;
    Ok(Outcome::Fine)
}

/// What the templates leave open.
struct Slots(Vec<(&'static str, String)>);

impl Slots {
    fn new(args: &NewPlugin, kit: String) -> anyhow::Result<Self> {
        let name = &args.name;
        Ok(Self(vec![
            ("@NAME@", name.clone()),
            ("@CRATE@", name.replace('-', "_")),
            ("@TYPE@", title(name).replace(' ', "")),
            ("@KIT@", kit),
            ("@SERDE@", sdk::version_of("serde")?),
            ("@EDITION@", "2024".to_owned()),
            ("@RUST@", env!("CARGO_PKG_RUST_VERSION").to_owned()),
        ]))
    }

    fn fill(&self, text: &str) -> String {
        let fill = |text: String, (slot, value): &(&str, String)| text.replace(slot, value);
        self.0.iter().fold(text.to_owned(), fill)
    }
}
