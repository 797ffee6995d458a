//! The policy that front ends judge by: the built-in packs, and those that the arguments switch on or off.

use super::Error;
use crate::{Catalog, PackSelection, Policy};
use std::rc::Rc;

/// The built-in policy with the packs of a `--packs` list.
pub(crate) fn builtin(packs: &[String]) -> Result<Policy, Error> {
    let catalog = Rc::new(Catalog::builtin());
    let selection = selection(packs, &catalog)?;
    Ok(Policy::new(catalog, &selection))
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
