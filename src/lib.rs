//! argvet vets the argv: what would a shell command run, and what of it is destructive?
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failing test is what tests are for"))]

mod effect;
mod facts;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod frontend;
mod gap;
mod packs;
mod policy;
pub mod program;
mod source;
pub mod syntax;
pub mod trace;
mod value;

pub use effect::{Effect, Evidence, FileEffect, HttpRequest, SqlStatement, effects};
pub use facts::{Dialect, Facts};
pub use gap::{Gap, GapCause, Limit};
pub use packs::{Catalog, CheckedAgainst, Outcome, PackError, PackSelection, PackText, RuleText, Severity};
pub use policy::{Decision, Finding, Policy, Verdict, judge};
pub use source::{SourceMap, Span};
pub use value::{Cause, Match, Piece, Unknown, Value};

/// Judges a command: reads it, works out what it would start, and matches the rules.
pub fn check(source: &[u8], policy: &Policy, facts: &Facts) -> Verdict {
    let script = syntax::parse(source);
    let trace = trace::trace(&script, &*policy.catalog, facts);
    policy::judge(&trace, policy, facts)
}

/// Runs the examples of a pack; the outcomes that are not as the pack says.
pub fn run_examples(pack: &str, policy: &Policy) -> Vec<Outcome> {
    let facts = packs::example::facts();
    packs::example::run(&policy.catalog, pack, |command| {
        let findings = check(command.as_bytes(), policy, &facts).findings;
        findings.into_iter().map(|finding| (finding.rule, finding.severity)).collect()
    })
}
