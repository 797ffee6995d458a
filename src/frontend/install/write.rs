//! Showing a change and making it: a copy of what was there, then the new file in one step.

use super::change::Change;
use super::location;
use similar::TextDiff;
use std::fs::Permissions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The change as a diff.
pub(super) fn diff(change: &Change) -> String {
    let before = change.before.as_deref().unwrap_or_default();
    let after = change.after.as_deref().unwrap_or_default();
    let path = location::display(&change.path);
    let old = if change.before.is_some() { path.as_str() } else { "/dev/null" };
    let new = if change.after.is_some() { path.as_str() } else { "/dev/null" };
    TextDiff::from_lines(before, after).unified_diff().context_radius(3).header(old, new).to_string()
}

/// Makes the change; where the copy of what was there is.
pub(super) fn apply(change: &Change) -> io::Result<Option<PathBuf>> {
    let folder = change.path.parent().ok_or_else(|| io::Error::other("it has no folder"))?;
    let is_protected = |metadata: std::fs::Metadata| metadata.permissions().readonly();
    if std::fs::metadata(&change.path).is_ok_and(is_protected) {
        return Err(io::Error::other("it is write-protected; somebody wanted it so"));
    }
    let needs_copy = change.before.is_some() && !change.is_only_argvets;
    let copy = needs_copy.then(|| backup(&change.path)).transpose()?;
    let Some(after) = &change.after else {
        std::fs::remove_file(&change.path)?;
        remove_own_folders(folder);
        return Ok(copy);
    };
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(after.as_bytes())?;
    file.as_file().set_permissions(permissions(change)?)?;
    file.as_file().sync_all()?;
    file.persist(&change.path)?;
    Ok(copy)
}

/// Removes folders that were made for argvet and are empty now.
fn remove_own_folders(folder: &Path) {
    let is_own = |folder: &&Path| folder.iter().any(|name| name == "argvet");
    for folder in folder.ancestors().take_while(is_own) {
        // Fails where something is left, which is then not argvet's.
        if std::fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// Copies a file next to itself.
fn backup(path: &Path) -> io::Result<PathBuf> {
    let copy = copy_of(path);
    std::fs::copy(path, &copy)?;
    Ok(copy)
}

/// Where the copy of a file is that is made before it is changed.
pub(super) fn copy_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".argvet-backup");
    path.with_file_name(name)
}

/// Those that the file has; a new one can be read by everybody and, if it is a program, be run.
fn permissions(change: &Change) -> io::Result<Permissions> {
    if change.before.is_some() && !change.is_executable {
        return Ok(std::fs::metadata(&change.path)?.permissions());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Ok(Permissions::from_mode(if change.is_executable { 0o755 } else { 0o644 }))
    }
    #[cfg(not(unix))]
    Ok(std::fs::metadata(std::env::current_exe()?)?.permissions())
}
