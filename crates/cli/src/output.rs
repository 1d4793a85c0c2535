//! Where results go, and how they look.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use cleancopy_model::Document;
use cleancopy_write::{
    DiffLine, DocumentJson, TextOptions, diff, explain, json_ld, markdown, text,
};

use crate::args::{CleanArgs, Format};
use crate::input::{Input, Inputs};
use crate::style::{self, Palette};

/// The names of what a run leaves in a folder of results.
pub(crate) const OURS: [&str; 2] = ["failed.jsonl", "report.json"];

/// Where the results of a run go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Stdout,
    File(PathBuf),
    /// A folder, with one file per input.
    Folder(PathBuf),
    /// A folder, with one folder per input and one file per section.
    Split(PathBuf),
}

/// Decides where results go and refuses what would lose some.
pub(crate) fn target(args: &CleanArgs, inputs: &Inputs) -> anyhow::Result<Target> {
    let several = inputs.are_several();
    let format = args.wanted();
    if let Some(folder) = &args.split_dir {
        if format == Format::Diff {
            bail!(
                "--split-dir writes text, JSON, JSON-LD or Markdown; a diff is of a whole document"
            );
        }
        if !inputs.containers.is_empty() {
            bail!("--split-dir is for documents; records keep their files");
        }
        refuse_same_names(inputs, folder, |input| folder.join(&input.stem))?;
        return Ok(Target::Split(folder.clone()));
    }
    let Some(path) = &args.output else {
        if several
            && matches!(format, Format::Text | Format::Markdown)
            && !inputs.documents.is_empty()
        {
            bail!(
                "{} documents as one text on standard output could not be told apart; \
                 write into a folder with `-o DIR`, or use `--format jsonl`",
                inputs.len()
            );
        }
        return Ok(Target::Stdout);
    };
    let looks_like_folder = path.is_dir() || path.as_os_str().to_string_lossy().ends_with('/');
    if !several && !looks_like_folder {
        refuse_overwriting(path, &sources(inputs))?;
        return Ok(Target::File(path.clone()));
    }
    let all_documents = inputs.containers.is_empty();
    if several && all_documents && !looks_like_folder && format == Format::Jsonl {
        return Ok(Target::File(path.clone()));
    }
    if path.is_file() {
        bail!(
            "{}: is a file, but {} results need a folder",
            path.display(),
            inputs.len()
        );
    }
    refuse_same_names(inputs, path, |input| file_in(path, &input.stem, format))?;
    Ok(Target::Folder(path.clone()))
}

/// Refuses two results under one name, or under that of what a run leaves
/// beside its results.
fn refuse_same_names(
    inputs: &Inputs,
    folder: &Path,
    output: impl Fn(&Input) -> PathBuf,
) -> anyhow::Result<()> {
    let sources = sources(inputs);
    let ours = OURS
        .iter()
        .map(|name| (folder.join(name), "the run itself".to_owned()));
    let mut names: BTreeMap<PathBuf, String> = ours.collect();
    let documents = inputs.documents.iter();
    let documents = documents.map(|input| (output(input), input.id()));
    let containers = inputs.containers.iter();
    let containers = containers.map(|f| (folder.join(&f.name), f.path.display().to_string()));
    for (file, id) in documents.chain(containers) {
        refuse_overwriting(&file, &sources)?;
        if let Some(other) = names.insert(file.clone(), id.clone()) {
            bail!(
                "{other} and {id} would both be written to {}",
                file.display()
            );
        }
    }
    Ok(())
}

/// The output file of an input: its name with the extension of the format.
pub(crate) fn file_in(folder: &Path, stem: &Path, format: Format) -> PathBuf {
    let mut name = folder.join(stem).into_os_string();
    name.push(".");
    name.push(format.extension());
    PathBuf::from(name)
}

/// Where the inputs really are.
fn sources(inputs: &Inputs) -> HashSet<PathBuf> {
    inputs
        .paths()
        .filter_map(|path| path.canonicalize().ok())
        .collect()
}

