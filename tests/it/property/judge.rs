//! How a case comes out: bash says whether it counts, argvet decides.

use super::case::{Case, Payload};
use argvet::{Catalog, Decision, Facts, PackSelection, Policy, check};
use std::rc::Rc;

/// How a case came out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Outcome {
    /// bash does not execute the payload: the case says nothing.
    Inert,
    /// Denied.
    Denied,
    /// Asked about, as the payload is as it stands.
    Asked,
    /// Asked about, though the payload is denied as it stands.
    Weakened,
    /// Stopped, but bash executes something more that the trace did not foresee.
    Unforeseen,
    /// Allowed.
    Missed,
}

/// Does something with every pack switched on.
pub(super) fn all_packs<T>(work: impl FnOnce(&Policy) -> T) -> T {
    thread_local! {
        static POLICY: Policy =
            Policy::new(Rc::new(Catalog::builtin()), &PackSelection { all: true, ..PackSelection::default() });
    }
    POLICY.with(work)
}

/// What is decided about a command where the sandbox runs it.
pub(super) fn decision(command: &str, policy: &Policy) -> Decision {
    let facts = Facts {
        arguments: Some(Vec::new()),
        cwd: Some(b"/home/me/project".to_vec()),
        home: Some(b"/home/me".to_vec()),
        ..Facts::default()
    };
    check(command.as_bytes(), policy, &facts).decision
}

fn judged(payload: &Payload, case: &Case) -> Outcome {
    match all_packs(|policy| decision(&case.command, policy)) {
        Decision::Allow => Outcome::Missed,
        Decision::Deny => Outcome::Denied,
        Decision::Ask if payload.plain == Decision::Deny => Outcome::Weakened,
        Decision::Ask => Outcome::Asked,
    }
}

/// The outcomes of the cases, in their order. A quick run asks bash only about those that come out wrong.
#[cfg(target_os = "linux")]
pub(super) fn outcomes(payloads: &[Payload], cases: &[Case], is_quick: bool) -> Vec<Outcome> {
    use crate::oracle::{Argv, Foreseen, foreseen, in_sandboxes, trace};
    use std::sync::OnceLock;
    let plain: Vec<OnceLock<Vec<Argv>>> = payloads.iter().map(|_| OnceLock::new()).collect();
    let verified = in_sandboxes(cases.len(), |sandbox, _, index| {
        let case = &cases[index];
        let payload = &payloads[case.payload];
        if is_quick {
            // bash need not show that a case counts which comes out as it should.
            let outcome = judged(payload, case);
            if matches!(outcome, Outcome::Denied | Outcome::Asked) {
                return outcome;
            }
        }
        let wanted = plain[case.payload].get_or_init(|| sandbox.run(&payload.text));
        let seen = sandbox.run(&case.command);
        // What starts nothing that could be seen only redirects, or executes what nobody knows, which may be nothing.
        let runs = wanted.iter().all(|argv| seen.contains(argv));
        let runs = runs && (!wanted.is_empty() || payload.plain == Decision::Deny);
        if !runs {
            return Outcome::Inert;
        }
        let outcome = judged(payload, case);
        let trace = all_packs(|policy| trace(&case.command, policy));
        let is_foreseen = |argv: &Argv| foreseen(&case.command, &trace, argv) != Foreseen::Missing;
        if outcome == Outcome::Missed || seen.iter().all(is_foreseen) { outcome } else { Outcome::Unforeseen }
    });
    verified.unwrap_or_else(|| unverified(payloads, cases))
}

/// The outcomes of the cases, in their order.
#[cfg(not(target_os = "linux"))]
pub(super) fn outcomes(payloads: &[Payload], cases: &[Case], _is_quick: bool) -> Vec<Outcome> {
    unverified(payloads, cases)
}

/// Without a sandbox every case counts.
fn unverified(payloads: &[Payload], cases: &[Case]) -> Vec<Outcome> {
    cases.iter().map(|case| judged(&payloads[case.payload], case)).collect()
}
