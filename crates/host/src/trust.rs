//! Who else could have written a plugin.

use std::path::Path;

use crate::error::PluginError;

/// Refuses a folder or file that somebody else can write to.
///
/// Others are: everybody, a group that is not the user's own, and an owner
/// who is neither the user nor root. On systems without such permissions
/// nothing is refused.
///
/// # Errors
/// [`PluginError::NotTrusted`], with the command that mends it.
#[cfg(unix)]
pub(crate) fn check(path: &Path) -> Result<(), PluginError> {
    use std::os::unix::fs::MetadataExt;

    let Ok(meta) = std::fs::metadata(path) else {
        return Ok(());
    };
    let user = rustix::process::geteuid().as_raw();
    let group = rustix::process::getegid().as_raw();
    let (problem, remedy) = if meta.mode() & 0o002 != 0 {
        ("everybody can write to it".to_owned(), "chmod o-w")
    } else if meta.mode() & 0o020 != 0 && meta.gid() != group {
        (format!("group {} can write to it", meta.gid()), "chmod g-w")
    } else if meta.uid() != user && meta.uid() != 0 {
        (
            format!("it belongs to user {}", meta.uid()),
            "chown it to yourself:",
        )
    } else {
        return Ok(());
    };
    let remedy = format!("{remedy} {}", path.display());
    Err(PluginError::NotTrusted {
        path: path.to_owned(),
        problem,
        remedy,
    })
}

/// Refuses nothing: permissions here are not those of Unix.
#[cfg(not(unix))]
pub(crate) fn check(_path: &Path) -> Result<(), PluginError> {
    Ok(())
}
