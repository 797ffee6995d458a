//! The policy that front ends judge by: the built-in packs or those of a folder, and those that the arguments switch on or off.

use super::Error;
use super::cli::{PackSource, Packs};
use crate::{Catalog, PackSelection, Policy};
use std::path::Path;
use std::rc::Rc;

/// The policy with the packs of a `--packs` list.
pub(crate) fn policy(packs: &Packs) -> Result<Policy, Error> {
    let catalog = Rc::new(catalog(&packs.source)?);
    let selection = selection(&packs.packs, &catalog)?;
    Ok(Policy::new(catalog, &selection))
}

/// The packs that there are.
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
    files.sort();
    Ok(files)
}

/// Reads a `--packs` list. A name that no pack has is an error: silently judging by fewer packs than somebody
/// believes is worse than stopping.
fn selection(list: &[String], catalog: &Catalog) -> Result<PackSelection, Error> {
    let mut selection = PackSelection::default();
    if list.is_empty() {
        return Ok(selection);
    }
    let known: Vec<String> = catalog.packs().into_iter().map(|pack| pack.id).collect();
    for entry in list.iter().map(|entry| entry.trim()).filter(|entry| !entry.is_empty()) {
        let (name, set) = match entry.strip_prefix('-') {
            Some(name) => (name, &mut selection.off),
            None if entry == "all" => {
                selection.all = true;
                continue;
            }
            None => (entry, &mut selection.on),
        };
        let is_named =
            |id: &String| id == name || id.split_once('.').is_some_and(|(category, _)| category == name);
        if !known.iter().any(is_named) {
            return Err(Error::Argument(format!(
                "--packs: no pack or category is named {name}; see `argvet packs list`"
            )));
        }
        set.insert(name.to_owned());
    }
    Ok(selection)
}
