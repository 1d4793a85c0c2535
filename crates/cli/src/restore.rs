//! `clean restore`: from the JSON back to the source.

use std::io::{Read, Write};
use std::path::Path;

use anyhow::Context;
use cleancopy_read::{Encoding, encode};
use cleancopy_write::{DocumentJson, restore};

use crate::Outcome;
use crate::args::RestoreArgs;
use crate::output::write_file;

pub(crate) fn run(args: &RestoreArgs) -> anyhow::Result<Outcome> {
    let name = args.cleaned.display().to_string();
    let json = read(&args.cleaned).with_context(|| name.clone())?;
    let document: DocumentJson<'_> = serde_json::from_str(&json).with_context(|| {
        format!("{name}: not the JSON of a clean document, as `clean --format json` prints it")
    })?;
    let source = restore(&document).with_context(|| name.clone())?;
    let encoding = Encoding::named(&document.layout.encoding).with_context(|| name.clone())?;
    let bytes = encode(&source, encoding).with_context(|| name)?;
    match &args.output {
        Some(path) => write_file(path, |out| out.write_all(&bytes))?,
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(&bytes)?;
            out.flush()?;
        }
    }
    Ok(Outcome::Fine)
}

fn read(path: &Path) -> std::io::Result<String> {
    if path != Path::new("-") {
        return std::fs::read_to_string(path);
    }
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    Ok(text)
}
