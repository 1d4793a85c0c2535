//! A newspaper of one's own: a folder with a profile and a case that passes,
//! for tests of `clean test`.

use std::path::Path;

use tempfile::TempDir;

use super::{Answer, clean, run, scratch, write};

pub(crate) const STORY: &str = "Pier sold to the town\nGet the Courier app\n\
                     The board voted on Monday to sell.\nIt rained all day.\n";

pub(crate) const PROFILE: &str = r#"schema = 1
name = "keld-courier"

[[chain]]
use = "strip-banners"
[[chain.rule]]
id = "app-promo/keld-courier"
category = "app-promo"
equals = "Get the Courier app"
removes = ["Get the Courier app"]
keeps = ["Get the Courier app, readers were told, or go without."]
"#;

pub(crate) const DIFF: &str = "--- -\n+++ clean\n@@ -1,4 +1,3 @@\n Pier sold to the town\n\
                    -Get the Courier app  ← app-promo/keld-courier\n \
                    The board voted on Monday to sell.\n It rained all day.\n";

/// A folder with a profile and a case that passes.
pub(crate) fn folder() -> TempDir {
    let folder = scratch();
    let path = folder.path();
    write(&path.join("config/profiles/keld-courier.toml"), PROFILE);
    write(&path.join("tests/cases/keld-courier/app/input.txt"), STORY);
    write(
        &path.join("tests/cases/keld-courier/app/expected.diff"),
        DIFF,
    );
    folder
}

/// Runs `clean test` in a folder.
pub(crate) fn test(folder: &Path, args: &[&str]) -> Answer {
    let mut command = clean();
    command.current_dir(folder).env_remove("CI").arg("test");
    run(command.args(args))
}

/// Adds a rule to the profile.
pub(crate) fn add_rule(folder: &Path, rule: &str) {
    let text = format!("{PROFILE}[[chain.rule]]\n{rule}");
    write(&folder.join("config/profiles/keld-courier.toml"), text);
}

pub(crate) fn case(name: &str) -> String {
    format!("tests/cases/keld-courier/{name}")
}
