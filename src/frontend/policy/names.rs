//! Names in configurations and arguments that stand for something else: rules, packs, hosts. One that nothing has is a
//! setting that does not count, and whoever asked is told.

use crate::frontend::{Error, hook};
use crate::policy::error::{did_you_mean, nearest};
use crate::{Catalog, NameKind, PolicyError, Settings};

/// How the ids of what argvet itself objects to begin, without a pack.
const OF_POLICY: &str = "policy/";

/// The names in a configuration that nothing has.
pub(crate) fn unknown(settings: &Settings, text: &str, file: &str, catalog: &Catalog) -> Vec<PolicyError> {
    let names = settings.names();
    if names.is_empty() {
        return Vec::new();
    }
    let packs = catalog.pack_ids();
    let mut wrong = Vec::new();
    for (kind, name) in names {
        let written = name.get_ref().trim();
        let message = match kind {
            NameKind::Pack => unknown_pack(written.trim_start_matches('-'), &packs),
            NameKind::Host if hook::host_names().any(|name| name == written) => None,
            NameKind::Host => {
                let hint = nearest(written, hook::host_names()).map(did_you_mean).unwrap_or_default();
                Some(format!("no host is named {written}{hint}"))
            }
            // All rules are read only for the name that was meant.
            NameKind::Rule if written.starts_with(OF_POLICY) || catalog.rule(written).is_some() => None,
            NameKind::Rule => unknown_rule(written, &rules(catalog)),
        };
        let Some(message) = message else { continue };
        let before = text.as_bytes().iter().take(name.span().start);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        wrong.push(PolicyError { file: file.to_owned(), line, message });
    }
    wrong.sort_by_key(|error| error.line);
    wrong
}

/// Checks a `--packs` list. A name that no pack has is an error: silently judging by fewer packs than somebody believes is
/// worse than stopping.
pub(crate) fn check_list(list: &[String], catalog: &Catalog) -> Result<(), Error> {
    if list.is_empty() {
        return Ok(());
    }
    let packs = catalog.pack_ids();
    let names = list.iter().map(|entry| entry.trim().trim_start_matches('-')).filter(|name| !name.is_empty());
    match names.into_iter().find_map(|name| unknown_pack(name, &packs)) {
        Some(message) => Err(Error::Argument(format!("--packs: {message}; see `argvet packs list`"))),
        None => Ok(()),
    }
}

/// The ids of all rules.
pub(crate) fn rules(catalog: &Catalog) -> Vec<String> {
    catalog.pack_ids().iter().flat_map(|pack| catalog.rules(pack)).map(|rule| rule.id).collect()
}

/// What is wrong with the id of a rule, if no rule has it.
pub(crate) fn unknown_rule(id: &str, rules: &[String]) -> Option<String> {
    if id.starts_with(OF_POLICY) || rules.iter().any(|rule| rule == id) {
        return None;
    }
    let hint = nearest(id, rules.iter().map(String::as_str)).map(did_you_mean).unwrap_or_default();
    Some(format!("no rule is named {id}{hint}"))
}

fn unknown_pack(name: &str, packs: &[String]) -> Option<String> {
    let categories = packs.iter().filter_map(|id| id.split_once('.')).map(|(category, _)| category);
    let mut known: Vec<&str> = packs.iter().map(String::as_str).chain(categories).collect();
    known.push("all");
    if known.contains(&name) {
        return None;
    }
    let hint = nearest(name, known.into_iter()).map(did_you_mean).unwrap_or_default();
    Some(format!("no pack or category is named {name}{hint}"))
}
