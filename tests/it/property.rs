//! What must hold of generated cases: no disguise gets past argvet, and no mention trips it.
//!
//! A case is a destructive example of a pack in up to four disguises. Where there is a sandbox, bash first shows that
//! the disguised command still executes what the plain one executes; a case that does not says nothing.
//!
//! `ORACLE_CASES=100000 ORACLE_SEED=2 cargo test property -- --nocapture` for a long run; `ORACLE_SHOW=50` prints
//! more of what went wrong. bash is asked about the first `ORACLE_VERIFIED` cases, and about each that comes out wrong.
//! The nightly script is `tests/oracle/nightly.sh`.

mod case;
mod judge;
mod known;
mod report;
mod shrink;

use crate::disguise::Layer;
use crate::disguise::mention::MENTIONS;
use argvet::{Decision, Policy};
use case::{Case, Payload, payloads};
use judge::{Outcome, decision, outcomes};
use report::Report;
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewest of a hundred disguised commands that are denied, among those that are denied as they stand.
const DENIED_PERCENT: usize = 98;

/// Cases that are generated and judged at a time.
const BATCH: usize = 50_000;

/// Cases of which bash shows that they count, where nobody says how many. Each costs some milliseconds.
const VERIFIED: usize = 1000;

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[test]
fn no_disguise_gets_past() {
    let payloads = payloads();
    let first = number("ORACLE_SEED", 1) as u64 * 1_000_000_000;
    // Every example at least once.
    let count = number("ORACLE_CASES", 2500.max(payloads.len()));
    let verified = number("ORACLE_VERIFIED", VERIFIED).min(count);
    let mut report = Report::default();
    let mut found: BTreeMap<Outcome, Vec<Case>> = BTreeMap::new();
    let batches = |range: Range<usize>| {
        range.clone().step_by(BATCH).map(move |start| start..(start + BATCH).min(range.end))
    };
    for indices in batches(0..verified).chain(batches(verified..count)) {
        let is_quick = indices.start >= verified;
        let cases: Vec<Case> = indices.map(|index| Case::random(&payloads, index, first)).collect();
        for (case, outcome) in cases.iter().zip(outcomes(&payloads, &cases, is_quick)) {
            report.add(case, outcome);
            let excused = match outcome {
                Outcome::Denied | Outcome::Asked => true,
                Outcome::Weakened => !case.layers.iter().all(|layer| known::is_decidable(*layer)),
                Outcome::Unforeseen => case.layers.iter().any(|layer| known::is_unforeseen(*layer)),
                Outcome::Missed | Outcome::Inert => false,
            };
            if !excused {
                found.entry(outcome).or_default().push(case.clone());
            }
        }
    }
    println!("{report}");
    let shown = number("ORACLE_SHOW", 5);
    let small = |outcome| {
        let cases = found.get(&outcome).map(Vec::as_slice).unwrap_or_default();
        shrink::shown(&payloads, &cases[..shown.min(cases.len())], outcome)
    };
    println!("bash does not execute what these hide:");
    for case in found.get(&Outcome::Inert).into_iter().flatten().take(shown) {
        println!("{}", case.command);
    }
    let asked = small(Outcome::Weakened);
    println!("asked, but denied as it stands:\n{asked}");
    println!("stopped, but not all was foreseen:\n{}", small(Outcome::Unforeseen));

    let judged = report.judged();
    let missed = found.get(&Outcome::Missed).map_or(0, Vec::len);
    assert!(missed == 0, "{missed} of {judged} got past:\n{}", small(Outcome::Missed));
    assert!(
        judged * 100 >= count * 95,
        "only {judged} of {count} disguised commands still run what they hide"
    );
    assert!(report.denied_percent() >= DENIED_PERCENT, "too few are denied:\n{asked}");
}

#[test]
fn every_disguise_alone() {
    let payloads = payloads();
    let cases = Case::each_layer(&payloads);
    let results = outcomes(&payloads, &cases, false);
    let mut runs: BTreeMap<&str, bool> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (case, outcome) in cases.iter().zip(&results) {
        let layer = case.layers[0];
        *runs.entry(layer.name()).or_default() |= *outcome != Outcome::Inert;
        let fine = match outcome {
            Outcome::Missed => known::is_missed(layer),
            Outcome::Weakened => !known::is_decidable(layer),
            Outcome::Unforeseen => known::is_unforeseen(layer),
            Outcome::Denied | Outcome::Asked | Outcome::Inert => true,
        };
        if !fine {
            wrong.push(format!("{outcome:?}: {}: {}", layer.name(), case.command));
        }
    }
    let inert: Vec<_> = runs.iter().filter(|(_, runs)| !**runs).map(|(name, _)| *name).collect();
    let unused: Vec<_> = Layer::names().filter(|name| !runs.contains_key(name)).collect();
    assert!(unused.is_empty(), "these apply to nothing: {}", unused.join(", "));
    assert!(inert.is_empty(), "these run nothing: {}", inert.join(", "));
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn no_mention_trips() {
    let policy = Policy::default();
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (index, Payload { text, .. }) in payloads().iter().enumerate() {
        for (place, (name, mention)) in MENTIONS.iter().enumerate() {
            // Every mention of the first payloads, every seventh of the others.
            if index >= case::PAYLOADS.len() && (index + place) % 7 != 0 {
                continue;
            }
            let command = mention(text);
            let decision = decision(&command, &policy);
            counts.entry(name).or_default()[decision as usize] += 1;
            if decision != Decision::Allow {
                wrong.push(format!("{decision:?}: {name}: {command}"));
            }
        }
    }
    println!("{:36}   deny    ask  allow", "mention");
    for (name, [allow, ask, deny]) in counts {
        println!("{name:36} {deny:6} {ask:6} {allow:6}");
    }
    let shown = wrong.len().min(number("ORACLE_SHOW", 10));
    assert!(wrong.is_empty(), "{} trip:\n{}", wrong.len(), wrong[..shown].join("\n"));
}
