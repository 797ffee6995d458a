//! Names in configurations and arguments that stand for something else: rules, packs, hosts. A hook has no time to look
//! them up, and a name that nothing has is no danger there; everybody else is told.

use crate::frontend::{Error, hook};
use crate::policy::error::{did_you_mean, nearest};
use crate::{Catalog, NameKind, PolicyError, Settings};

/// The names in a configuration that nothing has.
pub(crate) fn unknown(settings: &Settings, text: &str, file: &str, catalog: &Catalog) -> Vec<PolicyError> {
    let packs: Vec<String> = catalog.packs().into_iter().map(|pack| pack.id).collect();
    let mut rules = Vec::new();
    let mut wrong = Vec::new();
    for (kind, name) in settings.names() {
        let written = name.get_ref().trim();
        let message = match kind {
            NameKind::Pack => unknown_pack(written.trim_start_matches('-'), &packs),
            NameKind::Host if hook::host_names().any(|name| name == written) => None,
            NameKind::Host => {
                let hint = nearest(written, hook::host_names()).map(did_you_mean).unwrap_or_default();
                Some(format!("no host is named {written}{hint}"))
            }
            NameKind::Rule => {
                if rules.is_empty() {
                    rules = packs.iter().flat_map(|pack| catalog.rules(pack)).map(|rule| rule.id).collect();
                }
                unknown_rule(written, &rules)
            }
        };
        let Some(message) = message else { continue };
        let before = text.as_bytes().iter().take(name.span().start);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        wrong.push(PolicyError { file: file.to_owned(), line, message });
    }
    wrong
}

/// Checks a `--packs` list. A name that no pack has is an error: silently judging by fewer packs than somebody believes is
/// worse than stopping.
pub(crate) fn check_list(list: &[String], catalog: &Catalog) -> Result<(), Error> {
    if list.is_empty() {
        return Ok(());
    }
    let packs: Vec<String> = catalog.packs().into_iter().map(|pack| pack.id).collect();
    let names = list.iter().map(|entry| entry.trim().trim_start_matches('-')).filter(|name| !name.is_empty());
    match names.into_iter().find_map(|name| unknown_pack(name, &packs)) {
        Some(message) => Err(Error::Argument(format!("--packs: {message}; see `argvet packs list`"))),
        None => Ok(()),
    }
}

/// What is wrong with the id of a rule, if no rule has it.
pub(crate) fn unknown_rule(id: &str, rules: &[String]) -> Option<String> {
    if id.starts_with("policy/") || rules.iter().any(|rule| rule == id) {
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
