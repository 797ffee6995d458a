//! What docs/writing-packs.md asks of a complete pack, besides its examples (`packs`) and its scenario (`scenario`).

use argvet::{Catalog, PackSelection, Policy};
use std::rc::Rc;

fn policy() -> Policy {
    Policy::new(Rc::new(Catalog::builtin()), &PackSelection { all: true, ..PackSelection::default() })
}

/// `2026-11-25`
fn is_day(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    parts == [4, 2, 2] && digits == 8
}

#[test]
fn packs_say_what_was_looked_at_and_when() {
    let mut wrong = Vec::new();
    for pack in Catalog::builtin().packs() {
        for checked in &pack.checked {
            let fields = [&checked.program, &checked.version, &checked.source];
            if fields.iter().any(|field| field.trim().is_empty()) || !is_day(&checked.on) {
                wrong.push(format!("{}: expected program, version, source and a day in checked", pack.id));
            }
        }
        for audited in &pack.audited {
            if !is_day(&audited.on)
                || audited.considered > audited.destructive
                || audited.destructive > audited.commands
            {
                wrong.push(format!("{}: expected a day and numbers that fit in audited", pack.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_say_what_to_do_instead() {
    let catalog = Catalog::builtin();
    let rules = catalog.packs().into_iter().flat_map(|pack| catalog.rules(&pack.id));
    let silent: Vec<String> = rules.filter(|rule| rule.instead.is_empty()).map(|rule| rule.id).collect();
    assert!(silent.is_empty(), "no instead: {silent:?}");
}

/// `argvet packs validate` names the parts that are left.
#[test]
fn examples_need_nearly_all_parts_of_rules() {
    const LEAST: usize = 90;
    let policy = policy();
    let mut wrong = Vec::new();
    for pack in policy.catalog.packs() {
        let percent = argvet::coverage(&pack.id, &policy).percent();
        if percent < LEAST {
            wrong.push(format!("{}: examples need {percent} % of the parts of its rules", pack.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_considered_harmless_is_stopped_by_no_rule_of_the_pack() {
    let (policy, facts) = (policy(), argvet::Facts::default());
    let mut wrong = Vec::new();
    for pack in policy.catalog.packs() {
        for (command, reason) in &pack.considered {
            if !reason.ends_with('.') || reason.len() < 10 {
                wrong.push(format!("{}: `{command}`: expected a reason in a whole sentence", pack.id));
            }
            let findings = argvet::check(command.as_bytes(), &policy, &facts).findings;
            let stops = findings.iter().find(|finding| finding.rule.starts_with(&format!("{}/", pack.id)));
            if let Some(finding) = stops.filter(|_| !command.contains('*')) {
                wrong.push(format!("{}: `{command}` is considered and stopped by {}", pack.id, finding.rule));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
