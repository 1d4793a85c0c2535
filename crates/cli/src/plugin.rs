//! `clean plugin …`

use std::io::Write;
use std::path::Path;

use cleancopy_host::{Plugin, Plugins};

use crate::Outcome;
use crate::args::{PluginCommand, Shared};
use crate::new::new_plugin;
use crate::style::{FAINT, GONE, STRONG, paint};

pub(crate) fn run(command: &PluginCommand, shared: &Shared) -> anyhow::Result<Outcome> {
    let plugins = shared.plugins();
    match command {
        PluginCommand::New(args) => new_plugin(args),
        PluginCommand::List => list(&plugins),
        PluginCommand::Inspect { plugin } => inspect(plugin, &plugins),
    }
}

fn list(plugins: &Plugins) -> anyhow::Result<Outcome> {
    let found = plugins.list();
    let mut out = anstream::stdout().lock();
    if found.is_empty() {
        let folders = plugins.folders().folders().iter();
        let folders: Vec<_> = folders.map(|f| f.path.display().to_string()).collect();
        writeln!(out, "no plugin in {}", folders.join(", "))?;
    }
    let width = found
        .iter()
        .map(|f| f.name.chars().count())
        .max()
        .unwrap_or(0);
    for entry in found {
        let name = paint(
            if entry.used { STRONG } else { FAINT },
            format!("{:width$}", entry.name),
        );
        let place = entry
            .file
            .map_or("(built in)".to_owned(), |file| file.display().to_string());
        match entry.plugin {
            Ok(plugin) => {
                let (version, description) = (plugin.version(), plugin.description());
                writeln!(out, "{name}  {version}  {description}")?;
                let used = if entry.used { "used" } else { "not used" };
                writeln!(
                    out,
                    "{:width$}  {}",
                    "",
                    paint(FAINT, format!("{used}: {}; {place}", entry.why))
                )?;
            }
            Err(error) => writeln!(out, "{name}  {}", paint(GONE, error))?,
        }
    }
    Ok(Outcome::Fine)
}

fn inspect(wanted: &Path, plugins: &Plugins) -> anyhow::Result<Outcome> {
    // What has a folder or is a file is a file; all else is a name.
    let is_path = wanted.components().count() > 1 || wanted.is_file();
    let plugin = match wanted.to_str() {
        Some(name) if !is_path => plugins.get(name)?,
        _ => Plugin::load(wanted)?,
    };
    let (major, minor) = plugin.abi();
    let place = plugin
        .file()
        .map_or("(built in)".to_owned(), |file| file.display().to_string());
    let mut out = anstream::stdout().lock();
    for (what, value) in [
        ("name", plugin.name()),
        ("version", plugin.version()),
        ("does", plugin.description()),
        ("ABI", &format!("{major}.{minor}")),
        ("file", &place),
    ] {
        writeln!(out, "{} {value}", paint(STRONG, format!("{what:8}")))?;
    }
    match plugin.schema()? {
        None => writeln!(out, "{} not described", paint(STRONG, "settings"))?,
        Some(schema) => {
            let settings = schema.get("properties").and_then(|p| p.as_object());
            let settings: Vec<_> = settings.into_iter().flatten().collect();
            let none = if settings.is_empty() { " none" } else { "" };
            writeln!(out, "{}{none}", paint(STRONG, "settings"))?;
            for (name, setting) in settings {
                let text = setting
                    .get("description")
                    .and_then(|d| d.as_str())
                    .unwrap_or_default();
                let text = text.lines().collect::<Vec<_>>().join(" ");
                let default = setting.get("default").map(|d| format!(" (default {d})"));
                writeln!(out, "  {name}{}: {text}", default.unwrap_or_default())?;
            }
        }
    }
    Ok(Outcome::Fine)
}
