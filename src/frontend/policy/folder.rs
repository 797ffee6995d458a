//! Packs from a folder instead of the built-in ones (`--packs-from`), for those who write packs.

use crate::Catalog;
use crate::frontend::Error;
use crate::frontend::cli::PackSource;
use std::path::Path;

/// The packs that there are without a user's own.
pub(crate) fn catalog(source: &PackSource) -> Result<Catalog, Error> {
    let Some(folder) = &source.packs_from else { return Ok(Catalog::builtin()) };
    Catalog::from_files(&pack_files(folder)?).map_err(Error::Packs)
}

/// The pack files in a folder and its folders, by their path below it.
fn pack_files(folder: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(open) = folders.pop() {
        let unreadable = |source| Error::Read { path: open.clone(), source };
        for entry in std::fs::read_dir(&open).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path)
                    .map_err(|source| Error::Read { path: path.clone(), source })?;
                let below = path.strip_prefix(folder).unwrap_or(&path);
                files.push((below.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    if files.is_empty() {
        let message = format!("--packs-from {}: expected packs in it (CATEGORY/NAME.toml)", folder.display());
        return Err(Error::Argument(message));
    }
    files.sort();
    Ok(files)
}
