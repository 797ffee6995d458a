//! Every example of every pack through the whole pipeline, and what docs/writing-packs.md asks of a pack.

use argvet::{Catalog, PackSelection, Policy};
use std::collections::BTreeMap;
use std::rc::Rc;

/// One pack alone, e.g. `PACK=backup.restic cargo test packs`.
fn wanted() -> Option<String> {
    std::env::var("PACK").ok()
}

#[test]
fn examples_come_out_as_their_packs_say() {
    let all = PackSelection { all: true, ..PackSelection::default() };
    let policy = Policy::new(Rc::new(Catalog::builtin()), &all);
    let mut wrong = Vec::new();
    for pack in policy.catalog.packs() {
        if wanted().is_none_or(|wanted| wanted == pack.id) {
            let outcomes = argvet::run_examples(&pack.id, &policy);
            wrong.extend(outcomes.iter().map(ToString::to_string));
        }
    }
    assert!(wrong.is_empty(), "{} examples are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn rules_have_enough_examples_and_each_only_once() {
    let catalog = Catalog::builtin();
    let mut wrong = Vec::new();
    for pack in catalog.packs() {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for rule in catalog.rules(&pack.id) {
            if rule.blocks.len() < 3 || rule.allows.len() < 2 {
                wrong.push(format!("{}: expected at least 3 blocks and 2 allows", rule.id));
            }
            for command in rule.allows.iter().filter(|command| rule.blocks.contains(command)) {
                wrong.push(format!("{}: `{command}` stands in blocks and in allows", rule.id));
            }
            for command in rule.blocks {
                if let Some(other) = seen.insert(command.clone(), rule.id.clone()) {
                    wrong.push(format!("{}: `{command}` stands in {other}, too", rule.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn packs_say_what_they_were_checked_against() {
    let catalog = Catalog::builtin();
    let unchecked: Vec<String> =
        catalog.packs().into_iter().filter(|pack| pack.checked.is_empty()).map(|pack| pack.id).collect();
    assert!(unchecked.is_empty(), "expected the field checked in {unchecked:?}");
}