fn refuse_overwriting(output: &Path, sources: &HashSet<PathBuf>) -> anyhow::Result<()> {
    let Ok(found) = output.canonicalize() else {
        return Ok(());
    };
    if sources.contains(&found) {
        bail!(
            "{}: the result would overwrite the source; choose another -o",
            output.display()
        );
    }
    Ok(())
}

/// Writes a file under a temporary name and moves it into place, so that a
/// half-written one never has the final name.
pub(crate) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&mut File>) -> io::Result<()>,
) -> anyhow::Result<()> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let named = || path.display().to_string();
    std::fs::create_dir_all(folder).with_context(named)?;
    let mut temporary = tempfile::Builder::new();
    temporary.prefix(".clean-");
    // Temporary files are private; this one is to have the usual permissions.
    #[cfg(unix)]
    temporary.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = temporary.tempfile_in(folder).with_context(named)?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out)
        .and_then(|()| out.flush())
        .with_context(named)?;
    drop(out);
    file.persist(path)
        .map_err(|e| e.error)
        .with_context(named)?;
    Ok(())
}

/// Writes a document in the format wanted.
pub(crate) fn write_document(
    document: &Document,
    profile: &str,
    args: &CleanArgs,
    palette: Palette,
    out: &mut dyn Write,
) -> io::Result<()> {
    let options = TextOptions {
        marks: !args.no_marks,
    };
    match args.wanted() {
        Format::Text => text(document, options, out),
        Format::Markdown => markdown(document, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &DocumentJson::new(document, profile))?;
            writeln!(out)
        }
        Format::Jsonl => {
            serde_json::to_writer(&mut *out, &DocumentJson::new(document, profile))?;
            writeln!(out)
        }
        Format::Jsonld => {
            serde_json::to_writer_pretty(&mut *out, &json_ld(document))?;
            writeln!(out)
        }
        Format::Diff => write_diff(&diff(document, options), palette, out),
        Format::Explain => write_explanation(document, palette, out),
    }
}

pub(crate) fn write_diff(
    lines: &[DiffLine],
    palette: Palette,
    out: &mut dyn Write,
) -> io::Result<()> {
    for line in lines {
        match line {
            DiffLine::File(_) => writeln!(out, "{}", palette.paint(style::STRONG, line))?,
            DiffLine::Hunk(_) => writeln!(out, "{}", palette.paint(style::PLACE, line))?,
            DiffLine::Same(_) => writeln!(out, "{line}")?,
            DiffLine::New(_) => writeln!(out, "{}", palette.paint(style::NEW, line))?,
            DiffLine::Gone(text, rules) => {
                let bare = DiffLine::Gone(text.clone(), Vec::new());
                write!(out, "{}", palette.paint(style::GONE, bare))?;
                if !rules.is_empty() {
                    write!(
                        out,
                        "{}",
                        palette.paint(style::RULE, format!("  ← {}", rules.join(", ")))
                    )?;
                }
                writeln!(out)?;
            }
        }
    }
    Ok(())
}

/// The longest text shown in an explanation, in characters.
const SHOWN_TEXT: usize = 100;

fn write_explanation(document: &Document, palette: Palette, out: &mut dyn Write) -> io::Result<()> {
    let rows = explain(document);
    let width = rows
        .iter()
        .map(|r| r.rule.chars().count())
        .max()
        .unwrap_or(0);
    for row in rows {
        let place = palette.paint(style::PLACE, format!("{:>5}", row.line));
        let rule = palette.paint(style::RULE, format!("{:width$}", row.rule));
        let text = match row.text.char_indices().nth(SHOWN_TEXT) {
            Some((cut, _)) => format!("{}…", &row.text[..cut]),
            None => row.text,
        };
        let times = if row.times > 1 {
            format!(" ×{}", row.times)
        } else {
            String::new()
        };
        let sign = match row.sign {
            '-' => palette.paint(style::GONE, '-'),
            other => palette.paint(style::NEW, other),
        };
        writeln!(out, "{place} {sign} {rule}  {text}{times}")?;
    }
    Ok(())
}
